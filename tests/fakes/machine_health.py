"""Machines as staff see them, on the real files between the processes; what the machine stands on, a test decides."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from kiosk.domain.moment import ClockQuality
from kiosk.domain.ticket import Ticket
from kiosk.ports.clock import Clock
from kiosk.ports.link import LinkCondition, LinkState
from kiosk.ports.machines import KioskReport, Lasting, MachineFacts, MachineHealth
from kiosk.ports.readiness import StoreCondition
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.services.local_machines import LocalMachines
from kiosk.services.machine_facts import MachineSources, ReadMachine
from kiosk.services.print_test import PrintTest
from kiosk.store.chain_check_file import ChainCheckFile
from kiosk.store.condition_file import ConditionFile
from kiosk.store.kiosk_file import KioskFile
from kiosk.store.link_file import LinkFile
from kiosk.store.printer_test_file import PrinterTestFile
from kiosk.store.voice_file import VoiceFile
from tests.fakes.kiosks import AKiosk
from tests.fakes.requests import A_MORNING

A_VERSION = "1.0"
PLENTY_BYTES = 80_000_000_000
A_LASTING_READY = Lasting(PrinterCondition.READY, A_MORNING)


def a_report(**changes: object) -> KioskReport:
    """Return the word of a kiosk that is well."""
    facts: dict[str, object] = {
        "at": A_MORNING,
        "started_at": A_MORNING - timedelta(hours=2),
        "version": A_VERSION,
        "clock": Lasting(ClockQuality.SYNCED, A_MORNING),
        "store": Lasting(StoreCondition.WRITABLE, A_MORNING),
        "is_disk_low": Lasting(False, A_MORNING),
        "screen_at": A_MORNING,
    }
    return KioskReport(**facts | changes)  # type: ignore[arg-type]


@dataclass
class ASite:
    """A kiosk's files in a folder, and what staff make of them.

    Attributes:
        kiosk: its store and services.
        folder: where the files lie.
        is_running: whether the process is said to be there.
        free_bytes: room on the disk.
        has_centre: whether entries go somewhere.
    """

    kiosk: AKiosk
    folder: Path
    is_running: bool = True
    free_bytes: int = PLENTY_BYTES
    has_centre: bool = True
    machines: LocalMachines = field(init=False)

    def __post_init__(self) -> None:
        clock = self.clock
        self.condition_file, self.link_file = ConditionFile(self.folder, clock), LinkFile(self.folder, clock)
        self.voice_file, self.kiosk_file = VoiceFile(self.folder, clock), KioskFile(self.folder)
        self.chain_file, self.orders = ChainCheckFile(self.folder), PrinterTestFile(self.folder)
        sources = MachineSources(
            is_running=lambda: self.is_running,
            report=self.kiosk_file.read,
            printer=self.condition_file.lasting,
            link=self.link_file.read,
            chain=self.chain_file.read,
            voice=self.voice_file.read,
            test=self.orders.last,
            free_bytes=lambda: self.free_bytes,
            has_centre=self.has_centre,
            has_voice=True,
            has_keyboard_scanner=False,
            version=A_VERSION,
            usual_tickets=self.kiosk.change_roll.usual.tickets_left(is_near_end=False),
        )
        kiosk = self.kiosk
        self.read = ReadMachine(sources, reading=kiosk.store.reading, clock=clock, site=kiosk.site)
        self.machines = LocalMachines(
            kiosk.desk.sessions, self.read, self.orders, kiosk.change_roll, reading=kiosk.store.reading, **kiosk.parts
        )

    @property
    def clock(self) -> Clock:
        """Of the kiosk."""
        return self.kiosk.clock

    @property
    def health(self) -> MachineHealth:
        """How the machine is now."""
        (health,) = self.machines.look()
        return health

    @property
    def facts(self) -> MachineFacts:
        """What is known of it now."""
        return self.health.facts

    @property
    def sounding(self) -> list[str]:
        """The kinds of the alarms that nobody silenced."""
        return [alarm.kind.value for alarm in self.health.sounding]

    def all_is_well(self) -> None:
        """Let the kiosk tell that nothing is wrong."""
        now = self.clock.read().utc
        self.tell()
        self.printer_says(PrinterCondition.READY)
        self.link_file.write(LinkCondition(LinkState.IDLE, now))

    def tell(self, **changes: object) -> None:
        """Let the kiosk tell how it is."""
        now = self.clock.read().utc
        self.kiosk_file.write(a_report(**{"at": now, "screen_at": now} | changes))

    def printer_says(self, condition: PrinterCondition) -> None:
        """Let the printer say something."""
        self.condition_file.write(condition)

    def print_test(self, specimen: Ticket) -> PrintTest:
        """Return what takes up the test prints in the kiosk's process."""
        return PrintTest(self.orders, lambda: specimen, printer=self.kiosk.printer, **self.kiosk.parts)
