"""Checking a ticket at the counter: the verdict on its seal, what is known of it here, how often it was shown."""

from collections.abc import Callable, Mapping, Sequence
from math import inf

import structlog

from kiosk.domain.identity import PartialDate
from kiosk.domain.place import Site
from kiosk.domain.procedure import Catalogue
from kiosk.domain.request import Filing, RequestId
from kiosk.domain.staff import Permission
from kiosk.errors import InputError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EntryType
from kiosk.journal.seal import ENTRY_HASH_BYTES, Seal, matches_identity, seal_in
from kiosk.journal.seal_verdict import JudgedSeal, KnownKey, Verdict, judged
from kiosk.log_events import LogEvent
from kiosk.ports.clock import Clock
from kiosk.ports.desk_units import CheckingUnit, CheckingUnits
from kiosk.ports.entropy import Entropy
from kiosk.ports.presentations import Presentation
from kiosk.ports.ticket_checks import CheckedTicket, TicketSaid
from kiosk.services.recording import EntryWriter
from kiosk.services.staff import Actor, require

log = structlog.get_logger()

_BELIEVED = frozenset({Verdict.AUTHENTIC, Verdict.FROM_THE_FUTURE})
# Of these it is shown what the code says, beside why it does not count.
_READABLE = _BELIEVED | {Verdict.REVOKED_KEY, Verdict.UNKNOWN_KIOSK}


class CheckTicket:
    """Judges the code of a ticket for somebody of the staff; needs no network."""

    def __init__(
        self,
        *,
        units: CheckingUnits,
        clock: Clock,
        entropy: Entropy,
        site: Site,
        keys: Callable[[], Sequence[KnownKey]],
        catalogue: Catalogue,
        held_to: Callable[[str], float] = lambda _: inf,
    ) -> None:
        """Take what it works with.

        Args:
            units: of the store.
            clock: to know a ticket of the future.
            entropy: for entries.
            site: of this machine.
            keys: that seals are checked with; asked each time, as a key may be changed meanwhile.
            catalogue: gives the labels of procedures.
            held_to: the last entry of a kiosk that is held here: of a later one nobody can say that it is missing. At
                the kiosk itself there is no end.
        """
        self._units, self._clock, self._keys, self._held_to = units, clock, keys, held_to
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)
        self._catalogue = catalogue

    def check(self, actor: Actor, text: str) -> CheckedTicket:
        """Return what can be said of a code, scanned or pasted; see :class:`kiosk.ports.ticket_checks.TicketChecks`."""
        found = self._judged(text)
        with self._units() as unit:
            require(unit, actor.name, Permission.SERVE)
            checked = self._known(unit, found)
            self._record(unit, actor, checked)
            unit.commit()
        log.info(LogEvent.SEAL_CHECKED, verdict=checked.verdict.value)
        return checked

    def is_of(self, actor: Actor, text: str, birth_name: str, birth_date: PartialDate | None) -> bool:
        """Whether a genuine ticket is this person's; see :class:`kiosk.ports.ticket_checks.TicketChecks`."""
        found = self._judged(text)
        if found.seal is None or found.verdict not in _BELIEVED:
            raise InputError("seal", f"the code of a genuine ticket, not one that is {found.verdict}")
        matches = matches_identity(found.seal, birth_name, birth_date)
        with self._units() as unit:
            require(unit, actor.name, Permission.SERVE)
            facts = {**_by(actor), "reference": found.seal.reference, "matches": matches}
            subject = _request_here(unit, found.seal.reference)
            unit.journal.append(self._entries.draft(EntryType.IDENTITY_COMPARED, facts, subject=subject))
            unit.commit()
        return matches

    def _judged(self, text: str) -> JudgedSeal:
        return judged(seal_in(text), self._keys(), self._clock.read().utc)

    def _known(self, unit: CheckingUnit, found: JudgedSeal) -> CheckedTicket:
        seal = found.seal
        if seal is None or found.verdict not in _READABLE:
            return CheckedTicket(found.verdict)
        said = self._said(seal)
        if found.verdict not in _BELIEVED:
            return CheckedTicket(found.verdict, said, found.revoked_at)
        earlier = tuple(unit.presentations.of(seal.reference))
        request_id = _request_here(unit, seal.reference)
        if request_id is None:
            return CheckedTicket(found.verdict, said, earlier=earlier)
        filings = _filings_of(unit, request_id)
        return CheckedTicket(
            found.verdict,
            said,
            call_number=_call_number_of(filings, seal),
            is_here=True,
            agrees=_is_in_journal(filings, seal) or seal.journal_seq > self._held_to(seal.kiosk),
            earlier=earlier,
        )

    def _said(self, seal: Seal) -> TicketSaid:
        procedure = self._catalogue.procedures.get(seal.procedure)
        label = procedure.shown_fr if procedure else seal.procedure
        return TicketSaid(seal.kiosk, seal.reference, seal.received_at, label, seal.journal_seq)

    def _record(self, unit: CheckingUnit, actor: Actor, checked: CheckedTicket) -> None:
        reading, moment = self._entries.now()
        facts: dict[str, JsonValue] = {**_by(actor), "verdict": checked.verdict.value}
        subject = None
        if checked.said is not None and checked.verdict is not Verdict.UNKNOWN_KIOSK:
            facts |= {"reference": checked.said.reference, "kiosk": checked.said.kiosk}
        if checked.is_here and checked.said is not None:
            subject = _request_here(unit, checked.said.reference)
            facts["agrees"] = checked.agrees
        draft = self._entries.draft(EntryType.SEAL_CHECKED, facts, subject=subject, at=(reading, moment))
        entry = unit.journal.append(draft)
        if checked.is_genuine and checked.said is not None:
            shown = Presentation(moment.utc, actor.counter)
            unit.presentations.add(checked.said.reference, entry.seq, shown)


def _by(actor: Actor) -> Mapping[str, JsonValue]:
    return {"account": actor.name, "counter": actor.counter}


def _request_here(unit: CheckingUnit, reference: str) -> RequestId | None:
    """Return the request that a seal names, unless its data were erased."""
    request_id = unit.requests.by_reference(reference)
    return None if request_id is None or unit.erasures.is_erased(request_id) else request_id


def _filings_of(unit: CheckingUnit, request_id: RequestId) -> list[Filing]:
    """Return the visits for a request, and for those that it stands for: their tickets are genuine as before."""
    known = (request_id, *unit.merges.into(request_id))
    return [filing for each in known for filing in unit.requests.get(each).filings]


def _call_number_of(filings: Sequence[Filing], seal: Seal) -> str:
    return next((filing.call_number for filing in filings if _names(seal, filing)), "")


def _is_in_journal(filings: Sequence[Filing], seal: Seal) -> bool:
    """Whether the seal names an entry as it is: a stolen key can sign a ticket, and writes no journal."""
    return any(_names(seal, filing) for filing in filings)


def _names(seal: Seal, filing: Filing) -> bool:
    hash_begins = bytes.fromhex(filing.entry_hash)[:ENTRY_HASH_BYTES]
    return filing.journal_seq == seal.journal_seq and hash_begins == seal.entry_hash_prefix
