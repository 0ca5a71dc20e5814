"""Finding requests of a hall's kiosks: each question is answered along an index, with a million as with a few."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from kiosk.domain.request import RequestId
from kiosk.ports.finding import FoundRow
from sync.central.desk.search_keys import KEY_LENGTH
from sync.central.hall.found_rows import ROW, SHOWN, rows_of
from sync.central.hall.scope import of_hall
from sync.central.hall.site import HallSite
from sync.central.receiving.writing import is_one_of
from sync.central.tables import desk_requests, hall_places

_BEYOND_ANY_LETTER: Final = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class HallFinding:
    """The :class:`kiosk.ports.finding.FindingTable` of one transaction at a hub.

    Attributes:
        connection: of the transaction.
        hall: whose requests are found.
    """

    connection: sa.Connection
    hall: HallSite

    def with_references(self, references: Sequence[str]) -> Sequence[RequestId]:
        """Return the requests with one of these references, in order of the references."""
        query = sa.select(ROW.reference, ROW.request_id).where(
            is_one_of(self.connection, ROW.reference, references), of_hall(self.hall)
        )
        found = dict(self.connection.execute(query).tuples().all())
        return [RequestId(found[reference]) for reference in references if reference in found]

    def with_call_number(self, civil_date: date, call_number: str) -> Sequence[RequestId]:
        """Return the requests that have a call number on a day: one, unless the kiosks' ranks are set wrongly."""
        place = hall_places.c
        query = sa.select(place.request_id).where(
            place.civil_date == civil_date.isoformat(), place.call_number == call_number
        )
        known = sa.select(ROW.request_id).where(ROW.request_id.in_(query), of_hall(self.hall))
        return [RequestId(request_id) for request_id in self.connection.execute(known).scalars()]

    def reference_begins(self, prefix: str, limit: int) -> Sequence[RequestId]:
        """Return requests by the beginning of their reference."""
        return self._begin(ROW.reference, prefix, limit)

    def number_begins(self, prefix: str, limit: int) -> Sequence[RequestId]:
        """Return requests by the beginning of the person's numéro étranger."""
        return self._begin(ROW.foreigner_number, prefix, limit)

    def phone_begins(self, prefix: str, limit: int) -> Sequence[RequestId]:
        """Return requests by the beginning of a telephone number."""
        return self._begin(ROW.phone, prefix, limit)

    def name_begins(self, prefix: str, limit: int) -> Sequence[RequestId]:
        """Return requests by the beginning of the key of a birth name, then of a nom d'usage; in order of the keys."""
        found = self._begin(ROW.search_name, prefix, limit)
        return [*found, *self._begin(ROW.search_usage_name, prefix, limit)][:limit]

    def consonants_begin(self, prefix: str, limit: int) -> Sequence[RequestId]:
        """Return requests by the beginning of the consonants of a name in a script without vowels."""
        return self._begin(ROW.search_consonants, prefix, limit)

    def rows(self, request_ids: Sequence[RequestId], today: date) -> Sequence[FoundRow]:
        """Return what a list shows of some requests, in no order."""
        query = SHOWN.where(is_one_of(self.connection, ROW.request_id, request_ids), of_hall(self.hall))
        return rows_of(self.connection, self.connection.execute(query), self.hall, today)

    def _begin(self, key: sa.Column[Any], prefix: str, limit: int) -> Sequence[RequestId]:
        start = prefix[:KEY_LENGTH]
        query = (
            sa.select(desk_requests.c.request_id)
            .where(key >= start, key < start + _BEYOND_ANY_LETTER, of_hall(self.hall))
            .order_by(key)
            .limit(limit)
        )
        return [RequestId(request_id) for request_id in self.connection.execute(query).scalars()]
