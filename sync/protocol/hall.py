"""What counters and displays of a site say to their hub: ``docs/protocol.md`` and ``/openapi.json``."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from kiosk.domain.hall import HallFlag, Outcome, PlaceId, Priority, Visits
from kiosk.domain.moment import ClockQuality, Moment, instant_text, parse_instant
from kiosk.domain.request import FiledRequest, Filing, FilingId, PrintJobId, RequestId
from kiosk.domain.request_change import ChangeId, ChangeKind, CorrectedField, Correction, RequestChange
from kiosk.domain.staff import Role
from kiosk.journal.act_facts import acts_told
from kiosk.journal.request_facts import content_facts, content_from_facts
from kiosk.ports.call_board import CallBoard, HallCall
from kiosk.ports.desk import HallRow, PersonFile, StaffSession, SyncBacklog, TimelineEntry
from kiosk.ports.hall_printers import HallPrinter
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.services.person_file import ReadFile
from kiosk.workflows.hall_place import Move, PlaceEvent, standing_from_json, standing_to_json
from kiosk.workflows.print_job import PrintState

LONGEST_WAIT_S: Final = 8
CounterName = Annotated[str, Field(min_length=1, max_length=12, pattern=r"^[^\x00-\x1f\x7f]+$")]
Password = Annotated[str, Field(min_length=1, max_length=200)]
TypedCode = Annotated[str, Field(max_length=100)]
ServiceLetter = Annotated[str, Field(pattern=r"^[A-Z]$")]
# What staff do; what a person does comes with the entries of a kiosk.
StaffEvent = Literal[
    "called", "recalled", "came", "finished", "missed", "parked", "returned", "handed_over", "prioritised"
]


class _Message(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class HallDescription(_Message):
    """Answer of ``GET /v1/hall``: what a counter needs to know before anybody signs in.

    Attributes:
        counters: names.
        services: letter, and what it receives, in French.
        has_accounts: whether anybody can sign in; accounts are made at the hub.
        has_centre: whether there is a centre above, to which entries go.
    """

    counters: list[str]
    services: dict[str, str]
    has_accounts: bool
    has_centre: bool


class CounterSignIn(_Message):
    """Body of ``POST /v1/hall/session``.

    Attributes:
        name: of the account.
        password: as typed.
        counter: where.
        code: of the telephone, or a recovery code, as typed; empty before it was asked for.
    """

    name: str = Field(min_length=1, max_length=100)
    password: Password
    counter: CounterName
    code: TypedCode = ""


class CounterSession(_Message):
    """Who is signed in at a counter.

    Attributes:
        account: name.
        role: what it may do.
        counter: where.
        must_change: nothing is allowed before the password was changed.
        must_enrol: nothing is allowed before the account has a second factor.
    """

    account: str
    role: Literal["agent", "supervisor", "administrator"]
    counter: str
    must_change: bool
    must_enrol: bool = False

    @classmethod
    def of(cls, session: StaffSession) -> "CounterSession":
        """Return the message about a session; its token is not in it."""
        return cls(
            account=session.name,
            role=session.role.value,
            counter=session.counter,
            must_change=session.must_change,
            must_enrol=session.must_enrol,
        )

    def session(self, token: str) -> StaffSession:
        """Return the session that has a token."""
        return StaffSession(token, self.account, Role(self.role), self.counter, self.must_change, self.must_enrol)


class OpenedSession(_Message):
    """Answer of ``POST /v1/hall/session``.

    Attributes:
        token: goes as ``Authorization: Bearer`` with everything that follows; told once.
        session: who is signed in.
    """

    token: str
    session: CounterSession


class TypedPassword(_Message):
    """Body of ``POST /v1/hall/session/unlock``.

    Attributes:
        password: as typed.
        code: of the telephone, or a recovery code, as typed; empty before it was asked for.
    """

    password: Password
    code: TypedCode = ""


class PasswordChange(_Message):
    """Body of ``POST /v1/hall/session/password``."""

    password: Password
    new_password: Password


class NextCall(_Message):
    """Body of ``POST /v1/hall/calls``.

    Attributes:
        services: letters that the counter receives; empty for all.
    """

    services: list[ServiceLetter] = Field(default_factory=list, max_length=26)


class Called(_Message):
    """Answer of ``POST /v1/hall/calls``; null when nobody waits."""

    place_id: str | None


class PlaceMove(_Message):
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


class HallPlace(_Message):
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


class HallPlaces(_Message):
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


class KioskPrinter(_Message):
    """A kiosk's printer; its word is null when nothing was heard of the kiosk lately."""

    origin: str
    printer: str | None


