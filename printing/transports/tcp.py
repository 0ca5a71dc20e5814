"""A network printer: raw bytes on a TCP port, usually 9100."""

import socket
import struct

from printing.transports.descriptor import DescriptorTransport
from printing.transports.transport import Deadline
from printing.transports.unreachable import unreachable

# What the kernel took is not on paper. A small buffer keeps "accepted" close to "arrived".
_SEND_BUFFER_BYTES = 16 * 1024
_DROP_ON_CLOSE = struct.pack("ii", 1, 0)


class TcpTransport(DescriptorTransport):
    """One connection to a network printer."""

    def __init__(self, host: str, port: int, deadline: Deadline) -> None:
        try:
            # A timeout of 0 would mean "do not wait at all".
            self._socket = socket.create_connection((host, port), timeout=max(0.001, deadline.left_s))
        except OSError as error:
            raise unreachable(f"tcp://{host}:{port}", error) from error
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER_BYTES)
        super().__init__(self._socket.fileno())

    def close(self) -> None:
        """See :class:`~printing.transports.transport.Transport`."""
        self._socket.close()

    def abandon(self) -> None:
        """See :class:`~printing.transports.transport.Transport`; the kernel resets the connection."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _DROP_ON_CLOSE)
        self._socket.close()
