"""Bytes over a file descriptor: what socket, serial line and device file have in common."""

import errno
import os
import select

from printing.transports.transport import Deadline

_READ_BYTES = 4096
# What one write hands over at most: between two pieces an answer of the printer can be seen.
_PIECE_BYTES = 4096
_GONE = frozenset({errno.EPIPE, errno.ECONNRESET, errno.EIO, errno.ENODEV, errno.ENXIO, errno.EBADF, errno.ETIMEDOUT})


class DescriptorTransport:
    """A non-blocking descriptor, waited for with poll."""

    def __init__(self, descriptor: int) -> None:
        os.set_blocking(descriptor, False)
        self._descriptor = descriptor
        self._is_gone = False

    @property
    def is_gone(self) -> bool:
        """See :class:`~printing.transports.transport.Transport`."""
        return self._is_gone

    def write(self, data: bytes, deadline: Deadline) -> int:
        """See :class:`~printing.transports.transport.Transport`."""
        sent = 0
        view = memoryview(data)
        while sent < len(data) and not self._is_gone:
            try:
                sent += os.write(self._descriptor, view[sent : sent + _PIECE_BYTES])
            except BlockingIOError:
                if not self._wait(select.POLLOUT, deadline):
                    break
            except OSError as error:
                self._lose(error)
        return sent

    def read(self, deadline: Deadline) -> bytes:
        """See :class:`~printing.transports.transport.Transport`."""
        while not self._is_gone and self._wait(select.POLLIN, deadline):
            try:
                data = os.read(self._descriptor, _READ_BYTES)
            except BlockingIOError:
                continue
            except OSError as error:
                self._lose(error)
                break
            self._is_gone = not data
            return data
        return b""

    def _wait(self, events: int, deadline: Deadline) -> bool:
        """Wait until the descriptor is ready; false when the deadline passed first."""
        poll = select.poll()
        poll.register(self._descriptor, events)
        return bool(poll.poll(deadline.left_s * 1000))

    def _lose(self, error: OSError) -> None:
        if error.errno not in _GONE:
            raise error
        self._is_gone = True
