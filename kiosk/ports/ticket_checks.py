"""Checking at the counter whether a ticket is authentic, and whose it is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk.domain.identity import PartialDate
from kiosk.journal.seal_verdict import Verdict
from kiosk.ports.desk import StaffSession
from kiosk.ports.presentations import Presentation


@dataclass(frozen=True, slots=True)
class TicketSaid:
    """What the code of a ticket says; to be believed as far as the verdict goes.

    Attributes:
        kiosk: origin that printed it.
        reference: of the request.
        received_at: UTC instant of receipt, whole minutes.
        procedure: label in French, or the code where the procedure is unknown.
        journal_seq: number of the entry in that kiosk's journal.
    """

    kiosk: str
    reference: str
    received_at: datetime
    procedure: str
    journal_seq: int


@dataclass(frozen=True, slots=True)
class CheckedTicket:
    """The answer to a scan.

    Attributes:
        verdict: on the code.
        said: what it says; None when it could not be read, or was altered.
        revoked_at: with a revoked key, since when (UTC).
        call_number: of the visit, when the request is here; empty otherwise.
        is_here: whether the request can be opened here.
        agrees: False when the request is here and this journal knows no such ticket.
        earlier: when the ticket was shown before, the newest first.
    """

    verdict: Verdict
    said: TicketSaid | None = None
    revoked_at: datetime | None = None
    call_number: str = ""
    is_here: bool = False
    agrees: bool = True
    earlier: tuple[Presentation, ...] = ()

    @property
    def is_genuine(self) -> bool:
        """Whether a kiosk of ours made it, and nothing of it was changed."""
        return self.verdict in (Verdict.AUTHENTIC, Verdict.FROM_THE_FUTURE)


class TicketChecks(Protocol):
    """Each verb raises ``NotSignedInError``, ``NotAllowedError``, or ``StoreError`` when nothing was recorded."""

    def check(self, session: StaffSession, text: str) -> CheckedTicket:
        """Return what can be said of a code, scanned or pasted; each check is an entry, the code itself is not kept."""
        ...

    def is_of(self, session: StaffSession, text: str, birth_name: str, birth_date: PartialDate | None) -> bool:
        """Whether a genuine ticket is this person's; the answer is an entry, what was typed is not kept.

        Raises:
            InputError: the code is not that of a genuine ticket.
        """
        ...
