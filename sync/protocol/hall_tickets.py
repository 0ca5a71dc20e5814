"""What counters of a site say to their hub about tickets: ``docs/protocol.md`` and ``/openapi.json``."""

from typing import Annotated, Literal

from pydantic import Field

from kiosk.domain.moment import instant_text, parse_instant
from kiosk.domain.request import PrintJobId
from kiosk.domain.ticket import OfficeCopy, ReprintPrinter
from kiosk.journal.seal_verdict import Verdict
from kiosk.ports.presentations import Presentation
from kiosk.ports.reprint_desk import ReprintNews
from kiosk.ports.ticket_checks import CheckedTicket, TicketSaid
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.workflows.print_job import PrintState
from sync.protocol.forms import TypedReference
from sync.protocol.hall_files import HallFile
from sync.protocol.moments import WireMoment
from sync.protocol.wire_message import WireMessage

MOST_CODE_CHARACTERS = 5000  # what is longer is no seal, whatever it says
Code = Annotated[str, Field(max_length=MOST_CODE_CHARACTERS)]


class ShownCode(WireMessage):
    """Body of ``POST /v1/hall/tickets/checks``; the code is not kept.

    Attributes:
        text: as scanned or pasted.
    """

    text: Code


class ShownHolder(WireMessage):
    """Body of ``POST /v1/hall/tickets/holders``; nothing of it is kept.

    Attributes:
        text: the code of a genuine ticket.
        birth_name: as typed, or as a document says it.
        birth_date: 1990-04-00 where a part is unknown; null when none is said.
    """

    text: Code
    birth_name: str = Field(max_length=200)
    birth_date: str | None = Field(None, pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")


class HolderAnswer(WireMessage):
    """Answer of ``POST /v1/hall/tickets/holders``: whether the ticket is this person's."""

    matches: bool


class WireTicketSaid(WireMessage):
    """What a code says; see :class:`kiosk.ports.ticket_checks.TicketSaid`."""

    kiosk: str
    reference: str
    received_at: str
    procedure: str
    journal_seq: int


class WirePresentation(WireMessage):
    """When and where a ticket was shown."""

    at: str
    counter: str


class TicketCheck(WireMessage):
    """Answer of ``POST /v1/hall/tickets/checks``; see :class:`kiosk.ports.ticket_checks.CheckedTicket`."""

    verdict: str
    said: WireTicketSaid | None
    revoked_at: str | None
    call_number: str
    is_here: bool
    agrees: bool
    earlier: list[WirePresentation]

    @classmethod
    def of(cls, checked: CheckedTicket) -> "TicketCheck":
        """Return the message about an answer to a scan."""
        said, revoked_at = checked.said, checked.revoked_at
        return cls(
            verdict=checked.verdict.value,
            said=None
            if said is None
            else WireTicketSaid(
                kiosk=said.kiosk,
                reference=said.reference,
                received_at=instant_text(said.received_at),
                procedure=said.procedure,
                journal_seq=said.journal_seq,
            ),
            revoked_at=None if revoked_at is None else instant_text(revoked_at),
            call_number=checked.call_number,
            is_here=checked.is_here,
            agrees=checked.agrees,
            earlier=[WirePresentation(at=instant_text(each.at), counter=each.counter) for each in checked.earlier],
        )

    def checked(self) -> CheckedTicket:
        """Return the answer.

        Raises:
            ValueError: a verdict that this version does not know.
        """
        said, revoked_at = self.said, self.revoked_at
        return CheckedTicket(
            verdict=Verdict(self.verdict),
            said=None
            if said is None
            else TicketSaid(
                said.kiosk, said.reference, parse_instant(said.received_at), said.procedure, said.journal_seq
            ),
            revoked_at=None if revoked_at is None else parse_instant(revoked_at),
            call_number=self.call_number,
            is_here=self.is_here,
            agrees=self.agrees,
            earlier=tuple(Presentation(parse_instant(each.at), each.counter) for each in self.earlier),
        )


class WantedReprint(WireMessage):
    """Body of ``POST /v1/hall/tickets/reprints``."""

    reference: TypedReference
    reason: Literal["not_printed", "unreadable", "lost", "damaged", "other"]


class HallReprint(WireMessage):
    """Where a duplicate stands; see :class:`kiosk.ports.reprint_desk.ReprintNews`.

    Attributes:
        origin: the kiosk that is to print it.
        number: of the order in its queue.
        duplicate_number: k of « DUPLICATA n° k »; 0 until the kiosk says it.
        state: of the paper, as far as the kiosk told it.
        printer: the last word of its printer; null when nothing was heard lately.
    """

    origin: str
    number: int
    duplicate_number: int
    state: str
    printer: str | None

    def news(self) -> ReprintNews:
        """Return the news.

        Raises:
            ValueError: a word that this version does not know.
        """
        return ReprintNews(
            print_job_id=PrintJobId(f"{self.origin}/{self.number}"),
            number=self.duplicate_number,
            printer=ReprintPrinter.KIOSK,
            state=PrintState(self.state),
            condition=None if self.printer is None else PrinterCondition(self.printer),
        )


class WantedCopy(WireMessage):
    """Body of ``POST /v1/hall/tickets/copies``: a file of a ticket is an entry, so it is no ``GET``."""

    reference: TypedReference


class TicketCopy(WireMessage):
    """Answer of ``POST /v1/hall/tickets/copies``: what a counter draws a ticket up from.

    Attributes:
        file: the request, without its history.
        kiosk: at which it was filed.
        seal: that the kiosk made; empty where it cannot be had.
        made: when the file is made.
        agent: by whom.
    """

    file: HallFile
    kiosk: str
    seal: str
    made: WireMoment
    agent: str

    def office_copy(self) -> OfficeCopy:
        """Return when and by whom."""
        return OfficeCopy(self.made.moment(), self.agent)


HALL_TICKET_BODIES = (ShownCode, ShownHolder, WantedReprint, WantedCopy)
