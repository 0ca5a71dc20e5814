"""By what a person is recognised."""

import pytest

from kiosk.services.person import content_hash_of, person_key_of
from tests.fakes.requests import a_request_content


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"birth_name": "Diallo"}, {"birth_name": "DIALLO"}),
        ({"birth_name": "Núñez"}, {"birth_name": "nunez"}),
        ({"birth_name": "D'Eça"}, {"birth_name": "d eca"}),
        ({"given_names": ("Aminata",)}, {"given_names": ("AMINATA",)}),
    ],
)
def test_the_spelling_is_folded_away(one: dict[str, str], other: dict[str, str]) -> None:
    """The same person, however the keyboard was used."""
    assert person_key_of(a_request_content(**one)) == person_key_of(a_request_content(**other))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "other",
    [
        {"birth_name": "DIALO"},
        {"given_names": ("Awa",)},
        {"given_names": ()},
        {"birth_date": "1990-04-13"},
        {"birth_date": "1990-04-00"},
        {"foreigner_number": "9987654321"},
    ],
)
def test_another_name_date_or_number_is_another_key(other: dict[str, str]) -> None:
    """What differs is not the same person by itself."""
    assert person_key_of(a_request_content(**other)) != person_key_of(a_request_content())  # type: ignore[arg-type]


def test_names_do_not_run_into_each_other() -> None:
    """ANNA BELLA is not ANNAB ELLA."""
    keys = {
        person_key_of(a_request_content(birth_name=birth_name, given_names=given_names)).name_and_birth
        for birth_name, given_names in (("ANNA", ("BELLA",)), ("ANNAB", ("ELLA",)), ("ANNABELLA", ()))
    }

    assert len(keys) == 3


@pytest.mark.parametrize("unknown", [{"birth_date": None}, {"birth_name": "-"}])
def test_without_name_or_birth_date_nothing_is_merged(unknown: dict[str, str | None]) -> None:
    """The number alone is kept, for the agent."""
    key = person_key_of(a_request_content(**unknown))  # type: ignore[arg-type]

    assert (key.name_and_birth, key.foreigner_number) == (None, "9912345678")


def test_the_content_hash_tells_contents_and_keys_apart() -> None:
    """It cannot be looked up: the key salts it."""
    hashes = {
        content_hash_of(content, key)
        for content in (a_request_content(), a_request_content(helper=""))
        for key in ("a", "b")
    }

    assert len(hashes) == 4
    assert content_hash_of(a_request_content(), "a") in hashes
