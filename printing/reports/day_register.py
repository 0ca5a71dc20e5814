"""The register of a day: every filing in order, the totals, the closure that seals them. No personal data in it.

French and Latin letters only, so ReportLab's own Helvetica suffices. The same day gives the same bytes.
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

import segno
from reportlab.lib import colors
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table, TableStyle

from kiosk.domain.moment import ClockQuality
from kiosk.domain.place import Site
from kiosk.journal.closure import Closure
from kiosk.journal.entry import Entry, EntryType
from kiosk.workflows.print_job import PrintState
from printing.reports.look import (
    BAND,
    BODY,
    CODE,
    HEADING,
    INK,
    LINE,
    SECTION,
    SMALL,
    grouped,
    report_pdf,
)

_QR_SIDE: Final = 30 * mm

TICKET_WORDS: Final = {
    PrintState.SAVED: "enregistré",
    PrintState.SENDING: "en cours",
    PrintState.CONFIRMED: "imprimé",
    PrintState.UNCONFIRMED: "non confirmé",
    PrintState.FAILED: "non imprimé",
    PrintState.EXPIRED: "sans ticket",
}
CLOCK_WORDS: Final = {
    ClockQuality.SYNCED: "réglée",
    ClockQuality.HOLDOVER: "hors réseau",
    ClockQuality.SUSPECT: "à confirmer",
    ClockQuality.AGENT_CONFIRMED: "confirmée",
}
_TOTALS: Final = (
    ("Demandes déposées", EntryType.REQUEST_FILED),
    ("Passages répétés", EntryType.FILING_REPEATED),
    ("Demandes complétées", EntryType.REQUEST_COMPLETED),
    ("Corrections demandées", EntryType.CORRECTION_ASKED),
    ("Demandes corrigées", EntryType.REQUEST_CORRECTED),
    ("Demandes retirées", EntryType.REQUEST_WITHDRAWN),
    ("Tickets imprimés (confirmés)", EntryType.TICKET_CONFIRMED),
    ("Tickets non confirmés", EntryType.TICKET_UNCONFIRMED),
    ("Tickets non imprimés", EntryType.TICKET_FAILED),
    ("Tickets expirés", EntryType.TICKET_EXPIRED),
    ("Duplicatas demandés", EntryType.REPRINT_ORDERED),
    ("Appels à un agent", EntryType.AGENT_CALLED),
    ("Incidents", EntryType.INCIDENT),
)


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One filing.

    Attributes:
        filed_at: UTC.
        call_number: of the hall.
        reference: of the request.
        procedure: its code.
        ordinal: 1 for a first filing.
        ticket: where its ticket stands.
        clock: quality of the clock then.
    """

    filed_at: datetime
    call_number: str
    reference: str
    procedure: str
    ordinal: int
    ticket: PrintState
    clock: ClockQuality


@dataclass(frozen=True, slots=True)
class DayRegister:
    """All that the register of a day says.

    Attributes:
        site: the kiosk.
        day: which.
        rows: filings in order; their rank is their number, without gap.
        closure: the day's, None while the day is open.
        entry: that recorded the closure.
    """

    site: Site
    day: date
    rows: Sequence[RegisterRow]
    closure: Closure | None
    entry: Entry | None


def day_register_pdf(register: DayRegister) -> bytes:
    """Return the register as the bytes of a PDF file, A4."""
    parts: list[Flowable] = [*_head(register), Spacer(0, 5 * mm), _filings(register), Spacer(0, 6 * mm)]
    if register.closure is not None:
        parts += [_totals(register.closure), Spacer(0, 6 * mm), _seal(register, register.closure)]
    else:
        parts.append(Paragraph("Journée non close : ce registre est provisoire.", SECTION))
    return report_pdf(
        f"Registre du {register.day:%d/%m/%Y}, borne {register.site.origin}", register.site.prefecture_name, parts
    )


def _head(register: DayRegister) -> list[Flowable]:
    site, closure = register.site, register.closure
    number = f"Clôture n° {closure.number}" if closure else "Journée ouverte"
    return [
        Paragraph(f"{site.prefecture_name} · {site.service_name}", SMALL),
        Paragraph("Registre du jour", HEADING),
        Paragraph(f"{register.day:%d/%m/%Y} · borne {site.origin}, {site.kiosk_place} · {number}", BODY),
        Paragraph(f"Heures légales ({site.departement.timezone}). Aucune donnée nominative dans ce registre.", SMALL),
    ]


