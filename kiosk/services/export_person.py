"""Everything that is held of one person's request, for that person (RGPD art. 15)."""

from kiosk.domain.identity import PartialDate
from kiosk.domain.moment import instant_text
from kiosk.domain.place import Site
from kiosk.domain.request import FiledRequest, RequestId
from kiosk.domain.request_change import RequestChange, as_it_stands
from kiosk.errors import InputError
from kiosk.journal.act_facts import is_act
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import Entry, EntryType, Payload, entry_to_json
from kiosk.journal.request_facts import content_facts
from kiosk.ports.clock import Clock
from kiosk.ports.entropy import Entropy
from kiosk.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from kiosk.services.recording import EntryWriter

_NOT_THIS = "the reference and the birth date of one person's request"


class ExportPerson:
    """Collects what this machine holds under a reference, once the person is known to be the one, and records that."""

    def __init__(self, *, units: UnitOfWorkFactory, clock: Clock, entropy: Entropy, site: Site) -> None:
        self._units = units
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)

    def __call__(self, reference: str, birth_date: PartialDate | None, *, by: str) -> dict[str, JsonValue]:
        """Return the request, its visits, tickets, status, what happened to it later, what staff noted, the entries.

        Args:
            reference: on the ticket.
            birth_date: as it was said when filing, or as an agent corrected it, with 00 for unknown parts; None
                when none was said.
            by: who hands it out.

        Raises:
            InputError: no such request, or another person's; the answer does not say which.
            StoreError: it could not be recorded; nothing is handed out.
        """
        with self._units() as unit:
            request_id = unit.requests.by_reference(reference)
            if request_id is None:
                raise InputError("reference", _NOT_THIS)
            if not _is_of(unit, request_id, birth_date):
                raise InputError("reference", _NOT_THIS)
            held = self.within(unit, request_id, by)
            unit.commit()
        return held

    def within(self, unit: UnitOfWork, request_id: RequestId, by: str) -> dict[str, JsonValue]:
        """Collect and record inside a caller's transaction, for somebody whose identity was checked."""
        held = _held(unit, request_id)
        merged: list[JsonValue] = [_held(unit, each) for each in unit.merges.into(request_id)]
        held |= {"merged": merged} if merged else {}
        entry = unit.journal.append(self._entries.draft(EntryType.PERSON_EXPORTED, {"by": by}, subject=request_id))
        return held | {"handed_out_at": instant_text(entry.recorded_at)}


def _is_of(unit: UnitOfWork, request_id: RequestId, birth_date: PartialDate | None) -> bool:
    """Whether a birth date is that of whoever asked; of somebody who was erased it is not known any more."""
    stands = as_it_stands(unit.requests.get(request_id).content, unit.changes.of(request_id))
    return unit.erasures.is_erased(request_id) or stands.identity.birth_date == birth_date


def _held(unit: UnitOfWork, request_id: RequestId) -> dict[str, JsonValue]:
    request = unit.requests.get(request_id)
    is_erased = unit.erasures.is_erased(request_id)
    status = unit.updates.status_of(request_id)
    return {
        "reference": request.reference,
        "received_at": instant_text(request.received.utc),
        "erased": is_erased,
        "request": {"procedure": request.content.procedure} if is_erased else content_facts(request.content),
        "status": {"status": status.status, "said_at": instant_text(status.said_at)} if status else None,
        "filings": [_filing(unit, request, rank) for rank in range(len(request.filings))],
        "changes": [_change(unit, change) for change in unit.changes.of(request_id)],
        "noted": [noted_held(entry, payload) for entry, payload in unit.journal.about(request_id, ()) if is_act(entry)],
    }


def _filing(unit: UnitOfWork, request: FiledRequest, rank: int) -> JsonValue:
    filing = request.filings[rank]
    ((entry, payload),) = unit.journal.entries_after(filing.journal_seq - 1, 1)
    return {
        "filed_at": instant_text(filing.filed.utc),
        "call_number": filing.call_number,
        "language": filing.language,
        "ticket": unit.print_jobs.get(filing.print_job_id).state.value,
        **entry_held(entry, payload),
    }


def _change(unit: UnitOfWork, change: RequestChange) -> JsonValue:
    ((entry, payload),) = unit.journal.entries_after(change.journal_seq - 1, 1)
    slip = unit.print_jobs.slip_of(change.journal_seq)
    return {
        "kind": change.kind.value,
        "changed_at": instant_text(change.changed.utc),
        "paper": unit.print_jobs.get(slip).state.value if slip else None,
        **entry_held(entry, payload),
    }


def noted_held(entry: Entry, payload: Payload | None) -> JsonValue:
    """Return what staff did with the file: whoever it is about may read it."""
    return {"kind": entry.type, "noted_at": instant_text(entry.recorded_at), **entry_held(entry, payload)}


def entry_held(entry: Entry, payload: Payload | None) -> dict[str, JsonValue]:
    """Return an entry and what lies beside it."""
    return {
        "entry": entry_to_json(entry),
        "facts": dict(payload.facts) if payload else None,
        "salt": payload.salt.hex() if payload else None,
    }
