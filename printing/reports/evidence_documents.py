"""What an exported journal holds for reading: an :class:`kiosk.ports.evidence_archive.EvidenceDocuments`."""

from collections.abc import Iterator
from string import Template

from kiosk.domain.moment import instant_text
from kiosk.journal.evidence_archive import AUTHORITY, stamp_name
from kiosk.ports.evidence_archive import ExportedEntries, ExportSummary
from kiosk.resource_files import resource_path
from printing.reports.evidence_page import evidence_page
from printing.reports.evidence_report import evidence_report_pdf
from printing.reports.evidence_words import extent, local_time, payload_words


class PrintedEvidence:
    """README, page and report of an archive."""

    def readme(self, summary: ExportSummary) -> bytes:
        """Return how to check the archive, in French and English."""
        template = Template(resource_path("evidence", "README.md").read_text(encoding="utf-8"))
        erased = f", except those of {summary.erased} entries, erased before" if summary.erased else ""
        text = template.substitute(
            origin=summary.site.origin,
            place=summary.site.kiosk_place,
            prefecture=summary.site.prefecture_name,
            exported_at=local_time(summary.exported_at),
            exported_at_utc=instant_text(summary.exported_at.utc),
            software=summary.software,
            extent_fr=extent(summary),
            extent_en=f"entries {summary.first_seq} to {summary.last_seq}",
            payloads_fr=payload_words(summary),
            payloads_en=f"included{erased}" if summary.with_payloads else "left out",
            key_id=summary.key_id,
            fingerprint=summary.fingerprint,
            stamps_fr=_stamp_words(summary),
            stamp_lines=_stamp_lines(summary),
        )
        return text.encode()

    def page(self, summary: ExportSummary, entries: ExportedEntries) -> Iterator[bytes]:
        """Yield every entry as an HTML page, part by part."""
        return evidence_page(summary, entries)

    def report(self, summary: ExportSummary) -> bytes:
        """Return the report as PDF."""
        return evidence_report_pdf(summary)


def _stamp_words(summary: ExportSummary) -> str:
    if not summary.time_stamps:
        return "Cette archive ne contient aucun jeton."
    return (
        f"Cette archive contient {len(summary.time_stamps)} jeton(s). Chacun porte sur l'empreinte (`hash`) de "
        "l'écriture dont le\nnuméro est dans son nom, et donc sur toutes celles d'avant. Prenez de préférence le "
        "certificat chez l'autorité\nelle-même. Voici la commande pour le dernier ; elle répond `Verification: OK` :"
    )


def _stamp_lines(summary: ExportSummary) -> str:
    if not summary.time_stamps:
        return "# rien à vérifier"
    newest = summary.time_stamps[-1]
    return f"openssl ts -verify -in {stamp_name(newest.seq)} -digest {newest.hash} -CAfile {AUTHORITY}"
