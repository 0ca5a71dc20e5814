"""A printer on a serial line, or on a pty that stands for one.

What the kernel took has not left yet: at 9600 bit/s its buffer holds four seconds of line. So it is never given more
than leaves within a moment, and "accepted" stays close to "arrived":

=========  ===============================================================================================
flow       who waits for the printer
=========  ===============================================================================================
none       nobody; bytes leave at the speed of the line, and none is accepted that could not leave in time
rtscts     the kernel: it sends while the printer holds our CTS
dsrdtr     we: Linux has no such flow control, so DSR is looked at between two small pieces
xonxoff    the kernel: it stops at XOFF (13h) and goes on at XON (11h) *from* the printer
=========  ===============================================================================================

With ``xonxoff`` only what the printer sends is looked at: 11h and 13h inside a picture go out like any other byte, and
no answer of a printer contains them (their fixed bits differ). The opposite direction, where the kernel itself would
put an XOFF between our bytes, stays off: the printer would take it for dots.
"""

import contextlib
import termios
import time
from typing import Final

import serial

from kiosk.errors import PrinterUnreachableError, UnreachableReason
from printing.transports.descriptor import DescriptorTransport
from printing.transports.serial_options import Flow, Parity, SerialOptions
from printing.transports.transport import Deadline
from printing.transports.unreachable import unreachable

_PARITIES: Final = {Parity.NONE: serial.PARITY_NONE, Parity.EVEN: serial.PARITY_EVEN, Parity.ODD: serial.PARITY_ODD}
# How much line the kernel may hold, and what that is at least and at most.
_AHEAD_S: Final = 0.05
_SMALLEST_PIECE: Final = 16
_LARGEST_PIECE: Final = 4096
# DSR is looked at before each piece: what follows it must fit into the room that the printer keeps when it drops DSR.
_LARGEST_PIECE_BY_DSR: Final = 256
# Between two looks at a line that waits.
_TICK_S: Final = 0.005
# A last byte that does not leave within this time after its turn is held back by the printer.
_GRACE_S: Final = 0.1


class SerialTransport(DescriptorTransport):
    """One opened serial line, one stop bit."""

    def __init__(self, device: str, options: SerialOptions) -> None:
        name = f"serial://{device}"
        try:
            # An exclusive lock: two programs on one line would mix their slips.
            self._line = serial.Serial(
                device,
                options.baud,
                bytesize=options.bits,
                parity=_PARITIES[options.parity],
                rtscts=options.flow is Flow.RTSCTS,
                dsrdtr=False,  # so that pyserial raises DTR: it says "I am here" to the printer, whatever the flow
                xonxoff=options.flow is Flow.XONXOFF,
                exclusive=True,
            )
        except serial.SerialException as error:
            if error.errno is None:
                raise PrinterUnreachableError(
                    f"{name}: no serial line ({error}); `printer discover` lists those that are",
                    UnreachableReason.NOT_FOUND,
                ) from error
            raise unreachable(name, error, device) from error
        except OSError as error:
            raise unreachable(name, error, device) from error
        except termios.error as error:
            raise _refused(name, options) from error
        if not _is_set(self._line.fileno(), options):
            self._line.close()
            raise _refused(name, options)
        super().__init__(self._line.fileno())
        _never_send_xoff(self._line.fileno())
        self._waits_for_dsr = options.flow is Flow.DSRDTR
        self._byte_s = (1 + options.bits + (options.parity is not Parity.NONE) + 1) / options.baud
        largest = _LARGEST_PIECE_BY_DSR if self._waits_for_dsr else _LARGEST_PIECE
        self._piece = max(_SMALLEST_PIECE, min(largest, int(_AHEAD_S / self._byte_s)))

    def write(self, data: bytes, deadline: Deadline) -> int:
        """See :class:`~printing.transports.transport.Transport`.

        A byte is accepted when it can leave before the deadline at the speed of the line; what the printer's flow
        control then holds back is at most one piece, and :meth:`abandon` drops it.
        """
        sent = 0
        while sent < len(data) and not self.is_gone and self._is_clear(deadline):
            room = min(self._piece, int(deadline.left_s / self._byte_s) - self._waiting())
            if room <= 0:
                break
            piece = data[sent : sent + room]
            went = super().write(piece, deadline)
            sent += went
            if went < len(piece):
                break
        return sent

    def _is_clear(self, deadline: Deadline) -> bool:
        """Wait until the kernel has nearly nothing left and the printer is ready; false when time ran out first."""
        while self._waiting() > self._piece // 2 or not self._is_ready():
            if deadline.has_passed or self.is_gone:
                return False
            time.sleep(min(_TICK_S, deadline.left_s))
        return not deadline.has_passed

    def _is_ready(self) -> bool:
        if not self._waits_for_dsr:
            return True
        try:
            return bool(self._line.dsr)
        except OSError:  # a pty has no such line
            return True

    @property
    def is_held_back(self) -> bool:
        """See :class:`~printing.transports.transport.LineTransport`."""
        return not self._is_ready() or self._waiting() > 0

    def _waiting(self) -> int:
        """Return how many bytes the kernel has not sent; 0 when it cannot say."""
        try:
            return int(self._line.out_waiting)
        except OSError:  # unplugged: the next write says so
            return 0

    def close(self) -> None:
        """See :class:`~printing.transports.transport.Transport`; what the printer then holds back is dropped."""
        limit = Deadline.within(self._waiting() * self._byte_s + _GRACE_S)
        while self._waiting():
            if limit.has_passed:
                self.abandon()
                return
            time.sleep(_TICK_S)
        self._line.close()

    def abandon(self) -> None:
        """See :class:`~printing.transports.transport.Transport`; the kernel itself would wait for half a minute."""
        with contextlib.suppress(OSError, termios.error):  # unplugged: nothing is left to be dropped
            self._line.reset_output_buffer()
        self._line.close()


def _is_set(descriptor: int, options: SerialOptions) -> bool:
    """Whether the line took the settings: some drivers drop what they do not know without a word."""
    flags, speed = termios.tcgetattr(descriptor)[2:5:2]
    expected = termios.CS7 if options.bits == 7 else termios.CS8
    if options.parity is not Parity.NONE:
        expected |= termios.PARENB
    if options.parity is Parity.ODD:
        expected |= termios.PARODD
    took = flags & (termios.CSIZE | termios.PARENB | termios.PARODD)
    return bool(took == expected and speed == getattr(termios, f"B{options.baud}"))


def _refused(name: str, options: SerialOptions) -> PrinterUnreachableError:
    asked = f"baud={options.baud}, parity={options.parity}, bits={options.bits}"
    return PrinterUnreachableError(f"{name}: the line refuses {asked}", UnreachableReason.REFUSED)


def _never_send_xoff(descriptor: int) -> None:
    """Switch off what pyserial switches on with xonxoff: an XOFF of ours in the middle of a picture."""
    attributes = termios.tcgetattr(descriptor)
    attributes[0] &= ~termios.IXOFF
    termios.tcsetattr(descriptor, termios.TCSANOW, attributes)
