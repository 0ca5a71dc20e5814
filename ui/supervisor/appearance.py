"""How the staff screen looks: colours and sizes, once."""

from typing import Final

from ui.supervisor.wording import Tone

# Contrast on white: 7:1 or more.
TONE_COLOURS: Final = {
    Tone.GOOD: "#0b5d2a",
    Tone.BUSY: "#1f3a68",
    Tone.WARNING: "#7a3e00",
    Tone.BAD: "#9b1111",
}

STYLE: Final = """
QWidget#supervisor { background: #eef1f6; color: #14213d; }
QFrame#header { background: #14213d; }
QFrame#header QLabel { color: #ffffff; }
QLabel#title { font-size: 26px; font-weight: bold; }
QLabel#place { font-size: 17px; }
QLabel#clock { font-size: 30px; font-weight: bold; }
QFrame[tile="true"] { background: #ffffff; border: 1px solid #c9d1e0; border-radius: 10px; }
QFrame[tile="true"] QLabel { background: transparent; }
QLabel[role="caption"] { font-size: 16px; color: #42506b; }
QLabel[role="value"] { font-size: 27px; font-weight: bold; }
QLabel[role="detail"] { font-size: 15px; color: #42506b; }
QTableView#filings {
    background: #ffffff; alternate-background-color: #f6f8fc; border: 1px solid #c9d1e0; border-radius: 10px;
    font-size: 18px; gridline-color: transparent; outline: 0;
    selection-background-color: #d7e3f8; selection-color: #14213d;
}
QTableView#filings::item { padding: 6px 10px; border: none; }
QTableView#filings::item:selected { background: #d7e3f8; color: #14213d; }
QHeaderView::section {
    background: #e2e8f3; color: #14213d; font-size: 16px; font-weight: bold; padding: 9px 10px; border: none;
    border-bottom: 1px solid #c9d1e0;
}
QLabel#empty { font-size: 22px; color: #42506b; }
"""

TONE_STYLE: Final = "color: {colour};"
ROW_HEIGHT_PX: Final = 44
