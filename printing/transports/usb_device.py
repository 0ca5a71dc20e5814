"""A USB printer reached directly, without the kernel's printer driver.

python-escpos has a USB class too; it resets the device each time it opens it and its writes have no deadline, so
this is pyusb alone. Every opening looks for the device anew: a cable that was pulled and put back needs nothing more.
"""

import contextlib
from typing import Any, Final

import usb.core
import usb.util

from kiosk.errors import PrinterUnreachableError, UnreachableReason
from printing.transports.transport import Deadline
from printing.transports.unreachable import unreachable

PRINTER_CLASS: Final = 7
_READ_BYTES: Final = 64
_PIECE_BYTES: Final = 4096


class UsbTransport:
    """One claimed USB interface with its two bulk endpoints."""

    def __init__(self, vendor: int, product: int, backend: object = None, *, serial: str | None = None) -> None:
        """Find the printer and take it from the kernel.

        Args:
            vendor: USB vendor id.
            product: USB product id.
            backend: of pyusb; None finds libusb.
            serial: serial number, needed when two of the same model are attached.

        Raises:
            PrinterUnreachableError: not attached, not the only one, not allowed, busy, no printer.
        """
        self._name = f"usb://{vendor:04x}:{product:04x}" + (f"?serial={serial}" if serial else "")
        self._is_gone = False
        self._device: Any = None
        try:
            self._device = self._found(vendor, product, serial, backend)
            self._open()
        except usb.core.NoBackendError as error:
            raise PrinterUnreachableError(
                f"{self._name}: libusb is not installed (apt install libusb-1.0-0)", UnreachableReason.NOT_FOUND
            ) from error
        except usb.core.USBError as error:
            self._give_back()
            raise unreachable(self._name, error) from error
        except PrinterUnreachableError:
            self._give_back()
            raise

    @property
    def is_gone(self) -> bool:
        """See :class:`~printing.transports.transport.Transport`."""
        return self._is_gone

    def _found(self, vendor: int, product: int, serial: str | None, backend: object) -> Any:
        same_model = list(usb.core.find(find_all=True, idVendor=vendor, idProduct=product, backend=backend))
        if serial is None and len(same_model) > 1:
            numbers = ", ".join(f"?serial={serial_number(device) or 'unreadable'}" for device in same_model)
            raise PrinterUnreachableError(
                f"{self._name}: {len(same_model)} printers of this model are attached; add one of {numbers}",
                UnreachableReason.NOT_FOUND,
            )
        fitting = [device for device in same_model if serial is None or serial_number(device) == serial]
        if fitting:
            return fitting[0]
        others = (
            f"; {len(same_model)} of this model with another serial number, or an unreadable one" if same_model else ""
        )
        raise PrinterUnreachableError(
            f"{self._name}: no such device: check cable and power; `printer discover` lists what is attached{others}",
            UnreachableReason.NOT_FOUND,
        )

    def _open(self) -> None:
        self._interface = self._printer_interface()
        number = self._interface.bInterfaceNumber
        with contextlib.suppress(NotImplementedError):  # not every system has such drivers
            if self._device.is_kernel_driver_active(number):
                self._device.detach_kernel_driver(number)
        usb.util.claim_interface(self._device, number)
        self._out = self._endpoint(usb.util.ENDPOINT_OUT)
        self._in = self._endpoint(usb.util.ENDPOINT_IN)

    def _printer_interface(self) -> Any:
        found = printer_interface(self._device)
        if found is None:
            raise PrinterUnreachableError(f"{self._name}: not a printer", UnreachableReason.NOT_FOUND)
        return found

    def _endpoint(self, direction: int) -> Any:
        for endpoint in self._interface:
            if usb.util.endpoint_direction(endpoint.bEndpointAddress) == direction:
                return endpoint
        raise PrinterUnreachableError(f"{self._name}: no endpoint in both directions, so no status")

    def write(self, data: bytes, deadline: Deadline) -> int:
        """See :class:`~printing.transports.transport.Transport`."""
        sent = 0
        while sent < len(data) and not self._is_gone and not deadline.has_passed:
            try:
                # On a timeout pyusb answers how much went before, and raises only when nothing did.
                sent += self._out.write(data[sent : sent + _PIECE_BYTES], timeout=_milliseconds(deadline))
            except usb.core.USBTimeoutError:
                break
            except usb.core.USBError:
                self._is_gone = True
        return sent

    def read(self, deadline: Deadline) -> bytes:
        """See :class:`~printing.transports.transport.Transport`."""
        while not self._is_gone and not deadline.has_passed:
            try:
                data = bytes(self._in.read(_READ_BYTES, timeout=_milliseconds(deadline)))
            except usb.core.USBTimeoutError:
                break
            except usb.core.USBError:
                self._is_gone = True
                break
            if data:
                return data
        return b""

    def close(self) -> None:
        """See :class:`~printing.transports.transport.Transport`."""
        self._give_back()

    def abandon(self) -> None:
        """See :class:`~printing.transports.transport.Transport`; nothing is held back on this side."""
        self._give_back()

    def _give_back(self) -> None:
        if self._device is not None:
            usb.util.dispose_resources(self._device)


def printer_interface(device: Any) -> Any:
    """Return the interface of class 7 of a device of pyusb, or None when it is no printer."""
    interfaces = [interface for configuration in device for interface in configuration]
    return next((found for found in interfaces if found.bInterfaceClass == PRINTER_CLASS), None)


def serial_number(device: Any) -> str | None:
    """Return the serial number of a device of pyusb; None when it has none or this user may not read it."""
    try:
        number: str | None = device.serial_number
    except (usb.core.USBError, ValueError):  # pyusb says "no langid" when it may not open the device
        return None
    finally:
        usb.util.dispose_resources(device)
    return number


def _milliseconds(deadline: Deadline) -> int:
    # 0 would mean "for ever" to libusb.
    return max(1, int(deadline.left_s * 1000))
