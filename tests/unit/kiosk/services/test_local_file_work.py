"""What staff do with a file: each act one entry with its author, none of it left once the person is erased."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.domain.file_act import LONGEST_NOTE, CounterMessage, IdentityResult, ImpossibilityGround
from kiosk.domain.request_change import CorrectedField
from kiosk.errors import InputError, NotSignedInError
from kiosk.journal.entry import EntryType
from kiosk.ports.centre_records import AcknowledgementRecord
from kiosk.ports.desk import PersonFile, StaffSession
from kiosk.services.erase_request import ApplyRetention, EraseRequest, ErasureReason
from tests.fakes.clocks import FixedClock
from tests.fakes.kiosks import AKiosk, a_kiosk
from tests.fakes.staff import signed_in
from tests.fakes.stores import a_store
from tests.fakes.traces import found_in_files

SECRET = "se présente avec sa soeur Fatoumata"

# Every act that says something of a person, as staff do it.
Act = Callable[[AKiosk, StaffSession, str], PersonFile]
ACTS: dict[EntryType, Act] = {
    EntryType.IDENTITY_CHECKED: lambda kiosk, session, reference: kiosk.file_work.check_identity(
        session, reference, IdentityResult.MISMATCH
    ),
    EntryType.NOTE_ADDED: lambda kiosk, session, reference: kiosk.file_work.add_note(session, reference, SECRET),
    EntryType.IMPOSSIBILITY_RECORDED: lambda kiosk, session, reference: kiosk.file_work.record_impossibility(
        session, reference, ImpossibilityGround.OTHER, SECRET
    ),
    EntryType.PAPERS_CHECKED: lambda kiosk, session, reference: kiosk.file_work.tick_papers(
        session, reference, ["passeport"]
    ),
    EntryType.PAPERS_ASKED: lambda kiosk, session, reference: kiosk.file_work.ask_papers(
        session, reference, ["titre"], SECRET, date(2026, 12, 20)
    ),
    EntryType.MESSAGE_LEFT: lambda kiosk, session, reference: kiosk.file_work.leave_message(
        session, reference, CounterMessage.BRING_PAPERS
    ),
}
EACH_ACT = pytest.mark.parametrize("kind", ACTS, ids=str)


@EACH_ACT
def test_an_act_is_one_entry_about_the_request_with_its_author(kind: EntryType, tmp_path: Path) -> None:
    """Account, counter, reference; the file that comes back shows it in its history."""
    kiosk = a_kiosk(tmp_path)
    reference = kiosk.file().request.reference
    file = ACTS[kind](kiosk, signed_in(kiosk.desk), reference)

    (facts,) = kiosk.facts_of(kind)
    assert (facts["by"], facts["counter"], facts["reference"]) == ("a.martin", "1", reference)
    assert file.timeline[-1].type == kind
    assert kiosk.verified().is_whole


@EACH_ACT
def test_what_staff_noted_goes_with_the_person(kind: EntryType, tmp_path: Path) -> None:
    """The entry stays and verifies; its words are nowhere on the disk."""
    kiosk = AKiosk(a_store(tmp_path, encrypted=False))
    filed = kiosk.file()
    kiosk.print(filed.filing.print_job_id)
    ACTS[kind](kiosk, signed_in(kiosk.desk), filed.request.reference)
    EraseRequest(**kiosk.parts)(filed.request.reference, ErasureReason.RIGHT, by="chef")

    assert kiosk.facts_of(kind) == []
    assert kiosk.verified().is_whole
    (told,) = kiosk.facts_of(EntryType.DATA_ERASED)
    assert kiosk.verified().erased_payloads == len(told["entries"]) == 2  # type: ignore[arg-type]
    kiosk.store.scrub()
    assert found_in_files(tmp_path, [SECRET]) == set()


@EACH_ACT
def test_a_locked_screen_does_nothing(kind: EntryType, tmp_path: Path) -> None:
    """Whatever the screen shows."""
    kiosk = a_kiosk(tmp_path)
    reference, session = kiosk.file().request.reference, signed_in(kiosk.desk)
    kiosk.desk.lock(session)

    with pytest.raises(NotSignedInError):
        ACTS[kind](kiosk, session, reference)
    assert kiosk.facts_of(kind) == []


@EACH_ACT
def test_of_an_erased_person_nothing_is_noted_again(kind: EntryType, tmp_path: Path) -> None:
    """Nor of a request that is not here."""
    kiosk = a_kiosk(tmp_path)
    filed, session = kiosk.file(), signed_in(kiosk.desk)
    kiosk.print(filed.filing.print_job_id)
    EraseRequest(**kiosk.parts)(filed.request.reference, ErasureReason.RIGHT, by="chef")

    for reference in (filed.request.reference, "38-A2-261120-9999-X"):
        with pytest.raises(InputError, match="reference"):
            ACTS[kind](kiosk, session, reference)


def test_an_account_that_was_disabled_meanwhile_does_nothing(tmp_path: Path) -> None:
    """The role is looked up in the transaction that does the thing."""
    kiosk = a_kiosk(tmp_path)
    reference, session = kiosk.file().request.reference, signed_in(kiosk.desk)
    kiosk.desk.accounts.disable("a.martin", by="chef")

    with pytest.raises(NotSignedInError):
        kiosk.file_work.add_note(session, reference, SECRET)
    with pytest.raises(NotSignedInError):
        kiosk.file_work.correct(session, reference, {CorrectedField.BIRTH_NAME: "DIALO"}, "vu")


def test_a_note_keeps_its_lines_and_nothing_that_hides(tmp_path: Path) -> None:
    """As typed, in any script, without marks that turn a text around."""
    kiosk = a_kiosk(tmp_path)
    reference, session = kiosk.file().request.reference, signed_in(kiosk.desk)
    kiosk.file_work.add_note(session, reference, "Première")
    file = kiosk.file_work.add_note(session, reference, " دوسية\n\u202eSecond ")

    assert [note.text for note in file.acts.notes] == ["Première", "دوسية\nSecond"]


@pytest.mark.parametrize("text", ["", " \n ", "x" * (LONGEST_NOTE + 1)])
def test_an_empty_note_and_an_endless_one_are_refused(text: str, tmp_path: Path) -> None:
    """Two thousand characters at most."""
    kiosk = a_kiosk(tmp_path)
    reference, session = kiosk.file().request.reference, signed_in(kiosk.desk)

    with pytest.raises(InputError, match="text"):
        kiosk.file_work.add_note(session, reference, text)
    assert kiosk.file_work.add_note(session, reference, "x" * LONGEST_NOTE).acts.notes


def test_a_fresh_note_keeps_the_file_from_being_erased_before_the_centre_has_it(tmp_path: Path) -> None:
    """Retention waits for what staff noted, as it waits for what the person changed."""
    clock = FixedClock()
    kiosk = AKiosk(a_store(tmp_path), clock=clock)
    filed = kiosk.file()
    kiosk.print(filed.filing.print_job_id)
    clock.pass_time(timedelta(days=100))
    kiosk.file_work.add_note(signed_in(kiosk.desk), filed.request.reference, SECRET)
    with kiosk.store.units() as unit:
        ((entry, _),) = unit.journal.entries_after(3, 1)
        unit.acknowledgements.add(AcknowledgementRecord(entry.seq, entry.hash, clock.read().utc, b"{}"))
        unit.commit()
    erase = EraseRequest(**kiosk.parts)

    assert ApplyRetention(erase, units=kiosk.store.units, clock=clock, keep_days=30)() == 0
