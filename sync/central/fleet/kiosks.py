"""What the centre knows of each machine: its last word, its streams, and what was set aside."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from kiosk.domain.moment import parse_instant
from sync.central.desk.accounts import Account
from sync.central.desk.scope import MACHINE, machines_of
from sync.central.tables import conditions, origin_keys, relay, set_aside, streams
from sync.central.trust.senders import origin_of
from sync.protocol.conditions import Condition


@dataclass(frozen=True, slots=True)
class StreamLine:
    """One stream of a machine: its journal, or a later segment of it.

    Attributes:
        stream: name.
        first_seq: number of its first entry.
        accepted_to: number of the last one held.
        opened_at: UTC.
        received_at: when its newest batch came; None while it is empty.
    """

    stream: str
    first_seq: int
    accepted_to: int
    opened_at: datetime
    received_at: datetime | None

    @property
    def count(self) -> int:
        """Entries held."""
        return self.accepted_to - self.first_seq + 1


@dataclass(frozen=True, slots=True)
class KioskView:
    """A machine, as the centre sees it.

    Attributes:
        origin: its name.
        role: ``kiosk`` or ``hub``.
        departement: whose it is; None for a hub of several.
        relayed_by: the hub that speaks for it, if one does.
        registered_at: UTC.
        is_revoked: whether no key of it is trusted any more.
        streams: its journal and the later segments, oldest first.
        aside: how many pieces of evidence are kept, by reason.
        told_at: when its last word about itself came; None before the first.
        condition: that word.
        clock_offset: its clock less ours at that moment; None when unknown.
        refused_above: why the centre above takes nothing more of it, where this is a hub; None while it does.
    """

    origin: str
    role: str
    departement: str | None
    relayed_by: str | None
    registered_at: datetime
    is_revoked: bool
    streams: tuple[StreamLine, ...]
    aside: Mapping[str, int] = field(default_factory=dict)
    told_at: datetime | None = None
    condition: Condition | None = None
    clock_offset: timedelta | None = None
    refused_above: str | None = None

    @property
    def last_contact(self) -> datetime | None:
        """When it was last heard, by whatever it sent."""
        heard = [self.told_at, *(line.received_at for line in self.streams)]
        return max((at for at in heard if at is not None), default=None)

    @property
    def pending(self) -> int | None:
        """Entries that it still has to send, as it last said."""
        return self.condition.pending if self.condition is not None else None

    @property
    def oldest_unsent_at(self) -> datetime | None:
        """When the oldest of them was recorded."""
        at = self.condition.oldest_unsent_at if self.condition is not None else None
        return parse_instant(at) if at else None

    @property
    def aside_count(self) -> int:
        """Pieces of evidence kept."""
        return sum(self.aside.values())

    @property
    def forks(self) -> int:
        """How often its journal parted from what the centre holds: later segments and conflicts."""
        return len(self.streams) - 1 + self.aside.get("conflict", 0) if self.streams else self.aside.get("conflict", 0)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that could not be taken as it came.

    Attributes:
        stream: where it was sent.
        seq: its number.
        reason: ``conflict``, ``bad_entry``, ``payload`` or ``duplicate_reference``.
        detail: one sentence.
        digest: of the document.
        document: as it came; None when it may hold personal data.
        received_at: UTC.
    """

    stream: str
    seq: int
    reason: str
    detail: str
    digest: str
    document: str | None
    received_at: datetime


def kiosks_of(connection: sa.Connection, account: Account) -> list[KioskView]:
    """Return the machines that an account may see, by name."""
    machines = connection.execute(machines_of(account).order_by(MACHINE.origin)).all()
    return _views(connection, machines, machines_of(account, MACHINE.origin))


def kiosk_of(connection: sa.Connection, account: Account, origin: str) -> KioskView | None:
    """Return one machine, None when there is none or it is out of the account's scope."""
    mine = MACHINE.origin == origin
    machines = connection.execute(machines_of(account).where(mine)).all()
    return next(iter(_views(connection, machines, machines_of(account, MACHINE.origin).where(mine))), None)


def evidence_of(connection: sa.Connection, kiosk: KioskView, limit: int) -> list[Evidence]:
    """Return what was set aside of a machine, newest first."""
    names = [line.stream for line in kiosk.streams] or [kiosk.origin]
    query = (
        sa.select(set_aside)
        .where(set_aside.c.stream.in_(names))
        .order_by(set_aside.c.received_at.desc(), set_aside.c.stream, set_aside.c.seq.desc())
        .limit(limit)
    )
    return [
        Evidence(
            row.stream,
            row.seq,
            row.reason,
            row.detail,
            row.digest,
            None if row.reason == "payload" else row.document,
            parse_instant(row.received_at),
        )
        for row in connection.execute(query)
    ]


def _views(
    connection: sa.Connection, machines: Iterable[sa.Row[tuple[object, ...]]], mine: sa.Select[tuple[object, ...]]
) -> list[KioskView]:
    told = {row.origin: row for row in connection.execute(sa.select(conditions).where(conditions.c.origin.in_(mine)))}
    lines = _streams(connection, mine)
    aside, refused = _aside(connection), _refused_above(connection)
    trusted = set(
        connection.execute(
            sa.select(origin_keys.c.origin).where(origin_keys.c.revoked_at.is_(None), origin_keys.c.origin.in_(mine))
        ).scalars()
    )
    return [
        KioskView(
            origin=row.origin,
            role=row.role,
            departement=row.departement,
            relayed_by=row.relayed_by,
            registered_at=parse_instant(row.registered_at),
            is_revoked=row.origin not in trusted,
            streams=tuple(lines.get(row.origin, ())),
            aside=aside.get(row.origin, {}),
            refused_above=refused.get(row.origin),
            **_word(told.get(row.origin)),
        )
        for row in machines
    ]


def _word(row: sa.Row[tuple[object, ...]] | None) -> dict[str, Any]:
    if row is None:
        return {}
    offset = row.clock_offset_ms
    return {
        "told_at": parse_instant(row.received_at),
        "condition": Condition.model_validate_json(row.document),
        "clock_offset": None if offset is None else timedelta(milliseconds=offset),
    }


def _streams(connection: sa.Connection, mine: sa.Select[tuple[object, ...]]) -> dict[str, list[StreamLine]]:
    found: dict[str, list[StreamLine]] = {}
    query = sa.select(streams).where(streams.c.origin.in_(mine)).order_by(streams.c.opened_at, streams.c.first_seq)
    for row in connection.execute(query):
        received_at = parse_instant(row.received_at) if row.received_at else None
        line = StreamLine(row.stream, row.first_seq, row.accepted_to, parse_instant(row.opened_at), received_at)
        found.setdefault(row.origin, []).append(line)
    return found


def _aside(connection: sa.Connection) -> dict[str, dict[str, int]]:
    """Count what was set aside by machine and reason; it is little, whatever the number of entries."""
    query = sa.select(set_aside.c.stream, set_aside.c.reason, sa.func.count().label("number")).group_by(
        set_aside.c.stream, set_aside.c.reason
    )
    found: dict[str, dict[str, int]] = {}
    for row in connection.execute(query):
        reasons = found.setdefault(origin_of(row.stream), {})
        reasons[row.reason] = reasons.get(row.reason, 0) + row.number
    return found


def _refused_above(connection: sa.Connection) -> dict[str, str]:
    """Return why the centre above refuses, by machine; empty at a centre that has none above it."""
    query = sa.select(relay.c.stream, relay.c.refusal).where(relay.c.refusal.is_not(None)).order_by(relay.c.stream)
    return {origin_of(row.stream): row.refusal for row in connection.execute(query)}
