"""Finding a procedure by a simple word, in any language that it is told in."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kiosk.domain.identity import folded_name
from kiosk.domain.procedure import Procedure

_BETWEEN_WORDS: Final = re.compile(r"[\s'’«»\"().,;:!?/،؛؟。，、？！\-]+")
_LONG_ENOUGH: Final = 3  # letters; shorter words are « de », « ma », « je »: they stand in every sentence
_SHARE: Final = 4  # what fits less than a quarter as well as the best is noise
# How much a typed word counts where it is found.
_WHOLE_NAME, _WORD, _BEGINNING, _INSIDE, _TOLD_BEGINNING, _TOLD_INSIDE = 12, 8, 6, 4, 2, 1


@dataclass(frozen=True, slots=True)
class ProcedureWords:
    """By what a procedure can be found.

    Attributes:
        procedure: what is found.
        names: what it is called, in every language that counts, and its aliases.
        sentences: what is told of it.
    """

    procedure: Procedure
    names: tuple[str, ...]
    sentences: tuple[str, ...]


def found_procedures(typed: str, offered: Iterable[ProcedureWords]) -> list[Procedure]:
    """Return the procedures that fit what was typed, the best first; without case and accents, in any script.

    A word that fits nothing does no harm: « j'ai perdu ma carte » finds what « perdu » finds.
    """
    words = list(_typed_words(typed))
    whole = folded_name(typed)
    if not words:
        return []
    scored = [(_score(whole, words, each), each.procedure) for each in offered]
    least = max((score for score, _ in scored), default=0) / _SHARE
    return [procedure for score, procedure in sorted(scored, key=lambda each: -each[0]) if score and score >= least]


def _typed_words(typed: str) -> Iterator[str]:
    words = [folded for folded in map(folded_name, _BETWEEN_WORDS.split(typed)) if folded]
    has_long = any(len(word) >= _LONG_ENOUGH for word in words)
    return (word for word in words if len(word) >= _LONG_ENOUGH or not (has_long and word.isascii()))


def _score(whole: str, typed: list[str], offered: ProcedureWords) -> int:
    is_named = any(folded_name(name) == whole for name in offered.names)
    names = [*map(_folded_words, offered.names)]
    sentences = [*map(_folded_words, offered.sentences)]
    return is_named * _WHOLE_NAME + sum(_score_of_word(word, names, sentences) for word in typed)


def _score_of_word(word: str, names: list[list[str]], sentences: list[list[str]]) -> int:
    if any(word in name for name in names):
        return _WORD
    if any(each.startswith(word) for name in names for each in name):
        return _BEGINNING
    if len(word) < _LONG_ENOUGH and word.isascii():
        return 0
    if any(word in "".join(name) for name in names):
        return _INSIDE
    if any(each.startswith(word) for sentence in sentences for each in sentence):
        return _TOLD_BEGINNING
    return _TOLD_INSIDE if any(word in "".join(sentence) for sentence in sentences) else 0


def _folded_words(text: str) -> list[str]:
    return [folded for folded in map(folded_name, _BETWEEN_WORDS.split(text)) if folded]
