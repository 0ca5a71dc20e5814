"""A printer that does not print says why, in one line, on a real line."""

import os
import socket
import threading
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.errors import ConfigurationError
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.settings import PrinterSettings
from printing.diagnosis import diagnosis_of
from printing.driver import printer_for
from tests.fakes.cups import FakeCups
from tests.fakes.emulated import Bench, on_the_bench, settings_for
from tests.fakes.serial_peers import SerialPeer

SILENT, DISCONNECTED = PrinterCondition.SILENT, PrinterCondition.DISCONNECTED


def why(url: str, condition: PrinterCondition = SILENT, *, confirmation: str | None = None) -> str:
    return diagnosis_of(settings_for(url, confirmation=confirmation), condition)


def url_of(bench: Bench) -> str:
    return bench.printer._settings.url


@pytest.fixture
def dead_line() -> Iterator[str]:
    """A line at whose end nobody answers."""
    far, near = os.openpty()
    tty.setraw(near)
    yield os.ttyname(near)
    os.close(far)
    os.close(near)


@pytest.mark.parametrize("rubbish", [b"\x00\xf8\x80", b"\x12\x00", b""])
def test_a_wrong_baud_rate_is_named_with_the_right_one(rubbish: bytes) -> None:
    """Some printers answer rubbish at a wrong speed, others nothing."""
    with SerialPeer(19_200, rubbish=rubbish) as peer:
        found = why(f"serial://{peer.device}?baud=9600")

    said = "answers rubbish" if rubbish else "never answers"
    assert found == f"{said} at 9600 baud and answers at 19200: write baud=19200 in printer.url"


def test_rubbish_at_every_speed_names_what_was_tried(tmp_path: Path) -> None:
    """Then parity or bits are wrong, or it is another device."""
    with on_the_bench("pty", tmp_path) as bench:
        bench.fault("garbage on")

        found = why(url_of(bench))

    assert found.startswith("answers rubbish: wrong baud rate? tried 38400, 9600, 19200, 115200; compare baud, parity")


def test_a_line_without_a_printer_is_said(dead_line: str) -> None:
    """Cable, power or another device."""
    assert why(f"serial://{dead_line}").startswith("opens and never answers: switched off, a cable")


def test_a_line_that_is_held_back_is_said(dead_line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cable without the wire of its flow control looks like a printer that is always busy."""
    monkeypatch.setattr("serial.Serial.dsr", property(lambda _line: False))

    assert why(f"serial://{dead_line}?flow=dsrdtr").startswith("holds the line by flow=dsrdtr")


@pytest.mark.parametrize(
    ("url", "condition", "said"),
    [
        ("serial:///dev/no-such-line", DISCONNECTED, "no such device: check cable and power"),
        ("serial:///dev/null", DISCONNECTED, "no serial line"),
        ("file:///dev/usb/no-lp", DISCONNECTED, "no such device"),
    ],
)
def test_a_wrong_device_is_named(url: str, condition: PrinterCondition, said: str) -> None:
    """With what to do about it."""
    found = why(url, condition)

    assert said in found
    assert "printer discover" in found


@pytest.mark.parametrize(("wire", "said"), [("tcp", "connected and never answers"), ("pty", "opens and never answers")])
def test_a_printer_that_is_silent_is_said(tmp_path: Path, wire: str, said: str) -> None:
    """It takes everything and says nothing."""
    with on_the_bench(wire, tmp_path) as bench:
        bench.fault("silent on")

        assert why(url_of(bench)).startswith(said)


def test_something_else_that_talks_is_no_printer() -> None:
    """A web server on the port, for example."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        accepted: list[socket.socket] = []

        def chat() -> None:
            connection, _ = server.accept()
            accepted.append(connection)
            while connection.recv(100):
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        thread = threading.Thread(target=chat)
        thread.start()
        found = why(url)
        thread.join()
        accepted[0].close()

    assert found.startswith("answers rubbish: it is no ESC/POS printer")


def test_a_printer_that_knows_only_one_confirmation_names_the_setting() -> None:
    """A wrong profile: every ticket would be unconfirmed."""
    with SerialPeer(38_400) as peer:
        found = why(f"serial://{peer.device}", confirmation="process_id")

    assert found == 'answers, but not to GS ( H: write confirmation = "status_after_data" below [printer]'


def test_a_printer_that_confirms_nothing_is_said() -> None:
    """State, but no echo: it would never do."""
    with SerialPeer(38_400, answers={b"\x10\x04\x01": b"\x12", b"\x10\x04\x04": b"\x12"}) as peer:
        assert why(f"serial://{peer.device}").startswith("answers about its state and confirms nothing")


def test_a_printer_that_answers_again_is_said(tmp_path: Path) -> None:
    """It was switched on in the meantime."""
    with on_the_bench("tcp", tmp_path) as bench:
        assert why(url_of(bench)) == "answers now: it was busy or switched off a moment ago"


@pytest.mark.parametrize("condition", [c for c in PrinterCondition if c not in (SILENT, DISCONNECTED)])
def test_what_the_printer_says_itself_has_its_remedy(condition: PrinterCondition) -> None:
    """Nothing to say about a printer that prints."""
    assert bool(why("tcp://127.0.0.1:9", condition)) is not condition.can_print


def test_seven_bits_are_warned_of_while_the_printer_still_answers() -> None:
    """Answers need seven bits only, pictures eight."""
    assert why("serial:///dev/ttyS0?bits=7", PrinterCondition.READY).startswith("bits=7 cannot carry pictures")
    assert not why("serial:///dev/ttyS0", PrinterCondition.READY)


def test_an_unknown_profile_is_refused_with_the_nearest(tmp_path: Path) -> None:
    """By the driver already, in one line."""
    settings = PrinterSettings(url=f"emulator://{tmp_path}", profile="epson-tm-t89")

    with pytest.raises(ConfigurationError, match=r"printer\.profile: .*the nearest is epson-tm-t88"):
        printer_for(settings)


@pytest.mark.parametrize(
    ("behaviour", "said"),
    [
        ({"enabled": False, "reason": "no paper"}, "the queue is stopped (no paper)"),
        ({}, "the queue is in order now"),
    ],
)
def test_a_queue_says_what_keeps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, behaviour: dict[str, object], said: str
) -> None:
    """Its own words, and the command that mends it."""
    monkeypatch.setenv("PATH", FakeCups(tmp_path / "cups", **behaviour).search_path)

    assert said in why("cups://Ticket", PrinterCondition.OFFLINE)
