"""The roll of paper, from the command line."""

from pathlib import Path

from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.settings import Settings
from ui.commands.answers import answer
from ui.composition import Machine, open_machine, prepared

_UNKNOWN_EXIT_CODE = 1


def tell_roll(settings: Settings, data_dir: Path, new_length_mm: int | None, agent: str, *, as_json: bool) -> int:
    """Record a new roll when a length is given, then say what is left; return the exit code.

    Raises:
        StoreError: nothing was recorded.
    """
    with open_machine(settings, data_dir) as machine, prepared(machine):
        if new_length_mm is not None:
            machine.paper.change_roll(agent, new_length_mm)
        return _tell(machine, as_json=as_json)


def _tell(machine: Machine, *, as_json: bool) -> int:
    with machine.store.reading() as unit:
        roll = unit.paper.current()
    if roll is None:
        answer({"tickets_left": None}, as_json=as_json, text="unknown: say `printer roll --changed` at the next roll")
        return _UNKNOWN_EXIT_CODE
    is_near_end = machine.files.printer.read() is PrinterCondition.PAPER_NEAR_END
    answer(
        {
            "tickets_left": roll.tickets_left(is_near_end=is_near_end),
            "left_mm": roll.left_mm(is_near_end=is_near_end),
            "used_mm": roll.used_mm,
            "length_mm": roll.length_mm,
            "slips": roll.slips,
            "sensor_says_near_end": is_near_end,
        },
        as_json=as_json,
    )
    return 0
