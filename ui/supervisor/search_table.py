"""Requests as a table that grows as far as somebody scrolls; it decides nothing."""

import dataclasses
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from kiosk.domain.name_keys import latin_key
from kiosk.domain.search import Match
from kiosk.ports.finding import FoundRequest
from kiosk.translation import Translator
from ui.supervisor.hall_wording import moment_said
from ui.supervisor.row_table import AnyIndex, RowTable
from ui.supervisor.search_wording import (
    cells,
    headings,
    match_said,
    request_state_said,
    ticket_said,
    window_said,
)
from ui.supervisor.wording import Tone

REFERENCE, RECEIVED, PERSON, PROCEDURE, LANGUAGE, STATE, WINDOW, TICKET, WHY = range(9)
IN_ORDER_OF_RECEIPT: Final = (REFERENCE, RECEIVED)


class SearchTable(RowTable[FoundRequest]):
    """Rows under translated headings; ``wants_more`` when somebody scrolled to their end and there are more."""

    wants_more = Signal()

    def __init__(self, tr: Translator, parent: QObject | None = None) -> None:
        super().__init__((*headings(tr), tr.text("supervisor", "Trouvée par")), parent, cut=(PERSON, PROCEDURE, WHY))
        self._tr = tr
        self._rows: list[FoundRequest] = []
        self._ranks: dict[str, int] = {}  # as they came
        self._has_more = False

    @property
    def rows(self) -> Sequence[FoundRequest]:
        """What is shown."""
        return self._rows

    def position_of(self, reference: str) -> int | None:
        """Return where a request is shown, None when it is not."""
        return next((at for at, row in enumerate(self._rows) if row.reference == reference), None)

    def show_rows(self, rows: Sequence[FoundRequest], *, has_more: bool) -> None:
        """Begin another list."""
        self.beginResetModel()
        self._rows, self._has_more = list(rows), has_more
        self._ranks = {row.reference: at for at, row in enumerate(rows)}
        self.endResetModel()

    def append(self, rows: Sequence[FoundRequest], *, has_more: bool) -> None:
        """Go on with the list."""
        self._has_more = has_more
        if not rows:
            return
        first = len(self._rows)
        self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
        self._rows += rows
        self._ranks |= {row.reference: first + at for at, row in enumerate(rows)}
        self.endInsertRows()

    def replace(self, request: FoundRequest, *, match: Match | None) -> None:
        """Show how a request stands now, if it is shown at all; why it was found stays what it was."""
        position = self.position_of(request.reference)
        if position is not None:
            self._rows[position] = dataclasses.replace(request, match=match)
            self.dataChanged.emit(self.index(position, 0), self.index(position, WHY))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Put what is shown in the order of a column."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        references = [self._rows[index.row()].reference for index in before]
        self._rows.sort(key=lambda row: self._sort_key(row, column), reverse=order is Qt.SortOrder.DescendingOrder)
        positions = {row.reference: at for at, row in enumerate(self._rows)}
        after = [
            self.index(positions[reference], index.column())
            for reference, index in zip(references, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def canFetchMore(self, parent: AnyIndex = QModelIndex()) -> bool:  # noqa: B008  # the signature is Qt's
        return not parent.isValid() and self._has_more

    def fetchMore(self, parent: AnyIndex = QModelIndex()) -> None:  # noqa: B008
        if self.canFetchMore(parent):
            self.wants_more.emit()

    def cell(self, row: FoundRequest, column: int) -> str:
        if column == WHY:
            return match_said(self._tr, row.match) if row.match else ""
        cell = cells(self._tr, row)[column]
        text = moment_said(cell, with_day=True) if isinstance(cell, datetime) else cell
        return f"{text} · {row.call_number}" if column == STATE and row.call_number else text

    def tone(self, row: FoundRequest, column: int) -> Tone | None:
        """Return the colour of what is not as usual; a list in which all is well is plain."""
        match column:
            case 5:
                tone = request_state_said(self._tr, row.state).tone
            case 6:
                tone = window_said(self._tr, row.window).tone
            case 7:
                tone = ticket_said(self._tr, row.ticket).tone
            case _:
                tone = Tone.GOOD if row.applicant else Tone.QUIET
        return None if tone is Tone.GOOD else tone

    def is_bold(self, row: FoundRequest, column: int) -> bool:
        del row
        return column == REFERENCE

    def _sort_key(self, row: FoundRequest, column: int) -> tuple[object, ...]:
        rank = self._ranks[row.reference]
        match column:
            case 0 | 1:
                return row.received.utc, row.reference
            case 2:
                return latin_key(row.applicant), rank
            case 8:
                return (rank,)
            case _:
                return self.cell(row, column), rank
