"""What the orders of a centre say, member by member."""

from collections.abc import Mapping
from datetime import datetime

from kiosk.domain.moment import parse_instant
from kiosk.errors import InputError
from kiosk.journal.canonical import JsonValue


def text_in(content: Mapping[str, JsonValue], name: str) -> str:
    """Return a text that is not empty.

    Raises:
        InputError: there is none.
    """
    value = content.get(name)
    if not isinstance(value, str) or not value:
        raise InputError(name, "a text")
    return value


def instant_in(content: Mapping[str, JsonValue], name: str) -> datetime:
    """Return an instant.

    Raises:
        InputError: there is none.
    """
    try:
        return parse_instant(text_in(content, name))
    except ValueError as error:
        raise InputError(name, "an instant in ISO 8601") from error


def table_in(content: Mapping[str, JsonValue], name: str) -> Mapping[str, JsonValue]:
    """Return a table.

    Raises:
        InputError: there is none.
    """
    value = content.get(name)
    if not isinstance(value, Mapping):
        raise InputError(name, "a table")
    return value
