"""What changed is told once, and soon."""

import threading

import pytest

from kiosk.ports.readiness import Readiness, StoreCondition
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.services.watch_readiness import ReadinessWatch


class ADisk:
    """A store probe that a test fills."""

    def __init__(self) -> None:
        self.now = StoreCondition.WRITABLE

    def condition(self) -> StoreCondition:
        return self.now


def test_only_what_changed_is_told() -> None:
    """The first look, and then nothing that was known."""
    disk, told = ADisk(), list[Readiness]()
    printer: list[PrinterCondition | None] = [None]
    watch = ReadinessWatch(disk, lambda: printer[0], told.append)
    for condition in (None, None, PrinterCondition.PAPER_OUT, PrinterCondition.PAPER_OUT, PrinterCondition.READY):
        printer[0] = condition
        watch.look()
    disk.now = StoreCondition.FULL
    watch.look()

    assert [(each.store.value, each.printer) for each in told] == [
        ("writable", None),
        ("writable", PrinterCondition.PAPER_OUT),
        ("writable", PrinterCondition.READY),
        ("full", PrinterCondition.READY),
    ]


def test_a_nudge_is_not_waited_for() -> None:
    """News of the printer are told at once, although the next look would be in an hour."""
    disk, arrived, nudge = ADisk(), threading.Semaphore(0), threading.Event()
    watch = ReadinessWatch(disk, lambda: None, lambda _: arrived.release(), nudge=nudge, look_every_s=3600)
    watch.start()
    assert arrived.acquire(timeout=5)
    disk.now = StoreCondition.NOT_WRITABLE
    nudge.set()

    assert arrived.acquire(timeout=5)
    watch.stop()
    assert not watch.is_alive()


@pytest.mark.parametrize(
    ("condition", "lacks_paper", "lacks_printer"),
    [
        (None, False, False),  # not asked yet: nobody is frightened at the start
        (PrinterCondition.ABSENT, False, False),  # was never meant to print
        (PrinterCondition.READY, False, False),
        (PrinterCondition.PAPER_NEAR_END, False, False),
        (PrinterCondition.PAPER_OUT, True, False),
        (PrinterCondition.COVER_OPEN, False, True),
        (PrinterCondition.SILENT, False, True),
        (PrinterCondition.DISCONNECTED, False, True),
    ],
)
def test_what_a_person_must_know(condition: PrinterCondition | None, lacks_paper: bool, lacks_printer: bool) -> None:
    """No paper is one thing, no printer another."""
    readiness = Readiness(printer=condition)

    assert (readiness.lacks_paper, readiness.lacks_printer, readiness.can_save) == (lacks_paper, lacks_printer, True)
