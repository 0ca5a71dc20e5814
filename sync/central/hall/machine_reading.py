"""What a hub knows of the kiosks of its hall: their last word about themselves, and how long ago it came."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa
from pydantic import ValidationError

from kiosk.domain.moment import parse_instant
from kiosk.ports.desk import SyncBacklog
from kiosk.ports.machines import Hearing, KioskReport, Lasting, MachineFacts
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.services.machine_alarms import SCREEN_STUCK_AFTER
from sync.central.hall.site import HallSite
from sync.central.tables import conditions, origin_keys, origins, streams
from sync.central.trust.senders import KIOSK_ROLE
from sync.protocol.conditions import Condition

# One word may be lost, and the next may take its deadline: only then a machine is late.
_MISSED_WORDS: Final = 2
_ON_THE_WAY: Final = timedelta(seconds=10)
_UNTOLD_EVERY_S: Final = 60


def late_after(told_every_s: int) -> timedelta:
    """Return after what silence a machine is late that makes pauses of so many seconds at most."""
    return _MISSED_WORDS * timedelta(seconds=told_every_s) + _ON_THE_WAY


@dataclass(frozen=True, slots=True)
class _Heard:
    """What came of a machine.

    Attributes:
        condition: its last word about itself; None before the first.
        told_at: the hub's clock then.
        sent_at: the hub's clock when its newest entries came; None while there are none.
        clock_ahead: its clock less the hub's when its last word came.
    """

    condition: Condition | None
    told_at: datetime | None
    sent_at: datetime | None
    clock_ahead: timedelta | None = None

    @property
    def at(self) -> datetime | None:
        """When it was last heard, by whatever it sent."""
        return max((at for at in (self.told_at, self.sent_at) if at is not None), default=None)

    def hearing(self, now: datetime, listening_since: datetime) -> Hearing:
        """Return how old that is.

        Args:
            now: the hub's clock.
            listening_since: when this hub began to listen: before, nobody could be heard.
        """
        at, facts = self.at, self.condition.facts if self.condition else None
        if at is None:
            return Hearing(None, is_late=True)
        if facts is not None and not facts.is_running:
            return Hearing(at, is_late=False)  # it said that it stops
        every_s = self.condition.told_every_s if self.condition else _UNTOLD_EVERY_S
        return Hearing(at, now - max(at, listening_since) > late_after(every_s))


def machines_heard(
    connection: sa.Connection, hall: HallSite, now: datetime, listening_since: datetime
) -> Sequence[MachineFacts]:
    """Return what is known of each kiosk of a hall, by their names.

    Args:
        connection: to the hub's database.
        hall: the site.
        now: the hub's clock.
        listening_since: when this hub began to listen.
    """
    heard = dict(_heard(connection, hall))
    for origin in hall.kiosks:
        heard.setdefault(origin, _Heard(None, None, None))
    return [_facts(origin, heard[origin], now, listening_since) for origin in sorted(heard)]


def _heard(connection: sa.Connection, hall: HallSite) -> Iterator[tuple[str, _Heard]]:
    """Return the kiosks of the hall whose key is trusted: of others nothing is taken any more."""
    trusted = sa.select(origin_keys.c.origin).where(origin_keys.c.revoked_at.is_(None))
    sent = (
        sa.select(streams.c.origin, sa.func.max(streams.c.received_at).label("sent_at"))
        .group_by(streams.c.origin)
        .subquery()
    )
    query = (
        sa.select(
            origins.c.origin,
            conditions.c.document,
            conditions.c.received_at,
            conditions.c.clock_offset_ms,
            sent.c.sent_at,
        )
        .select_from(
            origins.outerjoin(conditions, conditions.c.origin == origins.c.origin).outerjoin(
                sent, sent.c.origin == origins.c.origin
            )
        )
        .where(origins.c.role == KIOSK_ROLE, origins.c.origin.in_(trusted))
    )
    for row in connection.execute(query):
        if hall.takes(row.origin):
            yield row.origin, _Heard(_condition(row), _instant(row.received_at), _instant(row.sent_at), _ahead(row))


def _ahead(row: sa.Row[Any]) -> timedelta | None:
    return timedelta(milliseconds=row.clock_offset_ms) if row.clock_offset_ms is not None else None


def _condition(row: sa.Row[Any]) -> Condition | None:
    try:
        return Condition.model_validate_json(row.document) if row.document is not None else None
    except ValidationError:  # kept by a newer version of this hub
        return None


def _facts(origin: str, heard: _Heard, now: datetime, listening_since: datetime) -> MachineFacts:
    hearing, condition = heard.hearing(now, listening_since), heard.condition
    if condition is None or heard.told_at is None:
        return MachineFacts(
            origin, "", now, is_running=True, has_centre=True, backlog=SyncBacklog(0, 0, None), heard=hearing
        )
    # Its clock goes on since its word, so that what it told of itself keeps its age whatever that clock is worth.
    seen_at = _seen_at(condition, now - heard.told_at)
    facts = _told(origin, condition) or _told_before(origin, condition, seen_at)
    return replace(facts, seen_at=seen_at, heard=hearing, report=_report(facts, seen_at), clock_ahead=heard.clock_ahead)


def _seen_at(condition: Condition, age: timedelta) -> datetime:
    at = parse_instant(condition.told_at) + age
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def _told(origin: str, condition: Condition) -> MachineFacts | None:
    """Return what a machine told; None of an older one, and where it says something that this version does not know."""
    try:
        return condition.facts.facts(origin) if condition.facts is not None else None
    except ValueError:
        return None


def _report(facts: MachineFacts, seen_at: datetime) -> KioskReport | None:
    """Return the word of the process, in which a screen that moved then is believed to move still."""
    report = facts.report
    if report is None or report.screen_at is None or facts.seen_at - report.screen_at > SCREEN_STUCK_AFTER:
        return report
    return replace(report, screen_at=seen_at)


def _told_before(origin: str, condition: Condition, seen_at: datetime) -> MachineFacts:
    """Return what a machine of an earlier version tells: the rest is unknown, also since when something is so."""
    try:
        printer = PrinterCondition(condition.printer) if condition.printer is not None else None
    except ValueError:
        printer = None
    oldest = condition.oldest_unsent_at
    return MachineFacts(
        origin=origin,
        place="",
        seen_at=seen_at,
        is_running=True,
        printer=Lasting(printer, None) if printer is not None else None,
        has_centre=True,
        backlog=SyncBacklog(condition.head_seq, max(0, condition.head_seq - condition.pending), None),
        oldest_unsent_at=parse_instant(oldest) if oldest else None,
        version=condition.version,
    )


def _instant(text: str | None) -> datetime | None:
    return parse_instant(text) if text is not None else None
