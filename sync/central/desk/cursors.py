"""Where a page of requests ends: the place of its last row, so that the thousandth page costs what the first does."""

import base64
import binascii
import json
from typing import Any

from kiosk.errors import InputError
from kiosk.journal.canonical import canonical_bytes


def cursor_of(row: Any) -> str:
    """Return the name of a place in the list; whoever got it hands it back as it is.

    Args:
        row: of the counters' index.
    """
    place = [row.received_at, row.request_id, row.stream]
    return base64.urlsafe_b64encode(canonical_bytes(place)).decode().rstrip("=")


def place_of(cursor: str) -> tuple[str, str, str]:
    """Return instant, request and stream of a place.

    Raises:
        InputError: no page ended there.
    """
    try:
        place = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        received_at, request_id, stream = place
    except (ValueError, TypeError, binascii.Error, RecursionError) as error:
        raise InputError("cursor", "a place where a page ended") from error
    if not all(isinstance(part, str) and part.isascii() and part.isprintable() for part in place):
        raise InputError("cursor", "a place where a page ended")
    return received_at, request_id, stream
