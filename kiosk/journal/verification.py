"""Checking a journal from scratch: with the entries and the public keys alone, in one pass, whatever its length."""

import hmac
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from kiosk.errors import JournalBrokenError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.chain import head_after
from kiosk.journal.closure import ClosureCheck
from kiosk.journal.entry import EMPTY_CHAIN, ChainHead, Entry, EntryType, entry_hash
from kiosk.journal.key_rotation import successor_of
from kiosk.journal.signature import is_signed_by, key_id_of, load_public_pem


class BreakReason(StrEnum):
    """Why an entry cannot be what was written."""

    UNREADABLE = "unreadable"  # its row cannot even be read as an entry
    FOREIGN_ORIGIN = "foreign_origin"  # written by another machine
    MISSING = "missing"  # entries before it are gone
    OUT_OF_ORDER = "out_of_order"  # its number was used already
    NO_GENESIS = "no_genesis"  # the first entry is not the founding one
    SECOND_GENESIS = "second_genesis"
    LINK = "link"  # it does not follow the entry before it
    HASH = "hash"  # a field was changed
    CIVIL_DATE = "civil_date"  # the calendar goes backwards
    UNKNOWN_KEY = "unknown_key"  # signed with a key that was not given
    SIGNATURE = "signature"
    PAYLOAD = "payload"  # the facts beside it are not those that were recorded
    CLOSURE = "closure"  # it does not say the truth about what came before it
    WITNESS = "witness"  # something outside the chain remembers another entry, or one that is gone


@dataclass(frozen=True, slots=True)
class ChainBreak:
    """The first entry that does not verify.

    Attributes:
        seq: its sequence number.
        reason: see :class:`BreakReason`.
        detail: one sentence for staff, with value and expectation.
    """

    seq: int
    reason: BreakReason
    detail: str


@dataclass(frozen=True, slots=True)
class VerificationReport:
    """Answer of a verification.

    Attributes:
        entries: how many entries verify, counted from the first.
        head: last entry that verifies.
        erased_payloads: entries whose facts were erased; they verify all the same.
        first_break: None when everything verifies.
    """

    entries: int
    head: ChainHead
    erased_payloads: int
    first_break: ChainBreak | None

    @property
    def is_whole(self) -> bool:
        """Whether everything verifies."""
        return self.first_break is None


class UnreadableEntryError(JournalBrokenError):
    """A stored entry cannot be read as one.

    Attributes:
        seq: its sequence number.
    """

    def __init__(self, seq: int, detail: str) -> None:
        super().__init__(f"entry {seq}: {detail}")
        self.seq = seq
        self.detail = detail


class RecordedFacts(Protocol):
    """The facts beside an entry, as a :class:`kiosk.journal.entry.Payload` or as the bytes that lie on disk."""

    @property
    def hash(self) -> str:
        """SHA-256 of salt || canonical facts, lower-case hex."""
        ...

    @property
    def facts(self) -> Mapping[str, JsonValue]:
        """The facts themselves."""
        ...


@dataclass(frozen=True, slots=True)
class Witness:
    """What something outside the chain remembers of an entry: a filing, an acknowledgement of the centre.

    Attributes:
        seq: sequence number of the entry.
        hash: what its hash was.
    """

    seq: int
    hash: str


def verify_chain(
    entries: Iterable[tuple[Entry, RecordedFacts | None]],
    public_keys: Iterable[EllipticCurvePublicKey],
    *,
    origin: str | None = None,
    with_signatures: bool = True,
    witnesses: Iterable[Witness] = (),
    start: ChainHead = EMPTY_CHAIN,
) -> VerificationReport:
    """Check numbers, links, hashes, signatures, dates and facts, and stop at the first entry that fails.

    Args:
        entries: the whole journal in order, each entry with its payload unless that was erased; read once.
        public_keys: the keys that may have signed; keys that the journal itself introduces later are followed.
        origin: whose journal it must be; None takes the first entry's.
        with_signatures: False trusts the links alone, several times faster.
        witnesses: in order of ``seq``; they find what a chain cannot say of itself, that its end was cut off.
        start: the entry before the first one, when this is an excerpt; who gives it vouches for what came before.
    """
    keys = {key_id_of(key): key for key in public_keys} if with_signatures else None
    check = _EntryCheck(origin, keys, iter(witnesses), start)
    try:
        for entry, payload in entries:
            found = check.take(entry, payload)
            if found is not None:
                return check.report(found)
    except UnreadableEntryError as error:
        return check.report(ChainBreak(error.seq, BreakReason.UNREADABLE, error.detail))
    return check.report(check.beyond_the_end())


