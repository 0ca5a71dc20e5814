"""What a ticket states: every fact that paper or screen shows, before anyone lays it out."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kiosk.domain.moment import Moment
from kiosk.domain.place import Departement, Site
from kiosk.domain.procedure import Procedure
from kiosk.domain.request import FiledRequest, Filing


class WindowPosition(StrEnum):
    """Where the filing falls in the window of its procedure; it informs, it never refuses."""

    EARLY = "early"
    IN_TIME = "in_time"
    LATE = "late"
    UNKNOWN = "unknown"  # the date that decides was not given
    OPEN = "open"  # the procedure has no window


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The dates that follow from a filing (``docs`` of the domain: holidays and counting rules).

    Attributes:
        implicit_rejection_on: silence until this day is a rejection, if the file is complete; None without a rule.
        appeal_safe_day: last day to appeal that is safe whatever the reading; the only one printed.
        appeal_legal_last_day: délai franc, moved to the next working day; for staff, « indicatif ».
        window: early, in time or late.
        window_opens_on: first day of the window when it can be computed.
        window_closes_on: last day of the window when it can be computed.
        is_silence_sourced: whether a source was found for the rule of silence; without one it is never said as certain.
    """

    implicit_rejection_on: date | None
    appeal_safe_day: date | None
    appeal_legal_last_day: date | None
    window: WindowPosition
    window_opens_on: date | None = None
    window_closes_on: date | None = None
    is_silence_sourced: bool = True


class ReprintReason(StrEnum):
    """Why a ticket is printed again; an agent chooses one, but for the holder's own wish."""

    NOT_PRINTED = "not_printed"
    UNREADABLE = "unreadable"
    LOST = "lost"
    DAMAGED = "damaged"
    OTHER = "other"
    HOLDER = "holder"  # asked for at the kiosk, with the ticket's data and the birth date


class ReprintPrinter(StrEnum):
    """Which printer a later print is for."""

    OWN = ""  # of the process that ordered it, which prints it at once
    KIOSK = "kiosk"  # the kiosk's: its process takes the order up
    COUNTER = "counter"  # the counters' own: the staff window prints it


@dataclass(frozen=True, slots=True)
class Reprint:
    """What makes a later print another piece of paper than the first.

    Attributes:
        number: k of « DUPLICATA n° k ».
        ordered: when it was ordered; the date of the request stays what it was.
        agent: who ordered it.
        reason: why, as the journal has it.
        printer: where it is to come out.
    """

    number: int
    ordered: Moment
    agent: str
    reason: str
    printer: ReprintPrinter = ReprintPrinter.OWN


@dataclass(frozen=True, slots=True)
class OfficeCopy:
    """What tells a ticket that was given as a file from the paper of the kiosk.

    Attributes:
        made: when; the date of the request stays what it was.
        agent: who made it.
    """

    made: Moment
    agent: str


@dataclass(frozen=True, slots=True)
class Ticket:
    """One ticket, complete: a function of what is on disk, so that a reprint says the same.

    Attributes:
        request: what was filed; ``request.received`` is the date that counts.
        filing: the visit that this ticket is for; its ``filed`` is later than ``received`` on a repeated visit.
        procedure: with label, documents and kind of ticket.
        site: where it was filed.
        residence: the applicant's département, whose administrative court is competent (CJA R. 312-8).
        deadlines: computed from ``request.received``.
        seal: text of the signed code (design page, section 7).
        is_specimen: never filed; printed across the paper.
        reprint: None for the original.
        previous_head: head of the chain at the last closure, on the first ticket of a day; empty on every other.
        corrected: when an agent last put right what the duplicate says of the person; None when nobody did.
        office_copy: None on paper.
        is_hall_closed: whether it was filed while the counters were closed, as some offices allow: nobody calls then.
    """

    request: FiledRequest
    filing: Filing
    procedure: Procedure
    site: Site
    residence: Departement
    deadlines: Deadlines
    seal: str
    is_specimen: bool = False
    reprint: Reprint | None = None
    previous_head: str = ""
    corrected: Moment | None = None
    office_copy: OfficeCopy | None = None
    is_hall_closed: bool = False
