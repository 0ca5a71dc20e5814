"""Drafts become entries: numbered, linked, hashed, signed, never earlier than the day before them."""

from datetime import date, datetime, timedelta

import pytest

from kiosk.domain.moment import ClockQuality
from kiosk.domain.request import OriginId
from kiosk.journal.chain import head_after, next_entry, settled
from kiosk.journal.entry import EMPTY_CHAIN, GENESIS_PREVIOUS_HASH, ChainHead, EntryDraft, EntryType, Payload
from kiosk.journal.signature import is_signed_by
from tests.fakes.clocks import FixedClock, a_signer
from tests.fakes.requests import A_MORNING, a_moment

ORIGIN = OriginId("38-A2")


def a_draft(utc: datetime = A_MORNING, subject: str | None = None) -> EntryDraft:
    """A start at a moment."""
    reading = FixedClock(utc).read()
    return EntryDraft(EntryType.STARTED, a_moment(utc), reading, Payload(bytes(16), {"n": 1}), subject)


def test_the_first_entry_follows_nothing() -> None:
    """Number one, linked to zeros."""
    entry = next_entry(EMPTY_CHAIN, a_draft(), origin=ORIGIN, signer=a_signer())

    assert (entry.seq, entry.previous_hash) == (1, GENESIS_PREVIOUS_HASH)


def test_each_entry_is_linked_to_the_one_before_and_signed() -> None:
    """The link is the hash; the signature covers the hash's bytes."""
    first = next_entry(EMPTY_CHAIN, a_draft(), origin=ORIGIN, signer=a_signer())

    second = next_entry(head_after(first), a_draft(subject="a-request"), origin=ORIGIN, signer=a_signer())

    assert (second.seq, second.previous_hash, second.subject) == (2, first.hash, "a-request")
    assert is_signed_by(a_signer().public_key, second.signature, bytes.fromhex(second.hash))


def test_an_entry_is_the_same_whenever_it_is_made() -> None:
    """Nothing but the draft and the head decides; the signature is deterministic."""
    made = [next_entry(EMPTY_CHAIN, a_draft(), origin=ORIGIN, signer=a_signer()) for _ in range(2)]

    assert made[0] == made[1]


@pytest.mark.parametrize(
    ("back", "civil_date", "clock"),
    [
        (timedelta(0), date(2026, 11, 20), ClockQuality.SYNCED),
        (timedelta(seconds=1), date(2026, 11, 20), ClockQuality.SYNCED),
        (timedelta(minutes=5), date(2026, 11, 20), ClockQuality.SUSPECT),
        (timedelta(days=2), date(2026, 11, 20), ClockQuality.SUSPECT),
        (-timedelta(days=2), date(2026, 11, 22), ClockQuality.SYNCED),
    ],
)
def test_the_calendar_never_goes_back(back: timedelta, civil_date: date, clock: ClockQuality) -> None:
    """A clock that fell back keeps its instant, takes the chain's day and is suspect; a small correction is not."""
    head = ChainHead(7, "a" * 64, date(2026, 11, 20), A_MORNING)

    moment = settled(a_moment(A_MORNING - back), head)

    assert (moment.utc, moment.civil_date, moment.clock) == (A_MORNING - back, civil_date, clock)


def test_settling_twice_changes_nothing_more() -> None:
    """So that a service and the chain may both ask."""
    head = ChainHead(7, "a" * 64, date(2026, 11, 20), A_MORNING)
    once = settled(a_moment(A_MORNING - timedelta(days=2)), head)

    assert settled(once, head) == once
