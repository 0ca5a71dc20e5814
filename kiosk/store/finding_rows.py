"""Finding requests: each question is answered along an index, with a million requests as with a thousand."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Column, Select, bindparam, select, text

from kiosk.domain.request import RequestId
from kiosk.ports.finding import FoundRow
from kiosk.store.connections import Connection
from kiosk.store.listing_rows import IN_LIST, SHOWN, rows_of
from kiosk.store.prepared import Prepared
from kiosk.store.tables import (
    HAS_CONSONANTS,
    HAS_NUMBER,
    HAS_PHONE,
    HAS_USAGE_NAME,
    places,
    requests,
)

# Sorts after every character that a key can hold.
_AFTER_ALL: Final = "\U0010ffff"


def _begins(key: Column[Any], *conditions: str) -> Prepared:
    """A question for what begins with a prefix, as the range of an index whose condition it repeats."""
    found: Select[Any] = select(requests.c.request_id).where(
        *map(text, conditions), key >= bindparam("first"), key < bindparam("beyond")
    )
    return Prepared(found.order_by(key).limit(bindparam("most")))


_WITH_REFERENCES: Final = Prepared(
    select(requests.c.reference, requests.c.request_id).where(requests.c.reference.in_(IN_LIST))
)
_WITH_CALL_NUMBER: Final = Prepared(
    select(places.c.request_id).where(places.c.civil_date == bindparam("day"), places.c.call_number == bindparam("no"))
)
_REFERENCE_BEGINS: Final = _begins(requests.c.reference)
_NUMBER_BEGINS: Final = _begins(requests.c.foreigner_number, HAS_NUMBER)
_PHONE_BEGINS: Final = _begins(requests.c.phone, HAS_PHONE)
_NAME_BEGINS: Final = _begins(requests.c.search_name)
_USAGE_NAME_BEGINS: Final = _begins(requests.c.search_usage_name, HAS_USAGE_NAME)
_CONSONANTS_BEGIN: Final = _begins(requests.c.search_consonants, HAS_CONSONANTS)
_ROWS: Final = Prepared(SHOWN.where(requests.c.request_id.in_(IN_LIST)))


class FindingRows:
    """The :class:`kiosk.ports.finding.FindingTable` of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def with_references(self, references: Sequence[str]) -> Sequence[RequestId]:
        """Return the requests with one of these references, in order of the references."""
        found = dict(_WITH_REFERENCES.rows(self._connection, {"listed": json.dumps(references)}))
        return [RequestId(found[reference]) for reference in references if reference in found]

    def with_call_number(self, civil_date: date, call_number: str) -> Sequence[RequestId]:
        """Return the request that has a call number on a day, if any."""
        values = {"day": civil_date.isoformat(), "no": call_number}
        return [RequestId(row[0]) for row in _WITH_CALL_NUMBER.rows(self._connection, values)]

    def reference_begins(self, prefix: str, limit: int) -> Sequence[RequestId]:
        """Return requests by the beginning of their reference."""
        return self._begin(_REFERENCE_BEGINS, prefix, limit)

    def number_begins(self, prefix: str, limit: int) -> Sequence[RequestId]:
        """Return requests by the beginning of the person's numéro étranger."""
        return self._begin(_NUMBER_BEGINS, prefix, limit)

    def phone_begins(self, prefix: str, limit: int) -> Sequence[RequestId]:
        """Return requests by the beginning of a telephone number."""
        return self._begin(_PHONE_BEGINS, prefix, limit)

    def name_begins(self, prefix: str, limit: int) -> Sequence[RequestId]:
        """Return requests by the beginning of the key of a birth name, then of a nom d'usage; in order of the keys."""
        found = self._begin(_NAME_BEGINS, prefix, limit)
        return [*found, *self._begin(_USAGE_NAME_BEGINS, prefix, limit)][:limit]

    def consonants_begin(self, prefix: str, limit: int) -> Sequence[RequestId]:
        """Return requests by the beginning of the consonants of a name in a script without vowels."""
        return self._begin(_CONSONANTS_BEGIN, prefix, limit)

    def rows(self, request_ids: Sequence[RequestId], today: date) -> Sequence[FoundRow]:
        """Return what a list shows of some requests, in no order."""
        found = _ROWS.rows(self._connection, {"listed": json.dumps(request_ids)})
        return rows_of(self._connection, found, today)

    def _begin(self, question: Prepared, prefix: str, limit: int) -> Sequence[RequestId]:
        values = {"first": prefix, "beyond": prefix + _AFTER_ALL, "most": limit}
        return [RequestId(row[0]) for row in question.rows(self._connection, values)]
