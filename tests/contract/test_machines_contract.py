"""Staff see machines and work at their printers: on the machine itself, and over HTTP at the hub of a site."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from kiosk.domain.alarm import AlarmKind, SilenceFor
from kiosk.domain.staff import Role
from kiosk.errors import HubLostError, InputError, NotAllowedError, NotSignedInError
from kiosk.journal.entry import EntryType
from kiosk.ports.desk import StaffSession
from kiosk.ports.machines import MachineHealth, Machines
from kiosk.ports.ticket_printer import PrinterCondition, PrintVerdict
from sync.client.hub_machines import HttpMachines
from tests.fakes.clocks import FixedClock
from tests.fakes.fault_proxy import Fault, a_fault_proxy
from tests.fakes.hall_machines import AHallKiosk
from tests.fakes.halls import AHubAtWork, a_hub_at_work
from tests.fakes.kiosks import AKiosk
from tests.fakes.machine_health import ASite
from tests.fakes.staff import A_PASSWORD, COUNTERS, signed_in
from tests.fakes.stores import a_store
from tests.fakes.tickets import a_ticket

HERE = "38-A2"
A_SPECIMEN = a_ticket(is_specimen=True)


class OnTheMachine:
    """The staff screen of one machine."""

    def __init__(self, folder: Path) -> None:
        self.clock = FixedClock()
        self.site = ASite(AKiosk(a_store(folder), clock=self.clock), folder)
        self.site.all_is_well()
        self.machines: Machines = self.site.machines

    def sign_in(self, role: Role) -> StaffSession:
        """Return the session of somebody."""
        return signed_in(self.site.kiosk.desk, f"x.{role.value}", role)

    def lock(self, session: StaffSession) -> None:
        """Lock a counter."""
        self.site.kiosk.desk.lock(session)

    def wake(self, session: StaffSession) -> None:
        """Go on at a counter after a long pause."""

    def goes_on(self) -> None:
        """Let the kiosk do what is asked of it, and tell how it is."""
        self.site.print_test(A_SPECIMEN)()

    def entries(self, kind: EntryType) -> list[dict[str, Any]]:
        """Return what the journal says where staff work."""
        return [dict(facts) for facts in self.site.kiosk.facts_of(kind)]

    def close(self) -> None:
        """End."""
        self.site.kiosk.store.close()


class AtTheHub(OnTheMachine):
    """A counter at the hub, and a kiosk that tells it how it is."""

    def __init__(self, folder: Path) -> None:
        self.clock, self._open = FixedClock(), ExitStack()
        self.hub: AHubAtWork = self._open.enter_context(a_hub_at_work(folder, lambda: self.clock.utc))
        self.kiosk = AHallKiosk(folder / "kiosk", self.hub, "A2", self.clock)
        self.kiosk.tell()
        self.site = self.kiosk.site
        self.desk = self.hub.http_desk()
        self.machines = self.http = HttpMachines(self.hub.link())

    def sign_in(self, role: Role) -> StaffSession:
        name = self.hub.account(f"x.{role.value}", role)
        session = self.desk.sign_in(name, A_PASSWORD, COUNTERS[0])
        self.http.use(session)
        return session

    def lock(self, session: StaffSession) -> None:
        self.desk.lock(session)

    def wake(self, session: StaffSession) -> None:
        self.http.use(self.desk.unlock(session, A_PASSWORD))

    def goes_on(self) -> None:
        self.kiosk.follow_orders(A_SPECIMEN)
        self.kiosk.tell()
        self.http.use(self.http._session)  # do not wait for the next second

    def entries(self, kind: EntryType) -> list[dict[str, Any]]:
        return self.hub.own_facts(kind)

    def close(self) -> None:
        super().close()
        self._open.close()


@pytest.fixture(params=[OnTheMachine, AtTheHub], ids=["machine", "hub"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OnTheMachine]:
    found: OnTheMachine = request.param(tmp_path)
    yield found
    found.close()


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[AtTheHub]:
    found = AtTheHub(tmp_path)
    yield found
    found.close()


def seen(place: OnTheMachine) -> MachineHealth:
    (health,) = place.machines.look()
    return health


def test_a_machine_is_seen_as_it_sees_itself(place: OnTheMachine) -> None:
    """Every fact but the hour of the look, and how it was heard."""
    place.site.kiosk.change_roll("a.martin")
    place.site.printer_says(PrinterCondition.COVER_OPEN)
    place.sign_in(Role.AGENT)
    place.goes_on()
    facts, own = seen(place).facts, place.site.facts

    assert (facts.report, facts.printer, facts.paper, facts.voice) == (own.report, own.printer, own.paper, own.voice)
    assert (facts.chain, facts.closure, facts.free_bytes) == (own.chain, own.closure, own.free_bytes)
    assert (facts.origin, facts.place, facts.tickets_left) == (own.origin, own.place, own.tickets_left)
    assert [alarm.kind for alarm in seen(place).sounding] == [AlarmKind.PRINTER]
    assert seen(place).facts.takes_orders


def test_a_test_is_asked_for_and_its_end_is_among_the_facts(place: OnTheMachine) -> None:
    """Also agents may; the journal of the machine says for whom it printed."""
    order = place.machines.order_test(place.sign_in(Role.AGENT), HERE)
    before = seen(place).facts.test
    place.goes_on()
    test = seen(place).facts.test

    assert before is None
    assert test is not None
    assert (test.order, test.verdict) == (order, PrintVerdict.CONFIRMED)
    (tested,) = place.site.kiosk.facts_of(EntryType.PRINTER_TESTED)
    assert str(tested["account"]).partition("@")[0] == "x.agent"


@pytest.mark.parametrize(("tickets", "left"), [(None, 145), (40, 40)])
def test_a_new_roll_is_counted_from_now_on(place: OnTheMachine, tickets: int | None, left: int) -> None:
    """At the hub as soon as the machine has answered; a new roll gives what the machine says it does."""
    session = place.sign_in(Role.AGENT)
    roll = place.machines.change_roll(session, HERE, tickets)
    place.goes_on()

    assert seen(place).facts.tickets_left == left
    assert place.machines.usual_tickets(HERE) == 145
    assert roll is None or roll.tickets_left(is_near_end=False) == left
    (changed,) = place.site.kiosk.facts_of(EntryType.ROLL_CHANGED)
    assert str(changed["by"]).partition("@")[0] == "x.agent"


def test_an_alarm_is_silenced_with_a_reason_by_a_supervisor(place: OnTheMachine) -> None:
    """For its coming alone, as an entry where staff work; after an hour it sounds again."""
    place.site.printer_says(PrinterCondition.PAPER_OUT)
    session = place.sign_in(Role.SUPERVISOR)
    place.goes_on()
    with pytest.raises(InputError, match="reason"):
        place.machines.silence(session, HERE, AlarmKind.PRINTER, SilenceFor.HOUR, "x")
    with pytest.raises(InputError, match="alarm"):
        place.machines.silence(session, HERE, AlarmKind.DISK, SilenceFor.HOUR, "on s'en occupe")
    silence = place.machines.silence(session, HERE, AlarmKind.PRINTER, SilenceFor.HOUR, "on s'en occupe")
    place.goes_on()
    silenced = [raised.silence for raised in seen(place).alarms]
    place.clock.pass_time(timedelta(hours=1, seconds=1))
    place.site.all_is_well()
    place.site.printer_says(PrinterCondition.PAPER_OUT)
    place.wake(session)
    place.goes_on()

    assert silenced == [silence]
    assert AlarmKind.PRINTER in [alarm.kind for alarm in seen(place).sounding]
    (told,) = place.entries(EntryType.ALARM_SILENCED)
    assert (told["account"], told["counter"], told["alarm"], told["reason"]) == (
        "x.supervisor", COUNTERS[0], "printer", "on s'en occupe",
    )  # fmt: skip


def test_only_a_machine_of_the_place_is_asked(place: OnTheMachine) -> None:
    """By whoever is allowed, at a counter that is awake."""
    chief, agent = place.sign_in(Role.SUPERVISOR), place.sign_in(Role.AGENT)
    verbs: list[Callable[[StaffSession, str], object]] = [
        lambda session, origin: place.machines.silence(session, origin, AlarmKind.PRINTER, SilenceFor.DAY, "raison"),
        lambda session, origin: place.machines.change_roll(session, origin, None),
        place.machines.order_test,
    ]
    for verb in verbs:
        with pytest.raises(InputError):
            verb(chief, "38-Z9")
    place.site.printer_says(PrinterCondition.PAPER_OUT)
    place.goes_on()
    with pytest.raises(NotAllowedError):
        verbs[0](agent, HERE)
    place.lock(chief)
    for verb in verbs:
        with pytest.raises(NotSignedInError):
            verb(chief, HERE)

    assert place.entries(EntryType.ALARM_SILENCED) == place.entries(EntryType.UPDATE_ORDERED) == []


def test_a_locked_counter_sees_no_machines(hub: AtTheHub) -> None:
    """And nobody who is not signed in does."""
    assert hub.machines.look() == ()
    session = hub.sign_in(Role.AGENT)
    assert len(hub.machines.look()) == 1
    hub.lock(session)
    hub.http.use(session)

    assert hub.machines.look() == ()


def test_without_a_link_what_was_seen_stays_and_nothing_is_asked(hub: AtTheHub) -> None:
    """Since when the hub does not answer, the window says."""
    session = hub.sign_in(Role.SUPERVISOR)
    with a_fault_proxy(urlsplit(hub.hub.running.url).port or 0) as line:
        line.calm()
        machines = HttpMachines(hub.hub.link(line.url, 2.0))
        machines.use(session)
        before = machines.look()
        line.always(Fault.RESET_BEFORE_REQUEST)
        hub.site.printer_says(PrinterCondition.PAPER_OUT)
        hub.kiosk.tell()
        machines.use(session)
        for verb in (lambda: machines.order_test(session, HERE), lambda: machines.change_roll(session, HERE, 7)):
            with pytest.raises(HubLostError):
                verb()

        assert len(before) == 1
        assert machines.look() == before


def test_an_order_that_comes_late_is_not_done(hub: AtTheHub) -> None:
    """Nobody stands at the printer any more, and the counter has said that nothing answered."""
    session = hub.sign_in(Role.AGENT)
    hub.machines.change_roll(session, HERE, 40)
    hub.machines.order_test(session, HERE)
    hub.clock.pass_time(hub.machines.answers_within)
    hub.site.all_is_well()
    outcomes = hub.kiosk.follow_orders(A_SPECIMEN)

    assert outcomes == ["refused", "refused"]
    assert hub.site.kiosk.facts_of(EntryType.ROLL_CHANGED) == hub.site.kiosk.facts_of(EntryType.PRINTER_TESTED) == []
