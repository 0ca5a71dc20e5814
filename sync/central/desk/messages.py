"""What counters and the centre say to each other; documented in ``docs/protocol.md`` and at ``/openapi.json``."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from sync.protocol.forms import CHOSEN_DAY
from sync.protocol.wire_message import WireMessage

RequestStatus = Literal["filed", "filed_again", "completed", "correction_asked", "corrected", "withdrawn", "merged"]
TicketState = Literal["unknown", "confirmed", "unconfirmed", "failed", "expired"]


class SignInRequest(WireMessage):
    """Body of ``POST /v1/desk/session``.

    Attributes:
        name: of the account.
        password: as typed.
        code: of the telephone, or a recovery code, as typed; empty before it was asked for.
    """

    name: str = Field(min_length=1, max_length=100)
    password: str = Field(min_length=1, max_length=200)
    code: str = Field("", max_length=100)


class SessionState(WireMessage):
    """Who is signed in.

    Attributes:
        account: name.
        role: ``agent``, ``supervisor`` or ``administrator``.
        scopes: départements and machines whose files it may see; empty: all.
        expires_at: end of the session without another request, UTC.
    """

    account: str
    role: str
    scopes: list[str]
    expires_at: str


class Wanted(BaseModel):
    """What somebody looks for; what is not given does not narrow.

    Attributes:
        reference: the whole, or how it begins; hyphens as printed.
        name: how the birth name or the name in use begins; accents, case and spaces do not count.
        birth_date: ``YYYY-MM-DD``, 00 for an unknown part.
        day: of the filing, ``YYYY-MM-DD``, legal time.
        procedure: code.
        status: what happened last, as in an answer.
        ticket: where its newest ticket stands.
        cursor: of the page before.
        limit: lines on a page.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    reference: str | None = Field(None, min_length=2, max_length=40, pattern=r"^[0-9A-Za-z-]+$")
    name: str | None = Field(None, min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")
    birth_date: str | None = Field(None, pattern=r"^(18|19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]$")
    day: str | None = Field(None, pattern=CHOSEN_DAY, json_schema_extra={"format": "date"})
    procedure: str | None = Field(None, max_length=20, pattern=r"^[0-9A-Z-]+$")
    status: RequestStatus | None = None
    ticket: TicketState | None = None
    cursor: str | None = Field(None, max_length=300, pattern=r"^[0-9A-Za-z_-]+$")
    limit: int = Field(50, ge=1, le=100)


class FoundRequest(WireMessage):
    """One line of a search.

    Attributes:
        request_id: opens the file.
        reference: on the ticket.
        origin: the kiosk.
        received_at: confirmation tap, UTC.
        received_on: the same day in the legal time of the département.
        procedure: code.
        status: what happened last: ``filed``, ``filed_again`` when the person came back for the same procedure,
            ``completed``, ``correction_asked``, ``corrected``, ``withdrawn``, ``merged`` into an earlier one.
        filings: acts of filing.
        ticket: where its newest ticket stands.
        birth_name: as typed; null after an erasure.
        given_names: as typed, joined; null when there are none.
        birth_date: ``YYYY-MM-DD``, 00 for an unknown part; null when not said.
    """

    request_id: str
    reference: str
    origin: str
    received_at: str
    received_on: str
    procedure: str
    status: RequestStatus
    filings: int
    ticket: TicketState
    birth_name: str | None
    given_names: str | None
    birth_date: str | None


class FoundRequests(WireMessage):
    """Answer of ``GET /v1/desk/requests``, newest first.

    Attributes:
        requests: one page.
        next_cursor: asks for the page after it; null on the last one.
    """

    requests: list[FoundRequest]
    next_cursor: str | None


class TimelineEntry(WireMessage):
    """An entry of the journal that is about the request."""

    stream: str
    seq: int
    type: str
    recorded_at: str
    hash: str


class LaterAct(WireMessage):
    """Something that happened to a request after it was filed.

    Attributes:
        seq: of its entry.
        type: of its entry, for example ``request_completed``.
        facts: as the kiosk recorded them; null when they were erased.
    """

    seq: int
    type: str
    facts: dict[str, Any] | None


class OpenedRequest(WireMessage):
    """Answer of ``GET /v1/desk/requests/{request_id}``: the file.

    Attributes:
        request: as in a search.
        filed: the facts of the first filing, as the kiosk recorded them; null when they were erased.
        changes: what happened to it later, oldest first.
        timeline: entries about it, oldest first, at most 1000.
    """

    request: FoundRequest
    filed: dict[str, Any] | None
    changes: list[LaterAct]
    timeline: list[TimelineEntry]
