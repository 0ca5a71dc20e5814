"""Opening a file: whoever does is named in the centre's journal, in the same transaction that reads it."""

import json
from typing import Any, Final

import sqlalchemy as sa

from kiosk.journal.act_facts import ACT_TYPES, FOLLOWS
from kiosk.journal.entry import EntryType
from sync.central.context import CentreContext
from sync.central.desk.accounts import Account
from sync.central.desk.messages import LaterAct, OpenedRequest, TimelineEntry
from sync.central.desk.projection import STATUS_OF_CHANGES, STATUS_OF_MERGES
from sync.central.desk.scope import FILE, files_of
from sync.central.desk.search import found_request
from sync.central.refusals import RefusedRequestError
from sync.central.tables import entries, payloads
from sync.central.trust.writers import is_believed
from sync.protocol.problems import ProblemCode

MOST_ENTRIES: Final = 1000
_LATER_ACTS: Final = (*STATUS_OF_CHANGES, *ACT_TYPES, *STATUS_OF_MERGES)


def open_request(centre: CentreContext, account: Account, request_id: str) -> OpenedRequest:
    """Return a file, after writing down who opened it.

    Raises:
        RefusedRequestError: ``not_found``, also for a file that exists and is out of the account's scope.
    """
    with centre.engine.begin() as connection:
        query = files_of(account).where(FILE.request_id == request_id).order_by(FILE.stream).limit(1)
        row = connection.execute(query).one_or_none()
        if row is None:
            raise RefusedRequestError(ProblemCode.NOT_FOUND, "there is no such request")
        opened = OpenedRequest(
            request=found_request(row),
            filed=_facts(connection, row),
            changes=_changes(connection, row),
            timeline=_timeline(connection, row),
        )
        facts = {"account": account.name, "reference": opened.request.reference}
        centre.journal.append(connection, EntryType.FILE_OPENED, facts, request_id)
    return opened


def _facts(connection: sa.Connection, row: Any) -> dict[str, Any] | None:
    query = sa.select(payloads.c.facts).where(payloads.c.stream == row.stream, payloads.c.seq == row.seq)
    text = connection.execute(query).scalar_one_or_none()
    if text is None:
        return None
    facts: dict[str, Any] = json.loads(text)
    # The salt would let its reader try names and birth dates against any picture of the ticket.
    return {name: value for name, value in facts.items() if name != "identity_salt"}


def _changes(connection: sa.Connection, row: Any) -> list[LaterAct]:
    """Return what the kiosk wrote of the acts after the filing, and what staff there, or at its hub, did with the file.

    What a kiosk followed of its hub is there once, as the hub's.
    """
    beside = sa.and_(payloads.c.stream == entries.c.stream, payloads.c.seq == entries.c.seq)
    query = (
        sa.select(entries.c.seq, entries.c.type, payloads.c.facts)
        .select_from(entries.outerjoin(payloads, beside))
        .where(entries.c.subject == row.request_id, is_believed(entries.c.origin, row.origin))
        .where(entries.c.fault.is_(None), entries.c.type.in_(_LATER_ACTS))
        .order_by(entries.c.recorded_at, entries.c.stream, entries.c.seq)
        .limit(MOST_ENTRIES)
    )
    told = [(seq, kind, json.loads(text) if text else None) for seq, kind, text in connection.execute(query)]
    return [LaterAct(seq=seq, type=kind, facts=facts) for seq, kind, facts in told if FOLLOWS not in (facts or {})]


def _timeline(connection: sa.Connection, row: Any) -> list[TimelineEntry]:
    """Return what the kiosk, its hub and we wrote about it; what another machine says of it is not believed."""
    columns = (entries.c.stream, entries.c.seq, entries.c.type, entries.c.recorded_at, entries.c.hash)
    query = (
        sa.select(*columns)
        .where(entries.c.subject == row.request_id, is_believed(entries.c.origin, row.origin))
        .where(entries.c.fault.is_(None))
        .order_by(entries.c.recorded_at, entries.c.stream, entries.c.seq)
        .limit(MOST_ENTRIES)
    )
    return [TimelineEntry(**found._mapping) for found in connection.execute(query)]  # noqa: SLF001  # public
