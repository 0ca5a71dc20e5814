"""Checking an exported journal: every file, every entry, every word that others gave for it."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.x509 import Certificate, load_pem_x509_certificates

from kiosk.errors import ArchiveBrokenError, BorneError, InputError, TimeStampError
from kiosk.journal.acknowledgement import checked_acknowledgement
from kiosk.journal.canonical import JsonValue
from kiosk.journal.closure import ClosureCheck
from kiosk.journal.entry import ChainHead, Entry, EntryType, Payload
from kiosk.journal.evidence_archive import (
    ACKNOWLEDGEMENTS,
    AUTHORITY,
    CENTRE_KEY,
    CLOSURES,
    ENTRIES,
    KIOSK_KEY,
    MANIFEST,
    PAYLOADS,
    SIGNATURE,
    STAMP_ENDING,
    Manifest,
    closure_facts_of,
    entry_of,
    key_name,
    manifest_of,
    payload_of,
    stamp_name,
)
from kiosk.journal.signature import is_signed_in_der, key_id_of, load_public_pem, public_pem
from kiosk.journal.time_stamp import stamped_at
from kiosk.journal.verification import Witness, verify_chain
from kiosk.ports.evidence_archive import ArchiveReader

_MOST_BYTES_AT_ONCE = 64 << 20


@dataclass
class ArchiveReport:
    """What a check found.

    Attributes:
        manifest: as signed; None when it cannot be believed.
        entries: that verify.
        absent_payloads: entries whose facts are not in the archive.
        closures: that say the truth.
        acknowledgements: of the centre that verify.
        unchecked_acknowledgements: without the centre's key in the archive; number and hash are right.
        time_stamps: that verify, up to a certificate in the archive.
        unchecked_time_stamps: without the authority's certificate in the archive.
        first_bad_seq: entry that is wrong, if the fault is in one.
        fault: the first thing that is wrong, and where; None when everything verifies.
    """

    manifest: Manifest | None = None
    entries: int = 0
    absent_payloads: int = 0
    closures: int = 0
    acknowledgements: int = 0
    unchecked_acknowledgements: int = 0
    time_stamps: int = 0
    unchecked_time_stamps: int = 0
    first_bad_seq: int | None = None
    fault: str | None = None


def verify_archive(archive: ArchiveReader, trusted_keys: Sequence[EllipticCurvePublicKey] = ()) -> ArchiveReport:
    """Check an archive from scratch, and stop at the first thing that is wrong.

    Args:
        archive: to be checked.
        trusted_keys: of the kiosk, as published elsewhere: the one that signed the archive, or an earlier one from
            which the journal leads there. Without them the archive vouches for itself, and who reads the report
            compares the fingerprint of the key.
    """
    check = _ArchiveCheck(archive, trusted_keys)
    try:
        check.run()
    except BorneError as error:
        check.report.fault = str(error)
    return check.report


@dataclass
class _ArchiveCheck:
    """Where a check stands."""

    archive: ArchiveReader
    trusted: Sequence[EllipticCurvePublicKey]
    report: ArchiveReport = field(default_factory=ArchiveReport)
    keys: dict[str, EllipticCurvePublicKey] = field(default_factory=dict)
    closures: dict[int, Mapping[str, JsonValue]] = field(default_factory=dict)
    introduced: list[EllipticCurvePublicKey] = field(default_factory=list)  # by the journal itself
    stamped: dict[str, str | None] = field(default_factory=dict)  # names of time stamps, and the hash they are for

    def run(self) -> None:
        """Check file by file, then entry by entry, then what others say."""
        manifest = self._manifest()
        altered = self._altered(manifest)
        if altered:
            raise ArchiveBrokenError(f"{', '.join(altered)}: not what was exported{self._place(manifest)}")
        self._keys(manifest)
        self._signed(manifest)
        self.report.manifest = manifest
        self._acknowledgements(manifest)
        self._chain(manifest)
        self._stamps(manifest)

    def _manifest(self) -> Manifest:
        names = self.archive.names()
        if len(set(names)) != len(names):
            raise ArchiveBrokenError("a name stands twice in the archive")
        manifest = manifest_of(self._read(MANIFEST))
        listed = {*manifest.files, MANIFEST, SIGNATURE}
        for name in sorted(listed.symmetric_difference(names)):
            raise ArchiveBrokenError(f"{name}: {'is missing' if name in listed else 'is not in the manifest'}")
        return manifest

    def _altered(self, manifest: Manifest) -> list[str]:
        """Return the names of the files that are not what the manifest says."""
        altered = []
        for name, expected in sorted(manifest.files.items()):
            digest = hashlib.sha256()
            for chunk in self.archive.chunks(name):
                digest.update(chunk)
            if digest.hexdigest() != expected:
                altered.append(name)
        return altered

    def _place(self, manifest: Manifest) -> str:
        """Return where the journal breaks, if the altered file was one of the journal's."""
        try:
            self._keys(manifest)
            self._chain(manifest)
            self._stamps(manifest)
        except BorneError as error:
            return f" ({error})"
        return ""

    def _keys(self, manifest: Manifest) -> None:
        for key_id in manifest.keys:
            try:
                key = load_public_pem(self._read(key_name(key_id)).decode("ascii"))
            except (ValueError, UnsupportedAlgorithm) as error:
                raise ArchiveBrokenError(f"{key_name(key_id)}: is no P-256 public key") from error
            if key_id_of(key) != key_id:
                raise ArchiveBrokenError(f"{key_name(key_id)}: holds the key {key_id_of(key)}")
            self.keys[key_id] = key

    def _signed(self, manifest: Manifest) -> None:
        key = self.keys.get(manifest.key_id)
        if key is None or manifest.keys[manifest.key_id] != KIOSK_KEY:
            raise ArchiveBrokenError(f"{MANIFEST}: the key {manifest.key_id} of the kiosk is not in the archive")
        if not is_signed_in_der(key, self._read(SIGNATURE), manifest.document()):
            raise ArchiveBrokenError(f"{SIGNATURE}: is not the kiosk's signature of the manifest")

    def _acknowledgements(self, manifest: Manifest) -> None:
        centre = {key_id: self.keys[key_id] for key_id, holder in manifest.keys.items() if holder == CENTRE_KEY}
        for line in self.archive.lines(ACKNOWLEDGEMENTS):
            if checked_acknowledgement(line, manifest.origin, centre).is_signed:
                self.report.acknowledgements += 1
            else:
                self.report.unchecked_acknowledgements += 1

    def _chain(self, manifest: Manifest) -> None:
        self.closures = dict(closure_facts_of(line) for line in self.archive.lines(CLOSURES))
        self.stamped = dict.fromkeys(sorted(name for name in manifest.files if name.endswith(STAMP_ENDING)))
        own = [self.keys[key_id] for key_id, holder in manifest.keys.items() if holder == KIOSK_KEY]
        # Who trusts the key that signs the manifest trusts all that it says, and so the keys that came before.
        believed = own if not self.trusted or self._is_believed(manifest) else self.trusted
        report = verify_chain(
            self._entries(self._start(manifest)),
            believed,
            origin=manifest.origin,
            witnesses=self._witnesses(manifest),
            start=self._start(manifest),
        )
        self.report.entries, self.report.absent_payloads = report.entries, report.erased_payloads
        if report.first_break is not None:
            found = report.first_break
            self.report.first_bad_seq = found.seq
            raise ArchiveBrokenError(f"entry {found.seq}: {found.reason.value}: {found.detail}")
        if (report.head.seq, report.head.hash) != (manifest.last_seq, manifest.head):
            raise ArchiveBrokenError(f"the journal ends at {report.head.seq}, the manifest says {manifest.last_seq}")
        if self.trusted and not self._is_believed(manifest):
            raise ArchiveBrokenError(f"{MANIFEST}: is signed by {manifest.key_id}, a key that is not trusted")

    @staticmethod
    def _start(manifest: Manifest) -> ChainHead:
        return ChainHead(manifest.first_seq - 1, manifest.previous_hash)

    def _entries(self, start: ChainHead) -> Iterator[tuple[Entry, Payload | None]]:
        """Yield the entries with their facts, and hold the closures beside them."""
        payloads = self._payloads()
        seq, payload = next(payloads, (0, None))
        check = ClosureCheck(start)
        for number, line in enumerate(self.archive.lines(ENTRIES), 1):
            entry = self._entry(number, line, start)
            facts = payload if seq == entry.seq else None
            if facts is not None:
                before, (seq, payload) = seq, next(payloads, (0, None))
                if payload is not None and seq <= before:
                    raise ArchiveBrokenError(f"{PAYLOADS}: the facts of entry {seq} are out of order")
            yield entry, facts
            self._notice(entry, facts)
            closure = self.closures.pop(entry.seq, None)
            self._closed(entry, facts, closure, check)
        if payload is not None:
            raise ArchiveBrokenError(f"{PAYLOADS}: the facts of entry {seq} belong to no entry")
        if self.closures:
            raise ArchiveBrokenError(f"{CLOSURES}: closures {sorted(self.closures)} belong to no entry")

    def _entry(self, number: int, line: bytes, start: ChainHead) -> Entry:
        try:
            return entry_of(line)
        except InputError as error:
            self.report.first_bad_seq = start.seq + number
            raise ArchiveBrokenError(f"{ENTRIES}, line {number}: {error}") from error

    def _payloads(self) -> Iterator[tuple[int, Payload]]:
        for number, line in enumerate(self.archive.lines(PAYLOADS), 1):
            try:
                yield payload_of(line)
            except InputError as error:
                raise ArchiveBrokenError(f"{PAYLOADS}, line {number}: {error}") from error

    def _is_believed(self, manifest: Manifest) -> bool:
        """Whether a trusted key signed the manifest; the keys are compared, for an identifier is short."""
        signer = public_pem(self.keys[manifest.key_id])
        return any(public_pem(key) == signer for key in (*self.trusted, *self.introduced))

    def _notice(self, entry: Entry, facts: Payload | None) -> None:
        """Take in what a verified entry says for what lies beside the chain."""
        if entry.type == EntryType.KEY_ROTATED and facts is not None:
            self.introduced.append(load_public_pem(str(facts.facts["public_key"])))
        if self.stamped and stamp_name(entry.seq) in self.stamped:
            self.stamped[stamp_name(entry.seq)] = entry.hash

    def _closed(
        self, entry: Entry, facts: Payload | None, closure: Mapping[str, JsonValue] | None, check: ClosureCheck
    ) -> None:
        """Check a closure that stands apart from its facts, which may have been left out for the agent's name."""
        if closure is not None and entry.type != EntryType.CLOSURE_MADE:
            raise ArchiveBrokenError(f"{CLOSURES}: entry {entry.seq} is no closure")
        if closure is not None and facts is not None and dict(closure) != dict(facts.facts):
            raise ArchiveBrokenError(f"{CLOSURES}: entry {entry.seq} closed something else")
        if fault := check.take(entry, closure):
            raise ArchiveBrokenError(f"{CLOSURES}: entry {entry.seq}: {fault}")
        self.report.closures += closure is not None

    def _witnesses(self, manifest: Manifest) -> Iterator[Witness]:
        for line in self.archive.lines(ACKNOWLEDGEMENTS):
            said = checked_acknowledgement(line, manifest.origin, {})
            yield Witness(said.accepted_to, said.head)

    def _stamps(self, manifest: Manifest) -> None:
        authorities = self._authorities() if self.stamped and AUTHORITY in manifest.files else []
        for name, digest in self.stamped.items():
            if digest is None:
                raise ArchiveBrokenError(f"{name}: is of no entry")
            if authorities:
                self._stamp(name, digest, authorities)
                self.report.time_stamps += 1
            else:
                self.report.unchecked_time_stamps += 1

    def _authorities(self) -> list[Certificate]:
        try:
            return load_pem_x509_certificates(self._read(AUTHORITY))
        except ValueError as error:
            raise ArchiveBrokenError(f"{AUTHORITY}: holds no certificate") from error

    def _stamp(self, name: str, digest: str, authorities: Sequence[Certificate]) -> None:
        try:
            stamped_at(self._read(name), bytes.fromhex(digest), authorities)
        except TimeStampError as error:
            raise ArchiveBrokenError(f"{name}: {error}") from error

    def _read(self, name: str) -> bytes:
        content = bytearray()
        for chunk in self.archive.chunks(name):
            content += chunk
            if len(content) > _MOST_BYTES_AT_ONCE:
                raise ArchiveBrokenError(f"{name}: is far too large")
        return bytes(content)
