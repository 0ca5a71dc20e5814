"""Filing: one transaction, one answer; the promise tests show what holds, these show what is written."""

from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import LogCapture

from kiosk.domain.request import Disposition
from kiosk.errors import InputError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.request_facts import content_from_facts
from kiosk.log_events import ALLOWED_FIELDS
from kiosk.services.file_request import FileRequest
from kiosk.workflows.print_job import PrintState
from tests.fakes.clocks import FixedClock
from tests.fakes.kiosks import AKiosk, a_kiosk
from tests.fakes.requests import a_request_content
from tests.fakes.stores import a_store


def facts_of(kiosk: AKiosk, seq: int) -> dict[str, JsonValue]:
    """The facts beside an entry."""
    with kiosk.store.reading() as unit:
        ((_, payload),) = unit.journal.entries_after(seq - 1, 1)
    assert payload is not None
    return dict(payload.facts)


def test_a_filing_is_one_entry_one_request_and_one_saved_ticket(tmp_path: Path) -> None:
    """And the answer is what is on disk."""
    kiosk = a_kiosk(tmp_path)

    outcome = kiosk.file()

    with kiosk.store.reading() as unit:
        ((entry, _),) = unit.journal.entries_after(1, 10)
        stored = unit.requests.get(outcome.request.request_id)
        job = unit.print_jobs.get(outcome.filing.print_job_id)
    assert outcome.disposition is Disposition.FILED
    assert stored == outcome.request
    assert (entry.seq, entry.hash) == (outcome.filing.journal_seq, outcome.filing.entry_hash)
    assert (entry.type, entry.subject) == ("request_filed", outcome.request.request_id)
    assert (job.state, job.duplicate_number) == (PrintState.SAVED, 0)


def test_the_facts_of_the_entry_say_everything_that_was_confirmed(tmp_path: Path) -> None:
    """From the journal alone the request can be made again, here or at the centre."""
    kiosk = a_kiosk(tmp_path)
    content = a_request_content(language="ar", phone="0612345678")

    outcome = kiosk.file(content)

    facts = facts_of(kiosk, outcome.filing.journal_seq)
    asked = facts.pop("content")
    assert isinstance(asked, dict)
    assert content_from_facts(asked) == content
    assert facts == {
        "reference": outcome.request.reference,
        "received_at": "2026-11-20T08:03:09.120Z",
        "received_on": "2026-11-20",
        "filed_at": "2026-11-20T08:03:09.120Z",
        "filed_on": "2026-11-20",
        "zone": "Europe/Paris",
        "clock": "synced",
        "ordinal": 1,
        "filing_id": outcome.filing.filing_id,
        "print_job_id": outcome.filing.print_job_id,
        "call_number": "A001",
        "identity_salt": outcome.request.identity_salt.hex(),
        "catalogue": kiosk.catalogue.version,
    }


def test_the_facts_of_a_repeated_filing_name_the_first_date_and_this_one(tmp_path: Path) -> None:
    """What was said the second time is kept too; nothing is overwritten."""
    clock = FixedClock()
    kiosk = AKiosk(a_store(tmp_path), clock=clock)
    first = kiosk.file()
    clock.pass_time(timedelta(days=3))

    second = kiosk.file(a_request_content(phone="0698765432"))

    facts = facts_of(kiosk, second.filing.journal_seq)
    content = facts["content"]
    assert isinstance(content, dict)
    assert (facts["reference"], facts["ordinal"]) == (first.request.reference, 2)
    assert (facts["received_on"], facts["filed_on"]) == ("2026-11-20", "2026-11-23")
    assert content["phone"] == "0698765432"
    assert second.request.content == first.request.content


def test_services_have_letters_of_their_own(tmp_path: Path) -> None:
    """The hall calls a letter and a number."""
    kiosk = a_kiosk(tmp_path)

    called = [
        kiosk.file(a_request_content(birth_name=name, procedure=procedure)).filing.call_number
        for name, procedure in (("A", "REN-SALARIE"), ("B", "CHG-ADRESSE"), ("C", "REN-SALARIE"))
    ]

    letters = [kiosk.catalogue.service_letter_of(kiosk.catalogue.procedures[c]) for c in ("REN-SALARIE", "CHG-ADRESSE")]
    assert {number[0] for number in called} == set(letters)
    assert len(set(called)) == 3


def test_a_procedure_that_is_not_offered_is_refused_by_name(tmp_path: Path) -> None:
    """The message says what would be accepted."""
    kiosk = a_kiosk(tmp_path)

    with pytest.raises(InputError, match="REN-SALARIE") as caught:
        kiosk.file(a_request_content(procedure="PARDON"))

    assert caught.value.field == "procedure"
    assert kiosk.entry_types() == []


def test_an_empty_idempotency_key_is_refused(tmp_path: Path) -> None:
    """It could not tell two confirmations apart."""
    kiosk = a_kiosk(tmp_path)

    with pytest.raises(InputError) as caught:
        FileRequest(**kiosk.parts, catalogue=kiosk.catalogue)(a_request_content(), "")

    assert caught.value.field == "idempotency_key"


def test_logs_name_events_and_nobody(tmp_path: Path, log: LogCapture) -> None:
    """Identifiers and kinds only."""
    kiosk = a_kiosk(tmp_path)
    kiosk.file(key="a")
    kiosk.file(key="a")
    kiosk.file(key="b")

    assert [str(line["event"]) for line in log.entries] == ["request.filed", "filing.replayed", "filing.repeated"]
    assert all(set(line) <= ALLOWED_FIELDS | {"event", "log_level"} for line in log.entries)
    assert "DIALLO" not in repr(log.entries)
