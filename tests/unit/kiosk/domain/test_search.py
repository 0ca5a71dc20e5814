"""What a text in the search box can be."""

from datetime import date, timedelta

import pytest

from kiosk.domain.reference import make_reference
from kiosk.domain.search import Readings, phone_key, readings_of, references_one_slip_away

TODAY = date(2026, 11, 20)
REFERENCE = make_reference("38", "A2", TODAY, 42)


def read(text: str) -> Readings:
    return readings_of(text, origins=("38-A2",), today=TODAY)


@pytest.mark.parametrize(
    "typed",
    [
        REFERENCE,
        REFERENCE.lower(),
        REFERENCE.replace("-", ""),
        REFERENCE.replace("-", " "),
        f"  {REFERENCE} ",
        REFERENCE.replace("-", "–"),
        REFERENCE.replace("38-A2", "3-8A2"),
    ],
)
def test_a_reference_is_read_however_its_dashes_were_typed(typed: str) -> None:
    """Case, spaces and the kind of dash do not matter."""
    assert read(typed).references == (REFERENCE,)


@pytest.mark.parametrize(
    "typed",
    [
        REFERENCE.replace("0042", "0024"),  # swapped
        REFERENCE.replace("0042", "0047"),  # another digit
        REFERENCE.replace("0042", "OO42").replace("OO42", "O042"),  # the letter for the digit
        REFERENCE.replace("0042", "042"),  # one left out
        REFERENCE.replace("0042", "00042"),  # one too many
        REFERENCE.replace("38", "83"),
        REFERENCE.replace("0042", "0*42"),
    ],
)
def test_one_slip_still_suggests_the_reference(typed: str) -> None:
    """And the mistyped text is no reference: its check character does not fit."""
    assert read(typed).references == ()
    assert REFERENCE in references_one_slip_away(typed)


def test_two_swapped_digits_that_make_another_reference_still_suggest_the_one_that_was_meant() -> None:
    """The check character misses one such pair in six hundred."""
    swapped = [(10 * digit + digit + 1, 10 * digit + 10 + digit) for digit in range(9)]
    days = [TODAY + timedelta(days=n) for n in range(40)]
    pairs = [[make_reference("38", "A2", day, number) for number in each] for day in days for each in swapped]
    missed = [(one, other) for one, other in pairs if one[-1] == other[-1]]

    assert missed
    assert all(other in references_one_slip_away(one) for one, other in missed)


@pytest.mark.parametrize(
    ("typed", "begins"),
    [
        ("38-A2-2611", "38-A2-2611"),
        ("38a2261120", "38-A2-261120"),
        ("38-A2-261120-00", "38-A2-261120-00"),
        ("974-A2-261120", "974-A2-261120"),
        ("2A-B1-2611", "2A-B1-2611"),
        ("261120-42", "38-A2-261120-0042"),
        ("0042", "38-A2-261120-0042"),
        ("0042-K", "38-A2-261120-0042"),
    ],
)
def test_a_part_of_a_reference_is_completed_from_its_beginning(typed: str, begins: str) -> None:
    """People read out the end: the day and the sequence, or the sequence alone when it is of today."""
    assert begins in read(typed).parts_of_reference


@pytest.mark.parametrize("typed", ["A042", "a42", " a 42 ", "A42"])
def test_a_call_number_needs_no_zeros(typed: str) -> None:
    """As on the ticket."""
    assert read(typed).call_number == "A042"


@pytest.mark.parametrize(
    "typed",
    ["0612345678", "06 12 34 56 78", "06.12.34.56.78", "+33 6 12 34 56 78", "0033 (0)6 12-34-56-78", "٠٦١٢٣٤٥٦٧٨"],
)
def test_a_french_telephone_has_one_key(typed: str) -> None:
    """Whatever the country code, and in whatever digits."""
    assert phone_key(typed) == "0612345678"
    assert "0612345678" in read(typed).phones


def test_a_foreign_telephone_begins_with_its_country() -> None:
    """So that it is not taken for a French one."""
    assert phone_key("+213 555 12 34 56") == phone_key("00213555123456") == "213555123456"
    assert phone_key("") == ""


def test_a_number_can_be_several_things() -> None:
    """A numéro étranger and a telephone look alike."""
    assert (read("9912345678").number, read("9912345678").phones) == ("9912345678", ("9912345678",))


def test_words_are_one_name_or_two_in_either_order() -> None:
    """« Ben Ali » is one birth name; « Aminata Diallo » is said given name first."""
    assert set(read("Aminata Diallo").names) == {"aminatadiallo", "aminata diallo", "dialloaminata", "diallo aminata"}
    assert read("Иванов").names == ("ivanov",)
    assert read("Mohamed").consonants == ("mhmd",)


@pytest.mark.parametrize("typed", ["", " ", "-", "1", "é", "\u202e", "'", "%", "x" * 5000])
def test_a_text_that_is_nothing_finds_nothing_and_breaks_nothing(typed: str) -> None:
    """One letter is too little; five thousand are a name that nobody has."""
    can_be = read(typed)

    assert (can_be.references, references_one_slip_away(typed), can_be.phones) == ((), (), ())
    assert (can_be.call_number, can_be.number) == ("", "")
