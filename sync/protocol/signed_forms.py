"""What is signed of a message, and how the signature is read."""

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from kiosk.errors import InputError
from kiosk.journal.canonical import JsonValue


def signature_bytes(text: str) -> bytes:
    """Return the bytes of a Base64 signature.

    Raises:
        InputError: not Base64.
    """
    return base64_bytes("signature", text)


def plain(message: BaseModel | Mapping[str, JsonValue]) -> dict[str, Any]:
    """Return a message as JSON values, for canonical bytes."""
    return message.model_dump(mode="json") if isinstance(message, BaseModel) else dict(message)


def base64_bytes(field: str, text: str) -> bytes:
    """Return the bytes of a Base64 text.

    Args:
        field: where it stands.
        text: Base64, with padding.

    Raises:
        InputError: not Base64.
    """
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise InputError(field, "Base64") from error
