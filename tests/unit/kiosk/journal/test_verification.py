"""A verification says the first bad entry and why; the promise tests forge real files, these forge values."""

import dataclasses
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import pytest

from kiosk.domain.moment import ClockQuality
from kiosk.domain.request import OriginId
from kiosk.journal.chain import head_after, next_entry
from kiosk.journal.entry import EMPTY_CHAIN, Entry, EntryDraft, EntryType, Payload, entry_hash
from kiosk.journal.signature import public_pem
from kiosk.journal.verification import BreakReason, UnreadableEntryError, Witness, verify_chain
from tests.fakes.clocks import FixedClock, FixedSigner, SeededEntropy, a_signer
from tests.fakes.requests import a_moment

Journal = list[tuple[Entry, Payload | None]]


def a_journal(length: int = 5, signer: FixedSigner | None = None) -> Journal:
    """A founded journal."""
    key, clock, entropy, head = signer or a_signer(), FixedClock(), SeededEntropy(), EMPTY_CHAIN
    journal: Journal = []
    for number in range(length):
        kind = EntryType.STARTED if number else EntryType.GENESIS
        facts = {"public_key": public_pem(key.public_key)} if number == 0 else {"number": str(number)}
        draft = EntryDraft(kind, a_moment(clock.utc), clock.read(), Payload(entropy.salt(16), facts))
        entry = next_entry(head, draft, origin=OriginId("38-A2"), signer=key)
        journal.append((entry, draft.payload))
        head = head_after(entry)
        clock.pass_time(timedelta(hours=5))
    return journal


def resigned(entry: Entry) -> Entry:
    """An entry hashed and signed again after a change, as only the kiosk itself could."""
    digest = entry_hash(entry)
    return dataclasses.replace(entry, hash=digest, signature=a_signer().sign(bytes.fromhex(digest)))


def first_break(
    journal: Sequence[tuple[Entry, Payload | None]], *, with_signatures: bool = True
) -> tuple[int, BreakReason] | None:
    """What a verification finds first."""
    found = verify_chain(journal, [a_signer().public_key], with_signatures=with_signatures).first_break
    return (found.seq, found.reason) if found else None


def test_a_whole_journal_verifies() -> None:
    """Every entry counted, the head is the last one."""
    journal = a_journal()

    report = verify_chain(journal, [a_signer().public_key], origin="38-A2")

    assert report.is_whole
    assert (report.entries, report.head.hash, report.erased_payloads) == (5, journal[-1][0].hash, 0)


def test_an_empty_journal_verifies() -> None:
    """Nothing recorded, nothing wrong."""
    assert verify_chain([], []).is_whole


def test_without_signatures_the_links_are_still_checked() -> None:
    """The quick form finds a changed field, and does not ask who signed."""
    journal = a_journal()
    journal[3] = (dataclasses.replace(journal[3][0], signature=bytes(64)), journal[3][1])

    assert first_break(journal, with_signatures=False) is None
    assert first_break(journal) == (4, BreakReason.SIGNATURE)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"type": "stopped"}, BreakReason.HASH),
        ({"zone": "Europe/Berlin"}, BreakReason.HASH),
        ({"clock": ClockQuality.SUSPECT}, BreakReason.HASH),
        ({"subject": "somebody"}, BreakReason.HASH),
        ({"hash": "0" * 64}, BreakReason.HASH),
        ({"previous_hash": "0" * 64}, BreakReason.LINK),
        ({"origin": "38-A3"}, BreakReason.FOREIGN_ORIGIN),
        ({"civil_date": date(2026, 1, 1)}, BreakReason.CIVIL_DATE),
        ({"signature": b""}, BreakReason.SIGNATURE),
        ({"monotonic_ms": 2**60}, BreakReason.UNREADABLE),
    ],
)
def test_a_changed_field_is_named_with_its_reason(change: dict[str, object], reason: BreakReason) -> None:
    """The first bad entry is the one that was changed, not the one after."""
    journal = a_journal()
    journal[2] = (dataclasses.replace(journal[2][0], **change), journal[2][1])  # type: ignore[arg-type]

    assert first_break(journal) == (3, reason)


