"""A serial line on a real pty: speeds, flow control, and what the kernel still holds."""

import os
import select
import termios
import threading
import tty
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
import serial

from kiosk.errors import PrinterUnreachableError, UnreachableReason
from printing.escpos.status import AnswerReader, AutomaticStatus
from printing.transports.serial_line import SerialTransport
from printing.transports.serial_options import Flow, Parity, SerialOptions
from printing.transports.transport import Deadline

SOON = 5.0
XON, XOFF = b"\x11", b"\x13"


@dataclass
class Wire:
    """A pty whose far end the test holds.

    Attributes:
        far: descriptor of that end.
        device: path of the near one.
        taken: bytes that were taken off.
    """

    far: int
    device: str
    taken: int = 0

    def hear(self, size: int) -> bytes:
        """Take so many bytes off the wire."""
        heard = b""
        while len(heard) < size and select.select([self.far], [], [], SOON)[0]:
            piece = os.read(self.far, size - len(heard))
            self.taken += len(piece)
            heard += piece
        return heard


@pytest.fixture
def wire() -> Iterator[Wire]:
    far, near = os.openpty()
    tty.setraw(near)
    wire = Wire(far, os.ttyname(near))
    yield wire
    os.close(wire.far)
    os.close(near)


def a_line(wire: Wire, **options: object) -> SerialTransport:
    return SerialTransport(wire.device, SerialOptions(**options))  # type: ignore[arg-type]  # the test names them


def test_the_line_has_the_speed_of_its_address(wire: Wire) -> None:
    """Seen from the other end."""
    line = a_line(wire, baud=9600)

    assert termios.tcgetattr(wire.far)[4:6] == [termios.B9600, termios.B9600]
    line.close()


@pytest.mark.parametrize("option", [{"parity": Parity.EVEN}, {"bits": 7}])
def test_a_line_that_drops_a_setting_is_refused(wire: Wire, option: dict[str, object]) -> None:
    """The kernel of a pty forgets parity and seven bits without a word: nothing is sent with other settings."""
    with pytest.raises(PrinterUnreachableError, match=r"the line refuses baud=38400, parity=.*, bits=") as raised:
        a_line(wire, **option)

    assert raised.value.reason is UnreachableReason.REFUSED
    a_line(wire).close()


def test_a_line_that_is_in_use_is_busy(wire: Wire) -> None:
    """Two programs on one line would mix their slips."""
    line = a_line(wire)

    with pytest.raises(PrinterUnreachableError, match="busy") as raised:
        a_line(wire)

    assert raised.value.reason is UnreachableReason.BUSY
    line.close()
    a_line(wire).close()


def test_a_file_that_is_no_line_is_said(tmp_path: Path) -> None:
    """A mistyped device."""
    with pytest.raises(PrinterUnreachableError, match=r"no serial line .*printer discover"):
        SerialTransport("/dev/null", SerialOptions())
    with pytest.raises(PrinterUnreachableError, match="no such device") as raised:
        SerialTransport(str(tmp_path / "ttyUSB0"), SerialOptions())

    assert raised.value.reason is UnreachableReason.NOT_FOUND


def test_an_xoff_of_the_printer_stops_the_writer_until_xon(wire: Wire) -> None:
    """The kernel waits; what was accepted is known."""
    line = a_line(wire, flow=Flow.XONXOFF)
    os.write(wire.far, XOFF + b"\x12")
    assert line.read(Deadline.within(SOON)) == b"\x12"  # so the kernel has seen what came before it

    assert line.write(b"ticket", Deadline.within(0.2)) == 0
    os.write(wire.far, XON + b"\x12")
    assert line.read(Deadline.within(SOON)) == b"\x12"
    assert line.write(b"ticket", Deadline.within(SOON)) == 6
    assert wire.hear(6) == b"ticket"
    line.close()


def test_xon_and_xoff_inside_a_picture_reach_the_printer(wire: Wire) -> None:
    """Only what the printer sends is flow control; the kernel puts no XOFF of its own between our bytes."""
    line = a_line(wire, flow=Flow.XONXOFF)
    every_byte = bytes(range(256))

    assert line.write(every_byte, Deadline.within(SOON)) == 256
    assert wire.hear(256) == every_byte
    input_flags = termios.tcgetattr(wire.far)[0]
    assert input_flags & termios.IXON
    assert not input_flags & termios.IXOFF
    line.close()


