"""References and call numbers: unique by construction, and a slip of the finger is caught."""

from datetime import date

import pytest

from kiosk.domain.call_number import parse_call_number
from kiosk.domain.reference import Reference, make_reference, parse_reference
from kiosk.errors import InputError

SOME = [
    make_reference("38", "A2", date(2026, 11, 20), 42),
    make_reference("2A", "Z9", date(2027, 1, 1), 1),
    make_reference("974", "B1", date(2030, 12, 31), 12345),
]
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def accepted(text: str) -> bool:
    try:
        parse_reference(text)
    except InputError:
        return False
    return True


@pytest.mark.parametrize("reference", SOME)
def test_a_reference_is_read_back_as_it_was_made(reference: str) -> None:
    """With or without dashes, spaces and capitals."""
    parsed = parse_reference(reference)

    assert str(parsed) == reference
    assert parse_reference(f" {reference.lower()} ") == parsed
    assert parse_reference(reference.replace("-", "")) == parsed


def test_a_reference_says_where_and_when() -> None:
    """DD-KK-YYMMDD-NNNN-C."""
    assert parse_reference(SOME[0]) == Reference("38", "A2", date(2026, 11, 20), 42)
    assert SOME[0].startswith("38-A2-261120-0042-")


@pytest.mark.parametrize("reference", SOME)
def test_any_single_wrong_character_is_caught(reference: str) -> None:
    """ISO/IEC 7064 MOD 37,36 catches every substitution."""
    for place, right in enumerate(reference):
        if right == "-":
            continue
        for wrong in ALPHABET.replace(right, ""):
            assert not accepted(reference[:place] + wrong + reference[place + 1 :])


@pytest.mark.parametrize("reference", SOME)
def test_swapped_neighbours_are_caught(reference: str) -> None:
    """The other slip of a hurried hand."""
    plain = reference.replace("-", "")
    for place in range(len(plain) - 1):
        swapped = plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :]
        assert swapped == plain or not accepted(swapped)


@pytest.mark.parametrize("text", ["", "38", "38-A2-261320-0042-K", "récépissé", "38-A2-261120-0042"])
def test_what_is_no_reference_is_refused_with_an_example(text: str) -> None:
    """One clear line."""
    with pytest.raises(InputError, match="38-A2-261120-0042-K"):
        parse_reference(text)


def test_call_numbers_are_read_as_people_say_them() -> None:
    """A042, a 42, A1042."""
    assert parse_call_number("A042") == parse_call_number("a 42") == ("A", 42)
    assert parse_call_number("A1042") == ("A", 1042)
    with pytest.raises(InputError):
        parse_call_number("42")
