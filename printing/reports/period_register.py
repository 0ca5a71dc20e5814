"""The closure of a month or a year on paper: the closures that it seals, its totals, its proof. No personal data."""

from collections.abc import Iterator
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from kiosk.journal.closure import Closure, ClosureKind
from kiosk.ports.register import PeriodRegister
from printing.reports.closure_proof import end_of, proof, totals
from printing.reports.figures_words import month_in_words
from printing.reports.look import BODY, HEADING, SMALL, grouped, listing, paragraph, report_pdf

_HEADS: Final = ("N°", "Période", "Dépôts", "Total perpétuel", "Entrées", "Tête de chaîne (début)", "Close par")
_WIDTHS_MM: Final = (12, 24, 16, 26, 30, 44, 26)
_HEAD_SHOWN: Final = 16  # of 64 characters: enough to find the closure, whose own register has all


def period_register_pdf(register: PeriodRegister) -> bytes:
    """Return the register of a month or a year as the bytes of a PDF file, A4."""
    site, recorded = register.site, register.recorded
    closure = recorded.closure
    parts: list[Flowable] = [*_head(register), Spacer(0, 4 * mm), _closures(register), Spacer(0, 5 * mm)]
    parts += [totals(closure), Spacer(0, 5 * mm), proof(site, recorded), Spacer(0, 3 * mm)]
    parts.append(end_of(f"de {_period(closure)}"))
    title = f"Registre de {_period(closure)}, borne {site.origin}, clôture n° {closure.number}"
    return report_pdf(title, site.prefecture_name, parts)


def _head(register: PeriodRegister) -> Iterator[Flowable]:
    site, closure = register.site, register.recorded.closure
    closed_at = register.recorded.entry.recorded_at.astimezone(ZoneInfo(site.departement.timezone))
    title = "Registre du mois" if closure.kind is ClosureKind.MONTH else "Registre de l'année"
    number = f"clôture n° {closure.number} du {closed_at:%d/%m/%Y à %H:%M:%S}"
    yield paragraph(f"{site.prefecture_name} · {site.service_name}", SMALL)
    yield paragraph(title, HEADING)
    yield paragraph(f"{_period(closure)} · borne {site.origin}, {site.kiosk_place} · {number}", BODY)
    yield paragraph(f"Heures légales ({site.departement.timezone}). Aucune donnée nominative dans ce registre.", SMALL)


def _closures(register: PeriodRegister) -> Flowable:
    if not register.parts:
        return paragraph("Aucune clôture pendant cette période.", BODY)
    rows = [_HEADS]
    for part in register.parts:
        closure = part.closure
        rows.append(
            (
                str(closure.number),
                closure.period,
                str(closure.filings),
                str(closure.perpetual_total),
                f"{closure.first_seq} à {closure.last_seq}",
                grouped(closure.head[:_HEAD_SHOWN]),
                closure.closed_by,
            )
        )
    return listing(
        rows,
        _WIDTHS_MM,
        ("FONT", (5, 1), (5, -1), "Courier", 8),
        ("ALIGN", (0, 0), (0, -1), "RIGHT"),
        ("ALIGN", (2, 0), (3, -1), "RIGHT"),
    )


def _period(closure: Closure) -> str:
    if closure.kind is not ClosureKind.MONTH:
        return f"l'année {closure.period}"
    return month_in_words(date.fromisoformat(f"{closure.period}-01"))
