"""What the supervisor works against: the local store here, a hub's API elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk.domain.paper_roll import PaperRoll
from kiosk.workflows.print_job import PrintState


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """One filing of today, as the hall's list shows it.

    Attributes:
        call_number: ``A042``.
        reference: of the request.
        filed_at: UTC instant of this filing.
        procedure_label: in French.
        language: code the visitor chose.
        applicant: birth name and given names as typed.
        filing_ordinal: 1 for a first filing, more for a returning visitor.
        print_state: where its ticket stands.
    """

    call_number: str
    reference: str
    filed_at: datetime
    procedure_label: str
    language: str
    applicant: str
    filing_ordinal: int
    print_state: PrintState


@dataclass(frozen=True, slots=True)
class SyncBacklog:
    """How far the centre is behind.

    Attributes:
        last_seq: last entry of the journal.
        acknowledged_to: last entry that the centre acknowledged.
        last_contact: instant of the last acknowledgement, None before the first.
    """

    last_seq: int
    acknowledged_to: int
    last_contact: datetime | None

    @property
    def pending(self) -> int:
        """Entries not yet acknowledged."""
        return self.last_seq - self.acknowledged_to


class Desk(Protocol):
    """The verbs of the staff screens; reads never wait for a writer."""

    def filed_today(self) -> Sequence[WaitingRow]:
        """Return today's filings, oldest first."""
        ...

    def backlog(self) -> SyncBacklog:
        """Return how far the centre is behind."""
        ...

    def paper_roll(self) -> PaperRoll | None:
        """Return the roll in the printer as it was counted; None while nobody said when it was put in."""
        ...
