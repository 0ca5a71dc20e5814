"""A ticket at the counter: the six verdicts of every reader, what is known of it here, and how often it was shown."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.domain.identity import PartialDate
from kiosk.domain.request import FilingOutcome
from kiosk.errors import InputError, NotSignedInError
from kiosk.journal.entry import EntryType
from kiosk.journal.seal import make_seal
from kiosk.journal.seal_verdict import KnownKey, Verdict
from kiosk.ports.desk import StaffSession
from kiosk.ports.ticket_checks import CheckedTicket
from kiosk.services.erase_request import EraseRequest, ErasureReason
from tests.fakes.clocks import FixedClock, a_signer
from tests.fakes.kiosks import AKiosk
from tests.fakes.seal_vectors import NOW, a_request, a_seal, known_keys, rows_of
from tests.fakes.staff import signed_in
from tests.fakes.stores import a_store


class ACounter:
    """An agent, a kiosk, and somebody who filed."""

    def __init__(self, folder: Path) -> None:
        self.clock = FixedClock()
        self.kiosk = AKiosk(a_store(folder), clock=self.clock)
        self.agent: StaffSession = signed_in(self.kiosk.desk)
        self.filed: FilingOutcome = self.kiosk.file()
        self.seal = self.kiosk.issue(self.filed.request, self.filed.filing).seal

    def check(self, text: str, session: StaffSession | None = None) -> CheckedTicket:
        """Scan something."""
        return self.kiosk.checks.check(session or self.agent, text)


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[ACounter]:
    counter = ACounter(tmp_path)
    yield counter
    assert counter.kiosk.verified().is_whole
    counter.kiosk.store.close()


@pytest.mark.parametrize("vector", rows_of("seals"), ids=lambda row: str(row["name"]))
def test_the_counter_says_what_every_reader_says(counter: ACounter, vector: dict[str, object]) -> None:
    """The vectors of docs/seal.md; each check is an entry with its verdict, and never the code."""
    counter.clock.jump_to(NOW)
    counter.kiosk.keys_of_seals = known_keys()
    text = str(vector["text"])
    checked = counter.check(text)

    assert checked.verdict.value == vector["verdict"]
    if "reference" in vector:
        assert checked.said is not None
        assert (checked.said.reference, checked.said.kiosk) == (vector["reference"], vector["kiosk"])
        assert checked.said.journal_seq == vector["journal_seq"]
    (facts,) = counter.kiosk.facts_of(EntryType.SEAL_CHECKED)
    assert facts["verdict"] == vector["verdict"]
    assert (facts["account"], facts["counter"]) == ("a.martin", "1")
    assert facts.get("reference") == vector.get("reference")
    assert not any(isinstance(value, str) and "PREFTKT" in value for value in facts.values())


def test_a_ticket_of_this_kiosk_is_known_with_its_call_number(counter: ACounter) -> None:
    """It can be opened here, and the check stands in its history."""
    checked = counter.check(f"  {counter.seal.lower()}\n")

    assert (checked.verdict, checked.is_here, checked.agrees) == (Verdict.AUTHENTIC, True, True)
    assert checked.call_number == counter.filed.filing.call_number
    assert checked.said is not None
    assert checked.said.procedure != counter.filed.request.content.procedure
    file = counter.kiosk.desk.open_file(counter.agent, checked.said.reference)
    assert EntryType.SEAL_CHECKED in [line.type for line in file.timeline]


def test_what_a_scanner_types_on_a_french_keyboard_is_read(counter: ACounter) -> None:
    """Its keys are taken for those of another layout."""
    azerty = str.maketrans("1234567AQZWM.", "&é\"'(-èQAWZ?:")

    assert counter.check(counter.seal.translate(azerty)).verdict is Verdict.AUTHENTIC


def test_earlier_presentations_are_told_with_counter_and_time_the_newest_first(counter: ACounter) -> None:
    """Only genuine tickets count, each with its reference."""
    other = signed_in(counter.kiosk.desk, "b.petit", counter="3")
    assert counter.check(counter.seal).earlier == ()
    first = counter.clock.utc
    counter.clock.pass_time(timedelta(days=8))
    counter.check(counter.seal[:-1] + ("A" if counter.seal[-1] != "A" else "B"))
    counter.check(counter.seal, other)
    checked = counter.check(counter.seal)

    assert [(shown.at, shown.counter) for shown in checked.earlier] == [(counter.clock.utc, "3"), (first, "1")]


def test_a_ticket_of_another_kiosk_is_counted_though_its_request_is_not_here(counter: ACounter) -> None:
    """It is authentic; what it is for is not known here, or not yet."""
    counter.clock.jump_to(NOW)
    counter.kiosk.keys_of_seals = known_keys()
    seal = a_seal()
    counter.check(seal)
    checked = counter.check(seal)

    assert (checked.verdict, checked.is_here, checked.call_number) == (Verdict.AUTHENTIC, False, "")
    assert len(checked.earlier) == 1


def test_a_signed_ticket_that_the_journal_does_not_know_is_told_apart(counter: ACounter) -> None:
    """Whoever stole the key can sign for any reference, and cannot write an entry of the past."""
    forged = a_request("38-A2", counter.filed.request.received.utc, "DIALLO", "1990-04-12")
    stolen = make_seal(counter.filed.request, forged.filings[0], counter.kiosk.site.origin, a_signer())
    checked = counter.check(stolen)

    assert (checked.verdict, checked.is_here, checked.agrees) == (Verdict.AUTHENTIC, True, False)
    assert counter.kiosk.facts_of(EntryType.SEAL_CHECKED)[0]["agrees"] is False


def test_a_ticket_of_somebody_who_was_erased_stays_authentic_and_opens_nothing(counter: ACounter) -> None:
    """What proves the request stays; the person is gone."""
    counter.kiosk.print(counter.filed.filing.print_job_id)
    EraseRequest(**counter.kiosk.parts)(counter.filed.request.reference, ErasureReason.RIGHT, by="chef")

    checked = counter.check(counter.seal)
    assert (checked.verdict, checked.is_here) == (Verdict.AUTHENTIC, False)


@pytest.mark.parametrize("vector", rows_of("identities"), ids=lambda row: f"{row['birth_name']} {row['birth_date']}")
def test_a_name_and_a_date_match_as_for_every_reader(counter: ACounter, vector: dict[str, object]) -> None:
    """The answer is an entry; what was typed is not in it."""
    counter.clock.jump_to(NOW)
    counter.kiosk.keys_of_seals = known_keys()
    name, born = str(vector["birth_name"]), str(vector["birth_date"])
    matches = counter.kiosk.checks.is_of(
        counter.agent, str(vector["seal"]), name, PartialDate.parse(born) if born else None
    )

    assert matches is vector["matches"]
    (facts,) = counter.kiosk.facts_of(EntryType.IDENTITY_COMPARED)
    assert facts.keys() == {"account", "counter", "reference", "matches"}
    assert facts["matches"] is vector["matches"]


def test_a_code_that_proves_nothing_is_nobodys(counter: ACounter) -> None:
    """A revoked key or a changed character: no comparison is made, and none is recorded."""
    with pytest.raises(InputError, match="genuine"):
        counter.kiosk.checks.is_of(counter.agent, counter.seal[:-9], "DIALLO", None)
    counter.kiosk.keys_of_seals = [KnownKey(a_signer().public_key, revoked_at=counter.clock.utc)]
    with pytest.raises(InputError, match="revoked_key"):
        counter.kiosk.checks.is_of(counter.agent, counter.seal, "DIALLO", None)

    assert counter.kiosk.facts_of(EntryType.IDENTITY_COMPARED) == []


def test_nobody_checks_from_a_locked_screen(counter: ACounter) -> None:
    """Whoever finds it learns of no ticket."""
    counter.kiosk.desk.lock(counter.agent)
    with pytest.raises(NotSignedInError):
        counter.check(counter.seal)
    with pytest.raises(NotSignedInError):
        counter.kiosk.checks.is_of(counter.agent, counter.seal, "DIALLO", None)

    assert counter.kiosk.facts_of(EntryType.SEAL_CHECKED) == []


def test_presentations_are_forgotten_with_what_staff_did(counter: ACounter) -> None:
    """After a year nobody reads any more who stood at which counter."""
    counter.check(counter.seal)
    with counter.kiosk.store.units() as unit:
        unit.erasures.forget_staff([EntryType.SEAL_CHECKED], counter.clock.utc + timedelta(seconds=1), 10_000)
        unit.commit()

    assert counter.kiosk.facts_of(EntryType.SEAL_CHECKED) == []
    assert counter.check(counter.seal).earlier == ()
