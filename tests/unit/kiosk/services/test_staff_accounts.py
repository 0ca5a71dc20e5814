"""Accounts of the staff, sign-ins and locks: no default password, and every act in the journal."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.domain.account_list import LineProblem
from kiosk.domain.staff import Role
from kiosk.errors import InputError, NotAllowedError, NotSignedInError, SignInRefusedError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EntryType
from kiosk.password_hashes import Argon2Passwords
from kiosk.store.store import DATABASE_NAME
from tests.fakes.clocks import FixedClock
from tests.fakes.kiosks import AKiosk
from tests.fakes.raw_databases import raw_connection
from tests.fakes.staff import A_FIRST_PASSWORD, A_PASSWORD, CHIEF, an_account, signed_in
from tests.fakes.stores import A_STORE_KEY, a_store


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def kiosk(tmp_path: Path, clock: FixedClock) -> AKiosk:
    return AKiosk(a_store(tmp_path), clock=clock)


def told(kiosk: AKiosk, kind: EntryType) -> list[dict[str, JsonValue]]:
    with kiosk.store.reading() as unit:
        found = [dict(payload.facts) for _, payload in unit.journal.newest_of(kind) if payload]
    return found[::-1]


def refused(kiosk: AKiosk, name: str, password: str = "wrong") -> timedelta | None:
    with pytest.raises(SignInRefusedError) as error:
        kiosk.desk.sign_in(name, password, "1")
    return error.value.locked_for


def test_nobody_can_sign_in_before_the_administrator_was_made(kiosk: AKiosk) -> None:
    """There is no default account; the first start makes one, and only one."""
    assert not kiosk.desk.has_accounts()
    assert refused(kiosk, "admin", "admin") is None
    kiosk.desk.found(CHIEF, A_PASSWORD)

    assert kiosk.desk.has_accounts()
    assert kiosk.desk.sign_in(CHIEF, A_PASSWORD, "1").role is Role.ADMINISTRATOR
    with pytest.raises(NotAllowedError):
        kiosk.desk.found("another", A_PASSWORD)
    assert told(kiosk, EntryType.ACCOUNT_CHANGED) == [
        {"account": CHIEF, "act": "added", "by": CHIEF, "role": "administrator"}
    ]


@pytest.mark.parametrize("password", ["chef", "abcdefghijkl", "Abcdefgh1234", "Le-chef-2026-oui", "x" * 400])
def test_a_weak_password_is_refused_with_the_rule(kiosk: AKiosk, password: str) -> None:
    """Domain dossier 6.5: 80 bits, and never the name."""
    with pytest.raises(InputError, match="12 characters"):
        kiosk.desk.found(CHIEF, password)

    assert not kiosk.desk.has_accounts()


def test_what_is_kept_of_a_password_is_an_argon2id_hash(kiosk: AKiosk, tmp_path: Path) -> None:
    """With salt and cost, in an encrypted file; the real cost is not the tests' cost."""
    an_account(kiosk.desk, "a.martin")
    rows = raw_connection(tmp_path / DATABASE_NAME, A_STORE_KEY).execute("SELECT * FROM agents").fetchall()

    assert all(row[2].startswith("$argon2id$v=19$m=8,t=1,p=1$") for row in rows)
    assert A_PASSWORD not in str(rows)
    assert Argon2Passwords().hash("x").startswith("$argon2id$v=19$m=32768,t=2,p=1$")


def test_sign_in_lock_and_sign_out_are_entries(kiosk: AKiosk) -> None:
    """With the name and the counter; upper case and spaces around a name do not matter."""
    an_account(kiosk.desk, "a.martin")
    session = kiosk.desk.sign_in(" A.Martin ", A_PASSWORD, "2")
    kiosk.desk.lock(session)
    kiosk.desk.unlock(session, A_PASSWORD)
    kiosk.desk.sign_out(session)
    kiosk.desk.sign_out(session)

    assert told(kiosk, EntryType.AGENT_SIGNED_IN) == [
        {"account": "a.martin", "counter": "2", "after_lock": False},
        {"account": "a.martin", "counter": "2", "after_lock": True},
    ]
    assert told(kiosk, EntryType.AGENT_SIGNED_OUT) == [{"account": "a.martin", "counter": "2"}]
    assert kiosk.verified().is_whole


