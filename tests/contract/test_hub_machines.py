"""What a hub knows of the kiosks of its hall, how old it is, and what follows: on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import get_args

import pytest

from kiosk.domain.alarm import AlarmKind, SilenceFor
from kiosk.domain.staff import Role
from kiosk.errors import InputError
from kiosk.journal.entry import EntryType
from kiosk.ports.machines import MachineHealth
from kiosk.ports.ticket_printer import PrinterCondition
from sync.central.hall.machines import HubMachines
from sync.central.trust.revocation import revoke
from sync.protocol.hall_machines import HallMachine, KindWord
from tests.fakes.clocks import FixedClock
from tests.fakes.fleets import a_kiosk_known_to
from tests.fakes.hall_machines import AHallKiosk
from tests.fakes.halls import A_HALL, a_hall
from tests.fakes.staff import signed_in


class ASiteOfTwo:
    """Two kiosks and their hub, whose clocks the test moves together."""

    def __init__(self, folder: Path, database: str, stack: ExitStack) -> None:
        self.clock = FixedClock()
        self.hall = stack.enter_context(a_hall(folder, database, now=lambda: self.clock.utc))
        self.machines = HubMachines(self.hall.bench)
        self.one, self.two = (AHallKiosk(folder / name, self.hall, name, self.clock) for name in ("A2", "B1"))
        for kiosk in (self.one, self.two):
            stack.callback(kiosk.kiosk.store.close)
            kiosk.tell()
        self.token = self.hall.sign_in("s.blanc", Role.SUPERVISOR)

    def seen(self) -> dict[str, MachineHealth]:
        """Return the kiosks as a counter sees them, by their names."""
        return {health.facts.origin: health for health in self.machines.look(self.token)}

    def sounding(self, origin: str) -> list[AlarmKind]:
        """Return which alarms of a kiosk sound."""
        return [alarm.kind for alarm in self.seen()[origin].sounding]


@pytest.fixture
def everywhere(tmp_path: Path, database: str) -> Iterator[ASiteOfTwo]:
    """A site whose hub runs on each kind of database."""
    with ExitStack() as stack:
        yield ASiteOfTwo(tmp_path, database, stack)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[ASiteOfTwo]:
    """A site whose hub runs on SQLite."""
    with ExitStack() as stack:
        yield ASiteOfTwo(tmp_path, f"sqlite:///{tmp_path / 'hub.db'}", stack)


def test_the_kiosks_of_the_hall_are_seen_and_no_others(everywhere: ASiteOfTwo) -> None:
    """Not those of another département, nor one that is trusted no more."""
    site = everywhere
    with site.hall.centre.engine.begin() as connection:
        a_kiosk_known_to(connection, "69-A1", None)
    before = list(site.seen())
    revoke(site.hall.centre, "38-B1", reason="stolen", by="test")

    assert before == ["38-A2", "38-B1"]
    assert list(site.seen()) == ["38-A2"]
    with pytest.raises(InputError, match="origin"):
        site.machines.order_test(site.token, "69-A1")


def test_a_kiosk_that_falls_silent_is_an_alarm_and_what_it_was_is_unknown(everywhere: ASiteOfTwo) -> None:
    """After two words that did not come; nothing is asked of it; its next word ends that, and another is another."""
    site = everywhere
    site.two.site.printer_says(PrinterCondition.PAPER_OUT)
    site.two.tell()
    heard_at = site.clock.utc
    for _ in range(4):
        site.clock.pass_time(timedelta(seconds=6))
        site.one.site.all_is_well()
        site.one.tell()
    silent = site.seen()["38-B1"]
    with pytest.raises(InputError, match="origin"):
        site.machines.change_roll(site.token, "38-B1", None)
    site.machines.silence(site.token, "38-B1", AlarmKind.SILENT, SilenceFor.DAY, "en réparation")
    silenced = site.sounding("38-B1")
    site.two.site.all_is_well()
    site.two.tell()
    back = site.sounding("38-B1")
    site.clock.pass_time(timedelta(seconds=21))

    assert [(alarm.kind, alarm.since) for alarm in silent.sounding] == [(AlarmKind.SILENT, heard_at)]
    assert (silent.facts.is_known, silent.facts.takes_orders) == (False, False)
    assert silenced == back == []
    assert site.sounding("38-B1") == [AlarmKind.SILENT]
    assert site.hall.verified().is_whole


def test_a_kiosk_that_said_that_it_stops_is_not_silent(site: ASiteOfTwo) -> None:
    """However long ago that was."""
    word = site.two.word()
    assert word.facts is not None
    site.two.tell(facts=word.facts.model_copy(update={"is_running": False}))
    site.clock.pass_time(timedelta(hours=14))
    site.token = site.hall.sign_in("c.petit", Role.SUPERVISOR)

    assert site.sounding("38-B1")[0] is AlarmKind.STOPPED
    assert AlarmKind.SILENT not in site.sounding("38-B1")


def test_a_hub_that_was_away_gives_its_kiosks_time_to_be_heard(site: ASiteOfTwo) -> None:
    """Before it listened nobody could be heard."""
    site.clock.pass_time(timedelta(minutes=5))
    site.machines = HubMachines(site.hall.bench)
    at_once = site.sounding("38-A2")
    site.clock.pass_time(timedelta(seconds=21))

    assert at_once == []
    assert site.sounding("38-A2") == [AlarmKind.SILENT]


def test_an_earlier_kiosk_is_seen_as_far_as_it_tells(site: ASiteOfTwo) -> None:
    """Its printer, its backlog and its version; its pace is that of then, and it takes no orders."""
    site.two.site.printer_says(PrinterCondition.PAPER_OUT)
    site.two.tell(facts=None, told_every_s=60)
    site.clock.pass_time(timedelta(seconds=100))
    health = site.seen()["38-B1"]

    assert [alarm.kind for alarm in health.sounding] == [AlarmKind.PRINTER]
    assert (health.facts.report, health.facts.version, health.facts.takes_orders) == (None, "1.0", False)
    assert health.facts.printer is not None
    assert (health.facts.printer.value, health.facts.printer.since) == (PrinterCondition.PAPER_OUT, None)


def test_a_word_of_a_later_kiosk_does_not_hide_the_others(site: ASiteOfTwo) -> None:
    """What is not understood is unknown."""
    word = site.two.word()
    assert word.facts is not None
    assert word.facts.printer is not None
    odd = word.facts.printer.model_copy(update={"value": "on_holiday"})
    site.two.tell(facts=word.facts.model_copy(update={"printer": odd}), printer="on_holiday")

    assert list(site.seen()) == ["38-A2", "38-B1"]
    assert site.seen()["38-B1"].facts.printer is None


def test_a_screen_that_stood_still_is_told_by_the_kiosk_s_own_clock(site: ASiteOfTwo, tmp_path: Path) -> None:
    """However wrong that is, and not by the age of its word."""
    ahead = FixedClock(site.clock.utc + timedelta(hours=3))
    kiosk = AHallKiosk(tmp_path, site.hall, "C3", ahead)
    kiosk.site.tell(screen_at=ahead.utc - timedelta(seconds=4))
    kiosk.tell()
    site.clock.pass_time(timedelta(seconds=9))
    moves = site.sounding("38-C3")
    kiosk.site.tell(screen_at=ahead.utc - timedelta(seconds=11))
    kiosk.tell()
    kiosk.kiosk.store.close()

    assert moves == [AlarmKind.CLOCK]
    assert AlarmKind.SCREEN in site.sounding("38-C3")


def test_what_a_kiosk_s_own_staff_silenced_is_silenced_at_the_hub(site: ASiteOfTwo) -> None:
    """And the other way round it is not: the kiosk's journal is its own."""
    site.two.site.printer_says(PrinterCondition.PAPER_OUT)
    chief = signed_in(site.two.kiosk.desk, "k.roux", Role.SUPERVISOR)
    site.two.site.machines.silence(chief, "38-B1", AlarmKind.PRINTER, SilenceFor.DAY, "rouleau commandé")
    site.two.tell()
    health = site.seen()["38-B1"]

    assert health.sounding == ()
    assert [raised.silence.by for raised in health.alarms if raised.silence] == ["k.roux"]
    assert site.hall.own_facts(EntryType.ALARM_SILENCED) == []


def test_a_kiosk_that_the_hub_knows_by_name_alone_is_shown_as_unknown(tmp_path: Path) -> None:
    """One of ``hall.origins`` that never said a word: something to look at, not something urgent."""
    hall = replace(A_HALL, kiosks=("38-A2", "38-Z9"))
    with a_hall(tmp_path, f"sqlite:///{tmp_path / 'hub.db'}", hall=hall) as at_work:
        token = at_work.sign_in("s.blanc", Role.SUPERVISOR)
        seen = HubMachines(at_work.bench).look(token)
        told = [HallMachine.of(health).health() for health in seen]

    assert [health.facts.origin for health in seen] == ["38-A2", "38-Z9"]
    assert [(alarm.kind, alarm.since) for alarm in seen[1].sounding] == [(AlarmKind.SILENT, None)]
    assert [health.alarms for health in told] == [health.alarms for health in seen]


def test_every_alarm_has_a_word_for_the_counters() -> None:
    """A kind that the hub could not name would leave the counters without a look."""
    assert set(get_args(KindWord)) == {kind.value for kind in AlarmKind}
