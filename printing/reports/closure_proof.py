"""What proves a closure on paper: its totals, the head of the chain, its number and its signature."""

import base64
from collections.abc import Sequence
from typing import Final

import segno
from reportlab.lib import colors
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table, TableStyle

from kiosk.domain.place import Site
from kiosk.journal.closure import Closure
from kiosk.journal.entry import EntryType
from kiosk.ports.register import RecordedClosure
from printing.reports.look import BODY, CODE, INK, LINE, SECTION, SMALL, grouped, paragraph

_QR_SIDE: Final = 30 * mm
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
    ("Personnes appelées", EntryType.PLACE_CALLED),
    ("Passages terminés", EntryType.PLACE_FINISHED),
    ("Absents à l'appel", EntryType.PLACE_MISSED),
    ("Appels à un agent", EntryType.AGENT_CALLED),
    ("Incidents", EntryType.INCIDENT),
)


def totals(closure: Closure) -> Flowable:
    """Return what a closure counts, in two halves beside each other."""
    rows = [(label, str(closure.counts.get(kind, 0))) for label, kind in _TOTALS]
    rows += [
        ("Entrées du journal", f"{closure.first_seq} à {closure.last_seq}"),
        ("Total perpétuel des dépôts", str(closure.perpetual_total)),
    ]
    middle = (len(rows) + 1) // 2
    halves = Table([[_facts(rows[:middle]), _facts(rows[middle:])]], hAlign="LEFT")
    halves.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0), *_TIGHT]))
    heading = paragraph(f"Totaux de la clôture n° {closure.number}", SECTION)
    return KeepTogether([heading, paragraph(f"Close par : {closure.closed_by}", BODY), Spacer(0, 1 * mm), halves])


_TIGHT: Final = (("TOPPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 0))


def _facts(rows: Sequence[tuple[str, str]]) -> Table:
    table = Table(rows, colWidths=[56 * mm, 28 * mm], hAlign="LEFT")
    table.setStyle(
        TableStyle(
            [
                ("FONT", (0, 0), (0, -1), "Helvetica", 9),
                ("FONT", (1, 0), (1, -1), "Helvetica-Bold", 9),
                ("TEXTCOLOR", (0, 0), (-1, -1), INK),
                ("LINEBELOW", (0, 0), (-1, -1), 0.25, LINE),
                ("TOPPADDING", (0, 0), (-1, -1), 2),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
                ("LEFTPADDING", (0, 0), (0, -1), 0),
            ]
        )
    )
    return table


def proof(site: Site, recorded: RecordedClosure) -> Flowable:
    """Return head and signature, to compare letter by letter; the code says the same."""
    closure, entry = recorded.closure, recorded.entry
    signature = base64.b32encode(entry.signature).decode("ascii").rstrip("=")
    texts: list[Flowable] = [
        paragraph("Tête de chaîne à la clôture", SMALL),
        paragraph(grouped(closure.head), CODE),
        paragraph(f"Signature de l'entrée {entry.seq} (ECDSA P-256, clé {entry.key_id})", SMALL),
        paragraph(grouped(signature), CODE),
    ]
    code = _QrCode(f"BORNE-CLOTURE {site.origin} {closure.kind} {closure.number} {closure.head}".upper())
    table = Table([[texts, code]], colWidths=[140 * mm, 36 * mm], hAlign="LEFT")
    table.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (0, 0), 0)]))
    return KeepTogether([paragraph("Preuve", SECTION), table])


def end_of(what: str) -> Flowable:
    """Return the last line of a register: nothing was torn off below it."""
    return paragraph(f"Fin du registre {what}.", SECTION)


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
