"""A person's data leave the store; what proves the request stays."""

from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.domain.identity import PartialDate
from kiosk.domain.ticket import ReprintReason
from kiosk.errors import InputError
from kiosk.journal.entry import EntryType
from kiosk.ports.centre_records import AcknowledgementRecord
from kiosk.services.erase_request import ApplyRetention, EraseRequest, ErasureReason
from kiosk.services.export_person import ExportPerson
from kiosk.workflows.print_job import PrintState
from tests.fakes.clocks import FixedClock
from tests.fakes.kiosks import AKiosk, a_kiosk
from tests.fakes.requests import a_request_content
from tests.fakes.stores import a_store
from tests.fakes.traces import found_in_files

CLERK = "Mme Faure"
BORN = PartialDate.parse("1990-04-12")


def erase(kiosk: AKiosk) -> EraseRequest:
    return EraseRequest(**kiosk.parts)


def acknowledged_to(kiosk: AKiosk, seq: int) -> None:
    """Let the centre hold the journal up to an entry."""
    with kiosk.store.units() as unit:
        ((entry, _),) = unit.journal.entries_after(seq - 1, 1)
        unit.acknowledgements.add(AcknowledgementRecord(seq, entry.hash, kiosk.clock.read().utc, b"{}"))
        unit.commit()


def test_after_erasure_the_request_is_known_by_its_number_and_nothing_else(tmp_path: Path) -> None:
    """Reference, instant, procedure and hashes; no name, no birth date, no number, no salt."""
    kiosk = a_kiosk(tmp_path)
    filed = kiosk.file(a_request_content(phone="0612345678"))
    kiosk.print(filed.filing.print_job_id)
    assert erase(kiosk)(filed.request.reference, ErasureReason.RIGHT, by=CLERK) is True

    with kiosk.store.reading() as unit:
        left = unit.requests.get(filed.request.request_id)
        entries = unit.journal.entries_after(0, 100)
    assert (left.reference, left.received.utc) == (filed.request.reference, filed.request.received.utc)
    assert left.content == a_request_content(
        birth_name="", given_names=(), birth_date=None, nationality=None, foreigner_number=None,
        permit_expires_on=None, documents=(),
    )  # fmt: skip
    assert left.identity_salt == b""
    entry, payload = entries[-1]
    assert (entry.type, entry.subject) == (EntryType.DATA_ERASED, filed.request.request_id)
    assert payload is not None
    assert payload.facts == {"reason": "right", "by": CLERK, "entries": [2], "reaches_centre": True}
    assert kiosk.verified().is_whole
    assert kiosk.verified().erased_payloads == 1


def test_every_visit_of_a_request_is_erased(tmp_path: Path) -> None:
    """The second filing says the same name again."""
    kiosk = a_kiosk(tmp_path)
    first = kiosk.file()
    kiosk.file()
    kiosk.print(first.filing.print_job_id)
    with kiosk.store.reading() as unit:
        second = unit.requests.get(first.request.request_id).filings[1]
    kiosk.print(second.print_job_id)
    erase(kiosk)(first.request.reference, ErasureReason.RIGHT, by=CLERK)

    assert kiosk.verified().erased_payloads == 2


def test_erasing_twice_changes_nothing_the_second_time(tmp_path: Path) -> None:
    """No second entry says that something was erased."""
    kiosk = a_kiosk(tmp_path)
    filed = kiosk.file()
    kiosk.print(filed.filing.print_job_id)
    erase(kiosk)(filed.request.reference, ErasureReason.RIGHT, by=CLERK)
    before = kiosk.entry_types()

    assert erase(kiosk)(filed.request.reference, ErasureReason.RETENTION, by=CLERK) is False
    assert kiosk.entry_types() == before


def test_the_same_person_files_anew_after_erasure(tmp_path: Path) -> None:
    """They are not recognised any more, and nobody is turned away."""
    kiosk = a_kiosk(tmp_path)
    first = kiosk.file()
    kiosk.print(first.filing.print_job_id)
    erase(kiosk)(first.request.reference, ErasureReason.RIGHT, by=CLERK)

    assert kiosk.file().request.reference != first.request.reference


def test_a_ticket_that_is_being_printed_is_not_erased_under_it(tmp_path: Path) -> None:
    """Somebody stands there."""
    kiosk = a_kiosk(tmp_path)
    filed = kiosk.file()
    with pytest.raises(InputError, match="being printed"):
        erase(kiosk)(filed.request.reference, ErasureReason.RIGHT, by=CLERK)


