"""Whether two requests are probably those of one person, who was not recognised because a name was typed otherwise.

Never certain: a supervisor looks at both before they become one. Twins share a name and a birth date, so given names
must not contradict; two foreigner numbers are two people (domain dossier 11.2).
"""

from collections.abc import Iterable
from typing import Final

from kiosk.domain.identity import PartialDate
from kiosk.domain.name_keys import consonant_key, latin_key
from kiosk.domain.request import RequestContent

_PREFIX_LETTERS: Final = 3


def is_probably_same_person(one: RequestContent, other: RequestContent) -> bool:
    """Whether names, birth dates and numbers fit; without a birth date nobody is recognised."""
    numbers = {number for number in (one.foreigner_number, other.foreigner_number) if number}
    if len(numbers) > 1 or not _fits(one.identity.birth_date, other.identity.birth_date):
        return False
    mine, theirs = one.identity, other.identity
    straight = _alike(mine.birth_name, theirs.birth_name) and _share(mine.given_names, theirs.given_names)
    # The two fields are often filled in the wrong way round.
    crossed = _share((mine.birth_name,), theirs.given_names or ("",)) and _share(
        (theirs.birth_name,), mine.given_names or ("",)
    )
    return straight or crossed


def prefix_of_name(name: str) -> str:
    """Return how names begin that may be this one typed otherwise; empty for no name."""
    return latin_key(name)[:_PREFIX_LETTERS]


def _fits(one: PartialDate | None, other: PartialDate | None) -> bool:
    """Whether two dates are the same as far as both are known."""
    if one is None or other is None or one.year != other.year:
        return False
    pairs = ((one.month, other.month), (one.day, other.day))
    return all(mine is None or theirs is None or mine == theirs for mine, theirs in pairs)


def _share(some: Iterable[str], others: Iterable[str]) -> bool:
    """Whether two lists have a name in common; one that says nothing contradicts nothing."""
    mine, theirs = list(some), list(others)
    return not mine or not theirs or any(_alike(one, other) for one in mine for other in theirs)


def _alike(one: str, other: str) -> bool:
    if not one or not other:
        return False
    consonants = consonant_key(one)
    return latin_key(one) == latin_key(other) or (bool(consonants) and consonants == consonant_key(other))
