import re
from dataclasses import replace
from datetime import date, timedelta

from kiosk.domain.hall import Outcome
from kiosk.domain.moment import ClockQuality
from kiosk.domain.request import OriginId
from kiosk.journal.closure import Closure, ClosureKind
from kiosk.journal.entry import Entry, EntryType
from kiosk.ports.register import DayRegister, PeriodRegister, RecordedClosure, RegisterMove, RegisterRow
from kiosk.services.hall import ENTRY_OF_EVENT
from kiosk.workflows.print_job import PrintState
from printing.reports.day_register import CLOCK_WORDS, MOVE_WORDS, OUTCOME_WORDS, TICKET_WORDS, day_register_pdf
from printing.reports.look import grouped
from printing.reports.period_register import period_register_pdf
from tests.fakes.clocks import A_BOOT
from tests.fakes.pdf_files import text_of
from tests.fakes.requests import A_MORNING, a_site

DAY = date(2026, 11, 20)
CLOSURE = Closure(ClosureKind.DAY, "2026-11-20", 7, 1, 900, "ab" * 32, {"request_filed": 300}, 2048, "c.martin")
ENTRY = Entry(
    origin=OriginId(a_site().origin),
    seq=901,
    type="closure_made",
    recorded_at=A_MORNING + timedelta(hours=8),
    civil_date=DAY,
    zone="Europe/Paris",
    clock=ClockQuality.SYNCED,
    monotonic_ms=1,
    boot_id=A_BOOT,
    subject=None,
    payload_hash="0" * 64,
    previous_hash="ab" * 32,
    key_id="k1",
    hash="cd" * 32,
    signature=bytes(range(64)),
)
RECORDED = RecordedClosure(CLOSURE, ENTRY)


def a_row(rank: int, *moves: RegisterMove, duplicates: int = 0) -> RegisterRow:
    return RegisterRow(
        filed_at=A_MORNING + timedelta(minutes=rank),
        filed_on=DAY,
        call_number=f"A{rank:03d}",
        reference=f"38-A2-261120-{rank:04d}-K",
        procedure="CR-RENOUVELLEMENT",
        ordinal=1 + rank % 2,
        ticket=list(PrintState)[rank % len(PrintState)],
        clock=list(ClockQuality)[rank % len(ClockQuality)],
        seq=rank * 3,
        duplicates=duplicates,
        moves=moves,
    )


def test_every_filing_has_its_line_and_its_number() -> None:
    """Three hundred filings over pages with the heading repeated, numbered without gap."""
    rows = [a_row(rank) for rank in range(1, 301)]
    said = text_of(day_register_pdf(DayRegister(a_site(), DAY, rows, RECORDED)))

    assert re.findall(r"38-A2-261120-(\d{4})-K", said) == [f"{rank:04d}" for rank in range(1, 301)]
    assert said.count("Référence") > 3
    pages = [int(number) for number in re.findall(r" (\d+) / \d+", said)]
    assert pages == list(range(1, len(pages) + 1))
    assert said.count("Registre du 20/11/2026, borne 38-A2, clôture n° 7") == len(pages)


def test_totals_head_signature_and_closer_stand_before_the_end() -> None:
    """What a person compares with the first ticket of the next day, and the line below which nothing is missing."""
    said = text_of(day_register_pdf(DayRegister(a_site(), DAY, [a_row(1)], RECORDED)))

    for told in ("2048", "c.martin", grouped("ab" * 32)[:39], "AAAQ EAYE", "entrée 901", "clôture n° 7 du 20/11/2026"):
        assert told in said
    assert said.index("Fin du registre du 20/11/2026, 1 dépôt.") > said.index("AAAQ EAYE")


def test_what_came_of_a_filing_stands_beside_it() -> None:
    """Called, received, printed again; in the order of the clock, in legal time."""
    at = A_MORNING + timedelta(hours=1)
    moves = [
        RegisterMove(at, EntryType.PLACE_CALLED),
        RegisterMove(at + timedelta(minutes=9), EntryType.PLACE_FINISHED, Outcome.DOCUMENTS_MISSING),
    ]
    said = text_of(day_register_pdf(DayRegister(a_site(), DAY, [a_row(2, *moves, duplicates=2), a_row(3)], RECORDED)))

    assert "appelé 10:03, pièces manquantes 10:12" in said
    assert "imprimé, 2 duplicatas" in said
    assert "sans appel" in said


def test_who_came_after_an_earlier_closure_is_shown_apart() -> None:
    """The register of the second closure holds the whole day and says which paper it replaces."""
    earlier = replace(CLOSURE, number=6, last_seq=3)
    said = text_of(day_register_pdf(DayRegister(a_site(), DAY, [a_row(1), a_row(2)], RECORDED, (earlier,))))

    assert "Complète et remplace le registre de la même journée sous la clôture n° 6." in said
    after = said.index("Après la clôture n° 6")
    assert said.index("38-A2-261120-0001-K") < after < said.index("38-A2-261120-0002-K")


def test_a_day_that_is_open_says_so() -> None:
    """A provisional register cannot be taken for the final one."""
    said = text_of(day_register_pdf(DayRegister(a_site(), DAY, [])))

    assert "provisoire et n'est pas signé" in said
    assert "Fin du registre provisoire du 20/11/2026, 0 dépôt." in said


def test_the_same_day_gives_the_same_bytes() -> None:
    """Two copies can be compared by their fingerprints; that the centre holds it meanwhile changes nothing."""
    register = DayRegister(a_site(), DAY, [a_row(1), a_row(2)], RECORDED)
    later = replace(register, recorded=replace(RECORDED, is_synced=True))

    assert day_register_pdf(register) == day_register_pdf(later)


def test_a_month_lists_the_closures_of_its_days() -> None:
    """With their numbers, totals and heads, under its own closure."""
    month = replace(RECORDED, closure=replace(CLOSURE, kind=ClosureKind.MONTH, period="2026-11", number=2))
    said = text_of(period_register_pdf(PeriodRegister(a_site(), month, [RECORDED])))

    for told in (
        "Registre du mois",
        "novembre 2026",
        "clôture n° 2",
        "2026-11-20",
        "abab abab abab abab",
        "300",
        "2048",
    ):
        assert told in said
    assert "Fin du registre de novembre 2026." in said


def test_every_state_clock_outcome_and_move_has_a_word() -> None:
    """None would be missing on the paper."""
    assert set(TICKET_WORDS) == set(PrintState)
    assert set(CLOCK_WORDS) == set(ClockQuality)
    assert set(OUTCOME_WORDS) == set(Outcome)
    assert set(ENTRY_OF_EVENT.values()) <= set(MOVE_WORDS)


def test_what_an_office_typed_is_no_markup() -> None:
    """A hall called « Hall <A> & B » kept the register of its day, and every other report, from being made."""
    site = replace(a_site(), service_name="Accueil <b> & réfugiés", kiosk_place="Hall <A> & B")
    moved = replace(a_row(1), procedure="REN <2>")
    day = "".join(text_of(day_register_pdf(DayRegister(site, DAY, [moved], RECORDED))).split())
    of_month = replace(RECORDED, closure=replace(CLOSURE, kind=ClosureKind.MONTH, period="2026-11", number=2))
    month = "".join(text_of(period_register_pdf(PeriodRegister(site, of_month, [RECORDED]))).split())

    for said in (day, month):
        assert "Accueil<b>&réfugiés" in said
        assert "Hall<A>&B" in said
    assert "REN<2>" in day
