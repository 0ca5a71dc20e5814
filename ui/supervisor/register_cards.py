"""Beside the list of closures: the check of the morning, what the day holds, and how it is closed."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kiosk.translation import Translator
from ui.supervisor.actions import key_said
from ui.supervisor.appearance import TONE_COLOURS, TONE_STYLE
from ui.supervisor.controls import named_button, named_text
from ui.supervisor.wording import Said, Tone

CLOSE_KEY = "Alt+C"
CONFIRM_KEY = "Alt+O"
PROVISIONAL_KEY = "Alt+P"
CHECK_KEY = "Alt+V"
EARLIER_KEY = "Alt+J"
BACK_KEY = "Esc"


class DayCard(QFrame):
    """What the day holds, and what is open in it; decides nothing and emits nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("dayCard")
        self.setProperty("tile", True)
        self._title = named_text("dayTitle", "section")
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(14)
        self._facts.setVerticalSpacing(3)
        self._facts.setColumnStretch(1, 1)
        self._warnings = named_text("dayWarnings", "fact")
        self._warnings.setStyleSheet(TONE_STYLE.format(colour=TONE_COLOURS[Tone.WARNING]))
        column = _column(self)
        column.addWidget(self._title)
        column.addLayout(self._facts)
        column.addWidget(self._warnings)

    def show_day(self, title: str, facts: Sequence[tuple[str, str]], warnings: Sequence[str]) -> None:
        """Paint a day."""
        self._title.setText(title)
        _fill(self._facts, facts)
        self._warnings.setText("\n".join(f"! {warning}" for warning in warnings))
        self._warnings.setVisible(bool(warnings))

    def forget(self) -> None:
        """Leave nothing."""
        self.show_day("", (), ())


class ClosingBar(QFrame):
    """Closes the day, and asks before; always in sight, however much the day holds.

    ``wants_closing`` when the answer was yes; ``wants_provisional`` for the register of the open day.
    """

    wants_closing = Signal()
    wants_provisional = Signal()

    def __init__(self, tr: Translator) -> None:
        super().__init__()
        self.setObjectName("closingBar")
        self.setProperty("tile", True)
        say = partial(tr.text, "register")
        self._state, self._question = named_text("dayState", "fact"), named_text("dayQuestion", "fact")
        self._close = card_button("closeDay", "main", say("Clore la journée"), CLOSE_KEY)
        self._yes = card_button("closeDayYes", "main", say("Oui, clore"), CONFIRM_KEY)
        self._no = card_button("closeDayNo", "plain", say("Ne pas clore"), BACK_KEY)
        self._provisional = card_button("provisional", "plain", say("Registre provisoire"), PROVISIONAL_KEY)
        line = QHBoxLayout()
        line.setSpacing(10)
        for button in (self._close, self._provisional, self._yes, self._no):
            line.addWidget(button)
        line.addStretch(1)
        column = _column(self)
        column.addWidget(self._state)
        column.addWidget(self._question)
        column.addLayout(line)
        self._close.clicked.connect(self._ask)
        self._no.clicked.connect(self.settle)
        self._yes.clicked.connect(self._confirm)
        self._provisional.clicked.connect(self.wants_provisional)
        self.settle()

    def show_day(self, state: str, question: str, *, can_close: bool) -> None:
        """Offer to close a day; a question that was asked stays asked.

        Args:
            state: what is said of a day that is closed already; empty for another.
            question: asked before it is closed.
            can_close: there is something to close.
        """
        self._state.setText(state)
        self._question.setText(question)
        self._close.setEnabled(can_close)
        if not can_close:
            self.settle()
        self._state.setVisible(bool(state) and self._question.isHidden())

    def settle(self) -> None:
        """Ask nothing."""
        self._show_question(is_asked=False)

    def forget(self) -> None:
        """Leave nothing."""
        self.show_day("", "", can_close=False)

    def _ask(self) -> None:
        self._show_question(is_asked=True)
        self._no.setFocus()  # a key that is held down or pressed twice closes nothing

    def _confirm(self) -> None:
        self.settle()
        self.wants_closing.emit()

    def _show_question(self, *, is_asked: bool) -> None:
        for widget in (self._question, self._yes, self._no):
            widget.setVisible(is_asked)
        for button in (self._close, self._provisional):
            button.setVisible(not is_asked)
        self._state.setVisible(bool(self._state.text()) and not is_asked)


class CheckCard(QFrame):
    """What was checked of the day before.

    ``wants_check`` to check again, ``wants_earlier`` to close days that nobody closed.
    """

    wants_check = Signal()
    wants_earlier = Signal()

    def __init__(self, tr: Translator) -> None:
        super().__init__()
        self.setObjectName("checkCard")
        self.setProperty("tile", True)
        title = named_text("checkTitle", "section", tr.text("register", "Contrôle du matin"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(1)
        self._busy = tr.text("register", "Vérification en cours")
        again = card_button("checkAgain", "plain", tr.text("register", "Vérifier de nouveau"), CHECK_KEY)
        self._earlier = card_button("closeEarlier", "main", tr.text("register", "Clore les jours passés"), EARLIER_KEY)
        again.clicked.connect(self.wants_check)
        self._earlier.clicked.connect(self.wants_earlier)
        column = _column(self)
        line = QHBoxLayout()
        line.addWidget(title, 1)
        line.addWidget(again)
        column.addLayout(line)
        column.addLayout(self._lines)
        column.addWidget(self._earlier, 0, Qt.AlignmentFlag.AlignLeft)
        self._earlier.hide()

    @property
    def said(self) -> list[str]:
        """What the lines say."""
        items = (self._lines.itemAt(at) for at in range(self._lines.count()))
        labels = [item.widget() for item in items if item is not None]
        return [label.text() for label in labels if isinstance(label, QLabel)]

    def show_busy(self) -> None:
        """Say that it takes a moment."""
        self.show_check([Said(f"… {self._busy}", Tone.QUIET)], has_open_days=False)

    def show_check(self, lines: Sequence[Said], *, has_open_days: bool) -> None:
        """Paint what was found."""
        _clear(self._lines)
        for said in lines:
            label = named_text("", "fact", said.text)
            label.setStyleSheet(TONE_STYLE.format(colour=TONE_COLOURS[said.tone]))
            self._lines.addWidget(label)
        self._earlier.setVisible(has_open_days)

    def forget(self) -> None:
        """Leave nothing."""
        self.show_check((), has_open_days=False)


def card_button(name: str, role: str, text: str, key: str) -> QPushButton:
    """Return a button that says its key."""
    button = named_button(name, role, text)
    button.setText(f"{text} ({key_said(key)})")
    return button


def _fill(grid: QGridLayout, facts: Sequence[tuple[str, str]]) -> None:
    _clear(grid)
    for row, (what, how_much) in enumerate(facts):
        name, value = named_text("", "field", what), named_text("", "fact", how_much)
        value.setAccessibleName(f"{what} : {how_much}")
        grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(value, row, 1)


def _clear(layout: QGridLayout | QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def _column(frame: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(frame)
    column.setContentsMargins(16, 10, 16, 12)
    column.setSpacing(7)
    return column
