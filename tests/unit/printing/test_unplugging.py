"""A cable that is pulled and put back needs no restart: each ticket opens the way to the printer anew."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from kiosk.errors import PrinterUnreachableError
from kiosk.ports.ticket_printer import PrinterCondition, PrintVerdict
from printing.driver import EscposTicketPrinter, printer_for
from printing.emulator import EmulatedPrinter, serve_pty
from printing.transports.usb_device import UsbTransport
from tests.fakes.emulated import settings_for
from tests.fakes.tickets import a_ticket
from tests.fakes.usb_backend import PRODUCT, VENDOR, FakeUsbBus, FakeUsbPrinter

READY, DISCONNECTED = PrinterCondition.READY, PrinterCondition.DISCONNECTED


def printed(printer: EscposTicketPrinter) -> PrintVerdict:
    return printer.print_ticket(a_ticket(), before_first_byte=lambda: None).verdict


@pytest.fixture
def device(tmp_path: Path) -> EmulatedPrinter:
    return EmulatedPrinter(tmp_path / "slips")


@pytest.fixture(params=["serial", "file"])
def by_name(request: pytest.FixtureRequest, tmp_path: Path, qapp: QApplication) -> Iterator[EscposTicketPrinter]:
    """A driver that knows its printer by the name of a device."""
    printer = printer_for(settings_for(f"{request.param}://{tmp_path / 'tty'}"))
    assert isinstance(printer, EscposTicketPrinter)
    yield printer
    printer.close()


def test_a_device_that_disappears_and_returns_prints_again(
    by_name: EscposTicketPrinter, device: EmulatedPrinter, tmp_path: Path
) -> None:
    """The same name, another terminal behind it; nothing was restarted."""
    with serve_pty(device, tmp_path / "tty"):
        assert (by_name.condition(), printed(by_name)) == (READY, PrintVerdict.CONFIRMED)

    assert (by_name.condition(), printed(by_name)) == (DISCONNECTED, PrintVerdict.REFUSED)

    with serve_pty(device, tmp_path / "tty"):
        assert (by_name.condition(), printed(by_name)) == (READY, PrintVerdict.CONFIRMED)
    assert len(device.slips()) == 2


@pytest.fixture
def bus(device: EmulatedPrinter) -> FakeUsbBus:
    return FakeUsbBus([FakeUsbPrinter(device=device)])


@pytest.fixture
def by_usb(bus: FakeUsbBus, qapp: QApplication) -> Iterator[EscposTicketPrinter]:
    """A driver before a USB bus."""
    settings = settings_for("usb://04b8:0e15", deadline_s=5)
    printer = EscposTicketPrinter(settings, lambda _deadline: UsbTransport(VENDOR, PRODUCT, bus))
    yield printer
    printer.close()


def test_a_usb_cable_that_is_put_back_prints_again(
    by_usb: EscposTicketPrinter, bus: FakeUsbBus, device: EmulatedPrinter
) -> None:
    """The device has another number on the bus; it is looked for by model."""
    assert (by_usb.condition(), printed(by_usb)) == (READY, PrintVerdict.CONFIRMED)
    bus.printers.clear()
    assert (by_usb.condition(), printed(by_usb)) == (DISCONNECTED, PrintVerdict.REFUSED)

    bus.printers.append(FakeUsbPrinter(device=device))

    assert (by_usb.condition(), printed(by_usb)) == (READY, PrintVerdict.CONFIRMED)
    assert len(device.slips()) == 2


def test_a_usb_cable_that_is_pulled_in_the_middle_is_unconfirmed(
    by_usb: EscposTicketPrinter, bus: FakeUsbBus, device: EmulatedPrinter
) -> None:
    """Part of the ticket may be on paper, and the next one is printed whole."""

    def pull() -> None:
        bus.printers[0].pulled_after = 5000

    report = by_usb.print_ticket(a_ticket(), before_first_byte=pull)
    assert (report.verdict, report.condition) == (PrintVerdict.UNCONFIRMED, DISCONNECTED)
    assert report.bytes_sent < 10_000

    bus.printers[:] = [FakeUsbPrinter(device=device)]
    assert printed(by_usb) is PrintVerdict.CONFIRMED


def test_a_usb_printer_that_another_program_took_is_disconnected(by_usb: EscposTicketPrinter, bus: FakeUsbBus) -> None:
    """The driver only says that it is gone; the reason is for installers."""
    bus.printers[0].is_claimed = True

    assert by_usb.condition() is DISCONNECTED
    with pytest.raises(PrinterUnreachableError, match="another program uses it"):
        UsbTransport(VENDOR, PRODUCT, bus)
