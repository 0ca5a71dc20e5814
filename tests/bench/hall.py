"""Calling next: beside a bare UPDATE and commit on the same file, after many days, and with eight counters at once."""

import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from kiosk.store.store import DATABASE_NAME
from kiosk.store.system_clock import SystemClock
from kiosk.store.system_entropy import SystemEntropy
from tests.bench.figures import Figure, Series, milliseconds
from tests.fakes.hall_programs import called_at_once
from tests.fakes.kiosks import AKiosk
from tests.fakes.raw_databases import raw_connection
from tests.fakes.requests import a_request_content
from tests.fakes.staff import an_account, signed_in
from tests.fakes.stores import A_STORE_KEY, a_store

PEOPLE: Final = 2_000
CALLS: Final = 400
OLD_PLACES: Final = 200_000
COUNTERS: Final = 8
PAUSE_S: Final = 0.25  # an agent who does nothing but call takes longer


def measure(folder: Path) -> Iterator[Figure]:
    """Yield the figures of calling next."""
    kiosk = AKiosk(a_store(folder), clock=SystemClock(), entropy=SystemEntropy())
    for number in range(PEOPLE):
        kiosk.file(a_request_content(birth_name=f"N{number}", foreigner_number=None))
    session = signed_in(kiosk.desk)
    bare = BareUpdates(folder)
    ours, theirs = [], []
    for _ in range(CALLS):
        ours.append(milliseconds(lambda: kiosk.desk.call_next(session)))
        theirs.append(milliseconds(bare.commit))
    few = Series(f"call next, {PEOPLE:,} people today", ours)
    yield Figure(few, "p95 under 10 ms", Series("a bare UPDATE and its commit, same file", theirs))
    bare.grow()
    later = [milliseconds(lambda: kiosk.desk.call_next(session)) for _ in range(CALLS)]
    many = Series(f"call next, {OLD_PLACES:,} places of earlier days that were never called", later)
    yield Figure(many, "as without them", few)
    names = [an_account(kiosk.desk, f"agent.{number}") for number in range(COUNTERS)]
    yield at_once(folder, names, f"call next, {COUNTERS} counters at once, each in a process of its own")


def at_once(folder: Path, names: Sequence[str], what: str, hub: str = "") -> Figure:
    """Let some accounts call everybody, each in a process of its own, and return how long a call took.

    Args:
        folder: of the kiosk, or of the hub.
        names: of the accounts.
        what: is measured.
        hub: database of a hub; empty for the desk of a kiosk.
    """
    calls = [call for each in called_at_once(folder, names, PAUSE_S, hub) for call in each]
    called, took = [call.place_id for call in calls], [call.took_ms for call in calls]
    twice = len(called) - len(set(called))
    return Figure(
        Series(what, took),
        "p95 under 10 ms, nobody called twice",
        remark=f"{len(called)} calls, {twice} twice; longest {max(took):.1f} ms, mean {statistics.mean(took):.2f} ms",
    )


class BareUpdates:
    """The yardstick: one row of the same file changed and committed, nothing else."""

    def __init__(self, folder: Path) -> None:
        self._connection: Any = raw_connection(folder / DATABASE_NAME, A_STORE_KEY)
        self._connection.execute("PRAGMA synchronous = FULL")

    def commit(self) -> None:
        """Change the last place of the day, durably."""
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute(
            "UPDATE places SET calls = calls + 1 WHERE place_id = (SELECT max(place_id) FROM places)"
        )
        self._connection.execute("COMMIT")

    def grow(self) -> None:
        """Put years of halls beside today's, of people who were never called."""
        columns = [row[1] for row in self._connection.execute("PRAGMA table_info(places)")]
        taken = self._connection.execute("SELECT * FROM places ORDER BY arrival DESC LIMIT 1").fetchone()
        row = dict(zip(columns, taken, strict=True)) | {"state": "waiting"}
        self._connection.execute("BEGIN IMMEDIATE")
        marks = ", ".join("?" * len(columns))
        self._connection.executemany(
            f"INSERT INTO places VALUES ({marks})", (tuple((row | _old(n)).values()) for n in range(OLD_PLACES))
        )
        self._connection.execute("COMMIT")


def _old(number: int) -> dict[str, object]:
    day = f"{2010 + number // 100_000:04d}-{number // 9_000 % 12 + 1:02d}-{number // 320 % 28 + 1:02d}"
    return {"place_id": f"0-{number:09d}", "civil_date": day, "call_number": f"A{number:06d}", "arrival": number}
