"""The report of an exported journal: what is there, what vouches for it. No personal data in it."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from kiosk.ports.evidence_archive import MOST_LISTED, ExportSummary
from printing.reports.evidence_words import CLOSURE_WORDS, entry_word, extent, local_time, payload_words
from printing.reports.look import BODY, CODE, HEADING, SECTION, SMALL, grouped, listing, paragraph, report_pdf


def evidence_report_pdf(summary: ExportSummary) -> bytes:
    """Return the report as the bytes of a PDF file, A4."""
    parts = [
        *_head(summary),
        *_counts(summary),
        *_closures(summary),
        *_acknowledgements(summary),
        *_time_stamps(summary),
    ]
    return report_pdf(f"Journal de la borne {summary.site.origin}", summary.site.prefecture_name, parts)


def _head(summary: ExportSummary) -> list[Flowable]:
    site = summary.site
    return [
        paragraph(f"{site.prefecture_name} · {site.service_name}", SMALL),
        paragraph("Journal de la borne : extrait probant", HEADING),
        paragraph(f"Borne {site.origin}, {site.kiosk_place} : {extent(summary)}.", BODY),
        paragraph(f"Exporté le {local_time(summary.exported_at)}, Borne {summary.software}.", BODY),
        paragraph(f"Données des personnes : {payload_words(summary)}. Ce rapport n'en contient aucune.", BODY),
        Spacer(0, 4 * mm),
        paragraph(f"Tête de chaîne, écriture {summary.last_seq}", SMALL),
        paragraph(grouped(summary.head), CODE),
        paragraph(f"Clé de la borne {summary.key_id} : SHA-256 de la clé publique (DER), à comparer", SMALL),
        paragraph(grouped(summary.fingerprint), CODE),
        Spacer(0, 3 * mm),
        paragraph(
            "Chaque écriture porte l'empreinte de la précédente et la signature de la borne : en changer, en ôter "
            "ou en ajouter une se voit. Le fichier README.md de l'archive dit comment le vérifier sans Borne.",
            BODY,
        ),
    ]


def _counts(summary: ExportSummary) -> list[Flowable]:
    rows = sorted(((entry_word(kind), str(count)) for kind, count in summary.counts.items()), key=lambda row: row[0])
    return _section("Écritures", ("Écriture", "Nombre"), rows, (120, 30), "Aucune écriture.")


def _closures(summary: ExportSummary) -> list[Flowable]:
    rows = [
        (
            str(seq),
            CLOSURE_WORDS[closure.kind],
            closure.period,
            str(closure.number),
            f"{closure.first_seq} à {closure.last_seq}",
            str(closure.filings),
            str(closure.perpetual_total),
            closure.head[:16],
        )
        for seq, closure in summary.closures
    ]
    heads = ("Écriture", "Période", "Date", "N°", "Écritures closes", "Dépôts", "Total", "Tête (début)")
    return _section("Clôtures", heads, rows, (17, 17, 23, 12, 34, 17, 20, 38), "Aucune clôture.")


def _acknowledgements(summary: ExportSummary) -> list[Flowable]:
    rows = [
        (str(record.accepted_to), _local(summary, record.received_at), record.head[:32])
        for record in summary.acknowledgements
    ]
    heads = ("Jusqu'à l'écriture", "Reçu par le centre", "Son empreinte (début)")
    return _section(
        "Accusés signés du centre", heads, rows, (38, 42, 98), "Aucun accusé du centre.", total=summary.acknowledged
    )


def _time_stamps(summary: ExportSummary) -> list[Flowable]:
    rows = [(str(stamp.seq), _local(summary, stamp.stamped_at), stamp.hash[:32]) for stamp in summary.time_stamps]
    heads = ("Écriture", "Horodatée", "Son empreinte (début)")
    parts = _section("Horodatage (RFC 3161)", heads, rows, (38, 42, 98), "Aucun jeton d'horodatage.")
    for fingerprint in summary.authority_fingerprints if rows else ():
        parts += [
            paragraph("SHA-256 d'un certificat de l'autorité (DER), à comparer", SMALL),
            paragraph(grouped(fingerprint), CODE),
        ]
    return parts


def _local(summary: ExportSummary, instant: datetime) -> str:
    return f"{instant.astimezone(ZoneInfo(summary.site.departement.timezone)):%d/%m/%Y %H:%M:%S}"


def _section(
    title: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths_mm: Sequence[float],
    empty: str,
    *,
    total: int = 0,
) -> list[Flowable]:
    """Return a table; of a long one the last rows, which vouch for all before them."""
    parts: list[Flowable] = [Spacer(0, 5 * mm), paragraph(title, SECTION)]
    if not rows:
        return [*parts, paragraph(empty, BODY)]
    listed, every = rows[-MOST_LISTED:], max(total, len(rows))
    if len(listed) < every:
        parts.append(paragraph(f"Les {len(listed)} derniers sur {every} ; tous sont dans l'archive.", SMALL))
    table = listing([heads, *listed], widths_mm)
    table.hAlign = "LEFT"
    return [*parts, table]
