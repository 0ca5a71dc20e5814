"""The list of what is missing in a file, for the person to take away (CRPA L. 114-5)."""

from dataclasses import dataclass
from datetime import date

from kiosk.domain.place import Site
from kiosk.domain.request import FiledRequest, RequestContent


@dataclass(frozen=True, slots=True)
class MissingPapers:
    """The paper that says what to bring and until when, complete.

    Attributes:
        request: what it is about; ``request.received`` stays its date.
        content: the request as it stands.
        procedure_label: in French.
        labels: of what is missing, in French.
        asked_on: day on which an agent asked for it.
        bring_by: last day to bring it.
        site: where.
        language: of the part that is not French.
    """

    request: FiledRequest
    content: RequestContent
    procedure_label: str
    labels: tuple[str, ...]
    asked_on: date
    bring_by: date
    site: Site
    language: str
