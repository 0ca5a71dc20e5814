"""The imitated printer as a machine on a table: its paper, and everything that can go wrong with it, for training."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from printing.emulator import EmulatedPrinter, obey_line
from ui.commands.demo_parts.fault_controls import (
    FEED_LABEL,
    GROUPS,
    SPEED_LABEL,
    SPEEDS,
    Push,
    Toggle,
    speed_line,
    speed_said,
)
from ui.commands.demo_parts.live_paper import LivePaper
from ui.commands.demo_parts.paper_flow import PAPER_SPEED_MM_PER_S
from ui.commands.demo_parts.printer_words import roll_said, slips_said, state_said

_LOOK_EVERY_MS: Final = 200
_FEED_EVERY_MS: Final = 40
_COLUMNS: Final = 2
_CHOICE_PX: Final = 36
_STYLE: Final = """
QWidget#printer { background: #eef1f6; color: #14213d; }
QScrollArea { border: none; background: #eef1f6; }
QWidget#panel { background: #eef1f6; }
QLabel { color: #14213d; font-size: 16px; }
QLabel#state { font-size: 21px; font-weight: bold; }
QGroupBox { font-size: 15px; font-weight: bold; color: #42506b; border: 1px solid #c9d1e0; border-radius: 8px;
    margin-top: 12px; padding: 10px 4px 2px 4px; background: #ffffff; }
QGroupBox::title { subcontrol-origin: margin; left: 10px; padding: 0 4px; }
QComboBox { font-size: 15px; }
QPushButton { font-size: 15px; padding: 6px 10px; min-height: 24px; color: #14213d; background: #f6f8fc;
    border: 1px solid #9aa6bd; border-radius: 6px; text-align: left; }
QPushButton:hover { background: #e4ebfa; }
QPushButton:pressed { background: #d7e3f8; }
QPushButton:checked { background: #7a1313; color: #ffffff; border-color: #7a1313; font-weight: bold; }
QPushButton:focus { border: 2px solid #b35900; }
"""


class PrinterWindow(QWidget):
    """One printer to look at and to trouble; faults that others set are seen here, and these by all others."""

    def __init__(self, printer: EmulatedPrinter, *, place: str = "") -> None:
        """Show a printer.

        Args:
            printer: the same that stands behind the line.
            place: its URL.
        """
        super().__init__()
        self.setObjectName("printer")
        self.setWindowTitle("Borne - imprimante simulée")
        self.setStyleSheet(_STYLE)
        self._printer = printer
        self._toggles: list[tuple[QPushButton, Toggle]] = []
        self._labels: list[tuple[QLabel, Callable[[EmulatedPrinter], str]]] = []
        self.paper = LivePaper(printer)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.paper, 5)
        whole.addWidget(self._panel(place), 4)
        self._feeding = QTimer(self)
        self._feeding.timeout.connect(self._feed)
        self._looking = QTimer(self)
        self._looking.timeout.connect(self.refresh)
        self._looking.start(_LOOK_EVERY_MS)
        self.resize(1040, 940)
        self.refresh()

    def refresh(self) -> None:
        """Show the printer as it is now."""
        for label, said in self._labels:
            label.setText(said(self._printer))
        for button, toggle in self._toggles:
            button.setChecked(toggle.is_on(self._printer))
        self._list_speed(self._printer.faults.baud)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._looking.stop()
        self._release()
        self.paper.stop()
        super().closeEvent(event)

    # --------------------------------------------------------------------------------------------------------- panel

    def _panel(self, place: str) -> QScrollArea:
        panel = QWidget()
        panel.setObjectName("panel")
        column = QVBoxLayout(panel)
        for name, said in (("state", state_said), ("roll", roll_said), ("slips", slips_said)):
            column.addWidget(self._label(name, said))
        if place:
            column.addWidget(QLabel(place))
        for title, controls in GROUPS.items():
            box = self._group(title, controls)
            if title == "Papier":
                self._add_feed_button(box)
            elif title == "Liaison":
                self._add_speeds(box)
            column.addWidget(box)
        column.addStretch()
        scrolling = QScrollArea()
        scrolling.setWidgetResizable(True)
        scrolling.setWidget(panel)
        return scrolling

    def _label(self, name: str, said: Callable[[EmulatedPrinter], str]) -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setWordWrap(True)
        self._labels.append((label, said))
        return label

    def _group(self, title: str, controls: tuple[Toggle | Push, ...]) -> QGroupBox:
        box = QGroupBox(title)
        grid = QGridLayout(box)
        for number, control in enumerate(controls):
            button = self._toggle(control) if isinstance(control, Toggle) else self._push(control)
            grid.addWidget(button, number // _COLUMNS, number % _COLUMNS)
        return box

    def _toggle(self, toggle: Toggle) -> QPushButton:
        button = _button(toggle.name, toggle.label)
        button.setCheckable(True)
        button.clicked.connect(lambda is_on: self._obey(toggle.on if is_on else toggle.off(self._printer)))
        self._toggles.append((button, toggle))
        return button

    def _push(self, push: Push) -> QPushButton:
        button = _button(push.name, push.label)
        button.clicked.connect(lambda: self._obey(push.line))
        return button

    def _add_feed_button(self, box: QGroupBox) -> None:
        button = _button("feed", FEED_LABEL)
        button.pressed.connect(self._press)
        button.released.connect(self._release)
        _add_below(box, button)

    def _add_speeds(self, box: QGroupBox) -> None:
        self._speed = QComboBox()
        self._speed.setObjectName("speed")
        self._speed.setAccessibleName(SPEED_LABEL)
        self._speed.setMinimumHeight(_CHOICE_PX)
        for baud in SPEEDS:
            self._speed.addItem(speed_said(baud), baud)
        self._speed.activated.connect(self._set_speed)
        _add_below(box, self._speed)

    def _list_speed(self, baud: int | None) -> None:
        """Show the speed, also one that somebody else set and no list offers."""
        said = speed_said(baud)
        if self._speed.findText(said) < 0:
            self._speed.addItem(said, baud)
        self._speed.setCurrentText(said)

    # ------------------------------------------------------------------------------------------------------- actions

    def _obey(self, line: str) -> None:
        obey_line(self._printer, line)
        self.refresh()

    def _set_speed(self, index: int) -> None:
        self._obey(speed_line(self._speed.itemData(index)))

    def _press(self) -> None:
        self._obey("button press")
        self._feeding.start(_FEED_EVERY_MS)

    def _release(self) -> None:
        if self._feeding.isActive():
            self._feeding.stop()
            self._obey("button release")

    def _feed(self) -> None:
        dots_per_s = PAPER_SPEED_MM_PER_S * self._printer.dots_per_inch / 25.4
        self._printer.feed_by_hand(round(dots_per_s * _FEED_EVERY_MS / 1000))


def _button(name: str, label: str) -> QPushButton:
    button = QPushButton(label)
    button.setObjectName(name)
    button.setAccessibleName(label)
    return button


def _add_below(box: QGroupBox, control: QWidget) -> None:
    grid = box.layout()
    assert isinstance(grid, QGridLayout), "made above"
    grid.addWidget(control, grid.rowCount(), 0, 1, _COLUMNS)
