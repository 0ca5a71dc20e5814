"""The screen between two visits: languages take turns, everything moves a little, and after a long time it rests."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from ui.applicant.hall_pages import translator
from ui.applicant.hall_wording import resting_words
from ui.applicant.rest_screen import RestScreen
from ui.applicant.services import ApplicantServices
from ui.kit.idleness import IdleWatch

if TYPE_CHECKING:
    from ui.applicant.window import ApplicantWindow


class IdleScreen(QObject):
    """Joins the watch to the window's page and to the screen at rest."""

    def __init__(self, window: "ApplicantWindow", services: ApplicantServices) -> None:
        super().__init__(window)
        self._window, self._services = window, services
        settings = services.settings
        self.watch = IdleWatch(settings.greet_after_s, settings.greet_each_s, settings.rest_after_s, self)
        self.watch.turned.connect(self.take_turn)
        self.watch.woken.connect(self._usual)
        self.watch.shifted.connect(window.shift)
        self.watch.rested.connect(self.rest)
        self._rest = RestScreen(window, lets_keys_through=services.speech is not None)
        self._rest.woken.connect(self.attend)

    @property
    def is_resting(self) -> bool:
        """Whether the dark screen is up."""
        return self._rest.isVisible()

    @property
    def filters(self) -> tuple[QObject, ...]:
        """What watches the application's events now, in this order."""
        watch = (self.watch,) if self.watch.is_watching else ()
        return (*watch, self._rest) if self.is_resting else watch

    def attend(self) -> None:
        """Watch while nobody is here, and leave everybody else a screen that stands still."""
        if not self._window.journey.is_untouched:
            self.wake()
            self.watch.pause()
        else:
            if self.is_resting:
                self._rest.raise_()  # above a page that was made anew below it
            self.watch.begin(turns_at_once=self._window.page.turns_at_once or self.is_resting)

    def rest(self) -> None:
        """Go dark."""
        self._usual()
        self._window.close_message()
        self._rest.begin()
        self.take_turn(0)
        self.attend()

    def wake(self) -> None:
        """Show the page again."""
        if self.is_resting:
            self._rest.end()

    def close(self) -> None:
        """Watch no more."""
        self.wake()
        self.watch.pause()

    def take_turn(self, rank: int) -> None:
        """Greet in the language whose turn it is, on the page or on the dark screen."""
        offered = self._services.settings.languages
        code = offered[rank % len(offered)]
        if not self.is_resting:
            self._window.page.take_turn(code)
            return
        tr = translator(code)
        right_to_left = tr.language.is_right_to_left
        direction = Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight
        self._rest.show_words(*resting_words(self._window.hall, tr), direction)

    def _usual(self) -> None:
        self._window.page.take_turn(None)