def test_five_failures_lock_a_name_and_the_lock_grows(kiosk: AKiosk, clock: FixedClock) -> None:
    """Even for the right password, whether the name exists or not; the journal names accounts only."""
    an_account(kiosk.desk, "a.martin")
    for name in ("a.martin", "my-password-in-the-wrong-field"):
        locks = [refused(kiosk, name) for _ in range(5)]
        assert locks == [None, None, None, None, timedelta(minutes=1)]
    assert refused(kiosk, "a.martin", A_PASSWORD) == timedelta(minutes=1)
    clock.pass_time(timedelta(minutes=1))
    assert refused(kiosk, "a.martin") == timedelta(minutes=2)
    clock.pass_time(timedelta(minutes=2))

    assert kiosk.desk.sign_in("a.martin", A_PASSWORD, "1").name == "a.martin"
    assert refused(kiosk, "a.martin") is None
    failures = [(fact["account"], fact["locked"]) for fact in told(kiosk, EntryType.SIGN_IN_FAILED)]
    assert failures[:10] == [("a.martin", n == 4) for n in range(5)] + [(None, n == 4) for n in range(5)]


def test_a_clock_that_fell_back_locks_nobody_for_a_year(kiosk: AKiosk, clock: FixedClock) -> None:
    """No lock is longer than the longest."""
    an_account(kiosk.desk, "a.martin")
    for _ in range(5):
        refused(kiosk, "a.martin")
    clock.jump_to(clock.utc - timedelta(days=365))

    assert kiosk.desk.sign_in("a.martin", A_PASSWORD, "1").name == "a.martin"


def test_a_locked_screen_sees_and_does_nothing(kiosk: AKiosk) -> None:
    """Until the password of the same person was typed; failures there count as everywhere."""
    session = signed_in(kiosk.desk)
    kiosk.file()
    kiosk.desk.lock(session)
    reference = "38-A2-261120-0001"
    for act in (
        lambda: kiosk.desk.hall(session),
        lambda: kiosk.desk.call_next(session),
        lambda: kiosk.desk.open_file(session, reference),
    ):
        with pytest.raises(NotSignedInError):
            act()
    with pytest.raises(SignInRefusedError):
        kiosk.desk.unlock(session, "wrong")

    assert len(kiosk.desk.hall(kiosk.desk.unlock(session, A_PASSWORD))) == 1


def test_a_session_that_somebody_made_up_is_none(kiosk: AKiosk) -> None:
    """The token decides, and the role is looked up again: a screen cannot promote itself."""
    session = signed_in(kiosk.desk)
    made_up = replace(session, role=Role.ADMINISTRATOR, token="made up")

    with pytest.raises(NotSignedInError):
        kiosk.desk.hall(made_up)


def test_somebody_who_is_disabled_is_out_at_once(kiosk: AKiosk) -> None:
    """Though the screen is open; and cannot come back. The account is never deleted."""
    session = signed_in(kiosk.desk)
    kiosk.file()
    kiosk.desk.accounts.disable("a.martin", by=CHIEF)

    with pytest.raises(NotSignedInError):
        kiosk.desk.hall(session)
    with pytest.raises(NotSignedInError):
        kiosk.desk.call_next(session)
    assert refused(kiosk, "a.martin", A_PASSWORD) is None
    assert [account.name for account in kiosk.desk.accounts.all(by=CHIEF)] == ["a.martin", CHIEF]
    with pytest.raises(InputError, match="existed"):
        kiosk.desk.accounts.add("a.martin", Role.AGENT, A_FIRST_PASSWORD, by=CHIEF)


@pytest.mark.parametrize("role", [Role.AGENT, Role.SUPERVISOR])
def test_only_an_administrator_manages_accounts(kiosk: AKiosk, role: Role) -> None:
    """Whatever screen or command asks."""
    name = an_account(kiosk.desk, "b.petit", role)
    accounts = kiosk.desk.accounts
    before = told(kiosk, EntryType.ACCOUNT_CHANGED)
    for act in (
        lambda: accounts.add("x.new", Role.ADMINISTRATOR, A_FIRST_PASSWORD, by=name),
        lambda: accounts.disable(CHIEF, by=name),
        lambda: accounts.reset(CHIEF, A_FIRST_PASSWORD, by=name),
        lambda: accounts.all(by=name),
        lambda: accounts.change_role(name, Role.ADMINISTRATOR, by=name),
        lambda: accounts.enable(CHIEF, by=name),
        lambda: accounts.unlock_name(CHIEF, by=name),
        lambda: accounts.remove_factor(CHIEF, by=name),
        lambda: accounts.add_all(b"x.new;administrator", by=name),
        lambda: accounts.look_through(b"x.new;administrator", by=name),
    ):
        with pytest.raises(NotAllowedError):
            act()

    assert told(kiosk, EntryType.ACCOUNT_CHANGED) == before


