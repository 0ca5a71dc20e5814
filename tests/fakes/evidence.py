"""Exported journals: of a kiosk with a few days behind it, read into memory so that a test can change any bit."""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from kiosk.domain.moment import instant_text
from kiosk.errors import ArchiveBrokenError
from kiosk.journal.closure import ClosureKind
from kiosk.journal.evidence_archive import KIOSK_KEY, MANIFEST, SIGNATURE, Manifest, key_name, manifest_of
from kiosk.journal.signature import der_of, public_pem
from kiosk.ports.centre_records import AcknowledgementRecord
from kiosk.ports.evidence_archive import ALL_DAYS, Days
from kiosk.services.export_journal import ExportJournal
from kiosk.services.stamp_head import StampHead
from printing.reports.evidence_documents import PrintedEvidence
from sync.client.time_stamping import HttpTimeStampAuthority
from sync.protocol.acknowledgements import AcknowledgementBody, signed_acknowledgement
from sync.protocol.signed_forms import canonical_form
from tests.fakes.clocks import FixedClock, FixedSigner, a_signer
from tests.fakes.kiosks import AKiosk
from tests.fakes.requests import a_request_content
from tests.fakes.stores import A_VERSION
from tests.fakes.time_stamp_authorities import AServedAuthority

A_CENTRE = FixedSigner(1_789)


@dataclass
class ArchiveInMemory:
    """Files by name; written by an export, read by a check, changed by a test."""

    files: dict[str, bytes] = field(default_factory=dict)

    def add(self, name: str, chunks: Iterable[bytes]) -> None:
        self.files[name] = b"".join(chunks)

    def names(self) -> Sequence[str]:
        return list(self.files)

    def chunks(self, name: str) -> Iterator[bytes]:
        if name not in self.files:
            raise ArchiveBrokenError(f"{name}: is missing")
        yield self.files[name]

    def lines(self, name: str) -> Iterator[bytes]:
        for content in self.chunks(name):
            yield from content.splitlines(keepends=True)

    def with_changed(self, name: str, content: bytes) -> "ArchiveInMemory":
        """Return a copy in which one file is another."""
        return ArchiveInMemory({**self.files, name: content})

    def resigned(self, *, signer: FixedSigner | None = None) -> "ArchiveInMemory":
        """Return a copy whose manifest fits its files: what somebody with a kiosk's key could make."""
        own = signer or a_signer()
        files = {name: content for name, content in self.files.items() if name not in {MANIFEST, SIGNATURE}}
        files[key_name(own.key_id)] = public_pem(own.public_key).encode()
        manifest = manifest_of(self.files[MANIFEST])
        manifest = replace(
            manifest,
            key_id=own.key_id,
            keys={**manifest.keys, own.key_id: KIOSK_KEY},
            files={name: sha256(content).hexdigest() for name, content in files.items()},
        )
        signature = der_of(own.sign(manifest.document()))
        return ArchiveInMemory({**files, MANIFEST: manifest.document(), SIGNATURE: signature})

    def with_flipped(self, name: str, bit: int) -> "ArchiveInMemory":
        """Return a copy in which one bit of one file is the other one."""
        return self.with_changed(name, flipped(self.files[name], bit))


def flipped(content: bytes, bit: int) -> bytes:
    """Return bytes with one bit changed."""
    altered = bytearray(content)
    altered[bit // 8] ^= 1 << bit % 8
    return bytes(altered)


def archive_in(path: Path) -> ArchiveInMemory:
    """Return what a ZIP file holds."""
    with zipfile.ZipFile(path) as file:
        return ArchiveInMemory({name: file.read(name) for name in file.namelist()})


def acknowledge(kiosk: AKiosk, centre: FixedSigner = A_CENTRE) -> None:
    """Let the centre say that it holds everything."""
    with kiosk.store.units() as unit:
        head, now = unit.journal.head(), kiosk.clock.read().utc
        body = AcknowledgementBody(
            origin=kiosk.site.origin,
            accepted_to=head.seq,
            head=head.hash,
            received_at=instant_text(now),
            key_id=centre.key_id,
        )
        document = canonical_form(signed_acknowledgement(body, centre.sign))
        unit.acknowledgements.add(AcknowledgementRecord(head.seq, head.hash, now, document))
        unit.commit()


def live_for_three_days(kiosk: AKiosk, authority: AServedAuthority | None = None) -> None:
    """File on three days, close each, and have the centre (and an authority) vouch for each."""
    assert isinstance(kiosk.clock, FixedClock)
    for name in ("Diallo", "Müller", "Nguyễn"):
        kiosk.file(a_request_content(birth_name=name))
        kiosk.close_period(ClosureKind.DAY, kiosk.clock.read().utc.date(), by="Claire Martin")
        acknowledge(kiosk)
        if authority is not None:
            asked = HttpTimeStampAuthority(authority.settings())
            hour = timedelta(hours=1)
            StampHead(**kiosk.parts, reading=kiosk.store.reading, authority=asked, interval=hour)()
        kiosk.clock.pass_time(timedelta(days=1))


def exported(
    kiosk: AKiosk,
    *,
    days: Days = ALL_DAYS,
    with_payloads: bool = True,
    authority_pem: bytes = b"",
    centre_key: EllipticCurvePublicKey = A_CENTRE.public_key,
    signer: FixedSigner | None = None,
) -> tuple[ArchiveInMemory, Manifest]:
    """Export a kiosk's journal."""
    export = ExportJournal(
        **kiosk.parts,
        reading=kiosk.store.reading,
        signer=signer or a_signer(),
        documents=PrintedEvidence(),
        software_version=A_VERSION,
        centre_keys=[centre_key],
        authority_pem=authority_pem,
    )
    archive = ArchiveInMemory()
    manifest = export(archive, with_payloads=with_payloads, by="Claire Martin", days=days)
    return archive, manifest
