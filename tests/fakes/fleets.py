"""A centre that knows a fleet of kiosks with all their troubles, as administrators meet them."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from kiosk.domain.identity import folded_name
from kiosk.domain.moment import instant_text
from sync.central.fleet.condition_doors import keep_condition
from sync.central.receiving.streams import open_stream, register_origin
from sync.central.serve import RunningCentre, background_centre
from sync.central.tables import desk_requests, set_aside, streams
from sync.central.trust.senders import OriginKey
from sync.protocol.conditions import Condition
from tests.fakes.clocks import FixedSigner

NOW: Final = datetime(2026, 11, 26, 15, 12, 40, tzinfo=UTC)
HEALTHY: Final = ("38-A1", "38-A2", "38-B1", "69-A1", "69-A2", "69-A3", "75-A1", "75-A2")
_PROCEDURES: Final = ("REN-SALARIE", "REN-ETUDIANT", "RECE", "CHG-ADRESSE", "ASILE")


def a_condition(at: datetime = NOW, **changes: object) -> Condition:
    """Return the word of a kiosk that is well, unless told otherwise."""
    usual: dict[str, object] = {
        "told_at": instant_text(at),
        "version": "0.1.0",
        "head_seq": 812,
        "head": f"{812:064x}",
        "pending": 0,
        "link": "idle",
        "printer": "ready",
        "tickets_left": 94,
        "clock": "synced",
        "chain": "whole",
        "chain_verified_at": instant_text(at - timedelta(hours=11)),
    }
    return Condition.model_validate(usual | changes)


def a_kiosk_known_to(
    connection: sa.Connection,
    origin: str,
    condition: Condition | None,
    *,
    heard: timedelta = timedelta(seconds=40),
    offset: timedelta = timedelta(milliseconds=-120),
) -> None:
    """Register a kiosk whose last word came some time ago."""
    signer = FixedSigner(sum(ord(letter) << 8 * rank for rank, letter in enumerate(origin)))
    key = OriginKey(signer.key_id, signer.public_key, from_seq=1, to_seq=None, revoked_at=None)
    register_origin(connection, origin, key, instant_text(NOW - timedelta(days=40)), by="enrolment")
    connection.execute(
        sa.update(streams)
        .where(streams.c.stream == origin)
        .values(accepted_to=812, received_at=instant_text(NOW - heard - timedelta(seconds=30)))
    )
    if condition is not None:
        keep_condition(connection, origin, condition, received_at=NOW - heard, offset=offset)


def what_was_set_aside(connection: sa.Connection, stream: str, reason: str, seq: int, document: str = "{}") -> None:
    """Keep a piece of evidence."""
    connection.execute(
        sa.insert(set_aside).values(
            stream=stream,
            seq=seq,
            digest=f"{seq:02x}" * 32,
            reason=reason,
            detail="another entry has its number",
            document=document,
            received_at=instant_text(NOW - timedelta(hours=3)),
        )
    )


def filings_of(connection: sa.Connection, origin: str, *, days: int = 14, each_day: int = 9) -> None:
    """Index some requests of the last days, fewer on Saturdays, none on Sundays."""
    counter = itertools.count(1)
    rows = []
    for back in range(days):
        at = NOW - timedelta(days=back)
        per_day = (each_day, each_day + 3, each_day - 2, each_day + 1, each_day, 2, 0)[at.weekday()]
        rows += [_filing(origin, at, rank, next(counter)) for rank in range(per_day)]
    connection.execute(sa.insert(desk_requests), rows)


def _filing(origin: str, at: datetime, rank: int, number: int) -> dict[str, object]:
    return {
        "request_id": f"{origin}-{number}",
        "stream": origin,
        "seq": number,
        "origin": origin,
        "departement": origin.partition("-")[0],
        "reference": f"{origin}-{at:%y%m%d}-{rank + 1:04d}-X",
        "received_at": instant_text(at - timedelta(minutes=rank)),
        "received_on": at.date().isoformat(),
        "procedure": _PROCEDURES[(number * number + rank) % len(_PROCEDURES)],
        "status": "filed",
        "filings": 1,
        "ticket": "confirmed",
        "birth_name": "DIALLO",
        "folded_birth_name": folded_name("DIALLO"),
    }


@contextmanager
def a_fleet(folder: Path, *, troubled: bool = True) -> Iterator[RunningCentre]:
    """Run a centre whose clock stands at :data:`NOW`, with kiosks that are well and, if wanted, kiosks that are not."""
    with background_centre(f"sqlite:///{folder / 'centre.db'}", folder, now=lambda: NOW) as centre:
        with centre.context.engine.begin() as connection:
            for rank, origin in enumerate(HEALTHY):
                heard = timedelta(seconds=20 + 7 * rank)
                a_kiosk_known_to(connection, origin, a_condition(tickets_left=140 - 9 * rank), heard=heard)
                filings_of(connection, origin, each_day=4 + 2 * rank)
            if troubled:
                _troubles(connection)
        yield centre


def _troubles(connection: sa.Connection) -> None:
    waiting = a_condition(pending=214, oldest_unsent_at=instant_text(NOW - timedelta(hours=5)))
    a_kiosk_known_to(connection, "2A-A1", waiting, heard=timedelta(hours=5))
    a_kiosk_known_to(connection, "38-C1", a_condition(printer="paper_out", tickets_left=0))
    a_kiosk_known_to(connection, "38-C2", a_condition(clock="suspect"), offset=timedelta(minutes=-52))
    a_kiosk_known_to(connection, "69-C1", a_condition(chain="broken", chain_broken_at=412))
    a_kiosk_known_to(connection, "69-C2", a_condition(printer="paper_near_end", tickets_left=8))
    a_kiosk_known_to(connection, "75-C1", a_condition())
    open_stream(
        connection,
        "75-C1.2",
        follows_seq=640,
        follows_hash=f"{640:064x}",
        at=instant_text(NOW - timedelta(days=2)),
    )
    entry = '{"origin":"75-C1","seq":641,"type":"request_filed","previous_hash":"' + f"{640:064x}" + '"}'
    what_was_set_aside(connection, "75-C1", "conflict", 641, entry)
    what_was_set_aside(connection, "75-C1.2", "payload", 655, "{'birth_name': 'SECRET'}")
    what_was_set_aside(connection, "75-C1.2", "duplicate_reference", 660)
    a_kiosk_known_to(connection, "976-A1", None, heard=timedelta(days=3))
