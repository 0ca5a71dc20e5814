"""All that is known of a machine, as it travels: from a kiosk to its hub, and from there to the counters.

Nothing of it names a visitor. Words are those of :class:`kiosk.ports.machines.MachineFacts` and of what it is made of.
"""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Annotated, TypeVar

from pydantic import Field

from kiosk.domain.chain_check import ChainCheck
from kiosk.domain.moment import ClockQuality, instant_text, parse_instant
from kiosk.domain.paper_roll import PaperRoll
from kiosk.journal.canonical import LARGEST_WHOLE
from kiosk.ports.desk import SyncBacklog
from kiosk.ports.link import LinkCondition, LinkState
from kiosk.ports.machines import KioskReport, LastClosure, Lasting, MachineFacts, PaperInPrinter, PrinterTest
from kiosk.ports.readiness import StoreCondition
from kiosk.ports.speech import VoiceCondition, VoiceReport
from kiosk.ports.ticket_printer import PrinterCondition, PrintVerdict
from sync.protocol.forms import DAY, IDENTIFIER, INSTANT, WORD
from sync.protocol.wire_message import WireMessage

Instant = Annotated[str, Field(pattern=INSTANT)]
Word = Annotated[str, Field(pattern=WORD)]
Version = Annotated[str, Field(pattern=r"^[0-9A-Za-z.+-]{1,32}$")]
Count = Annotated[int, Field(ge=0, le=LARGEST_WHOLE)]
_Meant = TypeVar("_Meant")
_Told = TypeVar("_Told")
_Word = TypeVar("_Word", bound=StrEnum)


class ToldState(WireMessage):
    """One word, and since when it is so; null when nobody knows."""

    value: Word
    since: Instant | None

    @classmethod
    def of(cls, lasting: Lasting[_Word]) -> "ToldState":
        """Return the message."""
        return cls(value=lasting.value.value, since=_text(lasting.since))

    def lasting(self, kind: Callable[[str], _Meant]) -> Lasting[_Meant]:
        """Return what it says."""
        return Lasting(kind(self.value), _instant(self.since))


class ToldTruth(WireMessage):
    """Whether something is so, and since when."""

    value: bool
    since: Instant | None

    @classmethod
    def of(cls, lasting: Lasting[bool]) -> "ToldTruth":
        """Return the message."""
        return cls(value=lasting.value, since=_text(lasting.since))

    def lasting(self) -> Lasting[bool]:
        """Return what it says."""
        return Lasting(self.value, _instant(self.since))


class ToldReport(WireMessage):
    """The process that serves the public; see :class:`kiosk.ports.machines.KioskReport`."""

    at: Instant
    started_at: Instant
    version: Version
    clock: ToldState
    store: ToldState
    is_disk_low: ToldTruth
    scanner: ToldTruth | None
    screen_at: Instant | None

    @classmethod
    def of(cls, report: KioskReport) -> "ToldReport":
        """Return the message."""
        return cls(
            at=instant_text(report.at),
            started_at=instant_text(report.started_at),
            version=report.version,
            clock=ToldState.of(report.clock),
            store=ToldState.of(report.store),
            is_disk_low=ToldTruth.of(report.is_disk_low),
            scanner=_of(report.scanner, ToldTruth.of),
            screen_at=_text(report.screen_at),
        )

    def report(self) -> KioskReport:
        """Return what it says."""
        return KioskReport(
            at=parse_instant(self.at),
            started_at=parse_instant(self.started_at),
            version=self.version,
            clock=self.clock.lasting(ClockQuality),
            store=self.store.lasting(StoreCondition),
            is_disk_low=self.is_disk_low.lasting(),
            scanner=_of(self.scanner, ToldTruth.lasting),
            screen_at=_instant(self.screen_at),
        )


class ToldPaper(WireMessage):
    """The roll as it was counted, in millimetres and slips."""

    length_mm: Count
    used_mm: Count
    slips: Count
    changed_at: Instant

    @classmethod
    def of(cls, paper: PaperInPrinter) -> "ToldPaper":
        """Return the message."""
        roll = paper.roll
        changed_at = instant_text(paper.changed_at)
        return cls(length_mm=roll.length_mm, used_mm=roll.used_mm, slips=roll.slips, changed_at=changed_at)

    def paper(self) -> PaperInPrinter:
        """Return what it says."""
        return PaperInPrinter(PaperRoll(self.length_mm, self.used_mm, self.slips), parse_instant(self.changed_at))


class ToldBacklog(WireMessage):
    """What waits to be sent."""

    last_seq: Count
    acknowledged_to: Count
    last_contact: Instant | None
    oldest_at: Instant | None


class ToldChain(WireMessage):
    """What the last verification of the journal found."""

    at: Instant
    entries: Count
    broken_at: Count | None


class ToldClosure(WireMessage):
    """The newest closure of a day."""

    period: str = Field(pattern=f"^{DAY}$")
    closed_at: Instant
    closed_by: str = Field(min_length=1, max_length=80)


class ToldTest(WireMessage):
    """How the last test print ended."""

    order: str = Field(pattern=IDENTIFIER)
    verdict: Word
    condition: Word
    at: Instant


