"""Boxes to tick and rings to choose whose words run over several lines; Qt's own are cut at the edge of the column."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QCheckBox, QHBoxLayout, QLabel, QRadioButton, QVBoxLayout
from PySide6.QtWidgets import QWidget as Widget


class _Words(QLabel):
    """What stands beside a box; a click on it is one on the box."""

    def __init__(self, text: str, box: QAbstractButton) -> None:
        super().__init__(text)
        self.setProperty("role", "choice")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self._box = box

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Press the box."""
        self._box.setFocus()
        self._box.click()
        event.accept()


class Choices(Widget):
    """A list of things with a code each; one of them is chosen, or any number are ticked."""

    def __init__(self, name: str, *, many: bool) -> None:
        """Make an empty list.

        Args:
            name: each box is named after it and its code.
            many: any number may be ticked; else one is chosen.
        """
        super().__init__()
        self.setObjectName(name)
        self._many = many
        self._group = QButtonGroup(self)
        self._group.setExclusive(not many)
        self._boxes: dict[str, QAbstractButton] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The codes that are ticked, in the order of the list."""
        return tuple(code for code, box in self._boxes.items() if box.isChecked())

    @property
    def codes(self) -> tuple[str, ...]:
        """All of them."""
        return tuple(self._boxes)

    def show_choices(self, labels: Mapping[str, str], ticked: Iterable[str] = ()) -> None:
        """Offer other things, some of them ticked."""
        self.clear()
        on = set(ticked)
        for code, label in labels.items():
            box = QCheckBox() if self._many else QRadioButton()
            box.setObjectName(f"{self.objectName()}_{code}")
            box.setAccessibleName(label)
            row = Widget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 2, 0, 2)
            line.setSpacing(8)
            line.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(_Words(label, box), 1)
            if not self._many:  # Qt lets Tab reach one button of a group alone
                self._group.addButton(box)
            box.setChecked(code in on)
            self._boxes[code] = box
            self._column.addWidget(row)

    def clear(self) -> None:
        """Offer nothing."""
        for box in self._boxes.values():
            self._group.removeButton(box)
        self._boxes = {}
        while (item := self._column.takeAt(0)) is not None:
            row = item.widget()
            if row is not None:
                row.hide()
                row.setParent(None)
                row.deleteLater()

    def untick(self) -> None:
        """Choose nothing."""
        self._group.setExclusive(False)
        for box in self._boxes.values():
            box.setChecked(False)
        self._group.setExclusive(not self._many)

    def start(self) -> None:
        """Put the keyboard on what is chosen, or on the first."""
        boxes = list(self._boxes.values())
        chosen = next((box for box in boxes if box.isChecked()), boxes[0] if boxes else None)
        if chosen is not None:
            chosen.setFocus()
