"""At which speed a serial printer answers."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from printing.transports.hearing import Hearing, hear
from printing.transports.serial_options import SerialOptions
from printing.transports.transport import Deadline

# What the switches of ticket printers offer, the usual ones first.
LIKELY_SPEEDS: Final = (38_400, 9600, 19_200, 115_200)
# Opening, two questions, closing.
_ONE_SPEED_S: Final = 1.0


def answering_speed(device: str, options: SerialOptions, speeds: Iterable[int] = LIKELY_SPEEDS) -> int | None:
    """Return the first speed at which a printer answers; None when it answers at none.

    Args:
        device: path of the line.
        options: parity, bits and flow; the speed is tried.
        speeds: in bits per second, in this order.

    Raises:
        PrinterUnreachableError: the line cannot be opened.
    """
    from printing.transports.serial_line import SerialTransport  # noqa: PLC0415  each kiosk loads the one it has

    for speed in speeds:
        line = SerialTransport(device, replace(options, baud=speed))
        try:
            if hear(line, Deadline.within(_ONE_SPEED_S)) is Hearing.ANSWER:
                return speed
        finally:
            line.close()
    return None
