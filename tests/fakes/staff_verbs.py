"""Everything that staff can do, with what it needs: the table that is held against the roles."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from kiosk.domain.alarm import AlarmKind, SilenceFor
from kiosk.domain.figures import FiguresPeriod, PeriodKind
from kiosk.domain.file_act import CounterMessage, IdentityResult, ImpossibilityGround
from kiosk.domain.hall import Priority
from kiosk.domain.request import PrintJobId
from kiosk.domain.request_change import Completion, CorrectedField
from kiosk.domain.staff import Permission, Role
from kiosk.domain.ticket import ReprintPrinter, ReprintReason
from kiosk.journal.entry import EntryType
from kiosk.ports.desk import StaffSession
from kiosk.ports.finding import ListOrder, RequestFilter
from kiosk.ports.request_search import ListExport, ListFormat
from kiosk.services.back_up import BackUp
from kiosk.services.configure_site import ConfigureSite
from kiosk.services.local_machines import LocalMachines
from kiosk.services.staff_accounts import StaffAccounts
from kiosk.store.store_copies import StoreCopiesInFolders
from kiosk.workflows.hall_place import Move, PlaceEvent
from kiosk.workflows.print_job import PrintState
from tests.fakes.clocks import a_signer
from tests.fakes.configurations import configuring
from tests.fakes.list_files import AListFile
from tests.fakes.machine_health import ASite
from tests.fakes.staff import A_FIRST_PASSWORD, A_PASSWORD, a_telephone_with
from tests.fakes.staff_papers import day_end, staff_figures
from tests.fakes.staff_worlds import CLOSED, LOCKED_NAME, OPEN, WITH_FACTOR, AStaffWorld, SessionState
from tests.fakes.stores import A_STORE_KEY

Act = Callable[[AStaffWorld, StaffSession], object]

SERVE, ORDER, MANAGE = Permission.SERVE, Permission.CHANGE_ORDER, Permission.MANAGE_ACCOUNTS
TEND, CLOSE, CONFIGURE = Permission.TEND_PRINTER, Permission.CLOSE_DAY, Permission.CONFIGURE
READ_FIGURES, MERGE = Permission.READ_FIGURES, Permission.MERGE_REQUESTS
EVERYBODY: Final = None
ENROLLING: Final = frozenset({SessionState.MUST_ENROL})

_A_LIST: Final = b"n.new;agent\nm.new;superviseur\n"
_A_CHANGE: Final = {"hours.monday": ["08:30-12:00"]}
_EVERY_REQUEST: Final = RequestFilter()
# Written by the machine about its own work, whoever asked for it.
BY_THE_MACHINE: Final = frozenset(
    {EntryType.TICKET_SENDING, EntryType.TICKET_CONFIRMED, EntryType.TICKET_UNCONFIRMED, EntryType.TICKET_FAILED}
)


@dataclass(frozen=True)
class Verb:
    """One thing to do.

    Attributes:
        name: port or service, and verb.
        needs: the permission; None for whoever has an account.
        act: does it.
        before: done beforehand, while the person is awake.
        also_in: states of a session, beside awake, in which it is allowed.
        note: tells variants of a verb apart.
    """

    name: str
    needs: Permission | None
    act: Act
    before: Callable[[AStaffWorld], object] = lambda _world: None
    also_in: frozenset[SessionState] = frozenset()
    note: str = ""


# Beforehand ----------------------------------------------------------------------------------------------------------


def papers_asked(world: AStaffWorld) -> None:
    term = (world.now + timedelta(days=9)).date()
    world.kiosk.file_work.ask_papers(world.session, world.reference, [], "facture", term)


def _called(world: AStaffWorld) -> None:
    world.desk.call_next(world.session)


def _identity_checked(world: AStaffWorld) -> None:
    world.kiosk.file_work.check_identity(world.chief(), world.reference, IdentityResult.MATCH)


def _merged(world: AStaffWorld) -> None:
    world.kiosk.duplicates.merge(world.chief(), world.reference, world.other_reference)


def _ordered(world: AStaffWorld) -> None:
    _order(world, world.chief())


def _changed(world: AStaffWorld) -> None:
    _configure(world).change(world.chief(), 0, _A_CHANGE)


def _copied(world: AStaffWorld) -> None:
    _copies_folder(world).mkdir(exist_ok=True)
    _back_up(world).make(world.chief(), _copies_folder(world))


# What the verbs work on ----------------------------------------------------------------------------------------------


def _taken(world: AStaffWorld, session: StaffSession) -> object:
    telephone = a_telephone_with(world.desk.second_factor.offer(session).secret_text)
    return world.desk.second_factor.confirm(session, A_PASSWORD, telephone.shows(world.now))


def _order(world: AStaffWorld, session: StaffSession) -> object:
    return world.kiosk.reprint_desk.order(session, world.reference, ReprintReason.LOST, ReprintPrinter.COUNTER)


def _job(world: AStaffWorld) -> PrintJobId:
    with world.kiosk.store.reading() as unit:
        return next(job.print_job_id for job in unit.print_jobs.in_states([PrintState.SAVED]) if job.reprint)


def _machines(world: AStaffWorld) -> LocalMachines:
    return ASite(world.kiosk, world.folder, is_running=False).machines


def _configure(world: AStaffWorld) -> ConfigureSite:
    return configuring(world.kiosk, world.folder)


def _copies_folder(world: AStaffWorld) -> Path:
    return world.folder / "copies"


def _back_up(world: AStaffWorld) -> BackUp:
    copies = StoreCopiesInFolders(
        world.folder, key=A_STORE_KEY, origin=world.kiosk.site.origin, keys=lambda: [a_signer().public_key]
    )
    kiosk = world.kiosk
    return BackUp(**kiosk.parts, reading=kiosk.store.reading, sessions=kiosk.desk.sessions, copies=copies)


def _the_copy(world: AStaffWorld) -> Path:
    return next(each for each in _copies_folder(world).iterdir() if each.is_dir())


def _month(world: AStaffWorld) -> FiguresPeriod:
    return FiguresPeriod.around(PeriodKind.MONTH, world.now.date())


def _day(world: AStaffWorld) -> FiguresPeriod:
    return FiguresPeriod.around(PeriodKind.DAY, world.now.date())


# The table -----------------------------------------------------------------------------------------------------------

_HALL: Final = (
    Verb("Desk.hall", SERVE, lambda w, s: w.desk.hall(s)),
    Verb("Desk.call_next", SERVE, lambda w, s: w.desk.call_next(s)),
    Verb("Desk.move", SERVE, lambda w, s: w.desk.move(s, w.place, Move(PlaceEvent.CALLED, counter="1")), note="call"),
    Verb(
        "Desk.move",
        ORDER,
        lambda w, s: w.desk.move(s, w.place, Move(PlaceEvent.PRIORITISED, priority=Priority.VULNERABLE)),
        note="priority",
    ),
    Verb("Desk.undo", SERVE, lambda w, s: w.desk.undo(s, w.place), before=_called),
    Verb("Desk.open_file", SERVE, lambda w, s: w.desk.open_file(s, w.reference)),
)
_ACCOUNTS: Final = (
    Verb(
        "AccountDesk.keep_up",
        EVERYBODY,
        lambda w, s: w.desk.account_desk.keep_up(s),
        also_in=frozenset({SessionState.MUST_CHANGE, SessionState.MUST_ENROL}),
    ),
    Verb("AccountDesk.all", MANAGE, lambda w, s: w.desk.account_desk.all(s)),
    Verb("AccountDesk.add", MANAGE, lambda w, s: w.desk.account_desk.add(s, "n.new", Role.ADMINISTRATOR)),
    Verb("AccountDesk.change_role", MANAGE, lambda w, s: w.desk.account_desk.change_role(s, OPEN, Role.SUPERVISOR)),
    Verb("AccountDesk.disable", MANAGE, lambda w, s: w.desk.account_desk.disable(s, OPEN)),
    Verb("AccountDesk.enable", MANAGE, lambda w, s: w.desk.account_desk.enable(s, CLOSED)),
    Verb("AccountDesk.reset", MANAGE, lambda w, s: w.desk.account_desk.reset(s, OPEN)),
    Verb("AccountDesk.unlock_name", MANAGE, lambda w, s: w.desk.account_desk.unlock_name(s, LOCKED_NAME)),
    Verb("AccountDesk.remove_factor", MANAGE, lambda w, s: w.desk.account_desk.remove_factor(s, WITH_FACTOR)),
    Verb("AccountDesk.look_through", MANAGE, lambda w, s: w.desk.account_desk.look_through(s, _A_LIST)),
    Verb("AccountDesk.add_all", MANAGE, lambda w, s: w.desk.account_desk.add_all(s, _A_LIST)),
    Verb("FactorDesk.state", EVERYBODY, lambda w, s: w.desk.second_factor.state(s), also_in=ENROLLING),
    Verb("FactorDesk.offer", EVERYBODY, lambda w, s: w.desk.second_factor.offer(s), also_in=ENROLLING),
    Verb("FactorDesk.confirm", EVERYBODY, _taken, also_in=ENROLLING),
    Verb(
        "FactorDesk.new_recovery_codes",
        EVERYBODY,
        lambda w, s: w.desk.second_factor.new_recovery_codes(s, A_PASSWORD, w.code()),
        before=AStaffWorld.enrol,
        also_in=ENROLLING,
    ),
    Verb(
        "FactorDesk.give_up",
        EVERYBODY,
        lambda w, s: w.desk.second_factor.give_up(s, A_PASSWORD, w.code()),
        before=AStaffWorld.enrol,
    ),
)
_FILES: Final = (
    Verb(
        "FileWork.check_identity",
        SERVE,
        lambda w, s: w.kiosk.file_work.check_identity(s, w.reference, IdentityResult.MATCH),
    ),
    Verb("FileWork.add_note", SERVE, lambda w, s: w.kiosk.file_work.add_note(s, w.reference, "Revient demain")),
    Verb(
        "FileWork.correct",
        SERVE,
        lambda w, s: w.kiosk.file_work.correct(s, w.reference, {CorrectedField.BIRTH_NAME: "BALDE"}, "passeport vu"),
    ),
    Verb(
        "FileWork.complete",
        SERVE,
        lambda w, s: w.kiosk.file_work.complete(s, w.reference, Completion(phone="0612345678")),
    ),
    Verb(
        "FileWork.record_impossibility",
        SERVE,
        lambda w, s: w.kiosk.file_work.record_impossibility(s, w.reference, ImpossibilityGround.NO_SLOT, ""),
    ),
    Verb("FileWork.tick_papers", SERVE, lambda w, s: w.kiosk.file_work.tick_papers(s, w.reference, ["PASSPORT"])),
    Verb(
        "FileWork.ask_papers",
        SERVE,
        lambda w, s: w.kiosk.file_work.ask_papers(s, w.reference, [], "facture", (w.now + timedelta(days=9)).date()),
    ),
    Verb(
        "FileWork.print_missing",
        SERVE,
        lambda w, s: w.kiosk.file_work.print_missing(s, w.reference),
        before=papers_asked,
    ),
    Verb(
        "FileWork.leave_message",
        SERVE,
        lambda w, s: w.kiosk.file_work.leave_message(s, w.reference, CounterMessage.CARD_READY),
    ),
    Verb("FileWork.withdraw", SERVE, lambda w, s: w.kiosk.file_work.withdraw(s, w.reference)),
    Verb(
        "PersonRights.export",
        SERVE,
        lambda w, s: w.kiosk.person_rights.export(s, w.reference),
        before=_identity_checked,
    ),
    Verb(
        "PersonRights.erase",
        Permission.ERASE_PEOPLE,
        lambda w, s: w.kiosk.person_rights.erase(s, w.reference, w.reference),
    ),
    Verb("Duplicates.of", SERVE, lambda w, s: w.kiosk.duplicates.of(s, w.reference)),
    Verb("Duplicates.merge", MERGE, lambda w, s: w.kiosk.duplicates.merge(s, w.reference, w.other_reference)),
    Verb(
        "Duplicates.part",
        MERGE,
        lambda w, s: w.kiosk.duplicates.part(s, w.reference, w.other_reference),
        before=_merged,
    ),
)
_SEARCHING: Final = (
    Verb("RequestSearch.find", SERVE, lambda w, s: w.kiosk.search.find(s, "diallo", _EVERY_REQUEST)),
    Verb(
        "RequestSearch.page",
        SERVE,
        lambda w, s: w.kiosk.search.page(s, _EVERY_REQUEST, ListOrder.NEWEST_FIRST, None),
    ),
    Verb("RequestSearch.open_file", SERVE, lambda w, s: w.kiosk.search.open_file(s, w.reference)),
    Verb(
        "RequestSearch.export",
        Permission.EXPORT_LIST,
        lambda w, s: w.kiosk.search.export(
            s, ListExport(ListFormat.CSV, _EVERY_REQUEST), AListFile(), lambda _count: True
        ),
    ),
)
_TICKETS: Final = (
    Verb("ReprintDesk.order", SERVE, _order),
    Verb(
        "ReprintDesk.print_here",
        SERVE,
        lambda w, s: w.kiosk.reprint_desk.print_here(s, _job(w)),
        before=_ordered,
    ),
    Verb("ReprintDesk.news", SERVE, lambda w, s: w.kiosk.reprint_desk.news(s, _job(w)), before=_ordered),
    Verb("ReprintDesk.give_up", SERVE, lambda w, s: w.kiosk.reprint_desk.give_up(s, _job(w)), before=_ordered),
    Verb("ReprintDesk.office_pdf", SERVE, lambda w, s: w.kiosk.reprint_desk.office_pdf(s, w.reference)),
    Verb("TicketChecks.check", SERVE, lambda w, s: w.kiosk.checks.check(s, w.seal)),
    Verb("TicketChecks.is_of", SERVE, lambda w, s: w.kiosk.checks.is_of(s, w.seal, "DIALLO", None)),
)
_MACHINES: Final = (
    Verb(
        "Machines.silence",
        Permission.SILENCE_ALARMS,
        lambda w, s: _machines(w).silence(
            s, w.kiosk.site.origin, AlarmKind.STOPPED, SilenceFor.HOUR, "le technicien vient"
        ),
    ),
    Verb("Machines.order_test", TEND, lambda w, s: _machines(w).order_test(s, w.kiosk.site.origin)),
    Verb("Machines.change_roll", TEND, lambda w, s: _machines(w).change_roll(s, w.kiosk.site.origin, None)),
)
_DAYS: Final = (
    Verb("FiguresDesk.span", SERVE, lambda w, s: staff_figures(w.kiosk).span(s)),
    Verb("FiguresDesk.figures", SERVE, lambda w, s: staff_figures(w.kiosk).figures(s, _day(w)), note="day"),
    Verb("FiguresDesk.figures", READ_FIGURES, lambda w, s: staff_figures(w.kiosk).figures(s, _month(w)), note="month"),
    Verb("FiguresDesk.report", READ_FIGURES, lambda w, s: staff_figures(w.kiosk).report(s, _day(w))),
    Verb("RegisterDesk.today", CLOSE, lambda w, s: day_end(w.kiosk).today(s)),
    Verb("RegisterDesk.check", CLOSE, lambda w, s: day_end(w.kiosk).check(s)),
    Verb("RegisterDesk.close_today", CLOSE, lambda w, s: day_end(w.kiosk).close_today(s)),
    Verb("RegisterDesk.close_earlier", CLOSE, lambda w, s: day_end(w.kiosk).close_earlier(s)),
    Verb("RegisterDesk.closures", CLOSE, lambda w, s: day_end(w.kiosk).closures(s)),
    Verb("RegisterDesk.document", CLOSE, lambda w, s: day_end(w.kiosk).document(s, None)),
)
_SETTINGS: Final = (
    Verb("ConfigureSite.standing", CONFIGURE, lambda w, s: _configure(w).standing(s)),
    Verb("ConfigureSite.review", CONFIGURE, lambda w, s: _configure(w).review(s, 0, _A_CHANGE)),
    Verb("ConfigureSite.with_changes", CONFIGURE, lambda w, s: _configure(w).with_changes(s, _A_CHANGE)),
    Verb("ConfigureSite.change", CONFIGURE, lambda w, s: _configure(w).change(s, 0, _A_CHANGE)),
    Verb("ConfigureSite.review_return", CONFIGURE, lambda w, s: _configure(w).review_return(s, 0), before=_changed),
    Verb("ConfigureSite.return_to", CONFIGURE, lambda w, s: _configure(w).return_to(s, 0), before=_changed),
    Verb("ConfigureSite.history", CONFIGURE, lambda w, s: _configure(w).history(s)),
    Verb("BackUp.make", CONFIGURE, lambda w, s: _back_up(w).make(s, _copies_folder(w)), before=_copied),
    Verb("BackUp.found", CONFIGURE, lambda w, s: _back_up(w).found(s, _copies_folder(w)), before=_copied),
    Verb("BackUp.prepared", CONFIGURE, lambda w, s: _back_up(w).prepared(s)),
    Verb("BackUp.prepare", CONFIGURE, lambda w, s: _back_up(w).prepare(s, _the_copy(w)), before=_copied),
    Verb("BackUp.cancel", CONFIGURE, lambda w, s: _back_up(w).cancel(s)),
)
VERBS: Final = (*_HALL, *_ACCOUNTS, *_FILES, *_SEARCHING, *_TICKETS, *_MACHINES, *_DAYS, *_SETTINGS)

# Signing in and out: who may is asked by the password, a failure is meant to leave a trace (test_staff_door.py,
# test_staff_accounts.py, test_own_second_factor.py). To lock and to leave is allowed to everybody at any time.
AT_THE_DOOR: Final = frozenset(
    {"Desk.sign_in", "Desk.sign_out", "Desk.lock", "Desk.unlock", "Desk.change_password", "Desk.found"}
)
# Names nobody and changes nothing.
OF_NOBODY: Final = frozenset(
    {
        "Desk.backlog",
        "Desk.paper_roll",
        "Desk.has_accounts",
        "Desk.counters",
        "Desk.services",
        "Machines.look",
        "Machines.usual_tickets",
        "ReprintDesk.printers",
    }
)

ByName = Callable[[StaffAccounts, str], Any]
BY_NAME: Final[Mapping[str, ByName]] = {
    "add": lambda a, by: a.add("n.new", Role.ADMINISTRATOR, A_FIRST_PASSWORD, by=by),
    "look_through": lambda a, by: a.look_through(_A_LIST, by=by),
    "add_all": lambda a, by: a.add_all(_A_LIST, by=by),
    "all": lambda a, by: a.all(by=by),
    "change_role": lambda a, by: a.change_role(OPEN, Role.ADMINISTRATOR, by=by),
    "disable": lambda a, by: a.disable(OPEN, by=by),
    "enable": lambda a, by: a.enable(CLOSED, by=by),
    "reset": lambda a, by: a.reset(OPEN, A_FIRST_PASSWORD, by=by),
    "unlock_name": lambda a, by: a.unlock_name(LOCKED_NAME, by=by),
    "remove_factor": lambda a, by: a.remove_factor(WITH_FACTOR, by=by),
}
# By a password, before there is anybody, or without a person: tested in test_staff_accounts.py.
OF_ACCOUNTS_WITHOUT_ACTOR: Final = frozenset({"exist", "prove", "found", "new_password", "of", "change_password"})
