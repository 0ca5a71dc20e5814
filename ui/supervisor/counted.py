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
    text = several if count >= _PLURAL_FROM else one
    return text.format(count=f"{count:,}".replace(",", "\u202f"))
