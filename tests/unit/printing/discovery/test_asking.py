"""Asking what is attached, over real lines and sockets."""

import os
import tty
from pathlib import Path

import pytest

from kiosk.errors import InputError
from printing.discovery import Candidate, Kind, ask_all, device_at, hosts_with_port
from printing.emulator import EmulatedPrinter, serve_tcp
from tests.fakes.serial_peers import SerialPeer


@pytest.mark.parametrize("speed", [9600, 19_200, 38_400, 115_200])
def test_a_serial_printer_is_found_at_its_speed(speed: int) -> None:
    """The address says it, and the model brings its profile."""
    with SerialPeer(speed) as peer:
        (found,) = ask_all([device_at(Path(peer.device))])

    assert (found.answers, found.url) == (True, f"serial://{peer.device}?baud={speed}")
    assert (found.maker, found.model) == ("EPSON", "TM-T88V")
    assert (found.profile, found.reason) == ("epson-tm-t88", "the profile of this model")


def test_questions_at_a_wrong_speed_leave_nothing_on_the_paper() -> None:
    """What they looked like to the printer is dropped before it is asked for its name."""
    with SerialPeer(19_200) as peer:
        ask_all([device_at(Path(peer.device))])

    assert bytes(peer.heard).index(b"\x1b@") < bytes(peer.heard).index(b"\x1dI")


def test_a_printer_without_a_name_gets_the_generic_profile() -> None:
    """Most cheap printers do not know GS I."""
    with SerialPeer(9600, model=None) as peer:
        (found,) = ask_all([device_at(Path(peer.device))])

    assert (found.answers, found.model, found.profile) == (True, None, "generic-80")
    assert "printer test --page" in found.reason


def test_a_line_without_a_printer_says_what_was_tried() -> None:
    """And comes after what answers."""
    far, near = os.openpty()
    tty.setraw(near)
    with SerialPeer(38_400) as peer:
        found = ask_all([device_at(Path(os.ttyname(near))), device_at(Path(peer.device))])
    os.close(far)
    os.close(near)

    assert [one.answers for one in found] == [True, False]
    assert found[1].reason.startswith("answers at none of 38400, 9600, 19200, 115200 baud")


def test_a_device_that_cannot_be_opened_says_why() -> None:
    """With what to do about it, and without its address twice."""
    (found,) = ask_all([device_at(Path("/dev/no-such-line"))])

    assert not found.answers
    assert found.reason.startswith("no such device: check cable and power")


def test_hosts_of_a_network_are_found_where_they_listen(tmp_path: Path) -> None:
    """A real port; the neighbour without one is not listed."""
    device = EmulatedPrinter(tmp_path)
    with serve_tcp(device) as server:
        candidates = hosts_with_port("127.0.0.1/30", server.port)
        (found,) = ask_all(candidates)

    assert [one.url for one in candidates] == [f"tcp://127.0.0.1:{server.port}"]
    assert (found.kind, found.answers) == (Kind.NETWORK, True)
    assert device.slips() == ()


def test_a_silent_host_is_said(tmp_path: Path) -> None:
    """It listens on the port of printers and is none, or it is busy."""
    device = EmulatedPrinter(tmp_path)
    device.faults.silent = True
    with serve_tcp(device) as server:
        (found,) = ask_all([Candidate(Kind.NETWORK, server.url, "host")])

    assert (found.answers, found.reason.startswith("never answers: another computer")) == (False, True)


@pytest.mark.parametrize(
    ("network", "said"),
    [("printers", "such as 192.168.1.0/24"), ("10.0.0.0/8", "at most 1024"), ("10.0.0.0/33", "such as")],
)
def test_a_network_that_is_none_or_too_large_is_refused(network: str, said: str) -> None:
    """A whole prefecture is not knocked at."""
    with pytest.raises(InputError, match=f"--network: .*{said}"):
        hosts_with_port(network)
