"""The reference of a request: ``38-A2-261120-0042-K``.

Département, kiosk, civil day, sequence of the day and a check character: unique without coordination, and a mistyped or
swapped character is caught (ISO/IEC 7064, MOD 37,36).
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_37_36

from kiosk.errors import InputError

_FORM: Final = re.compile(r"([0-9]{2,3}|2[AB])-?([0-9A-Z]{2})-?([0-9]{6})-?([0-9]{4,6})-?([0-9A-Z])")
_EXPECTATION: Final = "a reference such as 38-A2-261120-0042-K"


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference taken apart.

    Attributes:
        departement: of the kiosk.
        kiosk_id: two letters or digits.
        civil_date: day of the filing.
        sequence: 1, 2, 3... of that kiosk and day.
    """

    departement: str
    kiosk_id: str
    civil_date: date
    sequence: int

    def __str__(self) -> str:
        parts = (self.departement, self.kiosk_id, f"{self.civil_date:%y%m%d}", f"{self.sequence:04d}")
        return "-".join((*parts, mod_37_36.calc_check_digit("".join(parts))))


def make_reference(departement: str, kiosk_id: str, civil_date: date, sequence: int) -> str:
    """Return the reference with its check character."""
    return str(Reference(departement, kiosk_id, civil_date, sequence))


def has_check_character(compact: str) -> bool:
    """Tell whether the last character of a reference without dashes is the one that ISO/IEC 7064 gives it."""
    return bool(mod_37_36.is_valid(compact))


def parse_reference(text: str) -> Reference:
    """Return the reference that a person typed or scanned; dashes, spaces and case do not matter.

    Raises:
        InputError: another form, or the check character does not fit.
    """
    typed = re.sub(r"\s+", "", text).upper()
    match = _FORM.fullmatch(typed)
    if match is None:
        raise InputError("reference", _EXPECTATION)
    try:
        mod_37_36.validate(typed.replace("-", ""))
    except ValidationError as error:
        raise InputError("reference", f"{_EXPECTATION}; a character is mistyped") from error
    departement, kiosk_id, day, sequence = match.group(1, 2, 3, 4)
    try:
        civil_date = date(2000 + int(day[:2]), int(day[2:4]), int(day[4:]))
    except ValueError as error:
        raise InputError("reference", f"{_EXPECTATION}; its day does not exist") from error
    return Reference(departement, kiosk_id, civil_date, int(sequence))
