"""Exporting the journal as an archive that anybody can check, and recording that it left."""

import hashlib
from bisect import bisect_left, bisect_right
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

import structlog
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.x509 import load_pem_x509_certificates

from kiosk.domain.moment import instant_text
from kiosk.domain.place import Site
from kiosk.errors import InputError, JournalBrokenError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.closure import Closure, closure_of
from kiosk.journal.entry import GENESIS_PREVIOUS_HASH, Entry, EntryType, Payload
from kiosk.journal.evidence_archive import (
    ACKNOWLEDGEMENTS,
    AUTHORITY,
    CENTRE_KEY,
    CLOSURES,
    ENTRIES,
    KIOSK_KEY,
    MANIFEST,
    PAGE,
    PAYLOADS,
    README,
    REPORT,
    SIGNATURE,
    Manifest,
    closure_line,
    entry_line,
    is_impersonal,
    key_name,
    payload_line,
    stamp_name,
)
from kiosk.journal.signature import der_of, key_id_of, load_public_pem, public_pem
from kiosk.log_events import LogEvent
from kiosk.ports.centre_records import AcknowledgementRecord
from kiosk.ports.clock import Clock
from kiosk.ports.entropy import Entropy
from kiosk.ports.evidence_archive import ALL_DAYS, MOST_LISTED, ArchiveWriter, Days, EvidenceDocuments, ExportSummary
from kiosk.ports.journal import JournalTable
from kiosk.ports.signer import Signer
from kiosk.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from kiosk.services.recording import EntryWriter

_BATCH = 500
_Pair = tuple[Entry, Payload | None]


@dataclass
class _Excerpt:
    """The entries that are exported, and which of their facts may leave.

    Attributes:
        first_seq: first entry.
        last_seq: last entry; one less than the first when there is none.
        days: whose facts may leave.
        with_payloads: False when the facts about persons stay.
    """

    first_seq: int
    last_seq: int
    days: Days
    with_payloads: bool

    @property
    def seqs(self) -> range:
        """The numbers of the entries."""
        return range(self.first_seq, self.last_seq + 1)

    def stored(self, journal: JournalTable) -> Iterator[_Pair]:
        """Yield the entries with the facts that are there."""
        seq = self.first_seq - 1
        while seq < self.last_seq and (batch := journal.entries_after(seq, min(_BATCH, self.last_seq - seq))):
            yield from batch
            seq = batch[-1][0].seq

    def leaving(self, journal: JournalTable) -> Iterator[_Pair]:
        """Yield the entries with the facts that may leave."""
        for entry, payload in self.stored(journal):
            is_wanted = self.with_payloads and entry.civil_date in self.days
            may_leave = payload is not None and (is_wanted or is_impersonal(entry, payload))
            yield entry, payload if may_leave else None


@dataclass
class _Found:
    """What one look over the entries brought together."""

    counts: Counter[str] = field(default_factory=Counter)
    closures: list[tuple[int, Closure]] = field(default_factory=list)
    erased: int = 0
    previous_hash: str = GENESIS_PREVIOUS_HASH
    head: str = GENESIS_PREVIOUS_HASH

    def see(self, entry: Entry, payload: Payload | None) -> None:
        """Take the next entry in."""
        if not self.counts:
            self.previous_hash = entry.previous_hash
        self.counts[entry.type] += 1
        self.head = entry.hash
        self.erased += payload is None
        if payload is not None and entry.type == EntryType.CLOSURE_MADE:
            self.closures.append((entry.seq, closure_of(payload.facts)))


