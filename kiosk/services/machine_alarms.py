"""Which alarms follow from what is known of a machine: a pure conclusion."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from kiosk.domain.alarm import BACKLOG_AFTER, CLOCK_TOLERANCE, FEW_TICKETS, Alarm, AlarmKind, Severity
from kiosk.domain.moment import ClockQuality, instant_text
from kiosk.ports.link import LinkState
from kiosk.ports.machines import KioskReport, MachineFacts
from kiosk.ports.readiness import StoreCondition
from kiosk.ports.speech import VoiceCondition
from kiosk.ports.ticket_printer import PrinterCondition

# The screen gives a sign of life each second; the longest piece of work on its thread takes far less than this.
SCREEN_STUCK_AFTER: Final = timedelta(seconds=10)
_PRINTER_HEARD_WITHIN: Final = timedelta(seconds=20)  # of a start; the first question loads fonts
# What a printer says that goes away without a person.
_PASSING: Final = frozenset({PrinterCondition.FEED_BUTTON, PrinterCondition.RECOVERABLE_ERROR})
_LINK_TROUBLES: Final = {
    LinkState.NO_LINK: Severity.SOON,
    LinkState.NOT_OUR_CENTRE: Severity.URGENT,
    LinkState.REFUSED: Severity.URGENT,
    LinkState.FAILED: Severity.SOON,
}
_ORDER: Final = {kind: rank for rank, kind in enumerate(AlarmKind)}
AHEAD, BEHIND = "ahead", "behind"  # details of a clock alarm: the hub has another time
UNREADABLE: Final = "unreadable"  # detail of a store alarm: the staff screen itself cannot read it


def alarms_of(facts: MachineFacts) -> tuple[Alarm, ...]:
    """Return what somebody should look at, the most urgent first."""
    found = [*_kept(facts), *_now(facts)]
    return tuple(sorted(found, key=lambda alarm: (alarm.severity, _ORDER[alarm.kind])))


def _now(facts: MachineFacts) -> Iterator[Alarm]:
    if not facts.is_known:
        return _silent(facts)  # what it last said of its devices may not be so any more
    return _running(facts) if facts.is_running else _stopped(facts)


def _silent(facts: MachineFacts) -> Iterator[Alarm]:
    since = facts.heard.at if facts.heard else None
    severity = Severity.SOON if since is None else Severity.URGENT
    yield Alarm(AlarmKind.SILENT, severity, _coming(since), since=since)


def _stopped(facts: MachineFacts) -> Iterator[Alarm]:
    since = facts.report.at if facts.report else None
    yield Alarm(AlarmKind.STOPPED, Severity.URGENT, _coming(since), since=since)


def _kept(facts: MachineFacts) -> Iterator[Alarm]:
    """What is true of the machine also while the kiosk is stopped."""
    chain = facts.chain
    if facts.backlog is None:
        yield Alarm(AlarmKind.STORE, Severity.URGENT, UNREADABLE, UNREADABLE)
    if chain is not None and chain.broken_at is not None:
        yield Alarm(AlarmKind.CHAIN, Severity.URGENT, str(chain.broken_at), since=chain.at, count=chain.broken_at)
    oldest, backlog = facts.oldest_unsent_at, facts.backlog
    if facts.has_centre and backlog and oldest is not None and facts.seen_at - oldest > BACKLOG_AFTER:
        yield Alarm(AlarmKind.BACKLOG, Severity.SOON, _coming(oldest), since=oldest, count=backlog.pending)


def _running(facts: MachineFacts) -> Iterator[Alarm]:
    if facts.report is not None:
        yield from _told(facts.report, facts)
    yield from _printer(facts)
    link, voice = facts.link, facts.voice
    if facts.has_centre and link is not None and link.state in _LINK_TROUBLES:
        yield Alarm(AlarmKind.LINK, _LINK_TROUBLES[link.state], _coming(link.since), link.state.value, link.since)
    if facts.has_voice and voice is not None and voice.condition is not VoiceCondition.WORKING:
        yield Alarm(AlarmKind.VOICE, Severity.SOON, _coming(voice.since), voice.condition.value, voice.since)


def _told(report: KioskReport, facts: MachineFacts) -> Iterator[Alarm]:
    """What follows from the word of the process itself."""
    screen, store, low, clock = report.screen_at, report.store, report.is_disk_low, report.clock
    if screen is not None and facts.seen_at - screen > SCREEN_STUCK_AFTER:
        yield Alarm(AlarmKind.SCREEN, Severity.URGENT, _coming(screen), since=screen)
    if store.value is not StoreCondition.WRITABLE:
        yield Alarm(AlarmKind.STORE, Severity.URGENT, _coming(store.since), store.value.value, store.since)
    elif low.value:
        megabytes = facts.free_bytes // 1_000_000 if facts.free_bytes is not None else None
        yield Alarm(AlarmKind.DISK, Severity.SOON, _coming(low.since), since=low.since, count=megabytes)
    ahead = facts.clock_ahead
    if ahead is not None and abs(ahead) > CLOCK_TOLERANCE:
        detail = AHEAD if ahead > timedelta(0) else BEHIND
        yield Alarm(AlarmKind.CLOCK, Severity.URGENT, detail, detail, count=abs(ahead) // timedelta(minutes=1))
    elif clock.value is ClockQuality.SUSPECT:
        yield Alarm(AlarmKind.CLOCK, Severity.SOON, _coming(clock.since), since=clock.since)
    if report.scanner is not None and not report.scanner.value:
        since = report.scanner.since
        yield Alarm(AlarmKind.SCANNER, Severity.SOON, _coming(since), since=since)


def _printer(facts: MachineFacts) -> Iterator[Alarm]:
    printer, report = facts.printer, facts.report
    if printer is None and report is not None and facts.seen_at - report.started_at > _PRINTER_HEARD_WITHIN:
        # The thread that asks it has ended or hangs: whatever the printer is, nobody knows.
        yield Alarm(AlarmKind.PRINTER, Severity.URGENT, "", PrinterCondition.SILENT.value)
    if printer is None or printer.value is PrinterCondition.ABSENT:
        return
    if not printer.value.can_print:
        severity = Severity.SOON if printer.value in _PASSING else Severity.URGENT
        yield Alarm(AlarmKind.PRINTER, severity, _coming(printer.since), printer.value.value, printer.since)
        return
    is_near_end = printer.value is PrinterCondition.PAPER_NEAR_END
    left = facts.tickets_left
    if is_near_end or (left is not None and left < FEW_TICKETS):
        changed = facts.paper.changed_at if facts.paper else None
        since = printer.since if is_near_end else None
        yield Alarm(AlarmKind.PAPER, Severity.SOON, _coming(changed), since=since, count=left)


def _coming(since: datetime | None) -> str:
    return instant_text(since) if since is not None else ""
