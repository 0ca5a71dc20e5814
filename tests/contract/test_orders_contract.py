"""What the centre orders of a machine, and what it erases: on SQLite and on PostgreSQL."""

import dataclasses
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from kiosk.domain.request import PrintJobId
from kiosk.errors import InputError, NotOurCentreError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EntryType
from kiosk.journal.signature import load_public_pem
from kiosk.ports.centre import UpdateKind
from kiosk.ports.centre_records import RequestStatus
from kiosk.services.apply_update import APPLIED, REFUSED, ApplyUpdate
from kiosk.services.erase_request import EraseRequest, ErasureReason
from kiosk.settings_loading import load_settings
from sync.central.erasure.erase import erase_by_reference
from sync.central.erasure.export import export_person
from sync.central.tables import entries, erased_subjects, payloads, requests
from sync.central.updates.orders import order, orders_after
from sync.client.updates import FollowUpdates, checked_updates
from tests.fakes.centres import ORIGIN, ALink, a_link, drained, kiosk_rows
from tests.fakes.postgres import dumped
from tests.fakes.requests import A_MORNING
from tests.fakes.signed_requests import signed_request
from ui.composition.received_files import PROCEDURES_NAME, SETTINGS_NAME, ReceivedInDirectory

CLERK = "Mme Faure"


@pytest.fixture
def link(tmp_path: Path, database: str) -> Iterator[ALink]:
    with a_link(tmp_path, database, filings=2) as found:
        drained(found.drain())
        yield found


def ordered(link: ALink, kind: UpdateKind, content: dict[str, JsonValue]) -> int:
    with link.centre.context.engine.begin() as connection:
        return order(link.centre.context, connection, ORIGIN, kind, content, by=CLERK)


def follower(link: ALink, printed: list[PrintJobId] | None = None) -> FollowUpdates:
    """The kiosk's side; its clock stands in November, so the orders of today's centre seem to come from the future."""
    apply = ApplyUpdate(
        **link.kiosk.parts,
        files=ReceivedInDirectory(link.folder),
        print_ticket=(printed if printed is not None else []).append,
    )
    return FollowUpdates(link.kiosk.store.reading, link.http(), apply)


def outcomes(link: ALink) -> list[tuple[JsonValue, JsonValue]]:
    """What the kiosk's journal says became of each order."""
    with link.kiosk.store.reading() as unit:
        found = [payload.facts for _, payload in unit.journal.newest_of(EntryType.UPDATE_RECEIVED) if payload]
    return [(facts["kind"], facts["outcome"]) for facts in found][::-1]


def test_orders_are_done_once_in_their_order_and_recorded(link: ALink) -> None:
    """A status, a configuration, a reprint; a second look finds nothing new."""
    request = link.rows(requests)[0]
    first: dict[str, JsonValue] = {
        "request_id": request.request_id,
        "status": "received",
        "said_at": "2026-11-20T09:00:00.000Z",
    }
    ordered(link, UpdateKind.STATUS, first)
    ordered(link, UpdateKind.STATUS, first | {"status": "in_progress", "said_at": "2026-11-20T10:00:00.000Z"})
    ordered(link, UpdateKind.STATUS, first | {"status": "older", "said_at": "2026-11-20T09:30:00.000Z"})
    ordered(link, UpdateKind.CONFIGURATION, {"settings": {"screen": {"inactivity_s": 90}}})
    printed: list[PrintJobId] = []
    ordered(link, UpdateKind.REPRINT, {"reference": request.reference, "agent": CLERK, "reason": "lost"})
    follow = follower(link, printed)

    assert (follow(), follow()) == (5, 0)
    with link.kiosk.store.reading() as unit:
        status = unit.updates.status_of(request.request_id)
        assert unit.updates.latest() == 5
    assert status == RequestStatus("in_progress", datetime(2026, 11, 20, 10, tzinfo=UTC))
    assert load_settings(None, link.folder / SETTINGS_NAME).screen.inactivity_s == 90
    assert len(printed) == 1
    assert outcomes(link) == [("status", APPLIED)] * 3 + [("configuration", APPLIED), ("reprint", APPLIED)]
    ordered_kinds = [row.type for row in link.rows(entries) if row.origin == "CENTRE-00"]
    assert ordered_kinds.count(EntryType.UPDATE_ORDERED) == 5
    assert link.kiosk.verified().is_whole


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (UpdateKind.STATUS, {"request_id": "unknown", "status": "x", "said_at": "2026-11-20T09:00:00.000Z"}),
        (UpdateKind.STATUS, {}),
        (UpdateKind.STATUS, {"request_id": "unknown", "status": "x", "said_at": "yesterday"}),
        (UpdateKind.ERASE, {"request_id": 7}),
        (UpdateKind.CONFIGURATION, {"settings": {"store": {"encrypted": False}}}),
        (UpdateKind.CONFIGURATION, {"settings": {"screen": {"inactivity_s": -1}}}),
        (UpdateKind.CONFIGURATION, {"settings": "none"}),
        (UpdateKind.CATALOGUE, {"procedures": "[[procedure]]\ncode = 7"}),
        (UpdateKind.CATALOGUE, {"procedures": "not TOML ="}),
        (UpdateKind.REPRINT, {"reference": "38-A2-261120-9999-X", "agent": CLERK, "reason": "lost"}),
        (UpdateKind.REPRINT, {"reference": "38-A2-261120-9999-X", "agent": CLERK, "reason": "for fun"}),
    ],
)
def test_a_wrong_order_is_refused_and_blocks_nothing(
    tmp_path: Path, kind: UpdateKind, content: dict[str, JsonValue]
) -> None:
    """Nothing is kept of it; the next one is done."""
    with a_link(tmp_path, f"sqlite:///{tmp_path / 'centre.db'}", filings=1) as link:
        drained(link.drain())
        ordered(link, kind, content)
        ordered(link, UpdateKind.CATALOGUE, {"procedures": "[letters]\n"})
        assert follower(link)() == 2

        assert outcomes(link) == [(kind.value, REFUSED), ("catalogue", APPLIED)]
        assert not (link.folder / SETTINGS_NAME).exists()
        assert (link.folder / PROCEDURES_NAME).read_text() == "[letters]\n"


