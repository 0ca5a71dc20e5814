"""What one computer is connected by: a socket, or the master side of a pseudo-terminal."""

import contextlib
import os
import socket
import struct
from typing import Final, Protocol

_CUT: Final = struct.pack("ii", 1, 0)


class Line(Protocol):
    """One computer at the other end."""

    def fileno(self) -> int:
        """Return what ``select`` waits for."""
        ...

    def read(self, most: int) -> bytes | None:
        """Return what is there, at most so many bytes; None when the computer hung up."""
        ...

    def write(self, data: bytes) -> None:
        """Send, without raising when nobody listens."""
        ...

    def stop_sending(self) -> None:
        """Close the answering half, where the line has halves."""
        ...


class SocketLine:
    """A connected socket."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def fileno(self) -> int:
        """See :class:`Line`."""
        return self._connection.fileno()

    def read(self, most: int) -> bytes | None:
        """See :class:`Line`."""
        try:
            return self._connection.recv(min(most, 65536)) or None
        except OSError:  # the computer reset the line: it hung up
            return None

    def write(self, data: bytes) -> None:
        """See :class:`Line`."""
        with contextlib.suppress(OSError):  # nobody listens any more; the next read says so
            self._connection.sendall(data)

    def stop_sending(self) -> None:
        """See :class:`Line`: the computer reads the end of the stream and may go on writing."""
        with contextlib.suppress(OSError):
            self._connection.shutdown(socket.SHUT_WR)

    def cut(self) -> None:
        """Close so that the computer sees a broken line, not a polite end."""
        with contextlib.suppress(OSError):
            self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _CUT)


class TerminalLine:
    """The master side of a pseudo-terminal."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def fileno(self) -> int:
        """See :class:`Line`."""
        return self._descriptor

    def read(self, most: int) -> bytes | None:
        """See :class:`Line`."""
        try:
            return os.read(self._descriptor, min(most, 4096)) or None
        except OSError:  # EIO: nobody has the other side open
            return None

    def write(self, data: bytes) -> None:
        """See :class:`Line`."""
        with contextlib.suppress(BlockingIOError):  # a serial line without a reader loses what is sent
            os.write(self._descriptor, data)

    def stop_sending(self) -> None:
        """See :class:`Line`: one wire of a serial cable; what is not sent any more is enough."""