class ExportJournal:
    """Writes the journal or some days of it into an archive, signs it, and records the export in the journal."""

    def __init__(
        self,
        *,
        units: UnitOfWorkFactory,
        reading: UnitOfWorkFactory,
        clock: Clock,
        entropy: Entropy,
        site: Site,
        signer: Signer,
        documents: EvidenceDocuments,
        software_version: str,
        centre_keys: Sequence[EllipticCurvePublicKey] = (),
        authority_pem: bytes = b"",
    ) -> None:
        """Prepare exports.

        Args:
            units: for recording the export.
            reading: one state of the store, seen while filing goes on.
            clock: dates the archive.
            entropy: salts the record.
            site: whose journal.
            signer: signs the manifest.
            documents: what is made for reading.
            software_version: of this program.
            centre_keys: that signed the acknowledgements.
            authority_pem: certificates that vouch for time stamps; empty when there are none.
        """
        self._units = units
        self._reading = reading
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)
        self._site = site
        self._signer = signer
        self._documents = documents
        self._software_version = software_version
        self._centre_keys = centre_keys
        self._authority_pem = authority_pem

    def __call__(self, archive: ArchiveWriter, *, with_payloads: bool, by: str, days: Days = ALL_DAYS) -> Manifest:
        """Write the archive, then record the export as an entry; the entry is not in this archive.

        Args:
            archive: empty.
            with_payloads: with the facts about persons, as far as they were not erased.
            by: name of the agent.
            days: whose entries. The entries after the last of them, up to the next that the centre or a time-stamp
                authority vouches for, go along without their facts: they carry that word back.

        Raises:
            InputError: nothing was recorded in these days.
            JournalBrokenError: an entry cannot be read.
            StoreError: nothing was recorded: the archive must not leave.
        """
        with self._reading() as unit:
            excerpt = _excerpt(unit, days, with_payloads=with_payloads)
            manifest = self._written(unit, excerpt, _Files(archive))
        facts: dict[str, JsonValue] = {
            "first_seq": manifest.first_seq,
            "last_seq": manifest.last_seq,
            "head": manifest.head,
            "with_payloads": with_payloads,
            "manifest": hashlib.sha256(manifest.document()).hexdigest(),
            "exported_by": by,
        }
        with self._units() as unit:
            entry = unit.journal.append(self._entries.draft(EntryType.JOURNAL_EXPORTED, facts))
            unit.commit()
        count = manifest.last_seq - manifest.first_seq + 1
        structlog.get_logger().info(LogEvent.JOURNAL_EXPORTED, seq=entry.seq, count=count)
        return manifest

    def _written(self, unit: UnitOfWork, excerpt: _Excerpt, files: "_Files") -> Manifest:
        found = _Found()
        files.add(ENTRIES, _entry_lines(excerpt.stored(unit.journal), found))
        leaving = excerpt.leaving(unit.journal)
        files.add(PAYLOADS, (payload_line(entry.seq, facts) for entry, facts in leaving if facts is not None))
        named = excerpt.with_payloads
        files.add(CLOSURES, (closure_line(seq, closure, with_name=named) for seq, closure in found.closures))
        summary = self._summary(unit, excerpt, found)
        acknowledged = (each for each in unit.acknowledgements.history() if each.accepted_to in excerpt.seqs)
        files.add(ACKNOWLEDGEMENTS, (record.document + b"\n" for record in acknowledged))
        for stamp in summary.time_stamps:
            files.add(stamp_name(stamp.seq), [stamp.token])
        if summary.time_stamps and self._authority_pem:
            files.add(AUTHORITY, [self._authority_pem])
        holders = self._keys(files, unit.journal)
        files.add(README, [self._documents.readme(summary)])
        files.add(PAGE, self._documents.page(summary, excerpt.leaving(unit.journal)))
        files.add(REPORT, [self._documents.report(summary)])
        manifest = Manifest(
            origin=self._site.origin,
            exported_at=instant_text(summary.exported_at.utc),
            software=self._software_version,
            first_seq=summary.first_seq,
            previous_hash=found.previous_hash,
            last_seq=summary.last_seq,
            head=summary.head,
            with_payloads=excerpt.with_payloads,
            key_id=self._signer.key_id,
            keys=holders,
            files=dict(files.digests),
        )
        files.add(MANIFEST, [manifest.document()])
        files.add(SIGNATURE, [der_of(self._signer.sign(manifest.document()))])
        return manifest

    def _keys(self, files: "_Files", journal: JournalTable) -> dict[str, str]:
        """Write the public keys and return who holds each."""
        own = {self._signer.key_id: public_pem(self._signer.public_key)}
        for kind in (EntryType.GENESIS, EntryType.KEY_ROTATED):
            for _, payload in journal.newest_of(kind):
                if payload is not None and isinstance(pem := payload.facts.get("public_key"), str):
                    own[key_id_of(load_public_pem(pem))] = pem
        others = {key_id_of(key): public_pem(key) for key in self._centre_keys}
        for key_id, pem in sorted({**others, **own}.items()):
            files.add(key_name(key_id), [pem.encode("ascii")])
        return {**dict.fromkeys(others, CENTRE_KEY), **dict.fromkeys(own, KIOSK_KEY)}

    def _summary(self, unit: UnitOfWork, excerpt: _Excerpt, found: _Found) -> ExportSummary:
        _, now = self._entries.now()
        der = self._signer.public_key.public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        authorities = load_pem_x509_certificates(self._authority_pem) if self._authority_pem else []
        newest: deque[AcknowledgementRecord] = deque(maxlen=MOST_LISTED)
        acknowledged = 0
        for record in unit.acknowledgements.history():
            if record.accepted_to in excerpt.seqs:
                newest.append(record)
                acknowledged += 1
        return ExportSummary(
            site=self._site,
            exported_at=now,
            software=self._software_version,
            days=excerpt.days,
            first_seq=excerpt.first_seq,
            last_seq=excerpt.last_seq,
            head=found.head,
            with_payloads=excerpt.with_payloads,
            erased=found.erased,
            counts=dict(found.counts),
            key_id=self._signer.key_id,
            fingerprint=hashlib.sha256(der).hexdigest(),
            authority_fingerprints=[each.fingerprint(hashes.SHA256()).hex() for each in authorities],
            closures=found.closures,
            acknowledgements=list(newest),
            acknowledged=acknowledged,
            time_stamps=[each for each in unit.time_stamps.history() if each.seq in excerpt.seqs],
        )


