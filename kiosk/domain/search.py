"""What a text in the search box can be: a reference, a call number, a telephone, a number, a name; often several."""

import itertools
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from kiosk.domain.call_number import make_call_number, parse_call_number
from kiosk.domain.name_keys import consonant_key, latin_key
from kiosk.domain.reference import has_check_character, parse_reference
from kiosk.domain.reference_slips import ALPHABET, NO_CHARACTER, slips, swaps
from kiosk.errors import InputError

_DASHES_AND_SPACES: Final = re.compile(r"[\s\-\u2010-\u2015\u2212_./]+")
_DAY: Final = "[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
# Département, kiosk, day, sequence, check character; written together a number can be read in two ways.
_WHOLE: Final = tuple(
    re.compile(rf"({departement})([0-9A-Z]{{2}})({_DAY})([0-9]{{4,6}})([0-9A-Z])")
    for departement in ("[0-9]{2}|2[AB]", "[0-9]{3}")
)
_LENGTHS: Final = range(15, 19)  # of a reference without its dashes
_DEPARTEMENT: Final = re.compile(r"[0-9]{2,3}|2[AB]")
_SHORTEST_PART: Final = 6  # département, kiosk and the first digits of a day
_DAY_AND_SEQUENCE: Final = re.compile(r"([0-9]{6})-([0-9]{1,6})(?:-[0-9A-Z])?")
_SEQUENCE: Final = re.compile(r"([0-9]{4})(?:-[0-9A-Z])?")
_FRANCE: Final = "33"
_SHORTEST_NUMBER: Final = 4
_SHORTEST_PHONE: Final = 6
_SHORTEST_NAME: Final = 2
_MOST_WORDS: Final = 4


class Match(StrEnum):
    """Why a request was found; the surest first."""

    TICKET = "ticket"  # the code of its ticket was scanned
    REFERENCE = "reference"
    CALL_NUMBER = "call_number"  # of today's hall
    FOREIGNER_NUMBER = "foreigner_number"
    PHONE = "phone"
    SUGGESTION = "suggestion"  # its reference differs from what was typed by one slip
    PART_OF_REFERENCE = "part_of_reference"
    NAME = "name"
    SOUND_OF_NAME = "sound_of_name"  # of a name typed in a script without vowels


@dataclass(frozen=True, slots=True)
class Readings:
    """All that a text can be; whatever it cannot be is empty.

    Attributes:
        references: whole ones, in their stored form.
        parts_of_reference: how its reference may begin.
        call_number: as on the ticket, ``A042``.
        number: how a numéro étranger may begin.
        phones: how a telephone number may begin, as :func:`phone_key` makes it.
        names: how the key of a name may begin, see :func:`kiosk.domain.name_keys.search_name_of`.
        consonants: the same for names in scripts without vowels.
    """

    references: tuple[str, ...] = ()
    parts_of_reference: tuple[str, ...] = ()
    call_number: str = ""
    number: str = ""
    phones: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    consonants: tuple[str, ...] = ()


def readings_of(text: str, *, origins: Sequence[str], today: date) -> Readings:
    """Return what a typed text can be.

    Args:
        text: as typed, in any script.
        origins: the kiosks whose requests are here, for references of which only the end was typed.
        today: for a sequence without its day.
    """
    typed = unicodedata.normalize("NFKC", text).strip()
    compact = _compact(text)
    references = tuple(_references_in(compact))
    return Readings(
        references=references,
        parts_of_reference=() if references else tuple(_parts_of_reference(typed, compact, origins, today)),
        call_number=_call_number(typed),
        number=compact if compact.isdigit() and len(compact) >= _SHORTEST_NUMBER else "",
        phones=_phones(typed),
        names=tuple(_prefixes(typed, latin_key)),
        consonants=tuple(_prefixes(typed, consonant_key)),
    )


def references_one_slip_away(text: str) -> tuple[str, ...]:
    """Return the references that become a text by one character changed, left out or added, or by two swapped.

    Their check characters fit. Where that of the text fits too, no character was changed; but of two swapped
    neighbours the check character misses one pair in six hundred.
    """
    compact = _compact(text)
    if not _LENGTHS.start - 1 <= len(compact) <= _LENGTHS.stop:
        return ()
    itself = tuple(_references_in(compact))
    candidates = dict.fromkeys(swaps(compact) if itself else slips(compact))
    found = dict.fromkeys(reference for candidate in candidates for reference in _references_in(candidate))
    return tuple(reference for reference in found if reference not in itself)


