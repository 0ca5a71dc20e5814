"""Passwords made for somebody: good by our own rules, and to be said aloud."""

import re
import secrets
from itertools import product

from kiosk.domain.initial_passwords import _CONSONANTS, _UNWELCOME, _VOWELS, CHANCE_BYTES, initial_password
from kiosk.domain.passwords import require_good


def test_a_password_is_four_words_and_two_digits() -> None:
    """Good for any account, and never the same."""
    made = {initial_password(secrets.token_bytes(CHANCE_BYTES)) for _ in range(500)}

    assert len(made) == 500
    for password in made:
        require_good(password, "a.martin")
        assert re.fullmatch(r"([A-Z][aeiou]([a-z][aeiou]){2}-){4}[0-9]{2}", password)
        assert not any(part in word for part in _UNWELCOME for word in password.lower().split("-"))


def test_a_password_has_eighty_bits_though_some_words_are_left_out() -> None:
    """Counted over all words (domain dossier 6.5)."""
    syllables = [first + second for first, second in product(_CONSONANTS, _VOWELS)]
    words = sum(
        1 for word in map("".join, product(syllables, repeat=3)) if not any(part in word for part in _UNWELCOME)
    )

    assert words**4 * 100 > 2**80


def test_the_same_chance_makes_the_same_password() -> None:
    """It is a pure function."""
    assert initial_password(bytes(CHANCE_BYTES)) == "Bababa-Bababa-Bababa-Bababa-00"