class HallBacklog(_Message):
    """Answer of ``GET /v1/hall/backlog``: how far the centre above is behind, and what to look after in the hall.

    Attributes:
        held: entries that the hub holds, of all streams.
        relayed: of these, what the centre above acknowledged.
        last_contact: instant of its last acknowledgement; null before the first, and at a hub without one above.
        printers: of the kiosks of the hall.
    """

    held: int
    relayed: int
    last_contact: str | None
    printers: list[KioskPrinter]

    @classmethod
    def of(cls, backlog: SyncBacklog, printers: Sequence[HallPrinter]) -> "HallBacklog":
        """Return the message about a backlog and printers."""
        at = backlog.last_contact
        return cls(
            held=backlog.last_seq,
            relayed=backlog.acknowledged_to,
            last_contact=None if at is None else instant_text(at),
            printers=[
                KioskPrinter(origin=each.origin, printer=each.condition.value if each.condition else None)
                for each in printers
            ],
        )

    def hall_printers(self) -> tuple[HallPrinter, ...]:
        """Return the printers.

        Raises:
            ValueError: a word that this version does not know.
        """
        return tuple(
            HallPrinter(each.origin, None if each.printer is None else PrinterCondition(each.printer))
            for each in self.printers
        )

    def backlog(self) -> SyncBacklog:
        """Return the backlog."""
        at = self.last_contact
        return SyncBacklog(self.held, self.relayed, None if at is None else parse_instant(at))


class BoardCall(_Message):
    """A number that was called, as a display shows it; see :class:`kiosk.ports.call_board.HallCall`."""

    seq: int
    call_number: str
    counter: str
    called_at: str
    times: int
    language: str


class HallBoard(_Message):
    """Answer of ``GET /v1/hall/board``: numbers, counters, languages; nobody's name.

    Attributes:
        change: number of the last change that is in it; the next look says it.
        calls: newest first.
        waiting_languages: codes of those who wait, each once.
        is_closed: the day was closed.
        read_at: by the hub's clock; empty from a hub of an earlier version.
    """

    change: int
    calls: list[BoardCall]
    waiting_languages: list[str]
    is_closed: bool
    read_at: str = ""

    @classmethod
    def of(cls, board: CallBoard, change: int, read_at: datetime) -> "HallBoard":
        """Return the message about a board."""
        return cls(
            change=change,
            calls=[
                BoardCall(
                    seq=call.seq,
                    call_number=call.call_number,
                    counter=call.counter,
                    called_at=instant_text(call.called_at),
                    times=call.times,
                    language=call.language,
                )
                for call in board.calls
            ],
            waiting_languages=list(board.waiting_languages),
            is_closed=board.is_closed,
            read_at=instant_text(read_at),
        )

    def board(self, hub_ahead: timedelta = timedelta(0)) -> CallBoard:
        """Return the board, with its instants by a clock that the hub's is ahead of."""
        calls = tuple(
            HallCall(
                seq=call.seq,
                call_number=call.call_number,
                counter=call.counter,
                called_at=parse_instant(call.called_at) - hub_ahead,
                times=call.times,
                language=call.language,
            )
            for call in self.calls
        )
        return CallBoard(calls, tuple(self.waiting_languages), self.is_closed)


class WantedFile(_Message):
    """Body of ``POST /v1/hall/files``: opening a file is an entry, so it is no ``GET``."""

    reference: str = Field(min_length=1, max_length=40, pattern=r"^[0-9A-Za-z-]+$")


class WireMoment(_Message):
    """An instant with its civil day; see :class:`kiosk.domain.moment.Moment`."""

    utc: str
    civil_date: str
    zone: str
    clock: str

    @classmethod
    def of(cls, moment: Moment) -> "WireMoment":
        """Return the message about a moment."""
        return cls(
            utc=instant_text(moment.utc),
            civil_date=moment.civil_date.isoformat(),
            zone=moment.zone,
            clock=moment.clock.value,
        )

    def moment(self) -> Moment:
        """Return the moment."""
        return Moment(parse_instant(self.utc), date.fromisoformat(self.civil_date), self.zone, ClockQuality(self.clock))


class WireFiling(_Message):
    """One act of filing; see :class:`kiosk.domain.request.Filing`."""

    filing_id: str
    ordinal: int
    filed: WireMoment
    call_number: str
    print_job_id: str
    journal_seq: int
    entry_hash: str
    language: str


class WireCorrection(_Message):
    """A value that the person says is wrong."""

    field: str
    old: str
    new: str


class WireChange(_Message):
    """One act after the filing, without what was added: that is in the content; see ``RequestChange``."""

    change_id: str
    ordinal: int
    kind: str
    changed: WireMoment
    journal_seq: int
    entry_hash: str
    corrections: list[WireCorrection]
    by: str
    reason: str

    @classmethod
    def of(cls, change: RequestChange) -> "WireChange":
        """Return the message about an act."""
        return cls(
            change_id=change.change_id,
            ordinal=change.ordinal,
            kind=change.kind.value,
            changed=WireMoment.of(change.changed),
            journal_seq=change.journal_seq,
            entry_hash=change.entry_hash,
            corrections=[
                WireCorrection(field=each.field.value, old=each.old, new=each.new) for each in change.corrections
            ],
            by=change.by,
            reason=change.reason,
        )

    def change(self) -> RequestChange:
        """Return the act."""
        return RequestChange(
            change_id=ChangeId(self.change_id),
            ordinal=self.ordinal,
            kind=ChangeKind(self.kind),
            changed=self.changed.moment(),
            journal_seq=self.journal_seq,
            entry_hash=self.entry_hash,
            corrections=tuple(Correction(CorrectedField(each.field), each.old, each.new) for each in self.corrections),
            by=self.by,
            reason=self.reason,
        )


