"""Short papers about a request that are no tickets: the proof of an act after the filing, and the list of passages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kiosk.domain.attempt_weeks import distinct_weeks
from kiosk.domain.moment import Moment
from kiosk.domain.place import Site
from kiosk.domain.procedure import Procedure
from kiosk.domain.request import FiledRequest, RequestContent
from kiosk.domain.request_change import RequestChange


class SlipKind(StrEnum):
    """What a paper is."""

    PROOF = "proof"  # of one act: completed, correction asked, corrected, withdrawn
    PASSAGES = "passages"  # all the times that the person was here for this request


@dataclass(frozen=True, slots=True)
class OrderedSlip:
    """A paper that was ordered, and what it rests on.

    Attributes:
        kind: what it is.
        ordered: when.
        journal_seq: the entry that records it.
        language: of the person.
    """

    kind: SlipKind
    ordered: Moment
    journal_seq: int
    language: str


@dataclass(frozen=True, slots=True)
class Proof:
    """The paper that proves one act, complete.

    Attributes:
        request: what it is about; ``request.received`` stays its date.
        content: the request as it stood after the act.
        change: the act.
        procedure: with the labels of the papers.
        site: where it was done.
        language: of the part that is not French.
    """

    request: FiledRequest
    content: RequestContent
    change: RequestChange
    procedure: Procedure
    site: Site
    language: str


@dataclass(frozen=True, slots=True)
class PassageList:
    """The paper that lists when a person was here for one request, complete.

    Attributes:
        request: what it is about.
        content: the request as it stands.
        changes: acts after the filing, oldest first.
        procedure: with its label.
        site: where they were.
        language: of the part that is not French.
        listed: when the list was ordered.
    """

    request: FiledRequest
    content: RequestContent
    changes: Sequence[RequestChange]
    procedure: Procedure
    site: Site
    language: str
    listed: Moment

    @property
    def weeks(self) -> int:
        """In how many different weeks the person was here."""
        return distinct_weeks(passages=passage_days(self.request, self.changes))


def passage_days(request: FiledRequest, changes: Sequence[RequestChange]) -> list[date]:
    """Return the days on which a person was here for a request, each once, oldest first."""
    filed = [filing.filed.civil_date for filing in request.filings]
    return sorted({*filed, *(change.changed.civil_date for change in changes if not change.by)})
