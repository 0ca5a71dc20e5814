"""What counters at the site's hub did with a request of this kiosk, followed here: by a signed order, with an entry.

The hub's entry is the evidence of the act. Ours names it (``follows``), so that whoever reads both counts one.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final, TypeVar

from kiosk.domain.moment import ClockQuality, Moment, parse_instant
from kiosk.domain.place import Site
from kiosk.domain.request import PrintJobId, RequestId
from kiosk.domain.request_change import ChangeId, ChangeKind, as_it_stands, withdrawal_in
from kiosk.domain.slip import OrderedSlip, SlipKind
from kiosk.errors import InputError
from kiosk.journal.act_facts import FOLLOWS
from kiosk.journal.canonical import JsonValue
from kiosk.journal.chain import settled
from kiosk.journal.change_facts import ENTRY_OF, completion_from_facts, corrections_from_facts
from kiosk.journal.entry import EntryType
from kiosk.ports.clock import Clock
from kiosk.ports.entropy import Entropy
from kiosk.ports.print_jobs import PrintJob
from kiosk.ports.unit_of_work import UnitOfWork
from kiosk.services.change_request import what_follows
from kiosk.services.order_content import table_in
from kiosk.services.person import person_key_of
from kiosk.services.record_change import NOT_HERE, OpenRequest, Said
from kiosk.services.recording import EntryWriter
from kiosk.workflows.print_job import PrintState

_KIND_OF: Final[Mapping[str, ChangeKind]] = {
    entry_type.value: kind for kind, entry_type in ENTRY_OF.items() if kind is not ChangeKind.CORRECTION_ASKED
}
# What a kiosk must know of what happened at the hub: what it says, prints, or goes by when the person comes again.
FOLLOWED: Final = frozenset(
    {
        *_KIND_OF,
        EntryType.MESSAGE_LEFT.value,
        EntryType.MISSING_LISTED.value,
        EntryType.REQUEST_MERGED.value,
        EntryType.MERGE_UNDONE.value,
    }
)
_Facts = Mapping[str, JsonValue]
_Read = TypeVar("_Read")


class FollowHub:
    """Does at the kiosk what an order says that was done at the hub."""

    def __init__(self, *, clock: Clock, entropy: Entropy, site: Site) -> None:
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)

    def within(self, unit: UnitOfWork, content: Mapping[str, JsonValue]) -> PrintJobId | None:
        """Do it inside the transaction of the order; return the paper that is to be printed, if there is one.

        Args:
            unit: of the order.
            content: ``type`` and ``facts`` of the hub's entry, and ``entry``, which one it is.

        Raises:
            InputError: the request is not here, erased, withdrawn, or lives on by a filing after the act; or the
                order says something that this version does not know.
        """
        kind, facts, told = str(content.get("type")), table_in(content, "facts"), table_in(content, "entry")
        if kind not in FOLLOWED or not facts:
            raise InputError("type", f"one of {', '.join(sorted(FOLLOWED))}, with its facts")
        found = self._found(unit, RequestId(str(content.get("request_id"))))
        facts = {**facts, FOLLOWS: {**told}}
        if kind in _KIND_OF:
            self._changed(unit, found, _KIND_OF[kind], facts)
            return None
        if kind == EntryType.MISSING_LISTED:
            return self._listed(unit, found.request.request_id, facts, found.content.language)
        if kind == EntryType.REQUEST_MERGED:
            self._merged(unit, found, RequestId(str(facts.get("kept_id"))))
        elif kind == EntryType.MERGE_UNDONE:
            self._parted(unit, found)
        unit.journal.append(self._entries.draft(EntryType(kind), facts, subject=found.request.request_id))
        return None

    def _found(self, unit: UnitOfWork, request_id: RequestId) -> OpenRequest:
        try:
            request = unit.requests.get(request_id)
        except KeyError as error:
            raise InputError("request_id", NOT_HERE) from error
        if unit.erasures.is_erased(request_id):
            raise InputError("request_id", NOT_HERE)
        changes = unit.changes.of(request_id)
        if withdrawal_in(changes) is not None:
            raise InputError("request_id", "a request that was not withdrawn")
        return OpenRequest(request, changes, as_it_stands(request.content, changes))

    def _merged(self, unit: UnitOfWork, found: OpenRequest, kept: RequestId) -> None:
        """Let a request stand for another of this kiosk; where it stands for one of elsewhere, the hub knows."""
        merged = found.request.request_id
        try:
            unit.requests.get(kept)
        except KeyError:
            return
        if unit.merges.kept_for(merged) is None and not unit.erasures.is_erased(kept):
            unit.requests.close(merged)
            unit.merges.add(merged, kept, person_key_of(found.content), self._entries.now()[1].utc)

    def _parted(self, unit: UnitOfWork, found: OpenRequest) -> None:
        """Let a request stand for itself again, unless its person has another live one by now."""
        parted = found.request.request_id
        if unit.merges.kept_for(parted) is None:
            return
        unit.merges.remove(parted)
        live = unit.requests.live_request_of(person_key_of(found.content), found.content.procedure)
        if (
            live is None
            or live == parted
            or unit.requests.get(live).content.foreigner_number != (found.content.foreigner_number)
        ):
            unit.requests.reopen(parted)

    def _changed(self, unit: UnitOfWork, found: OpenRequest, kind: ChangeKind, facts: _Facts) -> None:
        changed = _read(_moment_of, facts)
        if kind is ChangeKind.WITHDRAWN and found.request.latest_filing.filed.utc > changed.utc:
            raise InputError("changed_at", "an instant after the newest filing: the person asked again meanwhile")
        said = _read(lambda facts: _said(kind, facts), facts)
        ordinal, subject = len(found.changes) + 1, found.request.request_id
        draft = self._entries.draft(ENTRY_OF[kind], {**facts, "ordinal": ordinal}, subject=subject)
        entry = unit.journal.append(draft)
        change = said.recorded(ChangeId(str(facts.get("change_id"))), ordinal, changed, entry)
        unit.changes.add(subject, change, change.change_id, entry.hash)
        what_follows(unit, found, said)

    def _listed(self, unit: UnitOfWork, request_id: RequestId, facts: _Facts, language: str) -> PrintJobId:
        """Order the list of missing papers of our own printer."""
        job = facts.get("print_job_id")
        if not isinstance(job, str):
            raise InputError("print_job_id", "of the list that is to be printed")
        reading, moment = self._entries.now()
        ordered = settled(moment, unit.journal.head())
        draft = self._entries.draft(EntryType.MISSING_LISTED, facts, subject=request_id, at=(reading, ordered))
        slip = OrderedSlip(SlipKind.PROOF, ordered, unit.journal.append(draft).seq, language)
        filing_id = unit.requests.get(request_id).latest_filing.filing_id
        unit.print_jobs.add(PrintJob(PrintJobId(job), filing_id, request_id, PrintState.SAVED, slip=slip))
        return PrintJobId(job)


def _said(kind: ChangeKind, facts: _Facts) -> Said:
    return Said(
        kind,
        added=completion_from_facts(facts),
        corrections=corrections_from_facts(facts),
        by=str(facts.get("by", "")),
        reason=str(facts.get("reason", "")),
    )


def _moment_of(facts: _Facts) -> Moment:
    return Moment(
        parse_instant(str(facts["changed_at"])),
        date.fromisoformat(str(facts["changed_on"])),
        str(facts["zone"]),
        ClockQuality(str(facts["clock"])),
    )


def _read(read: Callable[[_Facts], _Read], facts: _Facts) -> _Read:
    try:
        return read(facts)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError("facts", "facts in a form that this version knows") from error
