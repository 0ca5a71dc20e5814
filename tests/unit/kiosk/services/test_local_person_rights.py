"""What a person may ask of staff about their own data: handed out once they are known, erased by few, both recorded."""

from pathlib import Path

import pytest

from kiosk.domain.file_act import IdentityResult
from kiosk.domain.staff import Role
from kiosk.errors import InputError, NotAllowedError
from kiosk.journal.entry import EntryType
from kiosk.services.local_person_rights import LocalPersonRights
from tests.fakes.kiosks import AKiosk, a_kiosk
from tests.fakes.staff import signed_in
from tests.fakes.stores import a_store
from tests.fakes.traces import found_in_files


def a_filed_reference(kiosk: AKiosk) -> str:
    """Let somebody file and take the ticket."""
    filed = kiosk.file()
    kiosk.print(filed.filing.print_job_id)
    return filed.request.reference


@pytest.mark.parametrize("seen", [[], [IdentityResult.MISMATCH], [IdentityResult.MATCH, IdentityResult.NO_DOCUMENT]])
def test_nothing_is_handed_out_before_the_identity_was_checked(seen: list[IdentityResult], tmp_path: Path) -> None:
    """The newest check counts."""
    kiosk = a_kiosk(tmp_path)
    reference, session = a_filed_reference(kiosk), signed_in(kiosk.desk)
    for result in seen:
        kiosk.file_work.check_identity(session, reference, result)

    with pytest.raises(InputError, match="identity"):
        kiosk.person_rights.export(session, reference)
    assert kiosk.facts_of(EntryType.PERSON_EXPORTED) == []


def test_all_that_is_held_is_handed_out_with_what_staff_noted(tmp_path: Path) -> None:
    """RGPD art. 15 knows no note that is not for the person; who handed it out is an entry."""
    kiosk = a_kiosk(tmp_path)
    reference, session = a_filed_reference(kiosk), signed_in(kiosk.desk)
    kiosk.file_work.add_note(session, reference, "vient avec sa soeur")
    kiosk.file_work.check_identity(session, reference, IdentityResult.MATCH)
    held = kiosk.person_rights.export(session, reference)

    noted = held["noted"]
    assert isinstance(noted, list)
    assert [each["kind"] for each in noted if isinstance(each, dict)] == ["note_added", "identity_checked"]
    assert "vient avec sa soeur" in str(held)
    assert kiosk.facts_of(EntryType.PERSON_EXPORTED) == [{"by": "a.martin"}]


def test_an_agent_erases_nobody(tmp_path: Path) -> None:
    """A supervisor does, or an administrator."""
    kiosk = a_kiosk(tmp_path)
    reference, session = a_filed_reference(kiosk), signed_in(kiosk.desk)

    with pytest.raises(NotAllowedError):
        kiosk.person_rights.erase(session, reference, reference)
    assert kiosk.facts_of(EntryType.DATA_ERASED) == []


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ADMINISTRATOR])
def test_who_repeats_the_reference_erases_for_good(role: Role, tmp_path: Path) -> None:
    """Small letters and spaces do not matter; nothing is left in any file."""
    kiosk = AKiosk(a_store(tmp_path, encrypted=False))
    reference = a_filed_reference(kiosk)
    session = signed_in(kiosk.desk, role=role)
    kiosk.file_work.add_note(session, reference, "vient avec sa soeur")
    file = kiosk.person_rights.erase(session, reference, f" {reference.lower()} ")

    assert file.is_erased
    assert file.acts.notes == ()
    (facts,) = kiosk.facts_of(EntryType.DATA_ERASED)
    assert (facts["by"], facts["reason"], facts["reaches_centre"]) == ("a.martin", "right", True)
    assert found_in_files(tmp_path, ["DIALLO", "vient avec sa soeur"]) == set()
    assert kiosk.verified().is_whole


@pytest.mark.parametrize("repeated", ["", "oui", "38-A2-261120-0002-L"])
def test_another_reference_erases_nothing(repeated: str, tmp_path: Path) -> None:
    """Nor anything else that is typed without reading."""
    kiosk = a_kiosk(tmp_path)
    reference, session = a_filed_reference(kiosk), signed_in(kiosk.desk, role=Role.SUPERVISOR)

    with pytest.raises(InputError, match="repeated"):
        kiosk.person_rights.erase(session, reference, repeated)


def test_what_the_centre_does_not_hold_stays(tmp_path: Path) -> None:
    """Or the proof of the filing would be lost."""
    kiosk = a_kiosk(tmp_path)
    reference, session = a_filed_reference(kiosk), signed_in(kiosk.desk, role=Role.SUPERVISOR)
    rights = LocalPersonRights(kiosk.desk.sessions.actor, kiosk.read_file, **kiosk.parts, is_held=lambda _: False)

    with pytest.raises(InputError, match="centre"):
        rights.erase(session, reference, reference)
    assert kiosk.facts_of(EntryType.DATA_ERASED) == []
