"""Draining a journal to a centre on loopback, signatures checked there, on SQLite and on PostgreSQL."""

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from kiosk.settings import Settings
from tests.bench.evidence import fill
from tests.bench.figures import Figure, Series
from tests.fakes.programs import QUIET, centre_on, free_port
from ui.composition import Machine, open_machine, prepared

ENTRIES = 10_000
BATCH = 2_000


def measure(folder: Path) -> Iterator[Figure]:
    """Yield entries drained in a second, for each database that this machine has."""
    yield from drained(folder / "to_sqlite", f"sqlite:///{folder / 'centre.db'}", "SQLite", "")
    with postgresql(folder / "postgresql") as url:
        if url is not None:
            yield from drained(folder / "to_postgresql", url, "PostgreSQL", "5,000 entries/s or more")


def drained(folder: Path, database: str, name: str, target: str) -> Iterator[Figure]:
    """Yield the rate of each batch; the centre is a process of its own, as in life."""
    port = free_port()
    with centre_on(port, folder.with_name(f"{folder.name}_centre"), "--database", database, env=QUIET):
        settings = Settings()
        central = settings.central.model_copy(update={"url": f"http://127.0.0.1:{port}", "batch_entries": BATCH})
        settings = settings.model_copy(update={"central": central})
        with open_machine(settings, folder) as machine, prepared(machine):
            fill(machine, ENTRIES)
            machine.link.drain()
            rates = list(batches(machine))
    remark = f"batches of {BATCH}; kiosk and centre are two processes on the same machine"
    yield Figure(Series(f"sync to {name}", rates, "entries/s"), target, remark=remark)


def batches(machine: Machine) -> Iterator[float]:
    """Send whole batches; yield entries per second of each."""
    while True:
        began = time.perf_counter()
        sent = machine.link.drain()
        if sent < BATCH:
            return
        yield sent / (time.perf_counter() - began)


@contextlib.contextmanager
def postgresql(folder: Path) -> Iterator[str | None]:
    """Run a PostgreSQL of our own for as long as the block runs; None where it is not installed."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not programs:
        yield None
        return
    owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    folder.mkdir(mode=0o777)
    folder.chmod(0o777)
    data, port = folder / "data", free_port()
    control = [*owner, str(programs[-1] / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log")]
    for parent in folder.parents:
        if parent.stat().st_uid == os.geteuid() and str(parent).startswith("/tmp/"):
            parent.chmod(0o755)
    silently([*owner, str(programs[-1] / "initdb"), "-D", str(data), "-U", "borne", "-A", "trust"])
    silently([*control, "-o", f"-p {port} -k {folder} -c listen_addresses=127.0.0.1", "start"])
    try:
        yield f"postgresql://borne@127.0.0.1:{port}/postgres"
    finally:
        silently([*control, "-m", "immediate", "stop"])
        shutil.rmtree(folder, ignore_errors=True)


def silently(command: list[str]) -> None:
    """Run a tool of PostgreSQL that must succeed."""
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
