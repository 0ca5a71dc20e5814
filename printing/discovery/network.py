"""Hosts of a network that listen where ticket printers do."""

import ipaddress
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from kiosk.errors import InputError
from printing.discovery.attached import Candidate, Kind

RAW_PORT: Final = 9100
_CONNECT_S: Final = 0.3
_AT_ONCE: Final = 64
_MOST_HOSTS: Final = 1024


def hosts_with_port(network: str, port: int = RAW_PORT) -> list[Candidate]:
    """Return the hosts of a network that accept a connection; done only when somebody asks for it.

    Args:
        network: in CIDR form, ``192.168.1.0/24``; at most 1024 addresses.
        port: 9100, where printers take raw bytes.

    Raises:
        InputError: no network, or one that would take too long and disturb others.
    """
    try:
        addresses = ipaddress.ip_network(network.strip(), strict=False)
    except ValueError as error:
        raise InputError("--network", f"a network such as 192.168.1.0/24, not {network!r}") from error
    if addresses.num_addresses > _MOST_HOSTS:
        raise InputError("--network", f"at most {_MOST_HOSTS} addresses at once (a /22), not {addresses}")
    hosts = [str(host) for host in addresses.hosts()]
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="port-9100") as pool:
        listening = list(pool.map(lambda host: _listens(host, port), hosts))
    return [_candidate(host, port) for host, is_open in zip(hosts, listening, strict=True) if is_open]


def _listens(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=_CONNECT_S).close()
    except OSError:  # nobody there, or nobody who listens: both are the usual case
        return False
    return True


def _candidate(host: str, port: int) -> Candidate:
    name = f"[{host}]" if ":" in host else host
    return Candidate(Kind.NETWORK, f"tcp://{name}:{port}", f"host that listens on port {port}")
