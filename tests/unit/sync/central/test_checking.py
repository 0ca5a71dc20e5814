"""A batch is checked on every core and comes out in its own order, with what is wrong with each entry."""

import dataclasses
from collections.abc import Iterator

import pytest

from kiosk.domain.request import OriginId
from kiosk.journal.canonical import JsonValue
from kiosk.journal.chain import head_after, next_entry
from kiosk.journal.entry import EMPTY_CHAIN, Entry, EntryDraft, EntryType, Payload
from kiosk.journal.key_rotation import rotation_facts
from sync.central.receiving import checking
from sync.central.trust.senders import OriginKey
from tests.fakes.clocks import FixedClock, FixedSigner
from tests.fakes.requests import a_moment

ORIGIN = OriginId("38-A2")
FIRST, SECOND = FixedSigner(1), FixedSigner(2)
ROTATION = 150
KEYS = {FIRST.key_id: OriginKey(FIRST.key_id, FIRST.public_key, 1, None, None)}


@pytest.fixture(params=[1, 4], ids=["one core", "four cores"], autouse=True)
def cores(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine's number of cores."""
    monkeypatch.setattr(checking, "_CORES", request.param)


def a_batch(length: int) -> Iterator[tuple[Entry, Payload]]:
    """Yield a chain whose key changes at :data:`ROTATION`."""
    head, clock = EMPTY_CHAIN, FixedClock()
    for seq in range(1, length + 1):
        signer = FIRST if seq <= ROTATION else SECOND
        kind = EntryType.KEY_ROTATED if seq == ROTATION else EntryType.AGENT_CALLED
        facts: dict[str, JsonValue] = {"screen": "names"}
        if kind is EntryType.KEY_ROTATED:
            facts = rotation_facts(ORIGIN, FIRST.key_id, SECOND.public_key, SECOND.sign)
        draft = EntryDraft(kind, a_moment(clock.utc), clock.read(), Payload(bytes(16), facts))
        entry = next_entry(head, draft, origin=ORIGIN, signer=signer)
        yield entry, draft.payload
        head = head_after(entry)


def test_the_one_wrong_entry_among_many_is_named_and_all_stay_in_order() -> None:
    batch = list(a_batch(600))
    for rank in (99, 420):
        entry, payload = batch[rank]
        batch[rank] = (dataclasses.replace(entry, signature=bytes(64)), payload)
    checked = checking.checked_batch(batch, KEYS, accepted_to=0)
    assert [one.entry for one in checked] == [entry for entry, _ in batch]
    assert {one.entry.seq: one.fault for one in checked if one.fault} == {
        100: "its signature does not fit",
        421: "its signature does not fit",
    }


def test_a_key_signs_nothing_after_the_entry_that_replaced_it() -> None:
    batch = list(a_batch(ROTATION + 1))
    following, payload = batch[ROTATION]
    forged = dataclasses.replace(following, key_id=FIRST.key_id, signature=FIRST.sign(bytes.fromhex(following.hash)))
    faults = [one.fault for one in checking.checked_batch([*batch, (forged, payload)], KEYS, accepted_to=0)]
    assert faults[:-1] == [None] * (ROTATION + 1)
    assert faults[-1] == "it was signed with another key than the registered one"


def test_what_is_held_already_is_not_checked_again() -> None:
    batch = [(dataclasses.replace(entry, signature=bytes(64)), payload) for entry, payload in a_batch(140)]
    faults = [one.fault for one in checking.checked_batch(batch, KEYS, accepted_to=130)]
    assert faults == [None] * 130 + ["its signature does not fit"] * 10