class StepwiseVerification:
    """A verification from the first entry that is done in small pieces, beside other work, and goes on as entries come.

    It keeps what a whole one knows between two entries, so that it finds the same. Once broken it stays so.
    """

    def __init__(self, public_keys: Iterable[EllipticCurvePublicKey], *, origin: str) -> None:
        """Begin before the first entry.

        Args:
            public_keys: as for :func:`verify_chain`.
            origin: whose journal it must be.
        """
        keys = {key_id_of(key): key for key in public_keys}
        self._check = _EntryCheck(origin, keys, iter(()), EMPTY_CHAIN)
        self._first_break: ChainBreak | None = None

    @property
    def report(self) -> VerificationReport:
        """What was found so far."""
        return self._check.report(self._first_break)

    def take(
        self,
        entries: Iterable[tuple[Entry, RecordedFacts | None]],
        witnesses: Iterable[Witness],
        *,
        is_end: bool,
    ) -> VerificationReport:
        """Check the entries that follow, and return what was found so far.

        Args:
            entries: that follow the last one taken, in order.
            witnesses: of entries beyond the last one taken, in order; up to the last of ``entries``, or all at the end.
            is_end: whether the journal ends with these.
        """
        if self._first_break is None:
            self._check.hear(iter(witnesses))
            self._first_break = self._found_in(entries) or (self._check.beyond_the_end() if is_end else None)
        return self.report

    def _found_in(self, entries: Iterable[tuple[Entry, RecordedFacts | None]]) -> ChainBreak | None:
        try:
            for entry, payload in entries:
                found = self._check.take(entry, payload)
                if found is not None:
                    return found
        except UnreadableEntryError as error:
            return ChainBreak(error.seq, BreakReason.UNREADABLE, error.detail)
        return None


