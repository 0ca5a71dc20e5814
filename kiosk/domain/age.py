"""Whether a person is of age (Code civil art. 388: eighteen years)."""

from datetime import date
from typing import Final

from kiosk.domain.identity import PartialDate

MAJORITY_YEARS: Final = 18


def may_be_minor(birth: PartialDate | None, today: date) -> bool:
    """Tell whether somebody is under eighteen on a day, or may be because month or day of birth are not known.

    Who was born on 29 February is of age on 1 March of a year without that day. A birth date of which nothing is
    known says nothing about the age: the answer is no, and nobody is asked for a guardian on a mere silence.

    Args:
        birth: as far as it is known.
        today: civil day at the kiosk.
    """
    return birth is not None and today < _birthday(birth.latest, MAJORITY_YEARS)


def _birthday(born: date, years: int) -> date:
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)