def test_an_old_order_to_print_is_refused(tmp_path: Path) -> None:
    """After a week without a link nobody waits for the paper any more."""
    late = A_MORNING - timedelta(hours=1)
    with a_link(tmp_path, f"sqlite:///{tmp_path / 'centre.db'}", filings=1) as link:
        drained(link.drain())
        reference = link.rows(requests)[0].reference
        then = dataclasses.replace(link.centre.context, now=lambda: late)
        with then.engine.begin() as connection:
            content: dict[str, JsonValue] = {"reference": reference, "agent": CLERK, "reason": "lost"}
            order(then, connection, ORIGIN, UpdateKind.REPRINT, content, by=CLERK)
        printed: list[PrintJobId] = []
        follower(link, printed)()

        assert outcomes(link) == [("reprint", REFUSED)]
        assert printed == []


def test_an_order_is_believed_only_as_the_centre_signed_it(link: ALink) -> None:
    """Changed, replayed, left out, meant for another machine: nothing is done."""
    for rank in range(3):
        ordered(link, UpdateKind.CATALOGUE, {"procedures": f"# {rank}\n"})
    key = load_public_pem(link.centre.public_key)
    with link.centre.context.engine.connect() as connection:
        found = list(orders_after(connection, ORIGIN, 0))
    changed = found[0].model_copy(update={"body": found[0].body.model_copy(update={"content": {"procedures": "x"}})})

    assert [update.number for update in checked_updates(found, ORIGIN, 0, key)] == [1, 2, 3]
    for wrong, origin, after in (
        ([changed], ORIGIN, 0),
        (found, ORIGIN, 1),
        (found[1:], ORIGIN, 0),
        ([found[0], found[2]], ORIGIN, 0),
        (found, "38-A3", 0),
    ):
        with pytest.raises(NotOurCentreError):
            checked_updates(wrong, origin, after, key)


def test_a_machine_fetches_its_own_orders_only(link: ALink) -> None:
    """Another's queue is not read."""
    answer = signed_request("GET", link.centre.url, "/v1/origins/38-B7/updates?after=0", origin=ORIGIN)
    assert answer.status_code == 401
    with pytest.raises(InputError, match="a kiosk that this centre knows"), link.centre.context.engine.begin() as c:
        order(link.centre.context, c, "38-B7", UpdateKind.STATUS, {}, by=CLERK)


