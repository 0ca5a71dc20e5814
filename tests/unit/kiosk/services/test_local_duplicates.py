"""Requests of one person become one: the earliest date stands, both references lead to it, and nothing is lost."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.domain.staff import Role
from kiosk.errors import InputError, NotAllowedError
from kiosk.journal.entry import EntryType
from kiosk.ports.desk import StaffSession
from kiosk.services.erase_request import EraseRequest, ErasureReason
from kiosk.services.export_person import ExportPerson
from kiosk.services.record_change import ChangeOrder
from tests.fakes.clocks import FixedClock
from tests.fakes.kiosks import AKiosk
from tests.fakes.requests import a_catalogue, a_procedure, a_request_content
from tests.fakes.staff import signed_in
from tests.fakes.stores import a_store
from tests.fakes.traces import found_in_files


@dataclass
class Twice:
    """Somebody who filed twice, a day apart, with one letter more."""

    kiosk: AKiosk
    clock: FixedClock
    session: StaffSession
    first: str
    second: str

    def merge(self) -> None:
        """Make them one, from the file of the later."""
        self.kiosk.duplicates.merge(self.session, self.second, self.first)


@pytest.fixture
def twice(tmp_path: Path) -> Twice:
    clock = FixedClock()
    catalogue = a_catalogue(a_procedure(), a_procedure("CHG-ADRESSE", label_fr="Changer d'adresse"))
    kiosk = AKiosk(a_store(tmp_path, encrypted=False), clock=clock, catalogue=catalogue)
    references = []
    for name in ("DIALLO", "DIALO"):
        filed = kiosk.file(a_request_content(birth_name=name, foreigner_number=None, phone="0612345678"))
        kiosk.print(filed.filing.print_job_id)
        references.append(filed.request.reference)
        clock.pass_time(timedelta(days=1))
    return Twice(kiosk, clock, signed_in(kiosk.desk, role=Role.SUPERVISOR), *references)


def test_the_other_request_is_suggested_in_both_files(twice: Twice) -> None:
    """With what staff compare."""
    (found,) = twice.kiosk.duplicates.of(twice.session, twice.second)

    assert (found.reference, found.identity.birth_name, found.can_merge) == (twice.first, "DIALLO", True)
    assert [each.reference for each in twice.kiosk.duplicates.of(twice.session, twice.first)] == [twice.second]


def test_another_procedure_is_shown_and_cannot_be_merged(twice: Twice) -> None:
    """One request per person and procedure; several procedures are allowed."""
    twice.kiosk.file(a_request_content(procedure="CHG-ADRESSE", birth_name="DIALLO", foreigner_number=None))
    found = twice.kiosk.duplicates.of(twice.session, twice.first)
    (other,) = [each for each in found if each.procedure_label == "Changer d'adresse"]

    assert not other.can_merge
    with pytest.raises(InputError, match="same procedure"):
        twice.kiosk.duplicates.merge(twice.session, twice.first, other.reference)


@pytest.mark.parametrize("from_first", [True, False])
def test_the_earliest_date_stands_whichever_file_was_open(twice: Twice, *, from_first: bool) -> None:
    """And the file shows what happened to both."""
    pair = (twice.first, twice.second) if from_first else (twice.second, twice.first)
    file = twice.kiosk.duplicates.merge(twice.session, *pair)

    assert file.request.reference == twice.first
    assert [each.reference for each in file.merged] == [twice.second]
    assert [line.type for line in file.timeline].count("request_filed") == 2
    (facts,) = twice.kiosk.facts_of(EntryType.REQUEST_MERGED)
    assert (facts["reference"], facts["kept"], facts["by"]) == (twice.second, twice.first, "a.martin")
    assert twice.kiosk.verified().is_whole


def test_both_references_lead_to_the_request_that_stands(twice: Twice) -> None:
    """For staff, for the holder, for every act."""
    twice.merge()
    opened = twice.kiosk.desk.open_file(twice.session, twice.second)
    order = ChangeOrder(twice.second, "key-of-holder", "fr", has_slip=False)

    assert opened.request.reference == twice.first
    assert twice.kiosk.withdraw(order).change.ordinal == 1
    assert twice.kiosk.desk.open_file(twice.session, twice.first).changes


def test_who_files_again_as_typed_in_either_request_is_recognised(twice: Twice) -> None:
    """It is another passage of the request that stands, with its date."""
    twice.merge()
    for name in ("DIALLO", "DIALO"):
        outcome = twice.kiosk.file(a_request_content(birth_name=name, foreigner_number=None))

        assert outcome.request.reference == twice.first
    other = twice.kiosk.file(a_request_content(birth_name="DIALO", foreigner_number="9911111111"))
    assert other.request.reference == twice.first  # neither gave a number


def test_merging_is_for_supervisors(twice: Twice) -> None:
    """An agent sees the suggestion and calls one."""
    agent = signed_in(twice.kiosk.desk, "c.agent")
    assert twice.kiosk.duplicates.of(agent, twice.first)

    with pytest.raises(NotAllowedError):
        twice.kiosk.duplicates.merge(agent, twice.first, twice.second)
    twice.merge()
    with pytest.raises(NotAllowedError):
        twice.kiosk.duplicates.part(agent, twice.first, twice.second)


def test_a_merge_is_undone_and_both_stand_for_themselves_again(twice: Twice) -> None:
    """Both acts stay in the journal."""
    twice.merge()
    file = twice.kiosk.duplicates.part(twice.session, twice.first, twice.second)

    assert file.merged == ()
    assert twice.kiosk.desk.open_file(twice.session, twice.second).request.reference == twice.second
    again = twice.kiosk.file(a_request_content(birth_name="DIALO", foreigner_number=None))
    assert again.request.reference == twice.second
    assert len(twice.kiosk.facts_of(EntryType.MERGE_UNDONE)) == 1
    assert twice.kiosk.verified().is_whole


def test_a_third_request_leads_to_the_oldest(twice: Twice) -> None:
    """Whatever was merged before follows."""
    third = twice.kiosk.file(a_request_content(birth_name="DIALLOU", foreigner_number=None)).request.reference
    twice.kiosk.duplicates.merge(twice.session, third, twice.second)
    file = twice.kiosk.duplicates.merge(twice.session, twice.first, twice.second)

    assert {each.reference for each in file.merged} == {twice.second, third}
    assert twice.kiosk.desk.open_file(twice.session, third).request.reference == twice.first
    assert twice.kiosk.duplicates.of(twice.session, twice.first) == []


def test_what_is_one_already_or_somebody_else_is_not_merged(twice: Twice) -> None:
    """Nor what was withdrawn or erased."""
    other = twice.kiosk.file(a_request_content(birth_name="KEITA", foreigner_number=None))
    for reference in (twice.first, other.request.reference, "38-A2-261120-9999-X"):
        with pytest.raises(InputError):
            twice.kiosk.duplicates.merge(twice.session, twice.first, reference)
    with pytest.raises(InputError, match="merged"):
        twice.kiosk.duplicates.part(twice.session, twice.first, twice.second)
    twice.kiosk.withdraw(ChangeOrder(twice.second, "key-of-holder", "fr", has_slip=False))
    with pytest.raises(InputError):
        twice.merge()


def test_erasing_takes_both(twice: Twice, tmp_path: Path) -> None:
    """Whichever reference is given; nothing of the person is left in any file."""
    twice.merge()
    EraseRequest(**twice.kiosk.parts)(twice.second, ErasureReason.RIGHT, by="chef")
    twice.kiosk.store.scrub()

    assert len(twice.kiosk.facts_of(EntryType.DATA_ERASED)) == 2
    assert found_in_files(tmp_path, ["DIALLO", "DIALO", "diallo", "dialo", "0612345678"]) == set()
    assert twice.kiosk.verified().is_whole


def test_what_is_handed_out_holds_both(twice: Twice) -> None:
    """The right of access knows no half."""
    twice.merge()
    content = a_request_content()
    export = ExportPerson(**twice.kiosk.parts)
    held = export(twice.second, content.identity.birth_date, by="chef")

    assert held["reference"] == twice.first
    assert "DIALO" in str(held["merged"])