def test_the_last_administrator_can_neither_be_disabled_nor_demoted(kiosk: AKiosk) -> None:
    """Somebody must be able to make accounts; one who is disabled does not count."""
    an_account(kiosk.desk, CHIEF)
    with pytest.raises(InputError, match="last administrator"):
        kiosk.desk.accounts.disable(CHIEF, by=CHIEF)
    an_account(kiosk.desk, "second", Role.ADMINISTRATOR)
    with pytest.raises(InputError, match="another role"):
        kiosk.desk.accounts.change_role(CHIEF, Role.ADMINISTRATOR, by="second")
    kiosk.desk.accounts.disable(CHIEF, by="second")
    with pytest.raises(InputError, match="last administrator"):
        kiosk.desk.accounts.disable("second", by="second")
    with pytest.raises(InputError, match="last administrator"):
        kiosk.desk.accounts.change_role("second", Role.AGENT, by="second")

    assert refused(kiosk, CHIEF, A_PASSWORD) is None


def test_a_password_that_somebody_else_chose_is_changed_first(kiosk: AKiosk) -> None:
    """After an account was made and after a reset, which also ends the lock."""
    an_account(kiosk.desk, "a.martin")
    kiosk.file()
    open_session = kiosk.desk.sign_in("a.martin", A_PASSWORD, "2")
    for _ in range(5):
        refused(kiosk, "a.martin")
    kiosk.desk.accounts.reset("a.martin", A_FIRST_PASSWORD, by=CHIEF)
    with pytest.raises(NotSignedInError):
        kiosk.desk.hall(open_session)
    session = kiosk.desk.sign_in("a.martin", A_FIRST_PASSWORD, "1")
    assert session.must_change
    with pytest.raises(NotSignedInError, match="changed first"):
        kiosk.desk.hall(session)
    with pytest.raises(InputError):
        kiosk.desk.change_password(session, A_FIRST_PASSWORD, A_FIRST_PASSWORD)
    with pytest.raises(SignInRefusedError):
        kiosk.desk.change_password(session, "wrong", A_PASSWORD)

    changed = kiosk.desk.change_password(session, A_FIRST_PASSWORD, A_PASSWORD)

    assert not changed.must_change
    assert len(kiosk.desk.hall(changed)) == 1
    acts = [(fact["act"], fact["by"]) for fact in told(kiosk, EntryType.ACCOUNT_CHANGED) if fact["account"] != CHIEF]
    assert acts == [
        ("added", CHIEF),
        ("password_changed", "a.martin"),
        ("password_reset", CHIEF),
        ("password_changed", "a.martin"),
    ]


def test_a_counter_that_does_not_exist_is_refused_before_the_password_is_tried(kiosk: AKiosk) -> None:
    """Nothing is written."""
    an_account(kiosk.desk, "a.martin")
    with pytest.raises(InputError, match="counter"):
        kiosk.desk.sign_in("a.martin", A_PASSWORD, "99")

    assert told(kiosk, EntryType.AGENT_SIGNED_IN) == []


def test_a_role_that_changes_counts_at_once(kiosk: AKiosk) -> None:
    """Where the person is signed in, up and down; old and new role are in the journal."""
    session = signed_in(kiosk.desk)
    kiosk.desk.accounts.change_role("a.martin", Role.ADMINISTRATOR, by=CHIEF)
    assert len(kiosk.desk.account_desk.all(session)) == 2
    assert kiosk.desk.account_desk.keep_up(session).role is Role.ADMINISTRATOR
    kiosk.desk.accounts.change_role("a.martin", Role.AGENT, by=CHIEF)
    with pytest.raises(NotAllowedError):
        kiosk.desk.account_desk.all(session)

    assert kiosk.desk.account_desk.keep_up(session).role is Role.AGENT
    assert told(kiosk, EntryType.ACCOUNT_CHANGED)[-1] == {
        "account": "a.martin",
        "act": "role_changed",
        "by": CHIEF,
        "role": "agent",
        "before": "administrator",
    }


