"""A USB printer behind pyusb's own backend interface: what libusb would say, without a cable."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace

import usb.core
from usb.backend import IBackend

VENDOR, PRODUCT = 0x04B8, 0x0E15
_OUT, _IN = 0x01, 0x82


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
    """

    interface_class: int = 7
    capacity: int | None = None
    received: bytearray = field(default_factory=bytearray)
    answers: list[bytes] = field(default_factory=list)
    is_unplugged: bool = False
    kernel_driver: bool = True
    calls: list[str] = field(default_factory=list)

    def enumerate_devices(self) -> Iterator[str]:
        yield "printer"

    def get_device_descriptor(self, *_: object) -> SimpleNamespace:
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x0200, bDeviceClass=0, bDeviceSubClass=0, bDeviceProtocol=0,
            bMaxPacketSize0=64, idVendor=VENDOR, idProduct=PRODUCT, bcdDevice=0x0100, iManufacturer=0, iProduct=0,
            iSerialNumber=0, bNumConfigurations=1, address=1, bus=1, port_number=1, port_numbers=(1,), speed=3,
        )  # fmt: skip

    def get_configuration_descriptor(self, _device: str, config: int) -> SimpleNamespace:
        if config:
            raise IndexError
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=32, bNumInterfaces=1, bConfigurationValue=1, iConfiguration=0,
            bmAttributes=0xC0, bMaxPower=0, extra_descriptors=array("B"),
        )  # fmt: skip

    def get_interface_descriptor(self, _device: str, *indexes: int) -> SimpleNamespace:
        if any(indexes):
            raise IndexError
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=0, bAlternateSetting=0, bNumEndpoints=2,
            bInterfaceClass=self.interface_class, bInterfaceSubClass=1, bInterfaceProtocol=2, iInterface=0,
            extra_descriptors=array("B"),
        )  # fmt: skip

    def get_endpoint_descriptor(self, _device: str, endpoint: int, *_: object) -> SimpleNamespace:
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=(_OUT, _IN)[endpoint], bmAttributes=2, wMaxPacketSize=64,
            bInterval=0, bRefresh=0, bSynchAddress=0, extra_descriptors=array("B"),
        )  # fmt: skip

    def open_device(self, dev: str) -> str:
        return dev

    def close_device(self, *_: object) -> None:
        self.calls.append("close")

    def get_configuration(self, *_: object) -> int:
        return 1

    def claim_interface(self, *_: object) -> None:
        self.calls.append("claim")

    def release_interface(self, *_: object) -> None:
        self.calls.append("release")

    def is_kernel_driver_active(self, *_: object) -> bool:
        return self.kernel_driver

    def detach_kernel_driver(self, *_: object) -> None:
        self.calls.append("detach")

    def bulk_write(self, _handle: str, _endpoint: int, _interface: int, data: bytes, *_: object) -> int:
        if self.is_unplugged:
            raise usb.core.USBError("No such device")
        room = len(data) if self.capacity is None else max(0, self.capacity - len(self.received))
        if not room:
            raise usb.core.USBTimeoutError("Operation timed out")
        self.received += bytes(data)[:room]
        return min(room, len(data))

    def bulk_read(self, _handle: str, _endpoint: int, _interface: int, buffer: "array[int]", *_: object) -> int:
        if self.is_unplugged:
            raise usb.core.USBError("No such device")
        if not self.answers:
            raise usb.core.USBTimeoutError("Operation timed out")
        answer = self.answers.pop(0)
        buffer[: len(answer)] = array("B", answer)
        return len(answer)
