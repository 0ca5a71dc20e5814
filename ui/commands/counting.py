"""Figures as a program reads them, and as a report."""

from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import TypeVar

from kiosk.domain.figures import Figures, FiguresPeriod, PeriodKind, Waits
from kiosk.errors import ConfigurationError
from kiosk.journal.canonical import JsonValue
from kiosk.settings import Settings
from ui.composition import Machine, open_machine, prepared

_Key = TypeVar("_Key", bound=Hashable)


def count(
    settings: Settings, data_dir: Path, kind: PeriodKind, text: str | None, pdf: Path | None
) -> dict[str, JsonValue]:
    """Return the figures of a period, and write its report if asked.

    Args:
        settings: of the machine.
        data_dir: where its store lies.
        kind: of the period.
        text: any day of it; None for today.
        pdf: where the report goes; None for none.

    Raises:
        InputError: the text names no period.
        ConfigurationError: the report cannot be written.
    """
    named = None if text is None else FiguresPeriod.named(kind, text)
    with open_machine(settings, data_dir) as machine, prepared(machine):
        period = named or FiguresPeriod.around(kind, machine.staff.period_figures.day_of_hall())
        figures = machine.staff.period_figures(period)
        if pdf is not None:
            _write_report(machine, figures, pdf)
    return figures_json(figures) | ({"pdf": str(pdf)} if pdf else {})


def figures_json(figures: Figures) -> dict[str, JsonValue]:
    """Return figures as JSON values; days, hours and numbers of visits are keys in words."""
    period = figures.period
    return {
        "period": {"kind": period.kind.value, "first": period.first.isoformat(), "last": period.last.isoformat()},
        "arrivals": {
            "total": figures.arrivals,
            "by_day": {day.isoformat(): number for day, number in figures.arrivals_by_day.items()},
            "by_hour": _named(figures.arrivals_by_hour),
            "by_procedure": _named(figures.arrivals_by_procedure),
            "by_service": _named(figures.arrivals_by_service),
            "by_language": _named(figures.arrivals_by_language),
        },
        "waits": {
            "all": _waits(figures.waits),
            "by_hour": {str(hour): _waits(waits) for hour, waits in figures.waits_by_hour.items()},
            "by_service": {letter: _waits(waits) for letter, waits in figures.waits_by_service.items()},
            "by_procedure": {code: _waits(waits) for code, waits in figures.waits_by_procedure.items()},
        },
        "endings": _named(figures.endings),
        "tickets": {"total": figures.filings, **_named(figures.tickets)},
        "people": {
            "total": figures.people,
            "returning": figures.returning,
            "by_visits": _named(figures.people_by_visits),
            "by_weeks": _named(figures.people_by_weeks),
        },
        "requests": {
            "total": figures.requests,
            "by_window": _named(figures.requests_by_window),
            "by_clock": _named(figures.requests_by_clock),
        },
    }


def _named(counts: Mapping[_Key, int]) -> dict[str, JsonValue]:
    return {str(key): number for key, number in counts.items()}


def _waits(waits: Waits) -> JsonValue:
    return {"count": waits.count, "median_s": waits.median_s, "p90_s": waits.p90_s}


def _write_report(machine: Machine, figures: Figures, pdf: Path) -> None:
    from ui.composition.staff_papers import figures_document

    try:
        pdf.write_bytes(figures_document(machine, figures))
    except OSError as error:
        raise ConfigurationError("--pdf", f"a place to write to, not {pdf} ({error.strerror})") from error
