"""The office's own lines of the ticket, with the ticket beside them as it would come out."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from kiosk.errors import InputError
from kiosk.journal.canonical import JsonValue
from kiosk.ports.desk import StaffSession
from kiosk.translation import Translator
from ui.supervisor.settings_draft import SettingsDraft
from ui.supervisor.settings_pages import TICKET_KEYS, FormPage, RowMaker, scrolled
from ui.supervisor.staff_work import StaffWork

_SETTLE_MS = 600
_PICTURE_PX = 330

# For somebody, what was typed: the ticket as PNG.
Preview = Callable[[StaffSession, Mapping[str, JsonValue]], bytes]


class TicketPage(FormPage):
    """Draws the specimen again a moment after the last key."""

    def __init__(self, tr: Translator, draft: SettingsDraft, work: StaffWork, preview: Preview) -> None:
        """Make a page that has drawn nothing yet.

        Args:
            tr: of the staff screen.
            draft: what was typed.
            work: draws off the main thread.
            preview: makes the picture.
        """
        title = tr.text("supervisor", "Textes du ticket")
        purpose = tr.text("supervisor", "Les lignes propres au site. Les mentions légales ne se changent pas.")
        super().__init__("settingsTicket", title, purpose, TICKET_KEYS.__contains__)
        self._tr, self._draft, self._work, self._preview = tr, draft, work, preview
        self._drawn: Mapping[str, JsonValue] | None = None
        make = RowMaker(tr, draft)
        for key in TICKET_KEYS:
            self.add(make.row(key))
        self.end()
        self._picture = QLabel()
        self._picture.setObjectName("ticketPicture")
        self._picture.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self._said = QLabel()
        self._said.setObjectName("ticketSaid")
        self._said.setWordWrap(True)
        self._said.setProperty("role", "field")
        self.line.addWidget(self._preview_frame())
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._draw)
        draft.changed.connect(self._look)

    def enter(self) -> None:
        """Draw the ticket."""
        self._look()

    def _preview_frame(self) -> QWidget:
        frame = QFrame()
        frame.setObjectName("card")
        frame.setFixedWidth(_PICTURE_PX + 50)
        frame.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout(frame)
        heading = QLabel(self._tr.text("supervisor", "Aperçu"))
        heading.setProperty("role", "section")
        column.addWidget(heading)
        column.addWidget(self._said)
        column.addWidget(scrolled(self._picture, heading.text()), 1)
        return frame

    def _look(self) -> None:
        if self.isVisible() and self._draft.is_read and self._draft.changes != self._drawn:
            self._settle.start()

    def _draw(self) -> None:
        changes = self._drawn = self._draft.changes
        self._work.read(lambda session: self._preview(session, changes), self._show, self._refuse, said=self._wrong)

    def _show(self, png: bytes) -> None:
        picture = QPixmap()
        picture.loadFromData(png)
        self._picture.setPixmap(picture.scaledToWidth(_PICTURE_PX, Qt.TransformationMode.SmoothTransformation))
        text = self._tr.text("supervisor", "Spécimen du ticket, avec ce qui est écrit ici.")
        self._picture.setAccessibleName(text)
        self._said.setText(text)

    def _refuse(self, sentence: str) -> None:
        self._said.setText(sentence)

    def _wrong(self, _error: InputError) -> str:
        return self._tr.text("supervisor", "Pas d'aperçu : un réglage est à corriger.")
