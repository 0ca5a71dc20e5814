"""One's own account as a section, where accounts are made elsewhere: the second factor, for everybody."""

from typing import ClassVar

from PySide6.QtWidgets import QVBoxLayout

from kiosk.domain.staff import Permission
from kiosk.ports.account_desk import FactorDesk
from kiosk.translation import Translator
from ui.supervisor.desk_watch import DeskNews
from ui.supervisor.factor_page import FactorPage
from ui.supervisor.own_factor import OwnFactor
from ui.supervisor.section import Section
from ui.supervisor.staff_work import StaffWork


class OwnFactorSection(Section):
    """The code of one's telephone; at a hub the accounts themselves are made at its command line."""

    needs: ClassVar[Permission | None] = None

    def __init__(self, tr: Translator, work: StaffWork, factors: FactorDesk) -> None:
        """Make a section that has read nothing yet.

        Args:
            tr: of the staff screen.
            work: does and reads.
            factors: the second factor of whoever is signed in.
        """
        super().__init__()
        self.setObjectName("ownFactorSection")
        self.title = tr.text("supervisor", "Mon compte")
        self._page, self._was_lost = FactorPage(tr), False
        self._own = OwnFactor(tr, work, factors, self._page, has_list=False)
        self._own.goes_on.connect(work.renew)
        self._page.left.connect(self._own.show)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._page)
        column.addStretch(1)

    def enter(self) -> None:
        """Say what one's own account asks for; codes that are shown once stay until they were noted."""
        if not self._page.is_showing_codes:
            self._own.show()

    def show_news(self, news: DeskNews) -> None:
        """Read again what could not be read while there was no link to the hub."""
        is_back = self._was_lost and news.hub_lost_since is None
        self._was_lost = news.hub_lost_since is not None
        if is_back and self.isVisible() and not self._page.is_at_work:
            self._own.show()

    def forget(self) -> None:
        """Leave no secret and no code of anybody."""
        self._own.forget()