def test_an_entry_signed_again_breaks_the_link_of_the_next() -> None:
    """Even the kiosk's own key cannot change one entry alone."""
    journal = a_journal()
    journal[2] = (resigned(dataclasses.replace(journal[2][0], type="stopped")), journal[2][1])

    assert first_break(journal) == (4, BreakReason.LINK)


def test_missing_repeated_and_swapped_entries_are_told_apart() -> None:
    """A gap names the first entry that is gone."""
    journal = a_journal()

    assert first_break(journal[:1] + journal[2:]) == (2, BreakReason.MISSING)
    assert first_break(journal[1:]) == (1, BreakReason.MISSING)
    assert first_break([*journal[:3], journal[2], *journal[3:]]) == (3, BreakReason.OUT_OF_ORDER)
    assert first_break([journal[0], journal[2], journal[1], *journal[3:]]) == (2, BreakReason.MISSING)


def test_the_founding_entry_is_first_and_only_first() -> None:
    """It introduces the key; a second one would start another history."""
    journal = a_journal()
    second = resigned(dataclasses.replace(journal[2][0], type=EntryType.GENESIS))
    unfounded = resigned(dataclasses.replace(journal[0][0], type=EntryType.STARTED))

    assert first_break([*journal[:2], (second, journal[2][1])]) == (3, BreakReason.SECOND_GENESIS)
    assert first_break([(unfounded, journal[0][1])]) == (1, BreakReason.NO_GENESIS)


def test_a_founding_entry_that_names_another_key_is_found() -> None:
    """The key in the founding facts is the key that signed them."""
    payload = Payload(bytes(16), {"public_key": public_pem(FixedSigner(7).public_key)})
    genesis = resigned(dataclasses.replace(a_journal(1)[0][0], payload_hash=payload.hash))

    assert first_break([(genesis, payload)]) == (1, BreakReason.PAYLOAD)


def test_facts_that_changed_are_found_and_facts_that_are_gone_are_not_missed() -> None:
    """Erasure is allowed, change is not."""
    journal = a_journal()
    erased = [*journal[:2], (journal[2][0], None), *journal[3:]]
    changed = [*journal[:2], (journal[2][0], Payload(bytes(16), {"number": "2"})), *journal[3:]]

    assert first_break(erased) is None
    assert verify_chain(erased, [a_signer().public_key]).erased_payloads == 1
    assert first_break(changed) == (3, BreakReason.PAYLOAD)


def test_witnesses_find_what_a_chain_cannot_say_of_itself() -> None:
    """A cut-off end, and a whole history replaced by another one that is sound in itself."""
    journal = a_journal()
    told = [Witness(entry.seq, entry.hash) for entry, _ in journal]
    keys = [a_signer().public_key]

    def found(entries: Journal, witnesses: list[Witness]) -> tuple[int, BreakReason] | None:
        report = verify_chain(entries, keys, witnesses=witnesses).first_break
        return (report.seq, report.reason) if report else None

    assert found(journal, told) is None
    assert found(journal, [told[1], told[1], told[4]]) is None
    assert found(journal[:3], told) == (4, BreakReason.WITNESS)
    assert found(journal, [told[1], Witness(3, "0" * 64)]) == (3, BreakReason.WITNESS)


def test_a_row_that_cannot_be_read_is_the_first_bad_entry() -> None:
    """What the store cannot turn into an entry is reported like any other break."""

    def rows() -> Iterator[tuple[Entry, Payload | None]]:
        yield from a_journal(3)
        raise UnreadableEntryError(4, "its clock is 'sunced'")

    report = verify_chain(rows(), [a_signer().public_key])

    assert report.first_break is not None
    assert (report.entries, report.first_break.seq, report.first_break.reason) == (3, 4, BreakReason.UNREADABLE)


def test_another_key_is_not_ours() -> None:
    """A journal signed by somebody else is not evidence of this kiosk."""
    assert first_break(a_journal(signer=FixedSigner(7))) == (1, BreakReason.UNKNOWN_KEY)
