"""What a person may ask of the counters of a site about their own data, at its hub (RGPD art. 15 and 17).

What is handed out has the form of a kiosk's; an erasure is the centre's own, so that the kiosk is told as well.
"""

from typing import Final

import sqlalchemy as sa

from kiosk.domain.moment import instant_text
from kiosk.domain.request import FiledRequest, PrintJobId, RequestId
from kiosk.domain.staff import Permission
from kiosk.errors import InputError
from kiosk.journal.act_facts import is_act
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import Entry, EntryType, Payload
from kiosk.journal.request_facts import content_facts
from kiosk.ports.desk import PersonFile, StaffSession
from kiosk.services.export_person import entry_held, noted_held
from kiosk.services.held_requests import request_with
from kiosk.services.local_person_rights import require_known_person, require_repeated
from kiosk.services.recording import EntryWriter
from kiosk.services.staff import require
from sync.central.desk.projection import TICKET_STATES
from sync.central.erasure.erase import erase_within
from sync.central.erasure.scrubbing import scrub
from sync.central.hall.acts import ActingUnit, acting_units
from sync.central.hall.bench import HallBench
from sync.central.tables import entries, relay

_RIGHT: Final = "right"
_FILINGS: Final = (EntryType.REQUEST_FILED.value, EntryType.FILING_REPEATED.value)
_Told = dict[str, tuple[Entry, Payload | None]]


class HubPersonRights:
    """The :class:`kiosk.ports.file_work.PersonRights` of a hub; sessions are named by their tokens."""

    def __init__(self, bench: HallBench) -> None:
        self._bench, self._units = bench, acting_units(bench)
        self._entries = EntryWriter(clock=bench.clock, entropy=bench.entropy, site=bench.site)

    def export(self, session: StaffSession, reference: str) -> dict[str, JsonValue]:
        """Return all that the hub holds, for a person whose identity was checked and found to be right.

        Raises:
            InputError: the newest check of identity says something else, or there is none.
        """
        actor = self._bench.sessions.actor(session.token)
        with self._units() as unit:
            require(unit, actor.name, Permission.SERVE)
            request_id = request_with(unit, reference)
            require_known_person(self._bench.hall.read_file(unit, request_id))
            held = _held(unit, request_id)
            merged: list[JsonValue] = [_held(unit, each) for each in unit.merges.into(request_id)]
            held |= {"merged": merged} if merged else {}
            draft = self._entries.draft(EntryType.PERSON_EXPORTED, {"by": actor.name}, subject=request_id)
            entry = unit.journal.append(draft)
            unit.commit()
        return held | {"handed_out_at": instant_text(entry.recorded_at)}

    def erase(self, session: StaffSession, reference: str, repeated: str) -> PersonFile:
        """Take a person's data out, here, at the kiosk and at the centre above, and return what is left.

        Raises:
            InputError: the reference was not repeated, or the centre above does not hold the filing yet: its proof
                would be lost.
        """
        actor = self._bench.sessions.actor(session.token)
        require_repeated(reference, repeated)
        with self._units() as unit:
            require(unit, actor.name, Permission.ERASE_PEOPLE)
            request_id = request_with(unit, reference)
            all_of_person = (request_id, *unit.merges.into(request_id))
            if not _are_relayed(unit.connection, all_of_person):
                raise InputError("centre", "a request that the centre above holds")
            for each in all_of_person:
                if not unit.erasures.is_erased(each):
                    number = unit.requests.get(each).reference
                    erase_within(self._bench.centre, unit.connection, number, reason=_RIGHT, by=actor.name)
                unit.requests.forget(each)
            file = self._bench.hall.read_file(unit, request_id)
            unit.commit()
        scrub(self._bench.centre.engine, self._bench.centre.now())
        return file


def _are_relayed(connection: sa.Connection, request_ids: tuple[RequestId, ...]) -> bool:
    """Whether the centre above has the filings of some requests; where there is none, nothing is awaited."""
    if connection.execute(sa.select(relay.c.stream).limit(1)).first() is None:
        return True
    query = (
        sa.select(entries.c.seq)
        .outerjoin(relay, relay.c.stream == entries.c.stream)
        .where(entries.c.subject.in_(request_ids), entries.c.type.in_(_FILINGS))
        .where(entries.c.seq > sa.func.coalesce(relay.c.accepted_to, 0))
    )
    return connection.execute(query.limit(1)).first() is None


def _held(unit: ActingUnit, request_id: RequestId) -> dict[str, JsonValue]:
    """Return what is held of a request, in the form of a kiosk's."""
    request, is_erased = unit.requests.get(request_id), unit.erasures.is_erased(request_id)
    told = unit.journal.about(request_id, ())
    by_hash: _Told = {entry.hash: (entry, payload) for entry, payload in told}
    tickets = _tickets(by_hash)
    return {
        "reference": request.reference,
        "received_at": instant_text(request.received.utc),
        "erased": is_erased,
        "request": {"procedure": request.content.procedure} if is_erased else content_facts(request.content),
        "status": None,
        "filings": [*_filings(request, by_hash, tickets)],
        "changes": [
            {
                "kind": change.kind.value,
                "changed_at": instant_text(change.changed.utc),
                **entry_held(*by_hash[change.entry_hash]),
            }
            for change in unit.changes.of(request_id)
        ],
        "noted": [noted_held(entry, payload) for entry, payload in told if is_act(entry)],
    }


def _filings(request: FiledRequest, told: _Told, tickets: dict[PrintJobId, str]) -> list[JsonValue]:
    return [
        {
            "filed_at": instant_text(filing.filed.utc),
            "call_number": filing.call_number,
            "language": filing.language,
            "ticket": tickets.get(filing.print_job_id),
            **entry_held(*told[filing.entry_hash]),
        }
        for filing in request.filings
    ]


def _tickets(told: _Told) -> dict[PrintJobId, str]:
    """Return where tickets stood last."""
    return {
        PrintJobId(str(payload.facts.get("print_job_id"))): TICKET_STATES[EntryType(entry.type)]
        for entry, payload in told.values()
        if entry.type in TICKET_STATES and payload is not None
    }
