"""Counters as processes of their own that call next on one store or hub: ``python -m tests.fakes.hall_programs``."""

import logging
import os
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import structlog

from kiosk.domain.hall import PlaceId
from kiosk.store.system_clock import SystemClock
from kiosk.store.system_entropy import SystemEntropy
from tests.fakes.halls import a_hall
from tests.fakes.kiosks import AKiosk
from tests.fakes.staff import A_PASSWORD, COUNTERS
from tests.fakes.stores import reopened

_GO: Final = "go"
_READY: Final = "ready\n"
_ROOT: Final = Path(__file__).resolve().parents[2]

CallNext = Callable[[], PlaceId | None]


@dataclass(frozen=True)
class Call:
    """Somebody was called.

    Attributes:
        place_id: who.
        began_s: when the counter asked, by the machine's monotonic clock, which all its processes share.
        ended_s: when it had its answer.
    """

    place_id: PlaceId
    began_s: float
    ended_s: float

    @property
    def took_ms(self) -> float:
        """How long the counter waited for it."""
        return (self.ended_s - self.began_s) * 1000


def called_at_once(folder: Path, names: Sequence[str], pause_s: float = 0.0, hub: str = "") -> list[list[Call]]:
    """Let counters call until nobody waits, each a process of its own, and return what each called.

    They sign in first and begin together. One program loads what they need and parts into them.

    Args:
        folder: of the kiosk, or of the hub.
        names: of the accounts.
        pause_s: after each call.
        hub: database of a hub; empty for the desk of a kiosk.

    Raises:
        RuntimeError: one of them did not start, or did not end well.
    """
    command = [sys.executable, "-m", "tests.fakes.hall_programs", str(folder), str(pause_s), hub, *names]
    program = subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    ready = [program.stdout.readline() for _ in names]
    (folder / _GO).touch()
    said, _ = program.communicate()
    if set(ready) != {_READY} or program.returncode != 0:
        raise RuntimeError(f"counters did not call to the end: {ready} {program.returncode}")
    calls: list[list[Call]] = [[] for _ in names]
    for rank, place_id, began_s, ended_s in map(str.split, said.splitlines()):
        calls[int(rank)].append(Call(PlaceId(place_id), float(began_s), float(ended_s)))
    return calls


@contextmanager
def _signed_in(folder: Path, name: str, hub: str) -> Iterator[CallNext]:
    if hub:
        with a_hall(folder, hub) as hall:
            token = hall.desk.sign_in(name, A_PASSWORD, COUNTERS[0]).token
            yield lambda: hall.desk.call_next(token)
        return
    kiosk = AKiosk(reopened(folder), clock=SystemClock(), entropy=SystemEntropy())
    session = kiosk.desk.sign_in(name, A_PASSWORD, COUNTERS[0])
    yield lambda: kiosk.desk.call_next(session)


def _call_all(rank: int, folder: Path, call_next: CallNext, pause_s: float) -> None:
    _say(_READY)
    while not (folder / _GO).exists():
        time.sleep(0.002)
    while True:
        began_s = time.monotonic()
        place_id = call_next()
        ended_s = time.monotonic()
        if place_id is None:
            return
        _say(f"{rank} {place_id} {began_s:.6f} {ended_s:.6f}\n")
        time.sleep(pause_s)


def _say(line: str) -> None:
    os.write(sys.stdout.fileno(), line.encode())  # at once and whole: others write to the same pipe


def _parted(work: Callable[[], None]) -> int:
    """Do some work in a process of its own, with what is loaded by now, and return its number."""
    process = os.fork()
    if process == 0:
        try:
            work()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return process


def main(arguments: list[str]) -> int:
    """Run ``FOLDER PAUSE HUB NAME...`` and return 0 when all counters ended well."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    folder, pause_s, hub, *names = arguments

    def counter(rank: int, name: str) -> None:
        with _signed_in(Path(folder), name, hub) as call_next:
            _call_all(rank, Path(folder), call_next, float(pause_s))

    processes = [_parted(partial(counter, rank, name)) for rank, name in enumerate(names)]
    return max(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) for process in processes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
