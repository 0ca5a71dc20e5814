"""One kiosk, joined from its settings; each part is made when it is first asked for."""

# ruff: noqa: PLC0415  # paper, link and counters are loaded by the commands that use them

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypedDict

import structlog
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from kiosk.domain.hall import Priority
from kiosk.domain.place import Places, Site
from kiosk.domain.procedure import Catalogue
from kiosk.domain.request import FilingOutcome, PrintJobId, RequestContent, RequestId
from kiosk.domain.staff import Role
from kiosk.domain.ticket import ReprintReason
from kiosk.errors import ConfigurationError, StoreError
from kiosk.journal.act_facts import is_act
from kiosk.journal.entry import Entry, Payload
from kiosk.journal.seal_verdict import KnownKey
from kiosk.journal.signature import load_public_pem
from kiosk.log_events import LogEvent
from kiosk.ports.clock import Clock
from kiosk.ports.entropy import Entropy
from kiosk.ports.readiness import Readiness
from kiosk.ports.signer import Signer
from kiosk.ports.ticket_printer import PrinterCondition, TicketPrinter
from kiosk.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from kiosk.services.apply_update import ApplyUpdate
from kiosk.services.change_request import AskCorrection, CompleteRequest, CorrectRequest, WithdrawRequest
from kiosk.services.change_roll import BY_SENSORS, ChangeRoll, RollSensors
from kiosk.services.close_period import CloseEarlierPeriods, ClosePeriod
from kiosk.services.daily_round import DailyRound
from kiosk.services.erase_request import ApplyRetention, EraseRequest
from kiosk.services.file_request import FileRequest
from kiosk.services.find_ticket import FindTicket
from kiosk.services.issue_ticket import IssueTicket
from kiosk.services.list_passages import ListPassages
from kiosk.services.machine import CallAgent
from kiosk.services.note_quarantine import NoteQuarantine
from kiosk.services.part_journal import PartJournal
from kiosk.services.print_form import PrintForm
from kiosk.services.print_jobs import ExpirePrintJob
from kiosk.services.print_ticket import PrintTicket
from kiosk.services.recognise_holder import RecogniseHolder
from kiosk.services.record_change import ChangeOutcome
from kiosk.services.reprint_ticket import BY_SCREEN, OrderReprint
from kiosk.services.rotate_key import rotations
from kiosk.services.take_up_reprints import ReprintWatch, TakeUpReprints
from kiosk.services.watch_readiness import ReadinessWatch
from kiosk.services.watched_printer import WatchedPrinter
from kiosk.settings import CentreSettings, Settings
from kiosk.store.chain_check_file import ChainCheckFile
from kiosk.store.condition_file import ConditionFile
from kiosk.store.key_files import MachineKeys, keys_directory_of
from kiosk.store.kiosk_file import KioskFile
from kiosk.store.kiosk_presence import KioskPresence
from kiosk.store.link_file import LinkFile
from kiosk.store.prepared import compile_statements
from kiosk.store.store import DATABASE_NAME, Store, open_store
from kiosk.store.store_probe import DiskProbe
from kiosk.store.system_clock import SystemClock
from kiosk.store.system_entropy import SystemEntropy
from kiosk.store.voice_file import VoiceFile
from kiosk.workflows.print_job import PrintState
from ui.composition.key_change import finish_interrupted_change
from ui.composition.received_files import ReceivedInDirectory
from ui.composition.restoring import note_restoration, working_on_store
from ui.composition.screens import gui_application
from ui.composition.site_configuration import settle_configuration
from ui.composition.site_data import SiteData, keys_of, load_site

