"""``backup`` and ``restore`` as commands: a copy is made beside a running kiosk, and put back by the next start."""

from pathlib import Path

from kiosk.settings import CentreSettings
from kiosk.settings_loading import load_settings
from tests.fakes.centres import drained
from tests.fakes.programs import Running, asked, borne, filed, said
from tests.fakes.requests import a_request_content
from ui.composition import Machine, background_centre, founded, open_machine
from ui.composition.restoring import back_up_of


def test_a_machine_goes_back_to_a_copy(tmp_path: Path) -> None:
    """Whole, with what was filed since set aside; a copy of another machine is refused with one line."""
    data, stick = tmp_path / "data", tmp_path / "stick"
    stick.mkdir()
    filed(data, 0)
    with Running("kiosk", "--windowed", "--data-dir", data) as kiosk:
        kiosk.wait_for(lambda: "started" in asked("journal", "show", "--json", "--data-dir", data).out)
        report = said(borne("backup", "--to", stick, "--by", "chef", "--json", "--data-dir", data))
    filed(data, 1)
    entries = asked("journal", "show", "--json", "--data-dir", data).out.count("\n")

    laid = borne("restore", "--from", str(report["copy"]), "--by", "chef", "--json", "--data-dir", data)
    assert said(laid)["head"] == report["head"]
    assert "the next start" in laid.err
    assert "store_restored" not in asked("journal", "show", "--json", "--data-dir", data).out
    asked("doctor", "--data-dir", data)  # the first program of the next start
    shown = asked("journal", "show", "--json", "--data-dir", data).out
    assert '"store_restored"' in shown
    assert shown.count("\n") < entries
    assert asked("journal", "verify", "--data-dir", data).code == 0

    elsewhere = borne(
        "restore", "--from", str(report["copy"]), "--by", "chef", "--data-dir", tmp_path / "other",
        env={"BORNE_SITE__KIOSK_ID": "B7"},
    )  # fmt: skip
    assert (elsewhere.code, "a copy of 38-B7, not of 38-A2" in elsewhere.err) == (2, True)


def test_a_machine_that_was_put_back_goes_on_at_the_centre_in_another_segment(tmp_path: Path) -> None:
    """What the centre holds of the lost time stays there; nothing that is filed later is refused."""
    data, stick = tmp_path / "data", tmp_path / "stick"
    stick.mkdir()
    with background_centre(tmp_path) as url:
        settings = load_settings().model_copy(update={"central": CentreSettings(url=url)})
        with open_machine(settings, data) as machine:
            founded(machine)
            file_for(machine, "BEFORE")
            copy = back_up_of(machine).make_as("chef", stick)
            file_for(machine, "LOST")
            drained(machine.link.exchange)
            back_up_of(machine).prepare_as("chef", copy.folder)
        with open_machine(settings, data) as machine:
            file_for(machine, "AFTER")
            drained(machine.link.exchange)
            with machine.store.reading() as unit:
                stream, latest = unit.segments.current().stream, unit.acknowledgements.latest()
                head = unit.journal.head().seq

    assert stream == "38-A2.2"
    assert latest is not None
    assert latest.accepted_to == head


def file_for(machine: Machine, name: str) -> None:
    """File for somebody."""
    machine.visitors.file_request(a_request_content(birth_name=name, foreigner_number=None), f"key-{name}")
