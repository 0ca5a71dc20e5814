"""What the display writes and says in the languages of those who wait and are called."""

import re
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Final

from kiosk.ports.call_board import HallCall
from kiosk.translation import SOURCE_LANGUAGE, TextDomain, Translator, languages

# WORKAROUND: the Haitian voice of espeak-ng 1.51 says "two" for 42 and for 52; it has no tens from thirty on.
_DIGIT_BY_DIGIT: Final = frozenset({"ht"})
_IN_FRENCH: Final = frozenset({SOURCE_LANGUAGE, "fr-x-falc"})


class Situation(Enum):
    """What somebody who waits should do."""

    OPEN = "open"
    CLOSED = "closed"
    AGED = "aged"  # the display does not know any more what is called


def written(situation: Situation, language: str) -> str:
    """Return the sentence below the numbers."""
    tr = Translator.of(language, TextDomain.SCREENS)
    match situation:
        case Situation.OPEN:
            return tr.text("display", "Quand votre numéro s'affiche, allez au guichet indiqué.")
        case Situation.CLOSED:
            return tr.text("display", "Les guichets sont fermés.")
        case Situation.AGED:
            return tr.text("display", "Cet écran est en panne. Parlez à un agent.")


def in_turns(waiting: Iterable[str]) -> Sequence[str]:
    """Return the languages in which to write, by turns: French, then those of the people who wait."""
    known = frozenset(waiting)
    return [code for code in languages() if code == SOURCE_LANGUAGE or code in known]


def spoken(call: HallCall) -> Sequence[tuple[str, str]]:
    """Return what is said of a call, each with its voice: in French, then in the language of who is called."""
    codes = [SOURCE_LANGUAGE]
    if call.language in languages() and call.language not in _IN_FRENCH:
        codes.append(call.language)
    return [(_said(call, code), languages()[code].voice) for code in codes]


def spelt(call_number: str, *, digit_by_digit: bool = False) -> str:
    """Return a call number as people say it, with pauses: ``A, 0, 42`` for ``A042``."""
    match = re.fullmatch(r"([A-Z])(0*)([0-9]*)", call_number)
    if match is None:
        return call_number
    letter, zeros, number = match.groups()
    return ", ".join([letter, *zeros, *(number if digit_by_digit else filter(None, [number]))])


def _said(call: HallCall, code: str) -> str:
    is_slow = code in _DIGIT_BY_DIGIT
    counter = re.sub(r"(?<=[0-9])(?=[0-9])", " ", call.counter) if is_slow else call.counter
    text = Translator.of(code, TextDomain.SCREENS).text("display", "Numéro {number}, guichet {counter}.")
    return text.format(number=spelt(call.call_number, digit_by_digit=is_slow), counter=counter)
