"""Calling next at a hub on PostgreSQL: beside a bare UPDATE and commit there, and with eight counters at once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from kiosk.domain.staff import Role
from sync.central.tables import hall_places
from tests.bench.figures import Figure, Series, milliseconds
from tests.bench.hall import CALLS, COUNTERS, PEOPLE, at_once
from tests.fakes.halls import AHall, a_hall, filed_at_two_kiosks
from tests.fakes.postgres import a_postgres, an_empty_database

_FEW: Final = 1


def measure(folder: Path) -> Iterator[Figure]:
    """Yield the figures of calling next at a hub."""
    with a_postgres() as server, a_hall(folder, database := an_empty_database(server)) as hall:
        filed_at_two_kiosks(folder, hall, PEOPLE)
        token = hall.sign_in("s.blanc", Role.SUPERVISOR)
        ours, theirs = [], []
        for _ in range(CALLS):
            ours.append(milliseconds(lambda: hall.desk.call_next(token)))
            theirs.append(milliseconds(lambda: _bare_update(hall)))
        yield Figure(
            Series(f"call next at a hub, PostgreSQL, {PEOPLE:,} people today", ours),
            "p95 under 10 ms",
            Series("a bare UPDATE and its commit, same database", theirs),
        )
        looks = [milliseconds(lambda: hall.desk.changes(token)) for _ in range(_FEW)]
        yield Figure(Series(f"the whole hall of {PEOPLE:,} people, once at the sign-in", looks))
        later = [_look_after_a_call(hall, token) for _ in range(CALLS // 4)]
        yield Figure(Series("what changed in it after a call", later))
        names = [hall.account(f"agent.{number}") for number in range(COUNTERS)]
        yield at_once(folder, names, f"call next at a hub, {COUNTERS} counters at once, each a process", database)


def _look_after_a_call(hall: AHall, token: str) -> float:
    day, before = hall.desk.today(), hall.desk.last_change()
    hall.desk.call_next(token)
    return milliseconds(lambda: hall.desk.changes(token, day, before))


def _bare_update(hall: AHall) -> None:
    one = sa.select(sa.func.max(hall_places.c.place_id)).scalar_subquery()
    with hall.centre.engine.begin() as connection:
        connection.execute(
            sa.update(hall_places).where(hall_places.c.place_id == one).values(calls=hall_places.c.calls + 1)
        )
