"""That nothing brings erased data back, and that nobody erases what is not theirs: on SQLite and on PostgreSQL."""

import dataclasses
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from kiosk.domain.request import FilingOutcome
from kiosk.errors import InputError
from kiosk.journal.entry import EntryType
from kiosk.services.apply_update import ApplyUpdate
from kiosk.services.erase_request import EraseRequest, ErasureReason
from sync.central.erasure.erase import apply_retention, erase_as_told, erase_by_reference
from sync.central.erasure.scrubbing import scrub
from sync.central.receiving.streams import StreamHead
from sync.central.receiving.taking import Taken
from sync.central.tables import (
    desk_requests,
    entries,
    erased_subjects,
    hall_exports,
    hall_places,
    hall_reprints,
    metadata,
    payloads,
    requests,
    set_aside,
    updates,
)
from sync.client.updates import FollowUpdates
from sync.protocol.wire_entries import batch_bytes
from tests.fakes.centres import ORIGIN, ALink, Sent, a_link, drained
from tests.fakes.kiosks import AKiosk
from tests.fakes.postgres import dumped
from tests.fakes.signed_requests import signed_request
from tests.fakes.stores import a_store
from tests.fakes.traces import WITNESS, found_in_files, words_of
from tests.fakes.waiting import until
from ui.composition.received_files import ReceivedInDirectory

WORDS = words_of(WITNESS)
CLERK = "Mme Faure"


class Calendar:
    """The centre's clock, which a test moves."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now

    def move_years(self, years: int) -> None:
        """Go on to the first of a month, some years ahead."""
        self.now = self.now.replace(year=self.now.year + years, day=1)


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def link(tmp_path: Path, database: str, calendar: Calendar) -> Iterator[ALink]:
    with a_link(tmp_path, database, filings=2, centre_now=calendar) as found:
        yield found


def the_witness(link: ALink) -> FilingOutcome:
    """Somebody with words of their own has filed and left."""
    outcome = link.kiosk.file(WITNESS)
    link.kiosk.print(outcome.filing.print_job_id)
    return outcome


def put(link: ALink, batch: list[Sent]) -> int:
    """Send a batch as it is; return the status."""
    path = f"/v1/origins/{ORIGIN}/entries"
    headers = {"Content-Type": "application/json"}
    answer = signed_request("PUT", link.centre.url, path, batch_bytes(batch), origin=ORIGIN, headers=headers)
    return answer.status_code


def words_held(link: ALink) -> list[str]:
    """The witness's words in any table of the centre."""
    held = "".join(str(link.rows(table)) for table in metadata.tables.values())
    return [word for word in WORDS if word in held]


def follower(link: ALink, kiosk: AKiosk) -> FollowUpdates:
    """The side of a kiosk that hears the centre."""
    apply = ApplyUpdate(**kiosk.parts, files=ReceivedInDirectory(link.folder), print_ticket=lambda _: None)
    return FollowUpdates(kiosk.store.reading, link.http(), apply)


def test_what_was_ordered_before_the_centre_heard_of_it_is_not_kept_when_it_comes(link: ALink) -> None:
    """By the number on the ticket, while the kiosk has no link; and the kiosk is told by the same number."""
    outcome = the_witness(link)
    batch = link.entries()
    assert put(link, batch[:2]) == 200

    assert erase_by_reference(link.centre.context, outcome.request.reference, reason="right", by=CLERK) == 0
    assert (put(link, batch), put(link, batch)) == (200, 200)

    assert words_held(link) == []
    assert {row.subject for row in link.rows(erased_subjects)} == {
        outcome.request.reference,
        outcome.request.request_id,
    }
    assert follower(link, link.kiosk)() == 1
    with link.kiosk.store.reading() as unit:
        assert unit.erasures.is_erased(outcome.request.request_id)


def test_facts_that_fit_no_hash_are_erased_from_where_they_were_set_aside(link: ALink) -> None:
    """What is kept for staff to look at is a copy too, though no request stands for it."""
    outcome = the_witness(link)
    batch = link.entries()
    rank = next(rank for rank, (entry, _) in enumerate(batch) if entry.seq == outcome.filing.journal_seq)
    entry, payload = batch[rank]
    assert payload is not None
    batch[rank] = (entry, dataclasses.replace(payload, facts={**payload.facts, "zone": "Europe/Rome"}))
    assert put(link, batch) == 200
    assert words_held(link)

    erase_by_reference(link.centre.context, outcome.request.reference, reason="right", by=CLERK)

    assert words_held(link) == []
    assert [row for row in link.rows(set_aside) if row.reason == "payload"] == []


def test_a_machine_erases_only_its_own_requests(link: ALink) -> None:
    """A stolen kiosk that names another's request takes nothing away."""
    outcome = the_witness(link)
    drained(link.drain())
    held = link.entries()[-1][0]
    forged = dataclasses.replace(held, origin="38-B1", type=EntryType.DATA_ERASED, subject=outcome.request.request_id)  # type: ignore[arg-type]
    taken = Taken("38-B1", "2026-11-20T08:00:00.000Z", StreamHead("38-B1", "38-B1", 9, "0" * 64))
    taken.facts.append((forged, {"reaches_centre": True, "reason": "right"}))
    with link.centre.context.engine.begin() as connection:
        erase_as_told(link.centre.context, connection, taken)

    assert taken.has_erased is False
    assert words_held(link)


