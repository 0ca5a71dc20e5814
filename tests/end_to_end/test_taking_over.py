"""What an administrator or the centre decides is taken over by programs that run, when nobody is at their screens."""

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.domain.staff import Role
from kiosk.journal.entry import EntryType
from kiosk.ports.desk import StaffSession
from kiosk.settings_loading import load_settings
from tests.fakes.programs import Running, catches
from tests.fakes.staff import signed_in
from ui.composition import Machine, founded, open_machine
from ui.composition.received_files import SETTINGS_NAME, STAFF_NAME
from ui.composition.settings_wiring import configure_site


@pytest.fixture
def office(tmp_path: Path) -> Iterator[tuple[Machine, StaffSession]]:
    """An administrator of the machine, in this process."""
    with open_machine(load_settings(), tmp_path / "data") as machine:
        founded(machine)
        yield machine, signed_in(machine.desk, "b.chef", Role.ADMINISTRATOR)


def starts(machine: Machine) -> list[object]:
    """The catalogue of every start, newest first."""
    with machine.store.reading() as unit:
        return [payload.facts["catalogue"] for _, payload in unit.journal.newest_of(EntryType.STARTED) if payload]


def test_the_kiosk_takes_over_what_was_decided_without_being_started_again(
    office: tuple[Machine, StaffSession], tmp_path: Path
) -> None:
    """From the staff screen, then from the centre; the same process goes on and ends in order."""
    machine, session = office
    configure = configure_site(machine)
    with Running("kiosk", "--windowed", "--data-dir", tmp_path / "data") as kiosk:
        kiosk.wait_for(lambda: len(starts(machine)) == 1)
        configure.change(session, 0, {"procedures.ASILE.enabled": False})
        kiosk.wait_for(lambda: len(starts(machine)) == 2)
        (tmp_path / "data" / SETTINGS_NAME).write_text('{"screen": {"inactivity_s": 90}}')
        kiosk.wait_for(lambda: len(starts(machine)) == 3)
        kiosk.process.send_signal(signal.SIGTERM)
        code = kiosk.process.wait(20)

    newest, second, first = starts(machine)
    assert code == 0
    assert newest == second
    assert second != first


def test_the_staff_screen_takes_over_while_nobody_is_signed_in(
    office: tuple[Machine, StaffSession], tmp_path: Path
) -> None:
    """It stays the same program, and can be closed as always."""
    machine, session = office
    with Running("supervisor", "--windowed", "--data-dir", tmp_path / "data") as staff:
        assert staff.process.stderr is not None
        staff.wait_for(lambda: catches(staff.process.pid, signal.SIGTERM))  # it has read its settings
        configure_site(machine).change(session, 0, {"hall.counters": ["A", "B"]})
        line = staff.process.stderr.readline()
        while "configuration.taken_over" not in line:
            assert line, "the program ended"
            line = staff.process.stderr.readline()
        staff.process.send_signal(signal.SIGTERM)
        code = staff.process.wait(20)

    assert (code, json.loads(line)["event"]) == (0, "configuration.taken_over")


def test_the_store_counts_and_not_the_file(office: tuple[Machine, StaffSession], tmp_path: Path) -> None:
    """A file that a power cut kept from being written, or that somebody changed, is written again."""
    machine, session = office
    configure_site(machine).change(session, 0, {"hall.counters": ["A", "B"]})
    file = tmp_path / "data" / STAFF_NAME
    kept = file.read_bytes()
    for spoil in (file.unlink, lambda: file.write_bytes(kept.replace(b'"B"', b'"Z"'))):
        spoil()
        with open_machine(load_settings(), tmp_path / "data"):
            pass
        assert file.read_bytes() == kept
