"""Requests of a site that may be one person's, found in the counters' index and looked at by their entries."""

from collections.abc import Iterator
from typing import Final

import sqlalchemy as sa

from kiosk.domain.identity import Identity, PartialDate
from kiosk.domain.request import RequestContent, RequestId
from kiosk.domain.same_person import is_probably_same_person
from kiosk.errors import InputError
from kiosk.services.local_duplicates import LocalDuplicates
from sync.central.hall.acts import ActingUnit, acting_units, looking_units
from sync.central.hall.bench import HallBench
from sync.central.hall.site import HallSite
from sync.central.tables import desk_requests

_MOST_LOOKED_AT: Final = 20_000
_BEYOND_ANY_DIGIT: Final = ":"


def duplicates_at(bench: HallBench) -> LocalDuplicates[ActingUnit]:
    """Return what finds and merges requests of one person at the hub of a site, filed at whichever of its kiosks."""
    return LocalDuplicates(
        lambda session: bench.sessions.actor(session.token),
        bench.hall.read_file,
        units=acting_units(bench),
        reading=looking_units(bench),
        candidates=lambda unit, content: _lookalikes(unit.connection, bench.hall, content),
        clock=bench.clock,
        entropy=bench.entropy,
        site=bench.site,
        catalogue=bench.hall.catalogue,
    )


def _lookalikes(connection: sa.Connection, hall: HallSite, content: RequestContent) -> Iterator[RequestId]:
    """Yield requests that are worth a look: of the same year of birth, and of names that fit by the index."""
    born = content.identity.birth_date
    if born is None:
        return  # nobody is recognised without
    year = f"{born.year:04d}-"
    columns = (
        desk_requests.c.request_id,
        desk_requests.c.origin,
        desk_requests.c.birth_name,
        desk_requests.c.given_names,
        desk_requests.c.birth_date,
    )
    query = sa.select(*columns).where(
        desk_requests.c.birth_date >= year,
        desk_requests.c.birth_date < year + _BEYOND_ANY_DIGIT,
        desk_requests.c.departement == hall.departement,
        desk_requests.c.merged_into.is_(None),
    )
    newest = query.order_by(desk_requests.c.received_at.desc()).limit(_MOST_LOOKED_AT)
    found = [row for row in connection.execute(newest) if hall.takes(row.origin) and _may_be(row, content)]
    yield from dict.fromkeys(RequestId(row.request_id) for row in found)


def _may_be(row: sa.Row[tuple[object, ...]], content: RequestContent) -> bool:
    try:
        born = PartialDate.parse(row.birth_date)
    except InputError:
        return False
    # The index joins given names: one by one, and whole, since one may have several words.
    given_names = ((row.given_names,), tuple((row.given_names or "").split()))
    return any(
        is_probably_same_person(
            RequestContent("", "fr", Identity(row.birth_name or "", tuple(filter(None, names)), birth_date=born)),
            content,
        )
        for names in given_names
    )
