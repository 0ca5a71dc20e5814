"""What is signed of a message, and how its signature is made and checked."""

import base64
import binascii
from collections.abc import Callable, Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from pydantic import BaseModel

from kiosk.errors import InputError
from kiosk.journal.canonical import JsonValue, canonical_bytes
from kiosk.journal.signature import is_signed_by

Form = BaseModel | Mapping[str, JsonValue]


def plain(form: Form) -> dict[str, Any]:
    """Return a message as JSON values."""
    return form.model_dump(mode="json") if isinstance(form, BaseModel) else dict(form)


def canonical_form(form: Form) -> bytes:
    """Return the canonical bytes of a message (RFC 8785), as they are signed and kept."""
    return canonical_bytes(plain(form))


def signature_over(form: Form, sign: Callable[[bytes], bytes]) -> str:
    """Return the Base64 of a signature over a message's canonical bytes."""
    return base64.b64encode(sign(canonical_form(form))).decode()


def is_signature_over(form: Form, signature: str, public_key: EllipticCurvePublicKey) -> bool:
    """Tell whether a Base64 signature over a message was made with a key.

    Raises:
        InputError: it is not Base64.
    """
    return is_signed_by(public_key, base64_bytes("signature", signature), canonical_form(form))


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
