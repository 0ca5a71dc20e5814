"""What staff do in the hall: each move is one transaction, with its entry, settled against what was read.

Several counters may act at once, in threads and processes: the transaction takes the writer's place before it looks
who is next, so nobody is called twice.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import structlog

from kiosk.domain.hall import Outcome, PlaceId, Priority
from kiosk.domain.place import Site
from kiosk.domain.request import FiledRequest
from kiosk.domain.staff import Permission
from kiosk.errors import InputError, PlaceMovedError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EntryType
from kiosk.log_events import LogEvent
from kiosk.ports.clock import Clock
from kiosk.ports.desk_units import ActUnit, HallUnit, HallUnits, StaffUnit
from kiosk.ports.entropy import Entropy
from kiosk.ports.hall import Place
from kiosk.ports.unit_of_work import UnitOfWork
from kiosk.services.recording import EntryWriter
from kiosk.services.staff import Actor, require
from kiosk.workflows.hall_place import (
    Move,
    PlaceEvent,
    PlaceState,
    Standing,
    UnexpectedPlaceEventError,
    after,
    can_happen,
)

log = structlog.get_logger()

UNDO_WITHIN: Final = timedelta(minutes=1)

# What a person does at the kiosk has an entry of its own.
ENTRY_OF_EVENT: Final[Mapping[PlaceEvent, EntryType]] = {
    PlaceEvent.CALLED: EntryType.PLACE_CALLED,
    PlaceEvent.RECALLED: EntryType.PLACE_RECALLED,
    PlaceEvent.CAME: EntryType.PLACE_SERVED,
    PlaceEvent.FINISHED: EntryType.PLACE_FINISHED,
    PlaceEvent.MISSED: EntryType.PLACE_MISSED,
    PlaceEvent.PARKED: EntryType.PLACE_PARKED,
    PlaceEvent.RETURNED: EntryType.PLACE_RETURNED,
    PlaceEvent.HANDED_OVER: EntryType.PLACE_HANDED_OVER,
    PlaceEvent.PRIORITISED: EntryType.PRIORITY_CHANGED,
}


def take_place(unit: UnitOfWork, request: FiledRequest, service: str) -> None:
    """Give the newest filing of a request its place in today's hall, inside the transaction of the filing.

    Somebody who files again on the same day keeps the place, and waits in it again if it had been left.
    """
    filing = request.latest_filing
    place = unit.places.by_call_number(filing.filed.civil_date, filing.call_number)
    if place is None:
        opened = Place(
            place_id=PlaceId(filing.filing_id),
            request_id=request.request_id,
            civil_date=filing.filed.civil_date,
            call_number=filing.call_number,
            arrival=filing.journal_seq,
            standing=Standing(PlaceState.WAITING, service),
            changed_at=filing.filed.utc,
        )
        unit.places.add(opened)
        return
    standing = after(place.standing, Move(PlaceEvent.FILED_AGAIN))
    if standing != place.standing:
        kept = replace(place, standing=standing, revision=place.revision + 1, changed_at=filing.filed.utc)
        unit.places.change(replace(kept, changed_by="", before=None))


def leave_hall(unit: ActUnit, request: FiledRequest) -> None:
    """Let nobody call a person who withdrew the request, inside the transaction of the withdrawal.

    Whoever is at a counter already stays there: the agent sees the person.
    """
    head, place = unit.journal.head(), unit.places.held_by(request)
    if place is None or head.recorded_at is None or not can_happen(place.standing.state, PlaceEvent.WITHDRAWN):
        return
    standing = after(place.standing, Move(PlaceEvent.WITHDRAWN, outcome=Outcome.WITHDRAWN))
    left = replace(place, standing=standing, revision=place.revision + 1, changed_at=head.recorded_at)
    unit.places.change(replace(left, changed_by="", before=None))


def day_of_hall(unit: StaffUnit, now: date) -> date:
    """Return today by the clock, but never before the journal's last day: the day of a clock that fell back."""
    return max(now, unit.journal.head().civil_date or now)


