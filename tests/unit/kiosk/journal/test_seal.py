"""The seal: what it says, what it hides, and that nothing about it can be changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.identity import PartialDate
from kiosk.domain.request import FiledRequest, Filing
from kiosk.errors import SealError
from kiosk.journal.seal import is_authentic, make_seal, matches_identity, read_seal
from tests.fakes.clocks import a_signer
from tests.fakes.tickets import a_ticket

TICKET = a_ticket()
REQUEST: FiledRequest = TICKET.request
FILING: Filing = TICKET.filing
SIGNER = a_signer()
SEAL = make_seal(REQUEST, FILING, "38-A2", SIGNER)


def test_a_seal_says_what_was_filed_and_who_sealed_it() -> None:
    """Kiosk, key, reference, minute of receipt, procedure, journal entry."""
    seal = read_seal(SEAL)

    assert is_authentic(seal, SIGNER.public_key)
    assert (seal.kiosk, seal.key_id, seal.reference) == ("38-A2", SIGNER.key_id, REQUEST.reference)
    assert seal.received_at == REQUEST.received.utc.replace(second=0, microsecond=0)
    assert (seal.procedure, seal.journal_seq) == (REQUEST.content.procedure, FILING.journal_seq)
    assert seal.entry_hash_prefix.hex() == FILING.entry_hash[:16]


def test_the_same_filing_gives_the_same_seal_again() -> None:
    """A reprint carries the same code (RFC 6979)."""
    assert make_seal(REQUEST, FILING, "38-A2", SIGNER) == SEAL


def test_a_seal_stays_in_the_alphanumeric_mode_of_qr_codes() -> None:
    """Upper case, digits and a few signs: half the size of free text, with the page's address before it too."""
    with_page = make_seal(REQUEST, FILING, "38-A2", SIGNER, "https://verif.example/v")

    assert set(SEAL) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567.1")
    assert with_page.startswith("HTTPS://VERIF.EXAMPLE/V#PREFTKT1.")
    assert read_seal(with_page) == read_seal(SEAL)


def test_the_identity_matches_as_a_person_types_it_and_no_other_does() -> None:
    """Case, accents and spaces do not matter; name and date do."""
    identity = REQUEST.content.identity
    seal = read_seal(SEAL)

    assert matches_identity(seal, identity.birth_name, identity.birth_date)
    assert matches_identity(seal, f"  {identity.birth_name.lower()} ", identity.birth_date)
    assert not matches_identity(seal, identity.birth_name + "X", identity.birth_date)
    assert not matches_identity(seal, identity.birth_name, PartialDate(1901, 1, 1))
    assert not matches_identity(seal, identity.birth_name, None)


def test_nothing_personal_can_be_read_in_a_seal() -> None:
    """No name, date or number in clear, decoded or not."""
    seal = read_seal(SEAL)

    assert REQUEST.content.identity.birth_name not in repr(seal)
    assert len(seal.identity_hash) == 10
    assert len(seal.identity_salt) == 16


@pytest.mark.parametrize("position", range(len(SEAL)))
def test_any_changed_character_is_detected(position: int) -> None:
    """It cannot be read any more, or it is not authentic any more."""
    other = "A" if SEAL[position] != "A" else "B"
    changed = SEAL[:position] + other + SEAL[position + 1 :]

    try:
        assert not is_authentic(read_seal(changed), SIGNER.public_key)
    except SealError:
        return


@given(st.text(max_size=300) | st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567.", max_size=300).map("PREFTKT1.".__add__))
def test_whatever_is_scanned_gives_a_seal_or_a_clear_refusal(text: str) -> None:
    """A scanner reads milk cartons too."""
    try:
        seal = read_seal(text)
    except SealError:
        return

    assert seal.signed_text.startswith("PREFTKT1.")


@given(st.binary(max_size=120))
def test_hostile_bodies_are_refused(body: bytes) -> None:
    """A well-formed frame around any bytes never raises anything else."""
    import base64  # noqa: PLC0415

    text = base64.b32encode(body or b"\0").decode().rstrip("=")

    with pytest.raises(SealError):
        read_seal(f"PREFTKT1.{text}.{'A' * 103}")


def test_case_and_spaces_do_not_matter() -> None:
    """Typed from paper or pasted from a message."""
    assert read_seal(f"  {SEAL[:40].lower()}\n{SEAL[40:].lower()} ") == read_seal(SEAL)