if TYPE_CHECKING:
    from kiosk.services.call_board import LocalCallBoard
    from kiosk.services.export_journal import ExportJournal
    from kiosk.services.export_list import NoteFindings
    from kiosk.services.export_person import ExportPerson
    from kiosk.services.find_requests import FindRequests
    from kiosk.services.local_desk import LocalDesk
    from kiosk.services.local_reprint_desk import LocalReprintDesk
    from kiosk.services.period_figures import PeriodFigures
    from kiosk.services.stamp_head import StampHead
    from sync.client.carry_out import CarryOut, TakeAcknowledgement
    from sync.client.centre_pin import CentrePin
    from sync.client.condition import ConditionTeller
    from sync.client.drain import Drain
    from sync.client.http_centre import HttpCentre
    from sync.client.key_list import KeptKeyList
    from sync.client.stamping_worker import StampingWorker
    from sync.client.updates import FollowUpdates
    from sync.client.worker import SyncWorker

# The centre's public key as the first contact showed it, beside our own keys.
CENTRE_PIN_NAME: Final = "centre.pem"
CENTRE_AUTHORITY_NAME: Final = "centre-authority.pem"
CENTRE_DATABASE_NAME: Final = "centre.db"


def printer_of(settings: Settings) -> TicketPrinter:
    """Return the printer that the settings name; the first use may load Qt and the fonts."""
    from printing.driver import printer_for

    return printer_for(settings.printer, module_dots=settings.seal.module_dots)


class _Parts(TypedDict):
    """Store, clock, chance and place."""

    units: UnitOfWorkFactory
    clock: Clock
    entropy: Entropy
    site: Site


