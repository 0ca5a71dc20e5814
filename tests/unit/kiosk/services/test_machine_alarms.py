"""Alarms are a conclusion from facts: each trouble gives its own, the most urgent first, and health gives none."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.domain.alarm import AlarmKind, Severity
from kiosk.domain.chain_check import ChainCheck
from kiosk.domain.moment import ClockQuality
from kiosk.domain.paper_roll import PaperRoll
from kiosk.ports.desk import SyncBacklog
from kiosk.ports.link import LinkCondition, LinkState
from kiosk.ports.machines import Hearing, Lasting, MachineFacts, PaperInPrinter
from kiosk.ports.readiness import StoreCondition
from kiosk.ports.speech import VoiceCondition, VoiceReport
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.services.machine_alarms import alarms_of
from tests.fakes.machine_health import a_report
from tests.fakes.requests import A_MORNING

EARLIER = A_MORNING - timedelta(minutes=20)
WELL = MachineFacts(
    origin="38-A2",
    place="Hall d'accueil",
    seen_at=A_MORNING,
    is_running=True,
    report=a_report(),
    printer=Lasting(PrinterCondition.READY, EARLIER),
    paper=PaperInPrinter(PaperRoll(80_000), EARLIER),
    has_centre=True,
    link=LinkCondition(LinkState.IDLE, EARLIER),
    backlog=SyncBacklog(12, 12, EARLIER),
    free_bytes=80_000_000_000,
    chain=ChainCheck(EARLIER, 12, None),
    has_voice=True,
    voice=VoiceReport(VoiceCondition.WORKING, EARLIER),
)
LOW_PAPER = PaperInPrinter(PaperRoll(80_000, 70_000, 140), EARLIER)


def kinds(facts: MachineFacts) -> list[AlarmKind]:
    """The kinds of the alarms, in their order."""
    return [alarm.kind for alarm in alarms_of(facts)]


def test_a_machine_that_is_well_gives_no_alarm() -> None:
    """Nor does one without printer, centre, headset and reader."""
    bare = replace(
        WELL,
        printer=Lasting(PrinterCondition.ABSENT, EARLIER),
        has_centre=False,
        link=None,
        has_voice=False,
        chain=None,
    )

    assert (kinds(WELL), kinds(bare)) == ([], [])


@pytest.mark.parametrize(
    ("change", "kind", "severity", "detail"),
    [
        ({"printer": Lasting(PrinterCondition.PAPER_OUT, EARLIER)}, AlarmKind.PRINTER, Severity.URGENT, "paper_out"),
        ({"printer": Lasting(PrinterCondition.SILENT, EARLIER)}, AlarmKind.PRINTER, Severity.URGENT, "silent"),
        (
            {"printer": Lasting(PrinterCondition.RECOVERABLE_ERROR, EARLIER)},
            AlarmKind.PRINTER,
            Severity.SOON,
            "recoverable_error",
        ),
        ({"printer": Lasting(PrinterCondition.PAPER_NEAR_END, EARLIER)}, AlarmKind.PAPER, Severity.SOON, ""),
        ({"link": LinkCondition(LinkState.NO_LINK, EARLIER)}, AlarmKind.LINK, Severity.SOON, "no_link"),
        ({"link": LinkCondition(LinkState.REFUSED, EARLIER)}, AlarmKind.LINK, Severity.URGENT, "refused"),
        (
            {"voice": VoiceReport(VoiceCondition.MISSING, EARLIER)},
            AlarmKind.VOICE,
            Severity.SOON,
            "missing",
        ),
        ({"chain": ChainCheck(EARLIER, 6, 7)}, AlarmKind.CHAIN, Severity.URGENT, ""),
        ({"report": a_report(clock=Lasting(ClockQuality.SUSPECT, EARLIER))}, AlarmKind.CLOCK, Severity.SOON, ""),
        ({"report": a_report(store=Lasting(StoreCondition.FULL, EARLIER))}, AlarmKind.STORE, Severity.URGENT, "full"),
        ({"report": a_report(is_disk_low=Lasting(True, EARLIER))}, AlarmKind.DISK, Severity.SOON, ""),
        ({"report": a_report(scanner=Lasting(False, EARLIER))}, AlarmKind.SCANNER, Severity.SOON, ""),
    ],
)
def test_each_trouble_is_an_alarm_since_it_began(
    change: dict[str, object], kind: AlarmKind, severity: Severity, detail: str
) -> None:
    """Its kind, how soon it matters, which of several it is, and since when."""
    (alarm,) = alarms_of(replace(WELL, **change))  # type: ignore[arg-type]

    assert (alarm.kind, alarm.severity, alarm.detail, alarm.since) == (kind, severity, detail, EARLIER)


@pytest.mark.parametrize(("up_for", "is_alarm"), [(timedelta(seconds=5), False), (timedelta(minutes=5), True)])
def test_a_printer_of_which_nobody_hears_is_an_alarm(up_for: timedelta, is_alarm: bool) -> None:
    """The kiosk is there and does not ask it any more; right after a start it has not asked yet."""
    unheard = replace(WELL, printer=None, report=a_report(started_at=A_MORNING - up_for))

    assert [(alarm.kind, alarm.detail) for alarm in alarms_of(unheard)] == [(AlarmKind.PRINTER, "silent")] * is_alarm


def test_few_tickets_are_an_alarm_that_counts_them() -> None:
    """The roll was counted: nobody needs the sensor to know. It belongs to this roll, so another one ends it."""
    (alarm,) = alarms_of(replace(WELL, paper=LOW_PAPER))
    (near_end,) = alarms_of(replace(WELL, paper=LOW_PAPER, printer=Lasting(PrinterCondition.PAPER_NEAR_END, A_MORNING)))
    (other,) = alarms_of(replace(WELL, paper=replace(LOW_PAPER, changed_at=A_MORNING)))

    assert (alarm.kind, alarm.count, alarm.since) == (AlarmKind.PAPER, 20, None)
    assert alarm.occurrence == near_end.occurrence != other.occurrence


@pytest.mark.parametrize(("age", "is_alarm"), [(timedelta(minutes=60), False), (timedelta(minutes=61), True)])
def test_entries_that_wait_for_more_than_an_hour_are_an_alarm(age: timedelta, is_alarm: bool) -> None:
    """A centre that takes them now and then is no news."""
    waiting = replace(WELL, backlog=SyncBacklog(12, 5, None), oldest_unsent_at=A_MORNING - age)

    assert [(alarm.kind, alarm.count) for alarm in alarms_of(waiting)] == [(AlarmKind.BACKLOG, 7)] * is_alarm


def test_a_screen_that_stands_still_is_an_alarm() -> None:
    """The process is there and tells; its screen does not move."""
    (alarm,) = alarms_of(replace(WELL, report=a_report(screen_at=EARLIER)))

    assert (alarm.kind, alarm.severity, alarm.since) == (AlarmKind.SCREEN, Severity.URGENT, EARLIER)


def test_a_kiosk_that_is_not_there_says_nothing_of_its_devices() -> None:
    """What it said last counts no more; what the disk holds does."""
    last_word = a_report(at=EARLIER, clock=Lasting(ClockQuality.SUSPECT, EARLIER))
    stopped = replace(
        WELL, is_running=False, report=last_word, printer=None, link=None, chain=ChainCheck(EARLIER, 6, 7)
    )
    found = alarms_of(stopped)

    assert [alarm.kind for alarm in found] == [AlarmKind.STOPPED, AlarmKind.CHAIN]
    assert found[0].since == EARLIER


def test_a_store_that_cannot_be_read_is_an_alarm() -> None:
    """Nobody is told that all is well."""
    assert kinds(replace(WELL, backlog=None)) == [AlarmKind.STORE]


def test_what_is_urgent_stands_first() -> None:
    """Whoever has a minute reads one line."""
    many = replace(
        WELL,
        printer=Lasting(PrinterCondition.PAPER_OUT, EARLIER),
        link=LinkCondition(LinkState.NO_LINK, EARLIER),
        report=a_report(clock=Lasting(ClockQuality.SUSPECT, EARLIER), store=Lasting(StoreCondition.FULL, EARLIER)),
    )

    assert kinds(many) == [AlarmKind.STORE, AlarmKind.PRINTER, AlarmKind.CLOCK, AlarmKind.LINK]


def test_a_machine_that_its_hub_does_not_hear_is_silent_and_nothing_is_said_of_its_devices() -> None:
    """What the hub knows for sure stays: a journal that did not verify, entries that did not come."""
    silent = replace(
        WELL,
        printer=Lasting(PrinterCondition.PAPER_OUT, EARLIER),
        chain=ChainCheck(EARLIER, 11, 12),
        heard=Hearing(EARLIER, is_late=True),
    )

    assert kinds(silent) == [AlarmKind.SILENT, AlarmKind.CHAIN]
    assert kinds(replace(silent, heard=Hearing(EARLIER, is_late=False))) == [AlarmKind.CHAIN, AlarmKind.PRINTER]


@pytest.mark.parametrize(
    ("seconds", "found"),
    [(-121, [("behind", 2)]), (-120, []), (0, []), (120, []), (3601, [("ahead", 60)])],
)
def test_a_clock_that_differs_from_the_hub_s_is_an_alarm(seconds: int, found: list[tuple[str, int]]) -> None:
    """Whatever it says of itself: it dates tickets."""
    facts = replace(WELL, clock_ahead=timedelta(seconds=seconds))

    assert [(alarm.detail, alarm.count) for alarm in alarms_of(facts)] == found
