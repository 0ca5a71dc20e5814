"""The call number of the hall: letter of the service and number of the day, ``A042``. No name is ever called.

Several kiosks of one hall number without asking each other: of two, one gives 1, 3, 5... and the other 2, 4, 6...
"""

import re
from dataclasses import dataclass
from typing import Final

from kiosk.errors import ConfigurationError, InputError


@dataclass(frozen=True, slots=True)
class KioskRank:
    """Which of the hall's numbers a kiosk gives.

    Attributes:
        rank: of this kiosk in its hall, from 1 on.
        kiosks: of the hall.

    Raises:
        ConfigurationError: there are fewer kiosks than that.
    """

    rank: int = 1
    kiosks: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.rank <= self.kiosks:
            raise ConfigurationError("hall.kiosk_rank", f"1 to hall.site_kiosks, {self.kiosks}, not {self.rank}")

    def number(self, count: int) -> int:
        """Return the number that a kiosk gives as its first, second, third... of a service and day."""
        return (count - 1) * self.kiosks + self.rank


THE_ONLY_KIOSK: Final = KioskRank()


def make_call_number(service_letter: str, number: int) -> str:
    """Return the call number of a service and a number of the day; above 999 it simply grows."""
    if not re.fullmatch(r"[A-Z]", service_letter) or number < 1:
        raise InputError("call_number", "a letter A to Z and a number from 1 on")
    return f"{service_letter}{number:03d}"


def parse_call_number(text: str) -> tuple[str, int]:
    """Return letter and number of a call number as typed.

    Raises:
        InputError: another form.
    """
    match = re.fullmatch(r"([A-Z])0*([1-9][0-9]*)", re.sub(r"\s+", "", text).upper())
    if match is None:
        raise InputError("call_number", "a letter and a number, such as A042")
    return match[1], int(match[2])
