"""What an installer types: discover, status, test, doctor; each answers in one line what to do."""

import json
import tomllib
from pathlib import Path

import pytest

from printing.emulator import EmulatedPrinter, serve_tcp
from tests.fakes.cups import FakeCups
from tests.fakes.programs import asked, borne
from tests.fakes.serial_peers import SerialPeer


def data(folder: Path) -> list[str | Path]:
    """Options of a kiosk without configuration."""
    return ["--data-dir", folder / "data"]


def test_discover_proposes_settings_that_then_work(tmp_path: Path) -> None:
    """From a printer on a line nobody knows to ``printer status`` with what was pasted."""
    with SerialPeer(19_200) as peer:
        done = borne("printer", "discover", "--device", peer.device)
        config = tmp_path / "borne.toml"
        config.write_text(done.out, encoding="utf-8")
        status = asked("printer", "status", "--config", config, *data(tmp_path))

    section = tomllib.loads(done.out)["printer"]
    assert (done.code, section) == (0, {"url": f"serial://{peer.device}?baud=19200", "profile": "epson-tm-t88"})
    assert (status.code, "can_print: true" in status.out) == (0, True)


def test_discover_says_more_as_json(tmp_path: Path) -> None:
    """Also of hosts on a network, when asked for them."""
    device = EmulatedPrinter(tmp_path / "slips")
    with serve_tcp(device) as server, SerialPeer(9600) as peer:
        done = asked(
            "printer",
            "discover",
            "--json",
            "--device",
            peer.device,
            "--network",
            "127.0.0.1",
            "--port",
            str(server.port),
        )

    printers = json.loads(done.out)["printers"]
    assert (done.code, [printer["kind"] for printer in printers]) == (0, ["serial", "network"])
    assert all(printer["answers"] for printer in printers)
    assert tomllib.loads(printers[1]["settings"])["printer"]["url"] == server.url


def test_discover_with_nothing_that_answers_says_why() -> None:
    """Exit 3; what is written can be pasted and sets nothing."""
    done = asked("printer", "discover", "--device", "/dev/no-such-line")

    assert (done.code, "nothing answers as a ticket printer does" in done.last_line) == (3, True)
    assert "no such device" in done.out
    assert tomllib.loads(done.out) == {}


def test_discover_on_a_bare_machine_is_exit_1(monkeypatch: pytest.MonkeyPatch) -> None:
    """Power, cable, driver, network: one line."""
    monkeypatch.setattr("ui.commands.printer_discovery.attached", lambda: ([], ["USB was not looked at"]))

    done = asked("printer", "discover")

    assert (done.code, done.out) == (1, "")
    assert "nothing is attached: check power and cable" in done.last_line
    assert "USB was not looked at" in done.err


def test_discover_lists_the_profiles() -> None:
    """Ours with their names, then those of python-escpos."""
    names = json.loads(asked("printer", "discover", "--profiles", "--json").out)["profiles"]

    assert names[0] == "generic-80"
    assert "TM-T88V" in names
    assert "epson-tm-t88     Epson TM-T88IV" in asked("printer", "discover", "--profiles").out


def test_a_network_that_is_too_large_is_refused() -> None:
    """Exit 2."""
    done = asked("printer", "discover", "--network", "10.0.0.0/8")

    assert (done.code, "--network: at most 1024" in done.last_line) == (2, True)


def test_a_wrong_baud_rate_is_mended_in_one_line(tmp_path: Path) -> None:
    """``printer status`` and ``doctor`` say the speed that works."""
    with SerialPeer(19_200) as peer:
        url = f"serial://{peer.device}?baud=9600"
        status = asked("printer", "status", "--printer", url, "--json", *data(tmp_path))
        config = tmp_path / "borne.toml"
        config.write_text(f'[printer]\nurl = "{url}"\n', encoding="utf-8")
        doctor = asked("doctor", "--json", "--config", config, *data(tmp_path))

    (finding,) = [check for check in json.loads(doctor.out)["checks"] if check["check"] == "printer"]
    for said in (status.last_line, json.loads(status.out)["diagnosis"], finding["detail"]):
        assert "answers at 19200: write baud=19200 in printer.url" in said
    assert (status.code, doctor.code, finding["healthy"]) == (3, 1, False)


@pytest.mark.parametrize(
    ("setting", "code", "said"),
    [
        ('url = "serial:///dev/no-such-line"', 3, "no such device: check cable and power; `printer discover`"),
        ('url = "serial:///dev/ttyUSB0?baud=9601"', 2, "printer.url: serial:///DEVICE?baud=50|"),
        ('url = "cups://Nope"', 3, "lpstat -e"),
        ('url = "tcp://127.0.0.1:1"\nprofile = "epson-tm-t89"', 2, "the nearest is epson-tm-t88"),
    ],
)
def test_a_wrong_setting_is_named_by_status_and_doctor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str, code: int, said: str
) -> None:
    """Wrong device, wrong speed, no such queue, unknown profile."""
    monkeypatch.setenv("PATH", FakeCups(tmp_path / "cups").search_path)
    config = tmp_path / "borne.toml"
    config.write_text(f"[printer]\n{setting}\n", encoding="utf-8")

    status = asked("printer", "status", "--config", config, *data(tmp_path))
    doctor = asked("doctor", "--config", config, *data(tmp_path))

    assert (status.code, said in status.last_line) == (code, True), status.last_line
    assert (doctor.code, said in doctor.out) == (1, True)


def test_the_page_is_printed_and_confirmed(tmp_path: Path) -> None:
    """``printer test --page`` needs no request, no ticket, no store."""
    slips = tmp_path / "slips"

    done = borne("printer", "test", "--page", "--printer", f"emulator://{slips}", "--json", *data(tmp_path))

    assert (done.code, json.loads(done.out)["verdict"]) == (0, "confirmed")
    assert json.loads(next(slips.glob("*.json")).read_text(encoding="utf-8"))["complaints"] == []
    assert not (tmp_path / "data" / "borne.db").exists()


def test_the_page_needs_a_printer(tmp_path: Path) -> None:
    """Exit 2: it is the configuration; exit 3: it is the printer."""
    without = asked("printer", "test", "--page", "--printer", "none:", *data(tmp_path))
    away = asked("printer", "test", "--page", "--printer", "tcp://127.0.0.1:1", *data(tmp_path))

    assert (without.code, "printer discover" in without.last_line) == (2, True)
    assert (away.code, "nothing listens on the port" in away.last_line) == (3, True)


def test_the_page_through_a_queue_is_not_confirmed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit 3, and the page is on its way all the same."""
    cups = FakeCups(tmp_path / "cups")
    monkeypatch.setenv("PATH", cups.search_path)

    done = asked("printer", "test", "--page", "--printer", "cups://Ticket", "--json", *data(tmp_path))

    assert (done.code, json.loads(done.out)["verdict"]) == (3, "unconfirmed")
    assert len(cups.printed) == 1
