"""Each way to a printer, over a real socket, terminal or file."""

import os
import select
import socket
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.errors import PrinterUnreachableError
from printing.transports.transport import Deadline, Transport
from printing.transports.urls import open_transport

SOON = 5.0


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def connected(listener: socket.socket) -> tuple[Transport, socket.socket]:
    transport = open_transport(f"tcp://127.0.0.1:{listener.getsockname()[1]}", Deadline.within(SOON))
    peer, _ = listener.accept()
    peer.settimeout(SOON)
    return transport, peer


def test_bytes_go_both_ways_over_tcp(listener: socket.socket) -> None:
    """What is written arrives; what the printer says is read as soon as it is there."""
    transport, peer = connected(listener)
    with peer:
        assert transport.write(b"ticket", Deadline.within(SOON)) == 6
        assert peer.recv(100) == b"ticket"
        peer.sendall(b"\x12")

        assert transport.read(Deadline.within(SOON)) == b"\x12"
    transport.close()


def test_a_printer_that_reads_nothing_does_not_hold_the_writer(listener: socket.socket) -> None:
    """The number of accepted bytes tells what happened; the deadline holds."""
    transport, peer = connected(listener)
    with peer:
        accepted = transport.write(bytes(64 * 1024 * 1024), Deadline.within(0.2))

        assert 0 < accepted < 64 * 1024 * 1024
        assert not transport.is_gone
        assert transport.read(Deadline.within(0)) == b""
    transport.abandon()


def test_abandoning_resets_the_connection(listener: socket.socket) -> None:
    """What the kernel still holds is dropped: no old slip comes out later."""
    transport, peer = connected(listener)
    with peer:
        transport.abandon()

        with pytest.raises(ConnectionResetError):
            peer.recv(100)


def test_a_printer_that_hangs_up_is_gone(listener: socket.socket) -> None:
    """No exception: nothing more is accepted or read, and the transport says so."""
    transport, peer = connected(listener)
    peer.close()

    assert transport.read(Deadline.within(SOON)) == b""
    assert transport.is_gone
    assert transport.write(b"x", Deadline.within(SOON)) == 0
    transport.close()


def test_nobody_at_the_address_is_said_at_once(listener: socket.socket) -> None:
    """Refused, unknown or missing: one error for all transports."""
    port = listener.getsockname()[1]
    listener.close()
    for url in (f"tcp://127.0.0.1:{port}", "serial:///dev/no-such-line", "file:///dev/no-such-printer"):
        with pytest.raises(PrinterUnreachableError, match="://"):
            open_transport(url, Deadline.within(SOON))


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    master, slave = os.openpty()
    tty.setraw(slave)
    link = tmp_path / "printer"
    link.symlink_to(os.ttyname(slave))
    yield master, link
    os.close(master)
    os.close(slave)


@pytest.mark.parametrize("scheme", ["serial", "file"])
def test_bytes_go_both_ways_over_a_terminal(terminal: tuple[int, Path], scheme: str) -> None:
    """A pty stands for a serial line, and for a device file that is read and written."""
    master, link = terminal
    transport = open_transport(f"{scheme}://{link}", Deadline.within(SOON))

    assert transport.write(b"\x10\x04\x01", Deadline.within(SOON)) == 3
    assert select.select([master], [], [], SOON)[0]
    assert os.read(master, 100) == b"\x10\x04\x01"
    os.write(master, b"\x12")
    assert transport.read(Deadline.within(SOON)) == b"\x12"
    transport.close()


@pytest.mark.parametrize("scheme", ["serial", "file"])
def test_a_full_line_does_not_hold_the_writer(terminal: tuple[int, Path], scheme: str) -> None:
    """Nobody reads the other end: some bytes are accepted, then the deadline passes; abandoning does not wait."""
    _, link = terminal
    transport = open_transport(f"{scheme}://{link}", Deadline.within(SOON))

    accepted = transport.write(bytes(1_000_000), Deadline.within(0.2))

    assert 0 < accepted < 1_000_000
    transport.abandon()


def test_a_deadline_counts_down_and_the_sooner_one_wins() -> None:
    """Monotonic, never negative."""
    assert Deadline.within(-1).has_passed
    assert Deadline.within(-1).left_s == 0
    assert Deadline.within(100).sooner(1).left_s <= 1
    assert Deadline.within(1).sooner(100).left_s <= 1
