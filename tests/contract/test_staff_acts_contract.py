"""What staff do with a file at a kiosk, as the centre takes, shows and erases it: on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kiosk.domain.file_act import CounterMessage, IdentityResult, ImpossibilityGround
from kiosk.domain.staff import Role
from kiosk.services.erase_request import EraseRequest, ErasureReason
from sync.central.erasure.erase import erase_by_reference
from sync.central.tables import metadata, set_aside
from tests.fakes.centres import ALink, a_link, drained
from tests.fakes.desks import a_client, an_account
from tests.fakes.requests import a_request_content
from tests.fakes.staff import signed_in

NOTE, DETAIL, OTHERS = "vient avec sa soeur Fatoumata", "compte au nom du cousin", "Livret de famille"
KINDS = [
    "identity_checked",
    "note_added",
    "impossibility_recorded",
    "papers_checked",
    "papers_asked",
    "message_left",
]


@pytest.fixture
def link(tmp_path: Path, database: str) -> Iterator[ALink]:
    with a_link(tmp_path, database, filings=0) as found:
        an_account(found.centre)
        yield found


def worked_on(link: ALink) -> str:
    """Let somebody file, staff do everything once, and the centre hear of it; return the reference."""
    kiosk, files = link.kiosk, link.kiosk.file_work
    filed = kiosk.file()
    kiosk.print(filed.filing.print_job_id)
    reference, session = filed.request.reference, signed_in(kiosk.desk)
    files.check_identity(session, reference, IdentityResult.MATCH)
    files.add_note(session, reference, NOTE)
    files.record_impossibility(session, reference, ImpossibilityGround.OTHER, DETAIL)
    files.tick_papers(session, reference, ["titre"])
    files.ask_papers(session, reference, ["passeport"], OTHERS, date(2026, 12, 20))
    files.leave_message(session, reference, CounterMessage.BRING_PAPERS)
    drained(link.drain())
    return reference


def words_held(link: ALink) -> list[str]:
    held = "".join(str(link.rows(table)) for table in metadata.tables.values())
    return [word for word in (NOTE, DETAIL, OTHERS) if word in held]


def test_the_centre_shows_every_act_with_its_words(link: ALink) -> None:
    """Nothing is set aside."""
    reference = worked_on(link)
    with a_client(link.centre, "a.martin") as client:
        (found,) = client.get("/v1/desk/requests", params={"reference": reference}).json()["requests"]
        acts = client.get(f"/v1/desk/requests/{found['request_id']}").json()["changes"]

    assert [act["type"] for act in acts] == KINDS
    assert acts[1]["facts"]["text"] == NOTE
    assert found["status"] == "filed"
    assert link.rows(set_aside) == []


@pytest.mark.parametrize("at_centre", [True, False])
def test_an_erasure_takes_what_staff_noted_as_well(link: ALink, *, at_centre: bool) -> None:
    """Wherever it is ordered."""
    reference = worked_on(link)
    assert words_held(link) == [NOTE, DETAIL, OTHERS]
    if at_centre:
        erase_by_reference(link.centre.context, reference, reason="right", by="Mme Faure")
    else:
        EraseRequest(**link.kiosk.parts)(reference, ErasureReason.RIGHT, by="Mme Faure")
        drained(link.drain())

    assert words_held(link) == []


def test_a_merged_request_is_marked_and_parted_again(link: ALink) -> None:
    """Counters at the centre see which one stands."""
    kiosk, references = link.kiosk, []
    for name in ("DIALLO", "DIALO"):
        filed = kiosk.file(a_request_content(birth_name=name, foreigner_number=None))
        references.append(filed.request.reference)
    session = signed_in(kiosk.desk, role=Role.SUPERVISOR)

    def statuses() -> list[str]:
        drained(link.drain())
        with a_client(link.centre, "a.martin") as client:
            rows = client.get("/v1/desk/requests").json()["requests"]
        return [row["status"] for row in sorted(rows, key=lambda row: row["reference"])]

    kiosk.duplicates.merge(session, *references)
    assert statuses() == ["filed", "merged"]
    kiosk.duplicates.part(session, *references)

    assert statuses() == ["filed", "filed"]
