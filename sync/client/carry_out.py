"""Carrying entries to the centre by hand when there is no link, and taking its answer back."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from pydantic import ValidationError

from kiosk.domain.moment import instant_text
from kiosk.domain.place import Site
from kiosk.durable_files import DraftFile
from kiosk.errors import BundleRefusedError, CentreError, InputError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EntryType
from kiosk.journal.signature import key_id_of
from kiosk.ports.centre_records import AcknowledgementRecord, Segment
from kiosk.ports.clock import Clock
from kiosk.ports.entropy import Entropy
from kiosk.ports.signer import Signer
from kiosk.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from kiosk.services.recording import EntryWriter
from kiosk.services.rotate_key import rotations
from sync.client.answers import Answer, acknowledged
from sync.client.drain import own_entry, standing
from sync.protocol.acknowledgements import Accepted
from sync.protocol.carried import BundleWriter, CarriedPart, part_content, wire_entries
from sync.protocol.envelopes import sealed
from sync.protocol.wire_entries import MOST_ROTATIONS, WireEntry

PART_ENTRIES: Final = 1000
_FOR_WHOEVER_CARRIES_IT: Final = 0o666  # it is sealed
MOST_ACKNOWLEDGEMENT_BYTES: Final = 16 << 20
_README: Final = """\
Ce fichier transporte des dépôts de la borne {origin} vers son centre (écritures {first_seq} à {last_seq}), parce que la
borne n'a pas de liaison. Il est signé et chiffré : seul le centre peut le lire. Ne pas le modifier, ne pas le renommer
pour le rendre « plus clair ».

Au centre :     borne sync import {name}
Au retour :     le fichier d'accusé (borne-accuse-...) revient à la borne :  borne sync import FICHIER

