"""A whole kiosk without screens and without printer bytes: real store, real services, a clock that the test moves."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import TypedDict

from kiosk.domain.call_number import THE_ONLY_KIOSK, KioskRank
from kiosk.domain.holidays import Calendar
from kiosk.domain.paper_roll import PaperRoll
from kiosk.domain.place import Places, Site
from kiosk.domain.procedure import Catalogue
from kiosk.domain.request import FilingOutcome, PrintJobId, RequestContent
from kiosk.domain.staff import Role
from kiosk.domain.ticket import ReprintPrinter
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EntryType
from kiosk.journal.seal_verdict import KnownKey
from kiosk.journal.verification import VerificationReport
from kiosk.ports.clock import Clock
from kiosk.ports.entropy import Entropy
from kiosk.ports.ticket_printer import PrinterCondition, TicketPrinter
from kiosk.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from kiosk.services.change_request import AskCorrection, CompleteRequest, CorrectRequest, WithdrawRequest
from kiosk.services.change_roll import ChangeRoll
from kiosk.services.check_ticket import CheckTicket
from kiosk.services.close_period import ClosePeriod
from kiosk.services.export_list import ExportList
from kiosk.services.file_request import FileRequest
from kiosk.services.find_requests import FindRequests
from kiosk.services.find_ticket import FindTicket
from kiosk.services.issue_ticket import IssueTicket
from kiosk.services.list_passages import ListPassages
from kiosk.services.list_requests import ListRequests
from kiosk.services.local_desk import LocalDesk
from kiosk.services.local_duplicates import LocalDuplicates, candidates_here
from kiosk.services.local_file_work import LocalFileWork
from kiosk.services.local_person_rights import LocalPersonRights
from kiosk.services.local_reprint_desk import LocalReprintDesk
from kiosk.services.local_ticket_checks import LocalTicketChecks
from kiosk.services.period_figures import PeriodFigures
from kiosk.services.person_file import ReadFile
from kiosk.services.print_form import PrintForm
from kiosk.services.print_jobs import ExpirePrintJob, RecoverPrintJobs
from kiosk.services.print_ticket import PrintTicket
from kiosk.services.reprint_ticket import OrderReprint
from kiosk.services.search_desk import SearchDesk
from kiosk.services.search_findings import SearchFindings
from kiosk.services.take_up_reprints import TakeUpReprints
from kiosk.store.places_file import load_calendar, load_places
from kiosk.store.store import Store
from kiosk.workflows.print_job import PrintState
from printing.document.compose import compose
from tests.fakes.clocks import FixedClock, SeededEntropy, a_signer
from tests.fakes.printers import ScriptedPrinter
from tests.fakes.requests import a_catalogue, a_request_content, a_site
from tests.fakes.staff import COUNTERS, quick_passwords
from tests.fakes.stores import a_store


class Parts(TypedDict):
    """What most services take."""

    units: UnitOfWorkFactory
    clock: Clock
    entropy: Entropy
    site: Site


@dataclass
class AKiosk:
    """The services of one kiosk, on one store."""

    store: Store
    clock: Clock = field(default_factory=FixedClock)
    entropy: Entropy = field(default_factory=SeededEntropy)
    printer: TicketPrinter = field(default_factory=ScriptedPrinter)
    catalogue: Catalogue = field(default_factory=a_catalogue)
    site: Site = field(default_factory=a_site)
    counter_printer: TicketPrinter = field(default_factory=ScriptedPrinter)
    heard_of_printer: PrinterCondition | None = PrinterCondition.READY  # what the kiosk told of its own
    keys_of_seals: Sequence[KnownKey] = field(default_factory=lambda: [KnownKey(a_signer().public_key)])
    rank: KioskRank = THE_ONLY_KIOSK
    units: UnitOfWorkFactory | None = None  # the store's own, unless a test stands between
    factor_for: tuple[Role, ...] = ()

    def __post_init__(self) -> None:
        self._keys = itertools.count(1)

    @property
    def parts(self) -> Parts:
        """Store, clock, chance and place."""
        return Parts(units=self.units or self.store.units, clock=self.clock, entropy=self.entropy, site=self.site)

    def pass_time(self, period: timedelta) -> None:
        """Move its clock, which stands otherwise."""
        assert isinstance(self.clock, FixedClock)
        self.clock.pass_time(period)

    def file(self, content: RequestContent | None = None, key: str | None = None) -> FilingOutcome:
        """File a request, with a new idempotency key unless one is given."""
        service = FileRequest(**self.parts, catalogue=self.catalogue, rank=self.rank)
        return service(content or a_request_content(), key or f"key-{next(self._keys)}")

    def print(self, print_job_id: PrintJobId) -> PrintState:
        """Print a job."""
        return PrintTicket(**self.parts, printer=self.printer, issue=self.issue)(print_job_id)

    @property
    def print_form(self) -> PrintForm:
        """Prints blank forms."""
        return PrintForm(**self.parts, printer=self.printer)

    @property
    def issue(self) -> IssueTicket:
        """Makes tickets, with the real places and holidays."""
        return IssueTicket(
            signer=a_signer(),
            site=self.site,
            places=_places(),
            catalogue=self.catalogue,
            calendar=_calendar(),
            reading=self.store.reading,
        )

    @property
    def recover(self) -> RecoverPrintJobs:
        """Settles what the last run left open."""
        return RecoverPrintJobs(**self.parts)

    @property
    def expire(self) -> ExpirePrintJob:
        """Expires a ticket whose visitor left."""
        return ExpirePrintJob(**self.parts)

    @property
    def order_reprint(self) -> OrderReprint:
        """Orders another print of a ticket."""
        return OrderReprint(**self.parts)

    @property
    def take_up(self) -> TakeUpReprints:
        """The kiosk's side of duplicates that others order."""
        return TakeUpReprints(**self.parts, reading=self.store.reading, print_ticket=self.print)

    @cached_property
    def reprint_desk(self) -> LocalReprintDesk:
        """The staff's side; the counters have a printer of their own."""
        print_here = PrintTicket(**self.parts, printer=self.counter_printer, issue=self.issue, uses_roll=False)
        return LocalReprintDesk(
            **self.parts,
            reading=self.store.reading,
            sessions=self.desk.sessions,
            issue=self.issue,
            conditions={
                ReprintPrinter.KIOSK: lambda: self.heard_of_printer,
                ReprintPrinter.COUNTER: self.counter_printer.condition,
            },
            print_here=print_here,
            write_pdf=lambda ticket: f"{compose(ticket).words}\n{ticket.seal}".encode(),
        )

    @property
    def checks(self) -> LocalTicketChecks:
        """Checks tickets at the counter, with the key of this kiosk."""
        check = CheckTicket(**self.parts, keys=lambda: self.keys_of_seals, catalogue=self.catalogue)
        return LocalTicketChecks(check, self.desk.sessions)

    @property
    def complete(self) -> CompleteRequest:
        """Adds to a request what its holder brings."""
        return CompleteRequest(**self.parts, catalogue=self.catalogue)

    @property
    def ask_correction(self) -> AskCorrection:
        """Records what a holder says is wrong."""
        return AskCorrection(**self.parts)

    @property
    def correct(self) -> CorrectRequest:
        """Corrects a request, by an agent."""
        return CorrectRequest(**self.parts)

    @property
    def withdraw(self) -> WithdrawRequest:
        """Withdraws a request for its holder."""
        return WithdrawRequest(**self.parts)

    @property
    def list_passages(self) -> ListPassages:
        """Orders the list of a holder's passages."""
        return ListPassages(**self.parts)

    def facts_of(self, kind: EntryType) -> list[Mapping[str, JsonValue]]:
        """Return the facts of all entries of a type, oldest first."""
        with self.store.reading() as unit:
            entries = unit.journal.entries_after(0, 10_000)
        return [payload.facts for entry, payload in entries if entry.type == kind and payload is not None]

    @property
    def change_roll(self) -> ChangeRoll:
        """Records a new roll of paper."""
        return ChangeRoll(**self.parts, usual_length_mm=80_000)

    @property
    def close_period(self) -> ClosePeriod:
        """Closes a day, a month or a year."""
        return ClosePeriod(**self.parts)

    @property
    def find(self) -> FindRequests:
        """Finds requests for staff."""
        return FindRequests(reading=self.store.searching, clock=self.clock, site=self.site, catalogue=self.catalogue)

    @property
    def list_all(self) -> ListRequests:
        """Lists requests for staff."""
        return ListRequests(reading=self.store.searching, clock=self.clock, site=self.site, catalogue=self.catalogue)

    @property
    def figures(self) -> PeriodFigures:
        """Counts what happened."""
        return PeriodFigures(reading=self.store.reading, clock=self.clock, site=self.site, catalogue=self.catalogue)

    @cached_property
    def search(self) -> SearchDesk:
        """The staff's search."""
        return self.search_of(self.desk)

    def search_of(self, desk: LocalDesk) -> SearchDesk:
        """Return the search for the sessions of a desk."""
        keys = [KnownKey(a_signer().public_key)]
        return SearchDesk(
            sessions=desk.sessions,
            reading=self.store.reading,
            find=SearchFindings(
                self.find,
                FindTicket(reading=self.store.reading, clock=self.clock, origin=self.site.origin, keys=lambda: keys),
            ),
            list_all=self.list_all,
            export_list=ExportList(self.find, self.list_all, **self.parts),
            open_file=desk.open_file,
        )

    def roll(self) -> PaperRoll | None:
        """Return the roll as it is counted on disk."""
        with self.store.reading() as unit:
            return unit.paper.current()

    @cached_property
    def desk(self) -> LocalDesk:
        """The staff's desk."""
        return LocalDesk(
            **self.parts,
            reading=self.store.reading,
            catalogue=self.catalogue,
            passwords=quick_passwords(),
            counters=COUNTERS,
            factor_for=self.factor_for,
            read_file=self.read_file,
        )

    @property
    def read_file(self) -> ReadFile:
        """Makes files, with the real places and holidays."""
        return files_read_at(self.site, self.catalogue)

    @cached_property
    def file_work(self) -> LocalFileWork:
        """What staff do with files."""
        return LocalFileWork(self.desk.sessions.actor, self.read_file, **self.parts, catalogue=self.catalogue)

    @cached_property
    def person_rights(self) -> LocalPersonRights:
        """What people may ask about their data."""
        return LocalPersonRights(self.desk.sessions.actor, self.read_file, **self.parts, scrub=self.store.scrub)

    @cached_property
    def duplicates(self) -> LocalDuplicates[UnitOfWork]:
        """Finds and merges requests of one person."""
        return LocalDuplicates(
            self.desk.sessions.actor,
            self.read_file,
            **self.parts,
            reading=self.store.reading,
            candidates=candidates_here,
            catalogue=self.catalogue,
        )

    def state_of(self, print_job_id: PrintJobId) -> PrintState:
        """Return the state of a print job on disk."""
        with self.store.reading() as unit:
            return unit.print_jobs.get(print_job_id).state

    def entry_types(self) -> list[str]:
        """Return the types of all entries after the genesis."""
        with self.store.reading() as unit:
            return [entry.type for entry, _ in unit.journal.entries_after(1, 10_000)]

    def verified(self) -> VerificationReport:
        """Verify the whole journal with every signature."""
        return self.store.verify_journal([a_signer().public_key])


def a_kiosk(folder: Path, *, encrypted: bool = True) -> AKiosk:
    """Return a kiosk on a founded store in a folder."""
    return AKiosk(a_store(folder, encrypted=encrypted))


@cache
def _places() -> Places:
    return load_places()


@cache
def _calendar() -> Calendar:
    return load_calendar()


def files_read_at(site: Site, catalogue: Catalogue) -> ReadFile:
    """Return what makes files, with the real places and holidays."""
    return ReadFile(site=site, catalogue=catalogue, places=_places(), calendar=_calendar())
