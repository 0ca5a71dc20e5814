"""What every table of rows under headings answers to its view, in Qt's words; the rows say the rest."""

from collections.abc import Container, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor, QFont

from ui.supervisor.appearance import TONE_COLOURS
from ui.supervisor.wording import Tone

AnyIndex = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")


class RowTable(QAbstractTableModel, Generic[Row]):
    """Rows of one kind; a table of its own says what stands in a cell, and may say how it looks."""

    def __init__(self, headings: Sequence[str], parent: QObject | None = None, *, cut: Container[int] = ()) -> None:
        """Make an empty table.

        Args:
            headings: of the columns.
            parent: whose it is.
            cut: columns that may be too narrow for what they say; a tip says it whole.
        """
        super().__init__(parent)
        self.headings = tuple(headings)
        self._cut = cut

    @property
    def rows(self) -> Sequence[Row]:
        """What is shown."""
        raise NotImplementedError

    def cell(self, row: Row, column: int) -> str:
        """Return what stands in a cell."""
        raise NotImplementedError

    def tone(self, row: Row, column: int) -> Tone | None:
        """Return the colour of a cell, None for the usual one."""
        del row, column
        return None

    def is_bold(self, row: Row, column: int) -> bool:
        """Whether a cell is to be seen first."""
        del row, column
        return False

    def row_at(self, index: AnyIndex) -> Row | None:
        """Return the row of an index of this table."""
        return self.rows[index.row()] if index.isValid() and index.row() < len(self.rows) else None

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008  # the signature is Qt's
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self.headings[section]
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index)
        if row is None:
            return None
        column = index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self.cell(row, column)
            case Qt.ItemDataRole.ToolTipRole if column in self._cut:
                return self.cell(row, column)
            case Qt.ItemDataRole.ForegroundRole:
                tone = self.tone(row, column)
                return None if tone is None else QBrush(QColor(TONE_COLOURS[tone]))
            case Qt.ItemDataRole.FontRole if self.is_bold(row, column):
                font = QFont()
                font.setBold(True)
                return font
            case _:
                return None
