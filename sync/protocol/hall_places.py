"""What counters of a site see and do in the hall: places, calls, moves: ``docs/protocol.md`` and ``/openapi.json``."""

from typing import Annotated, Any, Literal

from pydantic import Field

from kiosk.domain.hall import HallFlag, Outcome, PlaceId, Priority, Visits
from kiosk.domain.moment import instant_text, parse_instant
from kiosk.ports.desk import HallRow
from kiosk.workflows.hall_place import Move, PlaceEvent, standing_from_json, standing_to_json
from kiosk.workflows.print_job import PrintState
from sync.protocol.wire_message import WireMessage

ServiceLetter = Annotated[str, Field(pattern=r"^[A-Z]$")]
# What staff do; what a person does comes with the entries of a kiosk.
StaffEvent = Literal[
    "called", "recalled", "came", "finished", "missed", "parked", "returned", "handed_over", "prioritised"
]


class NextCall(WireMessage):
    """Body of ``POST /v1/hall/calls``.

    Attributes:
        services: letters that the counter receives; empty for all.
    """

    services: list[ServiceLetter] = Field(default_factory=list, max_length=26)


class Called(WireMessage):
    """Answer of ``POST /v1/hall/calls``; null when nobody waits."""

    place_id: str | None


class PlaceMove(WireMessage):
    """Body of ``POST /v1/hall/places/{place_id}/moves``.

    Attributes:
        event: what is done; a call is always to the counter of the session.
        counter: to which it is handed over; empty otherwise.
        service: letter to which it is handed over; empty otherwise.
        priority: given; ``none`` takes it away.
        outcome: with which it is finished.
    """

    event: StaffEvent
    counter: str = Field("", max_length=12)
    service: str = Field("", max_length=1)
    priority: Literal["none", "rights_expire", "summons_missed", "vulnerable"] | None = None
    outcome: Literal["served", "documents_missing", "directed", "left"] | None = None

    @classmethod
    def of(cls, move: Move) -> "PlaceMove":
        """Return the message about a move."""
        return cls.model_validate(
            {
                "event": move.event.value,
                "counter": move.counter,
                "service": move.service,
                "priority": move.priority.value if move.priority else None,
                "outcome": move.outcome.value if move.outcome else None,
            }
        )

    def move(self, counter: str) -> Move:
        """Return the move of a session at a counter.

        Raises:
            InputError: something that the event needs is missing.
        """
        event = PlaceEvent(self.event)
        return Move(
            event=event,
            counter=counter if event is PlaceEvent.CALLED else self.counter,
            service=self.service,
            priority=Priority(self.priority) if self.priority else None,
            outcome=Outcome(self.outcome) if self.outcome else None,
        )


class HallPlace(WireMessage):
    """One place of the hall, as the list of a counter shows it; see :class:`kiosk.ports.desk.HallRow`."""

    place_id: str
    call_number: str
    reference: str
    filed_at: str
    procedure_label: str
    language: str
    applicant: str
    visits: int
    visit_weeks: int
    flags: list[str]
    print_state: str
    standing: dict[str, Any]
    changed_at: str
    changed_by: str
    can_be_undone: bool

    @classmethod
    def of(cls, row: HallRow) -> "HallPlace":
        """Return the message about a row."""
        return cls(
            place_id=row.place_id,
            call_number=row.call_number,
            reference=row.reference,
            filed_at=instant_text(row.filed_at),
            procedure_label=row.procedure_label,
            language=row.language,
            applicant=row.applicant,
            visits=row.visits.count,
            visit_weeks=row.visits.weeks,
            flags=sorted(flag.value for flag in row.flags),
            print_state=row.print_state.value,
            standing=standing_to_json(row.standing),
            changed_at=instant_text(row.changed_at),
            changed_by=row.changed_by,
            can_be_undone=row.can_be_undone,
        )

    def row(self) -> HallRow:
        """Return the row.

        Raises:
            ValueError: a word that this version does not know.
        """
        return HallRow(
            place_id=PlaceId(self.place_id),
            call_number=self.call_number,
            reference=self.reference,
            filed_at=parse_instant(self.filed_at),
            procedure_label=self.procedure_label,
            language=self.language,
            applicant=self.applicant,
            visits=Visits(self.visits, self.visit_weeks),
            flags=frozenset(map(HallFlag, self.flags)),
            print_state=PrintState(self.print_state),
            standing=standing_from_json(self.standing),
            changed_at=parse_instant(self.changed_at),
            changed_by=self.changed_by,
            can_be_undone=self.can_be_undone,
        )


class HallPlaces(WireMessage):
    """Answer of ``GET /v1/hall/places``: what changed since somebody looked.

    Attributes:
        day: of the hall.
        change: number of the last change that is in it; the next look says it.
        is_whole: these are all places of the day, in order of arrival; what was known before counts no more.
        order: identifiers of all places of the day, in order of arrival, so that a new one stands where it belongs.
        places: those that changed.
    """

    day: str
    change: int
    is_whole: bool
    order: list[str]
    places: list[HallPlace]
