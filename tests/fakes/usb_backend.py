"""USB printers behind pyusb's own backend interface: what libusb would say, without a cable."""

import errno
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace

import usb.core
from usb.backend import IBackend

from printing.emulator import EmulatedPrinter

VENDOR, PRODUCT = 0x04B8, 0x0E15
_OUT, _IN = 0x01, 0x82
_STRING_KIND, _ENGLISH = 0x03, 0x0409
_MANUFACTURER, _PRODUCT_NAME, _SERIAL = 1, 2, 3


@dataclass
class FakeUsbPrinter(IBackend):  # type: ignore[misc]  # pyusb has no types
    """One printer with a bulk endpoint in each direction.

    Attributes:
        interface_class: 7 is a printer.
        capacity: bytes it takes before its endpoint stalls; None for ever.
        received: bytes that arrived.
        answers: what it will send, read by read.
        is_unplugged: every transfer fails.
        calls: claims and detaches, in order.
        serial: its serial number; None without one.
        name: of the model.
        is_forbidden: this user may not open it.
        is_claimed: another program holds its interface.
        device: an emulated printer behind the endpoints, instead of ``answers``.
        pulled_after: the cable is pulled after so many bytes for the device; None never.
    """

    interface_class: int = 7
    capacity: int | None = None
    received: bytearray = field(default_factory=bytearray)
    answers: list[bytes] = field(default_factory=list)
    is_unplugged: bool = False
    kernel_driver: bool = True
    calls: list[str] = field(default_factory=list)
    serial: str | None = None
    name: str = "TM-T20II"
    is_forbidden: bool = False
    is_claimed: bool = False
    device: EmulatedPrinter | None = None
    pulled_after: int | None = None

    def enumerate_devices(self) -> Iterator["FakeUsbPrinter"]:
        if not self.is_unplugged:
            yield self

    def get_device_descriptor(self, *_: object) -> SimpleNamespace:
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x0200, bDeviceClass=0, bDeviceSubClass=0, bDeviceProtocol=0,
            bMaxPacketSize0=64, idVendor=VENDOR, idProduct=PRODUCT, bcdDevice=0x0100, iManufacturer=_MANUFACTURER,
            iProduct=_PRODUCT_NAME, iSerialNumber=_SERIAL if self.serial else 0, bNumConfigurations=1, address=1, bus=1,
            port_number=1, port_numbers=(1,), speed=3,
        )  # fmt: skip

    def get_configuration_descriptor(self, _device: object, config: int) -> SimpleNamespace:
        if config:
            raise IndexError
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=32, bNumInterfaces=1, bConfigurationValue=1, iConfiguration=0,
            bmAttributes=0xC0, bMaxPower=0, extra_descriptors=array("B"),
        )  # fmt: skip

    def get_interface_descriptor(self, _device: object, *indexes: int) -> SimpleNamespace:
        if any(indexes):
            raise IndexError
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=0, bAlternateSetting=0, bNumEndpoints=2,
            bInterfaceClass=self.interface_class, bInterfaceSubClass=1, bInterfaceProtocol=2, iInterface=0,
            extra_descriptors=array("B"),
        )  # fmt: skip

    def get_endpoint_descriptor(self, _device: object, endpoint: int, *_: object) -> SimpleNamespace:
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=(_OUT, _IN)[endpoint], bmAttributes=2, wMaxPacketSize=64,
            bInterval=0, bRefresh=0, bSynchAddress=0, extra_descriptors=array("B"),
        )  # fmt: skip

    def open_device(self, dev: "FakeUsbPrinter") -> "FakeUsbPrinter":
        if self.is_forbidden:
            raise usb.core.USBError("Access denied (insufficient permissions)", -3, errno.EACCES)
        return dev

    def close_device(self, *_: object) -> None:
        self.calls.append("close")

    def get_configuration(self, *_: object) -> int:
        return 1

    def claim_interface(self, *_: object) -> None:
        if self.is_claimed:
            raise usb.core.USBError("Resource busy", -6, errno.EBUSY)
        self.calls.append("claim")

    def release_interface(self, *_: object) -> None:
        self.calls.append("release")

    def is_kernel_driver_active(self, *_: object) -> bool:
        return self.kernel_driver

    def detach_kernel_driver(self, *_: object) -> None:
        self.calls.append("detach")

    def ctrl_transfer(
        self, _handle: object, _kind: int, _request: int, value: int, _index: int, data: "array[int]", _timeout: int
    ) -> int:
        """GET_DESCRIPTOR for a string, and nothing else."""
        kind, number = divmod(value, 256)
        texts = {_MANUFACTURER: "EPSON", _PRODUCT_NAME: self.name, _SERIAL: self.serial or ""}
        body = _ENGLISH.to_bytes(2, "little") if not number else texts[number].encode("utf-16-le")
        answer = bytes((len(body) + 2, _STRING_KIND)) + body
        if kind != _STRING_KIND:
            raise usb.core.USBError("Pipe error", -9, errno.EPIPE)
        size = min(len(answer), len(data))
        data[:size] = array("B", answer[:size])
        return size

    def bulk_write(self, _handle: object, _endpoint: int, _interface: int, data: bytes, *_: object) -> int:
        if self.is_unplugged:
            raise usb.core.USBError("No such device", -4, errno.ENODEV)
        if self.device is not None:
            return self._passed_on(bytes(data), self.device)
        room = len(data) if self.capacity is None else max(0, self.capacity - len(self.received))
        if not room:
            raise usb.core.USBTimeoutError("Operation timed out")
        self.received += bytes(data)[:room]
        return min(room, len(data))

    def _passed_on(self, data: bytes, device: EmulatedPrinter) -> int:
        piece = data[: device.room]
        if not piece:
            raise usb.core.USBTimeoutError("Operation timed out")
        device.receive(piece)
        if self.pulled_after is not None:
            self.pulled_after -= len(piece)
            self.is_unplugged = self.pulled_after <= 0
        return len(piece)

    def bulk_read(self, _handle: object, _endpoint: int, _interface: int, buffer: "array[int]", *_: object) -> int:
        if self.is_unplugged:
            raise usb.core.USBError("No such device", -4, errno.ENODEV)
        if self.device is not None:
            self.answers.append(self.device.take_answers()[: len(buffer)])
        answer = self.answers.pop(0) if self.answers else b""
        if not answer:
            raise usb.core.USBTimeoutError("Operation timed out")
        buffer[: len(answer)] = array("B", answer)
        return len(answer)


@dataclass
class FakeUsbBus(IBackend):  # type: ignore[misc]  # pyusb has no types
    """Several printers on one bus; each is asked in its own name."""

    printers: list[FakeUsbPrinter] = field(default_factory=list)

    def enumerate_devices(self) -> Iterator[FakeUsbPrinter]:
        for printer in self.printers:
            yield from printer.enumerate_devices()


def _passed_to_its_printer(name: str) -> Callable[..., object]:
    def method(_bus: FakeUsbBus, printer: FakeUsbPrinter, *rest: object) -> object:
        return getattr(printer, name)(printer, *rest)

    return method


for _name in (
    "get_device_descriptor", "get_configuration_descriptor", "get_interface_descriptor", "get_endpoint_descriptor",
    "open_device", "close_device", "get_configuration", "claim_interface", "release_interface",
    "is_kernel_driver_active", "detach_kernel_driver", "ctrl_transfer", "bulk_write", "bulk_read",
):  # fmt: skip
    setattr(FakeUsbBus, _name, _passed_to_its_printer(_name))
