from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.domain.request import (
    Attempt,
    AttemptOutcome,
    Disposition,
    Evidence,
    FilingOutcome,
    HelpChannel,
    HelpContact,
)
from kiosk.domain.request_change import ChangeKind, Completion, Contact, CorrectedField, RemovedContact, as_it_stands
from kiosk.domain.slip import Proof
from kiosk.errors import IdempotencyConflictError, InputError, StoreError
from kiosk.journal.entry import EntryType
from kiosk.services.erase_request import EraseRequest, ErasureReason
from kiosk.services.record_change import ChangeOrder, ChangeOutcome
from kiosk.workflows.print_job import PrintState
from tests.fakes.clocks import FixedClock
from tests.fakes.kiosks import AKiosk, a_kiosk
from tests.fakes.knives import Knife
from tests.fakes.printers import ScriptedPrinter
from tests.fakes.requests import a_request_content

AGENT, REASON = "Claire Martin", "passeport présenté"


@pytest.fixture
def kiosk(tmp_path: Path) -> AKiosk:
    return a_kiosk(tmp_path)


@pytest.fixture
def filed(kiosk: AKiosk) -> FilingOutcome:
    """Somebody filed a week ago, with a passport alone."""
    outcome = kiosk.file(a_request_content(documents=("passeport",), phone="0611111111"))
    clock = kiosk.clock
    assert isinstance(clock, FixedClock)
    clock.pass_time(timedelta(days=7))
    return outcome


def order(filed: FilingOutcome, key: str = "tap", language: str = "fr") -> ChangeOrder:
    return ChangeOrder(filed.request.reference, key, language)


def types_of(kiosk: AKiosk) -> list[str]:
    """What was written after the filing."""
    return kiosk.entry_types()[1:]


Act = Callable[[AKiosk, ChangeOrder], ChangeOutcome]
ACTS: dict[str, Act] = {
    "complete": lambda kiosk, order: kiosk.complete(order, Completion(documents=("titre",))),
    "ask": lambda kiosk, order: kiosk.ask_correction(order, {CorrectedField.BIRTH_NAME: "DIALLOU"}),
    "correct": lambda kiosk, order: kiosk.correct(
        order, {CorrectedField.BIRTH_NAME: "DIALLOU"}, agent=AGENT, reason=REASON
    ),
    "withdraw": lambda kiosk, order: kiosk.withdraw(order),
}
any_act = pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)


def test_a_completion_adds_what_is_new_and_keeps_what_was_said(kiosk: AKiosk, filed: FilingOutcome) -> None:
    """An entry of its own beside the first; the request as it stands has both."""
    attempt = Attempt(None, AttemptOutcome.NO_SLOT)

    outcome = kiosk.complete(
        order(filed), Completion(("passeport", "titre"), (attempt,), phone="0622222222", email="a@b.example")
    )

    with kiosk.store.reading() as unit:
        request = unit.requests.get(filed.request.request_id)
        (change,) = unit.changes.of(filed.request.request_id)
    stands = as_it_stands(request.content, [change])
    assert request.content == filed.request.content
    assert (stands.documents, stands.attempts) == (("passeport", "titre"), (attempt,))
    assert (stands.phone, stands.email) == ("0622222222", "a@b.example")
    assert change == outcome.change
    assert change.added.documents == ("titre",)
    assert types_of(kiosk) == [EntryType.REQUEST_COMPLETED]
    assert kiosk.verified().is_whole


def test_what_was_tried_since_is_added_once(kiosk: AKiosk, filed: FilingOutcome) -> None:
    """With help, with what shows it; a day that is known already is no other try."""
    dated = Attempt(date(2026, 11, 24), AttemptOutcome.NO_SLOT)
    undated = Attempt(None, AttemptOutcome.ERROR_PAGE)
    asked = HelpContact(HelpChannel.CONTACT_CENTRE, date(2026, 11, 25), reference="A 123")
    added = Completion(attempts=(dated, undated), help_contacts=(asked,), evidence=(Evidence.SMS,))
    kiosk.complete(order(filed), added)

    again = kiosk.complete(order(filed, "again"), added)

    assert again.change.added == Completion(attempts=(undated,))
    with kiosk.store.reading() as unit:
        changes = unit.changes.of(filed.request.request_id)
        stands = as_it_stands(unit.requests.get(filed.request.request_id).content, changes)
    assert stands.attempts == (dated, undated, undated)
    assert (stands.help_contacts, stands.evidence) == ((asked,), (Evidence.SMS,))
    assert changes[0].added == added