class _Files:
    """Writes files and remembers what they were."""

    def __init__(self, archive: ArchiveWriter) -> None:
        self._archive = archive
        self.digests: dict[str, str] = {}

    def add(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write a file."""
        digest = hashlib.sha256()

        def hashed() -> Iterator[bytes]:
            for chunk in chunks:
                digest.update(chunk)
                yield chunk

        self._archive.add(name, hashed())
        self.digests[name] = digest.hexdigest()


def _entry_lines(entries: Iterable[_Pair], found: _Found) -> Iterator[bytes]:
    for entry, payload in entries:
        found.see(entry, payload)
        yield entry_line(entry)


def _excerpt(unit: UnitOfWork, days: Days, *, with_payloads: bool) -> _Excerpt:
    """Return the entries of some days, and after them those up to the next word from outside."""
    journal = unit.journal
    every = range(1, journal.head().seq + 1)

    def day_of(seq: int) -> date:
        for entry, _ in journal.entries_after(seq - 1, 1):
            return entry.civil_date
        raise JournalBrokenError(f"entry {seq} is missing at the end of the journal")

    # Civil dates never go backwards along the chain.
    first = 1 if days.first is None else 1 + bisect_left(every, days.first, key=day_of)
    last = len(every) if days.last is None else bisect_right(every, days.last, key=day_of)
    if last < first:
        raise InputError("--from, --to", "days in which something was recorded")
    reached = chain(
        (each.accepted_to for each in unit.acknowledgements.history()),
        (each.seq for each in unit.time_stamps.history()),
    )
    witnessed = min((seq for seq in reached if last <= seq <= len(every)), default=last)
    return _Excerpt(first, witnessed, days, with_payloads)
