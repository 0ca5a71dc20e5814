"""Texts that differ from a mistyped reference by one slip of the finger, and whose check character fits.

Some thousand texts lie one slip away, and one in thirty-six of them fits. The check (ISO/IEC 7064, MOD 37,36) is a
walk through thirty-six states: with the state before each character, and the states from which the rest comes to a
good end, each text is decided by one step and only those that fit are ever written.
"""

from collections.abc import Iterator
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NO_CHARACTER: Final = "?"  # stands for whatever a reference never has

_START: Final = 18
_GOOD_END: Final = frozenset({1})
_NEXT: Final = tuple(
    tuple((((state or 36) * 2) % 37 + value) % 36 for value in range(len(ALPHABET))) for state in range(36)
)
_VALUE: Final = {character: value for value, character in enumerate(ALPHABET)}


def slips(text: str) -> Iterator[str]:
    """Yield the texts of which one is meant: with two neighbours swapped, or a character more, fewer or another.

    Args:
        text: characters of :data:`ALPHABET`, and :data:`NO_CHARACTER`.
    """
    yield from swaps(text)
    rests = _good_rests(text)
    for at, state in enumerate(_states(text)):
        for character, step in zip(ALPHABET, _NEXT[state], strict=True):
            if step in rests[at]:
                yield text[:at] + character + text[at:]  # was left out
            if at < len(text) and step in rests[at + 1]:
                yield text[:at] + character + text[at + 1 :]  # was changed
        if at < len(text) and state in rests[at + 1]:
            yield text[:at] + text[at + 1 :]  # was added


def swaps(text: str) -> Iterator[str]:
    """Yield the texts of which two neighbours were swapped."""
    rests = _good_rests(text)
    for at, state in enumerate(_states(text)):
        pair = text[at : at + 2]
        if len(pair) < 2 or NO_CHARACTER in pair:
            continue
        if _NEXT[_NEXT[state][_VALUE[pair[1]]]][_VALUE[pair[0]]] in rests[at + 2]:
            yield text[:at] + pair[1] + pair[0] + text[at + 2 :]


def _states(text: str) -> Iterator[int]:
    """Yield the state before each character and at the end; none beyond what no reference has."""
    state = _START
    for character in text:
        yield state
        if character == NO_CHARACTER:
            return
        state = _NEXT[state][_VALUE[character]]
    yield state


def _good_rests(text: str) -> list[frozenset[int]]:
    """Return for each place the states from which the rest of the text comes to a good end."""
    rests = [_GOOD_END]
    for character in reversed(text):
        value, following = _VALUE.get(character), rests[-1]
        good = () if value is None else (state for state, steps in enumerate(_NEXT) if steps[value] in following)
        rests.append(frozenset(good))
    return rests[::-1]
