"""What happens to a request after it was filed, as the centre takes and shows it: on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.domain.request import FilingOutcome
from kiosk.domain.request_change import Completion, Contact, CorrectedField, RemovedContact
from kiosk.errors import InputError
from kiosk.journal.entry import EntryType
from kiosk.services.erase_request import EraseRequest, ErasureReason
from kiosk.services.record_change import ChangeOrder
from sync.central.erasure.erase import erase_by_reference
from sync.central.erasure.export import export_person
from sync.central.tables import metadata, payloads, set_aside
from tests.fakes.centres import ALink, a_link, drained
from tests.fakes.desks import a_client, an_account
from tests.fakes.requests import a_request_content

NAME, PHONE, EMAIL, RIGHT_NAME, RIGHT_DATE = "Oudiné", "0612121212", "od@boite.example", "Zwartbrückner", "1991-05-13"
WORDS = (NAME, PHONE, EMAIL, RIGHT_NAME, RIGHT_DATE)


@pytest.fixture
def link(tmp_path: Path, database: str) -> Iterator[ALink]:
    with a_link(tmp_path, database, filings=0) as found:
        an_account(found.centre)
        yield found


@pytest.fixture
def filed(link: ALink) -> FilingOutcome:
    """Somebody filed, printed the ticket, and did everything that can be done but withdraw."""
    kiosk = link.kiosk
    outcome = kiosk.file(a_request_content(birth_name=NAME, documents=()))
    kiosk.print(outcome.filing.print_job_id)
    reference = outcome.request.reference
    right = {CorrectedField.BIRTH_NAME: RIGHT_NAME, CorrectedField.BIRTH_DATE: RIGHT_DATE}
    kiosk.complete(ChangeOrder(reference, "a", "fr"), Completion(("titre",), phone=PHONE, email=EMAIL))
    kiosk.complete(ChangeOrder(reference, "gone", "fr"), Completion(removed=(RemovedContact(Contact.EMAIL),)))
    kiosk.ask_correction(ChangeOrder(reference, "b", "fr"), right)
    kiosk.correct(ChangeOrder(reference, "c", "fr"), right, agent="Claire Martin", reason="passeport")
    kiosk.recover()  # nobody waits for the papers
    return outcome


def words_held(link: ALink) -> list[str]:
    held = "".join(str(link.rows(table)) for table in metadata.tables.values())
    return [word for word in WORDS if word in held or word.lower() in held]


def test_the_file_of_a_request_shows_its_latest_state(link: ALink, filed: FilingOutcome) -> None:
    """Found by the corrected name; every act with what was said, the old values too."""
    drained(link.drain())
    with a_client(link.centre, "a.martin") as client:
        (found,) = client.get("/v1/desk/requests", params={"name": RIGHT_NAME}).json()["requests"]
        file = client.get(f"/v1/desk/requests/{found['request_id']}").json()

    assert (found["status"], found["birth_date"], found["reference"]) == (
        "corrected",
        RIGHT_DATE,
        filed.request.reference,
    )
    types = ["request_completed", "request_completed", "correction_asked", "request_corrected"]
    assert [act["type"] for act in file["changes"]] == types
    assert file["changes"][0]["facts"]["added"]["phone"] == PHONE
    assert file["changes"][1]["facts"]["added"]["removed"] == {"email": {"old": EMAIL}}
    assert file["changes"][3]["facts"]["corrections"]["birth_name"] == {"old": NAME, "new": RIGHT_NAME}
    assert file["filed"]["content"]["birth_name"] == NAME
    assert found["received_at"] == file["filed"]["received_at"] == file["changes"][3]["facts"]["received_at"]
    assert link.rows(set_aside) == []


@pytest.mark.parametrize("in_one_batch", [True, False])
def test_a_withdrawal_is_seen_and_its_paper_is_not_the_ticket(link: ALink, in_one_batch: bool) -> None:
    outcome = link.kiosk.file()
    if not in_one_batch:
        drained(link.drain())
    withdrawn = link.kiosk.withdraw(ChangeOrder(outcome.request.reference, "w", "fr"))
    assert withdrawn.print_job_id is not None
    link.kiosk.print(withdrawn.print_job_id)
    again = link.kiosk.file()
    drained(link.drain())

    with a_client(link.centre, "a.martin") as client:
        rows = client.get("/v1/desk/requests").json()["requests"]
        gone = client.get("/v1/desk/requests", params={"status": "withdrawn"}).json()["requests"]

    assert {row["reference"]: row["status"] for row in rows} == {
        outcome.request.reference: "withdrawn",
        again.request.reference: "filed",
    }
    assert [(row["reference"], row["ticket"]) for row in gone] == [(outcome.request.reference, "unknown")]


def test_a_person_is_handed_out_every_act_and_by_the_corrected_date(link: ALink, filed: FilingOutcome) -> None:
    drained(link.drain())
    reference = filed.request.reference

    held = export_person(link.centre.context, reference, RIGHT_DATE, by="Mme Faure")

    assert isinstance(held["entries"], list)
    assert all(word in str(held) for word in WORDS)
    with pytest.raises(InputError):
        export_person(link.centre.context, reference, "1990-04-12", by="Mme Faure")


@pytest.mark.parametrize("ordered", ["by_the_centre", "by_the_kiosk", "before_it_came"])
def test_an_erasure_takes_what_was_said_later_as_well(link: ALink, filed: FilingOutcome, ordered: str) -> None:
    """No copy is left in any table, and none comes back with the same entries."""
    reference = filed.request.reference
    sent = link.drain()
    if ordered == "before_it_came":
        sent()  # the first batch makes the kiosk known
        other = link.kiosk.file(a_request_content(birth_name=NAME, birth_date=RIGHT_DATE, phone=PHONE, email=EMAIL))
        link.kiosk.complete(ChangeOrder(other.request.reference, "x", "fr"), Completion(email=RIGHT_NAME))
        erase_by_reference(link.centre.context, other.request.reference, reason="right", by="Mme Faure")
    drained(sent)
    if ordered == "by_the_kiosk":
        EraseRequest(**link.kiosk.parts)(reference, ErasureReason.RIGHT, by="Mme Faure")
        drained(link.drain())
    else:
        erase_by_reference(link.centre.context, reference, reason="right", by="Mme Faure")

    assert words_held(link) == []
    kept = {row.seq for row in link.rows(payloads) if row.stream == "38-A2"}
    about = [entry for entry, _ in link.entries() if entry.subject == filed.request.request_id]
    personal = (EntryType.REQUEST_FILED, EntryType.REQUEST_COMPLETED, EntryType.REQUEST_CORRECTED)
    assert {entry.seq for entry in about if entry.type in personal} & kept == set()
