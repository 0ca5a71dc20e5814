"""Every verb that staff have, for every role and every state of a session: allowed or refused as the roles say.

A verb is found by looking through ports and services: one that takes a session and is not in the table
(tests/fakes/staff_verbs.py) fails the first test. A refused verb leaves no trace, and an allowed one leaves entries
that name who acted.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import kiosk.ports
import kiosk.services
from kiosk.domain.staff import MAY, Permission, Role
from kiosk.errors import NotAllowedError, NotSignedInError, StaffError
from kiosk.ports.desk import StaffSession
from kiosk.services.own_second_factor import FactorSessions
from kiosk.services.staff_accounts import StaffAccounts
from kiosk.services.staff_sessions import StaffSessions
from tests.fakes.staff import A_FIRST_PASSWORD, A_PASSWORD
from tests.fakes.staff_verbs import (
    AT_THE_DOOR,
    BY_NAME,
    BY_THE_MACHINE,
    MANAGE,
    OF_ACCOUNTS_WITHOUT_ACTOR,
    OF_NOBODY,
    VERBS,
    Verb,
)
from tests.fakes.staff_worlds import AStaffWorld, SessionState

WHO_IS_THERE = (StaffSessions, FactorSessions)


def _classes_in(package: ModuleType) -> Iterator[type]:
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        for _, found in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if found.__module__ == module.name:
                yield found


def staff_ports() -> list[type]:
    """Every port with a verb that takes a session; one that only gives a part of another is left to that one."""
    found = [port for port in _classes_in(kiosk.ports) if getattr(port, "_is_protocol", False) and with_session(port)]
    return [port for port in found if not any(port in other.__mro__[1:] for other in found)]


def staff_services() -> list[type]:
    """Every service with a verb that takes a session and is of no port; who is signed in is asked by all of them."""
    of_ports = [verbs_of(port) for port in staff_ports()]
    found = [each for each in _classes_in(kiosk.services) if each not in WHO_IS_THERE and with_session(each)]
    return [each for each in found if not any(with_session(each) <= verbs for verbs in of_ports)]


def with_session(found: type) -> set[str]:
    """Return the public verbs that take a session."""
    return {name for name in verbs_of(found) if _takes_session(getattr(found, name))}


def _takes_session(verb: Callable[..., object]) -> bool:
    parameters = inspect.signature(verb).parameters.items()
    return any(name == "session" or each.annotation in (StaffSession, "StaffSession") for name, each in parameters)


def verbs_of(found: type) -> set[str]:
    return {name for name, _ in inspect.getmembers(found, inspect.isfunction) if not name.startswith("_")}


def refusal_of(act: Callable[[], object]) -> StaffError | None:
    try:
        act()
    except (NotAllowedError, NotSignedInError) as error:
        return error
    return None


def names_of_actors(before: Mapping[str, list[tuple[Any, ...]]], world: AStaffWorld) -> list[str]:
    """Return the types of new entries that do not name who acted, but for those of the machine's own work."""
    with world.kiosk.store.reading() as unit:
        new = unit.journal.entries_after(len(before["journal_entries"]), 100)
    by_staff = [(entry, payload) for entry, payload in new if entry.type not in BY_THE_MACHINE]
    return [entry.type for entry, payload in by_staff if payload is None or world.name not in payload.facts.values()]


def faults(world: AStaffWorld, act: Callable[[], object], *, may: bool) -> Iterator[str]:
    """Do something that is allowed or not, and yield what is wrong with how it ended."""
    before = world.everything()
    refusal = refusal_of(act)
    if (refusal is None) is not may:
        yield repr(refusal)
    if refusal is None:
        yield from (f"{kind} does not name {world.name}" for kind in names_of_actors(before, world))
    elif world.everything() != before:
        yield "left a trace"


def test_every_verb_of_every_port_is_named_here() -> None:
    """A new one is put to the question before anybody can use it."""
    of_ports = {f"{port.__name__}.{verb}" for port in staff_ports() for verb in verbs_of(port)}
    of_services = {f"{each.__name__}.{verb}" for each in staff_services() for verb in with_session(each)}

    assert of_ports | of_services == {verb.name for verb in VERBS} | AT_THE_DOOR | OF_NOBODY


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
        found = faults(world, lambda world=world: verb.act(world, world.session), may=may)  # type: ignore[misc]
        wrong += [f"{state.value}: {fault}" for fault in found]
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
        found = faults(world, lambda world=world: BY_NAME[name](world.desk.accounts, world.name), may=may)  # type: ignore[misc]
        wrong += [f"{state.value}: {fault}" for fault in found]
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
