"""Recovery codes: legible, long, and kept as hashes."""

import pytest

from kiosk.domain.second_factor import RECOVERY_BYTES, hash_of_recovery_code, recovery_code, secret_to_type


def test_a_recovery_code_has_eighty_bits_in_letters_that_do_not_look_alike() -> None:
    """Four groups of four."""
    assert RECOVERY_BYTES * 8 == 80
    assert recovery_code(bytes(10)) == "0000-0000-0000-0000"
    assert recovery_code(b"\xff" * 10) == "zzzz-zzzz-zzzz-zzzz"
    assert not set("ilou") & set("".join(recovery_code(bytes([n]) * 10) for n in range(256)))


@pytest.mark.parametrize(
    "typed", ["01ab-cdef-ghjk-mnpq", " O1AB CDEF GHJK MNPQ ", "olabcdefghjkmnpq", "oiab-cdefghjkmnpq"]
)
def test_how_a_code_is_typed_does_not_matter(typed: str) -> None:
    """Capitals, spaces, hyphens, and letters that look like digits."""
    assert hash_of_recovery_code("a.martin", typed) == hash_of_recovery_code("a.martin", "01ab-cdef-ghjk-mnpq")


def test_the_same_code_of_another_account_has_another_hash() -> None:
    """And any text has one."""
    assert hash_of_recovery_code("a", "\ud800") != hash_of_recovery_code("b", "\ud800")


def test_a_secret_is_typed_in_groups() -> None:
    """As telephones show them."""
    assert secret_to_type(b"12345678901234567890") == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"
