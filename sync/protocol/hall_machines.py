"""What counters of a site ask their hub about its kiosks: ``docs/protocol.md`` and ``/openapi.json``."""

from dataclasses import replace
from datetime import timedelta
from typing import Final, Literal

from pydantic import Field

from kiosk.domain.alarm import Alarm, AlarmKind, Severity, Silence
from kiosk.domain.moment import instant_text, parse_instant
from kiosk.ports.machines import Hearing, MachineFacts, MachineHealth, RaisedAlarm
from sync.protocol.machine_facts import ToldFacts
from sync.protocol.wire_message import WireMessage

MOST_TICKETS: Final = 10_000
# Every kind that staff can be told of; a test holds it against AlarmKind.
KindWord = Literal[
    "stopped", "silent", "screen", "store", "chain", "printer", "disk", "clock", "link", "backlog", "paper", "voice",
    "scanner",
]  # fmt: skip


class LaidSilence(WireMessage):
    """A silence that lies on an alarm; see :class:`kiosk.domain.alarm.Silence`."""

    kind: KindWord
    occurrence: str
    until: str
    by: str
    reason: str

    @classmethod
    def of(cls, silence: Silence) -> "LaidSilence":
        """Return the message."""
        return cls(
            kind=silence.kind.value,
            occurrence=silence.occurrence,
            until=instant_text(silence.until),
            by=silence.by,
            reason=silence.reason,
        )

    def silence(self) -> Silence:
        """Return what it says."""
        return Silence(AlarmKind(self.kind), self.occurrence, parse_instant(self.until), self.by, self.reason)


class RaisedAtHub(WireMessage):
    """An alarm; see :class:`kiosk.domain.alarm.Alarm`.

    Attributes:
        urgency: 1 for now, 2 for today.
        silence: that lies on it; null while it sounds.
    """

    kind: KindWord
    urgency: int
    occurrence: str
    detail: str
    since: str | None
    count: int | None
    silence: LaidSilence | None

    @classmethod
    def of(cls, raised: RaisedAlarm) -> "RaisedAtHub":
        """Return the message."""
        alarm, silence = raised.alarm, raised.silence
        return cls(
            kind=alarm.kind.value,
            urgency=int(alarm.severity),
            occurrence=alarm.occurrence,
            detail=alarm.detail,
            since=instant_text(alarm.since) if alarm.since else None,
            count=alarm.count,
            silence=LaidSilence.of(silence) if silence else None,
        )

    def raised(self) -> RaisedAlarm:
        """Return what it says.

        Raises:
            ValueError: a word that this version does not know.
        """
        since = parse_instant(self.since) if self.since else None
        kind, severity = AlarmKind(self.kind), Severity(self.urgency)
        alarm = Alarm(kind, severity, self.occurrence, self.detail, since, self.count)
        return RaisedAlarm(alarm, self.silence.silence() if self.silence else None)


class HallMachine(WireMessage):
    """One kiosk of the hall.

    Attributes:
        origin: its name.
        heard_at: the hub's clock when it was last heard; null before its first word.
        is_late: whether that is longer ago than it is when all is well.
        clock_ahead_s: its clock less the hub's; null where nobody compared.
        facts: what it last said of itself, its own clock gone on since; unknown is null.
        alarms: those that sound first, the most urgent first.
    """

    origin: str
    heard_at: str | None
    is_late: bool
    clock_ahead_s: int | None
    facts: ToldFacts
    alarms: list[RaisedAtHub]

    @classmethod
    def of(cls, health: MachineHealth) -> "HallMachine":
        """Return the message."""
        facts = health.facts
        heard = facts.heard or Hearing(facts.seen_at, is_late=False)
        return cls(
            origin=facts.origin,
            heard_at=instant_text(heard.at) if heard.at else None,
            is_late=heard.is_late,
            clock_ahead_s=None if facts.clock_ahead is None else int(facts.clock_ahead.total_seconds()),
            facts=ToldFacts.of(facts),
            alarms=[RaisedAtHub.of(raised) for raised in health.alarms],
        )

    def health(self) -> MachineHealth:
        """Return what it says.

        Raises:
            ValueError: a word that this version does not know.
        """
        heard = Hearing(parse_instant(self.heard_at) if self.heard_at else None, self.is_late)
        return MachineHealth(self._facts(heard), tuple(each.raised() for each in self.alarms))

    def _facts(self, heard: Hearing) -> MachineFacts:
        ahead = None if self.clock_ahead_s is None else timedelta(seconds=self.clock_ahead_s)
        return replace(self.facts.facts(self.origin), heard=heard, clock_ahead=ahead)


class HallMachines(WireMessage):
    """Answer of ``GET /v1/hall/machines``: the kiosks of the hall, by their names."""

    machines: list[HallMachine]


class AlarmSilencing(WireMessage):
    """Body of ``POST /v1/hall/machines/{origin}/silences``.

    Attributes:
        kind: which alarm.
        how: for how long: an hour, or the rest of the day in legal time.
        reason: why; a few words.
    """

    kind: KindWord
    how: Literal["hour", "day"]
    reason: str = Field(max_length=200)


class NewRoll(WireMessage):
    """Body of ``POST /v1/hall/machines/{origin}/roll``.

    Attributes:
        tickets: that a roll which was begun still gives, about; null for a new one.
    """

    tickets: int | None = Field(ge=1, le=MOST_TICKETS)


class OrderedTest(WireMessage):
    """Answer of ``POST /v1/hall/machines/{origin}/test``: what identifies the test in the facts of the machine."""

    order: str
