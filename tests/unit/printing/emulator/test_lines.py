"""Cables and connections: cut, refused, half closed, pulled out and put back, under the same name."""

import contextlib
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
import serial

from printing.emulator import EmulatedPrinter, obey_line, serve_pty, serve_tcp
from printing.emulator.servers import PtyServer, TcpServer
from tests.fakes.paper_slips import CUT, a_printer, raster
from tests.fakes.waiting import until

ASK = b"\x10\x04\x04"


@pytest.fixture
def printer(tmp_path: Path) -> EmulatedPrinter:
    return a_printer(tmp_path)


@pytest.fixture
def on_tcp(printer: EmulatedPrinter) -> Iterator[TcpServer]:
    with serve_tcp(printer) as server:
        yield server


@pytest.fixture
def on_pty(printer: EmulatedPrinter, tmp_path: Path) -> Iterator[PtyServer]:
    with serve_pty(printer, tmp_path / "line") as server:
        yield server


def connected(server: TcpServer) -> socket.socket:
    return socket.create_connection((server.host, server.port), timeout=5)


def answer(connection: socket.socket) -> bytes:
    """One byte, or nothing when the line was closed or cut."""
    try:
        return connection.recv(1)
    except ConnectionError:
        return b""


def is_answered(server: TcpServer) -> bool:
    """Whether a new connection is taken and a question answered."""
    try:
        with connected(server) as connection:
            connection.sendall(ASK)
            return answer(connection) == b"\x12"
    except ConnectionError:
        return False


def is_refused(server: TcpServer) -> bool:
    with contextlib.closing(socket.socket()) as probe:
        return probe.connect_ex((server.host, server.port)) != 0


def test_without_its_cable_a_network_printer_is_gone_and_comes_back(
    printer: EmulatedPrinter, on_tcp: TcpServer
) -> None:
    """The connection is cut, new ones are refused; with the cable in, the same port answers."""
    with connected(on_tcp) as connection:
        connection.sendall(ASK)
        assert answer(connection) == b"\x12"
        obey_line(printer, "unplug")
        assert answer(connection) == b""
    until(lambda: is_refused(on_tcp))
    obey_line(printer, "plug")

    until(lambda: is_answered(on_tcp))


def test_without_its_cable_a_serial_line_is_gone_and_comes_back(printer: EmulatedPrinter, on_pty: PtyServer) -> None:
    """Whoever has it open sees its end; later the same link leads to a line that answers."""
    descriptor = os.open(on_pty.link, os.O_RDWR | os.O_NOCTTY)
    obey_line(printer, "unplug")
    until(lambda: not on_pty.link.is_symlink())
    until(lambda: ends(descriptor))
    os.close(descriptor)
    obey_line(printer, "plug")
    until(on_pty.link.exists)

    with serial.Serial(str(on_pty.link), timeout=5) as line:
        line.write(ASK)
        assert line.read(1) == b"\x12"


def ends(descriptor: int) -> bool:
    try:
        return os.read(descriptor, 1) == b""
    except OSError:
        return True


def test_a_serial_line_that_was_cut_is_there_again(printer: EmulatedPrinter, on_pty: PtyServer) -> None:
    """Disconnect after N: the open line ends at its byte, the next one works."""
    obey_line(printer, "disconnect after 100")
    descriptor = os.open(on_pty.link, os.O_RDWR | os.O_NOCTTY)
    os.write(descriptor, bytes(400))
    until(lambda: ends(descriptor))
    os.close(descriptor)
    until(on_pty.link.exists)

    with serial.Serial(str(on_pty.link), timeout=5) as line:
        line.write(ASK)
        assert line.read(1) == b"\x12"


def test_a_connection_is_cut_at_its_byte(printer: EmulatedPrinter, on_tcp: TcpServer) -> None:
    """Not somewhere behind it: ten rows of a hundred are there, and the next connection is served."""
    obey_line(printer, "disconnect after 250")
    with connected(on_tcp) as connection:
        connection.sendall(raster(b"\xff" * 20, 2) + raster(bytes(2000), 2))
        assert answer(connection) == b""

    assert len(printer.paper_snapshot()[1]) == 10 * 72
    assert is_answered(on_tcp)


def test_a_half_closed_printer_still_prints(printer: EmulatedPrinter, on_tcp: TcpServer) -> None:
    """It closes its sending side, as if it had hung up, and goes on reading."""
    obey_line(printer, "half_close after 10")
    with connected(on_tcp) as connection:
        connection.sendall(raster(b"\xff" * 20, 2))
        assert answer(connection) == b""
        connection.sendall(raster(b"\xff" * 20, 2) + CUT + ASK)
        until(lambda: len(printer.slips()) == 1)
        assert answer(connection) == b""

    until(lambda: printer.faults.half_close_after is None)
    assert printer.slips()[0].rows == 20
    assert is_answered(on_tcp)


def test_no_connection_outlives_a_power_cut_but_a_cable_does(
    printer: EmulatedPrinter, on_tcp: TcpServer, tmp_path: Path
) -> None:
    """Switched off and on again."""
    with connected(on_tcp) as connection:
        connection.sendall(ASK)
        assert answer(connection) == b"\x12"
        obey_line(printer, "power cycle")
        assert answer(connection) == b""
    other = EmulatedPrinter(tmp_path / "other")
    with serve_pty(other, tmp_path / "other-line") as server, serial.Serial(str(server.link), timeout=5) as line:
        obey_line(other, "power cycle")
        line.write(ASK)
        assert line.read(1) == b"\x12"


def test_refused_connections_are_closed_at_once(printer: EmulatedPrinter, on_tcp: TcpServer) -> None:
    """Taken and closed, as by a print server that serves somebody else."""
    obey_line(printer, "connections refuse")
    with connected(on_tcp) as connection:
        assert answer(connection) == b""
    obey_line(printer, "connections accept")

    assert is_answered(on_tcp)


def test_a_slow_line_carries_everything(printer: EmulatedPrinter, on_tcp: TcpServer) -> None:
    """Whole, in order, and switched to full speed in the middle."""
    obey_line(printer, "slow 2400")
    with connected(on_tcp) as connection:
        connection.sendall(b"".join(raster(bytes((number,)) * 20, 2) for number in range(200)) + CUT)
        until(lambda: len(printer.paper_snapshot()[1]) > 0)
        assert printer.slips() == ()
        obey_line(printer, "slow off")
        until(lambda: len(printer.slips()) == 1)

    assert (printer.slips()[0].rows, printer.slips()[0].complaints) == (2000, ())