def test_a_contact_that_is_taken_out_is_known_to_the_journal_alone(kiosk: AKiosk, filed: FilingOutcome) -> None:
    """RGPD art. 17: nobody is found by it any more, and the entry says what it was."""
    removed = (RemovedContact(Contact.PHONE), RemovedContact(Contact.EMAIL))

    outcome = kiosk.complete(order(filed), Completion(removed=removed))

    assert outcome.change.added.removed == (RemovedContact(Contact.PHONE, "0611111111"),)
    (facts,) = kiosk.facts_of(EntryType.REQUEST_COMPLETED)
    assert facts["added"] == {"removed": {"phone": {"old": "0611111111"}}}
    with kiosk.store.reading() as unit:
        request = unit.requests.get(filed.request.request_id)
        stands = as_it_stands(request.content, unit.changes.of(filed.request.request_id))
    assert stands.phone is None
    assert kiosk.find("0611111111") == []
    with pytest.raises(InputError, match="does not say yet"):
        kiosk.complete(order(filed, "again"), Completion(removed=removed))
    assert kiosk.verified().is_whole


def test_a_contact_that_is_said_anew_is_not_taken_out(kiosk: AKiosk, filed: FilingOutcome) -> None:
    added = Completion(phone="0622222222", removed=(RemovedContact(Contact.PHONE),))

    outcome = kiosk.complete(order(filed), added)

    assert outcome.change.added == Completion(phone="0622222222")


def test_a_correction_that_is_asked_for_changes_nothing_yet(kiosk: AKiosk, filed: FilingOutcome) -> None:
    """The seal is nominative: an agent decides."""
    asked = kiosk.ask_correction(order(filed), {CorrectedField.BIRTH_NAME: "DIALLOU", CorrectedField.BIRTH_DATE: ""})

    (correction,) = asked.change.corrections
    assert (correction.old, correction.new) == ("DIALLO", "DIALLOU")
    with kiosk.store.reading() as unit:
        changes = unit.changes.of(filed.request.request_id)
        stands = as_it_stands(unit.requests.get(filed.request.request_id).content, changes)
    assert stands.identity.birth_name == "DIALLO"
    assert kiosk.file(a_request_content()).disposition is Disposition.REPEATED


def test_an_agent_corrects_with_a_reason_and_the_old_value_stays(kiosk: AKiosk, filed: FilingOutcome) -> None:
    right = {CorrectedField.BIRTH_NAME: "DIALLOU", CorrectedField.BIRTH_DATE: "1991-04-12"}

    kiosk.correct(order(filed), right, agent=AGENT, reason=REASON)

    (facts,) = kiosk.facts_of(EntryType.REQUEST_CORRECTED)
    assert facts["corrections"] == {
        "birth_date": {"old": "1990-04-12", "new": "1991-04-12"},
        "birth_name": {"old": "DIALLO", "new": "DIALLOU"},
    }
    assert (facts["by"], facts["reason"]) == (AGENT, REASON)
    again = kiosk.file(a_request_content(birth_name="Diallou", birth_date="1991-04-12"))
    assert again.request.reference == filed.request.reference
    assert kiosk.file(a_request_content(foreigner_number=None)).disposition is Disposition.FILED


def test_a_correction_never_makes_two_requests_of_one_person(kiosk: AKiosk, filed: FilingOutcome) -> None:
    other = kiosk.file(a_request_content(birth_name="DIALLOU"))
    assert other.disposition is Disposition.FILED

    with pytest.raises(InputError, match="no second one"):
        ACTS["correct"](kiosk, order(filed))

    assert EntryType.REQUEST_CORRECTED not in types_of(kiosk)


