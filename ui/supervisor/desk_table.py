"""Today's filings as a table; a view of values, it decides nothing."""

from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor

from kiosk.ports.desk import HallRow
from kiosk.translation import Translator, languages
from ui.supervisor.appearance import TONE_COLOURS
from ui.supervisor.wording import print_state_said

AnyIndex = QModelIndex | QPersistentModelIndex

CALL, TIME, PROCEDURE, PERSON, LANGUAGE, TICKET, VISITS, REFERENCE = range(8)
SORT_ROLE: Final = Qt.ItemDataRole.UserRole


class DeskTable(QAbstractTableModel):
    """Rows of the day under translated headings."""

    def __init__(self, tr: Translator, zone: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tr, self._zone = tr, ZoneInfo(zone)
        self._rows: tuple[HallRow, ...] = ()
        self._headings = (
            tr.text("supervisor", "Appel"),
            tr.text("supervisor", "Heure"),
            tr.text("supervisor", "Démarche"),
            tr.text("supervisor", "Personne"),
            tr.text("supervisor", "Langue"),
            tr.text("supervisor", "Ticket"),
            tr.text("supervisor", "Passages"),
            tr.text("supervisor", "Référence"),
        )

    def show_rows(self, rows: Sequence[HallRow]) -> None:
        """Replace what is shown; nothing happens, not even to the selection, when it is the same."""
        if tuple(rows) == self._rows:
            return
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008  # the signature is Qt's
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._headings[section]
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        text = self._cells(row)[column]
        said = print_state_said(self._tr, row.print_state)
        answers: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: text,
            Qt.ItemDataRole.AccessibleTextRole: text,
            Qt.ItemDataRole.ToolTipRole: text if column in (PROCEDURE, PERSON) else None,
            Qt.ItemDataRole.ForegroundRole: QBrush(QColor(TONE_COLOURS[said.tone])) if column == TICKET else None,
            SORT_ROLE: row.filed_at.timestamp() if column == TIME else text,
        }
        return answers.get(role)

    def _cells(self, row: HallRow) -> tuple[str, ...]:
        language = languages().get(row.language)
        return (
            row.call_number,
            f"{row.filed_at.astimezone(self._zone):%H:%M}",
            row.procedure_label,
            row.applicant,
            language.own_name if language else row.language,
            print_state_said(self._tr, row.print_state).text,
            str(row.visits.count),
            row.reference,
        )
