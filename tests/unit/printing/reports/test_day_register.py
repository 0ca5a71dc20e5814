import re
import zlib
from base64 import a85decode
from datetime import date, timedelta

from kiosk.domain.moment import ClockQuality
from kiosk.journal.closure import Closure, ClosureKind
from kiosk.workflows.print_job import PrintState
from printing.reports.day_register import CLOCK_WORDS, TICKET_WORDS, DayRegister, RegisterRow, day_register_pdf
from printing.reports.look import grouped
from tests.fakes.requests import A_MORNING, a_site

DAY = date(2026, 11, 20)
CLOSURE = Closure(ClosureKind.DAY, "2026-11-20", 7, 1, 900, "ab" * 32, {"request_filed": 300}, 2048, "Claire Martin")


def a_row(rank: int) -> RegisterRow:
    return RegisterRow(
        filed_at=A_MORNING + timedelta(minutes=rank),
        call_number=f"A{rank:03d}",
        reference=f"38-A2-261120-{rank:04d}-K",
        procedure="CR-RENOUVELLEMENT",
        ordinal=1 + rank % 2,
        ticket=list(PrintState)[rank % len(PrintState)],
        clock=list(ClockQuality)[rank % len(ClockQuality)],
    )


def text_of(pdf: bytes) -> str:
    """What is written on the pages, in order."""
    streams = re.findall(rb"stream\r?\n(.*?)endstream", pdf, flags=re.DOTALL)
    pages = [zlib.decompress(a85decode(stream.strip(), adobe=False)) for stream in map(_body, streams)]
    return " ".join(match.decode("latin-1") for page in pages for match in re.findall(rb"\((.*?)\) Tj", page))


def _body(stream: bytes) -> bytes:
    return stream.strip().removesuffix(b"~>")


def test_every_filing_has_its_line_and_its_number() -> None:
    """Three hundred filings over pages with the heading repeated, numbered without gap."""
    said = text_of(day_register_pdf(DayRegister(a_site(), DAY, [a_row(rank) for rank in range(1, 301)], CLOSURE, None)))

    assert re.findall(r"38-A2-261120-(\d{4})-K", said) == [f"{rank:04d}" for rank in range(1, 301)]
    assert said.count("R\\351f\\351rence") + said.count("Référence") > 3


def test_totals_head_and_closer_stand_at_the_end() -> None:
    """What a person compares with the first ticket of the next day."""
    said = text_of(day_register_pdf(DayRegister(a_site(), DAY, [a_row(1)], CLOSURE, None)))

    assert "2048" in said
    assert "Claire Martin" in said
    assert grouped("ab" * 32)[:39] in said


def test_a_day_that_is_open_says_so() -> None:
    """A provisional register cannot be taken for the final one."""
    said = text_of(day_register_pdf(DayRegister(a_site(), DAY, [], None, None)))

    assert "provisoire" in said


def test_the_same_day_gives_the_same_bytes() -> None:
    """Two copies can be compared by their fingerprints."""
    register = DayRegister(a_site(), DAY, [a_row(1), a_row(2)], CLOSURE, None)

    assert day_register_pdf(register) == day_register_pdf(register)


def test_every_state_and_clock_has_a_word() -> None:
    """None would be missing on the paper."""
    assert set(TICKET_WORDS) == set(PrintState)
    assert set(CLOCK_WORDS) == set(ClockQuality)
