"""Counters as processes of their own that call next on one store or hub: ``python -m tests.fakes.hall_programs``."""

import logging
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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

GO: Final = "go"
_ROOT: Final = Path(__file__).resolve().parents[2]


CallNext = Callable[[], PlaceId | None]


def start(folder: Path, name: str, pause_s: float = 0.0, hub: str = "") -> "subprocess.Popen[str]":
    """Start a counter that signs in, waits for the file ``go``, and calls next until nobody waits.

    It says ``ready``, then one line for each call: the place, and how long it took in milliseconds.

    Args:
        folder: of the kiosk, or of the hub.
        name: of the account.
        pause_s: after each call.
        hub: database of a hub; empty for the desk of a kiosk.
    """
    command = [sys.executable, "-m", "tests.fakes.hall_programs", str(folder), name, str(pause_s), hub]
    return subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True)


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


def _call_all(folder: Path, call_next: CallNext, pause_s: float) -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while not (folder / GO).exists():
        time.sleep(0.002)
    while True:
        began = time.perf_counter()
        place_id = call_next()
        took_ms = (time.perf_counter() - began) * 1000
        if place_id is None:
            return
        sys.stdout.write(f"{place_id} {took_ms:.3f}\n")
        time.sleep(pause_s)


def main(arguments: list[str]) -> None:
    """Run ``FOLDER NAME PAUSE HUB``."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    folder, name, pause_s, hub = arguments
    with _signed_in(Path(folder), name, hub) as call_next:
        _call_all(Path(folder), call_next, float(pause_s))


if __name__ == "__main__":
    main(sys.argv[1:])
