"""A person's file, as a hub gives it to its counters: ``docs/protocol.md`` and ``/openapi.json``."""

from typing import Any

from pydantic import Field

from kiosk.domain.moment import instant_text, parse_instant
from kiosk.domain.request import FiledRequest, Filing, FilingId, PrintJobId, RequestId
from kiosk.domain.request_change import ChangeId, ChangeKind, CorrectedField, Correction, RequestChange
from kiosk.journal.act_facts import acts_told
from kiosk.journal.change_facts import added_facts, completion_from_facts
from kiosk.journal.request_facts import content_facts, content_from_facts
from kiosk.ports.desk import PersonFile, TimelineEntry
from kiosk.services.person_file import ReadFile
from sync.protocol.forms import TypedReference
from sync.protocol.moments import WireMoment
from sync.protocol.wire_message import WireMessage


class WantedFile(WireMessage):
    """Body of ``POST /v1/hall/files``: opening a file is an entry, so it is no ``GET``."""

    reference: TypedReference


class WireFiling(WireMessage):
    """One act of filing; see :class:`kiosk.domain.request.Filing`."""

    filing_id: str
    ordinal: int
    filed: WireMoment
    call_number: str
    print_job_id: str
    journal_seq: int
    entry_hash: str
    language: str

    @classmethod
    def of(cls, filing: Filing) -> "WireFiling":
        """Return the message about a filing."""
        return cls(
            filing_id=filing.filing_id,
            ordinal=filing.ordinal,
            filed=WireMoment.of(filing.filed),
            call_number=filing.call_number,
            print_job_id=filing.print_job_id,
            journal_seq=filing.journal_seq,
            entry_hash=filing.entry_hash,
            language=filing.language,
        )

    def filing(self) -> Filing:
        """Return the filing."""
        return Filing(
            filing_id=FilingId(self.filing_id),
            ordinal=self.ordinal,
            filed=self.filed.moment(),
            call_number=self.call_number,
            print_job_id=PrintJobId(self.print_job_id),
            journal_seq=self.journal_seq,
            entry_hash=self.entry_hash,
            language=self.language,
        )


class WireCorrection(WireMessage):
    """A value that the person says is wrong."""

    field: str
    old: str
    new: str


class WireChange(WireMessage):
    """One act after the filing; see ``RequestChange``.

    Attributes:
        added: with a completion, what, in the names of the request JSON; and what was taken out.
    """

    change_id: str
    ordinal: int
    kind: str
    changed: WireMoment
    journal_seq: int
    entry_hash: str
    corrections: list[WireCorrection]
    by: str
    reason: str
    added: dict[str, Any] = Field(default_factory=dict)

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
            added=added_facts(change.added),
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
            added=completion_from_facts({"added": self.added}),
            corrections=tuple(Correction(CorrectedField(each.field), each.old, each.new) for each in self.corrections),
            by=self.by,
            reason=self.reason,
        )


class WireTimelineEntry(WireMessage):
    """One line of a file's history."""

    at: str
    type: str
    facts: dict[str, Any]


class _AsFiled(WireMessage):
    """A request as it was filed; see :class:`kiosk.domain.request.FiledRequest`.

    The salt that would let a reader guess at names is not in it.
    """

    request_id: str
    reference: str
    received: WireMoment
    filed: dict[str, Any]
    filings: list[WireFiling]

    def request(self) -> FiledRequest:
        """Return the request.

        Raises:
            ValueError: a word that this version does not know.
            KeyError: something is missing of what was asked.
        """
        return FiledRequest(
            request_id=RequestId(self.request_id),
            reference=self.reference,
            received=self.received.moment(),
            content=content_from_facts(self.filed),
            identity_salt=bytes(16),
            filings=tuple(each.filing() for each in self.filings),
        )


class WireRequest(_AsFiled):
    """A later request of the same person, for which another stands."""

    @classmethod
    def of(cls, request: FiledRequest) -> "WireRequest":
        """Return the message about a request."""
        return cls(**_as_filed(request))


class HallFile(_AsFiled):
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

    content: dict[str, Any]
    changes: list[WireChange]
    is_erased: bool
    timeline: list[WireTimelineEntry]
    merged: list[WireRequest] = Field(default_factory=list)

    @classmethod
    def of(cls, file: PersonFile) -> "HallFile":
        """Return the message about a file."""
        return cls(
            **_as_filed(file.request),
            content=content_facts(file.content),
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
            self.request(),
            content_from_facts(self.content),
            tuple(change.change() for change in self.changes),
            timeline,
            acts=acts_told((each.type, each.at, each.facts) for each in timeline),
            merged=tuple(each.request() for each in self.merged),
            is_erased=self.is_erased,
        )


def _as_filed(request: FiledRequest) -> dict[str, Any]:
    return {
        "request_id": request.request_id,
        "reference": request.reference,
        "received": WireMoment.of(request.received),
        "filed": content_facts(request.content),
        "filings": [*map(WireFiling.of, request.filings)],
    }
