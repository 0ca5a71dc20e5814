"""A second factor: taken by its owner, asked for after the password, right once; it works without any network."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from kiosk.domain.staff import Role
from kiosk.errors import CodeNeededError, InputError, NotAllowedError, NotSignedInError, SignInRefusedError
from kiosk.journal.entry import EntryType
from kiosk.one_time_codes import STEP_S
from kiosk.ports.desk import StaffSession
from kiosk.services.local_desk import LocalDesk
from kiosk.store.store import DATABASE_NAME
from tests.fakes.clocks import FixedClock
from tests.fakes.kiosks import AKiosk
from tests.fakes.raw_databases import raw_connection
from tests.fakes.staff import (
    A_FIRST_PASSWORD,
    A_PASSWORD,
    CHIEF,
    COUNTERS,
    ATelephone,
    a_telephone_with,
    an_account,
    enrolled,
    quick_passwords,
    signed_in,
)
from tests.fakes.stores import A_STORE_KEY, a_store

A_STEP = timedelta(seconds=STEP_S)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def kiosk(tmp_path: Path, clock: FixedClock) -> AKiosk:
    return AKiosk(a_store(tmp_path), clock=clock)


@pytest.fixture
def desk(kiosk: AKiosk) -> LocalDesk:
    return kiosk.desk


@pytest.fixture
def telephone(desk: LocalDesk, clock: FixedClock) -> ATelephone:
    """That of a.martin, whose last code is used up."""
    found = enrolled(desk, signed_in(desk), clock.utc)
    clock.pass_time(A_STEP)
    return found


def strict_desk(kiosk: AKiosk, *roles: Role) -> LocalDesk:
    return LocalDesk(
        **kiosk.parts,
        reading=kiosk.store.reading,
        catalogue=kiosk.catalogue,
        passwords=quick_passwords(),
        counters=COUNTERS,
        read_file=kiosk.read_file,
        factor_for=roles,
    )


def enter(desk: LocalDesk, code: str = "", name: str = "a.martin", password: str = A_PASSWORD) -> StaffSession:
    return desk.sign_in(name, password, COUNTERS[0], code)


def refused(act: Callable[[], object]) -> timedelta | None:
    with pytest.raises(SignInRefusedError) as error:
        act()
    return error.value.locked_for


def acts(kiosk: AKiosk) -> list[tuple[object, object, object]]:
    facts = kiosk.facts_of(EntryType.ACCOUNT_CHANGED)
    return [(fact["act"], fact["account"], fact["by"]) for fact in facts if fact["act"] != "added"]


def test_the_code_is_asked_after_the_password_and_only_of_who_has_one(
    kiosk: AKiosk, desk: LocalDesk, telephone: ATelephone, clock: FixedClock
) -> None:
    """Nothing is recorded before it came; a wrong password is refused without a word about codes."""
    before = kiosk.entry_types()
    with pytest.raises(CodeNeededError):
        enter(desk)
    assert kiosk.entry_types() == before
    assert refused(lambda: enter(desk, password="wrong")) is None
    assert refused(lambda: enter(desk, telephone.shows(clock.utc), password="wrong")) is None
    code = telephone.shows(clock.utc)

    assert enter(desk, f" {code[:3]} {code[3:]} ").name == "a.martin"
    assert enter(desk, name=CHIEF).name == CHIEF
    assert ("totp_on", "a.martin", "a.martin") in acts(kiosk)
    assert kiosk.verified().is_whole


def test_a_code_is_right_once(desk: LocalDesk, telephone: ATelephone, clock: FixedClock) -> None:
    """Whoever looked over a shoulder comes too late; an earlier code is worth nothing after a later one."""
    code, next_code = telephone.shows(clock.utc), telephone.shows(clock.utc + A_STEP)
    enter(desk, next_code)
    for used in (next_code, code):
        assert refused(partial(enter, desk, used)) is None
    clock.pass_time(2 * A_STEP)

    assert enter(desk, telephone.shows(clock.utc)).name == "a.martin"


def test_the_code_of_the_enrolment_is_used_up(desk: LocalDesk, clock: FixedClock) -> None:
    """It was on the screen."""
    telephone = enrolled(desk, signed_in(desk), clock.utc)

    assert refused(lambda: enter(desk, telephone.shows(clock.utc))) is None


@pytest.mark.parametrize(("drift", "is_right"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_a_telephone_may_be_half_a_minute_off(
    desk: LocalDesk, telephone: ATelephone, clock: FixedClock, drift: int, *, is_right: bool
) -> None:
    """One step either way, no more."""
    clock.pass_time(10 * A_STEP)
    code = telephone.shows(clock.utc + drift * A_STEP)
    if is_right:
        assert enter(desk, code).name == "a.martin"
    else:
        assert refused(lambda: enter(desk, code)) is None


def test_a_clock_that_fell_back_locks_nobody_out(desk: LocalDesk, telephone: ATelephone, clock: FixedClock) -> None:
    """A flat battery; the codes of that day are right, each once."""
    enter(desk, telephone.shows(clock.utc))
    clock.jump_to(clock.utc - timedelta(days=400))
    code = telephone.shows(clock.utc)

    assert enter(desk, code).name == "a.martin"
    assert refused(lambda: enter(desk, code)) is None


def test_wrong_passwords_and_wrong_codes_lock_together(
    kiosk: AKiosk, desk: LocalDesk, telephone: ATelephone, clock: FixedClock
) -> None:
    """Five of either; asking for the code forgets no failure."""
    locks = []
    for n in range(5):
        with pytest.raises(CodeNeededError):
            enter(desk)
        wrong = {"password": "wrong"} if n % 2 else {"code": "000000"}
        locks.append(refused(partial(enter, desk, **wrong)))
    assert locks == [None, None, None, None, timedelta(minutes=1)]
    assert refused(lambda: enter(desk, telephone.shows(clock.utc))) == timedelta(minutes=1)
    desk.accounts.unlock_name("a.martin", by=CHIEF)

    assert enter(desk, telephone.shows(clock.utc)).name == "a.martin"
    assert ("unlocked", "a.martin", CHIEF) in acts(kiosk)


def test_a_locked_screen_asks_for_the_code_too(desk: LocalDesk, telephone: ATelephone, clock: FixedClock) -> None:
    """Passwords are learnt by looking, and a locked screen stands where they are typed."""
    session = enter(desk, telephone.shows(clock.utc))
    clock.pass_time(A_STEP)
    desk.lock(session)
    with pytest.raises(CodeNeededError):
        desk.unlock(session, A_PASSWORD)
    with pytest.raises(NotSignedInError):
        desk.hall(session)

    assert desk.hall(desk.unlock(session, A_PASSWORD, telephone.shows(clock.utc))) == []


def test_each_recovery_code_works_once_however_it_is_typed(
    kiosk: AKiosk, desk: LocalDesk, telephone: ATelephone, clock: FixedClock, tmp_path: Path
) -> None:
    """Kept as a hash; its use is an entry; others take their place by password and code."""
    first, second, *_ = telephone.recovery_codes
    session = enter(desk, first.upper().replace("-", " "))
    assert refused(lambda: enter(desk, first)) is None
    assert desk.second_factor.state(session).recovery_codes_left == 9
    assert ("recovery_code_used", "a.martin", "a.martin") in acts(kiosk)
    fresh = desk.second_factor.new_recovery_codes(session, A_PASSWORD, telephone.shows(clock.utc))
    assert refused(lambda: enter(desk, second)) is None
    assert enter(desk, fresh[0]).name == "a.martin"

    assert len(set(fresh)) == 10
    kept = str(raw_connection(tmp_path / DATABASE_NAME, A_STORE_KEY).execute("SELECT * FROM agents").fetchall())
    assert not any(code in kept or code.replace("-", "") in kept for code in (*fresh, *telephone.recovery_codes))


def test_a_second_factor_is_taken_only_with_password_and_a_code_of_it(desk: LocalDesk, clock: FixedClock) -> None:
    """Of the secret that was offered last, in this session."""
    session = signed_in(desk)
    with pytest.raises(InputError, match="offer"):
        desk.second_factor.confirm(session, A_PASSWORD, "000000")
    old = a_telephone_with(desk.second_factor.offer(session).secret_text)
    new = a_telephone_with(desk.second_factor.offer(session).secret_text)
    for code in (old.shows(clock.utc), "", "12"):
        with pytest.raises(InputError, match="code"):
            desk.second_factor.confirm(session, A_PASSWORD, code)
    assert refused(lambda: desk.second_factor.confirm(session, "wrong", new.shows(clock.utc))) is None
    assert not desk.second_factor.state(session).is_on
    desk.second_factor.confirm(session, A_PASSWORD, new.shows(clock.utc))

    assert desk.second_factor.state(session).is_on
    with pytest.raises(NotAllowedError):
        desk.second_factor.offer(session)


def test_it_is_given_up_with_password_and_code(
    kiosk: AKiosk, desk: LocalDesk, telephone: ATelephone, clock: FixedClock
) -> None:
    """A screen that was left alone is not enough."""
    session = enter(desk, telephone.shows(clock.utc))
    clock.pass_time(A_STEP)
    with pytest.raises(CodeNeededError):
        desk.second_factor.give_up(session, A_PASSWORD, "")
    assert refused(lambda: desk.second_factor.give_up(session, A_PASSWORD, "000000")) is None
    desk.second_factor.give_up(session, A_PASSWORD, telephone.shows(clock.utc))

    assert enter(desk).name == "a.martin"
    assert acts(kiosk)[-1] == ("totp_off", "a.martin", "a.martin")
    with pytest.raises(NotAllowedError):
        desk.second_factor.give_up(session, A_PASSWORD, "000000")


def test_an_administrator_takes_it_off_and_that_is_an_entry(
    kiosk: AKiosk, desk: LocalDesk, telephone: ATelephone
) -> None:
    """The telephone is lost; nobody but an administrator can."""
    agent = an_account(desk, "b.petit")
    with pytest.raises(NotAllowedError):
        desk.accounts.remove_factor("a.martin", by=agent)
    desk.accounts.remove_factor("a.martin", by=CHIEF)
    with pytest.raises(InputError):
        desk.accounts.remove_factor("a.martin", by=CHIEF)

    assert enter(desk).name == "a.martin"
    assert acts(kiosk)[-1] == ("totp_off", "a.martin", CHIEF)
    assert telephone.recovery_codes


def test_a_role_that_must_have_one_does_nothing_before(kiosk: AKiosk, clock: FixedClock) -> None:
    """It can take it, and cannot give it up; other roles are free. The command line asks for it too."""
    desk = strict_desk(kiosk, Role.ADMINISTRATOR)
    agent = signed_in(desk)
    chief = enter(desk, name=CHIEF)
    assert chief.must_enrol
    for act in (
        lambda: desk.hall(chief),
        lambda: desk.call_next(chief),
        lambda: desk.account_desk.all(chief),
        lambda: desk.accounts.prove(CHIEF, A_PASSWORD),
    ):
        with pytest.raises(NotSignedInError, match="second factor first"):
            act()
    telephone = a_telephone_with(desk.second_factor.offer(chief).secret_text)
    chief, _ = desk.second_factor.confirm(chief, A_PASSWORD, telephone.shows(clock.utc))
    clock.pass_time(A_STEP)

    assert not chief.must_enrol
    assert desk.hall(chief) == []
    assert len(desk.account_desk.all(chief)) == 2
    assert not desk.second_factor.state(agent).is_required
    with pytest.raises(NotAllowedError):
        desk.second_factor.give_up(chief, A_PASSWORD, telephone.shows(clock.utc))
    with pytest.raises(CodeNeededError):
        desk.accounts.prove(CHIEF, A_PASSWORD)
    assert desk.accounts.prove(CHIEF, A_PASSWORD, telephone.shows(clock.utc)) == CHIEF


def test_who_is_promoted_must_take_one_where_the_new_role_must_have_it(kiosk: AKiosk) -> None:
    """At once."""
    desk = strict_desk(kiosk, Role.SUPERVISOR)
    session = signed_in(desk)
    desk.accounts.change_role("a.martin", Role.SUPERVISOR, by=CHIEF)
    session = desk.account_desk.keep_up(session)

    assert session.must_enrol
    with pytest.raises(NotSignedInError):
        desk.hall(session)


def test_nobody_takes_one_before_the_password_is_their_own(desk: LocalDesk) -> None:
    """Somebody else knows it."""
    an_account(desk, CHIEF)
    desk.accounts.add("b.petit", Role.AGENT, A_FIRST_PASSWORD, by=CHIEF)
    session = enter(desk, name="b.petit", password=A_FIRST_PASSWORD)

    with pytest.raises(NotSignedInError, match="changed first"):
        desk.second_factor.offer(session)
