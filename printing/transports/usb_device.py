"""A USB printer reached directly, without the kernel's printer driver.

python-escpos has a USB class too; it resets the device each time it opens it and its writes have no deadline, so
this is pyusb alone.
"""

import contextlib
from typing import Any, Final

from kiosk.errors import PrinterUnreachableError
from printing.transports.transport import Deadline

_PRINTER_CLASS: Final = 7
_READ_BYTES: Final = 64
_PIECE_BYTES: Final = 4096


class UsbTransport:
    """One claimed USB interface with its two bulk endpoints.

    Args:
        vendor: USB vendor id.
        product: USB product id.
        backend: of pyusb; None finds libusb.
    """

    def __init__(self, vendor: int, product: int, backend: object = None) -> None:
        import usb.core  # noqa: PLC0415  only kiosks with a USB printer pay for it
        import usb.util  # noqa: PLC0415

        self._usb = usb
        self._name = f"usb://{vendor:04x}:{product:04x}"
        try:
            self._device: Any = usb.core.find(idVendor=vendor, idProduct=product, backend=backend)
            if self._device is None:
                raise PrinterUnreachableError(f"{self._name}: no such device")
            self._open()
        except (usb.core.USBError, usb.core.NoBackendError) as error:
            raise PrinterUnreachableError(f"{self._name}: {error}") from error
        self._is_gone = False

    @property
    def is_gone(self) -> bool:
        """See :class:`~printing.transports.transport.Transport`."""
        return self._is_gone

    def _open(self) -> None:
        self._interface = self._printer_interface()
        number = self._interface.bInterfaceNumber
        with contextlib.suppress(NotImplementedError):  # not every system has such drivers
            if self._device.is_kernel_driver_active(number):
                self._device.detach_kernel_driver(number)
        self._usb.util.claim_interface(self._device, number)
        self._out = self._endpoint(self._usb.util.ENDPOINT_OUT)
        self._in = self._endpoint(self._usb.util.ENDPOINT_IN)

    def _printer_interface(self) -> Any:
        for configuration in self._device:
            for interface in configuration:
                if interface.bInterfaceClass == _PRINTER_CLASS:
                    return interface
        raise PrinterUnreachableError(f"{self._name}: not a printer")

    def _endpoint(self, direction: int) -> Any:
        for endpoint in self._interface:
            if self._usb.util.endpoint_direction(endpoint.bEndpointAddress) == direction:
                return endpoint
        raise PrinterUnreachableError(f"{self._name}: no endpoint in both directions, so no status")

    def write(self, data: bytes, deadline: Deadline) -> int:
        """See :class:`~printing.transports.transport.Transport`."""
        sent = 0
        while sent < len(data) and not self._is_gone and not deadline.has_passed:
            try:
                # On a timeout pyusb answers how much went before, and raises only when nothing did.
                sent += self._out.write(data[sent : sent + _PIECE_BYTES], timeout=_milliseconds(deadline))
            except self._usb.core.USBTimeoutError:
                break
            except self._usb.core.USBError:
                self._is_gone = True
        return sent

    def read(self, deadline: Deadline) -> bytes:
        """See :class:`~printing.transports.transport.Transport`."""
        while not self._is_gone and not deadline.has_passed:
            try:
                data = bytes(self._in.read(_READ_BYTES, timeout=_milliseconds(deadline)))
            except self._usb.core.USBTimeoutError:
                break
            except self._usb.core.USBError:
                self._is_gone = True
                break
            if data:
                return data
        return b""

    def close(self) -> None:
        """See :class:`~printing.transports.transport.Transport`."""
        self._usb.util.dispose_resources(self._device)

    def abandon(self) -> None:
        """See :class:`~printing.transports.transport.Transport`; nothing is held back on this side."""
        self.close()


def _milliseconds(deadline: Deadline) -> int:
    # 0 would mean "for ever" to libusb.
    return max(1, int(deadline.left_s * 1000))
