"""What the system itself lists as possible printers, without asking any of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

SYSTEM_FILES: Final = Path("/sys/class/usbmisc")
DEVICES: Final = Path("/dev")
# Names that stay when a cable moves to another socket: ours, then the system's.
_STABLE: Final = ("borne-*", "serial/by-id/*")


class Kind(StrEnum):
    """How something is attached."""

    USB = "usb"
    FILE = "file"
    SERIAL = "serial"
    NETWORK = "network"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that may be a ticket printer.

    Attributes:
        kind: how it is attached.
        url: of the printer, without options that are not known yet.
        description: what the system says it is.
        model: what it calls itself in its USB or IEEE 1284 identity; None when it does not.
    """

    kind: Kind
    url: str
    description: str
    model: str | None = None


class UsbLookError(Exception):
    """The USB bus could not be listed; the message says what to install."""


def attached(
    *, system_files: Path = SYSTEM_FILES, devices: Path = DEVICES, usb_backend: object = None
) -> tuple[list[Candidate], list[str]]:
    """Return what is attached, and what could not be looked at.

    A USB printer that the kernel's own driver holds is listed under its device file only: taking it away from the
    driver would break a kiosk that uses the file.

    Args:
        system_files: folder of the kernel's ``usbmisc`` class.
        devices: the folder ``/dev``.
        usb_backend: of pyusb; None finds libusb.
    """
    files = list(_device_files(system_files, devices))
    held = {file.place for file in files}
    found = [file.candidate for file in files]
    notes = []
    try:
        found += [candidate for place, candidate in _usb_printers(usb_backend) if place not in held]
    except UsbLookError as error:
        notes.append(str(error))
    return found + list(_serial_ports(devices)), notes


def device_at(path: Path) -> Candidate:
    """Return the candidate for a device that somebody names: a printer file of the kernel, else a serial line."""
    is_printer_file = path.resolve().name.startswith("lp")
    kind = Kind.FILE if is_printer_file else Kind.SERIAL
    return Candidate(kind, f"{kind}://{path.absolute()}", "named on the command line")


# ------------------------------------------------------------------------------------------------------- kernel's files


@dataclass(frozen=True, slots=True)
class _DeviceFile:
    """A printer file of the kernel; its place is bus and number on it, as libusb says them too."""

    place: tuple[int, int]
    candidate: Candidate


def _device_files(system_files: Path, devices: Path) -> Iterator[_DeviceFile]:
    for entry in sorted(system_files.glob("lp*")):
        device = devices / "usb" / entry.name
        identity = _identity_of(_read(entry / "device" / "ieee1284_id"))
        # The interface's folder is below the device's own, which has the numbers.
        owner = (entry / "device").resolve().parent
        place = int(_read(owner / "busnum") or 0), int(_read(owner / "devnum") or 0)
        description = " ".join(filter(None, (identity.get("MFG"), identity.get("MDL")))) or "USB printer"
        url = f"file://{_stable_name(device, devices)}"
        yield _DeviceFile(place, Candidate(Kind.FILE, url, description, identity.get("MDL")))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:  # not every driver has every file
        return ""


def _identity_of(text: str) -> dict[str, str]:
    """Return an IEEE 1284 device identity as keys and values, with the short names of the keys."""
    pairs = (part.partition(":") for part in text.split(";"))
    long_names = {"MANUFACTURER": "MFG", "MODEL": "MDL"}
    return {long_names.get(key.strip(), key.strip()): value.strip() for key, _, value in pairs if value.strip()}


def _stable_name(device: Path, devices: Path) -> Path:
    links: Iterable[Path] = (link for pattern in _STABLE for link in sorted(devices.glob(pattern)))
    return next((link for link in links if link.resolve() == device.resolve()), device)


# ------------------------------------------------------------------------------------------------------------------ USB


def _usb_printers(backend: object) -> Iterator[tuple[tuple[int, int], Candidate]]:
    import usb.core  # noqa: PLC0415  only for whoever looks

    from printing.transports.usb_device import printer_interface, serial_number  # noqa: PLC0415

    try:
        devices = [found for found in usb.core.find(find_all=True, backend=backend) if printer_interface(found)]
    except usb.core.NoBackendError as error:
        raise UsbLookError("USB was not looked at: libusb is not installed (apt install libusb-1.0-0)") from error
    except usb.core.USBError as error:
        raise UsbLookError(f"USB was not looked at: {error}") from error
    for device in devices:
        ids = device.idVendor, device.idProduct
        same = [other for other in devices if (other.idVendor, other.idProduct) == ids]
        number = serial_number(device) if len(same) > 1 else None
        url = f"usb://{ids[0]:04x}:{ids[1]:04x}" + (f"?serial={number}" if number else "")
        name = _product_name(device)
        yield (device.bus, device.address), Candidate(Kind.USB, url, name or "USB printer", name)


def _product_name(device: "object") -> str | None:
    import usb.core  # noqa: PLC0415
    import usb.util  # noqa: PLC0415

    try:
        name: str | None = usb.util.get_string(device, device.iProduct)  # type: ignore[attr-defined]  # pyusb
    except (usb.core.USBError, ValueError):  # this user may not open it: asking it will say so
        return None
    finally:
        usb.util.dispose_resources(device)
    return name


# --------------------------------------------------------------------------------------------------------------- serial


def _serial_ports(devices: Path) -> Iterator[Candidate]:
    from serial.tools import list_ports  # noqa: PLC0415  only for whoever looks

    for port in sorted(list_ports.comports()):
        device = _stable_name(Path(port.device), devices)
        said = port.description if port.description != "n/a" else "serial port"
        yield Candidate(Kind.SERIAL, f"serial://{device}", said)
