"""Laws of finding: a slip of the finger never hides a reference, and nothing that is typed breaks the search."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.name_keys import consonant_key, latin_key
from kiosk.domain.reference import has_check_character, make_reference
from kiosk.domain.reference_slips import ALPHABET, NO_CHARACTER, slips, swaps
from kiosk.domain.search import readings_of, references_one_slip_away

TODAY = date(2026, 11, 20)


REFERENCES = st.builds(
    make_reference,
    st.sampled_from(["38", "01", "2A", "2B", "974", "976"]),
    st.text(ALPHABET, min_size=2, max_size=2),
    st.integers(0, 20_000).map(lambda days: date(2026, 1, 1) + timedelta(days=days)),
    st.integers(1, 999_999),
)


def all_readings(typed: str) -> tuple[str, ...]:
    """The references that a text is, and those that it nearly is."""
    return readings_of(typed, origins=("38-A2",), today=TODAY).references + references_one_slip_away(typed)


@given(REFERENCES, st.data())
def test_one_changed_character_always_suggests_the_right_reference(reference: str, data: st.DataObject) -> None:
    """Whatever it was changed into, a dash among them; unless it became another reference, check character and all."""
    at = data.draw(st.integers(0, len(reference) - 1))
    typed = reference[:at] + data.draw(st.characters(codec="utf-8") | st.sampled_from(ALPHABET)) + reference[at + 1 :]

    is_another = readings_of(typed, origins=("38-A2",), today=TODAY).references != ()
    assert is_another or reference in all_readings(typed)


@given(REFERENCES, st.data())
def test_two_swapped_neighbours_always_suggest_the_right_reference(reference: str, data: st.DataObject) -> None:
    """Dashes are neighbours too."""
    at = data.draw(st.integers(0, len(reference) - 2))
    typed = reference[:at] + reference[at + 1] + reference[at] + reference[at + 2 :]

    assert reference in all_readings(typed)


@given(REFERENCES)
def test_a_reference_typed_without_its_dashes_is_itself(reference: str) -> None:
    """If it can be read in two ways, both are looked for."""
    assert reference in readings_of(reference.replace("-", "").lower(), origins=("38-A2",), today=TODAY).references


@given(st.text(max_size=60))
@settings(max_examples=300)
def test_whatever_is_typed_is_read(typed: str) -> None:
    """Controls, surrogates' neighbours, digits of other scripts: at worst nothing is found."""
    can_be = readings_of(typed, origins=("38-A2",), today=TODAY)

    assert all(len(name) >= 2 for name in (*can_be.names, *can_be.consonants))


@given(st.text(max_size=40))
def test_keys_of_names_are_keys_of_themselves(name: str) -> None:
    """What was made Latin once stays as it is, so that a query and the store cannot part."""
    key = latin_key(name)

    assert latin_key(key) == key
    assert consonant_key(name).isalnum() or consonant_key(name) == ""


@given(st.text(ALPHABET + NO_CHARACTER, min_size=1, max_size=18))
@settings(max_examples=60)
def test_slips_are_those_that_trying_all_would_find(text: str) -> None:
    """Beside the plain way: write every text one slip away and ask the standard's own check of each."""
    around = {text[:at] + character + text[at:] for at in range(len(text) + 1) for character in ALPHABET}
    around |= {text[:at] + character + text[at + 1 :] for at in range(len(text)) for character in ALPHABET}
    around |= {text[:at] + text[at + 1 :] for at in range(len(text))}
    swapped = {text[:at] + text[at + 1] + text[at] + text[at + 2 :] for at in range(len(text) - 1)}

    assert set(slips(text)) == {each for each in around | swapped if has_check_character(each)}
    assert set(swaps(text)) == {each for each in swapped if has_check_character(each)}
