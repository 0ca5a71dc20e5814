"""The one canonical form of everything that is hashed or signed: RFC 8785 (JCS), without floats."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import rfc8785

JsonValue: TypeAlias = "str | int | bool | Sequence[JsonValue] | Mapping[str, JsonValue] | None"


def canonical_bytes(value: JsonValue) -> bytes:
    """Return the RFC 8785 bytes of a value.

    Raises:
        TypeError: a float is somewhere inside; its text would depend on who prints it.
    """
    _refuse_floats(value)
    return rfc8785.dumps(value)


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        raise TypeError(f"no float in a canonical form: {value!r}")
    if isinstance(value, Mapping):
        for inner in value.values():
            _refuse_floats(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _refuse_floats(inner)
