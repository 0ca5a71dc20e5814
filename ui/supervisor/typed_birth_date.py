"""A birth date as staff type it from a document: day, month, year, as far as they are known."""

import re
from typing import Final

from kiosk.domain.identity import PartialDate
from kiosk.errors import InputError

_SEPARATORS: Final = re.compile(r"[\s/.\-]+")
_TOGETHER: Final = re.compile(r"(\d{2})(\d{2})(\d{4})")


def typed_birth_date(text: str) -> PartialDate | None:
    """Return a date typed as ``12/04/1990``, ``12041990``, ``04/1990`` or ``1990``; ``00`` is an unknown day or month.

    Returns:
        None for an empty text: no date is known.

    Raises:
        InputError: another form, or a day that does not exist.
    """
    text = text.strip()
    if not text:
        return None
    together = _TOGETHER.fullmatch(text)
    parts = list(together.groups()) if together else _SEPARATORS.split(text)
    if not 1 <= len(parts) <= 3 or not all(part.isascii() and part.isdigit() for part in parts):
        raise InputError("birth_date", "DD/MM/YYYY, MM/YYYY or YYYY")
    year, month, day = (*map(int, reversed(parts)), 0, 0)[:3]
    return PartialDate(year, month or None, day or None)


def birth_date_said(born: PartialDate | None) -> str:
    """Return a date as :func:`typed_birth_date` reads it; empty for none."""
    if born is None:
        return ""
    parts = [f"{part:02d}" for part in (born.day, born.month) if part is not None]
    return "/".join([*parts, f"{born.year:04d}"])
