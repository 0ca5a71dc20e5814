"""The end of a day: its closure and its register."""

from datetime import date
from pathlib import Path

from kiosk.errors import ConfigurationError, InputError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.closure import Closure, ClosureKind, closure_of
from kiosk.journal.entry import Entry, EntryType
from kiosk.settings import Settings
from ui.composition import Machine, open_machine, prepared


def close_period(
    settings: Settings, data_dir: Path, kind: ClosureKind, day: date | None, *, agent: str, register: Path | None
) -> dict[str, JsonValue]:
    """Close a period, write its register if asked, and return the closure.

    Raises:
        InputError: nothing to close.
        ConfigurationError: the register cannot be written; the closure stands.
    """
    with open_machine(settings, data_dir) as machine, prepared(machine):
        closed_on = day or _today(machine)
        closure = machine.close_period(kind, closed_on, by=agent)
        if register is not None:
            _write(register, _register_of(machine, closed_on))
    return closure.facts()


def write_register(settings: Settings, data_dir: Path, day: date | None, out: Path) -> dict[str, JsonValue]:
    """Write the register of a day, provisional while the day is not closed.

    Raises:
        ConfigurationError: the file cannot be written.
    """
    with open_machine(settings, data_dir) as machine:
        of_day = day or _today(machine)
        _write(out, _register_of(machine, of_day))
        closure, _ = _closure_of_day(machine, of_day)
    return {"day": of_day.isoformat(), "out": str(out), "closure": closure.number if closure else None}


def day_of(text: str | None, kind: ClosureKind) -> date | None:
    """Return a day of the period that a text names.

    Raises:
        InputError: it names none.
    """
    if text is None:
        return None
    rest = {ClosureKind.DAY: "", ClosureKind.MONTH: "-01", ClosureKind.YEAR: "-01-01"}[kind]
    form = {ClosureKind.DAY: "YYYY-MM-DD", ClosureKind.MONTH: "YYYY-MM", ClosureKind.YEAR: "YYYY"}[kind]
    try:
        return date.fromisoformat(f"{text}{rest}")
    except ValueError as error:
        raise InputError(f"--{kind.value}", f"{form}, not {text!r}") from error


def _today(machine: Machine) -> date:
    from kiosk.domain.moment import Moment

    reading = machine.clock.read()
    return Moment.of(reading.utc, machine.site.departement.timezone, reading.quality).civil_date


def _closure_of_day(machine: Machine, day: date) -> tuple[Closure | None, Entry | None]:
    with machine.store.reading() as unit:
        for entry, payload in unit.journal.newest_of(EntryType.CLOSURE_MADE):
            closure = closure_of(payload.facts) if payload is not None else None
            if closure is not None and closure.kind is ClosureKind.DAY and closure.period == day.isoformat():
                return closure, entry
    return None, None


def _register_of(machine: Machine, day: date) -> bytes:
    from printing.reports.day_register import DayRegister, RegisterRow, day_register_pdf

    with machine.store.reading() as unit:
        requests = unit.requests.filed_on(day)
        states = unit.print_jobs.states_on(day)
    filed = [(filing, request) for request in requests for filing in request.filings]
    rows = [
        RegisterRow(
            filed_at=filing.filed.utc,
            call_number=filing.call_number,
            reference=request.reference,
            procedure=request.content.procedure,
            ordinal=filing.ordinal,
            ticket=states[filing.print_job_id],
            clock=filing.filed.clock,
        )
        for filing, request in sorted(filed, key=lambda pair: pair[0].journal_seq)
        if filing.filed.civil_date == day
    ]
    closure, entry = _closure_of_day(machine, day)
    return day_register_pdf(DayRegister(machine.site, day, rows, closure, entry))


def _write(path: Path, document: bytes) -> None:
    try:
        path.write_bytes(document)
    except OSError as error:
        raise ConfigurationError("--register", f"a place to write to, not {path} ({error.strerror})") from error
