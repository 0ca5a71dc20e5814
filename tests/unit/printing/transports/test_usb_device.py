import pytest

from kiosk.errors import PrinterUnreachableError
from printing.transports.transport import Deadline
from printing.transports.usb_device import UsbTransport
from tests.fakes.usb_backend import PRODUCT, VENDOR, FakeUsbPrinter

SOON = 5.0


def test_a_printer_is_claimed_from_the_kernel_and_given_back() -> None:
    """The kernel's own printer driver would hold the interface."""
    printer = FakeUsbPrinter()

    UsbTransport(VENDOR, PRODUCT, printer).close()

    assert printer.calls == ["detach", "claim", "release", "close"]


def test_bytes_go_both_ways() -> None:
    """Bulk out, bulk in."""
    printer = FakeUsbPrinter(answers=[b"\x12"])
    transport = UsbTransport(VENDOR, PRODUCT, printer)

    assert transport.write(bytes(10_000), Deadline.within(SOON)) == 10_000
    assert transport.read(Deadline.within(SOON)) == b"\x12"
    assert len(printer.received) == 10_000


def test_a_stalled_printer_is_counted_exactly() -> None:
    """Part of a ticket was taken: that is known to the byte."""
    transport = UsbTransport(VENDOR, PRODUCT, FakeUsbPrinter(capacity=5000))

    assert transport.write(bytes(10_000), Deadline.within(SOON)) == 5000
    assert not transport.is_gone
    assert transport.read(Deadline.within(SOON)) == b""


def test_a_pulled_cable_is_gone() -> None:
    """No exception for the printer's sake."""
    printer = FakeUsbPrinter()
    transport = UsbTransport(VENDOR, PRODUCT, printer)
    printer.is_unplugged = True

    assert transport.write(b"x", Deadline.within(SOON)) == 0
    assert transport.is_gone
    assert transport.read(Deadline.within(SOON)) == b""


@pytest.mark.parametrize(("product", "interface_class", "reason"), [(1, 7, "no such device"), (PRODUCT, 3, "not a pr")])
def test_a_device_that_is_not_the_printer_is_refused(product: int, interface_class: int, reason: str) -> None:
    """Unplugged, or a keyboard with a mistyped number."""
    with pytest.raises(PrinterUnreachableError, match=reason):
        UsbTransport(VENDOR, product, FakeUsbPrinter(interface_class=interface_class))
