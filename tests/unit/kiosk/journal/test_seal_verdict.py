"""The verdict on a seal: every vector of ``docs/seal-vectors.json``, as the function and as the command."""

from datetime import timedelta

import pytest

from kiosk.domain.identity import PartialDate, folded_name
from kiosk.domain.moment import instant_text, parse_instant
from kiosk.journal.canonical import JsonValue
from kiosk.journal.seal import matches_identity, read_seal
from kiosk.journal.seal_verdict import CLOCK_TOLERANCE, KnownKey, Verdict, judged
from tests.fakes.seal_vectors import KIOSK, NOW, RECEIVED, a_seal, known_keys, rows_of
from ui.commands.seal_check import NO_PERMIT, check_ticket, said_of

SEALS = rows_of("seals")


@pytest.mark.parametrize("row", SEALS, ids=lambda row: str(row["name"]))
def test_every_published_vector_has_its_verdict(row: dict[str, JsonValue]) -> None:
    """With the published keys, at the published time."""
    found = judged(str(row["text"]), known_keys(), NOW)

    assert found.verdict == row["verdict"]
    assert (instant_text(found.revoked_at) if found.revoked_at else None) == row.get("revoked_at")
    if "reference" in row:
        assert found.seal is not None
        assert (found.seal.kiosk, found.seal.reference) == (row["kiosk"], row["reference"])
        assert instant_text(found.seal.received_at) == row["received_at"]


@pytest.mark.parametrize("row", SEALS, ids=lambda row: str(row["name"]))
def test_the_command_names_the_same_verdict(row: dict[str, JsonValue]) -> None:
    """Of the one key that its caller vouches for; its last line never changes."""
    expected = judged(str(row["text"]), [KnownKey(KIOSK.public_key)], NOW).verdict
    report = check_ticket(str(row["text"]), None, None, [KIOSK.public_key], NOW)

    assert report["verdict"] == expected
    assert report["authentic"] is (expected in (Verdict.AUTHENTIC, Verdict.FROM_THE_FUTURE))
    assert said_of(report).endswith(f"Ce ticket {NO_PERMIT}.")


@pytest.mark.parametrize("row", rows_of("identities"), ids=lambda row: f"{row['birth_name']} {row['birth_date']}")
def test_every_published_person_matches_or_not(row: dict[str, JsonValue]) -> None:
    """Arabic, Chinese, one letter, partial dates: as the vectors say."""
    born = PartialDate.parse(str(row["birth_date"])) if row["birth_date"] else None

    assert matches_identity(read_seal(str(row["seal"])), str(row["birth_name"]), born) is row["matches"]


@pytest.mark.parametrize("row", rows_of("names"), ids=lambda row: str(row["typed"]))
def test_every_published_name_has_its_canonical_form(row: dict[str, JsonValue]) -> None:
    """What another implementation can compare step by step."""
    assert folded_name(str(row["typed"])) == row["canonical"]


def test_every_verdict_has_a_vector() -> None:
    """Whoever passes the file has met all of them."""
    assert {row["verdict"] for row in SEALS} == set(Verdict)


def test_a_reader_s_clock_may_be_a_little_slow() -> None:
    """A ticket of this very minute is authentic on a telephone that is some minutes behind."""
    keys = [KnownKey(KIOSK.public_key, "38-A2")]

    assert judged(a_seal(), keys, RECEIVED - CLOCK_TOLERANCE).verdict is Verdict.AUTHENTIC
    assert judged(a_seal(), keys, RECEIVED - CLOCK_TOLERANCE - timedelta(seconds=1)).verdict is Verdict.FROM_THE_FUTURE


def test_a_key_proves_until_the_instant_of_its_revocation() -> None:
    """A revocation announced for later does not count before."""
    revoked_at = parse_instant("2025-06-01T00:00:00Z")
    keys = [KnownKey(KIOSK.public_key, "38-A2", revoked_at)]

    assert judged(a_seal(), keys, revoked_at - timedelta(milliseconds=1)).verdict is Verdict.AUTHENTIC
    assert judged(a_seal(), keys, revoked_at).verdict is Verdict.REVOKED_KEY


def test_a_key_speaks_for_its_own_kiosk_alone() -> None:
    """A kiosk cannot seal in another one's name, with whatever key."""
    keys = [KnownKey(KIOSK.public_key, "69-B3")]

    assert judged(a_seal(), keys, NOW).verdict is Verdict.UNKNOWN_KIOSK
    assert judged(a_seal(), [*keys, KnownKey(KIOSK.public_key, "38-A2")], NOW).verdict is Verdict.AUTHENTIC
