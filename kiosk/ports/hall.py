"""The hall of a day, as the services see it in a transaction."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from kiosk.domain.hall import PlaceId
from kiosk.domain.request import FiledRequest, RequestId
from kiosk.workflows.hall_place import Standing, standing_to_json


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's place in the hall of one day: one call number.

    Attributes:
        place_id: identifier of the filing that opened it.
        request_id: what the person asks.
        civil_date: day of the hall.
        call_number: ``A042``; stays the same whatever happens.
        arrival: number of the journal entry of that filing: who came first has the smallest.
        standing: where it is now.
        revision: counts what happened to it; a move is settled against it.
        changed_at: UTC instant of the last move.
        changed_by: account that made it; empty for the kiosk.
        before: what an undo gives back; None when there is nothing to undo.
    """

    place_id: PlaceId
    request_id: RequestId
    civil_date: date
    call_number: str
    arrival: int
    standing: Standing
    changed_at: datetime
    revision: int = 0
    changed_by: str = ""
    before: Standing | None = None

    def moved_columns(self) -> dict[str, Any]:
        """Return what a move changes, as the tables of a kiosk and of a hub keep it, but for the instant."""
        standing = self.standing
        return {
            "state": standing.state.value,
            "service": standing.service,
            "queue_class": standing.priority.queue_class,
            "priority": standing.priority.value,
            "counter": standing.counter,
            "wanted_counter": standing.wanted_counter,
            "calls": standing.calls,
            "outcome": standing.outcome.value if standing.outcome else "",
            "revision": self.revision,
            "changed_by": self.changed_by,
            "before": json.dumps(standing_to_json(self.before)) if self.before else None,
        }


class PlaceTable(Protocol):
    """The places of the hall."""

    def add(self, place: Place) -> None:
        """Open a place."""
        ...

    def get(self, place_id: PlaceId) -> Place | None:
        """Return a place, None when there is none."""
        ...

    def by_call_number(self, civil_date: date, call_number: str) -> Place | None:
        """Return the place of a number of a day."""
        ...

    def held_by(self, request: FiledRequest) -> Place | None:
        """Return the place of the newest filing of a request."""
        ...

    def next_waiting(self, civil_date: date, counter: str, services: Collection[str]) -> Place | None:
        """Return who is next at a counter, by the stated order; None when nobody waits for it.

        Args:
            civil_date: day of the hall.
            counter: people handed over to it are its own, whatever their service.
            services: letters; empty for all.
        """
        ...

    def waiting_before(self, place: Place) -> int:
        """Return how many people of the same service wait before a place, by the stated order."""
        ...

    def change(self, changed: Place) -> bool:
        """Keep a place as it is after a move.

        Args:
            changed: with the revision that follows the one that was read.

        Returns:
            False, and nothing was changed, when somebody else moved it meanwhile.
        """
        ...

    def of_day(self, civil_date: date) -> Sequence[Place]:
        """Return the places of a day, in order of arrival."""
        ...

    def language_of(self, place: Place) -> str:
        """Return the code of the language of the newest filing with a place's number."""
        ...

    def languages_waiting(self, civil_date: date) -> Sequence[str]:
        """Return the codes of the languages of those who wait, each once."""
        ...
