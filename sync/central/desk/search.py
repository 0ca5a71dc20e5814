"""Finding requests: a page at a time, newest first, only what the account may see.

Pages are cut by the last row of the one before (keyset), so that the thousandth page costs what the first does and
nothing is shown twice when new requests come in between.
"""

from datetime import date, timedelta
from typing import Any, Final

import sqlalchemy as sa

from kiosk.domain.identity import folded_name
from kiosk.errors import InputError
from sync.central.desk.accounts import Account
from sync.central.desk.cursors import cursor_of, place_of
from sync.central.desk.messages import FoundRequest, FoundRequests, Wanted
from sync.central.desk.projection import FOLDED_LENGTH
from sync.central.desk.scope import FILE, files_of
from sync.central.refusals import RefusedRequestError
from sync.protocol.problems import ProblemCode

_BEYOND_ANY_LETTER: Final = "\U0010ffff"
_NO_PAGE: Final = "cursor: there is no such page"
_ORDER: Final = (FILE.received_at, FILE.request_id, FILE.stream)


def search(connection: sa.Connection, account: Account, wanted: Wanted) -> FoundRequests:
    """Return a page of the files that an account may see.

    Raises:
        RefusedRequestError: ``not_found``: the cursor is none of ours; ``bad_request``: a day that does not exist.
    """
    query = files_of(account).where(*_conditions(wanted))
    if wanted.cursor is not None:
        query = query.where(sa.tuple_(*_ORDER) < sa.tuple_(*map(sa.literal, _place(wanted.cursor))))
    rows = connection.execute(query.order_by(*(column.desc() for column in _ORDER)).limit(wanted.limit + 1)).all()
    page = rows[: wanted.limit]
    following = cursor_of(page[-1]) if len(rows) > wanted.limit else None
    return FoundRequests(requests=[found_request(row) for row in page], next_cursor=following)


def found_request(row: Any) -> FoundRequest:
    """Return a row of the counters' index as it is told."""
    return FoundRequest(**{name: row._mapping[name] for name in FoundRequest.model_fields})  # noqa: SLF001  # public


def _conditions(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    exact = {
        FILE.birth_date: wanted.birth_date,
        FILE.received_on: wanted.day,
        FILE.procedure: wanted.procedure,
        FILE.status: wanted.status,
        FILE.ticket: wanted.ticket,
    }
    found = [column == value for column, value in exact.items() if value is not None]
    if wanted.reference is not None:
        found.append(_begins(FILE.reference, wanted.reference.strip().upper()))
    if wanted.name is not None:
        start = folded_name(wanted.name)[:FOLDED_LENGTH]
        found.append(sa.or_(_begins(FILE.folded_birth_name, start), _begins(FILE.folded_usage_name, start)))
    if wanted.day is not None:  # within three days of UTC: the index by instant narrows what the civil day decides
        found.append(FILE.received_at.between(*_around(wanted.day)))
    return found


def _begins(column: sa.ColumnElement[Any], start: str) -> sa.ColumnElement[bool]:
    return sa.and_(column >= start, column < start + _BEYOND_ANY_LETTER)


def _around(day: str) -> tuple[str, str]:
    try:
        middle = date.fromisoformat(day)
    except ValueError as error:
        raise RefusedRequestError(ProblemCode.BAD_REQUEST, "day: a day that exists in the calendar") from error
    return (middle - timedelta(days=1)).isoformat(), (middle + timedelta(days=2)).isoformat()


def _place(cursor: str) -> tuple[str, str, str]:
    try:
        return place_of(cursor)
    except InputError as error:
        raise RefusedRequestError(ProblemCode.NOT_FOUND, _NO_PAGE) from error
