"""What every form about a file has: a heading, its fields, a way to send it and a way back."""

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from kiosk.domain.staff import Permission
from kiosk.errors import InputError
from kiosk.ports.desk import PersonFile, StaffSession
from kiosk.translation import Translator
from ui.kit.announcement import announce
from ui.supervisor.fitting_area import FittingArea
from ui.supervisor.reading_order import follow_reading

FileTask = Callable[[StaffSession], PersonFile]

_SENDING_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FileForm(QWidget):
    """One thing to do with a file; :class:`~ui.supervisor.file_actions.FileActions` shows it and does what it asks.

    Attributes:
        key: opens it.
        needs: without this permission its button cannot be pressed.
        stays: it is open still after it was sent: something is to be done with what it recorded.
    """

    key: ClassVar[str]
    needs: ClassVar[Permission] = Permission.SERVE

    stays: ClassVar[bool] = False

    asked = Signal(object, str)  # a FileTask, and what to say when it was done
    left = Signal()
    told = Signal(str)  # that something was done which changes nothing in the file
    titled = Signal(str)  # what its button says from now on

    def __init__(self, tr: Translator, name: str, title: str, send: str = "") -> None:
        """Make an empty form.

        Args:
            tr: of the staff screen.
            name: of the object; its buttons are named after it.
            title: on the button that opens it, and above it.
            send: on the button that sends it; « Enregistrer » when empty.
        """
        super().__init__()
        self.setObjectName(f"{name}Form")
        self.tr_ = tr
        self.name, self.title = name, title
        self.file: PersonFile | None = None
        self._error = QLabel()
        self._error.setObjectName(f"{name}Error")
        self._error.setProperty("role", "error")
        self._error.setWordWrap(True)
        self._error.hide()
        self.send_button = self.button(f"{name}Send", send or tr.text("supervisor", "Enregistrer"), "main", self.send)
        back = tr.text("supervisor", "Annuler (Échap)")
        self._back = self.button(f"{name}Back", back, "plain", self.left.emit)
        self._lay_out()

    # What a form is made of ------------------------------------------------------------------------------------------

    def build(self, column: QVBoxLayout) -> None:
        """Put the fields into the form, once."""
        raise NotImplementedError

    def show_file(self, file: PersonFile) -> None:
        """Be about this file, with the fields as they begin."""
        self.file = file
        self.complain("")
        self.fill(file)
        follow_reading(self)

    def look_ahead(self, file: PersonFile) -> None:
        """Begin to read what will be shown, for a file that was opened or changed."""

    def fill(self, file: PersonFile) -> None:
        """Put into the fields what a file says."""
        raise NotImplementedError

    def start(self) -> None:
        """Put the keyboard where filling in begins."""
        raise NotImplementedError

    def is_possible(self, file: PersonFile) -> bool:
        """Whether it makes sense for this file now."""
        return not file.is_erased

    def task(self) -> tuple[FileTask, str] | str:
        """Return what is to be done and the sentence that says it was; a sentence alone says what is missing."""
        raise NotImplementedError

    def refusal(self, error: InputError) -> str:
        """Return the sentence for input that the desk does not take."""
        if error.field == "reference":
            return self.tr_.text("supervisor", "Ce dossier a été retiré ou effacé : plus rien ne peut y être changé.")
        if error.expectation.startswith("at most"):
            return self.tr_.text("supervisor", "Texte trop long : 200 caractères au plus. Rien n'a été enregistré.")
        return self.tr_.text("supervisor", "Cette saisie n'est pas possible. Rien n'a été enregistré.")

    def forget(self) -> None:
        """Leave nothing of the person: the file was left."""
        self.end()

    def end(self) -> None:
        """Be about nobody: the form was sent or left."""
        self.file = None
        self.complain("")
        self.clear()

    def clear(self) -> None:
        """Empty the fields."""
        raise NotImplementedError

    # What every form does --------------------------------------------------------------------------------------------

    def complain(self, sentence: str) -> None:
        """Say what is missing, or nothing."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        announce(self, sentence)

    def button(self, name: str, text: str, role: str, does: Callable[[], object]) -> QPushButton:
        """Return a button of this form."""
        made = QPushButton(text)
        made.setObjectName(name)
        made.setAccessibleName(text)
        made.setProperty("role", role)
        made.clicked.connect(does)
        return made

    def caption(self, text: str, buddy: QWidget | None = None) -> QLabel:
        """Return the words above a field, which name it for those who do not see it."""
        label = QLabel(text)
        label.setProperty("role", "field")
        label.setWordWrap(True)
        if buddy is not None:
            label.setBuddy(buddy)
            buddy.setAccessibleName(text)
        return label

    def hasHeightForWidth(self) -> bool:
        """A form can be lower than it wants to be: its fields scroll, and the buttons stay before the eyes."""
        return False

    def event(self, event: QEvent) -> bool:
        """Keep Escape for the way back: outside of a form it leaves the file."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_escape(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send with Enter, go back with Escape; a field of several lines sends with Ctrl and Enter.

        On a button Enter does what the button says: on « Annuler » it sends nothing.
        """
        here = self.focusWidget()
        if _is_escape(event):
            self.left.emit()
        elif event.key() in _SENDING_KEYS and isinstance(here, QPushButton):
            here.click()
        elif event.key() in _SENDING_KEYS and not (isinstance(self.focusWidget(), QPlainTextEdit) and not _ctrl(event)):
            self.send()
        else:
            super().keyPressEvent(event)

    def send(self) -> None:
        """Ask for what the fields say, or say what is missing."""
        if self.file is None:
            return
        found = self.task()
        if isinstance(found, str):
            self.complain(found)
            return
        self.complain("")
        self.asked.emit(*found)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        heading = QLabel(self.title)
        heading.setProperty("role", "section")
        column.addWidget(heading)
        body = QWidget()
        fields = QVBoxLayout(body)
        fields.setContentsMargins(0, 0, 4, 0)
        fields.setSpacing(8)
        self.build(fields)
        column.addWidget(FittingArea(body))
        column.addWidget(self._error)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.send_button, 1)
        line.addWidget(self._back)
        column.addLayout(line)


def _is_escape(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Escape


def _ctrl(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
