"""How a machine is: told by the process that serves the public, seen by the staff screen."""

from collections.abc import Callable
from functools import partial

from kiosk.domain.ticket import Ticket
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.services.local_machines import LocalMachines
from kiosk.services.machine_facts import MachineSources, ReadMachine
from kiosk.services.print_test import PrintTest
from kiosk.services.tell_kiosk import ObserveKiosk
from kiosk.services.verify_journal import JournalWatch, VerifyJournal
from kiosk.store.chain_check_file import ChainCheckFile
from kiosk.store.disk_room import free_bytes
from kiosk.store.printer_test_file import PrinterTestFile
from ui.composition.lifetime import software_version
from ui.composition.machine import Machine
from ui.composition.site_data import keys_of


def machines_of(machine: Machine) -> LocalMachines:
    """Return what staff see of a machine, and do with it."""
    return LocalMachines(
        machine.desk.sessions,
        _reading(machine, machine.files.presence.is_shown),
        PrinterTestFile(machine.data_dir),
        machine.paper.change_roll,
        units=machine.store.units,
        reading=machine.store.reading,
        clock=machine.clock,
        entropy=machine.entropy,
        site=machine.site,
    )


def machine_from_within(machine: Machine) -> ReadMachine:
    """Return what the process that serves the public tells a hub of the machine."""
    return _reading(machine, lambda: True)


def _reading(machine: Machine, is_running: Callable[[], bool]) -> ReadMachine:
    settings = machine.settings
    sources = MachineSources(
        is_running=is_running,
        report=machine.files.kiosk.read,
        printer=machine.files.printer.lasting,
        link=machine.files.link.read,
        chain=ChainCheckFile(machine.data_dir).read,
        voice=machine.files.voice.read,
        test=PrinterTestFile(machine.data_dir).last,
        free_bytes=partial(free_bytes, machine.data_dir),
        has_centre=bool(settings.central.url),
        has_voice=settings.speech.is_there,
        has_keyboard_scanner=settings.scanner.types_keys,
        version=software_version(),
        usual_tickets=machine.paper.change_roll.usual.tickets_left(is_near_end=False),
    )
    return ReadMachine(sources, reading=machine.store.reading, clock=machine.clock, site=machine.site)


def printer_seen(machine: Machine) -> PrinterCondition | None:
    """Return what the kiosk last heard from its printer; None when it is not there."""
    return machine.files.printer.read() if machine.files.presence.is_shown() else None


def observer_of(machine: Machine, has_scanner: Callable[[], bool | None]) -> ObserveKiosk:
    """Return what looks at the process that serves the public, from inside of it."""
    return ObserveKiosk(
        machine.clock,
        software_version(),
        partial(free_bytes, machine.data_dir),
        has_scanner=has_scanner,
        before=machine.files.kiosk.read(),
    )


def print_test_of(machine: Machine, specimen: Callable[[], Ticket]) -> PrintTest:
    """Return what takes up the test prints that staff order."""
    return PrintTest(
        PrinterTestFile(machine.data_dir),
        specimen,
        units=machine.store.units,
        printer=machine.paper.printer,
        clock=machine.clock,
        entropy=machine.entropy,
        site=machine.site,
    )


def journal_watch_of(machine: Machine) -> JournalWatch:
    """Return what verifies the journal while nobody is at the screen."""
    keys = keys_of(machine.settings, machine.data_dir)
    known = [*keys.retired, keys.signer.public_key]
    note = ChainCheckFile(machine.data_dir)
    verify = VerifyJournal(lambda: machine.store.verification(known), note, machine.clock)
    return JournalWatch(verify, machine.visitor.is_set)
