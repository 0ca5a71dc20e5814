"""Rows of the hall as a desk would return them, without a store."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from kiosk.domain.hall import HallFlag, Outcome, PlaceId, Priority, Visits
from kiosk.ports.desk import HallRow
from kiosk.workflows.hall_place import PlaceState, Standing
from kiosk.workflows.print_job import PrintState

NOW = datetime(2026, 11, 20, 10, 3, tzinfo=UTC)


def a_row(
    number: int = 1,
    print_state: PrintState = PrintState.CONFIRMED,
    *,
    visits: Visits = Visits(1, 1),  # noqa: B008  # a frozen value
    state: PlaceState = PlaceState.WAITING,
    priority: Priority = Priority.NONE,
    counter: str = "",
    outcome: Outcome | None = None,
    service: str = "A",
    language: str = "ar",
    flags: Iterable[HallFlag] = (),
    changed_by: str = "",
) -> HallRow:
    """Return the place of somebody who filed in the last hour."""
    filed_at = NOW - timedelta(minutes=60 - number)
    return HallRow(
        place_id=PlaceId(f"place-{number}"),
        call_number=f"{service}{number:03d}",
        reference=f"38-A2-261120-{number:04d}-K",
        filed_at=filed_at,
        procedure_label="Renouveler un titre de séjour « salarié », sans changement de situation",
        language=language,
        applicant="DIALLO Aminata",
        visits=visits,
        flags=frozenset(flags),
        print_state=print_state,
        standing=Standing(state, service, priority, counter, outcome=outcome, calls=int(bool(counter))),
        changed_at=filed_at,
        changed_by=changed_by,
        can_be_undone=bool(changed_by),
    )