class WireTimelineEntry(_Message):
    """One line of a file's history."""

    at: str
    type: str
    facts: dict[str, Any]


class WireRequest(_Message):
    """A later request of the same person, for which another stands; see :class:`kiosk.domain.request.FiledRequest`."""

    request_id: str
    reference: str
    received: WireMoment
    filed: dict[str, Any]
    filings: list[WireFiling]

    @classmethod
    def of(cls, request: FiledRequest) -> "WireRequest":
        """Return the message about a request, without the salt that would let its reader guess at names."""
        return cls(
            request_id=request.request_id,
            reference=request.reference,
            received=WireMoment.of(request.received),
            filed=content_facts(request.content),
            filings=_wire_filings(request.filings),
        )

    def request(self) -> FiledRequest:
        """Return the request."""
        return FiledRequest(
            request_id=RequestId(self.request_id),
            reference=self.reference,
            received=self.received.moment(),
            content=content_from_facts(self.filed),
            identity_salt=bytes(16),
            filings=tuple(map(_filing_of, self.filings)),
        )


class HallFile(_Message):
    """Answer of ``POST /v1/hall/files``; see :class:`kiosk.ports.desk.PersonFile`.

    Attributes:
        request_id: of the request.
        reference: on the ticket.
        received: first confirmation tap.
        filed: what was asked at the first filing, in the names of the request JSON.
        content: what it says today.
        filings: oldest first.
        changes: what happened to it after the filing, oldest first.
        is_erased: the person's data were taken out.
        timeline: its entries, oldest first; this opening is the last.
        merged: later requests of the same person that it stands for.
    """

    request_id: str
    reference: str
    received: WireMoment
    filed: dict[str, Any]
    content: dict[str, Any]
    filings: list[WireFiling]
    changes: list[WireChange]
    is_erased: bool
    timeline: list[WireTimelineEntry]
    merged: list[WireRequest] = Field(default_factory=list)

    @classmethod
    def of(cls, file: PersonFile) -> "HallFile":
        """Return the message about a file; the salt that would let its reader guess at names is not in it."""
        return cls(
            request_id=file.request.request_id,
            reference=file.request.reference,
            received=WireMoment.of(file.request.received),
            filed=content_facts(file.request.content),
            content=content_facts(file.content),
            filings=_wire_filings(file.request.filings),
            changes=[WireChange.of(change) for change in file.changes],
            is_erased=file.is_erased,
            timeline=[
                WireTimelineEntry(at=instant_text(each.at), type=each.type, facts=dict(each.facts))
                for each in file.timeline
            ],
            merged=[*map(WireRequest.of, file.merged)],
        )

    def file(self, words: ReadFile) -> PersonFile:
        """Return the file, worded with the counter's own catalogue and places.

        Raises:
            ValueError: a word that this version does not know.
            KeyError: something is missing of what was asked.
        """
        timeline = tuple(TimelineEntry(parse_instant(each.at), each.type, each.facts) for each in self.timeline)
        return words.worded(
            FiledRequest(
                request_id=RequestId(self.request_id),
                reference=self.reference,
                received=self.received.moment(),
                content=content_from_facts(self.filed),
                identity_salt=bytes(16),
                filings=tuple(map(_filing_of, self.filings)),
            ),
            content_from_facts(self.content),
            tuple(change.change() for change in self.changes),
            timeline,
            acts=acts_told((each.type, each.at, each.facts) for each in timeline),
            merged=tuple(each.request() for each in self.merged),
            is_erased=self.is_erased,
        )


def _wire_filings(filings: Sequence[Filing]) -> list[WireFiling]:
    return [
        WireFiling(
            filing_id=filing.filing_id,
            ordinal=filing.ordinal,
            filed=WireMoment.of(filing.filed),
            call_number=filing.call_number,
            print_job_id=filing.print_job_id,
            journal_seq=filing.journal_seq,
            entry_hash=filing.entry_hash,
            language=filing.language,
        )
        for filing in filings
    ]


def _filing_of(wire: WireFiling) -> Filing:
    return Filing(
        filing_id=FilingId(wire.filing_id),
        ordinal=wire.ordinal,
        filed=wire.filed.moment(),
        call_number=wire.call_number,
        print_job_id=PrintJobId(wire.print_job_id),
        journal_seq=wire.journal_seq,
        entry_hash=wire.entry_hash,
        language=wire.language,
    )
