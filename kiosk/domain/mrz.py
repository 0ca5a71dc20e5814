"""Machine-readable zones of passports, cards and visas (ICAO 9303): read once, then forgotten.

=======  ===========  ==============================
format   lines        found on
=======  ===========  ==============================
TD1      3 of 30      residence permits, identity cards
TD2      2 of 36      older cards
TD3      2 of 44      passports
MRV-A    2 of 44      visas, first letter V
MRV-B    2 of 36      visas, first letter V
=======  ===========  ==============================

Numbers and dates carry check digits; names carry none and are transliterated. So a reading is a proposal that the
person confirms, and what failed its check is said to be doubtful, never refused.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from kiosk.domain.identity import PartialDate
from kiosk.errors import InputError

_WEIGHTS: Final = (7, 3, 1)
_VALUES: Final = {character: value for value, character in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")} | {"<": 0}
# Signs that readers and keyboard layouts give for the filler.
_FILLERS: Final = str.maketrans(dict.fromkeys("‹«〈＜≤", "<"))
# Letters that a reader sees where only digits can stand.
_AS_DIGITS: Final = str.maketrans("OQDIZSGB", "00012568")
# What a reader set to the American layout types on a machine with the French one, where a zone can hold it.
_FROM_AZERTY: Final = str.maketrans("&é\"'(-è_çàAQZW?.", "1234567890QAWZM<")
_ALLOWED: Final = re.compile(r"[0-9A-Z<]+")
# What a damaged line may lack or have too much and still be the line that it is.
_TOLERANCE: Final = 3


class MrzFormat(StrEnum):
    """Size of the document, and what it is."""

    TD1 = "TD1"
    TD2 = "TD2"
    TD3 = "TD3"
    MRV_A = "MRV-A"
    MRV_B = "MRV-B"


class MrzField(StrEnum):
    """What can be doubtful in a reading."""

    NAMES = "names"  # cut off at the end of the line, or not legible
    DOCUMENT_NUMBER = "document_number"
    BIRTH_DATE = "birth_date"
    BIRTH_CENTURY = "birth_century"  # two digits of the year: a newborn or a centenarian
    EXPIRY_DATE = "expiry_date"
    WHOLE = "whole"  # the check digit over everything


@dataclass(frozen=True, slots=True)
class MrzReading:
    """What a document says, as a proposal.

    Attributes:
        format: of the document.
        document_code: its first two letters, without filler: ``P``, ``IR``, ``V``.
        issuer: code of the issuing state, as written.
        document_number: without fillers.
        birth_name: primary identifier; empty when not legible.
        given_names: secondary identifiers, in order; empty for people with a single name.
        nationality: code of the nationality, as written (``D``, ``XXA``...).
        birth_date: None when not legible.
        expires_on: None when not legible or absent.
        optional_data: what the issuer added, without fillers.
        doubtful: what the person must look at.
    """

    format: MrzFormat
    document_code: str
    issuer: str
    document_number: str
    birth_name: str
    given_names: tuple[str, ...]
    nationality: str
    birth_date: PartialDate | None
    expires_on: date | None
    optional_data: str
    doubtful: frozenset[MrzField]

    @property
    def is_valid(self) -> bool:
        """Whether every check digit agrees (``mrz_valid``)."""
        return not self.doubtful - {MrzField.NAMES, MrzField.BIRTH_CENTURY}

    @property
    def is_residence_permit(self) -> bool:
        """Whether it is a French titre de séjour, whose expiry is the one that counts here."""
        return self.issuer == "FRA" and self.document_code.startswith(("IR", "AR", "CR"))

    @property
    def foreigner_number(self) -> str | None:
        """The numéro étranger that French permits carry in the optional data [K]; None elsewhere."""
        found = re.search(r"\d{9,10}", self.optional_data) if self.is_residence_permit else None
        return found.group() if found else None


def check_digit(text: str) -> str:
    """Return the check digit of a field: values weighted 7, 3, 1, modulo 10.

    Raises:
        InputError: a character that no zone has.
    """
    try:
        return str(sum(_VALUES[ch] * _WEIGHTS[place % 3] for place, ch in enumerate(text)) % 10)
    except KeyError as error:
        raise InputError("scan", f"digits, capital letters and <, not {error.args[0]!r}") from error


def read_mrz(text: str, today: date) -> MrzReading:
    """Return what a scanned zone says.

    Args:
        text: its lines; one line without breaks is cut where the format says.
        today: decides the century of a birth.

    Raises:
        InputError: this is no machine-readable zone.
    """
    lines = _lines(text)
    match _format_of(lines):
        case MrzFormat.TD1:
            return _read_td1([_fitted(line, 30) for line in lines], today)
        case (MrzFormat.TD2 | MrzFormat.MRV_B) as found:
            return _read_two_lines(found, [_fitted(line, 36) for line in lines], today)
        case found:
            return _read_two_lines(found, [_fitted(line, 44) for line in lines], today)


def as_american(text: str) -> str:
    """Return a zone as its reader typed it, when the machine took the keys for those of the French layout."""
    return text.translate(_FROM_AZERTY)


# ------------------------------------------------------------------------------------------------------------ lines


def _lines(text: str) -> list[str]:
    upper = text.upper().translate(_FILLERS)
    lines = [line for line in (re.sub(r"\s", "", line) for line in re.split(r"[\r\n]+", upper)) if line]
    if len(lines) == 1:
        lines = _cut(lines[0])
    if not lines or not all(_ALLOWED.fullmatch(line) for line in lines):
        raise InputError("scan", "the lines of letters, digits and < at the foot of a passport or card")
    return lines


def _cut(line: str) -> list[str]:
    """Cut a zone that came without line breaks."""
    for count, length in ((3, 30), (2, 36), (2, 44)):
        if len(line) == count * length:
            return [line[start : start + length] for start in range(0, len(line), length)]
    return [line]


def _format_of(lines: Sequence[str]) -> MrzFormat:
    lengths = (len(lines), max(map(len, lines), default=0))
    is_visa = lines[0].startswith("V")
    match lengths:
        case (3, length) if abs(length - 30) <= _TOLERANCE:
            return MrzFormat.TD1
        case (2, length) if abs(length - 36) <= _TOLERANCE:
            return MrzFormat.MRV_B if is_visa else MrzFormat.TD2
        case (2, length) if abs(length - 44) <= _TOLERANCE:
            return MrzFormat.MRV_A if is_visa else MrzFormat.TD3
        case _:
            raise InputError("scan", "three lines of 30 characters, or two of 36 or 44")


def _fitted(line: str, length: int) -> str:
    """Return a line at its length; what is lost at the end is mostly filler, and check digits tell the rest."""
    return line[:length].ljust(length, "<")


# ---------------------------------------------------------------------------------------------------------- formats


def _read_td1(lines: Sequence[str], today: date) -> MrzReading:
    first, second, third = lines[0], _with_digits(lines[1], range(15)), lines[2]
    number, optional, number_is_good = _long_number(first[5:14], first[14], first[15:30])
    whole = first[5:30] + second[0:7] + second[8:15] + second[18:29]
    doubts = _Doubts()
    doubts.note(MrzField.DOCUMENT_NUMBER, number_is_good)
    doubts.note(MrzField.WHOLE, check_digit(whole) == _digit(second[29]))
    return _reading(
        MrzFormat.TD1,
        _Found(first, third, second[15:18], number, second[0:7], second[8:15], optional + second[18:29]),
        doubts,
        today,
    )


def _read_two_lines(found: MrzFormat, lines: Sequence[str], today: date) -> MrzReading:
    first, second = lines[0], _with_digits(lines[1], range(13, 28))
    is_visa = found in (MrzFormat.MRV_A, MrzFormat.MRV_B)
    optional_end = {MrzFormat.TD3: 42, MrzFormat.TD2: 35}.get(found, len(second))
    doubts = _Doubts()
    doubts.note(MrzField.DOCUMENT_NUMBER, check_digit(second[0:9]) == _digit(second[9]))
    if not is_visa:  # visas have no check digit over everything
        whole = second[0:10] + second[13:20] + second[21 : len(second) - 1]
        doubts.note(MrzField.WHOLE, check_digit(whole) == _digit(second[-1]))
    found_fields = _Found(
        first, first[5:], second[10:13], second[0:9], second[13:20], second[21:28], second[28:optional_end]
    )
    return _reading(found, found_fields, doubts, today)


def _long_number(number: str, check: str, optional: str) -> tuple[str, str, bool]:
    """Return a TD1 number, which goes on in the optional data when it has more than nine characters [K]."""
    more = re.match(r"([0-9A-Z]+)([0-9])<", optional) if check == "<" else None
    if more is None:
        return number, optional, check_digit(number) == _digit(check)
    whole = number + more.group(1)
    return whole, optional[more.end() - 1 :], check_digit(whole) == more.group(2)


def _with_digits(line: str, dates: range) -> str:
    """Return a line with digits where birth and expiry stand; the sex between them is M, F or a filler."""
    part = line[dates.start : dates.stop]
    return line[: dates.start] + part.translate(_AS_DIGITS) + line[dates.stop :]


@dataclass(frozen=True, slots=True)
class _Found:
    """The fields of a document as they stand on it."""

    first_line: str
    names: str
    nationality: str
    number: str
    birth: str
    expiry: str
    optional: str


class _Doubts:
    """Collects what failed its check."""

    def __init__(self) -> None:
        self.fields: set[MrzField] = set()

    def note(self, field: MrzField, is_good: bool) -> None:
        if not is_good:
            self.fields.add(field)


def _reading(form: MrzFormat, found: _Found, doubts: _Doubts, today: date) -> MrzReading:
    doubts.note(MrzField.BIRTH_DATE, _checks(found.birth))
    doubts.note(MrzField.EXPIRY_DATE, _checks(found.expiry))
    birth_name, given_names = _names(found.names)
    # A name that fills the line to its end may go on beyond it.
    doubts.note(MrzField.NAMES, bool(birth_name) and found.names.endswith("<"))
    birth_date = _birth_date(found.birth[:6], today)
    doubts.note(MrzField.BIRTH_DATE, birth_date is not None)
    if birth_date is not None:
        doubts.note(MrzField.BIRTH_CENTURY, birth_date.year < 2000)
    return MrzReading(
        format=form,
        document_code=found.first_line[0:2].rstrip("<"),
        issuer=found.first_line[2:5].rstrip("<"),
        document_number=found.number.rstrip("<"),
        birth_name=birth_name,
        given_names=given_names,
        nationality=found.nationality.rstrip("<"),
        birth_date=birth_date,
        expires_on=_expiry_date(found.expiry[:6]),
        optional_data=found.optional.strip("<"),
        doubtful=frozenset(doubts.fields),
    )


# ----------------------------------------------------------------------------------------------------------- fields


def _digit(character: str) -> str:
    """Return a check digit; a filler stands for zero where the field is empty."""
    return "0" if character == "<" else character.translate(_AS_DIGITS)


def _checks(field_and_digit: str) -> bool:
    field, digit = field_and_digit[:-1], field_and_digit[-1]
    return check_digit(field) == _digit(digit)


def _names(text: str) -> tuple[str, tuple[str, ...]]:
    primary, _, secondary = text.strip("<").partition("<<")
    return " ".join(_words(primary)), tuple(_words(secondary))


def _words(text: str) -> Iterable[str]:
    return (word for word in text.split("<") if word)


def _birth_date(field: str, today: date) -> PartialDate | None:
    """Return a birth date; fillers stand for what the issuer does not know."""
    if not re.fullmatch(r"\d\d(?:\d\d|<<)(?:\d\d|<<)", field):
        return None
    short_year = int(field[:2])
    year = (1900 if short_year > today.year % 100 else 2000) + short_year
    try:
        return PartialDate.parse(f"{year}-{field[2:4].replace('<', '0')}-{field[4:6].replace('<', '0')}")
    except InputError:
        return None


def _expiry_date(field: str) -> date | None:
    if not field.isdecimal():
        return None
    try:
        return date(2000 + int(field[:2]), int(field[2:4]), int(field[4:6]))
    except ValueError:
        return None