class _EntryCheck:
    """Where a verification stands."""

    def __init__(
        self,
        origin: str | None,
        keys: dict[str, EllipticCurvePublicKey] | None,
        witnesses: Iterator[Witness],
        start: ChainHead,
    ) -> None:
        self._origin = origin
        self._keys = keys
        self._witnesses = witnesses
        self._witness = next(witnesses, None)
        self._start = start
        self._head = start
        self._erased = 0
        self._closures = ClosureCheck(start)

    def hear(self, witnesses: Iterator[Witness]) -> None:
        """Hold the entries that follow against other witnesses."""
        self._witnesses = witnesses
        self._witness = next(witnesses, None)

    def take(self, entry: Entry, payload: RecordedFacts | None) -> ChainBreak | None:
        """Check the next entry; None when it verifies."""
        found = self._placed(entry) or self._unaltered(entry)
        if found is None and self._keys is not None:
            found = self._signed(entry, self._keys)
        if found is None and payload is not None:
            found = self._paid(entry, payload)
        if found is None:
            found = self._closed(entry, payload)
        if found is None and self._witness is not None:
            found = self._witnessed(entry)
        if found is None and entry.type == EntryType.KEY_ROTATED:
            found = self._rotated(entry, payload)
        if found is None:
            self._head = head_after(entry)
            self._erased += payload is None
        return found

    def beyond_the_end(self) -> ChainBreak | None:
        """Check, after the last entry, that nobody remembers a later one."""
        if self._witness is None:
            return None
        detail = f"the journal ends at {self._head.seq}, but entry {self._witness.seq} is remembered elsewhere"
        return ChainBreak(self._head.seq + 1, BreakReason.WITNESS, detail)

    def report(self, found: ChainBreak | None) -> VerificationReport:
        """Return what was found so far."""
        return VerificationReport(self._head.seq - self._start.seq, self._head, self._erased, found)

    def _placed(self, entry: Entry) -> ChainBreak | None:
        """Check where the entry stands: origin, number, link, date."""
        expected = self._head.seq + 1
        if self._origin is None:
            self._origin = entry.origin
        if entry.origin != self._origin:
            return ChainBreak(entry.seq, BreakReason.FOREIGN_ORIGIN, f"of {entry.origin}, not {self._origin}")
        if entry.seq > expected:
            gone = f"entries {expected} to {entry.seq - 1} are" if entry.seq > expected + 1 else f"entry {expected} is"
            return ChainBreak(expected, BreakReason.MISSING, f"{gone} missing before entry {entry.seq}")
        if entry.seq < expected:
            return ChainBreak(entry.seq, BreakReason.OUT_OF_ORDER, f"comes after entry {self._head.seq}")
        if (entry.type == EntryType.GENESIS) != (expected == 1):
            reason = BreakReason.NO_GENESIS if expected == 1 else BreakReason.SECOND_GENESIS
            return ChainBreak(entry.seq, reason, f"is of type {entry.type}")
        if entry.previous_hash != self._head.hash:
            detail = f"follows {entry.previous_hash[:16]}..., but entry {self._head.seq} is {self._head.hash[:16]}..."
            return ChainBreak(entry.seq, BreakReason.LINK, detail)
        if self._head.civil_date is not None and entry.civil_date < self._head.civil_date:
            detail = f"is dated {entry.civil_date}, before {self._head.civil_date}"
            return ChainBreak(entry.seq, BreakReason.CIVIL_DATE, detail)
        return None

    def _unaltered(self, entry: Entry) -> ChainBreak | None:
        try:
            digest = entry_hash(entry)
        except (TypeError, ValueError) as error:
            return ChainBreak(entry.seq, BreakReason.UNREADABLE, str(error))
        if digest != entry.hash:
            return ChainBreak(
                entry.seq, BreakReason.HASH, f"its fields give {digest[:16]}..., not {entry.hash[:16]}..."
            )
        return None

    def _signed(self, entry: Entry, keys: Mapping[str, EllipticCurvePublicKey]) -> ChainBreak | None:
        key = keys.get(entry.key_id)
        if key is None:
            known = ", ".join(sorted(keys)) or "none"
            return ChainBreak(entry.seq, BreakReason.UNKNOWN_KEY, f"signed by {entry.key_id}, known: {known}")
        if not is_signed_by(key, entry.signature, bytes.fromhex(entry.hash)):
            return ChainBreak(entry.seq, BreakReason.SIGNATURE, f"its signature is not by key {entry.key_id}")
        return None

    def _rotated(self, entry: Entry, payload: RecordedFacts | None) -> ChainBreak | None:
        """Learn the key that the entry introduces."""
        key = successor_of(payload.facts, entry.origin, entry.key_id) if payload is not None else None
        if key is None:
            return ChainBreak(entry.seq, BreakReason.PAYLOAD, "the new key that it names does not prove itself")
        if self._keys is not None:
            self._keys = {key_id_of(key): key}  # the keys before it sign nothing any more
        return None

    def _paid(self, entry: Entry, payload: RecordedFacts) -> ChainBreak | None:
        try:
            digest = payload.hash
        except (TypeError, ValueError) as error:
            return ChainBreak(entry.seq, BreakReason.PAYLOAD, f"its facts have no canonical form: {error}")
        if not hmac.compare_digest(digest, entry.payload_hash):
            return ChainBreak(entry.seq, BreakReason.PAYLOAD, "its facts or their salt were changed")
        if entry.seq == 1 and not _introduces(payload, entry.key_id):
            return ChainBreak(entry.seq, BreakReason.PAYLOAD, f"it does not name the public key {entry.key_id}")
        return None

    def _closed(self, entry: Entry, payload: RecordedFacts | None) -> ChainBreak | None:
        is_closure = payload is not None and entry.type == EntryType.CLOSURE_MADE
        fault = self._closures.take(entry, payload.facts if payload is not None and is_closure else None)
        return ChainBreak(entry.seq, BreakReason.CLOSURE, fault) if fault else None

    def _witnessed(self, entry: Entry) -> ChainBreak | None:
        while self._witness is not None and self._witness.seq <= entry.seq:
            witness, self._witness = self._witness, next(self._witnesses, None)
            if witness.seq == entry.seq and witness.hash == entry.hash:
                continue
            detail = f"is {entry.hash[:16]}..., but remembered elsewhere as {witness.hash[:16]}..."
            return ChainBreak(entry.seq, BreakReason.WITNESS, detail)
        return None


def _introduces(genesis: RecordedFacts, key_id: str) -> bool:
    """Whether the founding facts hold the public key that signed them."""
    pem = genesis.facts.get("public_key")
    if not isinstance(pem, str):
        return False
    try:
        return key_id_of(load_public_pem(pem)) == key_id
    except ValueError:
        return False
