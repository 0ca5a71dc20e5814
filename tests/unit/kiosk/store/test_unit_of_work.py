"""One transaction: everything or nothing, in the order in which it was written."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kiosk.domain.request import FilingId, PrintJobId, RequestId
from kiosk.errors import ConfigurationError, StoreBusyError, StoreUnreadableError
from kiosk.journal.entry import EntryDraft, EntryType, Payload
from kiosk.ports.centre_records import AcknowledgementRecord
from kiosk.ports.print_jobs import PrintJob
from kiosk.ports.requests import PersonKey
from kiosk.store.store import DATABASE_NAME, open_store
from kiosk.store.unit_of_work import WritersPlace
from kiosk.workflows.print_job import PrintState, UnexpectedPrintEventError
from tests.fakes.clocks import FixedClock
from tests.fakes.kiosks import a_kiosk
from tests.fakes.requests import a_moment, a_request_content
from tests.fakes.stores import A_STORE_KEY, a_store

TODAY = date(2026, 11, 20)


def a_draft(number: int) -> EntryDraft:
    """A call for an agent."""
    facts = {"screen": f"screen {number}"}
    return EntryDraft(EntryType.AGENT_CALLED, a_moment(), FixedClock().read(), Payload(bytes(16), facts))


def test_what_is_not_committed_never_was(tmp_path: Path) -> None:
    """Leaving the unit rolls back, with or without an error."""
    store = a_store(tmp_path)

    with store.units() as unit:
        unit.journal.append(a_draft(1))

    with store.reading() as unit:
        assert unit.journal.head().seq == 1


def test_entries_of_one_unit_are_linked_and_come_back_in_order(tmp_path: Path) -> None:
    """With their facts, in pages of any size."""
    store = a_store(tmp_path)
    with store.units() as unit:
        written = [unit.journal.append(a_draft(number)) for number in range(5)]
        unit.commit()

    with store.reading() as unit:
        assert [entry for entry, _ in unit.journal.entries_after(1, 100)] == written
        page = unit.journal.entries_after(3, 2)
        head = unit.journal.head()
    assert [entry.seq for entry, _ in page] == [4, 5]
    assert [payload.facts for _, payload in page if payload] == [{"screen": "screen 2"}, {"screen": "screen 3"}]
    assert (head.seq, head.hash, head.recorded_at) == (6, written[-1].hash, written[-1].recorded_at)


def test_the_journal_goes_on_after_its_remembered_end(tmp_path: Path) -> None:
    """When the last entries are gone, filing goes on and the gap stays visible: no number is given twice."""
    kiosk = a_kiosk(tmp_path)
    kiosk.file()
    writer = kiosk.store._writers.take()
    writer.run("PRAGMA foreign_keys = OFF")
    writer.run("DROP TRIGGER journal_entries_are_never_removed")
    writer.run("DELETE FROM journal_entries WHERE seq = 2")
    writer.close()

    outcome = kiosk.file(a_request_content(birth_name="KEITA"))

    assert outcome.filing.journal_seq == 3
    found = kiosk.verified().first_break
    assert found is not None
    assert found.seq == 2


def test_a_store_without_a_key_can_be_read_and_not_written(tmp_path: Path) -> None:
    """For verification: the private key is not needed, and its absence is said clearly."""
    a_store(tmp_path).close()
    store = open_store(tmp_path / DATABASE_NAME, A_STORE_KEY, None, "38-A2")

    with store.units() as unit, pytest.raises(ConfigurationError, match="signing"):
        unit.journal.append(a_draft(1))


def test_numbers_count_by_day_and_by_service(tmp_path: Path) -> None:
    """Each day starts at one; services do not share their numbers."""
    with a_store(tmp_path).units() as unit:
        taken = [unit.numbers.next_call_number(TODAY, letter) for letter in "AABA"]
        references = [unit.numbers.next_reference_sequence(day) for day in (TODAY, TODAY, date(2026, 11, 21))]

    assert taken == [1, 2, 1, 3]
    assert references == [1, 2, 1]


def test_a_print_job_changes_state_only_from_the_expected_one(tmp_path: Path) -> None:
    """Of two that want to print the same job, one is told that the other was faster."""
    kiosk = a_kiosk(tmp_path)
    job = kiosk.file().filing.print_job_id
    with kiosk.store.units() as unit:
        unit.print_jobs.set_state(job, PrintState.SAVED, PrintState.SENDING)
        unit.commit()

    with kiosk.store.units() as unit, pytest.raises(UnexpectedPrintEventError):
        unit.print_jobs.set_state(job, PrintState.SAVED, PrintState.SENDING)

    assert kiosk.state_of(job) is PrintState.SENDING


def test_print_jobs_are_found_by_state_oldest_first(tmp_path: Path) -> None:
    """Open ones through their index, final ones too."""
    kiosk = a_kiosk(tmp_path)
    jobs = [kiosk.file(a_request_content(birth_name=name)).filing.print_job_id for name in ("A", "B", "C")]
    kiosk.print(jobs[1])

    with kiosk.store.reading() as unit:
        saved = [job.print_job_id for job in unit.print_jobs.in_states([PrintState.SAVED, PrintState.SENDING])]
        ended = [job.print_job_id for job in unit.print_jobs.in_states([PrintState.CONFIRMED, PrintState.SAVED])]
        states = unit.print_jobs.states_on(TODAY)
    assert saved == [jobs[0], jobs[2]]
    assert ended == jobs
    assert states == {jobs[0]: PrintState.SAVED, jobs[1]: PrintState.CONFIRMED, jobs[2]: PrintState.SAVED}


def test_what_does_not_exist_is_a_key_error(tmp_path: Path) -> None:
    """Asking for an unknown identifier is our bug, not the world's fault."""
    with a_store(tmp_path).reading() as unit:
        with pytest.raises(KeyError, match="nobody"):
            unit.requests.get(RequestId("nobody"))
        with pytest.raises(KeyError, match="nothing"):
            unit.print_jobs.get(PrintJobId("nothing"))
        assert unit.requests.by_idempotency_key("never") is None
        assert unit.requests.live_request_of(PersonKey("nobody", None), "REN-SALARIE") is None


