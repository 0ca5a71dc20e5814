"""A ticket printed again, from the counter."""

from pathlib import Path

from kiosk.domain.ticket import ReprintReason
from kiosk.journal.canonical import JsonValue
from kiosk.settings import Settings
from kiosk.workflows.print_job import PrintState
from ui.commands.answers import answer
from ui.composition import open_machine, prepared

NOT_CONFIRMED_EXIT_CODE = 3


def reprint_ticket(
    settings: Settings, data_dir: Path, reference: str, agent: str, reason: ReprintReason, *, as_json: bool
) -> int:
    """Order a reprint, print it, report; return the exit code, 0 only when the printer confirmed it.

    Raises:
        InputError: no such request here, or no agent.
        StoreError: nothing was ordered.
    """
    with open_machine(settings, data_dir) as machine, prepared(machine):
        ordered = machine.paper.order_reprint(reference, agent=agent, reason=reason)
        state = machine.paper.print_ticket(ordered.print_job_id)
    report: dict[str, JsonValue] = {
        "reference": ordered.reference,
        "duplicate_number": ordered.duplicate_number,
        "print_state": state.value,
    }
    answer(report, as_json=as_json)
    return 0 if state is PrintState.CONFIRMED else NOT_CONFIRMED_EXIT_CODE
