"""The second factor of an account at a hub: taken at a counter, asked for at every door, right once."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
from structlog.testing import LogCapture

from kiosk.domain.staff import Role
from kiosk.errors import (
    CodeNeededError,
    HubLostError,
    InputError,
    NotAllowedError,
    NotSignedInError,
    SignInRefusedError,
)
from kiosk.journal.entry import EntryType
from kiosk.one_time_codes import STEP_S
from kiosk.ports.desk import StaffSession
from sync.central.desk.accounts import list_accounts, remove_factor
from sync.central.desk.factors import SealedFactors
from sync.central.desk.sessions import SignIn as SignInAtDesk
from sync.central.hall.factor import own_factor
from sync.central.refusals import RefusedRequestError
from sync.central.tables import account_sessions, accounts, payloads
from sync.central.trust.centre_key import CentreKey, load_or_create_private_key
from sync.client.hub_desk import HttpDesk
from sync.client.hub_factor import HttpFactor
from sync.protocol.problems import ProblemCode
from tests.fakes.clocks import FixedClock
from tests.fakes.halls import A_HALL, AHall, AHubAtWork, a_hall, a_hub_at_work
from tests.fakes.staff import A_PASSWORD, COUNTERS, ATelephone, a_telephone_with

A_STEP = timedelta(seconds=STEP_S)
NAME = "a.martin"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def hall(tmp_path: Path, clock: FixedClock) -> Iterator[AHall]:
    """A hub in this process."""
    with a_hall(tmp_path, f"sqlite:///{tmp_path / 'hub.db'}", now=lambda: clock.utc) as hall:
        yield hall


@pytest.fixture
def hall_on_each(tmp_path: Path, database: str, clock: FixedClock) -> Iterator[AHall]:
    """A hub in this process, on each kind of database."""
    with a_hall(tmp_path, database, now=lambda: clock.utc) as hall:
        yield hall


@pytest.fixture
def hub(tmp_path: Path, clock: FixedClock) -> Iterator[AHubAtWork]:
    """A hub that answers over HTTP."""
    with a_hub_at_work(tmp_path, lambda: clock.utc) as hub:
        yield hub


def taken(hall: AHall, clock: FixedClock, token: str) -> ATelephone:
    """Give whoever is signed in a second factor, and let its code be over."""
    factor, session = own_factor(hall.bench), hall.desk.session(token)
    telephone = a_telephone_with(factor.offer(session).secret_text)
    _, codes = factor.confirm(session, A_PASSWORD, telephone.shows(clock.utc))
    clock.pass_time(A_STEP)
    return ATelephone(telephone.secret, codes)


def enter(hall: AHall, code: str = "", password: str = A_PASSWORD) -> StaffSession:
    return hall.desk.sign_in(NAME, password, COUNTERS[0], code)


def at_desk(hall: AHall, code: str = "", password: str = A_PASSWORD) -> ProblemCode | None:
    """Sign in at the centre's desk for browsers, and return why not."""
    try:
        SignInAtDesk(hall.centre)(NAME, password, code)
    except RefusedRequestError as refusal:
        return refusal.code
    return None


def test_every_door_asks_for_the_code_and_takes_it_once(hall_on_each: AHall, clock: FixedClock) -> None:
    """The counter and the browser count together: what one took is nothing at the other."""
    telephone = taken(hall_on_each, clock, hall_on_each.sign_in(NAME))
    with pytest.raises(CodeNeededError):
        enter(hall_on_each)
    assert at_desk(hall_on_each) is ProblemCode.CODE_NEEDED
    assert at_desk(hall_on_each, password="wrong-password-1") is ProblemCode.UNAUTHENTICATED
    code = telephone.shows(clock.utc)
    assert enter(hall_on_each, code).name == NAME
    assert at_desk(hall_on_each, code) is ProblemCode.UNAUTHENTICATED
    clock.pass_time(A_STEP)
    code = telephone.shows(clock.utc)
    assert at_desk(hall_on_each, code) is None
    with pytest.raises(SignInRefusedError):
        enter(hall_on_each, code)

    assert len(hall_on_each.own_entries(EntryType.SIGN_IN_FAILED)) == 3
    assert hall_on_each.verified().is_whole


