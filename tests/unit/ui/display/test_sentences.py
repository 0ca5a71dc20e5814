"""Numbers are said as people say them, in every language, and no two numbers sound alike."""

import shutil
import subprocess
from typing import Final

import pytest

from kiosk.translation import languages
from tests.fakes.calls import a_call
from ui.devices.arabic_numbers import for_voice
from ui.display.sentences import Situation, in_turns, spelt, spoken, written

needs_espeak = pytest.mark.skipif(
    shutil.which("espeak-ng") is None, reason="espeak-ng is not installed; make test installs it"
)
# All numbers below a hundred, and those in which a voice could lose a hundred or a zero.
NUMBERS: Final = (*range(1, 100), 100, 101, 110, 142, 200, 242, 999, 1000, 1042)


def phonemes(texts: list[str], voice: str) -> list[str]:
    """What espeak-ng says of short texts without a comma, one after the other, as they are given to it."""
    command = ["espeak-ng", "-q", "-x", "-v", voice, "--stdin"]
    paragraphs = "".join(f"{for_voice(text, voice)}.\n\n" for text in texts)
    done = subprocess.run(command, input=paragraphs, stdout=subprocess.PIPE, check=True, text=True)
    return [line.replace("'", "").strip() for line in done.stdout.splitlines() if line.strip()]


@pytest.mark.parametrize(
    ("call_number", "said"),
    [("A042", "A, 0, 42"), ("A007", "A, 0, 0, 7"), ("B142", "B, 142"), ("A100", "A, 100"), ("A1042", "A, 1042")],
)
def test_a_number_is_spelt_with_its_zeros(call_number: str, said: str) -> None:
    """Letter, each zero, and the rest as one number: nobody reads zero, four, two."""
    assert spelt(call_number) == said


def test_a_number_of_another_form_is_said_as_it_is() -> None:
    """Nothing is left out because it was not expected."""
    assert spelt("urgence") == "urgence"


def test_a_call_is_said_in_french_and_then_in_the_language_of_who_is_called() -> None:
    """With the voice of each."""
    assert list(spoken(a_call(language="es"))) == [
        ("Numéro A, 0, 42, guichet 3.", "fr-fr"),
        ("Número A, 0, 42, ventanilla 3.", "es"),
    ]


@pytest.mark.parametrize("language", ["fr", "fr-x-falc", "tlh"])
def test_who_reads_french_hears_it_once(language: str) -> None:
    """As does somebody whose language this version does not know."""
    assert list(spoken(a_call(language=language))) == [("Numéro A, 0, 42, guichet 3.", "fr-fr")]


def test_haitian_numbers_are_said_digit_by_digit() -> None:
    """Its voice has no tens."""
    assert spoken(a_call(142, "12", language="ht"))[1][0] == "Nimewo A, 1, 4, 2, gichè 1 2."


@needs_espeak
def test_french_numbers_sound_as_people_say_them() -> None:
    """Zéro, quarante-deux."""
    assert phonemes(["0", "42", "A"], "fr-fr") == phonemes(["zéro", "quarante-deux", "ah"], "fr-fr")


@needs_espeak
@pytest.mark.parametrize("code", languages())
def test_no_two_numbers_sound_alike(code: str) -> None:
    """Somebody who only listens goes to the right counter; of a voice without tens only the digits are needed."""
    said = [str(number) for number in (range(10) if code == "ht" else NUMBERS)]

    heard = phonemes(said, languages()[code].voice)

    assert (len(heard), len(set(heard))) == (len(said), len(said))


@needs_espeak
@pytest.mark.parametrize("number", ["44", "899", "999"])
def test_a_long_arabic_number_sounds_the_same_each_time(number: str) -> None:
    """Given as it is, espeak-ng 1.51 ends it in another sound at every second start."""
    assert len({tuple(phonemes([number], "ar")) for _ in range(12)}) == 1


def test_french_and_the_languages_of_who_waits_take_turns() -> None:
    """In the order of the buttons of the kiosk; a language that nobody knows is left out."""
    assert list(in_turns(["ta", "ar", "tlh", "ar"])) == ["fr", "ar", "ta"]


@pytest.mark.parametrize("situation", Situation)
def test_each_situation_is_told_in_each_language(situation: Situation) -> None:
    """And says something of its own."""
    told = {code: written(situation, code) for code in languages()}

    assert len({text for code, text in told.items() if not code.startswith("fr")}) == len(languages()) - 2
    assert all(told.values())
