"""Laws of what happens after a filing: the date of receipt never moves, nothing is overwritten, the chain verifies."""

import tempfile
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.request import Attempt, AttemptOutcome, Evidence, FilingOutcome, RequestContent
from kiosk.domain.request_change import (
    ChangeKind,
    Completion,
    Contact,
    CorrectedField,
    RemovedContact,
    RequestChange,
    as_it_stands,
    contact_in,
)
from kiosk.domain.request_json import request_to_json
from kiosk.domain.ticket import ReprintReason
from kiosk.errors import InputError
from kiosk.services.record_change import ChangeOrder
from tests.fakes.clocks import FixedClock
from tests.fakes.kiosks import AKiosk, a_kiosk
from tests.fakes.requests import a_request_content

Step = Callable[[AKiosk, ChangeOrder], object]

VALUES: Final = {
    CorrectedField.BIRTH_NAME: st.sampled_from(["DIALLOU", "Dialo", "بن علي"]),
    CorrectedField.GIVEN_NAMES: st.sampled_from(["Aminata", "Aminata, Fatou"]),
    CorrectedField.BIRTH_DATE: st.sampled_from(["1991-04-12", "1990-00-00"]),
    CorrectedField.FOREIGNER_NUMBER: st.sampled_from(["9911111111", "991 111 111"]),
}
RIGHT: Final = st.fixed_dictionaries({}, optional=VALUES)
ADDED: Final = st.builds(
    Completion,
    documents=st.lists(st.sampled_from(["passeport", "titre"]), max_size=2).map(tuple),
    phone=st.none() | st.sampled_from(["0611111111", "+33 6 22"]),
    email=st.none() | st.sampled_from(["a@b.example"]),
    attempts=st.lists(
        st.builds(Attempt, st.none() | st.just(date(2026, 11, 3)), st.sampled_from(AttemptOutcome)), max_size=2
    ).map(tuple),
    removed=st.lists(st.builds(RemovedContact, st.sampled_from(Contact)), max_size=2).map(tuple),
    evidence=st.lists(st.sampled_from(Evidence), max_size=2).map(tuple),
)


def _reprinted(kiosk: AKiosk, order: ChangeOrder) -> object:
    return kiosk.order_reprint(order.reference, agent="kiosk", reason=ReprintReason.HOLDER)


STEPS: Final = st.one_of(
    ADDED.map(lambda added: lambda kiosk, order: kiosk.complete(order, added)),
    RIGHT.map(lambda right: lambda kiosk, order: kiosk.ask_correction(order, right)),
    RIGHT.map(lambda right: lambda kiosk, order: kiosk.correct(order, right, agent="Claire", reason="passeport")),
    st.just(lambda kiosk, order: kiosk.withdraw(order)),
    st.just(lambda kiosk, order: kiosk.list_passages(order.reference, order.language)),
    st.just(_reprinted),
    st.just(lambda kiosk, _: kiosk.file()),
)


def taken(kiosk: AKiosk, filed: FilingOutcome, steps: list[tuple[Step, int]]) -> None:
    """Let things happen, with some time between them, backwards too; what is refused changes nothing."""
    assert isinstance(kiosk.clock, FixedClock)
    for number, (step, minutes) in enumerate(steps):
        kiosk.clock.pass_time(timedelta(minutes=minutes))
        order = ChangeOrder(filed.request.reference, f"step {number}", "fr")
        before = kiosk.entry_types()
        try:
            step(kiosk, order)
        except InputError:
            assert kiosk.entry_types() == before


@given(st.lists(st.tuples(STEPS, st.integers(-30, 3000)), max_size=8))
@settings(max_examples=60, deadline=None)
def test_no_sequence_of_acts_changes_the_date_of_receipt_or_what_was_filed(steps: list[tuple[Step, int]]) -> None:
    """And everything that was recorded verifies, with every signature, in one order."""
    with tempfile.TemporaryDirectory() as place:
        kiosk = a_kiosk(Path(place), encrypted=False)
        filed = kiosk.file(a_request_content(documents=()))

        taken(kiosk, filed, steps)

        with kiosk.store.reading() as unit:
            request = unit.requests.get(filed.request.request_id)
            changes = unit.changes.of(filed.request.request_id)
        assert (request.received, request.content) == (filed.request.received, filed.request.content)
        assert request.filings[0] == filed.filing
        assert [change.ordinal for change in changes] == list(range(1, len(changes) + 1))
        seqs = [change.journal_seq for change in changes]
        assert seqs == sorted(seqs)
        assert sum(change.kind is ChangeKind.WITHDRAWN for change in changes) <= 1
        assert all(change.kind is not ChangeKind.WITHDRAWN for change in changes[:-1])
        assert kiosk.verified().is_whole
        kiosk.store.close()


@given(st.lists(st.tuples(STEPS, st.integers(0, 3000)), max_size=8))
@settings(max_examples=30, deadline=None)
def test_a_request_as_it_stands_is_made_of_its_entries_alone(steps: list[tuple[Step, int]]) -> None:
    """Every document once said stays, every value is the filed one or the last that an agent put right."""
    with tempfile.TemporaryDirectory() as place:
        kiosk = a_kiosk(Path(place), encrypted=False)
        filed = kiosk.file(a_request_content(documents=("passeport",)))

        taken(kiosk, filed, steps)

        with kiosk.store.reading() as unit:
            changes = unit.changes.of(filed.request.request_id)
        stands = as_it_stands(filed.request.content, changes)
        said = {"passeport", *(code for change in changes for code in change.added.documents)}
        assert set(stands.documents) == said
        assert len(stands.documents) == len(said)
        righted = [c for change in changes if change.kind is ChangeKind.CORRECTED for c in change.corrections]
        names = [c.new for c in righted if c.field is CorrectedField.BIRTH_NAME]
        assert stands.identity.birth_name == (names[-1] if names else "DIALLO")
        for contact in Contact:
            assert contact_in(stands, contact) == _last_said(filed.request.content, changes, contact)
        dated = [attempt for attempt in stands.attempts if attempt.on is not None]
        assert len(dated) == len(set(dated))
        assert request_to_json(stands)["procedure"] == "REN-SALARIE"
        kiosk.store.close()


def _last_said(filed: RequestContent, changes: Sequence[RequestChange], contact: Contact) -> str:
    """How a person can be reached: the newest word counts, and what was taken out stays out."""
    value = contact_in(filed, contact)
    for added in (change.added for change in changes):
        value = (added.phone if contact is Contact.PHONE else added.email) or value
        if contact in {removed.contact for removed in added.removed}:
            value = ""
    return value
