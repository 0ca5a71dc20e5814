"""What the sections of the staff screen ask for, done off the main thread for whoever is signed in and awake."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from kiosk.errors import (
    HubLostError,
    InputError,
    NotAllowedError,
    NotSignedInError,
    PlaceMovedError,
    SignInRefusedError,
    VersionMovedError,
)
from kiosk.ports.desk import StaffSession
from kiosk.translation import Translator
from ui.kit.background import Background, log_unexpected
from ui.supervisor.accounts_wording import refusal_said

Result = TypeVar("Result")


class StaffWork(QObject):
    """Does one thing at a time: a key pressed twice must not call two people.

    ``acted`` says that something was done or refused; ``session_lost`` that the desk does not know the session any
    more; ``renewed`` carries the session as it goes on when the account became another.
    """

    acted = Signal()
    renewed = Signal(object)
    session_lost = Signal()

    def __init__(self, tr: Translator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._background = Background(self)
        self._session: StaffSession | None = None
        self._is_busy = False

    @property
    def session(self) -> StaffSession | None:
        """Who is signed in and awake."""
        return self._session

    @property
    def is_busy(self) -> bool:
        """Whether something is being done: what else is asked for now is left out."""
        return self._is_busy

    def use(self, session: StaffSession | None) -> None:
        """Work for somebody from now on, or for nobody."""
        self._session = session

    def renew(self, session: StaffSession) -> None:
        """Say that the session goes on as another: its account has another role, or must choose something first."""
        self.renewed.emit(session)

    def do(
        self,
        task: Callable[[StaffSession], Result],
        done: Callable[[Result], None],
        refuse: Callable[[str], None],
        *,
        said: Callable[[InputError], str] | None = None,
    ) -> None:
        """Do something, unless something is being done.

        Args:
            task: asks the desk; touches no widget.
            done: called with the answer if the same person is still there.
            refuse: called with a sentence for the person.
            said: gives the sentence for input that is not good; without it, that is an error nobody expected.
        """
        session = self._session
        if session is None:
            return

        def finished(result: Result) -> None:
            if self._is_still(session):
                done(result)
            self.acted.emit()

        def failed(error: Exception) -> None:
            self._refuse(session, error, refuse, said)
            self.acted.emit()

        self.alone(lambda: task(session), finished, failed)

    def read(
        self,
        task: Callable[[StaffSession], Result],
        done: Callable[[Result], None],
        refuse: Callable[[str], None],
        *,
        said: Callable[[InputError], str] | None = None,
    ) -> None:
        """Read something, beside whatever is being done; the arguments are those of :meth:`do`."""
        session = self._session
        if session is None:
            return

        def finished(result: Result) -> None:
            if self._is_still(session):
                done(result)

        self._background.run(lambda: task(session), finished, lambda error: self._refuse(session, error, refuse, said))

    def alone(
        self, task: Callable[[], Result], done: Callable[[Result], None], failed: Callable[[Exception], None]
    ) -> None:
        """Run a task for nobody in particular, unless another runs; the door signs people in with it."""
        if self._is_busy:
            return
        self._is_busy = True

        def ended(result: Result) -> None:
            self._is_busy = False
            done(result)

        def broke(error: Exception) -> None:
            self._is_busy = False
            failed(error)

        self._background.run(task, ended, broke)

    def beside(self, task: Callable[[], object]) -> None:
        """Run a task whose end nobody waits for."""
        self._background.run(task, lambda _: None, lambda error: log_unexpected(error, "supervisor"))

    def close(self) -> None:
        """Wait for what runs and begin nothing any more."""
        self._background.close()

    def _is_still(self, session: StaffSession) -> bool:
        return self._session is not None and self._session.token == session.token

    def _refuse(
        self,
        session: StaffSession,
        error: Exception,
        refuse: Callable[[str], None],
        said: Callable[[InputError], str] | None,
    ) -> None:
        if not self._is_still(session):
            return  # of somebody who left: whoever sits here now has another session
        if isinstance(error, NotSignedInError):
            self.session_lost.emit()
        else:
            refuse(said(error) if said and isinstance(error, InputError) else self._sentence(error))

    def _sentence(self, error: Exception) -> str:
        tr = self._tr
        match error:
            case PlaceMovedError():
                return tr.text("supervisor", "Impossible : quelqu'un a été plus rapide. La liste est à jour.")
            case SignInRefusedError(locked_for=wait):
                return refusal_said(tr, wait)
            case VersionMovedError():
                return tr.text("supervisor", "Quelqu'un a changé les réglages entre-temps. Relisez, puis enregistrez.")
            case HubLostError(may_be_done=True):
                return tr.text(
                    "supervisor", "Le lien avec le serveur s'est coupé : c'est peut-être fait. La liste le dira."
                )
            case HubLostError():
                return tr.text("supervisor", "Pas de lien avec le serveur : rien n'a été fait.")
            case NotAllowedError():
                return tr.text("supervisor", "Votre rôle ne permet pas cette action.")
            case _:
                log_unexpected(error, "supervisor")
                return tr.text("supervisor", "La base n'a pas répondu. Rien n'a été enregistré.")