def test_a_session_of_somebody_who_was_disabled_is_over(kiosk: AKiosk) -> None:
    """For good: to be enabled again brings no session back, but lets the person sign in."""
    session = signed_in(kiosk.desk)
    kiosk.desk.accounts.disable("a.martin", by=CHIEF)
    with pytest.raises(NotSignedInError):
        kiosk.desk.account_desk.keep_up(session)
    kiosk.desk.accounts.enable("a.martin", by=CHIEF)
    with pytest.raises(NotSignedInError):
        kiosk.desk.hall(session)
    with pytest.raises(InputError, match="disabled"):
        kiosk.desk.accounts.enable("a.martin", by=CHIEF)

    assert kiosk.desk.sign_in("a.martin", A_PASSWORD, "1").name == "a.martin"
    assert told(kiosk, EntryType.ACCOUNT_CHANGED)[-1]["act"] == "enabled"


def test_the_list_says_who_came_last_when_and_who_is_locked(kiosk: AKiosk, clock: FixedClock) -> None:
    """Until when; a lock can be ended without another password."""
    an_account(kiosk.desk, "a.martin")
    kiosk.desk.sign_in("a.martin", A_PASSWORD, "1")
    came_at = clock.utc
    clock.pass_time(timedelta(hours=1))
    for _ in range(5):
        refused(kiosk, "a.martin")
    agent, chief = kiosk.desk.accounts.all(by=CHIEF)
    assert (agent.signed_in_at, agent.locked_until) == (came_at, clock.utc + timedelta(minutes=1))
    assert (chief.signed_in_at, chief.locked_until, chief.has_second_factor) == (None, None, False)
    kiosk.desk.accounts.unlock_name("a.martin", by=CHIEF)
    with pytest.raises(InputError, match="locked"):
        kiosk.desk.accounts.unlock_name("a.martin", by=CHIEF)

    assert kiosk.desk.accounts.all(by=CHIEF)[0].locked_until is None
    assert kiosk.desk.sign_in("a.martin", A_PASSWORD, "1").name == "a.martin"


def test_a_password_that_was_made_is_told_once_and_changed_first(kiosk: AKiosk) -> None:
    """For a new account and after a reset."""
    chief = signed_in(kiosk.desk, CHIEF)
    made = kiosk.desk.account_desk.add(chief, "b.petit", Role.SUPERVISOR)
    again = kiosk.desk.account_desk.reset(chief, "b.petit")
    assert refused(kiosk, "b.petit", made.password) is None
    session = kiosk.desk.sign_in("b.petit", again.password, "1")

    assert (again.role, session.must_change) == (Role.SUPERVISOR, True)
    assert not any(
        password in str(told(kiosk, EntryType.ACCOUNT_CHANGED)) for password in (made.password, again.password)
    )
    assert again.password not in repr(again)


def test_a_name_that_every_password_would_hold_is_refused(kiosk: AKiosk) -> None:
    """Not looked for without end; a short name is no hindrance."""
    assert "ba" not in kiosk.desk.accounts.new_password("ba").lower()
    with pytest.raises(InputError, match="longer name"):
        kiosk.desk.accounts.new_password("-")


def test_a_list_makes_every_account_or_none(kiosk: AKiosk) -> None:
    """In one transaction, whose entries name each of them; to look through it does nothing."""
    an_account(kiosk.desk, "a.martin")
    before = kiosk.entry_types()
    lines = kiosk.desk.accounts.look_through(b"b.petit;agent\na.martin;agent\n", by=CHIEF)
    assert [line.problem for line in lines] == [None, LineProblem.EXISTS]
    with pytest.raises(InputError, match="line 2"):
        kiosk.desk.accounts.add_all(b"b.petit;agent\na.martin;agent\n", by=CHIEF)
    assert kiosk.entry_types() == before
    made = kiosk.desk.accounts.add_all(b"b.petit;agent\ns.blanc;superviseur\n", by=CHIEF)

    assert [kiosk.desk.sign_in(each.name, each.password, "1").must_change for each in made] == [True, True]
    assert told(kiosk, EntryType.ACCOUNT_CHANGED)[-2:] == [
        {"account": "b.petit", "act": "added", "by": CHIEF, "role": "agent", "from_list": True},
        {"account": "s.blanc", "act": "added", "by": CHIEF, "role": "supervisor", "from_list": True},
    ]
