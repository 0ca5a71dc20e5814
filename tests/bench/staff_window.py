"""The staff window on a store of very many requests: its start, a person's file, the list of all and its export."""

import random
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final, Self

from kiosk.domain.staff import Role
from kiosk.ports.desk import StaffSession
from kiosk.ports.finding import EVERYTHING, ListOrder, RequestFilter, RequestState
from kiosk.ports.request_search import ListExport, ListFormat
from kiosk.services.list_requests import PAGE
from kiosk.settings import Settings
from kiosk.store.store import DATABASE_NAME
from tests.bench.figures import Figure, Series, milliseconds
from tests.bench.filing import grown_reference, request_id_of
from tests.bench.screens import process_ms
from tests.fakes.raw_databases import raw_connection
from tests.fakes.staff import signed_in
from ui.composition import Machine, keys_of, open_machine
from ui.composition.request_list_file import RequestListFile
from ui.composition.request_search import search_desk

OPENED: Final = 200
PAGES: Final = 100
STARTS: Final = 5
EXPORTED: Final = 20_000
_BARE_PAGE: Final = (
    "SELECT * FROM filings JOIN requests USING (request_id) WHERE origin = ? AND journal_seq < ? "
    "ORDER BY journal_seq DESC LIMIT ?"
)


def measure(folder: Path, many: int) -> Iterator[Figure]:
    """Yield the figures of a store that is there already.

    Args:
        folder: holds the store as ``many``.
        many: how many requests were grown in it.
    """
    data_dir = folder / "many"
    yield start(data_dir, many)
    with open_machine(Settings(), data_dir) as machine, BareRows(data_dir, machine.site.origin) as bare:
        session = signed_in(machine.desk, "b.chef", Role.SUPERVISOR)
        yield _files(machine, session, bare, many)
        yield from _pages(machine, session, bare, many)
        yield _export(machine, session, data_dir, many)


def start(data_dir: Path, many: int) -> Figure:
    """From the start of the process to the painted window, beside a bare Qt window with the same fonts."""
    ours, bare = [], []
    for _ in range(STARTS):
        ours.append(process_ms("staff", data_dir))
        bare.append(process_ms("bare", data_dir))
    return Figure(
        Series(f"start of the staff window, {many:,} requests", ours),
        "under 2,000 ms",
        Series("a bare Qt window with the same fonts", bare),
    )


class BareRows:
    """The yardsticks, in the same file: one row by its primary key, and a page of rows along their index."""

    def __init__(self, data_dir: Path, origin: str) -> None:
        self._connection: Any = raw_connection(data_dir / DATABASE_NAME, keys_of(Settings(), data_dir).store_key)
        self._origin = origin

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._connection.close()

    def look(self, number: int) -> None:
        """Read one request."""
        self._connection.execute("SELECT * FROM requests WHERE request_id = ?", (request_id_of(number),)).fetchall()

    def page(self, beyond: int) -> None:
        """Read as many rows as a page has."""
        self._connection.execute(_BARE_PAGE, (self._origin, beyond, PAGE)).fetchall()


def _files(machine: Machine, session: StaffSession, bare: BareRows, many: int) -> Figure:
    chosen = random.Random(20_261_121)  # the same in every run
    numbers = [chosen.randrange(1, many + 1) for _ in range(OPENED)]
    machine.desk.open_file(session, grown_reference(1))
    took = [milliseconds(partial(machine.desk.open_file, session, grown_reference(number))) for number in numbers]
    looks = [milliseconds(partial(bare.look, number)) for number in numbers]
    return Figure(
        Series(f"open a file, with its entry on the disk, {many:,} requests", took),
        "p95 under 50 ms",
        Series("one row by its primary key, bare SQL", looks),
    )


def _pages(machine: Machine, session: StaffSession, bare: BareRows, many: int) -> Iterator[Figure]:
    search = search_desk(machine)
    with machine.store.reading() as unit:
        top = unit.journal.head().seq + 1
    places: dict[str, tuple[RequestFilter, int]] = {
        "first page of the list": (EVERYTHING, top),
        "a page far down the list": (EVERYTHING, many // 3),
        "a page of one language in four": (RequestFilter(language="ar"), many // 2),
        "a step of a filter that fits nobody": (RequestFilter(state=RequestState.WITHDRAWN), top),
    }
    for name, (wanted, beyond) in places.items():
        read = partial(search.page, session, wanted, ListOrder.NEWEST_FIRST, str(beyond))
        read()
        took = [milliseconds(read) for _ in range(PAGES)]
        rows = [milliseconds(partial(bare.page, beyond)) for _ in range(PAGES)]
        yield Figure(
            Series(f"{name}, {many:,} requests", took),
            "p95 under 50 ms; 200 ms for the step, which looks through 32,000 requests",
            Series(f"{PAGE} bare rows along the same index", rows),
        )


def _export(machine: Machine, session: StaffSession, folder: Path, many: int) -> Figure:
    """How many lines a second go into a CSV; given up after some thousand."""
    search = search_desk(machine)
    target = RequestListFile(folder / "list.csv", ListFormat.CSV)
    export = ListExport(ListFormat.CSV, EVERYTHING)
    took = milliseconds(lambda: search.export(session, export, target, lambda count: count < EXPORTED))
    return Figure(Series(f"export to CSV, {many:,} requests", [EXPORTED / took * 1000], "lines/s"))
