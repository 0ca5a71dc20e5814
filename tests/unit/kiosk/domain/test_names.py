"""Names of people: every script, every length, nothing harmful."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.identity import PartialDate, folded_name
from kiosk.domain.names import (
    LONGEST_TEXT,
    cleaned,
    digits_only,
    harmless,
    required_name,
    shortened,
)
from kiosk.errors import InputError


@pytest.mark.parametrize("name", ["O", "Ng", "李雷", "محمد", "N'Guessan-Kouamé", "𠮷田", "Đặng Thị Hường", "க்ஷிதிஜா"])
def test_people_keep_their_names(name: str) -> None:
    """One letter is a name; combining marks and surrogate pairs survive."""
    assert required_name("birth_name", name) == name
    assert folded_name(name)


@pytest.mark.parametrize("text", ["", "   ", "\u202e\u200b", "...", "-"])
def test_what_holds_no_letter_is_no_name(text: str) -> None:
    """The only refusal there is."""
    with pytest.raises(InputError, match="at least one letter"):
        required_name("birth_name", text)


def test_what_turns_a_text_around_is_removed_and_joiners_stay() -> None:
    """Bidirectional overrides hide things; zero-width joiners shape Persian and Tamil letters."""
    assert cleaned("\u202eevil\u202c \x00name\u200b") == "evil name"
    assert cleaned("می\u200cخواهم") == "می\u200cخواهم"
    assert cleaned("  two \t words \n") == "two words"


@given(st.text(max_size=60))
def test_what_is_harmless_is_left_as_it_was_typed(text: str) -> None:
    """While a person types, spaces at the end are the beginning of the next word."""
    safe = harmless(text)

    assert harmless(safe) == safe
    assert cleaned(safe) == cleaned(text)


@given(st.text(alphabet="aé\u0301কি্ষ🙂 \u200d", max_size=LONGEST_TEXT + 40))
def test_a_long_name_is_cut_between_letters(text: str) -> None:
    """Never before a sign that belongs to the letter; a short one is not touched."""
    name = shortened(text)

    assert len(name) <= LONGEST_TEXT
    assert text.startswith(name) or text.strip().startswith(name)
    if len(text) <= LONGEST_TEXT:
        assert name == text.strip()


def test_a_letter_goes_with_all_its_signs() -> None:
    """Also where several of them stand at the edge."""
    assert shortened("a" * 199 + "কি") == "a" * 199
    assert shortened("a" * 198 + "কি" + "b") == "a" * 198 + "কি"
    assert shortened("\u0301" * 201) == ""


@given(st.text(max_size=60))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    """What is stored is what is compared."""
    assert cleaned(cleaned(text)) == cleaned(text)


def test_folding_forgives_case_accents_and_spaces_and_nothing_else() -> None:
    """For recognising a person on a second visit."""
    assert folded_name("Élodie  O'Brien-SMITH") == folded_name("elodie o brien smith")
    assert folded_name("محمّد") == folded_name("محمد")
    assert folded_name("Diallo") != folded_name("Dialla")


@pytest.mark.parametrize("text", ["1990-04-00", "1990-00-00", "2000-02-29"])
def test_partial_dates_are_written_with_zeros(text: str) -> None:
    """As the official barcodes do."""
    assert str(PartialDate.parse(text)) == text


@pytest.mark.parametrize(
    "text", ["1990-4-1", "90-04-01", "1990-13-01", "1990-02-30", "1990-00-12", "hier", "1700-01-01"]
)
def test_dates_that_do_not_exist_are_refused_by_name(text: str) -> None:
    """The field and what was expected."""
    with pytest.raises(InputError, match="birth_date"):
        PartialDate.parse(text)


def test_a_number_is_kept_without_the_spaces_dots_and_dashes_that_were_typed() -> None:
    """Nine or ten digits are usual; anything is kept."""
    assert digits_only(" 99 01-23.45 67") == "9901234567"
    assert digits_only("abc") == "ABC"