class ToldFacts(WireMessage):
    """All that is known of a machine; see :class:`kiosk.ports.machines.MachineFacts`.

    Attributes:
        place: in the building, in French.
        seen_at: the machine's clock.
        is_running: whether it serves the public; false in its last word.
        version: of its software; empty where it never said.
    """

    place: str = Field(max_length=200)
    seen_at: Instant
    is_running: bool
    report: ToldReport | None
    printer: ToldState | None
    paper: ToldPaper | None
    has_centre: bool
    link: ToldState | None
    backlog: ToldBacklog | None
    free_bytes: Count | None
    chain: ToldChain | None
    closure: ToldClosure | None
    has_voice: bool
    voice: ToldState | None
    has_keyboard_scanner: bool
    test: ToldTest | None
    version: Annotated[str, Field(pattern=r"^[0-9A-Za-z.+-]{0,32}$")]
    usual_tickets: Count | None

    @classmethod
    def of(cls, facts: MachineFacts) -> "ToldFacts":
        """Return the message about a machine."""
        return cls(
            place=facts.place[:200],
            seen_at=instant_text(facts.seen_at),
            is_running=facts.is_running,
            report=_of(facts.report, ToldReport.of),
            printer=_of(facts.printer, ToldState.of),
            paper=_of(facts.paper, ToldPaper.of),
            has_centre=facts.has_centre,
            link=_of(facts.link, lambda it: ToldState(value=it.state.value, since=instant_text(it.since))),
            backlog=_of(facts.backlog, lambda it: _told_backlog(it, facts.oldest_unsent_at)),
            free_bytes=facts.free_bytes,
            chain=_of(facts.chain, _told_chain),
            closure=_of(facts.closure, _told_closure),
            has_voice=facts.has_voice,
            voice=_of(facts.voice, lambda it: ToldState(value=it.condition.value, since=instant_text(it.since))),
            has_keyboard_scanner=facts.has_keyboard_scanner,
            test=_of(facts.test, _told_test),
            version=facts.version,
            usual_tickets=facts.usual_tickets,
        )

    def facts(self, origin: str) -> MachineFacts:
        """Return what is known of a machine.

        Args:
            origin: its name.

        Raises:
            ValueError: a word that this version does not know.
        """
        backlog = self.backlog
        return MachineFacts(
            origin=origin,
            place=self.place,
            seen_at=parse_instant(self.seen_at),
            is_running=self.is_running,
            report=_of(self.report, ToldReport.report),
            printer=_of(self.printer, lambda it: it.lasting(PrinterCondition)),
            paper=_of(self.paper, ToldPaper.paper),
            has_centre=self.has_centre,
            link=_of(self.link, _link),
            backlog=_of(backlog, _backlog),
            oldest_unsent_at=_instant(backlog.oldest_at) if backlog else None,
            free_bytes=self.free_bytes,
            chain=_of(self.chain, lambda it: ChainCheck(parse_instant(it.at), it.entries, it.broken_at)),
            closure=_of(self.closure, lambda it: LastClosure(it.period, parse_instant(it.closed_at), it.closed_by)),
            has_voice=self.has_voice,
            voice=_of(self.voice, _voice),
            has_keyboard_scanner=self.has_keyboard_scanner,
            test=_of(self.test, _test),
            version=self.version,
            usual_tickets=self.usual_tickets,
        )


def _told_backlog(backlog: SyncBacklog, oldest_at: datetime | None) -> ToldBacklog:
    return ToldBacklog(
        last_seq=backlog.last_seq,
        acknowledged_to=backlog.acknowledged_to,
        last_contact=_text(backlog.last_contact),
        oldest_at=_text(oldest_at),
    )


def _backlog(told: ToldBacklog) -> SyncBacklog:
    return SyncBacklog(told.last_seq, told.acknowledged_to, _instant(told.last_contact))


def _told_chain(chain: ChainCheck) -> ToldChain:
    return ToldChain(at=instant_text(chain.at), entries=chain.entries, broken_at=chain.broken_at)


def _told_closure(closure: LastClosure) -> ToldClosure:
    return ToldClosure(
        period=closure.period, closed_at=instant_text(closure.closed_at), closed_by=closure.closed_by[:80]
    )


def _told_test(test: PrinterTest) -> ToldTest:
    return ToldTest(
        order=test.order, verdict=test.verdict.value, condition=test.condition.value, at=instant_text(test.at)
    )


def _test(told: ToldTest) -> PrinterTest:
    return PrinterTest(told.order, PrintVerdict(told.verdict), PrinterCondition(told.condition), parse_instant(told.at))


def _link(told: ToldState) -> LinkCondition | None:
    since = _instant(told.since)
    return LinkCondition(LinkState(told.value), since) if since is not None else None


def _voice(told: ToldState) -> VoiceReport | None:
    since = _instant(told.since)
    return VoiceReport(VoiceCondition(told.value), since) if since is not None else None


def _of(value: _Told | None, meant: Callable[[_Told], _Meant]) -> _Meant | None:
    return meant(value) if value is not None else None


def _text(at: datetime | None) -> str | None:
    return instant_text(at) if at is not None else None


def _instant(text: str | None) -> datetime | None:
    return parse_instant(text) if text is not None else None
