"""Codes of a telephone: the vectors of RFC 6238, and one step of drift."""

from datetime import UTC, datetime, timedelta

import pytest

from kiosk.one_time_codes import code_at, enrolment_uri, step_at, step_of_code

RFC_SECRET = b"12345678901234567890"
NOON = datetime(2026, 11, 20, 12, 0, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "eight_digits"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_codes_are_those_of_the_standard(seconds: int, eight_digits: str) -> None:
    """RFC 6238, appendix B, SHA-1; of six digits the last six of its eight."""
    assert code_at(RFC_SECRET, datetime.fromtimestamp(seconds, UTC)) == eight_digits[-6:]


@pytest.mark.parametrize(("drift_s", "is_right"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_clock_may_drift_by_one_step(drift_s: int, *, is_right: bool) -> None:
    """And the step that is told is the code's own."""
    code = code_at(RFC_SECRET, NOON + timedelta(seconds=drift_s))
    step = step_of_code(RFC_SECRET, code, NOON)

    assert step == (step_at(NOON) + drift_s // 30 if is_right else None)


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６", "\ud800", "0" * 500])
def test_what_is_no_code_is_no_code(typed: str) -> None:
    """Whatever was typed."""
    assert step_of_code(RFC_SECRET, typed, NOON) is None


def test_a_clock_that_begins_again_in_1970_knows_codes() -> None:
    """Without a step before the first."""
    beginning = datetime(1970, 1, 1, tzinfo=UTC)

    assert step_of_code(RFC_SECRET, code_at(RFC_SECRET, beginning), beginning) == 0
    assert step_of_code(RFC_SECRET, "000000", beginning) is None


def test_a_telephone_reads_account_and_machine() -> None:
    """In the form that all of them know."""
    uri = enrolment_uri(RFC_SECRET, "a.martin", "Borne 38-A2")

    assert uri.startswith("otpauth://totp/Borne%2038-A2:a.martin?")
    assert {"digits=6", "period=30", "algorithm=SHA1", "secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"} <= set(
        uri.partition("?")[2].split("&")
    )
