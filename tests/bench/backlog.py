"""Weeks without a link: what a long backlog costs in memory at both ends, and what a visitor feels of it."""

import os
import re
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx

from kiosk.settings import Settings
from tests.bench.figures import Figure, Series
from tests.bench.links import postgresql
from tests.bench.screens import settle, settled, walk
from tests.fakes.backlogs import a_backlog, site_settings
from tests.fakes.programs import QUIET, centre_on, command_line, environment, free_port
from ui.applicant.window import ApplicantWindow
from ui.commands.kiosk_process import beside_the_screens
from ui.composition import applicant_services, gui_application, open_machine, started

MANY = 200_000  # as for the large store: --many 1000000 takes longer
FEW: Final = 1_000
ROUNDS: Final = 25
WHILE_DRAINING: Final = 40_000


@dataclass(frozen=True, slots=True)
class Cost:
    """What one backlog cost.

    Attributes:
        client_mb: most memory that the sending process ever had.
        centre_mb: the same of the process that received, looked through and counted it.
        status_ms: ``sync status`` before anything was sent, the start of the program included.
        drain_s: until the centre held everything.
    """

    client_mb: float
    centre_mb: float
    status_ms: float
    drain_s: float


def measure(folder: Path) -> Iterator[Figure]:
    """Yield memory beside that of a short backlog, and screen changes beside those of a kiosk with nothing to send."""
    with postgresql(folder / "postgresql") as url:
        if url is None:
            return
        few = cost_of(folder / "few", "38-A1", FEW, url)
        many = cost_of(folder / "many", "38-A2", MANY, url)
        yield from costs(few, many)
        yield draining_figure(folder, url)


def costs(few: Cost, many: Cost) -> Iterator[Figure]:
    """Yield the figures of both backlogs side by side."""
    for what, name, unit in (
        ("most memory of the sending process", "client_mb", "MB"),
        ("most memory of the receiving process", "centre_mb", "MB"),
        ("sync status", "status_ms", "ms"),
    ):
        yield Figure(
            Series(f"{what}, {MANY:,} entries", [getattr(many, name)], unit),
            "bounded: the same whatever the length",
            Series(f"{FEW:,} entries", [getattr(few, name)], unit),
        )
    yield Figure(Series(f"{MANY:,} entries sent by one kiosk", [MANY / many.drain_s], "entries/s"))


def cost_of(folder: Path, origin: str, entries: int, url: str) -> Cost:
    """Give a kiosk a backlog, and let it send everything to a centre that is then asked how it is."""
    backlog = a_backlog(folder, origin, entries)
    os.sync()  # or the disk would write that backlog while it is read
    port = free_port()
    site = {
        "BORNE_SITE__KIOSK_ID": origin[-2:],
        "BORNE_CENTRAL__URL": f"http://127.0.0.1:{port}",
        "BORNE_CENTRAL__DEADLINE_S": "120",
    }
    status_s, _ = ran(["sync", "status", "--data-dir", backlog.folder], site)
    with centre_on(port, folder / "centre", "--database", url, env=QUIET) as centre:
        drain_s, client_mb = ran(["sync", "once", "--data-dir", backlog.folder], site)
        for address in ("healthz", "metrics"):
            httpx.get(f"http://127.0.0.1:{port}/{address}", trust_env=False, timeout=60).raise_for_status()
        return Cost(client_mb, peak_mb(centre.process.pid), status_s * 1000, drain_s)


def ran(arguments: list[str | Path], settings: dict[str, str]) -> tuple[float, float]:
    """Run a command to its end; return its seconds and the most memory it had, in MB."""
    began, most_mb = time.perf_counter(), 0.0
    process = subprocess.Popen(command_line(arguments), stdout=subprocess.DEVNULL, env=environment(settings))
    while process.poll() is None:
        most_mb = max(most_mb, peak_mb(process.pid))
        time.sleep(0.02)
    if process.returncode != 0:
        raise AssertionError(f"{arguments} ended with {process.returncode}")
    return time.perf_counter() - began, most_mb


def peak_mb(pid: int) -> float:
    """Return the most memory that a process ever had (proc_pid_status(5), VmHWM), in MB; 0 when it has ended."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(encoding="ascii"))
    return int(found[1]) * 1024 / 1e6 if found else 0.0


def draining_figure(folder: Path, url: str) -> Figure:
    """Return how long a tap takes to show while the backlog goes out, beside a kiosk with nothing to send."""
    gui_application()
    alone, _ = changes(site_settings("38-A3"), folder / "38-A3")
    backlog = a_backlog(folder, "38-A4", WHILE_DRAINING)
    port = free_port()
    with centre_on(port, folder / "centre", "--database", url, env=QUIET):
        settings = site_settings("38-A4")
        central = settings.central.model_copy(update={"url": f"http://127.0.0.1:{port}"})
        times, sent = changes(settings.model_copy(update={"central": central}), backlog.folder)
    alone += changes(site_settings("38-A3"), folder / "38-A3")[0]
    if not 0 < sent < WHILE_DRAINING:
        raise AssertionError(f"{sent} of {WHILE_DRAINING} entries went out meanwhile: it was not draining throughout")
    return Figure(
        Series("screen change while the backlog goes out, fr", times),
        "as with nothing to send; p95 under 33 ms",
        Series("with nothing to send", alone),
        f"{sent:,} entries went out meanwhile, slowly as somebody was there; centre and database on the same cores",
    )


def changes(settings: Settings, folder: Path) -> tuple[list[float], int]:
    """Walk through visits at a whole kiosk; return each change in milliseconds, and what its link sent meanwhile."""
    with open_machine(settings, folder) as machine, started(machine):
        window = ApplicantWindow(applicant_services(machine))
        window.show()
        settle()
        machine.paper.warm_up()
        before = machine.desk.backlog().acknowledged_to
        with beside_the_screens(machine):
            times = [taken for _ in range(ROUNDS) for taken in settled(walk(window, "fr"))]
            sent = machine.desk.backlog().acknowledged_to - before
        window.close()
    return times, sent
