"""Whether the centre answers at all, without sending it anything."""

import socket
import urllib.parse

from kiosk.errors import CentreUnreachableError, ConfigurationError
from kiosk.settings import CentreSettings


def reach(centre: CentreSettings) -> str:
    """Connect to the centre's address and say so.

    Raises:
        ConfigurationError: the address is no HTTP address.
        CentreUnreachableError: nothing accepts a connection there within the deadline.
    """
    parts = urllib.parse.urlsplit(centre.url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ConfigurationError("central.url", f"http://HOST or https://HOST, not {centre.url!r}")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        socket.create_connection((parts.hostname, port), timeout=min(centre.deadline_s, 3.0)).close()
    except OSError as error:
        raise CentreUnreachableError(f"nothing answers at {centre.url} ({error})") from error
    return f"{centre.url} accepts connections"
