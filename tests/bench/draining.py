"""A hundred thousand entries of twenty kiosks drained into PostgreSQL, beside what the bare rows take there."""

import multiprocessing
import time
from collections.abc import Iterator, Sequence
from multiprocessing.pool import Pool
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from sync.central.receiving.writing import Row
from sync.central.schema import open_database
from sync.central.tables import entries, payloads
from tests.bench.figures import Figure, Series
from tests.bench.links import BATCH, postgresql
from tests.fakes.backlogs import ABacklog, a_backlog, site_settings
from tests.fakes.programs import QUIET, centre_on, free_port
from ui.commands.logs import configure_logs
from ui.composition import open_machine

ENTRIES: Final = 100_000
ORIGINS: Final = tuple(f"{departement}-A{number}" for departement in ("13", "38", "69", "75") for number in range(1, 6))
AT_ONCE: Final = 2  # kiosks that send at the same moment: as many as there are cores, and workers at the centre
ROUNDS: Final = 4


def measure(folder: Path) -> Iterator[Figure]:
    """Yield entries taken in a second, and rows that the same database takes with nothing checked."""
    with postgresql(folder / "postgresql") as url:
        if url is None:
            return
        port = free_port()
        with (
            centre_on(port, folder / "centre", "--database", url, "--workers", str(AT_ONCE), env=QUIET),
            multiprocessing.get_context("spawn").Pool(AT_ONCE, configure_logs, ("error",)) as kiosks,
        ):
            rates = [a_round(kiosks, folder / str(rank), port, rank) for rank in range(ROUNDS)]
        bare = list(bare_rates(url))
    yield Figure(
        Series(f"{ENTRIES:,} entries of {len(ORIGINS)} kiosks into PostgreSQL", rates, "entries/s"),
        "5,000 entries/s or more on 2 cores, every signature checked",
        Series("the same rows by bare multi-row inserts, one connection, nothing checked", bare, "entries/s"),
        f"{AT_ONCE} kiosks at once, batches of {BATCH}, {AT_ONCE} workers; the kiosks' own work on the same cores",
    )


def a_round(kiosks: Pool, folder: Path, port: int, rank: int) -> float:
    """Give each of some kiosks a backlog, let them send it, and return entries per second."""
    some = ORIGINS[rank::ROUNDS]
    backlogs = kiosks.starmap(a_backlog, [(folder, origin, ENTRIES // len(ORIGINS)) for origin in some], 1)
    began = time.perf_counter()
    sent = sum(kiosks.starmap(drained, [(backlog, port) for backlog in backlogs], 1))
    return sent / (time.perf_counter() - began)


def drained(backlog: ABacklog, port: int) -> int:
    """Send everything that a kiosk has and return how much it was; fails when something is left."""
    settings = site_settings(backlog.origin)
    central = settings.central.model_copy(update={"url": f"http://127.0.0.1:{port}", "batch_entries": BATCH})
    with open_machine(settings.model_copy(update={"central": central}), backlog.folder) as machine:
        sent = 0
        while count := machine.link.drain():
            sent += count
    if sent != backlog.head.seq:
        raise AssertionError(f"{backlog.origin} has {backlog.head.seq} entries and sent {sent}")
    return sent


def bare_rates(url: str) -> Iterator[float]:
    """Insert rows of the centre into tables made like its own; yield entries per second of each batch."""
    engine = open_database(url)
    try:
        for rank, origin in enumerate(ORIGINS[:ROUNDS]):
            with engine.begin() as connection:
                taken = [_rows(connection, table, origin) for table in (entries, payloads)]
                copies = [_copy_of(connection, table, f"bare_{rank}") for table in (entries, payloads)]
            began = time.perf_counter()
            for first in range(0, len(taken[0]), BATCH):
                with engine.begin() as connection:
                    for table, rows in zip(copies, taken, strict=True):
                        connection.execute(sa.insert(table), rows[first : first + BATCH])
            yield len(taken[0]) / (time.perf_counter() - began)
    finally:
        engine.dispose()


def _rows(connection: sa.Connection, table: sa.Table, origin: str) -> Sequence[Row]:
    query = sa.select(table).where(table.c.stream == origin).order_by(table.c.seq)
    return [dict(row) for row in connection.execute(query).mappings()]


def _copy_of(connection: sa.Connection, table: sa.Table, suffix: str) -> sa.Table:
    name = f"{table.name}_{suffix}"
    connection.execute(sa.text(f"CREATE TABLE {name} (LIKE {table.name} INCLUDING ALL)"))
    return table.to_metadata(sa.MetaData(), name=name)
