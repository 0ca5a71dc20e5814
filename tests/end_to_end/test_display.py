"""The hall display as a program, offscreen: it sees a call made by another process, beside others of its kind."""

import json
import queue
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.ports.desk import StaffSession
from kiosk.settings_loading import load_settings
from tests.fakes.halls import a_hub_at_work, filed_at_two_kiosks
from tests.fakes.programs import Running, asked, filed, free_port
from tests.fakes.speaking import AVoice
from tests.fakes.staff import signed_in
from tests.fakes.waiting import until
from ui.composition import Machine, open_machine

SEEN_WITHIN_S = 2.0


class ADisplay:
    """A display at work, and what its window says that it shows."""

    def __init__(self, program: Running) -> None:
        self.program = program
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    def next_event(self, name: str, within_s: float) -> dict[str, object]:
        """Return the next line about something; fail when it does not come in time."""
        end = time.monotonic() + within_s
        while True:
            line = self._lines.get(timeout=max(0.001, end - time.monotonic()))
            event: dict[str, object] = json.loads(line) if line.startswith("{") else {}
            if event.get("event") == name:
                return event

    def end(self) -> int:
        """End it as the system does, and return its exit code."""
        self.program.process.send_signal(signal.SIGTERM)
        code = self.program.process.wait(20)
        self._reading.join(5)
        return code

    def _read(self) -> None:
        assert self.program.process.stderr is not None
        for line in self.program.process.stderr:
            self._lines.put(line)


@contextmanager
def a_display(data_dir: Path, *more: str, env: dict[str, str] | None = None) -> Iterator[ADisplay]:
    with Running("display", "--windowed", "--data-dir", data_dir, *more, env=env) as program:
        yield ADisplay(program)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A kiosk with two people in its hall."""
    folder = tmp_path / "data"
    filed(folder, 0)
    filed(folder, 1)
    return folder


@pytest.fixture
def counter(data_dir: Path) -> Iterator[tuple[Machine, StaffSession]]:
    """A member of staff at the counter 1, in this process."""
    with open_machine(load_settings(), data_dir) as machine:
        yield machine, signed_in(machine.desk)


def test_every_display_shows_a_call_within_two_seconds_and_ends_in_order(
    data_dir: Path, counter: tuple[Machine, StaffSession]
) -> None:
    """Two screens on one store; what they log names nobody, and they write nothing."""
    machine, session = counter
    machine.desk.call_next(session)
    with a_display(data_dir) as first, a_display(data_dir, "--silent") as second:
        for display in (first, second):
            assert display.next_event("display.board_shown", 30)["count"] == 1
        machine.desk.call_next(session)
        seq = machine.desk.backlog().last_seq
        called_at = time.monotonic()
        shown = [display.next_event("display.board_shown", 10) for display in (first, second)]
        took_s = time.monotonic() - called_at
        codes = [first.end(), second.end()]

    assert [(event["seq"], event["count"]) for event in shown] == [(seq, 2)] * 2
    assert set(shown[0]) == {"event", "level", "timestamp", "seq", "count"}
    assert took_s < SEEN_WITHIN_S
    assert codes == [0, 0]
    assert machine.desk.backlog().last_seq == seq


def test_a_display_shows_what_a_counter_calls_at_the_hub(tmp_path: Path) -> None:
    """It needs no account and no store of its own."""
    with a_hub_at_work(tmp_path, port=free_port()) as hub:
        filed_at_two_kiosks(tmp_path, hub, 2)
        token = hub.sign_in()
        hub.desk.call_next(token)
        with a_display(tmp_path / "screen", "--hub", hub.running.url) as display:
            assert display.next_event("display.board_shown", 30)["count"] == 1
            called_at = time.monotonic()
            hub.desk.call_next(token)
            assert display.next_event("display.board_shown", 10)["count"] == 2
            assert time.monotonic() - called_at < SEEN_WITHIN_S
            assert display.end() == 0
        assert not list((tmp_path / "screen").glob("*.db"))


def test_a_call_is_said_on_the_loudspeaker(
    data_dir: Path, counter: tuple[Machine, StaffSession], tmp_path: Path
) -> None:
    """Chime, French, and the language of who is called, through the programs of the settings."""
    machine, session = counter
    voice = AVoice(tmp_path)
    sound = {
        "BORNE_DISPLAY__DEVICE": "hall",
        "BORNE_DISPLAY__PROGRAM": str(voice.program),
        "BORNE_DISPLAY__CHIME_PROGRAM": str(voice.program),
    }
    with a_display(data_dir, env=sound) as display:
        display.program.wait_for(lambda: bool(machine.desk.call_next(session)))
        until(lambda: len(voice.said) >= 2)
        code = display.end()

    (chime, _), (arguments, text) = voice.said[:2]
    assert (chime, arguments[:2]) == (["-q", "-D", "hall", "-"], ["-v", "fr-fr"])
    assert text.startswith("Numéro ")
    assert text.endswith(", guichet 1.")
    assert code == 0


def test_an_output_that_is_not_there_is_named(tmp_path: Path) -> None:
    """Exit 2 with the ones that there are."""
    with Running("display", "--data-dir", tmp_path / "data", env={"BORNE_DISPLAY__SCREEN": "HDMI-9"}) as program:
        _, said = program.process.communicate(timeout=60)

    assert program.process.returncode == 2
    assert "display.screen" in said
    assert "'HDMI-9'" in said


def test_the_command_explains_itself() -> None:
    """With the option for the second screen of a hall."""
    done = asked("display", "--help")

    assert done.code == 0
    assert {"--windowed", "--silent", "--data-dir"} <= set(done.out.replace(",", " ").split())