def test_no_answer_of_a_printer_contains_xon_or_xoff() -> None:
    """So the kernel can take them out of what it reads without touching an answer."""
    for flow in (XON, XOFF):
        assert AnswerReader().feed(flow) == []
        for place in range(1, 4):
            status = bytearray(b"\x10\x00\x00\x00")
            status[place : place + 1] = flow
            assert not any(isinstance(found, AutomaticStatus) for found in AnswerReader().feed(bytes(status)))


def test_a_printer_that_drops_dsr_is_waited_for(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pty has no such wire, so the test is the wire: ready for three pieces, then not, then again."""
    looks = count(1)
    is_ready = False
    monkeypatch.setattr(serial.Serial, "dsr", property(lambda _line: is_ready or next(looks) <= 3))
    line = a_line(wire, baud=115_200, flow=Flow.DSRDTR)
    slip = os.urandom(2000)

    went = line.write(slip, Deadline.within(0.2))
    assert (went, line.is_held_back) == (3 * 256, True)
    is_ready = True
    went += line.write(slip[went:], Deadline.within(SOON))

    assert (went, wire.hear(2000), line.is_held_back) == (2000, slip, False)
    line.close()


def test_a_line_without_a_dsr_wire_to_ask_is_ready(wire: Wire) -> None:
    """The kernel of a pty refuses the question."""
    line = a_line(wire, flow=Flow.DSRDTR)

    assert line.write(b"ticket", Deadline.within(SOON)) == 6
    assert not line.is_held_back
    line.close()


@pytest.fixture
def slow_wire(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> Wire:
    """What the far end has not taken counts as not sent, as in the buffer of a real line."""
    write = os.write
    given: list[int] = []

    def counted(descriptor: int, data: bytes | memoryview) -> int:
        given.append(write(descriptor, data))
        return given[-1]

    monkeypatch.setattr(os, "write", counted)
    monkeypatch.setattr(serial.Serial, "out_waiting", property(lambda _line: sum(given) - wire.taken))
    return wire


def test_the_kernel_never_holds_more_than_a_moment_of_line(slow_wire: Wire) -> None:
    """At 9600 bit/s: 48 bytes leave in 50 ms; nothing else is claimed to have gone."""
    line = a_line(slow_wire, baud=9600)

    went = line.write(bytes(10_000), Deadline.within(0.3))

    assert went == 48
    assert line.is_held_back
    line.abandon()


def test_what_cannot_leave_before_the_deadline_is_not_accepted(slow_wire: Wire) -> None:
    """Ten bytes at 300 bit/s need a third of a second."""
    line = a_line(slow_wire, baud=300)

    assert line.write(bytes(1000), Deadline.within(0.1)) <= 3
    line.abandon()


def test_a_line_that_takes_everything_gets_everything(slow_wire: Wire) -> None:
    """In order and to the last byte."""
    line = a_line(slow_wire, baud=115_200)
    slip = os.urandom(3000)
    heard: list[bytes] = []
    reader = threading.Thread(target=lambda: heard.append(slow_wire.hear(len(slip))))
    reader.start()

    went = line.write(slip, Deadline.within(SOON))
    reader.join()
    line.close()

    assert (went, heard) == (3000, [slip])


def test_closing_does_not_wait_for_a_printer_that_holds_the_line(
    slow_wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kernel would wait for half a minute; what is left is dropped instead."""
    dropped: list[int] = []
    monkeypatch.setattr(serial.Serial, "reset_output_buffer", lambda line: dropped.append(line.out_waiting))
    line = a_line(slow_wire, baud=9600)
    line.write(b"\x10\x04\x01", Deadline.within(SOON))

    line.close()

    assert dropped == [3]


def test_a_line_that_was_pulled_is_gone(wire: Wire) -> None:
    """A USB adapter without its cable: no exception, nothing accepted."""
    line = a_line(wire)
    far, wire.far = wire.far, os.open(os.devnull, os.O_RDWR)
    os.close(far)

    assert line.read(Deadline.within(SOON)) == b""
    assert line.is_gone
    assert line.write(b"x", Deadline.within(SOON)) == 0
    line.close()
