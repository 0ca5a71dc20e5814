from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.mrz import MrzReading, check_digit, read_mrz
from kiosk.errors import InputError

TODAY = date(2026, 11, 20)
LINE_2 = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
CHECKED = [*range(10), *range(13, 20), *range(21, 44)]
ZONE = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"


def is_read_or_refused(text: str) -> bool:
    try:
        return isinstance(read_mrz(text, TODAY), MrzReading)
    except InputError as error:
        return error.field == "scan"


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    """A keyboard wedge types anything."""
    assert is_read_or_refused(text)


@given(st.lists(st.text(ZONE, min_size=27, max_size=47), min_size=2, max_size=3))
def test_any_lines_of_a_zone_are_read_or_refused(lines: list[str]) -> None:
    """Damaged in whatever way: what was read is given, with its doubts."""
    assert is_read_or_refused("\n".join(lines))


@given(st.sampled_from(CHECKED), st.sampled_from("0123456789"))
def test_one_changed_digit_is_noticed(place: int, digit: str) -> None:
    """Wherever a check digit reaches: weights 7, 3, 1 are prime to 10."""
    if LINE_2[place] == digit or not LINE_2[place].isdigit():
        return
    changed = LINE_2[:place] + digit + LINE_2[place + 1 :]

    assert not read_mrz(f"{'P<UTOERIKSSON<<ANNA<MARIA'.ljust(44, '<')}\n{changed}", TODAY).is_valid


@given(st.text(ZONE, max_size=40))
def test_a_check_digit_is_one_digit(text: str) -> None:
    """For every field that a zone can have."""
    assert check_digit(text) in "0123456789"
