"""How every list of the staff screen looks and is walked through, whatever stands in it."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableView

from ui.supervisor.appearance import ROW_HEIGHT_PX

_ROWS_MEASURED = 50  # for the width of a column: all of a long list would take too long


def lay_out_list(view: QTableView, *, wide: Iterable[int]) -> None:
    """Make a view, which has its model, a list of rows that cannot be edited.

    Args:
        view: the view.
        wide: columns that share the room that is left.
    """
    view.setAlternatingRowColors(True)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    view.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(ROW_HEIGHT_PX)
    heading = view.horizontalHeader()
    heading.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    heading.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    heading.setResizeContentsPrecision(_ROWS_MEASURED)
    for column in wide:
        heading.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