@dataclass(frozen=True)
class Machine:
    """One kiosk, joined: the values it works with, and its parts, each made once when first asked for."""

    settings: Settings
    data_dir: Path
    data: SiteData
    clock: Clock
    entropy: Entropy
    signer: Signer
    store: Store
    config: Path | None = None  # the file that its settings were read from
    visitor: threading.Event = field(default_factory=threading.Event)  # set while somebody is at the screen
    printer_heard: threading.Event = field(default_factory=threading.Event)  # set when the printer said something

    @property
    def site(self) -> Site:
        """Where it stands."""
        return self.data.site

    @property
    def places(self) -> Places:
        """Départements and countries."""
        return self.data.places

    @property
    def catalogue(self) -> Catalogue:
        """The procedures it offers."""
        return self.data.catalogue

    @property
    def has_printer(self) -> bool:
        """Whether a printer is configured at all."""
        return self.settings.printer.url != "none:"

    @cached_property
    def condition_file(self) -> ConditionFile:
        """Where the printing process tells the staff screen how the printer is."""
        return ConditionFile(self.data_dir, self.clock)

    @cached_property
    def link_file(self) -> LinkFile:
        """Where the sending process tells the staff screen how the link is."""
        return LinkFile(self.data_dir, self.clock)

    @cached_property
    def voice_file(self) -> VoiceFile:
        """Where the screens tell staff and ``doctor`` how the voice in the headset is."""
        return VoiceFile(self.data_dir, self.clock)

    @cached_property
    def kiosk_file(self) -> KioskFile:
        """Where the process that serves the public tells the staff screen how it is."""
        return KioskFile(self.data_dir)

    @cached_property
    def presence(self) -> KioskPresence:
        """Whether the process that serves the public is there."""
        return KioskPresence(self.data_dir)

    @cached_property
    def bare_printer(self) -> TicketPrinter:
        """The ticket printer itself."""
        if self.has_printer:
            gui_application()
        return printer_of(self.settings)

    @cached_property
    def printer(self) -> WatchedPrinter:
        """The ticket printer; what it says of itself is published for the staff screen."""
        sensors = RollSensors(self._notice_new_roll)

        def learn(condition: PrinterCondition) -> None:
            self.printer_heard.set()
            self.condition_file.write(condition)
            sensors.see(condition)

        return WatchedPrinter(self.bare_printer, learn)

    @cached_property
    def counter_printer(self) -> TicketPrinter | None:
        """The counters' own printer, which the staff window uses; None where there is none."""
        from ui.composition.tickets import counter_printer_of

        return counter_printer_of(self.settings)

    def _notice_new_roll(self) -> None:
        try:
            self.change_roll(BY_SENSORS)
        except StoreError as error:
            # The gauge goes on from the old roll; staff can still say that it was changed.
            structlog.get_logger().warning(LogEvent.UNEXPECTED_ERROR, error=type(error).__name__)

    def readiness_watch(self, tell: Callable[[Readiness], object]) -> ReadinessWatch:
        """Watches store and printer for the screens, and tells each change."""
        probe = DiskProbe(self.data_dir, self.store.units)
        return ReadinessWatch(probe, lambda: self.printer.latest, tell, nudge=self.printer_heard)

    def warm_up(self) -> None:
        """Do now, while nobody waits, what the first ticket in each language would wait for; on any thread."""
        from printing.driver import EscposTicketPrinter

        compile_statements()
        if isinstance(self.bare_printer, EscposTicketPrinter):
            self.bare_printer.warm_up(self.settings.screen.languages)

    def close(self) -> None:
        """Close what was opened."""
        for name in ("bare_printer", "counter_printer"):
            close_printer = getattr(self.__dict__.get(name), "close", None)
            if close_printer is not None:
                close_printer()
        self.store.close()

    @cached_property
    def file_request(self) -> FileRequest:
        """Files a request."""
        return FileRequest(**self._parts, catalogue=self.catalogue, rank=self.data.rank)

    @cached_property
    def issue_ticket(self) -> IssueTicket:
        """Makes the ticket of a filing."""
        return IssueTicket(
            signer=self.signer,
            site=self.site,
            places=self.places,
            catalogue=self.catalogue,
            calendar=self.data.calendar,
            verify_url=self.settings.seal.verify_url,
            reading=self.store.reading,
        )

    @cached_property
    def print_ticket(self) -> PrintTicket:
        """Prints the ticket of a filing and records how it ended."""
        return PrintTicket(
            units=self.store.units,
            printer=self.printer,
            issue=self.issue_ticket,
            clock=self.clock,
            entropy=self.entropy,
            site=self.site,
        )

    @cached_property
    def print_form(self) -> PrintForm:
        """Prints a form to be filled in by hand."""
        return PrintForm(
            units=self.store.units, printer=self.printer, clock=self.clock, entropy=self.entropy, site=self.site
        )

    @cached_property
    def order_reprint(self) -> OrderReprint:
        """Orders another print of a ticket, marked DUPLICATA."""
        return OrderReprint(**self._parts)

    @cached_property
    def reprint_watch(self) -> ReprintWatch:
        """Prints what counters and centre order for the kiosk's printer; runs beside the screens."""
        take_up = TakeUpReprints(**self._parts, reading=self.store.reading, print_ticket=self.print_and_notify)
        return ReprintWatch(take_up)

    def have_printed(self, print_job_id: PrintJobId) -> None:
        """Have a duplicate printed by the kiosk, which takes it up by itself; here and now where no kiosk runs."""
        if self.reprint_watch.is_alive():
            self.reprint_watch.look_now()
        elif self.condition_file.read() is None:
            self.print_and_notify(print_job_id)

    def reprint_for_holder(self, reference: str) -> PrintJobId:
        """Order another print of a ticket that its holder asked for at the screen."""
        return self.order_reprint(reference, agent=BY_SCREEN, reason=ReprintReason.HOLDER).print_job_id

    @cached_property
    def complete_request(self) -> CompleteRequest:
        """Adds to a request what its holder brings."""
        return CompleteRequest(
            **self._parts,
            catalogue=self.catalogue,
        )

    @property
    def _parts(self) -> _Parts:
        """What nearly every verb takes."""
        return _Parts(units=self.store.units, clock=self.clock, entropy=self.entropy, site=self.site)

    @cached_property
    def ask_correction(self) -> AskCorrection:
        """Records what a holder says is wrong."""
        return AskCorrection(**self._parts)

    @cached_property
    def correct_request(self) -> CorrectRequest:
        """Corrects a request, by an agent."""
        return CorrectRequest(**self._parts)

    @cached_property
    def withdraw_request(self) -> WithdrawRequest:
        """Withdraws a request for its holder."""
        return WithdrawRequest(**self._parts)

    @cached_property
    def list_passages(self) -> ListPassages:
        """Orders the list of a holder's passages."""
        return ListPassages(**self._parts)

    @cached_property
    def find_ticket(self) -> FindTicket:
        """Reads the ticket of a person who comes back."""
        return FindTicket(
            reading=self.store.reading, clock=self.clock, origin=self.site.origin, keys=self.keys_of_seals
        )

    @cached_property
    def recognise_holder(self) -> RecogniseHolder:
        """Opens a request to its holder."""
        return RecogniseHolder(reading=self.store.reading, clock=self.clock, catalogue=self.catalogue)

    def keys_of_seals(self) -> list[KnownKey]:
        """The keys that seals are checked with here: the centre's list, which knows what was revoked, and ours."""
        own = keys_of(self.settings, self.data_dir)
        listed = self.key_list.keys() if self.key_list is not None else ()
        return [*listed, *(KnownKey(key, self.site.origin) for key in (*own.retired, own.signer.public_key))]

    @cached_property
    def key_list(self) -> "KeptKeyList | None":
        """The centre's list of public keys, kept here; None when no centre is configured."""
        if not self.settings.central.url:
            return None
        from sync.client.key_list import KEY_LIST_NAME, KeptKeyList

        return KeptKeyList(self.central_settings, self.centre_pin, keys_directory_of(self.data_dir) / KEY_LIST_NAME)

    @cached_property
    def change_roll(self) -> ChangeRoll:
        """Records a new roll of paper."""
        return ChangeRoll(
            **self._parts,
            usual_length_mm=self.settings.printer.roll_mm,
        )

    @cached_property
    def close_period(self) -> ClosePeriod:
        """Closes a day, a month or a year."""
        return ClosePeriod(**self._parts)

    @cached_property
    def desk(self) -> "LocalDesk":
        """What the staff screen works against, and the accounts of those who work at it."""
        from kiosk.password_hashes import Argon2Passwords
        from kiosk.services.local_desk import LocalDesk

        return LocalDesk(
            units=self.store.units,
            reading=self.store.reading,
            clock=self.clock,
            entropy=self.entropy,
            site=self.site,
            catalogue=self.catalogue,
            passwords=Argon2Passwords(),
            counters=self.settings.hall.counters,
            factor_for=[Role(name) for name in self.settings.hall.totp_for],
            read_file=self.data.read_file,
            priorities=tuple(map(Priority, self.settings.hall.priorities)),
        )

    @cached_property
    def reprint_desk(self) -> "LocalReprintDesk":
        """Has tickets printed again for staff, and writes them as files."""
        from ui.composition.tickets import reprint_desk

        return reprint_desk(self)

    @cached_property
    def call_board(self) -> "LocalCallBoard":
        """What the hall display shows."""
        from kiosk.services.call_board import LocalCallBoard

        return LocalCallBoard(reading=self.store.reading, clock=self.clock, site=self.site)

    @cached_property
    def find_requests(self) -> "FindRequests":
        """Finds requests for staff."""
        from kiosk.services.find_requests import FindRequests

        return FindRequests(reading=self.store.searching, clock=self.clock, site=self.site, catalogue=self.catalogue)

    @cached_property
    def note_findings(self) -> "NoteFindings":
        """Records that the command line showed requests."""
        from kiosk.services.export_list import NoteFindings

        return NoteFindings(**self._parts)

    @cached_property
    def period_figures(self) -> "PeriodFigures":
        """Counts what happened in a day, a week or a month."""
        from kiosk.services.period_figures import PeriodFigures

        return PeriodFigures(reading=self.store.reading, clock=self.clock, site=self.site, catalogue=self.catalogue)

    @cached_property
    def expire_print_job(self) -> ExpirePrintJob:
        """Closes the print job of a visitor who left."""
        return ExpirePrintJob(**self._parts)

    @cached_property
    def call_agent(self) -> CallAgent:
        """Records that a visitor asked for a person."""
        return CallAgent(**self._parts)

    @cached_property
    def erase_request(self) -> EraseRequest:
        """Erases a person's data."""
        return EraseRequest(**self._parts)

    @cached_property
    def apply_retention(self) -> ApplyRetention:
        """Erases what has been here long enough."""
        return ApplyRetention(
            self.erase_request,
            units=self.store.units,
            clock=self.clock,
            keep_days=self.settings.retention.request_days,
            staff_days=self.settings.retention.staff_days,
        )

    @cached_property
    def daily_round(self) -> DailyRound:
        """Does once a night what nobody should wait for."""
        earlier = CloseEarlierPeriods(**self._parts)
        tasks: dict[str, Callable[[], object]] = {
            "closures": earlier,
            "retention": self.apply_retention,
            "scrub": self.store.scrub,
        }
        return DailyRound(self.clock, self.site.departement.timezone, tasks)

    @cached_property
    def export_person(self) -> "ExportPerson":
        """Collects what is held of a person."""
        from kiosk.services.export_person import ExportPerson

        return ExportPerson(**self._parts)

    def is_held_by_centre(self, reference: str) -> bool:
        """Whether the centre acknowledged every filing of a request, and all that was done with it later."""
        with self.store.reading() as unit:
            request_id, latest = unit.requests.by_reference(reference), unit.acknowledgements.latest()
            if request_id is None or latest is None:
                return False
            last = max(_last_about(unit, each) for each in (request_id, *unit.merges.into(request_id)))
        return last <= latest.accepted_to

    @cached_property
    def follow_updates(self) -> "FollowUpdates":
        """Does what the centre ordered since the last time."""
        from sync.client.updates import FollowUpdates

        apply = ApplyUpdate(
            **self._parts,
            files=ReceivedInDirectory(self.data_dir),
            print_ticket=self.have_printed,
            scrub=self.store.scrub,
        )
        return FollowUpdates(self.store.reading, self.centre, apply)

    def exchange(self) -> int:
        """Send the next batch, or do what the centre ordered when nothing is left to send; return how much was done."""
        done = self.drain() or self.follow_updates()
        if not done and self.key_list is not None:
            self.key_list.learn_if_due()
        return done

    @cached_property
    def centre(self) -> "HttpCentre":
        """The centre, over HTTP."""
        from sync.client.http_centre import HttpCentre

        return HttpCentre(
            self.central_settings, self.site.origin, self.signer, self.centre_pin_file, rotations=self._rotations
        )

    @cached_property
    def drain(self) -> "Drain[UnitOfWork]":
        """Sends the next batch to the centre."""
        from sync.client.drain import Drain

        part = PartJournal(
            units=self.store.units, centre=self.centre, clock=self.clock, entropy=self.entropy, site=self.site
        )
        return Drain(
            self.store.units,
            self.centre,
            reading=self.store.reading,
            batch_entries=self.settings.central.batch_entries,
            has_visitor=self.visitor.is_set,
            part=part,
            note_quarantine=NoteQuarantine(clock=self.clock, entropy=self.entropy, site=self.site),
        )

    def _rotations(self) -> list[tuple[Entry, Payload | None]]:
        with self.store.reading() as unit:
            return rotations(unit)

    @cached_property
    def centre_pin(self) -> "CentrePin":
        """The centre's keys, as this machine knows them."""
        from sync.client.centre_pin import CentrePin

        return CentrePin(self.central_settings, self.centre_pin_file)

    @cached_property
    def carry_out(self) -> "CarryOut":
        """Writes entries into a file that is carried to the centre."""
        from sync.client.carry_out import CarryOut

        return CarryOut(
            units=self.store.units,
            reading=self.store.reading,
            clock=self.clock,
            entropy=self.entropy,
            site=self.site,
            signer=self.signer,
        )

    def take_acknowledgement(self, centre_key: EllipticCurvePublicKey) -> "TakeAcknowledgement":
        """Takes an acknowledgement that was carried back."""
        from sync.client.carry_out import TakeAcknowledgement

        note = NoteQuarantine(clock=self.clock, entropy=self.entropy, site=self.site)
        return TakeAcknowledgement(self.store.units, centre_key, note_quarantine=note)

    @property
    def centre_pin_file(self) -> Path:
        """Where the centre's public key is kept, once it was shown."""
        return keys_directory_of(self.data_dir) / CENTRE_PIN_NAME

    @property
    def authority_file(self) -> Path:
        """Where an enrolment keeps the authority that signs the centre's certificate."""
        return keys_directory_of(self.data_dir) / CENTRE_AUTHORITY_NAME

    @property
    def central_settings(self) -> CentreSettings:
        """The settings of the link, with what an enrolment brought."""
        central = self.settings.central
        if central.authority_file is None and self.authority_file.exists():
            return central.model_copy(update={"authority_file": self.authority_file})
        return central

    @cached_property
    def sync_worker(self) -> "SyncWorker | None":
        """Keeps the centre up to date beside the screens; None when no centre is configured."""
        if not self.settings.central.url:
            return None
        from sync.client.worker import SyncWorker

        return SyncWorker(
            self.exchange, self.settings.central, tell=self.link_file.write, has_visitor=self.visitor.is_set
        )

    @cached_property
    def stamp_head(self) -> "StampHead | None":
        """Has the head of the journal stamped; None when no time-stamp authority is configured."""
        evidence = self.settings.evidence
        if not evidence.time_stamp_url:
            return None
        from kiosk.services.stamp_head import StampHead
        from sync.client.time_stamping import HttpTimeStampAuthority

        return StampHead(
            units=self.store.units,
            reading=self.store.reading,
            authority=HttpTimeStampAuthority(evidence, proxy_url=self.settings.central.proxy_url or None),
            clock=self.clock,
            entropy=self.entropy,
            site=self.site,
            interval=timedelta(seconds=evidence.time_stamp_interval_s),
        )

    @cached_property
    def stamping_worker(self) -> "StampingWorker | None":
        """Keeps the journal stamped beside the screens; None when no time-stamp authority is configured."""
        if self.stamp_head is None:
            return None
        from sync.client.stamping_worker import StampingWorker

        return StampingWorker(self.stamp_head.if_due)

    @cached_property
    def export_journal(self) -> "ExportJournal":
        """Writes the journal as an archive that anybody can check."""
        from kiosk.services.export_journal import ExportJournal
        from printing.reports.evidence_documents import PrintedEvidence

        centre_key_file = self.settings.central.public_key_file or self.centre_pin_file
        authority_file = self.settings.evidence.time_stamp_authority_file
        return ExportJournal(
            units=self.store.units,
            reading=self.store.reading,
            clock=self.clock,
            entropy=self.entropy,
            site=self.site,
            signer=self.signer,
            documents=PrintedEvidence(),
            software_version=version("borne"),
            centre_keys=[_public_key_in(centre_key_file)] if centre_key_file.exists() else [],
            authority_pem=_certificates_in(authority_file) if authority_file else b"",
        )

    @cached_property
    def condition_teller(self) -> "ConditionTeller | None":
        """Tells the centre how this machine is; None when no centre is configured."""
        worker = self.sync_worker
        if worker is None:
            return None
        from sync.client.condition import ConditionTeller, ObserveCondition, TellCondition

        observe = ObserveCondition(
            reading=self.store.reading,
            clock=self.clock,
            printer=self.condition_file.read if self.has_printer else lambda: PrinterCondition.ABSENT,
            chain=ChainCheckFile(self.data_dir).read,
            version=version("borne"),
        )
        tell = TellCondition(self.central_settings, self.site.origin, self.signer)
        return ConditionTeller(observe, tell, lambda: worker.state)

    def and_notify(self, outcome: ChangeOutcome) -> ChangeOutcome:
        """Wake the link after something was recorded, and return that."""
        self._wake_link()
        return outcome

    def file_and_notify(self, content: RequestContent, idempotency_key: str) -> FilingOutcome:
        """File a request and wake the link, which nobody waits for."""
        outcome = self.file_request(content, idempotency_key)
        self._wake_link()
        return outcome

    def print_and_notify(self, print_job_id: PrintJobId) -> PrintState:
        """Print a ticket and wake the link, which nobody waits for."""
        state = self.print_ticket(print_job_id)
        self._wake_link()
        return state

    def _wake_link(self) -> None:
        if self.sync_worker is not None:
            self.sync_worker.notify()


