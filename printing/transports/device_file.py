"""A printer behind a device file of the kernel, ``/dev/usb/lp0``.

The kernel's driver lets one program in at a time (EBUSY for the second); when the cable is pulled the file vanishes and
comes back under the lowest free number, or under its stable name when the udev rules are installed.
"""

import os

from printing.transports.descriptor import DescriptorTransport
from printing.transports.unreachable import unreachable


class DeviceFileTransport(DescriptorTransport):
    """One opened device file, read and written."""

    def __init__(self, path: str) -> None:
        try:
            self._file = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        except OSError as error:
            raise unreachable(f"file://{path}", error, path) from error
        super().__init__(self._file)

    def close(self) -> None:
        """See :class:`~printing.transports.transport.Transport`."""
        os.close(self._file)

    def abandon(self) -> None:
        """See :class:`~printing.transports.transport.Transport`; the kernel's driver holds one piece at most."""
        os.close(self._file)
