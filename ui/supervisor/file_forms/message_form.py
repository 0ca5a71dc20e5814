"""What the kiosk says to the person at the next scan: one of a few sentences, in the language of the screen there."""

from typing import Final

from PySide6.QtWidgets import QVBoxLayout

from kiosk.domain.file_act import CounterMessage
from kiosk.domain.request_change import withdrawal_in
from kiosk.ports.desk import PersonFile
from kiosk.ports.file_work import FileWork
from kiosk.translation import Translator
from ui.kit.counter_messages import counter_message_said
from ui.supervisor.file_forms.choices import Choices
from ui.supervisor.file_forms.form import FileForm, FileTask

_NONE: Final = "none"


class MessageForm(FileForm):
    """The sentences, and the way to take one back."""

    key = "Alt+B"

    def __init__(self, tr: Translator, files: FileWork) -> None:
        self._files = files
        self._messages = Choices("message", many=False)
        super().__init__(tr, "leaveMessage", tr.text("supervisor", "Message à la borne"))

    def build(self, column: QVBoxLayout) -> None:
        """Show the sentences."""
        text = self.tr_.text("supervisor", "La personne lit ce message à la borne, dans sa langue, avec son ticket.")
        column.addWidget(self.caption(text))
        column.addWidget(self._messages)

    def fill(self, file: PersonFile) -> None:
        """Show which one is there."""
        sentences = {message.value: counter_message_said(self.tr_, message) for message in CounterMessage}
        left = file.acts.message
        none = {_NONE: self.tr_.text("supervisor", "Aucun message")}
        self._messages.show_choices(none | sentences, [left.message.value if left else _NONE])

    def start(self) -> None:
        """Begin at the one that is there."""
        self._messages.start()

    def is_possible(self, file: PersonFile) -> bool:
        """A request that lives, of somebody who is still known."""
        return super().is_possible(file) and withdrawal_in(file.changes) is None

    def task(self) -> tuple[FileTask, str] | str:
        """Leave it, or take it away."""
        if self.file is None or not self._messages.chosen:
            return self.tr_.text("supervisor", "Choisissez une réponse.")
        code, left = self._messages.chosen[0], self.file.acts.message
        message = None if code == _NONE else CounterMessage(code)
        if message == (left.message if left else None):
            return self.tr_.text("supervisor", "Rien n'est changé.")
        reference = self.file.request.reference
        done = self.tr_.text("supervisor", "La borne donnera ce message.")
        gone = self.tr_.text("supervisor", "Message retiré de la borne.")
        return lambda session: self._files.leave_message(session, reference, message), done if message else gone

    def clear(self) -> None:
        """Leave nothing of the person."""
        self._messages.clear()