def test_an_erasure_at_the_centre_reaches_the_kiosk_and_both_chains_verify(link: ALink) -> None:
    """No facts on either side, and none come back when the batch is sent again."""
    request = next(row for row in link.rows(requests))
    kept = len(link.rows(payloads))
    for row in link.rows(requests):  # the tickets are printed: nobody stands there
        with link.kiosk.store.reading() as unit:
            filing = unit.requests.get(row.request_id).filings[0]
        link.kiosk.print(filing.print_job_id)
    assert erase_by_reference(link.centre.context, request.reference, reason="right", by=CLERK) == 1
    assert follower(link)() == 1

    with link.kiosk.store.reading() as unit:
        assert unit.erasures.is_erased(request.request_id)
        sent_before = unit.journal.entries_after(0, 3)
    assert link.kiosk.verified().is_whole
    drained(link.drain())
    link.http().put_entries(ORIGIN, sent_before)
    with_facts = {(row.stream, row.seq) for row in link.rows(payloads)}
    assert (ORIGIN, request.seq) not in with_facts
    assert len(with_facts) > kept  # the others', and the journals' own
    report = export_person(link.centre.context, request.reference, None, by=CLERK)
    assert report["erased"] is True


def test_an_erasure_that_a_person_asked_for_at_the_kiosk_erases_at_the_centre(link: ALink) -> None:
    """What only left the kiosk because its time was over stays at the centre."""
    asked, over = link.rows(requests)
    for row in (asked, over):
        with link.kiosk.store.reading() as unit:
            filing = unit.requests.get(row.request_id).filings[0]
        link.kiosk.print(filing.print_job_id)
    erase = EraseRequest(**link.kiosk.parts)
    erase(asked.reference, ErasureReason.RIGHT, by=CLERK)
    erase(over.reference, ErasureReason.RETENTION, by="borne")
    drained(link.drain())

    with_facts = {row.seq for row in kiosk_rows(link, payloads)}
    assert asked.seq not in with_facts
    assert over.seq in with_facts
    assert [row.subject for row in link.rows(erased_subjects)] == [asked.request_id]


def test_facts_that_come_late_after_an_erasure_are_not_kept(tmp_path: Path, database: str) -> None:
    """A hub that was cut for an hour brings the batch after the person was erased elsewhere."""
    with a_link(tmp_path, database, filings=1) as link:
        batch = link.entries()
        link.http().put_entries(ORIGIN, batch[:1])
        with link.centre.context.engine.begin() as connection:
            subject = batch[1][0].subject
            connection.execute(
                sa.insert(erased_subjects).values(subject=subject, erased_at="2026-11-20T09:00:00.000Z", reason="right")
            )
        record = link.http().put_entries(ORIGIN, batch[1:])

        assert record.quarantined == ()
        assert [row.seq for row in kiosk_rows(link, payloads)] == [1]
        assert len(kiosk_rows(link, entries)) == len(batch)


def test_a_person_gets_what_the_centre_holds_and_nobody_else(link: ALink) -> None:
    """By reference and birth date."""
    reference = link.rows(requests)[0].reference
    centre = link.centre.context
    report = export_person(centre, reference, "1990-04-12", by=CLERK)

    assert "DIALLO" in json.dumps(report)
    assert [row.type for row in link.rows(entries)].count(EntryType.PERSON_EXPORTED) == 1
    for wrong in ((reference, "1990-04-13"), (reference, None), ("38-A2-261120-9999-X", "1990-04-12")):
        with pytest.raises(InputError):
            export_person(centre, *wrong, by=CLERK)


def test_no_byte_of_an_erased_person_is_left_at_the_centre(link: ALink, tmp_path: Path) -> None:
    """Not in the file, its log, or a table of PostgreSQL's own."""
    request = link.rows(requests)[0]
    word = "DIALLO X"
    erase_by_reference(link.centre.context, request.reference, reason="right", by=CLERK)
    for row in link.rows(requests)[1:]:
        erase_by_reference(link.centre.context, row.reference, reason="right", by=CLERK)

    if link.database.startswith("sqlite"):
        files = [path for path in tmp_path.glob("centre.db*") if path.is_file()]
        assert files
        assert [path.name for path in files if word.encode() in path.read_bytes()] == []
    else:
        assert word not in dumped(link.database)


def test_the_search_of_the_test_above_would_find_it(link: ALink, tmp_path: Path) -> None:
    """Its control."""
    if link.database.startswith("sqlite"):
        assert any(b"DIALLO X" in path.read_bytes() for path in tmp_path.glob("centre.db*"))
    else:
        assert "DIALLO X" in dumped(link.database)
