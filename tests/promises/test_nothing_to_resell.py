"""Promise 8: a place is dated, nominative, not transferable; one live request per person and procedure."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from kiosk.domain.identity import PartialDate
from kiosk.domain.request import Disposition
from kiosk.domain.request_change import CorrectedField
from kiosk.domain.ticket import ReprintReason
from kiosk.journal.seal import matches_identity, read_seal
from kiosk.services.record_change import ChangeOrder
from kiosk.services.reprint_ticket import BY_SCREEN
from tests.fakes.clocks import FixedClock
from tests.fakes.kiosks import AKiosk, a_kiosk
from tests.fakes.printers import ScriptedPrinter
from tests.fakes.requests import a_request_content
from tests.fakes.stores import a_store


def test_a_second_filing_keeps_the_earliest_date_and_counts_as_an_attempt(tmp_path: Path) -> None:
    """Coming again gains nothing and loses nothing: same reference, same date, one attempt more."""
    clock = FixedClock()
    kiosk = AKiosk(a_store(tmp_path), clock=clock)
    first = kiosk.file()
    clock.pass_time(timedelta(days=7))

    second = kiosk.file()

    assert second.disposition is Disposition.REPEATED
    assert second.request.reference == first.request.reference
    assert second.request.received == first.request.received
    assert [filing.ordinal for filing in second.request.filings] == [1, 2]
    assert second.filing.print_job_id != first.filing.print_job_id
    assert kiosk.entry_types() == ["request_filed", "filing_repeated"]


def test_a_visit_on_another_day_has_the_place_of_that_day(tmp_path: Path) -> None:
    """The place in the hall is today's; the date of the request is the first one."""
    clock = FixedClock()
    kiosk = AKiosk(a_store(tmp_path), clock=clock)
    kiosk.file(a_request_content(birth_name="EARLIER"))
    first = kiosk.file()
    clock.pass_time(timedelta(days=1))

    second = kiosk.file()

    assert (first.filing.call_number, second.filing.call_number) == ("A002", "A001")


def test_a_second_filing_on_the_same_day_keeps_the_place(tmp_path: Path) -> None:
    """Filing twice does not give two places in the hall."""
    kiosk = a_kiosk(tmp_path)
    first = kiosk.file()

    second, third = kiosk.file(), kiosk.file()

    assert first.filing.call_number == second.filing.call_number == third.filing.call_number
    assert kiosk.file(a_request_content(birth_name="NEXT")).filing.call_number == "A002"


@pytest.mark.parametrize(
    "spelling",
    [{"birth_name": "diallo"}, {"birth_name": "DIÀLLO"}, {"birth_name": "Diallo "}, {"given_names": ("aminata",)}],
)
def test_the_spelling_does_not_make_another_person(spelling: dict[str, str], tmp_path: Path) -> None:
    """Case, accents and spaces are no way to a second request."""
    kiosk = a_kiosk(tmp_path)
    kiosk.file()

    assert kiosk.file(a_request_content(**spelling)).disposition is Disposition.REPEATED  # type: ignore[arg-type]


def test_a_number_left_out_does_not_make_another_person(tmp_path: Path) -> None:
    """With or without the number it is the same person, and a number once said is known from then on."""
    kiosk = a_kiosk(tmp_path)
    kiosk.file(a_request_content(foreigner_number=None))

    with_number = kiosk.file(a_request_content(foreigner_number="9912345678"))
    without = kiosk.file(a_request_content(foreigner_number=None))
    with_another = kiosk.file(a_request_content(foreigner_number="9987654321"))

    assert (with_number.disposition, without.disposition) == (Disposition.REPEATED, Disposition.REPEATED)
    assert with_another.disposition is Disposition.FILED


def test_two_numbers_are_two_people_even_with_one_name_and_birth_date(tmp_path: Path) -> None:
    """Nobody loses their place to a namesake."""
    kiosk = a_kiosk(tmp_path)

    outcomes = [kiosk.file(a_request_content(foreigner_number=number)) for number in ("9912345678", "9987654321")]
    unsure = kiosk.file(a_request_content(foreigner_number=None))
    first_again = kiosk.file(a_request_content(foreigner_number="9912345678"))

    assert [outcome.disposition for outcome in outcomes] == [Disposition.FILED, Disposition.FILED]
    assert unsure.disposition is Disposition.FILED  # which of the two is it? an agent will tell, not the kiosk
    assert first_again.request.reference == outcomes[0].request.reference


