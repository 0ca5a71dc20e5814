"""Whether anybody listens at the centre's address: a connection opened and closed, nothing sent."""

import socket
import urllib.parse
from typing import Final

from kiosk.errors import CentreUnreachableError, ConfigurationError
from kiosk.settings import CentreSettings

_MOST_S: Final = 3.0
_PORTS: Final = {"http": 80, "https": 443}


def connect(centre: CentreSettings) -> None:
    """Open and close a connection to the centre, or to the proxy on the way to it.

    Raises:
        ConfigurationError: the address is no HTTP address.
        CentreUnreachableError: nothing accepts a connection there within the deadline.
    """
    address = centre.proxy_url or centre.url
    parts = urllib.parse.urlsplit(address)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ConfigurationError("central.url", f"http://HOST or https://HOST, not {address!r}")
    try:
        place = (parts.hostname, parts.port or _PORTS[parts.scheme])
        socket.create_connection(place, timeout=min(centre.deadline_s, _MOST_S)).close()
    except (OSError, ValueError) as error:
        raise CentreUnreachableError(f"nothing answers at {address} ({error})") from error


def accepts_connections(centre: CentreSettings) -> bool:
    """Tell whether anybody listens there now."""
    try:
        connect(centre)
    except CentreUnreachableError:
        return False
    return True
