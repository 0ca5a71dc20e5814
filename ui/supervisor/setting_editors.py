"""What a value is changed with: a line, some lines, a box to tick, several boxes."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from kiosk.journal.canonical import JsonValue
from ui.supervisor.setting_texts import TextForm, items

_LINE_PX = 24
_FRAME_PX = 20
_LONGEST_LINE = 300


class Editor(QWidget):
    """Shows a value; ``edited`` carries the one that was typed."""

    edited = Signal(object)

    def show_value(self, value: JsonValue) -> None:
        """Show a value, unless it is what was typed."""
        raise NotImplementedError

    def hold(self, widget: QWidget, name: str, label: str) -> None:
        """Name the widget that takes what is typed, and give it the whole room."""
        widget.setObjectName(name)
        widget.setAccessibleName(label)
        self.setFocusProxy(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(widget)


class LineEditor(Editor):
    """One line."""

    def __init__(self, key: str, label: str, form: TextForm, *, width_px: int | None = None) -> None:
        super().__init__()
        self._form = form
        self._line = QLineEdit()
        self._line.setMaxLength(_LONGEST_LINE)
        if width_px is not None:
            self._line.setMaximumWidth(width_px)
        self.hold(self._line, key, label)
        # Not only what fingers type: an assistive technology puts a text in, which is no edit to Qt.
        self._line.textChanged.connect(lambda text: self.edited.emit(form.value(text)))

    def show_value(self, value: JsonValue) -> None:
        """Show a value, unless it is what was typed."""
        if self._form.value(self._line.text()) != value or not self._line.hasFocus():
            with QSignalBlocker(self._line):
                self._line.setText(self._form.text(value))


class LinesEditor(Editor):
    """Some lines."""

    def __init__(self, key: str, label: str, form: TextForm, *, lines: int = 3) -> None:
        super().__init__()
        self._form = form
        self._field = QPlainTextEdit()
        self._field.setTabChangesFocus(True)
        self._field.setFixedHeight(lines * _LINE_PX + _FRAME_PX)
        self.hold(self._field, key, label)
        self._field.textChanged.connect(lambda: self.edited.emit(form.value(self._field.toPlainText())))

    def show_value(self, value: JsonValue) -> None:
        """Show a value, unless it is what was typed."""
        text = self._field.toPlainText()
        if self._form.value(text) != value or not self._field.hasFocus():
            shown = self._form.text(value)
            if shown != text:
                with QSignalBlocker(self._field):
                    self._field.setPlainText(shown)


class BoxEditor(Editor):
    """One box to tick."""

    def __init__(self, key: str, label: str) -> None:
        super().__init__()
        self._box = QCheckBox(label)
        self.hold(self._box, key, label)
        self._box.clicked.connect(self._ticked)

    def show_value(self, value: JsonValue) -> None:
        """Show a value."""
        self._box.setChecked(value is True)

    def _ticked(self, is_ticked: bool) -> None:
        self.edited.emit(is_ticked)


@dataclass(frozen=True, slots=True)
class Option:
    """One of several boxes.

    Attributes:
        value: that stands in the list when it is ticked.
        label: beside the box.
        is_required: it is always ticked.
        whole: the whole label, where there is no room for it.
    """

    value: str
    label: str
    is_required: bool = False
    whole: str = ""


class BoxesEditor(Editor):
    """Several boxes; places are fixed: what is ticked anew goes where its box stands."""

    def __init__(self, key: str, label: str, options: Sequence[Option], *, columns: int = 1) -> None:
        super().__init__()
        self._options = options
        self._value: list[str] = []
        self._boxes: dict[str, QCheckBox] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(2)
        rows = -(-len(options) // columns)
        for rank, option in enumerate(options):
            box = QCheckBox(option.label)
            box.setObjectName(f"{key}.{option.value}")
            box.setAccessibleName(f"{label} : {option.whole or option.label}")
            box.setToolTip(option.whole)
            box.setEnabled(not option.is_required)
            box.clicked.connect(self._clicked)
            self._boxes[option.value] = box
            grid.addWidget(box, rank % rows, rank // rows)
        for box in self._boxes.values():
            if box.isEnabled():
                self.setFocusProxy(box)
                break

    def show_value(self, value: JsonValue) -> None:
        """Show a value."""
        self._value = items(value)
        for option in self._options:
            self._boxes[option.value].setChecked(option.is_required or option.value in self._value)

    def _clicked(self) -> None:
        ticked = [option.value for option in self._options if self._boxes[option.value].isChecked()]
        kept = [value for value in self._value if value in ticked or value not in self._boxes]
        for value in ticked:
            if value not in kept:
                kept.insert(_place(kept, ticked, value), value)
        self.edited.emit(kept)


def _place(kept: Sequence[str], ticked: Sequence[str], value: str) -> int:
    """Return where a value goes: right after the nearest one whose box stands before its own."""
    before = [each for each in ticked[: ticked.index(value)] if each in kept]
    return kept.index(before[-1]) + 1 if before else 0