def test_a_withdrawn_request_lives_no_longer_and_a_new_filing_is_a_new_request(
    kiosk: AKiosk, filed: FilingOutcome
) -> None:
    kiosk.withdraw(order(filed))

    again = kiosk.file()
    assert again.disposition is Disposition.FILED
    assert again.request.reference != filed.request.reference
    assert again.request.received.civil_date == filed.request.received.civil_date + timedelta(days=7)
    for act in ACTS.values():
        with pytest.raises(InputError, match="not withdrawn"):
            act(kiosk, order(filed, key="another"))


@any_act
def test_each_act_is_dated_by_itself_and_leaves_the_date_of_receipt(
    kiosk: AKiosk, filed: FilingOutcome, act: Act
) -> None:
    outcome = act(kiosk, order(filed))

    with kiosk.store.reading() as unit:
        request = unit.requests.get(filed.request.request_id)
        ((entry, payload),) = unit.journal.entries_after(outcome.change.journal_seq - 1, 1)
    assert request.received == filed.request.received
    assert outcome.change.changed.utc == filed.request.received.utc + timedelta(days=7)
    assert (entry.hash, entry.subject) == (outcome.change.entry_hash, filed.request.request_id)
    assert payload is not None
    assert payload.facts["received_on"] == "2026-11-20"
    assert payload.facts["changed_on"] == "2026-11-27"


@any_act
def test_a_double_tap_is_one_act(kiosk: AKiosk, filed: FilingOutcome, act: Act) -> None:
    """The same key gives the first answer again, with its paper; nothing is written."""
    first = act(kiosk, order(filed))
    written = types_of(kiosk)

    second = act(kiosk, order(filed))

    assert (second.change, second.print_job_id) == (first.change, first.print_job_id)
    assert (first.is_new, second.is_new) == (True, False)
    assert types_of(kiosk) == written


def test_a_key_used_for_something_else_is_refused(kiosk: AKiosk, filed: FilingOutcome) -> None:
    kiosk.complete(order(filed), Completion(documents=("titre",)))

    with pytest.raises(IdempotencyConflictError):
        kiosk.complete(order(filed), Completion(phone="0633333333"))


@any_act
def test_a_disk_that_fails_records_nothing_and_the_same_act_goes_through_later(
    kiosk: AKiosk, filed: FilingOutcome, act: Act
) -> None:
    def fail() -> None:
        raise StoreError("the disk is full")

    whole = kiosk.units
    kiosk.units = Knife(kiosk.store.units, commit=1, cut=fail, before=True)
    with pytest.raises(StoreError):
        act(kiosk, order(filed))
    kiosk.units = whole
    assert types_of(kiosk) == []
    with kiosk.store.reading() as unit:
        assert (unit.changes.of(filed.request.request_id), unit.print_jobs.in_states([PrintState.SAVED])) == (
            [],
            [unit.print_jobs.get(filed.filing.print_job_id)],
        )

    assert act(kiosk, order(filed)).is_new


@any_act
def test_each_act_has_its_paper_and_the_printer_has_the_last_word(
    kiosk: AKiosk, filed: FilingOutcome, act: Act
) -> None:
    printer = ScriptedPrinter()
    kiosk.printer = printer
    outcome = act(kiosk, order(filed, language="ar"))
    assert outcome.print_job_id is not None
    assert kiosk.state_of(outcome.print_job_id) is PrintState.SAVED

    assert kiosk.print(outcome.print_job_id) is PrintState.CONFIRMED

    (proof,) = printer.slips
    assert isinstance(proof, Proof)
    assert (proof.change, proof.language) == (outcome.change, "ar")
    (sending,) = kiosk.facts_of(EntryType.TICKET_SENDING)
    assert (sending["slip"], sending["print_job_id"]) == ("proof", outcome.print_job_id)
    assert kiosk.verified().is_whole


