"""A short message over the page: an agent comes, is anybody still there, which language."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from ui.kit.buttons import TapButton
from ui.kit.comfort import TextSize
from ui.kit.labels import panel, text_label
from ui.kit.theme import Theme

_FEW_CHOICES: Final = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """One way to answer.

    Attributes:
        name: part of the object name.
        text: on the button.
        holds: whether it is the answer now.
        then: what the tap does.
    """

    name: str
    text: str
    holds: bool
    then: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its answers side by side."""

    name: str
    text: str
    answers: tuple[Answer, ...]


class Overlay(QFrame):
    """Covers the window while it is shown."""

    shown = Signal(str)  # what it says

    def __init__(self, window: QWidget, theme: Theme, double_tap_ms: int) -> None:
        super().__init__(window)
        self.setObjectName("overlay")
        self.setProperty("role", "veil")
        self._theme, self._window, self._double_tap_ms = theme, window, double_tap_ms
        self._column = QVBoxLayout(self)
        self._column.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._dialog: QFrame | None = None
        self._before: QWidget | None = None
        self.hide()

    def show_message(
        self,
        name: str,
        title: str,
        text: str,
        button: str,
        *,
        beside: tuple[str, str, Callable[[], None]] | None = None,
    ) -> None:
        """Show a message.

        Args:
            name: object name of the dialog.
            title: in a few words.
            text: the sentence below it.
            button: text of the button that takes it away.
            beside: object name, text and deed of another button.
        """
        column = self._dialog_of(name, title)
        column.addWidget(text_label(text, "lead", f"{name}_text"))
        if beside is not None:
            column.addWidget(self._choice_button(*beside, "plain"))
        self._show(f"{title} {text}", self._close_button(name, button, "primary"), column)

    def show_choices(
        self,
        name: str,
        title: str,
        choices: Mapping[str, tuple[str, Callable[[], None]]],
        close: str,
        *,
        first: str = "",
    ) -> None:
        """Show a question.

        Args:
            name: object name of the dialog.
            title: the question.
            choices: for each button its object name, its text and what it does.
            close: text of the button that changes nothing.
            first: the choice that has the focus; the button that changes nothing when there is none.
        """
        column = self._dialog_of(name, title)
        grid = QGridLayout()
        grid.setSpacing(self._theme.steps(1.5))
        columns = 1 if len(choices) <= _FEW_CHOICES else 3 if self._theme.is_wide else 2
        for rank, (choice, (text, then)) in enumerate(choices.items()):
            grid.addWidget(self._choice_button(choice, text, then, "primary"), rank // columns, rank % columns)
        column.addLayout(grid)
        self._show(title, self._close_button(name, close, "plain"), column, first)

    def show_questions(
        self, name: str, title: str, questions: Sequence[Question], close: str, *, first: str = ""
    ) -> None:
        """Show several questions with their answers side by side; the one that holds now is marked.

        Args:
            name: object name of the dialog.
            title: of all of them.
            questions: each with its answers.
            close: text of the button that takes the dialog away.
            first: the answer that has the focus, because it was just given.
        """
        column = self._dialog_of(name, title)
        is_tight = self._theme.is_wide and self._theme.comfort.text_size is not TextSize.NORMAL
        column.setSpacing(self._theme.steps(1.5 if is_tight else 3))
        for question in questions:
            block = QVBoxLayout()
            block.setSpacing(self._theme.steps(0.5 if is_tight else 1.5))
            column.addLayout(block)
            block.addWidget(text_label(question.text, "section", f"{question.name}_question"))
            row = QHBoxLayout()
            row.setSpacing(self._theme.steps(1.5))
            for answer in question.answers:
                button = TapButton(f"{question.name}_{answer.name}", answer.text)
                button.setAccessibleName(f"{question.text} : {answer.text}")
                button.setCheckable(True)
                button.setChecked(answer.holds)
                button.double_tap_ms = self._double_tap_ms
                button.tapped.connect(answer.then)
                row.addWidget(button, 1)
            block.addLayout(row)
        spoken = " ".join([f"{title}.", *(f"{question.text}." for question in questions)])
        self._show(spoken, self._close_button(name, close, "primary"), column, first)

    def _dialog_of(self, name: str, title: str) -> QVBoxLayout:
        if self._dialog is not None:
            self._dialog.hide()
            self._column.removeWidget(self._dialog)
            self._dialog.deleteLater()
        self._dialog, column = panel(self._theme, "dialog", name)
        self._dialog.setAccessibleName(title)
        self._dialog.setFixedWidth(min(self._theme.letters(110), round(self._window.width() * 0.86)))
        column.setSpacing(self._theme.steps(3))
        column.addWidget(text_label(title, "heading", f"{name}_title"))
        self._column.addWidget(self._dialog)
        return column

    def _choice_button(self, name: str, text: str, then: Callable[[], None], role: str) -> TapButton:
        button = TapButton(name, text, role)
        button.double_tap_ms = self._double_tap_ms
        button.tapped.connect(self.hide)
        button.tapped.connect(then)
        return button

    def _close_button(self, name: str, text: str, role: str) -> TapButton:
        close = TapButton(f"{name}_close", text, role)
        close.double_tap_ms = self._double_tap_ms
        close.tapped.connect(self.hide)
        return close

    def _show(self, spoken: str, close: TapButton, column: QVBoxLayout, first: str = "") -> None:
        column.addWidget(close)
        self.setAccessibleName(spoken)
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        if self._dialog is not None:
            self._dialog.show()  # over a message that stood there already, Qt would show it later
        focused = QApplication.focusWidget()
        if focused is not None and not self.isAncestorOf(focused):
            self._before = focused
        chosen = self._dialog.findChild(TapButton, first) if self._dialog is not None and first else None
        (chosen or close).setFocus()  # its frame is thicker then
        self._take_the_height_of_the_text()
        self.shown.emit(spoken)

    def hideEvent(self, event: QHideEvent) -> None:
        """Give the focus back to where it was: who walks by keys goes on from there."""
        super().hideEvent(event)
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus()

    def _take_the_height_of_the_text(self) -> None:
        """Give the dialog what its wrapped texts need: a centred item gets the height that Qt guesses."""
        layout = self._dialog.layout() if self._dialog is not None else None
        if self._dialog is not None and layout is not None:
            layout.activate()
            # The frame of the focused button becomes thicker when it is drawn.
            self._dialog.setFixedHeight(layout.totalHeightForWidth(self._dialog.width()) + self._theme.steps(1.5))
