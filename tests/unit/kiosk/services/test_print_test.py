"""A test print that staff asked for comes out once, only while somebody waits for it, and is recorded."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.domain.paper_roll import PaperRoll
from kiosk.journal.entry import EntryType
from kiosk.ports.machines import PrinterTest
from kiosk.ports.ticket_printer import PrinterCondition, PrintVerdict
from kiosk.services.print_test import PrinterTestDoor, PrintTest
from tests.fakes.clocks import FixedClock
from tests.fakes.kiosks import AKiosk
from tests.fakes.machine_health import ASite
from tests.fakes.printers import SLIP_MM, PrinterMood, ScriptedPrinter
from tests.fakes.requests import A_MORNING
from tests.fakes.staff import signed_in
from tests.fakes.stores import a_store
from tests.fakes.tickets import a_ticket

A_SPECIMEN = a_ticket(is_specimen=True)


class Bench:
    """A staff screen on one side, the process that prints on the other."""

    def __init__(self, folder: Path) -> None:
        self.clock, self.printer = FixedClock(), ScriptedPrinter()
        self.site = ASite(AKiosk(a_store(folder), clock=self.clock, printer=self.printer), folder)
        self.session = signed_in(self.site.kiosk.desk)
        self.print_test: PrintTest = self.site.print_test(A_SPECIMEN)

    def order(self) -> str:
        return self.site.machines.order_test(self.session, "38-A2")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path)
    yield bench
    bench.site.kiosk.store.close()


@pytest.mark.parametrize(
    ("mood", "verdict", "condition", "used_mm"),
    [
        (PrinterMood.CONFIRM, PrintVerdict.CONFIRMED, PrinterCondition.READY, SLIP_MM),
        (PrinterMood.LOSE_THE_ANSWER, PrintVerdict.UNCONFIRMED, PrinterCondition.SILENT, SLIP_MM // 2),
        (PrinterMood.REFUSE, PrintVerdict.REFUSED, PrinterCondition.PAPER_OUT, 0),
    ],
)
def test_what_the_printer_said_is_told_and_recorded(
    bench: Bench, mood: PrinterMood, verdict: PrintVerdict, condition: PrinterCondition, used_mm: int
) -> None:
    """Who asked, how it ended, and the paper that it took."""
    bench.printer.mood = mood
    bench.site.kiosk.change_roll("a.martin")
    order = bench.order()

    assert bench.print_test()
    assert bench.site.facts.test == PrinterTest(order, verdict, condition, A_MORNING)
    assert bench.site.kiosk.facts_of(EntryType.PRINTER_TESTED) == [
        {"account": "a.martin", "verdict": verdict.value, "condition": condition.value}
    ]
    assert bench.site.kiosk.roll() == PaperRoll(80_000, used_mm, 1 if used_mm else 0)
    assert bench.site.kiosk.verified().is_whole


def test_an_order_is_taken_up_once(bench: Bench) -> None:
    """One test, not one each half second."""
    bench.order()
    bench.print_test()

    assert not bench.print_test()
    assert bench.printer.on_paper == [A_SPECIMEN]


def test_an_order_that_nobody_waits_for_any_more_prints_nothing(bench: Bench) -> None:
    """The kiosk was stopped: when it starts, no old test comes out."""
    bench.order()
    bench.clock.pass_time(timedelta(seconds=21))

    assert not bench.print_test()
    assert bench.printer.on_paper == []


def test_a_test_that_had_to_wait_too_long_prints_nothing(bench: Bench) -> None:
    """Visitors' tickets go first; after twenty seconds the screen has said that nothing answered."""
    bench.printer.when_asked = lambda: bench.clock.pass_time(timedelta(seconds=21))
    order = bench.order()
    bench.print_test()

    assert bench.printer.on_paper == []
    assert bench.site.orders.last() == PrinterTest(
        order, PrintVerdict.REFUSED, PrinterCondition.SILENT, A_MORNING + timedelta(seconds=21)
    )


def test_the_door_takes_orders_up_by_itself(bench: Bench) -> None:
    """And ends when it is told to."""
    printed = threading.Event()
    bench.printer.when_bytes_leave = printed.set
    door = PrinterTestDoor(bench.print_test, look_every_s=0.001)
    door.start()
    bench.order()
    assert printed.wait(5)
    door.stop()

    assert not door.is_alive()
