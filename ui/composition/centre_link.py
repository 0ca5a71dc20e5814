"""The link of a machine to its centre: what is sent, what is asked for, and who keeps it going beside the screens."""

# ruff: noqa: PLC0415  # the link is loaded by the commands that use it

from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from kiosk.domain.request import RequestId
from kiosk.journal.act_facts import is_act
from kiosk.journal.entry import Entry, Payload
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.ports.unit_of_work import UnitOfWork
from kiosk.services.apply_update import ApplyUpdate
from kiosk.services.note_quarantine import NoteQuarantine
from kiosk.services.part_journal import PartJournal
from kiosk.services.rotate_key import rotations
from kiosk.services.tend_as_ordered import TendAsOrdered
from kiosk.store.chain_check_file import ChainCheckFile
from kiosk.store.printer_test_file import PrinterTestFile
from ui.composition.received_files import ReceivedInDirectory

if TYPE_CHECKING:
    from sync.client.carry_out import CarryOut, TakeAcknowledgement
    from sync.client.condition import ConditionTeller
    from sync.client.drain import Drain
    from sync.client.http_centre import HttpCentre
    from sync.client.updates import FollowUpdates
    from sync.client.worker import SyncWorker
    from ui.composition.machine import Machine


@dataclass(frozen=True)
class CentreLink:
    """What goes to the centre and what comes from it.

    Attributes:
        machine: the one that is linked.
    """

    machine: "Machine"

    @cached_property
    def centre(self) -> "HttpCentre":
        """The centre, over HTTP."""
        from sync.client.http_centre import HttpCentre

        machine, trust = self.machine, self.machine.trust
        return HttpCentre(
            trust.settings, machine.site.origin, machine.signer, trust.pin_file, rotations=self._rotations
        )

    def _rotations(self) -> list[tuple[Entry, Payload | None]]:
        with self.machine.store.reading() as unit:
            return rotations(unit)

    @cached_property
    def drain(self) -> "Drain[UnitOfWork]":
        """Sends the next batch to the centre."""
        from sync.client.drain import Drain

        machine = self.machine
        return Drain(
            machine.store.units,
            self.centre,
            reading=machine.store.reading,
            batch_entries=machine.settings.central.batch_entries,
            has_visitor=machine.visitor.is_set,
            part=PartJournal(**machine.parts, centre=self.centre),
            note_quarantine=self._note_quarantine(),
        )

    def _note_quarantine(self) -> NoteQuarantine:
        machine = self.machine
        return NoteQuarantine(clock=machine.clock, entropy=machine.entropy, site=machine.site)

    @cached_property
    def follow_updates(self) -> "FollowUpdates":
        """Does what the centre ordered since the last time."""
        from sync.client.updates import FollowUpdates

        machine = self.machine
        apply = ApplyUpdate(
            **machine.parts,
            files=ReceivedInDirectory(machine.data_dir),
            print_ticket=machine.paper.have_printed,
            scrub=machine.store.scrub,
            tend=TendAsOrdered(machine.paper.change_roll, PrinterTestFile(machine.data_dir), machine.clock),
        )
        return FollowUpdates(machine.store.reading, self.centre, apply)

    def exchange(self) -> int:
        """Send the next batch, or do what the centre ordered when nothing is left to send; return how much was done."""
        done = self.drain() or self.follow_updates()
        key_list = self.machine.trust.key_list
        if not done and key_list is not None:
            key_list.learn_if_due()
        return done

    @cached_property
    def worker(self) -> "SyncWorker | None":
        """Keeps the centre up to date beside the screens; None when no centre is configured."""
        central = self.machine.settings.central
        if not central.url:
            return None
        from sync.client.worker import SyncWorker

        return SyncWorker(
            self.exchange, central, tell=self.machine.files.link.write, has_visitor=self.machine.visitor.is_set
        )

    def wake(self) -> None:
        """Have sent what was just recorded; nobody waits for it."""
        if self.worker is not None:
            self.worker.notify()

    @cached_property
    def condition_teller(self) -> "ConditionTeller | None":
        """Tells the centre how this machine is; None when no centre is configured."""
        worker, machine = self.worker, self.machine
        if worker is None:
            return None
        from sync.client.condition import ConditionTeller, ObserveCondition, TellCondition
        from ui.composition.machine_health import machine_from_within

        has_printer = machine.paper.has_printer
        observe = ObserveCondition(
            reading=machine.store.reading,
            clock=machine.clock,
            printer=machine.files.printer.read if has_printer else lambda: PrinterCondition.ABSENT,
            chain=ChainCheckFile(machine.data_dir).read,
            version=version("borne"),
            facts=machine_from_within(machine),
        )
        tell = TellCondition(machine.trust.settings, machine.site.origin, machine.signer)
        return ConditionTeller(observe, tell, lambda: worker.state, ordered=worker.notify)

    @cached_property
    def carry_out(self) -> "CarryOut":
        """Writes entries into a file that is carried to the centre."""
        from sync.client.carry_out import CarryOut

        machine = self.machine
        return CarryOut(**machine.parts, reading=machine.store.reading, signer=machine.signer)

    def take_acknowledgement(self, centre_key: EllipticCurvePublicKey) -> "TakeAcknowledgement":
        """Takes an acknowledgement that was carried back."""
        from sync.client.carry_out import TakeAcknowledgement

        return TakeAcknowledgement(self.machine.store.units, centre_key, note_quarantine=self._note_quarantine())

    def is_held_by_centre(self, reference: str) -> bool:
        """Whether the centre acknowledged every filing of a request, and all that was done with it later."""
        with self.machine.store.reading() as unit:
            request_id, latest = unit.requests.by_reference(reference), unit.acknowledgements.latest()
            if request_id is None or latest is None:
                return False
            last = max(_last_about(unit, each) for each in (request_id, *unit.merges.into(request_id)))
        return last <= latest.accepted_to


def _last_about(unit: UnitOfWork, request_id: RequestId) -> int:
    """Return the number of the last entry that says something of a request's person."""
    filed = unit.requests.get(request_id).latest_filing.journal_seq
    changed = [change.journal_seq for change in unit.changes.of(request_id)]
    noted = [entry.seq for entry, _ in unit.journal.about(request_id, ()) if is_act(entry)]
    return max([filed, *changed, *noted])