def test_a_copy_of_the_kiosk_from_before_an_erasure_erases_again(link: ALink, tmp_path: Path) -> None:
    """The person asked at the kiosk; the centre tells whatever comes back from a copy of its disk."""
    outcome = the_witness(link)
    drained(link.drain())
    (tmp_path / "copy").mkdir()
    link.kiosk.store.scrub()
    (tmp_path / "copy" / "borne.db").write_bytes((tmp_path / "borne.db").read_bytes())
    EraseRequest(**link.kiosk.parts)(outcome.request.reference, ErasureReason.RIGHT, by=CLERK)
    drained(link.drain())
    assert words_held(link) == []
    copy = AKiosk(a_store(tmp_path / "copy"))

    assert follower(link, copy)() == 1
    assert follower(link, link.kiosk)() == 1

    with copy.store.reading() as unit:
        assert unit.erasures.is_erased(outcome.request.request_id)
    copy.store.close()
    assert link.kiosk.entry_types().count(EntryType.DATA_ERASED) == 1
    drained(link.drain())
    assert [row.kind for row in link.rows(updates)] == ["erase"]  # and it ends here


def test_the_centre_has_a_period_of_its_own(link: ALink, calendar: Calendar) -> None:
    """Once for each request, as entries; numbers and times stay."""
    the_witness(link)
    drained(link.drain())
    calendar.move_years(4)

    assert apply_retention(link.centre.context, 1095) == 3
    assert apply_retention(link.centre.context, 1095) == 0

    assert words_held(link) == []
    erasures = [row for row in link.rows(entries) if row.type == EntryType.DATA_ERASED]
    assert (len(erasures), len(link.rows(requests))) == (3, 3)


def test_no_page_holds_what_was_erased_once_its_month_is_over(
    link: ALink, database: str, calendar: Calendar, tmp_path: Path
) -> None:
    """A dump has no word at once; the very files of the tables have none when nobody writes to them any more."""
    outcome = the_witness(link)
    drained(link.drain())
    engine = link.centre.context.engine
    is_sqlite = database.startswith("sqlite")

    erase_by_reference(link.centre.context, outcome.request.reference, reason="right", by=CLERK)
    follower(link, link.kiosk)()
    link.kiosk.store.scrub()

    assert words_held(link) == []
    if is_sqlite:
        assert found_in_files(tmp_path, WORDS) == set()
        assert scrub(engine, calendar.now)
        return
    dump = dumped(database)
    assert [word for word in WORDS if word in dump] == []
    assert scrub(engine, calendar.now) is False  # the running month is not rewritten: batches would wait
    calendar.move_years(1)
    assert scrub(engine, calendar.now)
    assert words_in_payload_files(engine) == []
    assert all(row.scrubbed_at for row in link.rows(erased_subjects))


def words_in_payload_files(engine: sa.Engine) -> list[str]:
    """The words in the files of the payloads' partitions, read behind the server's back."""
    query = "SELECT pg_relation_filepath(inhrelid) FROM pg_inherits WHERE inhparent = 'payloads'::regclass"
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("CHECKPOINT")
        folder = Path(connection.exec_driver_sql("SHOW data_directory").scalar_one())
        files = [folder / name for name in connection.exec_driver_sql(query).scalars()]
    content = b"".join(path.read_bytes() for path in files)
    assert b"DIALLO" in content  # the others' are there
    return [word for word in WORDS if word.encode() in content]


def test_an_erasure_that_came_as_an_entry_is_scrubbed_behind_the_answer(link: ALink, database: str) -> None:
    """The kiosk does not wait for it."""
    outcome = the_witness(link)
    drained(link.drain())
    EraseRequest(**link.kiosk.parts)(outcome.request.reference, ErasureReason.RIGHT, by=CLERK)
    drained(link.drain())

    assert [row.subject for row in link.rows(erased_subjects)] == [outcome.request.request_id]
    if database.startswith("sqlite"):
        until(lambda: all(row.scrubbed_at for row in link.rows(erased_subjects)))


def test_a_number_that_is_none_or_of_nobodys_kiosk_is_refused(link: ALink) -> None:
    """A mistyped character is caught before anything happens."""
    for wrong in ("DIALLO", "38-A2-261120-0001-0", "974-Z9-261120-0001-P"):
        with pytest.raises(InputError, match="reference"):
            erase_by_reference(link.centre.context, wrong, reason="right", by=CLERK)
    assert link.rows(erased_subjects) == []


def test_every_table_with_what_requests_said_is_known_to_the_erasure() -> None:
    """Whoever adds a table that names a request or holds facts says here how it is erased."""
    forgotten = {payloads.name, set_aside.name, desk_requests.name}
    # A place of the hall knows a number and a language; its name is read from the payloads. A list on its way to a
    # counter knows a filter and a count, never what was typed; a duplicate on its way a number and a state.
    numbers_only = {
        requests.name,
        entries.name,
        erased_subjects.name,
        updates.name,
        hall_places.name,
        hall_exports.name,
        hall_reprints.name,
    }
    telling = {"request_id", "subject", "facts", "document"}
    holding = {name for name, table in metadata.tables.items() if telling & set(table.columns.keys())}

    assert holding - forgotten - numbers_only == {"acknowledgements", "conditions", "relay"}  # signed words, states
