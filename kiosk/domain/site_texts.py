"""What an office may make of its own texts: neither empty where the ticket must name something, nor endless.

CRPA R. 112-5 wants the service, its address and its telephone on what a person is handed. Asked of what is typed anew,
never of what a machine begins with: no kiosk stays closed because of a text.
"""

from collections.abc import Mapping
from typing import Final

_MOST_LINES: Final = 6
_LONGEST: Final[Mapping[str, int]] = {
    "site.kiosk_place": 60,
    "site.service_name": 120,
    "site.service_address": 120,
    "site.service_phone": 60,
    "site.service_email": 120,
    "site.data_protection_contact": 120,
}
_MAY_BE_EMPTY: Final = frozenset({"site.service_email"})


def text_problems(changes: Mapping[str, object]) -> dict[str, str]:
    """Return what is wrong with texts that were typed anew, by dotted key, each with what was expected."""
    return {
        key: f"{'at most' if key in _MAY_BE_EMPTY else '1 to'} {_LONGEST[key]} letters"
        for key, value in changes.items()
        if key in _LONGEST and not _fits(key, value)
    }


def _fits(key: str, value: object) -> bool:
    lines = list(value) if isinstance(value, list | tuple) else [value]
    is_filled = all(isinstance(line, str) and line.strip() for line in lines) and bool(lines)
    is_short = all(isinstance(line, str) and len(line) <= _LONGEST[key] for line in lines) and len(lines) <= _MOST_LINES
    return is_short and (is_filled or key in _MAY_BE_EMPTY)