def phone_key(typed: str) -> str:
    """Return the digits of a telephone number, French ones from their 0 on, others from their country on.

    ``06 12 34 56 78``, ``+33 6 12 34 56 78`` and ``0033 (0)612345678`` have the same key.
    """
    digits = "".join(str(unicodedata.decimal(ch)) for ch in typed if ch.isdecimal())
    is_international = typed.lstrip().startswith(("+", "＋", "00")) or digits.startswith("00")
    if not is_international:
        return digits
    abroad = digits.removeprefix("00")
    return "0" + abroad.removeprefix(_FRANCE).removeprefix("0") if abroad.startswith(_FRANCE) else abroad


def _compact(text: str) -> str:
    return "".join(map(_plain, _DASHES_AND_SPACES.sub("", text)))


def _plain(character: str) -> str:
    """Return a character as references have it, or one that they never have: a slip is one character, whichever."""
    upper = unicodedata.normalize("NFKC", character).upper()
    return upper if len(upper) == 1 and upper in ALPHABET else NO_CHARACTER


def _references_in(compact: str) -> Iterator[str]:
    """Yield the references that a text without dashes can be; the check character fits and the day exists."""
    if len(compact) not in _LENGTHS:
        return
    forms = [match for form in _WHOLE if (match := form.fullmatch(compact))]
    if forms and has_check_character(compact):
        for match in forms:
            written = "-".join(match.groups())
            if _is_written_so(written):
                yield written


def _is_written_so(reference: str) -> bool:
    """Whether its day exists and its sequence has no more zeros than a kiosk gives it."""
    try:
        return str(parse_reference(reference)) == reference
    except InputError:
        return False


def _parts_of_reference(typed: str, compact: str, origins: Sequence[str], today: date) -> Iterator[str]:
    written = re.sub(r"-+", "-", _DASHES_AND_SPACES.sub("-", typed).upper())
    if match := _DAY_AND_SEQUENCE.fullmatch(written):
        yield from (f"{origin}-{match[1]}-{int(match[2]):04d}" for origin in origins)
    elif match := _SEQUENCE.fullmatch(written):
        yield from (f"{origin}-{today:%y%m%d}-{match[1]}" for origin in origins)
    if len(compact) < _SHORTEST_PART or NO_CHARACTER in compact:
        return
    for length in (2, 3):
        departement, rest = compact[:length], compact[length:]
        if _DEPARTEMENT.fullmatch(departement) and rest[2:8].isdigit():
            yield "-".join(filter(None, (departement, rest[:2], rest[2:8], rest[8:])))


def _call_number(typed: str) -> str:
    try:
        return make_call_number(*parse_call_number(typed))
    except InputError:
        return ""


def _phones(typed: str) -> tuple[str, ...]:
    if any(ch.isalpha() for ch in typed):
        return ()
    key = phone_key(typed)
    keys = [key, "0" + key.removeprefix(_FRANCE)] if key.startswith(_FRANCE) else [key]
    return tuple(each for each in keys if len(each) >= _SHORTEST_PHONE)


def _prefixes(typed: str, key: Callable[[str], str]) -> Iterator[str]:
    """Yield the keys under which a name may begin: its words together or apart, in any order that turns them round."""
    if any(ch.isdigit() for ch in typed):
        return
    words = [word for word in re.split(r"[\s,;]+", typed) if any(ch.isalpha() for ch in word)][:_MOST_WORDS]
    seen = set()
    for turned in range(len(words)):
        for prefix in _joined(words[turned:] + words[:turned], key):
            if len(prefix) >= _SHORTEST_NAME and prefix not in seen:
                seen.add(prefix)
                yield prefix


def _joined(words: Sequence[str], key: Callable[[str], str]) -> Iterator[str]:
    for gaps in itertools.product(("", " "), repeat=len(words) - 1):
        names = "".join(itertools.chain.from_iterable(zip(("", *gaps), words, strict=True))).split(" ")
        yield " ".join(filter(None, map(key, names)))