def test_a_ticket_of_erased_data_is_not_printed_again(tmp_path: Path) -> None:
    """A ticket without a name would prove nothing."""
    kiosk = a_kiosk(tmp_path)
    filed = kiosk.file()
    kiosk.print(filed.filing.print_job_id)
    erase(kiosk)(filed.request.reference, ErasureReason.RIGHT, by=CLERK)

    with pytest.raises(InputError, match="erased"):
        kiosk.order_reprint(filed.request.reference, agent=CLERK, reason=ReprintReason.LOST)


def test_what_is_old_and_held_by_the_centre_is_erased_and_nothing_else(tmp_path: Path) -> None:
    """Thirty days after the last visit, and never before the centre holds it."""
    clock = FixedClock()
    kiosk = AKiosk(a_store(tmp_path), clock=clock)
    held, unheld = kiosk.file(), kiosk.file(a_request_content(birth_name="KEITA"))
    apply = ApplyRetention(erase(kiosk), units=kiosk.store.units, clock=clock, keep_days=30)
    assert apply() == 0  # the centre has acknowledged nothing
    acknowledged_to(kiosk, held.filing.journal_seq)
    clock.pass_time(timedelta(days=29))
    assert apply() == 0
    clock.pass_time(timedelta(days=2))
    assert apply() == 1
    assert apply() == 0

    with kiosk.store.reading() as unit:
        assert unit.erasures.is_erased(held.request.request_id)
        assert not unit.erasures.is_erased(unheld.request.request_id)
        facts = [payload.facts for _, payload in unit.journal.newest_of(EntryType.DATA_ERASED) if payload]
    assert [(fact["reason"], fact["reaches_centre"]) for fact in facts] == [("retention", False)]


def test_a_person_gets_everything_that_is_held_of_them(tmp_path: Path) -> None:
    """By reference and birth date; all visits, tickets, entries and salts."""
    kiosk = a_kiosk(tmp_path)
    filed = kiosk.file(a_request_content(phone="0612345678"))
    kiosk.file(a_request_content(phone="0612345678"))
    report = ExportPerson(**kiosk.parts)(filed.request.reference, BORN, by=CLERK)

    assert (report["reference"], report["erased"]) == (filed.request.reference, False)
    assert kiosk.entry_types()[-1] == EntryType.PERSON_EXPORTED
    request, filings = report["request"], report["filings"]
    assert isinstance(request, dict)
    assert isinstance(filings, list)
    assert (request["birth_name"], request["phone"]) == ("DIALLO", "0612345678")
    assert [item["facts"]["reference"] for item in filings if isinstance(item, dict)] == [filed.request.reference] * 2


@pytest.mark.parametrize(
    ("reference", "born"), [("38-A2-261120-9999-E", BORN), (None, PartialDate.parse("1990-04-13")), (None, None)]
)
def test_nobody_else_gets_it(tmp_path: Path, reference: str | None, born: PartialDate | None) -> None:
    """And the answer does not say whether the number exists."""
    kiosk = a_kiosk(tmp_path)
    filed = kiosk.file()
    with pytest.raises(InputError, match="the reference and the birth date"):
        ExportPerson(**kiosk.parts)(reference or filed.request.reference, born, by=CLERK)


def test_who_did_what_is_forgotten_after_a_period_of_its_own(tmp_path: Path) -> None:
    """A year by default, and never before the centre holds it; that something was done stays."""
    clock = FixedClock()
    kiosk = AKiosk(a_store(tmp_path, encrypted=False), clock=clock)
    filed = kiosk.file()
    kiosk.print(filed.filing.print_job_id)
    kiosk.order_reprint(filed.request.reference, agent="Mme Zébulon", reason=ReprintReason.LOST)
    apply = ApplyRetention(erase(kiosk), units=kiosk.store.units, clock=clock, keep_days=3650)
    clock.pass_time(timedelta(days=366))
    apply()
    assert found_in_files(tmp_path, ["Mme Zébulon"])  # the centre does not hold it
    acknowledged_to(kiosk, len(kiosk.entry_types()) + 1)

    apply()
    assert kiosk.store.scrub()

    assert found_in_files(tmp_path, ["Mme Zébulon"]) == set()
    assert kiosk.entry_types()[-1] == EntryType.REPRINT_ORDERED
    assert (kiosk.verified().is_whole, kiosk.verified().erased_payloads) == (True, 1)


def test_a_ticket_that_waits_expires_when_the_centre_orders_an_erasure(tmp_path: Path) -> None:
    """It would come out without a name; the order itself is not put off."""
    kiosk = a_kiosk(tmp_path)
    filed = kiosk.file()
    with kiosk.store.units() as unit:
        assert erase(kiosk).within(unit, filed.request.request_id, ErasureReason.ORDER, "centre")
        unit.commit()

    assert kiosk.state_of(filed.filing.print_job_id) is PrintState.EXPIRED
    assert kiosk.entry_types()[-2:] == [EntryType.TICKET_EXPIRED, EntryType.DATA_ERASED]
