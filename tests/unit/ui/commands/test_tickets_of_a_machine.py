"""What a machine is joined of for its tickets: the counters' printer, the proof as a file."""

import json
from pathlib import Path

import pytest

from kiosk.domain.request import PrintJobId
from kiosk.domain.ticket import ReprintPrinter, ReprintReason
from kiosk.errors import ConfigurationError, InputError
from kiosk.journal.entry import EntryType
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.settings import HallSettings, PrinterSettings
from kiosk.settings_loading import load_settings
from kiosk.workflows.print_job import PrintState
from tests.fakes.programs import asked, types_shown
from tests.fakes.requests import a_request_content
from tests.fakes.waiting import until
from ui.commands.app import run
from ui.commands.kiosk_process import beside_the_screens
from ui.commands.office_copy import write_office_copy
from ui.composition import Machine, founded, open_machine
from ui.composition.tickets import counter_printer_of


@pytest.fixture
def reference(tmp_path: Path) -> str:
    """Somebody filed here."""
    with open_machine(load_settings(), tmp_path) as machine:
        founded(machine)
        return machine.visitors.file_request(a_request_content(language="ar"), "a key").request.reference


def test_the_proof_is_written_as_pdf_and_recorded(tmp_path: Path, reference: str) -> None:
    """A4 unless A5 is asked for; who made it is in the journal."""
    out = tmp_path / "preuve.pdf"
    done = asked("ticket", "pdf", reference, "--agent", "Claire Martin", "--out", out, "--data-dir", tmp_path, "--json")
    small = asked(
        "ticket", "pdf", reference, "--agent", "A", "--out", tmp_path / "a5", "--paper", "a5", "--data-dir", tmp_path
    )

    assert json.loads(done.out) == {"reference": reference, "out": str(out)}
    assert small.code == 0
    assert out.read_bytes().startswith(b"%PDF-1.")
    assert types_shown(tmp_path).count(EntryType.OFFICE_COPY_MADE) == 2


def test_an_unknown_reference_or_a_place_that_takes_no_file_is_refused(tmp_path: Path, reference: str) -> None:
    """Each says what is wrong; an agent without a name makes nothing."""
    with open_machine(load_settings(), tmp_path) as machine:
        with pytest.raises(InputError, match="held here"):
            write_office_copy(machine, "38-A2-260101-0001-X", "A", tmp_path / "x.pdf", "a4")
        with pytest.raises(InputError, match="the name of the person"):
            write_office_copy(machine, reference, " ", tmp_path / "x.pdf", "a4")
        with pytest.raises(ConfigurationError, match="a place to write to"):
            write_office_copy(machine, reference, "A", tmp_path / "nowhere" / "x.pdf", "a4")
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.parametrize(
    ("kiosk", "counter", "printers"),
    [
        ("none:", "", []),
        ("none:", "none:", []),
        ("tcp://127.0.0.1:9", "", [ReprintPrinter.KIOSK]),
        ("none:", "tcp://127.0.0.1:9", [ReprintPrinter.COUNTER]),
        ("tcp://127.0.0.1:9", "tcp://127.0.0.1:10", [ReprintPrinter.KIOSK, ReprintPrinter.COUNTER]),
    ],
)
def test_a_duplicate_comes_out_where_there_is_a_printer(
    tmp_path: Path, kiosk: str, counter: str, printers: list[ReprintPrinter]
) -> None:
    """Nothing is offered that cannot be."""
    settings = load_settings().model_copy(
        update={"printer": PrinterSettings(url=kiosk), "hall": HallSettings(printer_url=counter)}
    )
    with open_machine(settings, tmp_path) as machine:
        assert list(machine.staff.reprint_desk.printers()) == printers


@pytest.mark.parametrize("url", ["lpt1", "tcp://"])
def test_a_wrong_address_names_the_counters_setting(url: str) -> None:
    """Not that of the kiosk's printer."""
    settings = load_settings().model_copy(update={"hall": HallSettings(printer_url=url)})
    with pytest.raises(ConfigurationError, match=r"^hall\.printer_url: "):
        counter_printer_of(settings)


def test_the_kiosks_printer_is_not_the_counters_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two programs on one line would speak into each other's tickets; ``config check`` says it."""
    monkeypatch.setenv("BORNE_PRINTER__URL", "tcp://127.0.0.1:9")
    monkeypatch.setenv("BORNE_HALL__PRINTER_URL", "tcp://127.0.0.1:9")

    assert run(["config", "check", "--data-dir", str(tmp_path)]) == 2
    assert "hall.printer_url" in capsys.readouterr().out


@pytest.mark.parametrize("kiosk_runs", [True, False])
def test_an_order_of_the_centre_is_left_to_a_kiosk_that_runs_beside(
    tmp_path: Path, reference: str, *, kiosk_runs: bool
) -> None:
    """``sync once`` beside the screens must not speak to their printer; alone it does what was ordered."""
    with open_machine(load_settings(), tmp_path) as machine:
        job = machine.paper.order_reprint(reference, agent="A", reason=ReprintReason.LOST).print_job_id
        if kiosk_runs:
            machine.files.printer.write(PrinterCondition.READY)
        machine.paper.have_printed(job)

        assert state_of(machine, job) is (PrintState.SAVED if kiosk_runs else PrintState.FAILED)  # without a printer


def test_a_kiosk_takes_up_at_once_what_its_own_link_brought(tmp_path: Path, reference: str) -> None:
    """The thread that sends hands over and goes on."""
    with open_machine(load_settings(), tmp_path) as machine, beside_the_screens(machine):
        with machine.store.units() as unit:
            kiosk = ReprintPrinter.KIOSK
            job = machine.paper.order_reprint.within(
                unit, reference, "A", ReprintReason.LOST, printer=kiosk
            ).print_job_id
            unit.commit()
        machine.paper.have_printed(job)

        until(lambda: state_of(machine, job) is PrintState.FAILED)


def state_of(machine: Machine, job: PrintJobId) -> PrintState:
    with machine.store.reading() as unit:
        return unit.print_jobs.get(job).state
