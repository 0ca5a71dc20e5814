"""Facts in rows and columns that somebody reads, walks through by keys, hears, and copies into a letter or a sheet."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QTableView

from ui.supervisor.list_looks import lay_out_list
from ui.supervisor.row_table import AnyIndex, RowTable

Row = tuple[str, ...]

_STYLE: Final = """
QTableView {
    background: #ffffff; alternate-background-color: #f6f8fc; border: 1px solid #c9d1e0; border-radius: 10px;
    font-size: 16px; gridline-color: transparent; outline: 0;
    selection-background-color: #cfdff7; selection-color: #14213d;
}
QTableView::item { padding: 3px 8px; border: none; }
QTableView::item:selected { background: #cfdff7; color: #14213d; }
"""


class FactTable(QTableView):
    """Shows texts under headings; ``Ctrl+C`` copies the chosen rows, or all, with the headings."""

    def __init__(self, name: str, title: str, heads: Row, *, wide: int, numbers: Sequence[int] = ()) -> None:
        """Make an empty table.

        Args:
            name: of the object.
            title: what it lists, for those who hear it.
            heads: headings of the columns.
            wide: the column that takes the room that is left.
            numbers: columns whose texts stand on the right.
        """
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._facts = _Facts(heads, numbers, self)
        self.setModel(self._facts)
        self.setStyleSheet(_STYLE)
        lay_out_list(self, wide=(wide,))
        copying = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self)
        copying.setContext(Qt.ShortcutContext.WidgetShortcut)
        copying.activated.connect(self.copy)

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return self._facts.rows

    @property
    def chosen(self) -> int | None:
        """Which row is chosen, the first if there are several; None for none."""
        selected = self.selectionModel().selectedRows()
        return min((index.row() for index in selected), default=None)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Replace what is shown; what was chosen stays chosen if the rows are the same."""
        if tuple(rows) != self._facts.rows:
            self._facts.replace(rows)

    def copy(self) -> int:
        """Put the chosen rows, or all, on the clipboard with the headings, as sheets take them; return how many."""
        selected = sorted(index.row() for index in self.selectionModel().selectedRows())
        rows = [self._facts.rows[row] for row in selected] or list(self._facts.rows)
        QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in (self._facts.headings, *rows)))
        return len(rows)


class _Facts(RowTable[Row]):
    """The texts; every one of them may be too long for its column."""

    def __init__(self, heads: Row, numbers: Sequence[int], parent: QObject) -> None:
        super().__init__(heads, parent, cut=range(len(heads)))
        self._rows: tuple[Row, ...] = ()
        self._numbers = frozenset(numbers)

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return self._rows

    def replace(self, rows: Sequence[Row]) -> None:
        """Take other texts."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def cell(self, row: Row, column: int) -> str:
        return row[column]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            return self._alignment(section)
        return super().headerData(section, orientation, role)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        return super().data(index, role)

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if column in self._numbers else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter
