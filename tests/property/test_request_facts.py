"""What was asked comes back from its facts as it was said."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.identity import Identity, PartialDate
from kiosk.domain.request import (
    Attempt,
    AttemptOutcome,
    Evidence,
    Guardian,
    GuardianTie,
    HelpChannel,
    HelpContact,
    RequestContent,
)
from kiosk.journal.canonical import canonical_bytes
from kiosk.journal.request_facts import content_facts, content_from_facts
from kiosk.store.stored_values import facts_of

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
DATES = st.dates(date(1900, 1, 1), date(2200, 1, 1))
PARTIAL_DATES = st.builds(lambda d: PartialDate(d.year, d.month, d.day), DATES) | st.builds(
    PartialDate, st.integers(1850, 2100)
)
CONTENTS = st.builds(
    RequestContent,
    procedure=TEXTS,
    language=TEXTS,
    identity=st.builds(
        Identity,
        birth_name=TEXTS,
        given_names=st.lists(TEXTS, max_size=3).map(tuple),
        usage_name=st.none() | TEXTS,
        birth_date=st.none() | PARTIAL_DATES,
        nationality=st.none() | TEXTS,
    ),
    foreigner_number=st.none() | TEXTS,
    permit_expires_on=st.none() | DATES,
    departement=st.none() | TEXTS,
    phone=st.none() | TEXTS,
    email=st.none() | TEXTS,
    documents=st.lists(TEXTS, max_size=3).map(tuple),
    attempts=st.lists(
        st.builds(
            Attempt, st.none() | DATES, st.sampled_from(AttemptOutcome), st.none() | TEXTS, st.none() | PARTIAL_DATES
        ),
        max_size=3,
    ).map(tuple),
    helper=st.none() | TEXTS,
    target_procedure=st.none() | st.just("REN-VPF"),
    guardian=st.none() | st.builds(Guardian, TEXTS, st.none() | st.sampled_from(GuardianTie)),
    help_contacts=st.lists(
        st.builds(
            HelpContact,
            st.sampled_from(HelpChannel),
            st.none() | DATES,
            st.none() | PARTIAL_DATES,
            st.none() | TEXTS,
        ),
        max_size=2,
    ).map(tuple),
    evidence=st.lists(st.sampled_from(Evidence), max_size=3).map(tuple),
)


@given(CONTENTS)
def test_facts_say_everything_and_come_back(content: RequestContent) -> None:
    """Through the canonical bytes that lie on disk, and back."""
    assert content_from_facts(facts_of(canonical_bytes(content_facts(content)))) == content


@given(CONTENTS)
def test_facts_hold_nothing_that_was_not_said(content: RequestContent) -> None:
    """Absent answers leave no trace, not even a null."""
    assert None not in content_facts(content).values()