def _last_about(unit: UnitOfWork, request_id: RequestId) -> int:
    """Return the number of the last entry that says something of a request's person."""
    filed = unit.requests.get(request_id).latest_filing.journal_seq
    changed = [change.journal_seq for change in unit.changes.of(request_id)]
    noted = [entry.seq for entry, _ in unit.journal.about(request_id, ()) if is_act(entry)]
    return max([filed, *changed, *noted])


def _public_key_in(file: Path) -> EllipticCurvePublicKey:
    try:
        return load_public_pem(file.read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        raise ConfigurationError("central.public_key_file", f"a P-256 public key in PEM, not {file}") from error


def _certificates_in(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        expectation = f"a file that can be read, not {file} ({error.strerror})"
        raise ConfigurationError("evidence.time_stamp_authority_file", expectation) from error


@contextmanager
def background_centre(data_dir: Path) -> Iterator[str]:
    """Run a centre on loopback in a thread of this process, on SQLite; yields its address."""
    from sync.central.serve import background_centre as in_background

    with in_background(f"sqlite:///{data_dir / CENTRE_DATABASE_NAME}", data_dir) as centre:
        yield centre.url


@contextmanager
def open_machine(
    settings: Settings, data_dir: Path, *, clock: Clock | None = None, config: Path | None = None
) -> Iterator[Machine]:
    """Join a machine on a data directory, which is made when it does not exist, and close its store at the end.

    Args:
        settings: of this machine.
        data_dir: where its database lies.
        clock: another clock than the machine's, for tests.
        config: the file that the settings were read from; None for the sample site.

    Raises:
        ConfigurationError: a setting, data file or key is wrong.
        StoreError: the database cannot be opened; it is left as it is.
    """
    data = load_site(settings, data_dir)
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(
            "--data-dir", f"a directory that can be made, not {data_dir} ({error.strerror})"
        ) from error
    with working_on_store(data_dir):
        keys, store = _keys_and_store(settings, data_dir, data.site.origin)
        machine = Machine(settings, data_dir, data, clock or SystemClock(), SystemEntropy(), keys.signer, store, config)
        try:
            settle_configuration(store, data_dir, data.site.origin, keys)
            note_restoration(machine)
            yield machine
        finally:
            machine.close()


def _keys_and_store(settings: Settings, data_dir: Path, origin: str) -> tuple[MachineKeys, Store]:
    keys = keys_of(settings, data_dir)
    store = open_store(
        data_dir / DATABASE_NAME,
        key=keys.store_key,
        signer=keys.signer,
        origin=origin,
        busy_timeout_s=settings.store.busy_timeout_s,
    )
    if not finish_interrupted_change(settings, data_dir, store, keys):
        return keys, store
    store.close()
    return _keys_and_store(settings, data_dir, origin)