def test_of_those_who_come_at_the_same_moment_one_is_let_in(hall_on_each: AHall, clock: FixedClock) -> None:
    """At several workers of the hub: whoever looked over a shoulder is never faster by being as fast."""
    telephone = taken(hall_on_each, clock, hall_on_each.sign_in(NAME))
    code, let_in, start = telephone.shows(clock.utc), [], threading.Barrier(4)

    def try_to(door: Callable[[], object]) -> None:
        start.wait()
        with contextlib.suppress(SignInRefusedError):  # the others: counted below as not let in
            if door() is not ProblemCode.UNAUTHENTICATED:
                let_in.append(door)

    doors: list[Callable[[], object]] = [lambda: enter(hall_on_each, code)] * 2 + [
        lambda: at_desk(hall_on_each, code)
    ] * 2
    threads = [threading.Thread(target=try_to, args=(door,)) for door in doors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(let_in) == 1


def test_a_recovery_code_works_once_at_whichever_door(hall: AHall, clock: FixedClock) -> None:
    """And its use is an entry."""
    first, second, *_ = taken(hall, clock, hall.sign_in(NAME)).recovery_codes
    assert at_desk(hall, first) is None
    with pytest.raises(SignInRefusedError):
        enter(hall, first)
    session = enter(hall, second)

    assert own_factor(hall.bench).state(session).recovery_codes_left == 8


def test_wrong_codes_lock_the_name_at_every_door(hall: AHall, clock: FixedClock) -> None:
    """Five of them, wherever they were typed."""
    telephone = taken(hall, clock, hall.sign_in(NAME))
    for _ in range(3):
        assert at_desk(hall, "000000") is ProblemCode.UNAUTHENTICATED
    for _ in range(2):
        with pytest.raises(SignInRefusedError):
            enter(hall, "000000")

    assert at_desk(hall, telephone.shows(clock.utc)) is ProblemCode.TOO_MANY


def test_a_secret_lies_sealed_and_is_said_nowhere_else(hall: AHall, clock: FixedClock, log: LogCapture) -> None:
    """Neither in the database, nor in an entry, nor in a log; and what was offered is gone once it was taken."""
    token = hall.sign_in(NAME)
    offered = own_factor(hall.bench).offer(hall.desk.session(token))
    secret = a_telephone_with(offered.secret_text).secret
    before = everything(hall)
    telephone = taken(hall, clock, token)
    enter(hall, telephone.recovery_codes[0])
    found = before + everything(hall)

    for spoken in (secret, telephone.secret):
        assert not any(form in found for form in (repr(spoken)[2:-1], spoken.hex(), offered.secret_text))
    assert not any(code in found or code.replace("-", "") in found for code in telephone.recovery_codes)
    assert telephone.secret.hex() not in repr(log.entries)
    with hall.centre.engine.connect() as connection:
        assert set(connection.execute(sa.select(account_sessions.c.totp_offer)).scalars()) == {None}


def everything(hall: AHall) -> str:
    """Return all that the hub's tables of people and its entries hold, as text; bytes in two forms."""
    with hall.centre.engine.connect() as connection:
        rows = [list(connection.execute(sa.select(table))) for table in (accounts, account_sessions, payloads)]
    values = [value for table in rows for row in table for value in row]
    return repr(rows) + " ".join(bytes(value).hex() for value in values if isinstance(value, bytes | memoryview))


def test_under_another_key_of_the_centre_the_account_is_still_protected(
    hall: AHall, clock: FixedClock, tmp_path: Path
) -> None:
    """No code is right any more; a recovery code is, and the operator takes the factor away."""
    telephone = taken(hall, clock, hall.sign_in(NAME))
    other = SealedFactors(CentreKey(load_or_create_private_key(tmp_path / "other.pem")))
    with hall.centre.engine.connect() as connection:
        row = connection.execute(sa.select(accounts).where(accounts.c.name == NAME)).one()
    found, right = other.of_row(row), hall.centre.factors.of_row(row)

    assert found is not None
    assert right is not None
    assert right.secret == telephone.secret
    assert found.secret != telephone.secret
    assert found.recovery_hashes == right.recovery_hashes
    assert other.opened(NAME, row.totp_secret) is None
    assert hall.centre.factors.opened("b.petit", row.totp_secret) is None


def test_the_operator_takes_it_away_and_that_is_an_entry(hall_on_each: AHall, clock: FixedClock) -> None:
    """The telephone is lost."""
    taken(hall_on_each, clock, hall_on_each.sign_in(NAME))
    remove_factor(hall_on_each.centre, NAME, by="operator")
    with pytest.raises(InputError):
        remove_factor(hall_on_each.centre, NAME, by="operator")
    with hall_on_each.centre.engine.connect() as connection:
        listed = list_accounts(connection)

    assert enter(hall_on_each).name == NAME
    assert at_desk(hall_on_each) is None
    assert [account.has_second_factor for account in listed] == [False]


def test_another_password_leaves_the_factor_as_it_is(hall: AHall, clock: FixedClock) -> None:
    """The secret is not sealed anew, and the last code stays used."""
    telephone = taken(hall, clock, hall.sign_in(NAME))
    session = enter(hall, telephone.shows(clock.utc))
    hall.desk.change_password(session.token, A_PASSWORD, "Cinq-lacs-2028")
    with pytest.raises(SignInRefusedError):
        enter(hall, telephone.shows(clock.utc), "Cinq-lacs-2028")
    clock.pass_time(A_STEP)

    assert enter(hall, telephone.shows(clock.utc), "Cinq-lacs-2028").name == NAME


def test_a_role_that_must_have_one_does_nothing_before(tmp_path: Path, clock: FixedClock) -> None:
    """Neither in the hall nor in a browser; it can take it at the counter, and cannot give it up."""
    strict = replace(A_HALL, factor_for=(Role.SUPERVISOR,))
    with a_hall(tmp_path, f"sqlite:///{tmp_path / 'hub.db'}", now=lambda: clock.utc, hall=strict) as hall:
        token = hall.sign_in(NAME, Role.SUPERVISOR)
        agent = hall.sign_in("b.petit")
        session, factor = hall.desk.session(token), own_factor(hall.bench)
        assert (session.must_enrol, hall.desk.session(agent).must_enrol) == (True, False)
        for act in (lambda: hall.desk.call_next(token), lambda: hall.desk.changes(token)):
            with pytest.raises(NotSignedInError, match="second factor first"):
                act()
        assert at_desk(hall) is ProblemCode.FORBIDDEN
        telephone = taken(hall, clock, token)
        session = hall.desk.session(token)

        assert not session.must_enrol
        assert hall.desk.call_next(token) is None
        assert at_desk(hall, telephone.shows(clock.utc)) is None
        clock.pass_time(A_STEP)
        with pytest.raises(NotAllowedError):
            factor.give_up(session, A_PASSWORD, telephone.shows(clock.utc))


def test_a_counter_takes_uses_and_gives_up_a_factor_over_the_line(hub: AHubAtWork, clock: FixedClock) -> None:
    """With the same words as at a kiosk: what is missing, what is wrong, and until when a name is locked."""
    desk, factor = hub.http_desk(), HttpFactor(hub.link())
    session = desk.sign_in(hub.account(), A_PASSWORD, COUNTERS[0])
    with pytest.raises(InputError, match="offer"):
        factor.confirm(session, A_PASSWORD, "000000")
    telephone = a_telephone_with(factor.offer(session).secret_text)
    with pytest.raises(InputError, match="code"):
        factor.confirm(session, A_PASSWORD, "000000")
    with pytest.raises(SignInRefusedError):
        factor.confirm(session, "wrong-password-1", telephone.shows(clock.utc))
    session, codes = factor.confirm(session, A_PASSWORD, telephone.shows(clock.utc))
    assert len(codes) == 10
    assert factor.state(session).is_on
    clock.pass_time(A_STEP)
    with pytest.raises(CodeNeededError):
        desk.sign_in(NAME, A_PASSWORD, COUNTERS[0])
    session = desk.sign_in(NAME, A_PASSWORD, COUNTERS[0], telephone.shows(clock.utc))
    locked_and_open(desk, session, telephone, clock)
    fresh = factor.new_recovery_codes(session, A_PASSWORD, codes[0])
    assert not set(fresh) & set(codes)
    with pytest.raises(CodeNeededError):
        factor.give_up(session, A_PASSWORD, "")
    factor.give_up(session, A_PASSWORD, fresh[0])

    assert desk.sign_in(NAME, A_PASSWORD, COUNTERS[0]).name == NAME


def locked_and_open(desk: HttpDesk, session: StaffSession, telephone: ATelephone, clock: FixedClock) -> None:
    """A locked counter asks for both, shows nothing, and offers nothing."""
    desk.lock(session)
    for act in (lambda: desk.hall(session), lambda: HttpFactor(desk._link).offer(session)):
        with pytest.raises(NotSignedInError):
            act()
    clock.pass_time(A_STEP)
    with pytest.raises(CodeNeededError):
        desk.unlock(session, A_PASSWORD)
    assert desk.unlock(session, A_PASSWORD, telephone.shows(clock.utc)) == session


def test_a_browser_is_asked_for_the_code_in_words(hub: AHubAtWork, clock: FixedClock) -> None:
    """The fleet's page shows the field once it is needed, and never the password again."""
    telephone = taken(hub, clock, hub.sign_in(NAME, Role.ADMINISTRATOR))
    with httpx.Client(base_url=hub.running.url, trust_env=False) as browser:
        form = {"form_token": browser.get("/fleet/connexion").text.partition('name="form_token" value="')[2][:32]}
        form |= {"name": NAME, "password": A_PASSWORD}
        asked = browser.post("/fleet/connexion", data=form)
        wrong = browser.post("/fleet/connexion", data=form | {"code": "000000"})
        entered = browser.post("/fleet/connexion", data=form | {"code": telephone.shows(clock.utc)})

    assert (asked.status_code, wrong.status_code, entered.status_code) == (401, 401, 303)
    assert "demande aussi un code" in asked.text
    assert 'name="code"' in asked.text
    assert "Mot de passe ou code incorrect" in wrong.text
    assert A_PASSWORD not in asked.text + wrong.text


def test_without_a_link_no_secret_is_offered(hub: AHubAtWork) -> None:
    """And the counter says so."""
    session = hub.desk.session(hub.sign_in())

    with pytest.raises(HubLostError):
        HttpFactor(hub.link("http://127.0.0.1:9")).offer(session)
