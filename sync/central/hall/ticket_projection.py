"""What the entries of a hall's kiosks say of tickets: that one was shown, and where an ordered duplicate stands."""

from collections.abc import Mapping
from typing import Final

import sqlalchemy as sa

from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import Entry, EntryType
from kiosk.journal.seal_verdict import Verdict
from kiosk.ports.centre import UpdateKind
from kiosk.services.apply_update import APPLIED
from kiosk.workflows.print_job import PrintState
from sync.central.hall.site import HallSite
from sync.central.hall.ticket_rows import presentation_row
from sync.central.receiving.taking import Taken
from sync.central.receiving.writing import insert_once
from sync.central.tables import hall_presentations, hall_reprints

_Facts = Mapping[str, JsonValue]
_GENUINE: Final = (Verdict.AUTHENTIC.value, Verdict.FROM_THE_FUTURE.value)
_STATE_OF: Final = {
    EntryType.TICKET_SENDING: PrintState.SENDING,
    EntryType.TICKET_CONFIRMED: PrintState.CONFIRMED,
    EntryType.TICKET_UNCONFIRMED: PrintState.UNCONFIRMED,
    EntryType.TICKET_FAILED: PrintState.FAILED,
    EntryType.TICKET_EXPIRED: PrintState.EXPIRED,
}


class KeepTickets:
    """A :data:`sync.central.receiving.receive.Projection` of a hub with counters."""

    def __init__(self, hall: HallSite) -> None:
        self._hall = hall

    def __call__(self, connection: sa.Connection, taken: Taken) -> None:
        """Keep what the new entries of a batch say."""
        if not self._hall.takes(taken.head.origin):
            return
        told = [(entry, facts) for entry, facts in taken.facts if facts is not None]
        shown = [_shown(taken.stream, entry, facts) for entry, facts in told if _is_presentation(entry, facts)]
        insert_once(connection, hall_presentations, shown)
        for entry, facts in told:
            if entry.type == EntryType.UPDATE_RECEIVED and facts.get("kind") == UpdateKind.REPRINT:
                _taken_up(connection, entry.origin, facts)
            elif facts.get("duplicate_number") and entry.type in _STATE_OF:
                _stands(connection, entry.origin, facts, _STATE_OF[EntryType(entry.type)])


def _is_presentation(entry: Entry, facts: _Facts) -> bool:
    return entry.type == EntryType.SEAL_CHECKED and facts.get("verdict") in _GENUINE and bool(facts.get("reference"))


def _shown(stream: str, entry: Entry, facts: _Facts) -> dict[str, object]:
    counter = str(facts.get("counter") or "")
    return presentation_row(stream, entry.seq, str(facts["reference"]), entry.recorded_at, counter)


def _taken_up(connection: sa.Connection, origin: str, facts: _Facts) -> None:
    """Note which job an order became, also one that was taken back too late; a kiosk that refuses it prints nothing."""
    mine = sa.and_(hall_reprints.c.origin == origin, hall_reprints.c.number == facts.get("number"))
    values: dict[str, object] = {"state": PrintState.SAVED.value, "print_job_id": facts.get("print_job_id")}
    if facts.get("outcome") != APPLIED:
        is_too_old = str(facts.get("reason")).startswith("issued_at")
        values = {"state": (PrintState.EXPIRED if is_too_old else PrintState.FAILED).value}
    connection.execute(sa.update(hall_reprints).where(mine).values(**values))


def _stands(connection: sa.Connection, origin: str, facts: _Facts, state: PrintState) -> None:
    number = facts.get("duplicate_number")
    mine = sa.and_(hall_reprints.c.origin == origin, hall_reprints.c.print_job_id == str(facts.get("print_job_id")))
    values = {"state": state.value, "duplicate_number": number if isinstance(number, int) else None}
    connection.execute(sa.update(hall_reprints).where(mine).values(**values))
