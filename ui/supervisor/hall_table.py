"""Today's hall as a table: a view of values, in the order in which people are called; it decides nothing."""

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import Enum
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QSortFilterProxyModel, Qt

from kiosk.domain.hall import PlaceId
from kiosk.domain.identity import folded_name
from kiosk.ports.desk import HallRow, StaffSession
from kiosk.translation import Translator
from kiosk.workflows.hall_place import PlaceState
from ui.supervisor.actions import is_aside, is_at_counter_of
from ui.supervisor.hall_wording import LONG_WAIT, flags_said, state_said, wait_said
from ui.supervisor.language_wording import language_said
from ui.supervisor.row_table import AnyIndex, RowTable
from ui.supervisor.wording import Tone

CALL, WAIT, STATE, PERSON, PROCEDURE, LANGUAGE, FLAGS = range(7)
SORT_ROLE: Final = Qt.ItemDataRole.UserRole
_EARLIEST: Final = datetime.min.replace(tzinfo=UTC)
_GROUPS: Final = {
    PlaceState.CALLED: 0,
    PlaceState.SERVING: 0,
    PlaceState.WAITING: 1,
    PlaceState.PARKED: 2,
    PlaceState.NO_SHOW: 3,
    PlaceState.FINISHED: 4,
}


class View(Enum):
    """Which people the list shows."""

    OPEN = "open"  # whoever is waiting or at a counter
    ASIDE = "aside"  # put aside, or not there when called
    ALL = "all"


def stated_order(rows: Sequence[HallRow], session: StaffSession | None) -> tuple[HallRow, ...]:
    """Return rows as they are called: who is at a counter, one's own first; then who waits, by class and arrival.

    Args:
        rows: in order of arrival.
        session: whose counter comes first.
    """

    def rank(row: HallRow) -> tuple[int, int, int]:
        is_mine = session is not None and is_at_counter_of(row, session)
        waits = row.standing.state is PlaceState.WAITING
        return _GROUPS[row.standing.state], 0 if is_mine else 1, row.standing.priority.queue_class if waits else 0

    return tuple(sorted(rows, key=rank))


class HallTable(RowTable[HallRow]):
    """Rows of the day under translated headings."""

    def __init__(self, tr: Translator, zone: str, parent: QObject | None = None) -> None:
        headings = (
            tr.text("supervisor", "Appel"),
            tr.text("supervisor", "Attente"),
            tr.text("supervisor", "État"),
            tr.text("supervisor", "Personne"),
            tr.text("supervisor", "Démarche"),
            tr.text("supervisor", "Langue"),
            tr.text("supervisor", "À savoir"),
        )
        super().__init__(headings, parent, cut=(PERSON, PROCEDURE, FLAGS))
        self._tr, self._zone = tr, ZoneInfo(zone)
        self._rows: tuple[HallRow, ...] = ()
        self._session: StaffSession | None = None
        self._now = _EARLIEST

    @property
    def rows(self) -> tuple[HallRow, ...]:
        """What is shown, in the stated order."""
        return self._rows

    def position_of(self, place_id: PlaceId) -> int | None:
        """Return where a place is shown, None when it is not."""
        return next((at for at, row in enumerate(self._rows) if row.place_id == place_id), None)

    def show_rows(self, rows: Sequence[HallRow], session: StaffSession | None, now: datetime) -> None:
        """Replace what is shown; where only states and times changed, the selection stays by itself."""
        ordered = stated_order(rows, session)
        is_same_list = [row.place_id for row in ordered] == [row.place_id for row in self._rows]
        is_same = ordered == self._rows and session == self._session
        is_same_minute = int(now.timestamp()) // 60 == int(self._now.timestamp()) // 60 if self._rows else True
        if is_same and is_same_minute:
            return
        if not is_same_list:
            self.beginResetModel()
        self._rows, self._session, self._now = ordered, session, now
        if not is_same_list:
            self.endResetModel()
        elif ordered:
            self.dataChanged.emit(self.index(0, 0), self.index(len(ordered) - 1, len(self.headings) - 1))

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index) if role == SORT_ROLE else None
        return super().data(index, role) if row is None else self._sort_key(row, index.column())

    def cell(self, row: HallRow, column: int) -> str:
        match column:
            case 0:
                return row.call_number
            case 1:
                return self._wait(row)
            case 2:
                return state_said(self._tr, row).text
            case 3:
                return row.applicant or self._tr.text("supervisor", "(effacé)")
            case 4:
                return row.procedure_label
            case 5:
                return language_said(self._tr, row.language)
            case _:
                return flags_said(self._tr, row)

    def _wait(self, row: HallRow) -> str:
        if row.standing.state is PlaceState.FINISHED:
            return f"{row.changed_at.astimezone(self._zone):%H:%M}"
        since = row.changed_at if row.standing.state.is_at_counter else row.filed_at
        return wait_said(self._tr, self._now - since)

    def tone(self, row: HallRow, column: int) -> Tone | None:
        if column == STATE:
            return state_said(self._tr, row).tone
        if column == FLAGS:
            return Tone.WARNING
        if column == WAIT and row.standing.state is PlaceState.WAITING and self._now - row.filed_at >= LONG_WAIT:
            return Tone.WARNING
        return Tone.QUIET if row.standing.state is PlaceState.FINISHED else None

    def is_bold(self, row: HallRow, column: int) -> bool:
        return column == CALL or (self._session is not None and is_at_counter_of(row, self._session))

    def _sort_key(self, row: HallRow, column: int) -> object:
        return row.filed_at.timestamp() if column == WAIT else self.cell(row, column)


class HallFilter(QSortFilterProxyModel):
    """Leaves out whom the agent does not want to see; the order stays the stated one unless a heading is clicked."""

    def __init__(self, table: HallTable, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._service, self._view, self._searched = "", View.OPEN, ""
        self.setSourceModel(table)
        self.setSortRole(SORT_ROLE)

    def show_only(self, service: str, view: View, searched: str) -> None:
        """Choose who is shown.

        Args:
            service: letter; empty for all.
            view: which states.
            searched: part of a name, number or reference; finds people in every state and service.
        """
        self._service, self._view, self._searched = service, view, folded_name(searched)
        self.invalidate()

    def filterAcceptsRow(self, source_row: int, _parent: AnyIndex) -> bool:
        row = self._table.rows[source_row]
        if self._searched:
            return any(self._searched in folded_name(text) for text in (row.call_number, row.applicant, row.reference))
        if self._service and row.standing.service != self._service and not row.standing.wanted_counter:
            return False
        match self._view:
            case View.OPEN:
                return _GROUPS[row.standing.state] <= 1
            case View.ASIDE:
                return is_aside(row)
            case View.ALL:
                return True
