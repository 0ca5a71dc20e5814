"""What the search of a counter and its hub say to each other: ``docs/protocol.md`` and ``/openapi.json``."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Final, Literal

from pydantic import Field

from kiosk.domain.search import Match
from kiosk.domain.ticket import WindowPosition
from kiosk.journal.seal_verdict import Verdict
from kiosk.ports.finding import FoundRequest, ListOrder, RequestFilter, RequestState
from kiosk.ports.request_search import Findings, ListExport, ListFormat, ListPage
from kiosk.workflows.hall_place import PlaceState
from kiosk.workflows.print_job import PrintState
from sync.protocol.forms import CHOSEN_DAY, civil_day
from sync.protocol.moments import WireMoment
from sync.protocol.wire_message import WireMessage

MOST_TYPED: Final = 2000  # letters; the longest code of a ticket has some hundred
Typed = Annotated[str, Field(max_length=MOST_TYPED, pattern=r"^[^\x00]*$")]
_Code = Annotated[str, Field(max_length=40, pattern=r"^[^\x00-\x1f\x7f]*$")]
_Day = Annotated[str, Field(pattern=CHOSEN_DAY, json_schema_extra={"format": "date"})]
_Place = Annotated[str, Field(min_length=1, max_length=400, pattern=r"^[0-9A-Za-z_-]+$")]
_Order = Literal["newest_first", "oldest_first"]


class WireFilter(WireMessage):
    """Which requests somebody wants to see; see :class:`kiosk.ports.finding.RequestFilter`."""

    procedure: _Code = ""
    service: str = Field("", max_length=1, pattern=r"^[A-Z]?$")
    first: _Day | None = None
    last: _Day | None = None
    state: Literal["open", "withdrawn", "merged", "erased"] | None = None
    window: Literal["early", "in_time", "late", "unknown", "open"] | None = None
    ticket: Literal["saved", "sending", "confirmed", "unconfirmed", "failed", "expired"] | None = None
    language: _Code = ""

    @classmethod
    def of(cls, wanted: RequestFilter) -> "WireFilter":
        """Return the message about a filter."""
        return cls.model_validate(
            {
                "procedure": wanted.procedure,
                "service": wanted.service,
                "first": wanted.first.isoformat() if wanted.first else None,
                "last": wanted.last.isoformat() if wanted.last else None,
                "state": wanted.state.value if wanted.state else None,
                "window": wanted.window.value if wanted.window else None,
                "ticket": wanted.ticket.value if wanted.ticket else None,
                "language": wanted.language,
            }
        )

    def filter(self) -> RequestFilter:
        """Return the filter.

        Raises:
            InputError: a day that does not exist.
        """
        return RequestFilter(
            procedure=self.procedure,
            service=self.service,
            first=civil_day("first", self.first) if self.first else None,
            last=civil_day("last", self.last) if self.last else None,
            state=RequestState(self.state) if self.state else None,
            window=WindowPosition(self.window) if self.window else None,
            ticket=PrintState(self.ticket) if self.ticket else None,
            language=self.language,
        )


class WantedFindings(WireMessage):
    """Body of ``POST /v1/hall/search/findings``: a name has no place in an address, so it is no ``GET``.

    Attributes:
        text: as typed or scanned.
        filter: leaves others out.
    """

    text: Typed
    filter: WireFilter = WireFilter()

    @classmethod
    def of(cls, text: str, wanted: RequestFilter) -> "WantedFindings":
        """Return the message about a question."""
        return cls(text=_sendable(text), filter=WireFilter.of(wanted))


class WantedPage(WireMessage):
    """Body of ``POST /v1/hall/search/pages``.

    Attributes:
        filter: which requests.
        order: how they are listed.
        beyond: where the page before ended; null for the first.
    """

    filter: WireFilter = WireFilter()
    order: _Order = "newest_first"
    beyond: _Place | None = None

    def list_order(self) -> ListOrder:
        """Return how they are listed."""
        return ListOrder(self.order)


class WantedExport(WireMessage):
    """Body of ``POST /v1/hall/search/exports``; see :class:`kiosk.ports.request_search.ListExport`."""

    format: Literal["csv", "xlsx"]
    filter: WireFilter = WireFilter()
    text: Typed = ""
    order: _Order = "newest_first"

    @classmethod
    def of(cls, export: ListExport) -> "WantedExport":
        """Return the message about an export."""
        return cls.model_validate(
            {
                "format": export.format.value,
                "filter": WireFilter.of(export.wanted),
                "text": _sendable(export.text),
                "order": export.order.value,
            }
        )

    def export(self) -> ListExport:
        """Return the export.

        Raises:
            InputError: a day that does not exist.
        """
        return ListExport(ListFormat(self.format), self.filter.filter(), self.text, ListOrder(self.order))


class EndedExport(WireMessage):
    """Body of ``POST /v1/hall/search/exports/{export_id}/end``.

    Attributes:
        is_whole: the file has every line and is about to get its name; it was given up otherwise.
    """

    is_whole: bool


class WireFound(WireMessage):
    """One request in a list; see :class:`kiosk.ports.finding.FoundRequest`."""

    match: str | None
    reference: str
    applicant: str
    procedure: str
    procedure_label: str
    received: WireMoment
    language: str
    service: str
    state: str
    window: str
    ticket: str
    call_number: str
    place_state: str | None

    @classmethod
    def of(cls, found: FoundRequest) -> "WireFound":
        """Return the message about a request."""
        return cls(
            match=found.match.value if found.match else None,
            reference=found.reference,
            applicant=found.applicant,
            procedure=found.procedure,
            procedure_label=found.procedure_label,
            received=WireMoment.of(found.received),
            language=found.language,
            service=found.service,
            state=found.state.value,
            window=found.window.value,
            ticket=found.ticket.value,
            call_number=found.call_number,
            place_state=found.place_state.value if found.place_state else None,
        )

    def found(self) -> FoundRequest:
        """Return the request.

        Raises:
            ValueError: a word that this version does not know.
        """
        return FoundRequest(
            match=Match(self.match) if self.match else None,
            reference=self.reference,
            applicant=self.applicant,
            procedure=self.procedure,
            procedure_label=self.procedure_label,
            received=self.received.moment(),
            language=self.language,
            service=self.service,
            state=RequestState(self.state),
            window=WindowPosition(self.window),
            ticket=PrintState(self.ticket),
            call_number=self.call_number,
            place_state=PlaceState(self.place_state) if self.place_state else None,
        )


class HallFindings(WireMessage):
    """Answer of ``POST /v1/hall/search/findings``; see :class:`kiosk.ports.request_search.Findings`."""

    requests: list[WireFound]
    are_all: bool
    seal: str | None
    reference: str

    @classmethod
    def of(cls, findings: Findings) -> "HallFindings":
        """Return the message about what was found."""
        return cls(
            requests=wire_lines(findings.requests),
            are_all=findings.are_all,
            seal=findings.seal.value if findings.seal else None,
            reference=findings.reference,
        )

    def findings(self) -> Findings:
        """Return what was found.

        Raises:
            ValueError: a word that this version does not know.
        """
        seal = Verdict(self.seal) if self.seal else None
        return Findings(found_lines(self.requests), self.are_all, seal, self.reference)


class HallListPage(WireMessage):
    """Answer of ``POST /v1/hall/search/pages``; see :class:`kiosk.ports.request_search.ListPage`."""

    requests: list[WireFound]
    beyond: str | None
    looked_to: str | None

    @classmethod
    def of(cls, page: ListPage) -> "HallListPage":
        """Return the message about a page."""
        looked_to = page.looked_to.isoformat() if page.looked_to else None
        return cls(requests=wire_lines(page.requests), beyond=page.beyond, looked_to=looked_to)

    def page(self) -> ListPage:
        """Return the page.

        Raises:
            ValueError: a word that this version does not know.
        """
        looked_to = date.fromisoformat(self.looked_to) if self.looked_to else None
        return ListPage(found_lines(self.requests), self.beyond, looked_to)


class ExportedLines(WireMessage):
    """Answer of ``POST /v1/hall/search/exports`` and of ``.../{export_id}/pages``: lines for the counter's file.

    Attributes:
        export_id: names the export in what follows.
        requests: in order; there may be none, and more after them.
        is_last: there are no more.
    """

    export_id: str
    requests: list[WireFound]
    is_last: bool


def wire_lines(found: Sequence[FoundRequest]) -> list[WireFound]:
    """Return the messages about some requests."""
    return [WireFound.of(each) for each in found]


def found_lines(lines: Sequence[WireFound]) -> tuple[FoundRequest, ...]:
    """Return the requests of some messages.

    Raises:
        ValueError: a word that this version does not know.
    """
    return tuple(line.found() for line in lines)


def _sendable(text: str) -> str:
    """Return what was typed without what no name has: a NUL, half a pair, more than anybody types."""
    return text.encode(errors="ignore").decode().replace("\0", "")[:MOST_TYPED]
