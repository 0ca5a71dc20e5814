"""What runs beside the screens: the voice, and what it tells of itself."""

from pathlib import Path

from kiosk.ports.machines import MachineFacts
from kiosk.ports.speech import VoiceCondition
from kiosk.ports.ticket_printer import PrintVerdict
from kiosk.settings import PrinterSettings, Settings, SpeechSettings
from tests.fakes.speaking import AVoice
from tests.fakes.staff import signed_in
from tests.fakes.waiting import until
from ui.commands.kiosk_process import beside_the_screens, speaking
from ui.composition import open_machine, started
from ui.composition.machine_health import machines_of


def test_staff_are_told_how_the_voice_is(tmp_path: Path) -> None:
    """In a file beside the data, which ``doctor`` reads."""
    settings = Settings(speech=SpeechSettings(program=str(AVoice(tmp_path).program), device="casque"))
    with open_machine(settings, tmp_path / "data") as machine, speaking(machine) as speech:
        assert speech is not None
        assert machine.files.voice.read() is None
        speech.utter("Bonjour", "fr-fr")
        until(lambda: machine.files.voice.read() is not None, limit_s=20)
        report = machine.files.voice.read()

        assert report is not None
        assert report.condition is VoiceCondition.WORKING


def test_staff_see_the_kiosk_that_runs_and_print_a_test_through_it(qapp: object, tmp_path: Path) -> None:
    """It tells how it is, verifies its journal, prints what staff order, and is seen to be gone when it is."""
    printer = PrinterSettings(url=f"emulator://{tmp_path / 'slips'}")
    with open_machine(Settings(printer=printer), tmp_path / "data") as machine, started(machine):
        machines = machines_of(machine)
        session = signed_in(machine.desk, counter=machine.desk.counters()[0])

        def facts() -> MachineFacts:
            (health,) = machines.look()
            return health.facts

        assert not facts().is_running
        with beside_the_screens(machine, has_scanner=lambda: True):
            until(lambda: facts().printer is not None and facts().report is not None, limit_s=20)
            order = machines.order_test(session, machine.site.origin)
            until(lambda: facts().test is not None and facts().chain is not None, limit_s=20)
            seen = facts()

        assert seen.is_running
        assert seen.test is not None
        assert (seen.test.order, seen.test.verdict) == (order, PrintVerdict.CONFIRMED)
        assert seen.report is not None
        assert seen.report.scanner is not None
        assert seen.report.scanner.value
        assert seen.chain is not None
        assert seen.chain.broken_at is None
        assert len(list((tmp_path / "slips").glob("*.png"))) == 1
        assert not facts().is_running


def test_without_a_headset_there_is_no_voice(tmp_path: Path) -> None:
    """Never a loudspeaker."""
    with open_machine(Settings(), tmp_path / "data") as machine, speaking(machine) as speech:
        assert speech is None
