"""A printer on a serial line, or on a pty that stands for one."""

import errno

from kiosk.errors import PrinterUnreachableError
from printing.transports.descriptor import DescriptorTransport


class SerialTransport(DescriptorTransport):
    """One opened serial line; 8 bits, no parity, one stop bit."""

    def __init__(self, device: str, baud: int, *, hardware_flow: bool, software_flow: bool) -> None:
        import serial  # noqa: PLC0415  only kiosks with a serial printer pay for it

        try:
            # An exclusive lock: two programs on one line would mix their slips.
            self._line = serial.Serial(device, baud, rtscts=hardware_flow, xonxoff=software_flow, exclusive=True)
        except (serial.SerialException, OSError) as error:
            raise PrinterUnreachableError(f"serial://{device}: {error}") from error
        super().__init__(self._line.fileno())

    def close(self) -> None:
        """See :class:`~printing.transports.transport.Transport`."""
        self._line.close()

    def abandon(self) -> None:
        """See :class:`~printing.transports.transport.Transport`."""
        import termios  # noqa: PLC0415  absent where serial lines are not files

        try:
            self._line.reset_output_buffer()
        except (OSError, termios.error) as error:
            if error.args[0] not in {errno.EIO, errno.ENODEV, errno.ENOTTY}:
                raise
        self._line.close()
