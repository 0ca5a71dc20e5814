"""What the system lists as possible printers: real files as the kernel lays them out, and a bus without a cable."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import usb.core
from serial.tools.list_ports_common import ListPortInfo
from usb.backend import IBackend

from printing.discovery import Candidate, Kind, attached, device_at
from tests.fakes.usb_backend import FakeUsbBus, FakeUsbPrinter

TM_T88 = "MFG:EPSON;CMD:ESC/POS;MDL:TM-T88V;CLS:PRINTER;"


class NoLibusb(IBackend):  # type: ignore[misc]  # pyusb has no types
    """What pyusb says on a machine without libusb."""

    def enumerate_devices(self) -> Iterator[object]:
        raise usb.core.NoBackendError("No backend available")


class System:
    """The kernel's folders, as far as they are looked at."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.files, self.devices = root / "sys" / "class" / "usbmisc", root / "dev"
        self.files.mkdir(parents=True)
        (self.devices / "usb").mkdir(parents=True)

    def add_printer_file(self, number: int, identity: str, *, address: int = 9) -> Path:
        """A USB printer in the hands of the kernel's driver."""
        owner = self._root / "sys" / "devices" / f"1-{number}"
        interface = owner / f"1-{number}:1.0"
        interface.mkdir(parents=True)
        (owner / "busnum").write_text("1\n")
        (owner / "devnum").write_text(f"{address}\n")
        (interface / "ieee1284_id").write_text(f"{identity}\n")
        (self.files / f"lp{number}").mkdir()
        (self.files / f"lp{number}" / "device").symlink_to(interface)
        device = self.devices / "usb" / f"lp{number}"
        device.touch()
        return device

    def look(self, bus: IBackend | None = None) -> tuple[list[Candidate], list[str]]:
        return attached(system_files=self.files, devices=self.devices, usb_backend=bus or FakeUsbBus())


@pytest.fixture
def ports(monkeypatch: pytest.MonkeyPatch) -> list[ListPortInfo]:
    """Serial ports that the system would list."""
    listed: list[ListPortInfo] = []
    monkeypatch.setattr("serial.tools.list_ports.comports", lambda: listed)
    return listed


@pytest.fixture
def system(tmp_path: Path, ports: list[ListPortInfo]) -> System:
    return System(tmp_path)


def test_nothing_attached_is_an_empty_list(system: System) -> None:
    """No invention."""
    assert system.look() == ([], [])


def test_a_printer_of_the_kernel_s_driver_says_its_model(system: System) -> None:
    """IEEE 1284 identity, in either spelling of its keys."""
    device = system.add_printer_file(0, TM_T88)
    system.add_printer_file(1, "MANUFACTURER:Star;MODEL:TSP600;")

    found, _ = system.look()

    assert found[0] == Candidate(Kind.FILE, f"file://{device}", "EPSON TM-T88V", "TM-T88V")
    assert (found[1].description, found[1].model) == ("Star TSP600", "TSP600")


def test_a_printer_without_an_identity_is_listed_all_the_same(system: System) -> None:
    """Cheap printers leave it empty."""
    system.add_printer_file(0, "")

    assert [(one.description, one.model) for one in system.look()[0]] == [("USB printer", None)]


def test_a_stable_name_is_preferred(system: System, ports: list[ListPortInfo]) -> None:
    """The number of a device file changes with the socket; the name from our udev rules does not."""
    device = system.add_printer_file(0, TM_T88)
    ours = system.devices / "borne-imprimante"
    ours.symlink_to(device)
    line = system.devices / "ttyUSB0"
    line.touch()
    (system.devices / "serial" / "by-id").mkdir(parents=True)
    by_id = system.devices / "serial" / "by-id" / "usb-FTDI_FT232R_A50285BI-if00-port0"
    by_id.symlink_to(line)
    ports.append(ListPortInfo(str(line)))

    assert [one.url for one in system.look()[0]] == [f"file://{ours}", f"serial://{by_id}"]


def test_a_usb_printer_has_its_numbers_in_its_address(system: System) -> None:
    """And its name from its own descriptors; keyboards are no printers."""
    bus = FakeUsbBus([FakeUsbPrinter(name="TM-T20II"), FakeUsbPrinter(interface_class=3)])

    found, _ = system.look(bus)

    assert found == [Candidate(Kind.USB, "usb://04b8:0e15", "TM-T20II", "TM-T20II")]


def test_two_of_one_model_get_their_serial_numbers(system: System) -> None:
    """Or the address would not say which."""
    bus = FakeUsbBus([FakeUsbPrinter(serial="AAA"), FakeUsbPrinter(serial="BBB")])

    assert [one.url for one in system.look(bus)[0]] == ["usb://04b8:0e15?serial=AAA", "usb://04b8:0e15?serial=BBB"]


def test_a_printer_that_may_not_be_opened_is_listed_without_a_name(system: System) -> None:
    """Asking it will say what to do."""
    found, _ = system.look(FakeUsbBus([FakeUsbPrinter(is_forbidden=True)]))

    assert [(one.url, one.model) for one in found] == [("usb://04b8:0e15", None)]


def test_a_printer_that_the_kernel_holds_is_listed_once(system: System) -> None:
    """Under its file: taking it away from the driver would break a kiosk that uses the file."""
    device = system.add_printer_file(0, TM_T88, address=1)

    found, _ = system.look(FakeUsbBus([FakeUsbPrinter()]))

    assert [one.url for one in found] == [f"file://{device}"]


def test_a_machine_without_libusb_says_what_to_install(system: System) -> None:
    """The rest is listed all the same."""
    system.add_printer_file(0, TM_T88)

    found, notes = system.look(NoLibusb())

    assert len(found) == 1
    assert notes == ["USB was not looked at: libusb is not installed (apt install libusb-1.0-0)"]


def test_a_serial_port_is_described(system: System, ports: list[ListPortInfo]) -> None:
    """As the adapter calls itself."""
    adapter = ListPortInfo(str(system.devices / "ttyUSB0"))
    adapter.description = "FT232R USB UART"
    ports += [adapter, ListPortInfo(str(system.devices / "ttyS0"))]

    assert [(one.url, one.description) for one in system.look()[0]] == [
        (f"serial://{system.devices}/ttyS0", "serial port"),
        (f"serial://{system.devices}/ttyUSB0", "FT232R USB UART"),
    ]


def test_a_device_that_is_named_is_taken_for_what_it_is(tmp_path: Path) -> None:
    """A link to a printer file is a printer file; everything else is a line."""
    (tmp_path / "lp0").touch()
    (tmp_path / "borne-imprimante").symlink_to(tmp_path / "lp0")

    assert device_at(tmp_path / "borne-imprimante").kind is Kind.FILE
    assert device_at(tmp_path / "ttyS0").kind is Kind.SERIAL
