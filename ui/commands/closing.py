"""The end of a day: its closure and its register."""

from datetime import date
from pathlib import Path

from kiosk.errors import ConfigurationError, InputError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.closure import ClosureKind
from kiosk.services.day_register import ReadRegister, recorded_closures
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
    from ui.composition.staff_papers import register_document

    with open_machine(settings, data_dir) as machine, prepared(machine):
        closure = machine.evidence.close_period(kind, day or _today(machine), by=agent)
        if register is not None:
            with machine.store.reading() as unit:
                seq = next(recorded_closures(unit.journal, kind)).entry.seq
            _write(register, register_document(_registers(machine).of_closure(seq)))
    return closure.facts()


def write_register(settings: Settings, data_dir: Path, day: date | None, out: Path) -> dict[str, JsonValue]:
    """Write the register of a day, provisional while the day is not closed.

    Raises:
        ConfigurationError: the file cannot be written.
    """
    from ui.composition.staff_papers import register_document

    with open_machine(settings, data_dir) as machine:
        of_day = day or _today(machine)
        register = _registers(machine).of_day(of_day)
        _write(out, register_document(register))
    number = register.recorded.closure.number if register.recorded else None
    return {"day": of_day.isoformat(), "out": str(out), "closure": number}


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
    return machine.clock.read().moment(machine.site.departement.timezone).civil_date


def _registers(machine: Machine) -> ReadRegister:
    return ReadRegister(reading=machine.store.reading, site=machine.site)


def _write(path: Path, document: bytes) -> None:
    try:
        path.write_bytes(document)
    except OSError as error:
        raise ConfigurationError("--register", f"a place to write to, not {path} ({error.strerror})") from error
