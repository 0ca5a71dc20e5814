"""Facts in rows and columns that somebody reads, walks through by keys, hears, and copies into a letter or a sheet."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QTableView

from ui.supervisor.list_looks import lay_out_list

AnyIndex = QModelIndex | QPersistentModelIndex
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
        QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in (self._facts.heads, *rows)))
        return len(rows)


class _Facts(QAbstractTableModel):
    """The texts."""

    def __init__(self, heads: Row, numbers: Sequence[int], parent: QObject) -> None:
        super().__init__(parent)
        self.heads, self.rows = heads, tuple[Row, ...]()
        self._numbers = frozenset(numbers)

    def replace(self, rows: Sequence[Row]) -> None:
        """Take other texts."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008  # the signature is Qt's
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.heads[section]
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._alignment(section)
            case _:
                return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self.rows[index.row()][index.column()]
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._alignment(index.column())
            case _:
                return None

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if column in self._numbers else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter
