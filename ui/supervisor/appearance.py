"""How the staff screen looks: colours and sizes, once."""

from typing import Final

from kiosk.resource_files import resource_path
from ui.supervisor.wording import Tone

# Contrast on white: 7:1 or more.
TONE_COLOURS: Final = {
    Tone.GOOD: "#0b5d2a",
    Tone.BUSY: "#1f3a68",
    Tone.WARNING: "#7a3e00",
    Tone.BAD: "#9b1111",
    Tone.QUIET: "#42506b",
}

_STYLE: Final = """
QWidget#supervisor { background: #eef1f6; color: #14213d; }
QLabel { color: #14213d; }
QFrame#header { background: #14213d; }
QFrame#header QLabel { color: #ffffff; }
QFrame#header QPushButton {
    background: transparent; color: #ffffff; border: 1px solid #8d9bbd; border-radius: 6px;
    font-size: 15px; padding: 7px 12px;
}
QFrame#header QPushButton:hover { background: #24345c; }
QFrame#header QPushButton:focus { border: 2px solid #ffffff; padding: 6px 11px; }
QLabel#title { font-size: 22px; font-weight: bold; }
QLabel#place, QLabel#who { font-size: 15px; }
QLabel#clock { font-size: 28px; font-weight: bold; }
QFrame#tabs { background: #dde4f0; border-bottom: 1px solid #c9d1e0; }
QFrame#tabs QPushButton {
    background: transparent; color: #14213d; border: none; border-bottom: 4px solid transparent;
    font-size: 16px; padding: 9px 14px 6px 14px;
}
QFrame#tabs QPushButton:hover { background: #cfd9ea; }
QFrame#tabs QPushButton:checked { background: #eef1f6; border-bottom-color: #14396d; }
QFrame#tabs QPushButton:focus { border-bottom-color: #0a58ca; background: #f7f9fc; }
QFrame[tile="true"], QFrame#panel, QFrame#card {
    background: #ffffff; border: 1px solid #c9d1e0; border-radius: 10px;
}
QFrame[tile="true"] QLabel, QFrame#panel QLabel, QFrame#card QLabel { background: transparent; }
QLabel[role="caption"] { font-size: 14px; color: #42506b; }
QLabel[role="value"] { font-size: 22px; font-weight: bold; }
QLabel[role="detail"] { font-size: 14px; color: #42506b; }
QLabel[role="number"] { font-size: 40px; font-weight: bold; }
QLabel[role="name"] { font-size: 20px; font-weight: bold; }
QLabel[role="state"] { font-size: 17px; font-weight: bold; }
QLabel[role="fact"] { font-size: 15px; }
QLabel[role="key"] { font-size: 15px; font-weight: bold; }
QLabel[role="flags"] { font-size: 16px; font-weight: bold; color: #7a3e00; }
QLabel[role="heading"] { font-size: 26px; font-weight: bold; }
QLabel[role="section"] { font-size: 18px; font-weight: bold; }
QLabel[role="verdict"] { font-size: 38px; font-weight: bold; }
QLabel[role="text"] { font-size: 17px; }
QLabel[role="field"] { font-size: 15px; color: #42506b; }
QLabel[role="error"] { font-size: 17px; font-weight: bold; color: #9b1111; }
QPushButton[role="main"] {
    background: #14396d; color: #ffffff; border: 2px solid #14396d; border-radius: 8px;
    font-size: 18px; font-weight: bold; padding: 9px 18px;
}
QPushButton[role="main"]:hover { background: #1d4c8c; }
QPushButton[role="main"]:disabled { background: #c4ccdb; border-color: #c4ccdb; color: #45506a; }
QPushButton[role="plain"] {
    background: #ffffff; color: #14213d; border: 2px solid #8793ad; border-radius: 7px;
    font-size: 15px; padding: 5px 8px; text-align: left;
}
QFrame#panel QPushButton[role="plain"] { font-size: 14px; padding: 6px 4px; }
QPushButton[role="plain"]:hover { background: #e6edf9; }
QPushButton[role="plain"]:disabled { color: #6b7488; background: #f3f5f9; border-color: #d4dae6; }
QPushButton[role="plain"]:focus { border-color: #0a58ca; background: #e6edf9; }
QPushButton[role="main"]:focus { border-color: #ffbf47; }
QPushButton::menu-indicator { width: 0; }
QLineEdit, QComboBox, QDateEdit {
    background: #ffffff; color: #14213d; border: 1px solid #6f7f9f; border-radius: 6px;
    font-size: 17px; padding: 7px 9px; min-height: 22px;
}
QLineEdit:focus, QComboBox:focus, QDateEdit:focus { border: 2px solid #0a58ca; padding: 6px 8px; }
QComboBox::drop-down, QDateEdit::drop-down { border: none; width: 28px; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: url("@OPEN@"); width: 15px; height: 15px; }
QPlainTextEdit {
    background: #ffffff; color: #14213d; border: 1px solid #6f7f9f; border-radius: 6px; font-size: 16px; padding: 4px;
}
QPlainTextEdit:focus { border: 2px solid #0a58ca; padding: 3px; }
QLabel[role="choice"] { font-size: 16px; }
QCheckBox, QRadioButton { background: transparent; padding: 2px; border: 2px solid transparent; border-radius: 5px; }
QCheckBox:focus, QRadioButton:focus { border-color: #0a58ca; }
QCheckBox::indicator { width: 22px; height: 22px; image: url("@BOX@"); }
QCheckBox::indicator:checked { image: url("@TICKED@"); }
QRadioButton::indicator {
    width: 16px; height: 16px; border: 2px solid #42506b; border-radius: 10px; background: #ffffff;
}
QRadioButton::indicator:checked { width: 8px; height: 8px; border: 6px solid #14396d; }
QComboBox QAbstractItemView { background: #ffffff; color: #14213d; font-size: 16px; }
QTableView#hall, QTableView#requests {
    background: #ffffff; alternate-background-color: #f6f8fc; border: 1px solid #c9d1e0; border-radius: 10px;
    font-size: 16px; gridline-color: transparent; outline: 0;
    selection-background-color: #cfdff7; selection-color: #14213d;
}
QTableView#hall::item, QTableView#requests::item { padding: 3px 6px; border: none; }
QTableView#hall::item:selected, QTableView#requests::item:selected { background: #cfdff7; color: #14213d; }
QHeaderView::section {
    background: #e2e8f3; color: #14213d; font-size: 14px; font-weight: bold; padding: 7px 6px; border: none;
    border-bottom: 1px solid #c9d1e0;
}
QFrame#card[tone] { border-top-left-radius: 0; border-bottom-left-radius: 0; }
QFrame#card[tone="bad"] { border: 1px solid #9b1111; border-left: 8px solid #9b1111; }
QFrame#card[tone="warning"] { border: 1px solid #b98a4a; border-left: 8px solid #b45f06; }
QFrame#card[tone="quiet"] { border-left: 8px solid #9aa6bf; }
QLabel#empty { font-size: 22px; color: #42506b; }
QLabel#hubLost {
    background: #9b1111; color: #ffffff; border-radius: 10px; font-size: 18px; font-weight: bold; padding: 4px 18px;
}
QFrame#notice { background: transparent; border-radius: 8px; }
QFrame#notice[tone="said"] { background: #dfe7f5; }
QFrame#notice[tone="bad"] { background: #fbe3e3; }
QFrame#notice QLabel { font-size: 17px; background: transparent; }
QMenu { background: #ffffff; color: #14213d; border: 1px solid #6f7f9f; font-size: 17px; padding: 4px; }
QMenu::item { padding: 8px 22px; }
QMenu::item:selected { background: #cfdff7; }
QScrollBar:vertical { background: transparent; width: 14px; margin: 2px; }
QScrollBar::handle:vertical { background: #9aa6bf; border-radius: 5px; min-height: 36px; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0; width: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
"""

_ICONS: Final = {"@OPEN@": "open.svg", "@BOX@": "box.svg", "@TICKED@": "box-ticked.svg"}


def _with_icons(style: str) -> str:
    for mark, name in _ICONS.items():
        style = style.replace(mark, resource_path("icons", name).as_posix())
    return style


STYLE: Final = _with_icons(_STYLE)
TONE_STYLE: Final = "color: {colour};"
ROW_HEIGHT_PX: Final = 36
PANEL_WIDTH_PX: Final = 376
FORM_WIDTH_PX: Final = 520
