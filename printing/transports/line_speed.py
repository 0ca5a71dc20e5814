"""How fast a printer's line is, as far as its address tells."""

from urllib.parse import parse_qs, urlsplit

DEFAULT_BAUD = 38_400
# Start bit, eight bits, stop bit.
_BITS_PER_BYTE = 10


def baud_of(url: str) -> int | None:
    """Return the speed of a serial line in bits per second; None for every other connection."""
    parts = urlsplit(url.strip())
    if parts.scheme != "serial":
        return None
    written = parse_qs(parts.query).get("baud", [str(DEFAULT_BAUD)])[0]
    return int(written) if written.isdecimal() and int(written) else DEFAULT_BAUD


def seconds_for(byte_count: int, baud: int | None) -> float:
    """Return how long a line needs for some bytes; 0 where nothing is known of it."""
    return byte_count * _BITS_PER_BYTE / baud if baud else 0.0
