"""How values are typed: one text for each form of value, and back; what is no value stays text and is refused later."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from kiosk.journal.canonical import JsonValue

_BETWEEN: Final = re.compile(r"[,;]")
_SPAN: Final = re.compile(
    r"(\d{1,2})\s*(?:[h:]\s*(\d{2})?)?\s*(?:-|–|à)\s*(\d{1,2})\s*(?:[h:]\s*(\d{2})?)?", re.IGNORECASE
)
_DAY: Final = "%d/%m/%Y"


@dataclass(frozen=True, slots=True)
class TextForm:
    """A value as it is typed.

    Attributes:
        text: of a value.
        value: of a text.
    """

    text: Callable[[JsonValue], str]
    value: Callable[[str], JsonValue]


def items(value: JsonValue) -> list[str]:
    """Return a list of texts, whatever stands there."""
    return [str(each) for each in value] if isinstance(value, Sequence) and not isinstance(value, str) else []


def day_said(text: str) -> str:
    """Return a day as people write it; what is none stays as it is."""
    try:
        return date.fromisoformat(text).strftime(_DAY)
    except ValueError:
        return text


def _day_typed(text: str) -> str:
    try:
        return datetime.strptime(text, _DAY).date().isoformat()  # noqa: DTZ007  # a day has no zone
    except ValueError:
        return text


def _span_typed(text: str) -> str:
    """Return ``08:30-12:00`` for ``8h30 à 12h`` and the like; what is none stays as it is."""
    match = _SPAN.fullmatch(text)
    if match is None:
        return text
    opens, opens_minute, closes, closes_minute = match.groups()
    return f"{int(opens):02d}:{opens_minute or '00'}-{int(closes):02d}:{closes_minute or '00'}"


def _whole_typed(text: str) -> JsonValue:
    stripped = text.strip()
    return int(stripped) if stripped.isdecimal() and stripped.isascii() and len(stripped) <= _LONGEST else text


def _parted(text: str) -> list[str]:
    return [part for part in (each.strip() for each in _BETWEEN.split(text)) if part]


def _lined(text: str) -> list[str]:
    return [line for line in (each.strip() for each in text.splitlines()) if line]


_LONGEST: Final = 9
LINE: Final = TextForm(str, str.strip)
LINES: Final = TextForm(lambda value: "\n".join(items(value)), lambda text: list(_lined(text)))
NAMES: Final = TextForm(lambda value: ", ".join(items(value)), lambda text: list(_parted(text)))
SPANS: Final = TextForm(lambda value: ", ".join(items(value)), lambda text: [*map(_span_typed, _parted(text))])
DAYS: Final = TextForm(
    lambda value: "\n".join(map(day_said, items(value))), lambda text: sorted(map(_day_typed, _lined(text)))
)
WHOLE: Final = TextForm(str, _whole_typed)
LETTER: Final = TextForm(str, lambda text: text.strip().upper())