class MoveInHall:
    """Calls people and records what becomes of them."""

    def __init__(
        self,
        *,
        units: HallUnits,
        clock: Clock,
        entropy: Entropy,
        site: Site,
        services: Collection[str],
        counters: Collection[str],
        priorities: Collection[Priority] = tuple(Priority),
    ) -> None:
        """Take what it works with.

        Args:
            units: of the store.
            clock: dates the moves.
            entropy: for the entries.
            site: gives the legal time.
            services: letters that people can be handed over to.
            counters: that there are.
            priorities: that staff may give; taking one away is always possible.
        """
        self._units = units
        self._services, self._counters = frozenset(services), frozenset(counters)
        self._priorities = frozenset(priorities) | {Priority.NONE}
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)

    def call_next(self, actor: Actor, services: Collection[str] = ()) -> Place | None:
        """Call who is next by the stated order, and return the place; None when nobody waits.

        Args:
            actor: who calls, at which counter.
            services: letters that the counter receives; empty for all. Who was handed over to the counter is among
                them in any case.

        Raises:
            NotSignedInError, NotAllowedError: the account may not.
            InputError: at no counter.
            StoreError: nobody was called.
        """
        self._require_counter(actor.counter)
        with self._units() as unit:
            require(unit, actor.name, Permission.SERVE)
            place = unit.places.next_waiting(self._today(unit), actor.counter, services)
            if place is None:
                return None
            called = self._moved(unit, place, Move(PlaceEvent.CALLED, counter=actor.counter), actor, {})
            unit.commit()
        log.info(LogEvent.PLACE_MOVED, request_id=called.request_id, state=called.standing.state.value)
        return called

    def move(self, actor: Actor, place_id: PlaceId, move: Move) -> Place:
        """Do one thing to one place of today, and return it.

        Raises:
            NotSignedInError, NotAllowedError: the account may not.
            InputError: there is no such service, counter or priority, or this is nothing that staff do.
            PlaceMovedError: its state does not know this, for example because another counter was faster.
            StoreError: nothing was changed.
        """
        if move.event not in ENTRY_OF_EVENT:
            raise InputError("event", f"something that staff do, not {move.event}")
        if move.counter:
            self._require_counter(move.counter)
        if move.service and move.service not in self._services:
            raise InputError("service", f"one of {', '.join(sorted(self._services))}, not {move.service!r}")
        if move.priority is not None and move.priority not in self._priorities:
            raise InputError("priority", f"one of {', '.join(sorted(self._priorities))}, not {move.priority!r}")
        needed = Permission.CHANGE_ORDER if move.event is PlaceEvent.PRIORITISED else Permission.SERVE

        def moved(unit: HallUnit, place: Place) -> Place:
            return self._moved(unit, place, move, actor, _told(unit, place, move))

        return self._changed(actor, place_id, needed, moved)

    def undo(self, actor: Actor, place_id: PlaceId) -> Place:
        """Take back one's own last move of a place, within a minute, and return the place.

        Raises:
            NotSignedInError, NotAllowedError: the account may not.
            PlaceMovedError: it is too late, or somebody else has moved it since.
            StoreError: nothing was changed.
        """

        def undone(unit: HallUnit, place: Place) -> Place:
            reading, moment = self._entries.now()
            if place.before is None or place.changed_by != actor.name:
                raise PlaceMovedError(f"{place.call_number}: its last move is not of {actor.name}")
            if abs(moment.utc - place.changed_at) > UNDO_WITHIN:
                raise PlaceMovedError(f"{place.call_number}: a move can be taken back for a minute")
            revision = place.revision + 1
            back = replace(place, standing=place.before, revision=revision, changed_at=moment.utc, before=None)
            facts = self._facts(place, actor) | {"from": place.standing.state.value, "to": back.standing.state.value}
            self._keep(unit, back)
            draft = self._entries.draft(EntryType.PLACE_UNDONE, facts, subject=place.request_id, at=(reading, moment))
            unit.journal.append(draft)
            return back

        return self._changed(actor, place_id, Permission.SERVE, undone)

    def _changed(
        self,
        actor: Actor,
        place_id: PlaceId,
        permission: Permission,
        change: Callable[[HallUnit, Place], Place],
    ) -> Place:
        with self._units() as unit:
            require(unit, actor.name, permission)
            place = unit.places.get(place_id)
            if place is None or place.civil_date != self._today(unit):
                raise PlaceMovedError("this place is not in today's hall")
            changed = change(unit, place)
            unit.commit()
        log.info(LogEvent.PLACE_MOVED, request_id=changed.request_id, state=changed.standing.state.value)
        return changed

    def _moved(self, unit: HallUnit, place: Place, move: Move, actor: Actor, told: Mapping[str, JsonValue]) -> Place:
        reading, moment = self._entries.now()
        try:
            standing = after(place.standing, move)
        except UnexpectedPlaceEventError as error:
            raise PlaceMovedError(f"{place.call_number}: {error}") from error
        moved = replace(
            place,
            standing=standing,
            revision=place.revision + 1,
            changed_at=moment.utc,
            changed_by=actor.name,
            before=place.standing,
        )
        self._keep(unit, moved)
        facts = {**self._facts(place, actor), **told}
        kind = ENTRY_OF_EVENT[move.event]
        unit.journal.append(self._entries.draft(kind, facts, subject=place.request_id, at=(reading, moment)))
        return moved

    def _keep(self, unit: HallUnit, changed: Place) -> None:
        if not unit.places.change(changed):
            raise PlaceMovedError(f"{changed.call_number}: somebody else moved it meanwhile")

    def _facts(self, place: Place, actor: Actor) -> dict[str, JsonValue]:
        return {"call_number": place.call_number, "agent": actor.name, "counter": actor.counter}

    def _today(self, unit: HallUnit) -> date:
        return day_of_hall(unit, self._entries.now()[1].civil_date)

    def _require_counter(self, counter: str) -> None:
        if counter not in self._counters:
            raise InputError("counter", f"one of {', '.join(sorted(self._counters))}, not {counter!r}")


def _told(unit: HallUnit, place: Place, move: Move) -> dict[str, JsonValue]:
    """Return what an entry says of a move besides who made it where."""
    match move.event:
        case PlaceEvent.CALLED if place.standing.state is PlaceState.WAITING:
            # Somebody was called by number: the journal says over how many heads.
            return {"passed_over": unit.places.waiting_before(place)}
        case PlaceEvent.FINISHED if move.outcome is not None:
            return {"outcome": move.outcome.value}
        case PlaceEvent.HANDED_OVER:
            return {"to_service": move.service} if move.service else {"to_counter": move.counter}
        case PlaceEvent.PRIORITISED if move.priority is not None:
            return {"priority": move.priority.value, "before": place.standing.priority.value}
        case _:
            return {}