def test_a_job_needs_its_filing(tmp_path: Path) -> None:
    """Foreign keys are on: no ticket without a request."""
    job = PrintJob(PrintJobId("job"), FilingId("no filing"), RequestId("no request"), PrintState.SAVED)

    with a_store(tmp_path).units() as unit, pytest.raises(Exception, match="FOREIGN KEY"):
        unit.print_jobs.add(job)


def test_the_newest_acknowledgement_counts_and_the_same_one_changes_nothing(tmp_path: Path) -> None:
    """In whatever order they arrive: a stick from last week does not take back what came over the network."""
    store = a_store(tmp_path)
    newer = AcknowledgementRecord(40, "b" * 64, datetime(2026, 11, 20, 9, tzinfo=UTC), b'{"accepted_to":40}')
    older = AcknowledgementRecord(20, "a" * 64, datetime(2026, 11, 13, 9, tzinfo=UTC), b'{"accepted_to":20}')
    with store.units() as unit:
        assert unit.acknowledgements.latest() is None
        for record in (newer, older, newer):
            unit.acknowledgements.add(record)
        unit.commit()

    with store.reading() as unit:
        assert unit.acknowledgements.latest() == newer


def test_requests_of_a_day_come_in_the_order_of_their_filing(tmp_path: Path) -> None:
    """A visitor who came back is there once, with all visits."""
    kiosk = a_kiosk(tmp_path)
    for name in ("C", "A", "B", "A"):
        kiosk.file(a_request_content(birth_name=name))

    with kiosk.store.reading() as unit:
        found = unit.requests.filed_on(TODAY)
        none = unit.requests.filed_on(date(2026, 11, 21))
    assert [request.content.identity.birth_name for request in found] == ["C", "A", "B"]
    assert [len(request.filings) for request in found] == [1, 2, 1]
    assert none == []


def test_committing_outside_of_the_unit_is_our_bug(tmp_path: Path) -> None:
    """Loud, not silent."""
    with pytest.raises(RuntimeError, match="outside"):
        a_store(tmp_path).units().commit()


def test_a_thread_waits_for_its_place_no_longer_than_the_limit() -> None:
    """The threads of one process queue before they bother the file."""
    place = WritersPlace(0.01)
    place.take()

    with pytest.raises(StoreBusyError, match="another thread"):
        place.take()

    place.leave()
    place.take()


def test_a_closed_store_gives_no_unit(tmp_path: Path) -> None:
    """Using a store after its end is our bug."""
    store = a_store(tmp_path)
    store.close()

    with pytest.raises(ValueError, match="closed"), store.units():
        pass


def test_facts_that_are_no_request_are_an_unreadable_store(tmp_path: Path) -> None:
    """Named as damage, not as a bug somewhere else."""
    kiosk = a_kiosk(tmp_path)
    outcome = kiosk.file()
    writer = kiosk.store._writers.take()
    writer.run("DROP TRIGGER payloads_are_never_changed")
    writer.run("UPDATE payloads SET facts = CAST('{}' AS BLOB) WHERE seq = 2")
    writer.close()

    with kiosk.store.reading() as unit, pytest.raises(StoreUnreadableError, match="cannot be read"):
        unit.requests.get(outcome.request.request_id)
