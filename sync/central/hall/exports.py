"""Lists that leave a hub page by page, into a file at a counter.

The hub counts the lines that go out, not the counter, and keeps the count beside the question while the export runs: so
the journal says how many somebody got, also when their counter was switched off in the middle.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import sqlalchemy as sa

from kiosk.domain.moment import instant_text
from kiosk.domain.staff import Permission
from kiosk.errors import InputError
from kiosk.journal.canonical import JsonValue, canonical_bytes
from kiosk.journal.entry import EntryType
from kiosk.ports.finding import FoundRequest
from kiosk.ports.request_search import ListExport
from kiosk.services.export_list import list_facts
from kiosk.services.find_requests import FindRequests
from kiosk.services.list_requests import ListRequests
from kiosk.services.recording import EntryWriter
from kiosk.services.staff import Actor, require
from sync.central.hall.bench import HallBench
from sync.central.hall.unit import HallUnit
from sync.central.reading import reading
from sync.central.tables import hall_exports
from sync.protocol.hall_search import WantedPage, WireFilter

_ROW: Final = hall_exports.c
# A page takes a fraction of a second to write: a counter that asks for none in this time is gone.
ABANDONED_AFTER: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class SentLines:
    """Some lines of an export.

    Attributes:
        export_id: names it in what follows.
        requests: in order.
        is_last: there are no more.
    """

    export_id: str
    requests: Sequence[FoundRequest]
    is_last: bool


class HallExports:
    """Sends lists for whoever may have them, and records who had which."""

    def __init__(self, bench: HallBench, find: FindRequests, list_all: ListRequests) -> None:
        """Take what it works with.

        Args:
            bench: database, clock, who is signed in.
            find: finds by what was typed.
            list_all: lists page by page.
        """
        self._bench, self._find, self._list = bench, find, list_all
        self._entries = EntryWriter(clock=bench.clock, entropy=bench.entropy, site=bench.site)

    def begin(self, token: str, export: ListExport) -> SentLines:
        """Return the first lines of a list.

        Raises:
            NotSignedInError, NotAllowedError: the account may not.
        """
        actor = self._allowed(token)
        self.record_abandoned()
        beyond = None
        if export.text:
            requests = self._find(export.text, export.wanted)
        else:
            page = self._list(export.wanted, export.order)
            requests, beyond = page.requests, page.beyond
        export_id = self._bench.entropy.identifier()
        facts = list_facts(export.format, export.wanted, 0, is_searched=bool(export.text))
        wanted = WantedPage(filter=WireFilter.of(export.wanted), order=export.order.value)
        row = {
            "export_id": export_id,
            "name": actor.name,
            "counter": actor.counter,
            "facts": canonical_bytes(facts).decode(),
            "wanted": wanted.model_dump_json(),
            "beyond": beyond,
            "lines": len(requests),
            "touched_at": self._now(),
        }
        with self._bench.units() as unit:
            unit.connection.execute(sa.insert(hall_exports).values(**row))
            unit.commit()
        return SentLines(export_id, requests, beyond is None)

    def more(self, token: str, export_id: str) -> SentLines:
        """Return the next lines.

        Raises:
            InputError: the account has no such export, or it has no more lines.
            NotSignedInError, NotAllowedError: the account may not.
        """
        actor = self._allowed(token)
        with self._bench.reading() as unit:
            row = _mine(unit, actor, export_id)
        if row.beyond is None:
            raise InputError("export_id", "one that has more lines")
        wanted = WantedPage.model_validate_json(row.wanted)
        page = self._list(wanted.filter.filter(), wanted.list_order(), row.beyond)
        values = {"beyond": page.beyond, "lines": _ROW.lines + len(page.requests), "touched_at": self._now()}
        is_still = sa.and_(_ROW.export_id == export_id, _ROW.beyond == row.beyond)
        with self._bench.units() as unit:
            if not unit.connection.execute(sa.update(hall_exports).where(is_still).values(**values)).rowcount:
                raise InputError("export_id", "one whose lines are asked for one page after the other")
            unit.commit()
        return SentLines(export_id, page.requests, page.beyond is None)

    def end(self, token: str, export_id: str, *, is_whole: bool) -> None:
        """Record that a list is about to be a file, or was given up.

        Raises:
            InputError: the account has no such export, or not all of its lines went out.
            NotSignedInError, NotAllowedError: the account may not; what went out is recorded later.
        """
        actor = self._bench.sessions.actor(token)
        with self._bench.units() as unit:
            require(unit, actor.name, Permission.EXPORT_LIST if is_whole else Permission.SERVE)
            row = _mine(unit, actor, export_id)
            if is_whole and row.beyond is not None:
                raise InputError("is_whole", "true once every line went out")
            self._record(unit, row, is_whole=is_whole)
            unit.commit()

    def record_abandoned(self) -> None:
        """Record the exports whose counters ask for nothing any more."""
        oldest = instant_text(self._bench.centre.now() - ABANDONED_AFTER)
        query = sa.select(hall_exports).where(_ROW.touched_at < oldest)
        with reading(self._bench.centre.engine) as connection:
            left = connection.execute(query).all()
        for row in left:
            with self._bench.units() as unit:
                if self._record(unit, row, is_whole=False):
                    unit.commit()

    def _record(self, unit: HallUnit, row: sa.Row[Any], *, is_whole: bool) -> bool:
        """Write the entry of an export that ends; False when somebody else did."""
        is_it = sa.and_(_ROW.export_id == row.export_id, _ROW.touched_at == row.touched_at)
        if not unit.connection.execute(sa.delete(hall_exports).where(is_it)).rowcount:
            return False
        facts: dict[str, JsonValue] = {"account": row.name, "counter": row.counter, **_facts_of(row)}
        facts |= {"rows": row.lines, "is_whole": is_whole}
        unit.journal.append(self._entries.draft(EntryType.LIST_EXPORTED, facts))
        return True

    def _allowed(self, token: str) -> Actor:
        actor = self._bench.sessions.actor(token)
        with self._bench.reading() as unit:
            require(unit, actor.name, Permission.EXPORT_LIST)
        return actor

    def _now(self) -> str:
        return instant_text(self._bench.centre.now())


def _mine(unit: HallUnit, actor: Actor, export_id: str) -> sa.Row[Any]:
    query = sa.select(hall_exports).where(_ROW.export_id == export_id, _ROW.name == actor.name)
    row = unit.connection.execute(query).one_or_none()
    if row is None:
        raise InputError("export_id", "one that this account began")
    return row


def _facts_of(row: sa.Row[Any]) -> Mapping[str, JsonValue]:
    facts: Mapping[str, JsonValue] = json.loads(row.facts)
    return facts
