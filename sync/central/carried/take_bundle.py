"""Taking a bundle: every part is opened and checked before the first is taken, and then it goes in as over HTTP."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from kiosk.errors import BundleRefusedError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import Entry, EntryType, Payload
from sync.central.context import CentreContext
from sync.central.reading import reading
from sync.central.receiving.authenticity import fault_of, founding_key, introduced_key
from sync.central.receiving.receive import ReceiveEntries
from sync.central.receiving.streams import head_of
from sync.central.refusals import RefusedRequestError
from sync.central.trust.senders import OriginKey, keys_of, origin_of
from sync.protocol.acknowledgements import Accepted
from sync.protocol.carried import CarriedPart, entries_of, envelopes_in, parsed_part
from sync.protocol.envelopes import opened, signed_content
from sync.protocol.problems import ProblemCode
from sync.protocol.request_signatures import KeyName

_ADVICE: Final = {
    ProblemCode.GAP: "bring the bundle that holds what is missing, or export again with --from-seq {}",
    ProblemCode.CONFLICT: "the kiosk {} was restored from an old copy: it must be linked to the centre once",
    ProblemCode.UNKNOWN_ORIGIN: "the machine {} is not registered here",
}


@dataclass(frozen=True, slots=True)
class TakenBundle:
    """What became of a bundle.

    Attributes:
        bundle: its identifier.
        origin: the machine.
        stream: under which name its entries lie here.
        first_seq: first entry of the bundle.
        last_seq: last one.
        new: entries that were not held before.
        accepted: the signed answer, to be carried back.
    """

    bundle: str
    origin: str
    stream: str
    first_seq: int
    last_seq: int
    new: int
    accepted: Accepted


@dataclass(frozen=True, slots=True)
class _Whole:
    """What all parts of a bundle say alike."""

    bundle: str
    parts: int
    stream: str
    first_seq: int
    last_seq: int
    key: KeyName

    @classmethod
    def of(cls, part: CarriedPart, key: KeyName) -> "_Whole":
        return cls(part.bundle, part.parts, part.stream, part.first_seq, part.last_seq, key)


class TakeBundle:
    """Takes what a kiosk sends by hand; the same bundle again changes nothing."""

    def __init__(self, centre: CentreContext, receive: ReceiveEntries) -> None:
        """Take what it works with.

        Args:
            centre: its keys open, its database knows who may sign.
            receive: the same verb as behind the HTTP address.
        """
        self._centre = centre
        self._receive = receive

    def __call__(self, path: Path, *, by: str) -> TakenBundle:
        """Check a bundle whole, take it, and return the signed answer.

        Args:
            path: of the bundle.
            by: who brought it, for the centre's journal.

        Raises:
            BundleRefusedError: not whole, not for this centre, altered, of a stranger, or its entries do not follow.
            InputError: the file cannot be read.
        """
        whole = self._checked(path)
        before = self._accepted_to(whole.stream)
        accepted: Accepted | None = None
        quarantined: list[int] = []
        for _, part in self._parts(path):
            accepted = self._received(whole.stream, entries_of(part.entries))
            quarantined += accepted.quarantined
        if accepted is None:
            raise BundleRefusedError("it holds nothing")
        accepted = accepted.model_copy(update={"quarantined": quarantined})
        new = max(0, accepted.accepted_to - before)
        if new:
            self._record(whole, new, by)
        return TakenBundle(
            whole.bundle, origin_of(whole.stream), whole.stream, whole.first_seq, whole.last_seq, new, accepted
        )

    def _checked(self, path: Path) -> _Whole:
        """Open every part and return what they say together; nothing is taken of a bundle that is not whole."""
        whole: _Whole | None = None
        count, expected_seq = 0, 0
        for name, part in self._parts(path):
            said = _Whole.of(part, name)
            whole, expected_seq = whole or said, expected_seq or part.first_seq
            count += 1
            if said != whole or part.part != count:
                raise BundleRefusedError("its parts are of several bundles")
            seqs = [entry.seq for entry, _ in entries_of(part.entries)]
            if seqs != list(range(expected_seq, expected_seq + len(seqs))):
                raise BundleRefusedError(f"its entries do not go on at {expected_seq}")
            expected_seq += len(seqs)
        if whole is None or count != whole.parts:
            raise BundleRefusedError(
                f"it is cut short: {count} parts of {whole.parts if whole else 'several'} are there"
            )
        if expected_seq != whole.last_seq + 1:
            raise BundleRefusedError(f"it ends at entry {expected_seq - 1} instead of {whole.last_seq}")
        return whole

    def _parts(self, path: Path) -> Iterator[tuple[KeyName, CarriedPart]]:
        for number, envelope in enumerate(envelopes_in(path), start=1):
            try:
                name, content = signed_content(opened(envelope, self._centre.opening_keys.all()), self._key_of)
                part = parsed_part(content)
            except BundleRefusedError as error:
                raise BundleRefusedError(f"part {number}: {error}") from error
            if not name.origin == part.origin == origin_of(part.stream):
                raise BundleRefusedError(f"{name.origin} sealed it, and it carries entries of {part.stream}")
            yield name, part

    def _key_of(self, name: KeyName, content: bytes) -> EllipticCurvePublicKey:
        """Return the key that signs a part: a registered one, or one that its entries prove."""
        with reading(self._centre.engine) as connection:
            keys = keys_of(connection, name.origin)
        if name.key_id not in keys:
            keys = self._proved(keys, parsed_part(content), name)
        key = keys.get(name.key_id)
        if key is None and not keys:
            raise BundleRefusedError(f"the machine {name.origin} is not registered here")
        if key is None:
            raise BundleRefusedError(f"the key {name.key_id} is not one of {name.origin}")
        if key.revoked_at is not None:
            raise BundleRefusedError(f"the key {name.key_id} of {name.origin} was revoked")
        return key.public_key

    def _proved(self, known: dict[str, OriginKey], part: CarriedPart, name: KeyName) -> dict[str, OriginKey]:
        """Return the known keys with those to which the entries that travel along lead."""
        keys = dict(known)
        may_found = not known and self._centre.trust_first_use
        for entry, payload in entries_of(part.proofs):
            if entry.origin != name.origin:
                continue
            founder = founding_key(entry, payload) if may_found else None
            found = founder or (introduced_key(entry, payload) if fault_of(entry, keys) is None else None)
            if found is not None:
                keys[found.key_id] = found
        return keys

    def _received(self, stream: str, batch: Sequence[tuple[Entry, Payload | None]]) -> Accepted:
        try:
            return self._receive(stream, batch)
        except RefusedRequestError as error:
            subject = error.expected_seq if error.code is ProblemCode.GAP else origin_of(stream)
            advice = _ADVICE.get(error.code, "").format(subject)
            raise BundleRefusedError(f"{error.detail}; {advice}".rstrip("; ")) from error

    def _accepted_to(self, stream: str) -> int:
        with reading(self._centre.engine) as connection:
            head = head_of(connection, stream)
        return head.accepted_to if head is not None else 0

    def _record(self, whole: _Whole, new: int, by: str) -> None:
        facts: dict[str, JsonValue] = {
            "bundle": whole.bundle,
            "stream": whole.stream,
            "first_seq": whole.first_seq,
            "last_seq": whole.last_seq,
            "new": new,
            "by": by,
        }
        with self._centre.engine.begin() as connection:
            self._centre.journal.append(connection, EntryType.BUNDLE_TAKEN, facts)
