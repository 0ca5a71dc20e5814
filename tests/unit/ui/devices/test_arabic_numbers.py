"""Arabic numbers are said word by word, and nothing else is changed."""

import pytest

from ui.devices.arabic_numbers import for_voice


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("7", "7"),
        ("20", "20"),
        ("21", "1 وَ 20"),
        ("44", "4 وَ 40"),
        ("90", "90"),
        ("100", "100"),
        ("114", "100 وَ 14"),
        ("999", "900 وَ 9 وَ 90"),
        ("1000", "1000"),
        ("2026", "2000 وَ 6 وَ 20"),
        ("14:45", "14:5 وَ 40"),
        ("A, 0, 42", "A, 0, 2 وَ 40"),
        ("0044", "0044"),
        ("9901234567", "9901234567"),
    ],
)
def test_each_number_is_taken_apart_as_it_is_said(number: str, said: str) -> None:
    """Hundreds, then units before tens."""
    assert for_voice(f"رقم {number}.", "ar") == f"رقم {said}."


@pytest.mark.parametrize("voice", ["fr-fr", "fa", "ta"])
def test_no_other_voice_needs_it(voice: str) -> None:
    """They say long numbers rightly."""
    assert for_voice("Numéro 44", voice) == "Numéro 44"
