"""A print queue as the last way to a printer, with the programs of CUPS imitated as programs."""

import re
from pathlib import Path

import pytest

from kiosk.errors import PrinterUnreachableError, UnreachableReason
from kiosk.ports.ticket_printer import PrinterCondition
from printing.transports.cups_queue import CupsQueue
from printing.transports.dialogue import Dialogue
from printing.transports.lpstat import queue_state
from printing.transports.transport import Deadline, JobEnd, PrintQueue
from printing.transports.urls import open_transport
from tests.fakes.cups import FakeCups

SOON = 10.0
SLIP = b"\x1b@ticket\x1dVB\x00"


def a_queue(url: str = "cups://Ticket") -> CupsQueue:
    queue = open_transport(url, Deadline.within(SOON))
    assert isinstance(queue, CupsQueue)
    return queue


def test_a_slip_leaves_as_one_job(cups: FakeCups) -> None:
    """Portions are one job: half a slip is never in the queue."""
    queue = a_queue()
    for portion in (SLIP[:3], SLIP[3:]):
        assert queue.write(portion, Deadline.within(SOON)) == len(portion)
    assert (cups.printed, cups.waiting) == ([], [])

    assert queue.deliver(Deadline.within(SOON)) is JobEnd.LEFT
    queue.close()

    assert (cups.printed, cups.waiting) == ([SLIP], [])


def test_a_queue_is_a_queue_and_cannot_answer(cups: FakeCups) -> None:
    """Whoever asks the printer hears nothing, and silence is never health."""
    queue = a_queue()

    assert isinstance(queue, PrintQueue)
    assert Dialogue(queue, 0.05).condition(Deadline.within(SOON)) is PrinterCondition.SILENT
    queue.close()
    assert (cups.printed, cups.waiting) == ([], [])


@pytest.mark.parametrize(
    ("behaviour", "trouble"),
    [
        ({"enabled": False, "reason": "no paper"}, r"stopped \(no paper\).*cupsenable Ticket"),
        ({"accepting": False, "reason": "closed today"}, r"takes no jobs.*cupsaccept Ticket"),
        ({"jobs": {"7": -1}}, r"1 older jobs wait.*cancel -a Ticket"),
    ],
)
def test_a_queue_that_would_keep_a_ticket_waiting_is_offline(
    cups: FakeCups, behaviour: dict[str, object], trouble: str
) -> None:
    """Nobody gets the slip of somebody else later; staff read what to do."""
    queue = a_queue()
    cups.behave(**behaviour)

    assert queue.condition(Deadline.within(SOON)) is PrinterCondition.OFFLINE
    assert re.search(trouble, queue.trouble)


def test_a_queue_in_order_is_ready_while_nothing_waits(cups: FakeCups) -> None:
    """What can be known without the printer's own word."""
    queue = a_queue()

    assert (queue.condition(Deadline.within(SOON)), queue.trouble) == (PrinterCondition.READY, "")


def test_a_job_that_never_ends_is_taken_back(cups: FakeCups) -> None:
    """A printer switched off: CUPS would print the ticket whenever it comes back."""
    cups.behave(looks=-1)
    queue = a_queue()
    queue.write(SLIP, Deadline.within(SOON))

    assert queue.deliver(Deadline.within(1.5)) is JobEnd.CANCELLED
    assert (cups.waiting, cups.printed) == ([], [])


def test_a_queue_that_stops_itself_keeps_no_ticket(cups: FakeCups) -> None:
    """CUPS stops the queue at a backend's error and keeps the job: it is cancelled at once, not at the deadline."""
    cups.behave(stops_at_job=True)
    queue = a_queue()
    queue.write(SLIP, Deadline.within(SOON))

    assert queue.deliver(Deadline.within(60)) is JobEnd.CANCELLED
    assert cups.waiting == []
    assert queue.condition(Deadline.within(SOON)) is PrinterCondition.OFFLINE


def test_a_job_that_cannot_be_taken_back_is_said(cups: FakeCups) -> None:
    """It may come out later: nobody may believe otherwise."""
    cups.behave(looks=-1, deaf_to_cancel=True)
    queue = a_queue()
    queue.write(SLIP, Deadline.within(SOON))

    assert queue.deliver(Deadline.within(1.5)) is JobEnd.STUCK
    cups.behave(deaf_to_cancel=False)
    queue.abandon()
    assert cups.waiting == []


def test_lp_that_hangs_leaves_no_orphan(cups: FakeCups) -> None:
    """It makes the job before it sends the data: killed in between, the empty job would stay."""
    cups.behave(lp_hangs=True, looks=-1)
    queue = a_queue()
    queue.write(SLIP, Deadline.within(SOON))

    assert queue.deliver(Deadline.within(2.0)) is JobEnd.CANCELLED
    assert cups.waiting == []


def test_a_queue_that_closes_in_between_takes_nothing(cups: FakeCups) -> None:
    """Refused: not one byte is under way."""
    queue = a_queue()
    queue.write(SLIP, Deadline.within(SOON))
    cups.behave(accepting=False)

    assert queue.deliver(Deadline.within(SOON)) is JobEnd.NOT_TAKEN


def test_a_slip_that_was_abandoned_never_left(cups: FakeCups) -> None:
    """When the store cannot write that printing began, nothing is in the queue."""
    queue = a_queue()
    queue.write(SLIP, Deadline.within(SOON))
    queue.abandon()

    assert (cups.waiting, cups.printed) == ([], [])


def test_a_spooler_that_goes_away_is_disconnected(cups: FakeCups) -> None:
    """No exception: the connection is gone."""
    queue = a_queue()
    cups.behave(is_running=False)

    assert queue.condition(Deadline.within(SOON)) is PrinterCondition.DISCONNECTED
    assert queue.is_gone


def test_a_queue_that_does_not_exist_is_named(cups: FakeCups) -> None:
    """A typing error, or CUPS that was set up anew."""
    with pytest.raises(PrinterUnreachableError, match=r"cups://Tikcet.*Invalid destination.*lpstat -e") as raised:
        a_queue("cups://Tikcet")

    assert raised.value.reason is UnreachableReason.NOT_FOUND


def test_a_machine_without_cups_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One line."""
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(PrinterUnreachableError, match=r"lpstat is not installed \(apt install cups-client\)"):
        a_queue()


def test_an_error_of_the_backend_below_a_busy_queue_is_its_reason() -> None:
    """Words of CUPS 2.4.2, taken down from a queue whose printer was switched off."""
    state = queue_state(
        "ticket",
        "printer Ticket now printing Ticket-1.  enabled since Sat Nov 21 04:52:13 2026\n"
        "\tThe printer may not exist or is unavailable at this time.\n"
        "Ticket accepting requests since Sat Nov 21 04:52:13 2026\n"
        "Ticket-1                root              1024   Sat Nov 21 04:52:13 2026\n",
    )

    assert (state.is_known, state.is_enabled, state.is_accepting, state.jobs) == (True, True, True, ("Ticket-1",))
    assert state.reason == "The printer may not exist or is unavailable at this time."
