"""The journal of a machine as evidence: closures, time stamps, the archive that others check."""

# ruff: noqa: PLC0415  # network and paper are loaded by the commands that use them

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from kiosk.errors import ConfigurationError
from kiosk.journal.signature import load_public_pem
from kiosk.services.close_period import ClosePeriod

if TYPE_CHECKING:
    from kiosk.services.export_journal import ExportJournal
    from kiosk.services.stamp_head import StampHead
    from sync.client.stamping_worker import StampingWorker
    from ui.composition.machine import Machine


@dataclass(frozen=True)
class Evidence:
    """What makes the journal a proof for others.

    Attributes:
        machine: whose journal it is.
    """

    machine: "Machine"

    @cached_property
    def close_period(self) -> ClosePeriod:
        """Closes a day, a month or a year."""
        return ClosePeriod(**self.machine.parts)

    @cached_property
    def stamp_head(self) -> "StampHead | None":
        """Has the head of the journal stamped; None when no time-stamp authority is configured."""
        settings = self.machine.settings
        evidence = settings.evidence
        if not evidence.time_stamp_url:
            return None
        from kiosk.services.stamp_head import StampHead
        from sync.client.time_stamping import HttpTimeStampAuthority

        return StampHead(
            **self.machine.parts,
            reading=self.machine.store.reading,
            authority=HttpTimeStampAuthority(evidence, proxy_url=settings.central.proxy_url or None),
            interval=timedelta(seconds=evidence.time_stamp_interval_s),
        )

    @cached_property
    def stamping_worker(self) -> "StampingWorker | None":
        """Keeps the journal stamped beside the screens; None when no time-stamp authority is configured."""
        if self.stamp_head is None:
            return None
        from sync.client.stamping_worker import StampingWorker

        return StampingWorker(self.stamp_head.if_due)

    @cached_property
    def export_journal(self) -> "ExportJournal":
        """Writes the journal as an archive that anybody can check."""
        from kiosk.services.export_journal import ExportJournal
        from printing.reports.evidence_documents import PrintedEvidence

        machine = self.machine
        centre_key_file = machine.settings.central.public_key_file or machine.trust.pin_file
        authority_file = machine.settings.evidence.time_stamp_authority_file
        return ExportJournal(
            **machine.parts,
            reading=machine.store.reading,
            signer=machine.signer,
            documents=PrintedEvidence(),
            software_version=version("borne"),
            centre_keys=[_public_key_in(centre_key_file)] if centre_key_file.exists() else [],
            authority_pem=_certificates_in(authority_file) if authority_file else b"",
        )


def _public_key_in(file: Path) -> EllipticCurvePublicKey:
    try:
        return load_public_pem(file.read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        raise ConfigurationError("central.public_key_file", f"a P-256 public key in PEM, not {file}") from error


def _certificates_in(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        expectation = f"a file that can be read, not {file} ({error.strerror})"
        raise ConfigurationError("evidence.time_stamp_authority_file", expectation) from error
