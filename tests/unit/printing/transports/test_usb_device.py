import pytest

from kiosk.errors import PrinterUnreachableError, UnreachableReason
from printing.transports.transport import Deadline
from printing.transports.usb_device import UsbTransport
from tests.fakes.usb_backend import PRODUCT, VENDOR, FakeUsbBus, FakeUsbPrinter

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


@pytest.mark.parametrize(
    ("printer", "reason", "remedy"),
    [
        (FakeUsbPrinter(is_forbidden=True), UnreachableReason.NOT_ALLOWED, r"group lp or install the udev rules"),
        (FakeUsbPrinter(is_claimed=True), UnreachableReason.BUSY, r"another program uses it"),
        (FakeUsbPrinter(is_unplugged=True), UnreachableReason.NOT_FOUND, r"cable and power; `printer discover`"),
    ],
)
def test_a_printer_that_cannot_be_opened_says_why_and_what_to_do(
    printer: FakeUsbPrinter, reason: UnreachableReason, remedy: str
) -> None:
    """In one line; whatever was opened is given back."""
    with pytest.raises(PrinterUnreachableError, match=rf"usb://04b8:0e15: .*{remedy}") as raised:
        UsbTransport(VENDOR, PRODUCT, printer)

    assert raised.value.reason is reason
    assert "claim" not in printer.calls


def test_two_printers_of_one_model_are_told_apart_by_their_serial_numbers() -> None:
    """A ticket must not come out behind the counter."""
    bus = FakeUsbBus([FakeUsbPrinter(serial="AAA"), FakeUsbPrinter(serial="BBB")])

    UsbTransport(VENDOR, PRODUCT, bus, serial="BBB").write(b"ticket", Deadline.within(SOON))

    assert [bytes(printer.received) for printer in bus.printers] == [b"", b"ticket"]


def test_without_a_serial_number_two_of_one_model_are_refused_with_their_numbers() -> None:
    """None is guessed; the line says what to add to the address."""
    bus = FakeUsbBus([FakeUsbPrinter(serial="AAA"), FakeUsbPrinter()])

    with pytest.raises(PrinterUnreachableError, match=r"2 printers .*\?serial=AAA, \?serial=unreadable"):
        UsbTransport(VENDOR, PRODUCT, bus)


def test_a_serial_number_that_nobody_has_is_said() -> None:
    """The printer was replaced by another of the same model."""
    with pytest.raises(PrinterUnreachableError, match=r"\?serial=CCC: no such device.*1 of this model with another"):
        UsbTransport(VENDOR, PRODUCT, FakeUsbBus([FakeUsbPrinter(serial="AAA")]), serial="CCC")


def test_a_printer_that_comes_back_is_found_again() -> None:
    """Unplugged and plugged in: each opening looks anew."""
    bus = FakeUsbBus([FakeUsbPrinter()])
    UsbTransport(VENDOR, PRODUCT, bus).close()
    cable = bus.printers.pop()
    with pytest.raises(PrinterUnreachableError):
        UsbTransport(VENDOR, PRODUCT, bus)

    bus.printers.append(cable)
    transport = UsbTransport(VENDOR, PRODUCT, bus)

    assert transport.write(b"ticket", Deadline.within(SOON)) == 6
    transport.close()
