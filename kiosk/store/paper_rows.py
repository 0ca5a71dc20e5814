"""The roll of paper as a row."""

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from kiosk.domain.paper_roll import PaperRoll
from kiosk.store.connections import Connection
from kiosk.store.prepared import Prepared
from kiosk.store.stored_values import instant_ms, instant_of
from kiosk.store.tables import paper_rolls

# A kiosk has one ticket printer.
_TICKETS: Final = "tickets"

_COLUMNS: Final = ("printer", "changed_at_ms", "length_mm", "used_mm", "slips")
_CURRENT: Final = Prepared(select(*(paper_rolls.c[name] for name in ("length_mm", "used_mm", "slips"))))
_CHANGED_AT: Final = Prepared(select(paper_rolls.c.changed_at_ms))
_REPLACE: Final = Prepared(
    sqlite_insert(paper_rolls)
    .values({name: bindparam(name) for name in _COLUMNS})
    .on_conflict_do_update(
        index_elements=["printer"], set_={name: sqlite_insert(paper_rolls).excluded[name] for name in _COLUMNS[1:]}
    )
)
_USE: Final = Prepared(
    update(paper_rolls).values(used_mm=paper_rolls.c.used_mm + bindparam("more_mm"), slips=paper_rolls.c.slips + 1)
)


class PaperRows:
    """The :class:`kiosk.ports.print_jobs.PaperTable` of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def current(self) -> PaperRoll | None:
        """Return the roll as it was counted so far."""
        row = _CURRENT.first(self._connection)
        return PaperRoll(*row) if row else None

    def changed_at(self) -> datetime | None:
        """Return the UTC instant at which it was put in."""
        row = _CHANGED_AT.first(self._connection)
        return instant_of(row[0]) if row else None

    def replace(self, roll: PaperRoll, changed_at: datetime) -> None:
        """Count a new roll from now on."""
        _REPLACE.run(
            self._connection,
            {
                "printer": _TICKETS,
                "changed_at_ms": instant_ms(changed_at),
                "length_mm": roll.length_mm,
                "used_mm": roll.used_mm,
                "slips": roll.slips,
            },
        )

    def use(self, used_mm: int) -> None:
        """Count one more slip; changes nothing while no roll is known."""
        _USE.run(self._connection, {"more_mm": used_mm})
