"""The call number of the hall: letter of the service and number of the day, ``A042``. No name is ever called."""

import re

from kiosk.errors import InputError


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
