"""Builders of tickets: everything filled, a test overrides by name."""

from datetime import UTC, date, datetime

from kiosk.domain.place import Departement
from kiosk.domain.procedure import Procedure
from kiosk.domain.request import FiledRequest, Filing, RequestContent
from kiosk.domain.ticket import Deadlines, Reprint, Ticket, WindowPosition
from tests.fakes.requests import ISERE, a_filed_request, a_filing, a_moment, a_procedure, a_request_content, a_site

A_LATER_VISIT = datetime(2026, 11, 27, 9, 15, tzinfo=UTC)
# As long as a real one: 9 values in CBOR, and 64 bytes of signature, in Base32.
A_SEAL = "PREFTKT1." + "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" * 5 + "." + "Z234567ABCDEFGHIJKLMNOPQRSTUVWXY" * 3 + "ABCDEFG"


def some_deadlines(
    *,
    implicit_rejection_on: date | None = date(2027, 3, 20),
    appeal_safe_day: date | None = date(2027, 5, 20),
    window: WindowPosition = WindowPosition.IN_TIME,
    window_opens_on: date | None = date(2026, 11, 15),
    window_closes_on: date | None = date(2027, 1, 15),
) -> Deadlines:
    """Four months of silence, then two months to appeal; in time."""
    return Deadlines(
        implicit_rejection_on=implicit_rejection_on,
        appeal_safe_day=appeal_safe_day,
        appeal_legal_last_day=appeal_safe_day,
        window=window,
        window_opens_on=window_opens_on,
        window_closes_on=window_closes_on,
    )


def a_ticket(
    *,
    language: str = "fr",
    content: RequestContent | None = None,
    request: FiledRequest | None = None,
    filing: Filing | None = None,
    procedure: Procedure | None = None,
    residence: Departement = ISERE,
    deadlines: Deadlines | None = None,
    seal: str = A_SEAL,
    is_specimen: bool = False,
    reprint: Reprint | None = None,
) -> Ticket:
    """A first ticket in French of a renewal filed at the counter."""
    filed = request or a_filed_request(content or a_request_content(language=language))
    return Ticket(
        request=filed,
        filing=filing or filed.filings[0],
        procedure=procedure or a_procedure(),
        site=a_site(),
        residence=residence,
        deadlines=deadlines or some_deadlines(),
        seal=seal,
        is_specimen=is_specimen,
        reprint=reprint,
    )


def a_reprint(number: int = 1) -> Reprint:
    """Ordered one week later by somebody at the counter, because the first ticket was lost."""
    return Reprint(number, a_moment(A_LATER_VISIT), "Claire Martin", "lost")


def a_repeated_ticket(language: str = "fr") -> Ticket:
    """The ticket of a second visit for the same request, one week later."""
    second = a_filing(ordinal=2, filed=a_moment(A_LATER_VISIT), call_number="A017", language=language)
    request = a_filed_request(a_request_content(language=language), filings=(a_filing(language=language), second))
    return a_ticket(request=request, filing=second)
