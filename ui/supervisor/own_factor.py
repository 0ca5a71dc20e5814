"""One's own second factor on the staff screen: what its page asks for is done and said."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from kiosk.domain.staff import Permission
from kiosk.errors import InputError
from kiosk.ports.account_desk import FactorDesk, FactorOffer, FactorState
from kiosk.ports.desk import StaffSession
from kiosk.translation import Translator
from ui.supervisor.accounts_wording import input_said
from ui.supervisor.factor_page import FactorPage
from ui.supervisor.staff_work import StaffWork

Result = TypeVar("Result")


class OwnFactor(QObject):
    """Works the page; ``goes_on`` carries the session once codes that are shown once were noted."""

    goes_on = Signal(object)

    def __init__(
        self, tr: Translator, work: StaffWork, factors: FactorDesk, page: FactorPage, *, has_list: bool = True
    ) -> None:
        """Take what it works with.

        Args:
            tr: of the staff screen.
            work: does and reads.
            factors: the second factor of whoever is signed in.
            page: shows it.
            has_list: there is a list of accounts, to which an administrator goes back.
        """
        super().__init__(page)
        self._has_list = has_list
        self._tr, self._work, self._factors, self._page = tr, work, factors, page
        page.wants_offer.connect(self._offer)
        page.confirms.connect(self._confirm)
        page.wants_codes.connect(self._renew)
        page.gives_up.connect(self._give_up)
        page.codes_noted.connect(self._noted)
        self._going_on: StaffSession | None = None

    def show(self) -> None:
        """Read what the account asks for, and say it."""
        session = self._work.session
        if session is None:
            return

        def shown(state: FactorState) -> None:
            self._page.show_state(state, has_back=self._has_list and session.may(Permission.MANAGE_ACCOUNTS))

        self._work.read(self._factors.state, shown, self._page.refuse)

    def forget(self) -> None:
        """Leave nothing of anybody."""
        self._going_on = None
        self._page.forget()

    def go_on_later(self, session: StaffSession) -> None:
        """Go on as this session once the codes on the screen were noted."""
        self._going_on = session

    def _offer(self) -> None:
        def offered(offer: FactorOffer) -> None:
            self._page.show_offer(offer)

        self._work.do(self._factors.offer, offered, self._page.refuse)

    def _confirm(self, password: str, code: str) -> None:
        def confirmed(taken: tuple[StaffSession, tuple[str, ...]]) -> None:
            self._going_on, codes = taken
            self._page.show_codes(codes)

        self._do(lambda session: self._factors.confirm(session, password, code), confirmed)

    def _renew(self, password: str, code: str) -> None:
        self._do(lambda session: self._factors.new_recovery_codes(session, password, code), self._page.show_codes)

    def _give_up(self, password: str, code: str) -> None:
        self._do(lambda session: self._factors.give_up(session, password, code), lambda _: self.show())

    def _do(self, task: Callable[[StaffSession], Result], done: Callable[[Result], None]) -> None:
        def said(error: InputError) -> str:
            return input_said(self._tr, error)

        self._work.do(task, done, self._page.refuse, said=said)

    def _noted(self) -> None:
        session, self._going_on = self._going_on, None
        self._page.forget()
        if session is not None and session != self._work.session:
            self.goes_on.emit(session)
        else:
            self.show()