def test_another_procedure_is_another_request(tmp_path: Path) -> None:
    """One live request per person and procedure, not per person."""
    kiosk = a_kiosk(tmp_path)

    outcomes = [kiosk.file(a_request_content(procedure=code)) for code in ("REN-SALARIE", "CHG-ADRESSE")]

    assert [outcome.disposition for outcome in outcomes] == [Disposition.FILED, Disposition.FILED]


def test_the_database_itself_refuses_a_second_live_request(tmp_path: Path) -> None:
    """A bug above cannot give one person two places: the constraint stands below."""
    kiosk = a_kiosk(tmp_path)
    kiosk.file()
    kiosk.file(a_request_content(birth_name="KEITA"))
    writer = kiosk.store._writers.take()
    ((person,),) = writer.rows("SELECT person FROM requests WHERE person LIKE 'diallo%'")

    with pytest.raises(sqlcipher.IntegrityError, match="UNIQUE"):
        writer.run("UPDATE requests SET person = ? WHERE person LIKE 'keita%'", (person,))
    writer.run("UPDATE requests SET is_live = 0 WHERE person LIKE 'diallo%'")
    writer.run("UPDATE requests SET person = ? WHERE person LIKE 'keita%'", (person,))
    writer.close()


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("requests", ("reference",)),
        ("filings", ("idempotency_key",)),
        ("filings", ("filed_on", "call_number", "earlier_visits_of_day")),
        ("filings", ("origin", "journal_seq")),
    ],
)
def test_the_database_itself_refuses_a_number_twice(table: str, columns: tuple[str, ...], tmp_path: Path) -> None:
    """References, keys and places in the hall are unique below every line of code."""
    kiosk = a_kiosk(tmp_path)
    kiosk.file()
    kiosk.file(a_request_content(birth_name="KEITA"))
    writer = kiosk.store._writers.take()
    names = ", ".join(columns)
    key = f"{table.removesuffix('s')}_id"
    first, second = writer.rows(f"SELECT {key}, {names} FROM {table} ORDER BY {key}")

    with pytest.raises(sqlcipher.IntegrityError, match="UNIQUE"):
        writer.run(
            f"UPDATE {table} SET {', '.join(f'{c} = ?' for c in columns)} WHERE {key} = ?", (*first[1:], second[0])
        )

    writer.close()


def test_a_place_that_is_given_up_goes_to_nobody(tmp_path: Path) -> None:
    """Who withdraws and files again gets the date and the place of that moment; nobody moves up in sight."""
    clock = FixedClock()
    kiosk = AKiosk(a_store(tmp_path), clock=clock)
    first = kiosk.file()
    kiosk.file(a_request_content(birth_name="NEXT"))
    kiosk.withdraw(ChangeOrder(first.request.reference, "given up", "fr"))
    clock.pass_time(timedelta(minutes=1))

    again, other = kiosk.file(), kiosk.file(a_request_content(birth_name="LAST"))

    assert [outcome.filing.call_number for outcome in (first, again, other)] == ["A001", "A003", "A004"]
    assert again.request.received.utc == first.request.received.utc + timedelta(minutes=1)
    assert len({first.request.reference, again.request.reference, other.request.reference}) == 3


def test_nobody_puts_another_name_on_a_ticket_at_the_screen(tmp_path: Path) -> None:
    """A correction is asked for; a ticket printed again has the name that was filed, until an agent decides."""
    printer = ScriptedPrinter()
    kiosk = AKiosk(a_store(tmp_path), printer=printer)
    filed = kiosk.file()
    order = ChangeOrder(filed.request.reference, "sold", "fr")
    kiosk.ask_correction(order, {CorrectedField.BIRTH_NAME: "BUYER"})

    reprint = kiosk.order_reprint(filed.request.reference, agent=BY_SCREEN, reason=ReprintReason.HOLDER)
    kiosk.print(reprint.print_job_id)

    (ticket,) = printer.on_paper
    assert ticket.corrected is None
    assert ticket.request.content.identity.birth_name == "DIALLO"
    assert matches_identity(read_seal(ticket.seal), "DIALLO", PartialDate(1990, 4, 12))
    assert kiosk.file(a_request_content(birth_name="BUYER")).disposition is Disposition.FILED
