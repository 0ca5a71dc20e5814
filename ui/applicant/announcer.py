"""What comes up on the screens, told to an assistive technology that is there: what our own voice would say.

Qt tells names, roles, states and where the focus goes; it does not tell that a page came without a field, nor a
sentence that appears beside the focus (EN 301 549, 11.4.1.3.2).
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from kiosk.translation import TextDomain, Translator
from ui.applicant.spoken import spoken_page
from ui.applicant.wording import step_said
from ui.kit.announcement import announce, is_anybody_listening

if TYPE_CHECKING:
    from ui.applicant.window import ApplicantWindow


class Announcer(QObject):
    """Announces each page that comes, and what comes up on it or above it."""

    def __init__(self, window: "ApplicantWindow") -> None:
        super().__init__(window)
        self._window = window
        window.page_shown.connect(self._announce_page)
        window.said_over.connect(self._announce)

    def _announce_page(self, _page: str) -> None:
        if not is_anybody_listening():  # nothing is put together for nobody
            return
        journey = self._window.journey
        tr = Translator.of(journey.draft.language, TextDomain.SCREENS)
        self._announce(spoken_page(self._window.page, step_said(journey, tr)))

    def _announce(self, text: str) -> None:
        announce(self._window.page, text)