Le même fichier apporté deux fois ne fait aucun mal. Perdu, il se refait : la borne garde tout tant que l'accusé n'est
pas revenu.
"""


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """A bundle that was written.

    Attributes:
        file: where.
        bundle: its identifier.
        stream: under which name the centre takes the entries.
        first_seq: first entry.
        last_seq: last one.
    """

    file: Path
    bundle: str
    stream: str
    first_seq: int
    last_seq: int


@dataclass(frozen=True, slots=True)
class CarriedBack:
    """An acknowledgement that came back.

    Attributes:
        accepted_to: the centre holds every entry up to this number.
        was_known: whether this machine knew as much before.
    """

    accepted_to: int
    was_known: bool


class CarryOut:
    """Writes what the centre has not acknowledged into one sealed file."""

    def __init__(
        self, *, units: UnitOfWorkFactory, reading: UnitOfWorkFactory, clock: Clock, entropy: Entropy, site: Site,
        signer: Signer,
    ) -> None:  # fmt: skip
        """Take what a bundle is made of.

        Args:
            units: for the entry that says what was carried out.
            reading: for the entries, without keeping a visitor waiting.
            clock: when.
            entropy: for the identifier and the salt.
            site: whose journal.
            signer: its key.
        """
        self._units = units
        self._reading = reading
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)
        self._entropy = entropy
        self._origin = site.origin
        self._signer = signer

    def __call__(
        self, out: Path, recipient: EllipticCurvePublicKey, *, from_seq: int | None = None
    ) -> CarriedOut | None:
        """Write a bundle and return what it holds; None when the centre holds everything.

        Before a byte leaves, the journal says so: that entry is the bundle's last.

        Args:
            out: a file that is not there yet, or a folder, where the file is named after origin and range.
            recipient: the centre's encryption key.
            from_seq: first entry; None begins after what the centre acknowledged.

        Raises:
            InputError: the file is there, cannot be written, or there is no such entry.
            StoreError: the journal could not be read or written.
        """
        bundle = self._begun(from_seq)
        if bundle is None:
            return None
        name = f"borne-{bundle.stream}-{bundle.first_seq}-{bundle.last_seq}.zip"
        path = out / name if out.is_dir() else out
        with _new_file(path) as file:
            writer = BundleWriter(
                file,
                _README.format(
                    origin=self._origin, first_seq=bundle.first_seq, last_seq=bundle.last_seq, name=path.name
                ),
            )
            for part in self._parts(bundle):
                content = part_content(part)
                writer.add(sealed(content, origin=self._origin, signer=self._signer, recipient=recipient))
            writer.close()
        return CarriedOut(path, bundle.bundle, bundle.stream, bundle.first_seq, bundle.last_seq)

    def _begun(self, from_seq: int | None) -> "_Bundle | None":
        with self._units() as unit:
            segment, acknowledged_to = standing(unit)
            head = unit.journal.head().seq
            first_seq = acknowledged_to + 1 if from_seq is None else from_seq
            if from_seq is None and acknowledged_to >= head:
                return None
            if not segment.first_seq <= first_seq <= head:
                raise InputError("--from-seq", f"an entry from {segment.first_seq} to {head}, not {first_seq}")
            reading, moment = self._entries.now()
            bundle = _Bundle(
                self._entropy.identifier(), segment.stream, first_seq, head + 1, instant_text(moment.utc),
                _proofs(unit, first_seq),
            )  # fmt: skip
            facts: dict[str, JsonValue] = {
                "bundle": bundle.bundle,
                "stream": bundle.stream,
                "first_seq": bundle.first_seq,
                "last_seq": bundle.last_seq,
            }
            unit.journal.append(self._entries.draft(EntryType.CARRIED_OUT, facts, at=(reading, moment)))
            unit.commit()
        return bundle

    def _parts(self, bundle: "_Bundle") -> Iterator[CarriedPart]:
        count = bundle.last_seq - bundle.first_seq + 1
        parts = -(-count // PART_ENTRIES)
        for number in range(parts):
            after = bundle.first_seq - 1 + number * PART_ENTRIES
            limit = min(PART_ENTRIES, bundle.last_seq - after)
            with self._reading() as unit:
                entries = list(unit.journal.entries_after(after, limit))
            yield CarriedPart(
                bundle=bundle.bundle,
                part=number + 1,
                parts=parts,
                origin=self._origin,
                stream=bundle.stream,
                made_at=bundle.made_at,
                first_seq=bundle.first_seq,
                last_seq=bundle.last_seq,
                proofs=bundle.proofs,
                entries=wire_entries(entries),
            )


@dataclass(frozen=True, slots=True)
class _Bundle:
    """What all parts say alike."""

    bundle: str
    stream: str
    first_seq: int
    last_seq: int
    made_at: str
    proofs: list[WireEntry]


class TakeAcknowledgement:
    """Takes the centre's answer back, checked exactly as one that came over HTTP."""

    def __init__(
        self,
        units: UnitOfWorkFactory,
        centre_key: EllipticCurvePublicKey,
        *,
        note_quarantine: Callable[[UnitOfWork, str, Sequence[int]], None],
    ) -> None:
        """Take what it is checked against.

        Args:
            units: hold our own entries, and keep the answer.
            centre_key: the pinned one.
            note_quarantine: told the stream and the numbers of entries that the centre took and does not believe.
        """
        self._units = units
        self._centre_key = centre_key
        self._note_quarantine = note_quarantine

    def __call__(self, document: bytes) -> CarriedBack:
        """Keep an acknowledgement, so that what it covers is not sent again; an old one changes nothing.

        Raises:
            BundleRefusedError: not of our centre, not for this machine, altered, or not about our entries.
            StoreError: it could not be kept.
        """
        with self._units() as unit:
            segment, acknowledged_to = standing(unit)
            record = self._record(document, segment)
            ours = own_entry(unit, record.accepted_to)
            if ours is None or ours.hash != record.head:
                raise BundleRefusedError(f"it speaks of another entry {record.accepted_to} than this journal's")
            was_known = record.accepted_to <= acknowledged_to
            if not was_known:
                unit.acknowledgements.add(record)
                if record.quarantined:
                    self._note_quarantine(unit, segment.stream, record.quarantined)
                unit.commit()
        return CarriedBack(record.accepted_to, was_known)

    def _record(self, document: bytes, segment: Segment) -> AcknowledgementRecord:
        try:
            body = Accepted.model_validate_json(document).acknowledgement.body
        except ValidationError as error:
            raise BundleRefusedError("it is neither a bundle nor an acknowledgement of a centre") from error
        if body.origin != segment.stream:
            raise BundleRefusedError(f"it is for {body.origin}, and this machine is {segment.stream}")
        ours = key_id_of(self._centre_key)
        if body.key_id != ours:
            raise BundleRefusedError(f"another centre signed it (key {body.key_id}); this machine's has key {ours}")
        try:
            return acknowledged(Answer(200, document), segment.stream, self._centre_key)
        except CentreError as error:
            raise BundleRefusedError("it was altered: the centre's signature does not fit it") from error


def _proofs(unit: UnitOfWork, first_seq: int) -> list[WireEntry]:
    """Return the entries that lead to our key, for a centre that does not know it yet."""
    founding = list(unit.journal.entries_after(0, 1)) if first_seq == 1 else []
    return wire_entries(founding + rotations(unit)[-MOST_ROTATIONS:])


@contextmanager
def _new_file(path: Path) -> Iterator[IO[bytes]]:
    """Write a file that was not there, durably, whole or not at all."""
    try:
        if path.exists():
            raise InputError("--out", f"a file that is not there yet, not {path}")
        draft = DraftFile(path, mode=_FOR_WHOEVER_CARRIES_IT)
        try:
            yield draft.file
            draft.finish()
            draft.keep()
        finally:
            draft.discard()
    except OSError as error:
        raise InputError("--out", f"a place where a file can be written, not {path} ({error.strerror})") from error