def test_a_paper_cut_off_by_a_power_cut_is_settled_at_the_next_start(kiosk: AKiosk, filed: FilingOutcome) -> None:
    """As a ticket: what was on its way may be on paper, what was not never comes out."""
    kiosk.print(filed.filing.print_job_id)
    waiting = kiosk.complete(order(filed, "a"), Completion(documents=("titre",)))
    cut = kiosk.withdraw(order(filed, "b"))
    assert waiting.print_job_id is not None
    assert cut.print_job_id is not None

    class PowerCutError(BaseException):
        pass

    def die() -> None:
        raise PowerCutError

    kiosk.printer = ScriptedPrinter(when_bytes_leave=die)
    with pytest.raises(PowerCutError):
        kiosk.print(cut.print_job_id)

    assert (kiosk.recover().unconfirmed, kiosk.recover().expired) == (1, 0)
    assert kiosk.state_of(waiting.print_job_id) is PrintState.EXPIRED
    assert kiosk.state_of(cut.print_job_id) is PrintState.UNCONFIRMED


@pytest.mark.parametrize(
    ("act", "field"),
    [
        (lambda kiosk, order: kiosk.complete(order, Completion()), "added"),
        (lambda kiosk, order: kiosk.complete(order, Completion(documents=("passeport",))), "added"),
        (lambda kiosk, order: kiosk.complete(order, Completion(phone="0611111111")), "added"),
        (lambda kiosk, order: kiosk.complete(order, Completion(documents=("inconnu",))), "documents"),
        (lambda kiosk, order: kiosk.complete(order, Completion(phone="0" * 201)), "phone"),
        (lambda kiosk, order: kiosk.ask_correction(order, {}), "corrections"),
        (lambda kiosk, order: kiosk.ask_correction(order, {CorrectedField.BIRTH_NAME: "DIALLO"}), "corrections"),
        (lambda kiosk, order: kiosk.ask_correction(order, {CorrectedField.BIRTH_DATE: "1990-02-31"}), "birth_date"),
        (lambda kiosk, order: kiosk.ask_correction(order, {CorrectedField.BIRTH_NAME: "---"}), "birth_name"),
        (lambda k, o: k.correct(o, {CorrectedField.BIRTH_NAME: "X"}, agent=" ", reason=REASON), "agent"),
        (lambda k, o: k.correct(o, {CorrectedField.BIRTH_NAME: "X"}, agent=AGENT, reason=""), "reason"),
        (lambda k, o: k.withdraw(ChangeOrder("38-A2-261120-9999-E", o.key, "fr")), "reference"),
        (lambda k, o: k.withdraw(ChangeOrder(o.reference, "", "fr")), "idempotency_key"),
    ],
)
def test_what_cannot_be_recorded_is_refused_by_name(kiosk: AKiosk, filed: FilingOutcome, act: Act, field: str) -> None:
    with pytest.raises(InputError) as refused:
        act(kiosk, order(filed))

    assert refused.value.field == field
    assert types_of(kiosk) == []


def test_an_erased_request_is_not_opened_again(kiosk: AKiosk, filed: FilingOutcome) -> None:
    kiosk.print(filed.filing.print_job_id)
    EraseRequest(**kiosk.parts)(filed.request.reference, ErasureReason.RIGHT, by=AGENT)

    with pytest.raises(InputError, match="still here"):
        kiosk.withdraw(order(filed))
    with pytest.raises(InputError, match="still here"):
        kiosk.list_passages(filed.request.reference, "fr")


def test_acts_are_numbered_in_their_order(kiosk: AKiosk, filed: FilingOutcome) -> None:
    for number, act in enumerate(("complete", "ask", "correct", "withdraw"), start=1):
        assert ACTS[act](kiosk, order(filed, key=act)).change.ordinal == number

    with kiosk.store.reading() as unit:
        kinds = [change.kind for change in unit.changes.of(filed.request.request_id)]
    assert kinds == [ChangeKind.COMPLETED, ChangeKind.CORRECTION_ASKED, ChangeKind.CORRECTED, ChangeKind.WITHDRAWN]
