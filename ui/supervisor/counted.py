"""Numbers with their words: French counts in the singular up to one, none included."""

from typing import Final

_PLURAL_FROM: Final = 2


def counted(count: int, one: str, several: str) -> str:
    """Return the sentence for a number of things.

    Args:
        count: how many.
        one: for none and one, with ``{count}``.
        several: for two and more, with ``{count}``.
    """
    text = several if abs(count) >= _PLURAL_FROM else one
    return text.format(count=number_said(count))


def number_said(number: int) -> str:
    """Return a number with its thousands apart."""
    return f"{number:,}".replace(",", "\u202f")
