"""Every verb that staff have, for every role and every state of a session: allowed or refused as the roles say.

A verb is found by looking through the ports: one that takes a session and is not named here fails the first test. A
refused verb leaves no trace, and an allowed one leaves entries that name who acted.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

import kiosk.ports
from kiosk.domain.figures import FiguresPeriod, PeriodKind
from kiosk.domain.hall import Priority
from kiosk.domain.staff import MAY, Permission, Role
from kiosk.errors import NotAllowedError, NotSignedInError, StaffError
from kiosk.ports.desk import StaffSession
from kiosk.ports.finding import EVERYTHING, ListOrder
from kiosk.ports.request_search import ListExport, ListFormat
from kiosk.services.day_end import DayEnd
from kiosk.services.search_desk import SearchDesk
from kiosk.services.staff_accounts import StaffAccounts
from kiosk.services.staff_figures import StaffFigures
from kiosk.workflows.hall_place import Move, PlaceEvent
from tests.fakes.list_files import AListFile
from tests.fakes.staff import A_FIRST_PASSWORD, A_PASSWORD, a_telephone_with
from tests.fakes.staff_papers import day_end, staff_figures
from tests.fakes.staff_worlds import CLOSED, LOCKED_NAME, OPEN, WITH_FACTOR, AStaffWorld, SessionState

A_LIST: Final = b"n.new;agent\nm.new;superviseur\n"
EVERYBODY: Final = None


@dataclass(frozen=True)
class Verb:
    """One thing to do.

    Attributes:
        name: port and verb.
        needs: the permission; None for whoever has an account.
        act: does it.
        before: done by the same person beforehand, while awake.
        also_in: states of a session, beside awake, in which it is allowed.
        note: tells variants of a verb apart.
    """

    name: str
    needs: Permission | None
    act: Callable[[AStaffWorld, StaffSession], object]
    before: Callable[[AStaffWorld], object] = lambda _world: None
    also_in: frozenset[SessionState] = frozenset()
    note: str = ""


def called(world: AStaffWorld) -> None:
    world.desk.call_next(world.session)


def offered(world: AStaffWorld, session: StaffSession) -> str:
    return world.desk.second_factor.offer(session).secret_text


def taken(world: AStaffWorld, session: StaffSession) -> object:
    telephone = a_telephone_with(offered(world, session))
    return world.desk.second_factor.confirm(session, A_PASSWORD, telephone.shows(world.now))


def searching(world: AStaffWorld) -> SearchDesk:
    return world.kiosk.search_of(world.desk)


def exported(world: AStaffWorld, session: StaffSession) -> object:
    return searching(world).export(session, ListExport(ListFormat.CSV, EVERYTHING), AListFile(), lambda _count: True)


def figures(world: AStaffWorld) -> StaffFigures:
    return staff_figures(world.kiosk, world.desk)


def end(world: AStaffWorld) -> DayEnd:
    return day_end(world.kiosk, desk=world.desk)


SERVE, ORDER, MANAGE = Permission.SERVE, Permission.CHANGE_ORDER, Permission.MANAGE_ACCOUNTS
FIGURES, CLOSE = Permission.READ_FIGURES, Permission.CLOSE_DAY
A_DAY, A_WEEK = (FiguresPeriod.around(kind, date(2026, 11, 20)) for kind in (PeriodKind.DAY, PeriodKind.WEEK))
ENROLLING: Final = frozenset({SessionState.MUST_ENROL})
VERBS: Final = (
    Verb("Desk.hall", SERVE, lambda w, s: w.desk.hall(s)),
    Verb("Desk.call_next", SERVE, lambda w, s: w.desk.call_next(s)),
    Verb("Desk.move", SERVE, lambda w, s: w.desk.move(s, w.place, Move(PlaceEvent.CALLED, counter="1")), note="call"),
    Verb(
        "Desk.move",
        ORDER,
        lambda w, s: w.desk.move(s, w.place, Move(PlaceEvent.PRIORITISED, priority=Priority.VULNERABLE)),
        note="priority",
    ),
    Verb("Desk.undo", SERVE, lambda w, s: w.desk.undo(s, w.place), before=called),
    Verb("Desk.open_file", SERVE, lambda w, s: w.desk.open_file(s, w.reference)),
    Verb("RequestSearch.find", SERVE, lambda w, s: searching(w).find(s, "a", EVERYTHING)),
    Verb("RequestSearch.page", SERVE, lambda w, s: searching(w).page(s, EVERYTHING, ListOrder.NEWEST_FIRST, None)),
    Verb("RequestSearch.open_file", SERVE, lambda w, s: searching(w).open_file(s, w.reference)),
    Verb("RequestSearch.export", Permission.EXPORT_LIST, exported),
    Verb("AccountDesk.keep_up", EVERYBODY, lambda w, s: w.desk.account_desk.keep_up(s), also_in=frozenset(
        {SessionState.MUST_CHANGE, SessionState.MUST_ENROL})),
    Verb("AccountDesk.all", MANAGE, lambda w, s: w.desk.account_desk.all(s)),
    Verb("AccountDesk.add", MANAGE, lambda w, s: w.desk.account_desk.add(s, "n.new", Role.ADMINISTRATOR)),
    Verb("AccountDesk.change_role", MANAGE, lambda w, s: w.desk.account_desk.change_role(s, OPEN, Role.SUPERVISOR)),
    Verb("AccountDesk.disable", MANAGE, lambda w, s: w.desk.account_desk.disable(s, OPEN)),
    Verb("AccountDesk.enable", MANAGE, lambda w, s: w.desk.account_desk.enable(s, CLOSED)),
    Verb("AccountDesk.reset", MANAGE, lambda w, s: w.desk.account_desk.reset(s, OPEN)),
    Verb("AccountDesk.unlock_name", MANAGE, lambda w, s: w.desk.account_desk.unlock_name(s, LOCKED_NAME)),
    Verb("AccountDesk.remove_factor", MANAGE, lambda w, s: w.desk.account_desk.remove_factor(s, WITH_FACTOR)),
    Verb("AccountDesk.look_through", MANAGE, lambda w, s: w.desk.account_desk.look_through(s, A_LIST)),
    Verb("AccountDesk.add_all", MANAGE, lambda w, s: w.desk.account_desk.add_all(s, A_LIST)),
    Verb("FactorDesk.state", EVERYBODY, lambda w, s: w.desk.second_factor.state(s), also_in=ENROLLING),
    Verb("FactorDesk.offer", EVERYBODY, lambda w, s: w.desk.second_factor.offer(s), also_in=ENROLLING),
    Verb("FactorDesk.confirm", EVERYBODY, taken, also_in=ENROLLING),
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
    Verb("FiguresDesk.span", SERVE, lambda w, s: figures(w).span(s)),
    Verb("FiguresDesk.figures", SERVE, lambda w, s: figures(w).figures(s, A_DAY), note="day"),
    Verb("FiguresDesk.figures", FIGURES, lambda w, s: figures(w).figures(s, A_WEEK), note="week"),
    Verb("FiguresDesk.report", FIGURES, lambda w, s: figures(w).report(s, A_DAY)),
    Verb("RegisterDesk.today", CLOSE, lambda w, s: end(w).today(s)),
    Verb("RegisterDesk.check", CLOSE, lambda w, s: end(w).check(s)),
    Verb("RegisterDesk.close_today", CLOSE, lambda w, s: end(w).close_today(s)),
    Verb("RegisterDesk.close_earlier", CLOSE, lambda w, s: end(w).close_earlier(s)),
    Verb("RegisterDesk.closures", CLOSE, lambda w, s: end(w).closures(s)),
    Verb("RegisterDesk.document", CLOSE, lambda w, s: end(w).document(s, None)),
)  # fmt: skip
# Signing in and out: who may is asked by the password, a failure is meant to leave a trace (test_staff_door.py,
# test_staff_accounts.py, test_own_second_factor.py). To lock and to leave is allowed to everybody at any time.
AT_THE_DOOR: Final = frozenset(
    {"Desk.sign_in", "Desk.sign_out", "Desk.lock", "Desk.unlock", "Desk.change_password", "Desk.found"}
)
# Names nobody and changes nothing.
OF_NOBODY: Final = frozenset({"Desk.backlog", "Desk.paper_roll", "Desk.has_accounts", "Desk.counters", "Desk.services"})

BY_NAME: Final = {
    "add": lambda a, by: a.add("n.new", Role.ADMINISTRATOR, A_FIRST_PASSWORD, by=by),
    "look_through": lambda a, by: a.look_through(A_LIST, by=by),
    "add_all": lambda a, by: a.add_all(A_LIST, by=by),
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


def staff_ports() -> Iterator[type]:
    """Every port with a verb that takes a session; one that only gives a part of another is left to that one."""
    found: list[type] = []
    for module in pkgutil.iter_modules(kiosk.ports.__path__, "kiosk.ports."):
        for _, port in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if getattr(port, "_is_protocol", False) and port.__module__ == module.name and _takes_session(port):
                found.append(port)
    return (port for port in found if not any(port in other.__mro__[1:] for other in found))


def _takes_session(port: type) -> bool:
    return any(_session_of(verb) for _, verb in inspect.getmembers(port, inspect.isfunction))


def _session_of(verb: Callable[..., object]) -> bool:
    parameters = inspect.signature(verb).parameters.items()
    return any(name == "session" or each.annotation in (StaffSession, "StaffSession") for name, each in parameters)


def verbs_of(port: type) -> set[str]:
    return {name for name, _ in inspect.getmembers(port, inspect.isfunction) if not name.startswith("_")}


def refusal_of(act: Callable[[], object]) -> StaffError | None:
    try:
        act()
    except (NotAllowedError, NotSignedInError) as error:
        return error
    return None


def names_of_actors(before: Any, world: AStaffWorld) -> list[bool]:
    """Whether each new entry names who acted."""
    with world.kiosk.store.reading() as unit:
        new = unit.journal.entries_after(len(before["journal_entries"]), 100)
    return [payload is not None and world.name in payload.facts.values() for _, payload in new]


def test_every_verb_of_every_port_is_named_here() -> None:
    """A new one is put to the question before anybody can use it."""
    there = {f"{port.__name__}.{verb}" for port in staff_ports() for verb in verbs_of(port)}

    assert there == {verb.name for verb in VERBS} | AT_THE_DOOR | OF_NOBODY


def test_every_verb_on_accounts_is_named_here() -> None:
    """Whether it says who acts or not."""
    verbs = {name: verb for name, verb in inspect.getmembers(StaffAccounts, inspect.isfunction) if name[0] != "_"}

    assert {name for name, verb in verbs.items() if "by" in inspect.signature(verb).parameters} == set(BY_NAME)
    assert set(verbs) - set(BY_NAME) == OF_ACCOUNTS_WITHOUT_ACTOR


def test_every_permission_is_asked_for_by_a_verb() -> None:
    """None is only a word."""
    assert {verb.needs for verb in VERBS} >= set(Permission)


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: f"{verb.name} {verb.note}".strip())
@pytest.mark.parametrize("role", Role)
def test_a_verb_is_allowed_or_refused_as_the_roles_say(verb: Verb, role: Role, tmp_path: Path) -> None:
    """In every state of the session."""
    wrong = []
    for state in SessionState:
        folder = tmp_path / state.value
        folder.mkdir()
        world = AStaffWorld(folder, role)
        verb.before(world)
        world.bring_to(state)
        may = (verb.needs is None or verb.needs in MAY[role]) and _can_be_in(verb, state)
        before = world.everything()
        refusal = refusal_of(lambda world=world: verb.act(world, world.session))  # type: ignore[misc]
        if (refusal is None) is not may:
            wrong.append(f"{state.value}: {refusal!r}")
        if refusal is not None and world.everything() != before:
            wrong.append(f"{state.value}: left a trace")
        if refusal is None and not all(names_of_actors(before, world)):
            wrong.append(f"{state.value}: an entry does not name {world.name}")
        world.kiosk.store.close()

    assert wrong == []


def _can_be_in(verb: Verb, state: SessionState) -> bool:
    return state is SessionState.AWAKE or state in verb.also_in


@pytest.mark.parametrize("name", BY_NAME)
@pytest.mark.parametrize("role", Role)
def test_a_verb_on_accounts_is_allowed_or_refused_by_name(name: str, role: Role, tmp_path: Path) -> None:
    """As the command line uses them: only administrators whose account is open and whose password is their own."""
    wrong = []
    for state in (SessionState.AWAKE, SessionState.DISABLED, SessionState.MUST_CHANGE):
        folder = tmp_path / state.value
        folder.mkdir()
        world = AStaffWorld(folder, role)
        world.bring_to(state)
        may = state is SessionState.AWAKE and MANAGE in MAY[role]
        before = world.everything()
        refusal = refusal_of(lambda world=world: BY_NAME[name](world.desk.accounts, world.name))  # type: ignore[misc]
        if (refusal is None) is not may:
            wrong.append(f"{state.value}: {refusal!r}")
        if refusal is not None and world.everything() != before:
            wrong.append(f"{state.value}: left a trace")
        if refusal is None and not all(names_of_actors(before, world)):
            wrong.append(f"{state.value}: an entry does not name {world.name}")
        world.kiosk.store.close()

    assert wrong == []


@pytest.mark.parametrize("state", [SessionState.LOCKED, SessionState.OVER])
def test_a_password_is_changed_only_at_a_screen_that_is_awake(state: SessionState, tmp_path: Path) -> None:
    """Also by somebody who knows the present one."""
    world = AStaffWorld(tmp_path, Role.AGENT)
    world.bring_to(state)
    before = world.everything()
    refusal = refusal_of(lambda: world.desk.change_password(world.session, A_PASSWORD, A_FIRST_PASSWORD))

    assert isinstance(refusal, NotSignedInError)
    assert world.everything() == before


def test_a_locked_session_is_unlocked_by_the_password_alone_and_an_ended_one_not_at_all(tmp_path: Path) -> None:
    """The door of the matrix."""
    world = AStaffWorld(tmp_path, Role.AGENT)
    world.bring_to(SessionState.LOCKED)
    assert refusal_of(lambda: world.desk.hall(world.session)) is not None
    world.session = world.desk.unlock(world.session, A_PASSWORD)
    assert len(world.desk.hall(world.session)) == 2
    world.bring_to(SessionState.OVER)

    assert isinstance(refusal_of(lambda: world.desk.unlock(world.session, A_PASSWORD)), NotSignedInError)


def test_the_journal_names_who_opened_which_file(tmp_path: Path) -> None:
    """Account, counter and reference."""
    world = AStaffWorld(tmp_path, Role.AGENT)
    file = world.desk.open_file(world.session, world.reference)

    assert dict(file.timeline[-1].facts) == {"account": world.name, "counter": "1", "reference": world.reference}
    assert file.timeline[-1].type == "file_opened"