def _filings(register: DayRegister) -> Flowable:
    if not register.rows:
        return Paragraph("Aucune demande déposée ce jour.", BODY)
    zone = ZoneInfo(register.site.departement.timezone)
    heads = ("N°", "Heure", "Appel", "Référence", "Démarche", "Visite", "Ticket", "Horloge")
    rows = [
        (
            str(rank),
            f"{row.filed_at.astimezone(zone):%H:%M:%S}",
            row.call_number,
            row.reference,
            row.procedure,
            "1re" if row.ordinal == 1 else f"{row.ordinal}e",
            TICKET_WORDS[row.ticket],
            CLOCK_WORDS[row.clock],
        )
        for rank, row in enumerate(register.rows, start=1)
    ]
    widths = [width * mm for width in (10, 17, 14, 41, 39, 13, 24, 20)]
    table = Table([heads, *rows], colWidths=widths, repeatRows=1)
    table.setStyle(
        TableStyle(
            [
                ("FONT", (0, 0), (-1, 0), "Helvetica-Bold", 8),
                ("FONT", (0, 1), (-1, -1), "Helvetica", 8),
                ("TEXTCOLOR", (0, 0), (-1, -1), INK),
                ("LINEBELOW", (0, 0), (-1, 0), 0.8, INK),
                ("LINEBELOW", (0, 1), (-1, -1), 0.25, LINE),
                ("ROWBACKGROUNDS", (0, 1), (-1, -1), [colors.white, BAND]),
                ("ALIGN", (0, 0), (0, -1), "RIGHT"),
                ("TOPPADDING", (0, 0), (-1, -1), 2.2),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2.2),
            ]
        )
    )
    return table


def _totals(closure: Closure) -> Flowable:
    rows = [(label, str(closure.counts.get(kind, 0))) for label, kind in _TOTALS]
    rows += [
        ("Entrées du journal", f"{closure.first_seq} à {closure.last_seq}"),
        ("Total perpétuel des dépôts", str(closure.perpetual_total)),
        ("Close par", closure.closed_by),
    ]
    table = Table(rows, colWidths=[70 * mm, 60 * mm], hAlign="LEFT")
    table.setStyle(
        TableStyle(
            [
                ("FONT", (0, 0), (0, -1), "Helvetica", 9),
                ("FONT", (1, 0), (1, -1), "Helvetica-Bold", 9),
                ("TEXTCOLOR", (0, 0), (-1, -1), INK),
                ("LINEBELOW", (0, 0), (-1, -1), 0.25, LINE),
                ("TOPPADDING", (0, 0), (-1, -1), 2),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
            ]
        )
    )
    return KeepTogether([Paragraph("Totaux", SECTION), table])


def _seal(register: DayRegister, closure: Closure) -> Flowable:
    """The head of the chain and the signature, to compare letter by letter; the code says the same."""
    entry = register.entry
    texts: list[Flowable] = [
        Paragraph("Tête de chaîne à la clôture", SMALL),
        Paragraph(grouped(closure.head), CODE),
    ]
    if entry is not None:
        signature = base64.b32encode(entry.signature).decode("ascii").rstrip("=")
        texts += [
            Paragraph(f"Signature de l'entrée {entry.seq} (ECDSA P-256, clé {entry.key_id})", SMALL),
            Paragraph(grouped(signature), CODE),
        ]
    code = _QrCode(f"BORNE-CLOTURE {register.site.origin} {closure.kind} {closure.number} {closure.head}".upper())
    table = Table([[texts, code]], colWidths=[135 * mm, 38 * mm])
    table.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (0, 0), 0)]))
    return KeepTogether([Paragraph("Preuve", SECTION), table])


class _QrCode(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """A code as vectors."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.width = self.height = _QR_SIDE
        self._rows = [bytes(row) for row in segno.make_qr(text, error="m").matrix_iter(border=4)]

    def draw(self) -> None:
        """Draw the dark modules, one run after the other."""
        module = _QR_SIDE / len(self._rows)
        self.canv.setFillColor(colors.black)
        for down, row in enumerate(self._rows):
            for across, is_dark in enumerate(row):
                if is_dark:
                    top = _QR_SIDE - (down + 1) * module
                    self.canv.rect(across * module, top, module * 1.02, module * 1.02, stroke=0, fill=1)
