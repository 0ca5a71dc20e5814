"""The screens as programs, offscreen: they start, serve, stop in order, and the demonstration sees itself through."""

import json
import signal
import subprocess
from pathlib import Path

import pytest

from kiosk.store.condition_file import CONDITION_NAME
from tests.fakes.programs import Running, asked, borne, catches, command_line, emulator_on_tcp, environment, types_shown


def test_the_demonstration_without_a_display_sees_everything_and_ends(tmp_path: Path) -> None:
    """Two visits through the real screens, paper, centre and staff screen; it says where everything is."""
    done = borne("demo", "--data-dir", tmp_path, "--json", limit_s=120)

    assert done.code == 0, done.err
    report = json.loads(done.out)
    assert report["confirmed"] == [True, True]
    assert report["sync"]["state"] == "up_to_date"
    assert report["journal_verified"] is True
    named = [*report["tickets"], *report["printer_bytes"]]
    assert len(named) == 4
    assert all(Path(path).stat().st_size > 1000 for path in named)
    pictures = {path.name for path in Path(report["screenshots"]).glob("*.png")}
    assert {"supervisor.png", "paper.png", "fr-01-welcome.png", "ar-15-ticket_out.png"} <= pictures
    verified = asked("verify", report["tickets"][1], "--birth-name", "بن علي", "--birth-date", "1979-00-00",
                     "--data-dir", report["kiosk_data"])  # fmt: skip
    assert (verified.code, "L'identité correspond." in verified.out) == (0, True)


def test_the_kiosk_starts_tells_the_staff_about_its_printer_and_stops_in_order(tmp_path: Path) -> None:
    """SIGTERM is an orderly stop: the journal says so."""
    emulator, url = emulator_on_tcp(tmp_path / "slips")
    told = tmp_path / "data" / CONDITION_NAME
    with (
        emulator,
        Running("kiosk", "--windowed", "--data-dir", tmp_path / "data", env={"BORNE_PRINTER__URL": url}) as kiosk,
    ):
        kiosk.wait_for(lambda: told.exists() and "ready" in told.read_text(encoding="ascii"))
        kiosk.process.send_signal(signal.SIGTERM)
        code = kiosk.process.wait(20)

    assert code == 0
    assert types_shown(tmp_path / "data") == ["genesis", "started", "stopped"]


def test_the_staff_screen_reads_and_writes_nothing(tmp_path: Path) -> None:
    """It may run beside the kiosk all day."""
    borne("file", "-", "--data-dir", tmp_path / "data", stdin='{"procedure": "REN-SALARIE", "birth_name": "KONE"}')
    before = types_shown(tmp_path / "data")
    with Running("supervisor", "--windowed", "--data-dir", tmp_path / "data") as staff:
        staff.wait_for(lambda: catches(staff.process.pid, signal.SIGTERM))
        with pytest.raises(subprocess.TimeoutExpired):
            staff.process.wait(2)
        staff.process.send_signal(signal.SIGTERM)
        code = staff.process.wait(20)

    assert code == 0
    assert types_shown(tmp_path / "data") == before


def test_without_a_display_the_screens_say_so(tmp_path: Path) -> None:
    """One line and exit 2 instead of an abort."""
    bare = {name: value for name, value in environment().items() if name not in {"QT_QPA_PLATFORM", "DISPLAY"}}

    done = subprocess.run(
        command_line(["kiosk", "--data-dir", str(tmp_path / "data")]),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=bare,
    )

    assert (done.returncode, "a display to show the screens on" in done.stderr) == (2, True)


def test_doctor_examines_everything(tmp_path: Path) -> None:
    """Healthy on a machine that was just installed; unfit, by name, when a key lies open."""
    healthy = asked("doctor", "--json", "--data-dir", tmp_path / "data")
    (tmp_path / "data.keys" / "store.key").chmod(0o644)

    unfit = asked("doctor", "--json", "--data-dir", tmp_path / "data")

    checks = {check["check"] for check in json.loads(healthy.out)["checks"]}
    assert {"catalogue", "keys", "disk", "store", "journal", "clock", "printer", "centre", "fonts"} <= checks
    assert (healthy.code, unfit.code) == (0, 1)
    assert {c["check"] for c in json.loads(unfit.out)["checks"] if not c["healthy"]} == {"keys", "store"}
