"""The register of a day: every filing in order, what came of it, the totals, the closure that seals them.

No name is in it: the reference leads whoever may see the file to it, and the paper outlives the data. French and Latin
letters only, so ReportLab's own Helvetica suffices. The same day gives the same bytes.
"""

from collections.abc import Iterator
from typing import Final
from zoneinfo import ZoneInfo

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from kiosk.domain.hall import Outcome
from kiosk.domain.moment import ClockQuality
from kiosk.journal.entry import EntryType
from kiosk.ports.register import DayRegister, RegisterMove, RegisterRow
from kiosk.workflows.print_job import PrintState
from printing.reports.closure_proof import end_of, proof, totals
from printing.reports.figures_words import long_day
from printing.reports.look import BODY, HEADING, SECTION, SMALL, listing, paragraph, report_pdf

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
OUTCOME_WORDS: Final = {
    Outcome.SERVED: "reçu",
    Outcome.DOCUMENTS_MISSING: "pièces manquantes",
    Outcome.DIRECTED: "orienté ailleurs",
    Outcome.LEFT: "parti",
    Outcome.WITHDRAWN: "retiré",
}
MOVE_WORDS: Final = {
    EntryType.PLACE_CALLED: "appelé",
    EntryType.PLACE_RECALLED: "rappelé",
    EntryType.PLACE_SERVED: "au guichet",
    EntryType.PLACE_FINISHED: "terminé",
    EntryType.PLACE_MISSED: "absent",
    EntryType.PLACE_PARKED: "mis de côté",
    EntryType.PLACE_RETURNED: "remis en attente",
    EntryType.PLACE_HANDED_OVER: "transmis",
    EntryType.PRIORITY_CHANGED: "priorité changée",
    EntryType.REQUEST_COMPLETED: "complété",
    EntryType.CORRECTION_ASKED: "correction demandée",
    EntryType.REQUEST_CORRECTED: "corrigé",
    EntryType.REQUEST_WITHDRAWN: "retiré",
}
_HEADS: Final = ("N°", "Heure", "Appel", "Référence", "Démarche", "Passage", "Ticket", "Horloge", "Suite donnée")
_WIDTHS_MM: Final = (10, 20, 14, 38, 38, 15, 34, 20, 76)
_CELL: Final = ParagraphStyle("registerCell", parent=BODY, fontSize=8, leading=9.6)


def day_register_pdf(register: DayRegister) -> bytes:
    """Return the register as the bytes of a PDF file, A4."""
    recorded = register.recorded
    parts: list[Flowable] = [*_head(register), Spacer(0, 4 * mm), _filings(register), Spacer(0, 5 * mm)]
    if recorded is not None:
        parts += [totals(recorded.closure), Spacer(0, 5 * mm), proof(register.site, recorded), Spacer(0, 3 * mm)]
        parts.append(end_of(f"du {register.day:%d/%m/%Y}, {_counted(len(register.rows))}"))
    else:
        parts.append(paragraph("Journée non close : ce registre est provisoire et n'est pas signé.", SECTION))
        parts.append(end_of(f"provisoire du {register.day:%d/%m/%Y}, {_counted(len(register.rows))}"))
    number = f", clôture n° {recorded.closure.number}" if recorded else ", provisoire"
    title = f"Registre du {register.day:%d/%m/%Y}, borne {register.site.origin}{number}"
    return report_pdf(title, register.site.prefecture_name, parts, is_wide=True)


def _head(register: DayRegister) -> Iterator[Flowable]:
    site, recorded = register.site, register.recorded
    zone = ZoneInfo(site.departement.timezone)
    number = "journée ouverte"
    if recorded is not None:
        closed_at = recorded.entry.recorded_at.astimezone(zone)
        number = f"clôture n° {recorded.closure.number} du {closed_at:%d/%m/%Y à %H:%M:%S}"
    yield paragraph(f"{site.prefecture_name} · {site.service_name}", SMALL)
    yield paragraph("Registre du jour", HEADING)
    yield paragraph(f"{long_day(register.day)} · borne {site.origin}, {site.kiosk_place} · {number}", BODY)
    if register.earlier:
        before = ", ".join(f"n° {closure.number}" for closure in register.earlier)
        yield paragraph(f"Complète et remplace le registre de la même journée sous la clôture {before}.", BODY)
    yield paragraph(
        f"Heures légales ({site.departement.timezone}). Aucune donnée nominative dans ce registre : la référence mène "
        "au dossier. L'état du ticket et la suite donnée sont ceux de la clôture.",
        SMALL,
    )


def _filings(register: DayRegister) -> Flowable:
    if not register.rows:
        return paragraph("Aucune demande déposée ce jour.", BODY)
    rows: list[tuple[object, ...]] = [_HEADS]
    bands: list[int] = []
    later = list(register.earlier)
    for rank, row in enumerate(register.rows, start=1):
        while later and row.seq > later[0].last_seq:
            bands.append(len(rows))
            rows.append((f"Après la clôture n° {later.pop(0).number}", *[""] * (len(_HEADS) - 1)))
        rows.append(_cells(register, rank, row))
    bands_of_it = [style for band in bands for style in _band(band)]
    numbers, tops = ("ALIGN", (0, 0), (0, -1), "RIGHT"), ("VALIGN", (0, 0), (-1, -1), "TOP")
    return listing(rows, _WIDTHS_MM, numbers, tops, *bands_of_it)


def _band(row: int) -> Iterator[tuple[object, ...]]:
    yield "SPAN", (0, row), (-1, row)
    yield "ALIGN", (0, row), (-1, row), "LEFT"
    yield "FONT", (0, row), (-1, row), "Helvetica-Bold", 8


def _cells(register: DayRegister, rank: int, row: RegisterRow) -> tuple[object, ...]:
    zone = ZoneInfo(register.site.departement.timezone)
    filed_at = row.filed_at.astimezone(zone)
    return (
        str(rank),
        f"{filed_at:%H:%M:%S}" if row.filed_on == register.day else f"{filed_at:%d/%m %H:%M:%S}",
        row.call_number,
        row.reference,
        paragraph(row.procedure, _CELL),
        "1er" if row.ordinal == 1 else f"{row.ordinal}e",
        paragraph(_ticket(row), _CELL),
        CLOCK_WORDS[row.clock],
        paragraph(", ".join(_move(move, zone) for move in row.moves) or "sans appel", _CELL),
    )


def _ticket(row: RegisterRow) -> str:
    words = TICKET_WORDS[row.ticket]
    if not row.duplicates:
        return words
    return f"{words}, {row.duplicates} duplicata{'s' if row.duplicates > 1 else ''}"


def _move(move: RegisterMove, zone: ZoneInfo) -> str:
    words = OUTCOME_WORDS[move.outcome] if move.outcome else MOVE_WORDS.get(move.kind, move.kind)  # type: ignore[call-overload]
    return f"{words} {move.at.astimezone(zone):%H:%M}"


def _counted(filings: int) -> str:
    return f"{filings} dépôt{'s' if filings > 1 else ''}"
