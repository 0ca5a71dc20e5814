"""Promise 3: the date is the moment of the confirmation tap, in legal time; doubtful clocks are said to be so."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.domain.moment import ClockQuality
from kiosk.domain.place import Departement
from kiosk.domain.request import Disposition
from kiosk.ports.unit_of_work import UnitOfWork
from kiosk.workflows.print_job import PrintState
from tests.fakes.clocks import FixedClock
from tests.fakes.kiosks import AKiosk, a_kiosk
from tests.fakes.printers import ScriptedPrinter
from tests.fakes.requests import a_request_content, a_site
from tests.fakes.stores import a_store

JUST_BEFORE_MIDNIGHT = datetime(2026, 11, 20, 22, 59, 59, 900_000, tzinfo=UTC)  # 23:59:59.9 in Grenoble


def test_the_tap_counts_not_the_printing(tmp_path: Path) -> None:
    """Confirmed at 23:59, printed at 00:01: the ticket bears the day of the tap."""
    clock, printer = FixedClock(JUST_BEFORE_MIDNIGHT), ScriptedPrinter()
    kiosk = AKiosk(a_store(tmp_path), clock=clock, printer=printer)
    outcome = kiosk.file()
    clock.pass_time(timedelta(minutes=2))

    assert kiosk.print(outcome.filing.print_job_id) is PrintState.CONFIRMED

    (ticket,) = printer.on_paper
    assert ticket.request.received.utc == JUST_BEFORE_MIDNIGHT
    assert ticket.request.received.civil_date == date(2026, 11, 20)
    assert ticket.request.reference.startswith("38-A2-261120-")


def test_a_tap_before_midnight_that_waits_for_the_store_keeps_its_day(tmp_path: Path) -> None:
    """Another filing writes just after midnight while this one waits: both keep their day, nobody is suspect."""
    clock = FixedClock(JUST_BEFORE_MIDNIGHT)
    kiosk = AKiosk(a_store(tmp_path), clock=clock)
    beside = AKiosk(kiosk.store, clock=clock, entropy=kiosk.entropy)

    def units_that_wait() -> UnitOfWork:
        clock.pass_time(timedelta(milliseconds=200))
        kiosk.units = None
        beside.file(a_request_content(birth_name="AFTER"), key="after")
        return kiosk.store.units()

    kiosk.units = units_that_wait
    waited = kiosk.file(key="waited")

    assert waited.request.received.utc == JUST_BEFORE_MIDNIGHT
    assert waited.request.received.civil_date == date(2026, 11, 20)
    assert waited.request.received.clock is ClockQuality.SYNCED
    assert waited.request.reference.startswith("38-A2-261120-")
    assert beside.file(key="after", content=a_request_content(birth_name="AFTER")).request.reference.startswith(
        "38-A2-261121-"
    )
    assert kiosk.verified().is_whole


@pytest.mark.parametrize(
    ("timezone", "expected"),
    [
        ("Europe/Paris", date(2026, 11, 20)),
        ("Indian/Reunion", date(2026, 11, 21)),
        ("America/Cayenne", date(2026, 11, 20)),
    ],
)
def test_the_day_is_that_of_the_legal_time_of_the_departement(timezone: str, expected: date, tmp_path: Path) -> None:
    """22:59:59 UTC is tomorrow in La Réunion."""
    departement = Departement("38", "Isère", "Grenoble", "préfecture", "Grenoble", "FR", timezone)
    kiosk = AKiosk(a_store(tmp_path), clock=FixedClock(JUST_BEFORE_MIDNIGHT), site=a_site(departement))

    received = kiosk.file().request.received

    assert (received.civil_date, received.zone) == (expected, timezone)


@pytest.mark.parametrize("quality", list(ClockQuality))
def test_every_quality_of_the_clock_is_recorded_and_none_refuses(quality: ClockQuality, tmp_path: Path) -> None:
    """What the clock was worth is on the request, on the entry, and never a reason to send somebody away."""
    kiosk = AKiosk(a_store(tmp_path), clock=FixedClock(quality=quality))

    outcome = kiosk.file()

    with kiosk.store.reading() as unit:
        ((entry, _),) = unit.journal.entries_after(1, 10)
    assert outcome.disposition is Disposition.FILED
    assert outcome.request.received.clock is entry.clock is quality


def test_a_clock_that_fell_back_is_suspect_and_the_calendar_does_not_go_back(tmp_path: Path) -> None:
    """The chain's last day stands, the instant is recorded as read, the filing is kept."""
    clock = FixedClock()
    kiosk = AKiosk(a_store(tmp_path), clock=clock)
    kiosk.file(key="before")
    clock.jump_to(clock.utc - timedelta(days=3))

    outcome = kiosk.file(a_request_content(birth_name="KEITA"))

    assert outcome.request.received.clock is ClockQuality.SUSPECT
    assert outcome.request.received.utc == clock.utc
    assert outcome.request.received.civil_date == date(2026, 11, 20)
    assert kiosk.verified().is_whole


def test_a_clock_that_fell_back_within_the_day_is_suspect_too(tmp_path: Path) -> None:
    """An hour before the last entry is no true time, even on the same day."""
    clock = FixedClock()
    kiosk = AKiosk(a_store(tmp_path), clock=clock)
    kiosk.file(key="before")
    clock.jump_to(clock.utc - timedelta(hours=1))

    received = kiosk.file(a_request_content(birth_name="KEITA")).request.received

    assert (received.clock, received.utc) == (ClockQuality.SUSPECT, clock.utc)


def test_neither_a_repeated_visit_nor_a_restart_moves_the_date(tmp_path: Path) -> None:
    """The date of the first confirmation comes back from the disk to the millisecond."""
    clock = FixedClock()
    kiosk = AKiosk(a_store(tmp_path), clock=clock)
    first = kiosk.file()
    clock.pass_time(timedelta(days=8))

    again = kiosk.file()

    with kiosk.store.reading() as unit:
        stored = unit.requests.get(first.request.request_id)
    assert again.request.received == stored.received == first.request.received
    assert again.filing.filed.utc == clock.utc


def test_a_date_changed_in_a_table_does_not_reach_a_ticket(tmp_path: Path) -> None:
    """The date on paper is the one that the journal binds, not a column that somebody with the key can move."""
    kiosk = a_kiosk(tmp_path)
    outcome = kiosk.file()
    writer = kiosk.store._writers.take()
    writer.run("UPDATE requests SET received_at_ms = 0, received_on = '1970-01-01', zone = 'UTC', clock = 'suspect'")
    kiosk.store._writers.give_back(writer)

    with kiosk.store.reading() as unit:
        stored = unit.requests.get(outcome.request.request_id)

    assert stored == outcome.request


def test_once_the_facts_are_erased_the_date_is_still_known(tmp_path: Path) -> None:
    """The civil date is stored, and not computed again from the instant and the zone."""
    kiosk = a_kiosk(tmp_path)
    outcome = kiosk.file()
    writer = kiosk.store._writers.take()
    writer.run("DELETE FROM payloads WHERE seq = ?", (outcome.filing.journal_seq,))
    writer.run("UPDATE requests SET zone = 'Pacific/Kiritimati'")  # where it was already the next day
    kiosk.store._writers.give_back(writer)

    with kiosk.store.reading() as unit:
        stored = unit.requests.get(outcome.request.request_id)

    assert (stored.received.utc, stored.received.civil_date) == (outcome.request.received.utc, date(2026, 11, 20))
    assert stored.reference == outcome.request.reference
    assert stored.content.identity.birth_name == ""
