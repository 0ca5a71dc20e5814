"""Very large letters on paper, whatever a window has drawn before."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from printing.document.compose import compose
from printing.escpos.bitmap import Bitmap
from printing.render.paper import Paper
from printing.render.picture import render
from tests.fakes.tickets import a_ticket


def _slip() -> Bitmap:
    return render(compose(a_ticket()), Paper(576, 203))


@pytest.mark.usefixtures("fonts")
def test_a_slip_is_the_same_after_a_window_has_shown_large_letters(qapp: QApplication) -> None:
    """The call number must be on the ticket of a machine that also shows it on its screen."""
    before = _slip()
    label = QLabel("A001")
    label.setStyleSheet("font-size: 112px; font-weight: bold;")
    label.show()
    qapp.processEvents()
    label.grab()
    label.close()

    assert _slip() == before


@pytest.mark.usefixtures("fonts")
def test_the_call_number_is_drawn_in_large_type() -> None:
    """Rows of the slip hold ink where the largest text stands: no gap of more than a line between title and rule."""
    slip = _slip()
    blank = bytes(slip.row_bytes)
    rows = [slip.rows[start : start + slip.row_bytes] for start in range(0, len(slip.rows), slip.row_bytes)]
    longest, run = 0, 0
    for row in rows[: len(rows) // 3]:
        run = run + 1 if row == blank else 0
        longest = max(longest, run)

    assert longest < 60
