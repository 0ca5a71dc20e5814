"""What staff see of this machine, and do with it: each verb asks for the role, and leaves an entry."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.domain.alarm import AlarmKind, SilenceFor
from kiosk.domain.chain_check import ChainCheck
from kiosk.domain.moment import instant_text
from kiosk.domain.paper_roll import PaperRoll
from kiosk.domain.staff import Role
from kiosk.errors import InputError, NotAllowedError, NotSignedInError
from kiosk.journal.closure import ClosureKind
from kiosk.journal.entry import EntryType
from kiosk.ports.link import LinkCondition, LinkState
from kiosk.ports.machines import LastClosure
from kiosk.ports.printer_test import PrintOrder
from kiosk.ports.ticket_printer import PrinterCondition
from tests.fakes.clocks import FixedClock
from tests.fakes.kiosks import AKiosk
from tests.fakes.machine_health import ASite
from tests.fakes.requests import A_MORNING
from tests.fakes.staff import signed_in
from tests.fakes.stores import a_store

HERE = "38-A2"
A_REASON = "rouleau commandé"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def site(tmp_path: Path, clock: FixedClock) -> Iterator[ASite]:
    site = ASite(AKiosk(a_store(tmp_path), clock=clock), tmp_path)
    site.all_is_well()
    yield site
    site.kiosk.store.close()


def test_everything_that_is_known_is_among_the_facts(site: ASite, clock: FixedClock) -> None:
    """From the files between the processes, and from the store."""
    site.kiosk.file()
    site.kiosk.change_roll("a.martin")
    site.kiosk.close_period(ClosureKind.DAY, A_MORNING.date(), by="s.blanc")
    site.chain_file.write(ChainCheck(A_MORNING, 3, None))
    facts = site.facts

    assert (facts.origin, facts.is_running, facts.free_bytes) == (HERE, True, site.free_bytes)
    assert facts.printer is not None
    assert facts.printer.value is PrinterCondition.READY
    assert facts.tickets_left == 145
    assert facts.backlog is not None
    assert (facts.backlog.pending, facts.oldest_unsent_at) == (4, A_MORNING)
    assert facts.closure == LastClosure("2026-11-20", A_MORNING, "s.blanc")
    assert facts.chain == ChainCheck(A_MORNING, 3, None)
    assert site.sounding == []


def test_a_supervisor_silences_an_alarm_with_a_reason(site: ASite, clock: FixedClock) -> None:
    """It sounds no more, says who silenced it and why, and is an entry; after an hour it sounds again."""
    site.printer_says(PrinterCondition.PAPER_OUT)
    session = signed_in(site.kiosk.desk, "s.blanc", Role.SUPERVISOR, "2")
    silence = site.machines.silence(session, HERE, AlarmKind.PRINTER, SilenceFor.HOUR, f"  {A_REASON}\n")
    health = site.health

    assert [raised.silence for raised in health.alarms] == [silence]
    assert health.sounding == ()
    assert site.kiosk.facts_of(EntryType.ALARM_SILENCED) == [
        {
            "account": "s.blanc",
            "counter": "2",
            "alarm": "printer",
            "occurrence": instant_text(A_MORNING),
            "until": instant_text(A_MORNING + timedelta(hours=1)),
            "reason": A_REASON,
        }
    ]
    clock.pass_time(timedelta(hours=1))
    site.all_is_well()
    site.printer_says(PrinterCondition.PAPER_OUT)
    assert site.sounding == ["printer"]


def test_an_alarm_that_ended_and_came_again_sounds(site: ASite, clock: FixedClock) -> None:
    """Within the hour, and on every staff screen: what is silenced stands in the journal, not in a screen."""
    site.printer_says(PrinterCondition.PAPER_OUT)
    session = signed_in(site.kiosk.desk, role=Role.SUPERVISOR)
    site.machines.silence(session, HERE, AlarmKind.PRINTER, SilenceFor.DAY, A_REASON)
    another_screen = ASite(site.kiosk, site.folder)
    assert (site.sounding, another_screen.sounding) == ([], [])

    clock.pass_time(timedelta(minutes=1))
    site.tell()
    site.printer_says(PrinterCondition.READY)
    assert site.health.alarms == ()
    clock.pass_time(timedelta(minutes=1))
    site.tell()
    site.printer_says(PrinterCondition.PAPER_OUT)
    assert (site.sounding, another_screen.sounding) == (["printer"], ["printer"])


def test_what_sounds_stands_before_what_is_silenced(site: ASite) -> None:
    """The urgent one was silenced: the other is what is left to do."""
    site.printer_says(PrinterCondition.PAPER_OUT)
    site.link_file.write(LinkCondition(LinkState.NO_LINK, A_MORNING))
    session = signed_in(site.kiosk.desk, role=Role.SUPERVISOR)
    site.machines.silence(session, HERE, AlarmKind.PRINTER, SilenceFor.HOUR, A_REASON)

    assert [raised.alarm.kind for raised in site.health.alarms] == [AlarmKind.LINK, AlarmKind.PRINTER]


def test_an_agent_does_not_silence(site: ASite) -> None:
    """Whoever answers for the hall decides what may wait; nothing is recorded."""
    site.printer_says(PrinterCondition.PAPER_OUT)
    session = signed_in(site.kiosk.desk)
    with pytest.raises(NotAllowedError):
        site.machines.silence(session, HERE, AlarmKind.PRINTER, SilenceFor.HOUR, A_REASON)

    assert site.sounding == ["printer"]
    assert site.kiosk.facts_of(EntryType.ALARM_SILENCED) == []


@pytest.mark.parametrize("reason", ["", "  a ", "x" * 121])
def test_a_reason_says_something(site: ASite, reason: str) -> None:
    """Somebody reads it next year."""
    site.printer_says(PrinterCondition.PAPER_OUT)
    session = signed_in(site.kiosk.desk, role=Role.SUPERVISOR)
    with pytest.raises(InputError, match="reason"):
        site.machines.silence(session, HERE, AlarmKind.PRINTER, SilenceFor.HOUR, reason)


def test_an_alarm_that_does_not_sound_is_not_silenced(site: ASite) -> None:
    """Nobody silences what may come tomorrow; nor a machine that is not here."""
    session = signed_in(site.kiosk.desk, role=Role.SUPERVISOR)
    with pytest.raises(InputError, match="alarm"):
        site.machines.silence(session, HERE, AlarmKind.PRINTER, SilenceFor.DAY, A_REASON)
    with pytest.raises(InputError, match="origin"):
        site.machines.silence(session, "38-B1", AlarmKind.PRINTER, SilenceFor.DAY, A_REASON)


def test_an_agent_says_that_the_roll_was_changed(site: ASite) -> None:
    """A new one, or one that was begun: about as many tickets as the agent says."""
    session = signed_in(site.kiosk.desk)
    begun = site.machines.change_roll(session, HERE, 40)
    assert (begun.tickets_left(is_near_end=False), site.facts.tickets_left) == (40, 40)
    new = site.machines.change_roll(session, HERE, None)

    assert new == site.kiosk.roll() == PaperRoll(80_000)
    assert new.tickets_left(is_near_end=False) == site.machines.usual_tickets(HERE)
    assert [facts["by"] for facts in site.kiosk.facts_of(EntryType.ROLL_CHANGED)] == ["a.martin", "a.martin"]


def test_an_agent_orders_a_test_print(site: ASite) -> None:
    """The order lies there for the process that prints."""
    order = site.machines.order_test(signed_in(site.kiosk.desk), HERE)

    assert site.orders.take() == PrintOrder(order, "a.martin", A_MORNING)


def test_a_locked_screen_does_nothing(site: ASite) -> None:
    """No roll, no test, no silence."""
    session = signed_in(site.kiosk.desk, role=Role.SUPERVISOR)
    site.kiosk.desk.lock(session)
    for verb in (
        lambda: site.machines.order_test(session, HERE),
        lambda: site.machines.change_roll(session, HERE, None),
        lambda: site.machines.silence(session, HERE, AlarmKind.PRINTER, SilenceFor.HOUR, A_REASON),
    ):
        with pytest.raises(NotSignedInError):
            verb()

    assert site.orders.take() is None
    assert site.kiosk.roll() is None


def test_a_stopped_kiosk_leaves_what_it_said_last(site: ASite) -> None:
    """Since when it is gone, and nothing of the printer."""
    site.is_running = False
    (alarm,) = site.health.sounding

    assert (alarm.kind, alarm.since) == (AlarmKind.STOPPED, A_MORNING)
    assert site.facts.printer is None


def test_an_account_that_was_closed_meanwhile_does_nothing(site: ASite) -> None:
    """The role is looked up when the thing is done."""
    session = signed_in(site.kiosk.desk)
    site.kiosk.desk.accounts.disable("a.martin", by="chef")
    with pytest.raises(NotSignedInError):
        site.machines.change_roll(session, HERE, None)
    with pytest.raises(NotSignedInError):
        site.machines.order_test(session, HERE)

    assert site.kiosk.roll() is None
