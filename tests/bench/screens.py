"""The public's screens: cold start, change of page and of language, memory over many visits."""

import itertools
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QApplication

from kiosk.settings import Settings
from kiosk.workflows.visit import VisitState
from tests.bench.figures import Figure, Series, milliseconds
from ui.applicant.window import ApplicantWindow
from ui.composition import applicant_services, gui_application, open_machine, started

STARTS = 5
ROUNDS = 6
VISITS = 120
WARM_VISITS = 40
LANGUAGES = ("fr", "ar", "en")


def measure(folder: Path) -> Iterator[Figure]:
    """Yield the figures of the screens."""
    yield cold_start(folder)
    gui_application()
    with open_machine(Settings(), folder / "screens") as machine, started(machine):
        window = ApplicantWindow(applicant_services(machine))
        window.show()
        settle()
        yield from changes(window)
        window.close()
    yield from memory(folder / "many")


def cold_start(folder: Path) -> Figure:
    """From the start of the process to a painted page, beside a bare Qt window with the same fonts."""
    process_ms("kiosk", folder / "cold")  # makes store and keys, which only the first start of a machine does
    ours, bare = [], []
    for _ in range(STARTS):
        ours.append(process_ms("kiosk", folder / "cold"))
        bare.append(process_ms("bare", folder / "cold"))
    return Figure(
        Series("cold start to the first usable screen", ours),
        "under 1.5x the yardstick; under 1,500 ms",
        Series("a bare Qt window with the same fonts", bare),
    )


def process_ms(kind: str, data_dir: Path) -> float:
    """Return how long a new process took until it painted, in milliseconds."""
    command = [sys.executable, "-m", "tests.bench.cold_start", kind, str(data_dir)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])


def changes(window: ApplicantWindow) -> Iterator[Figure]:
    """Yield how long a tap takes to show on the screen, and a change of language."""
    for language in LANGUAGES:
        times = [taken for _ in range(ROUNDS) for taken in settled(walk(window, language))]
        yield Figure(Series(f"screen change, {language}", times), "p95 under 33 ms")
    window.journey.choose_language("fr")
    window.journey.read_notice()
    turns = itertools.cycle(("ar", "en", "fr"))
    times = [milliseconds(lambda: painted(window.journey.choose_language, next(turns))) for _ in range(30)]
    yield Figure(Series("language change", times), "under 100 ms")
    window.journey.leave()


def settled(times: Iterator[float]) -> Iterator[float]:
    """Let what waits happen after each change, as the program's event loop does: pages of the past would pile up."""
    for taken in times:
        settle()
        yield taken


def walk(window: ApplicantWindow, language: str) -> Iterator[float]:
    """Go through a visit up to the review; yield each change in milliseconds."""
    journey = window.journey
    procedure = next(iter(journey._services.catalogue.procedures.values()))
    yield milliseconds(lambda: painted(journey.choose_language, language))
    yield milliseconds(lambda: painted(journey.read_notice))
    yield milliseconds(lambda: painted(journey.choose_group, procedure.group))
    yield milliseconds(lambda: painted(journey.choose_procedure, procedure))
    yield milliseconds(lambda: painted(journey.begin_telling))
    journey.draft.birth_name = f"DIALLO{time.monotonic_ns()}"
    while journey.state is VisitState.TELLING:
        yield milliseconds(lambda: painted(journey.answer))
    yield milliseconds(lambda: painted(journey.leave))


def memory(folder: Path) -> Iterator[Figure]:
    """Yield resident memory of a kiosk process after many whole visits, and how much it grew.

    Its store was made by an earlier start, as on every day but the first.
    """
    with open_machine(Settings(), folder) as machine, started(machine):
        pass
    command = [sys.executable, "-m", "tests.bench.many_visits", str(folder), str(WARM_VISITS), str(VISITS)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    early, late = map(float, done.stdout.split())
    yield Figure(Series(f"memory after {VISITS} visits", [late], "MB"), "under 180 MB after 10,000 visits")
    growth = (late - early) / early * 100
    yield Figure(Series(f"growth from visit {WARM_VISITS} to {VISITS}", [growth], "%"), "under 2 %")


def painted(change: object, *arguments: object) -> None:
    """Make a change and let Qt lay out and paint it."""
    change(*arguments)  # type: ignore[operator]
    QApplication.processEvents()


def settle() -> None:
    """Let everything that waits happen."""
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, 52)  # 52: DeferredDelete, what pages of the past wait for
