"""Printers by URL: read once, opened as often as needed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, parse_qs, urlsplit

from kiosk.errors import ConfigurationError
from printing.transports.transport import Deadline, Transport

SETTING: Final = "printer.url"
ACCEPTED_FORMS: Final = (
    "tcp://HOST:PORT, serial:///dev/ttyUSB0?baud=38400, usb://04b8:0e15, file:///dev/usb/lp0, emulator:///DIR or none:"
)
NO_PRINTER: Final = "none:"
_DEFAULT_PORT: Final = 9100
_DEFAULT_BAUD: Final = 38400
_FLOWS: Final = ("none", "rtscts", "xonxoff")

Opener = Callable[[Deadline], Transport]


@dataclass(frozen=True, slots=True)
class PrinterAddress:
    """A printer URL in parts.

    Attributes:
        url: as written.
        scheme: ``tcp``, ``serial``, ``usb``, ``file``, ``emulator`` or ``none``.
        path: of the device, or the emulator's directory.
    """

    url: str
    scheme: str
    path: str


def parse_address(url: str) -> PrinterAddress:
    """Return the parts of a printer URL, checked.

    Raises:
        ConfigurationError: a form that is not accepted; it names the setting.
    """
    parts = _split(url)
    if parts.scheme == "cups":
        raise ConfigurationError(
            SETTING,
            f"cups:// is not supported yet (a queue cannot say that a slip left); {ACCEPTED_FORMS}, not {url!r}",
        )
    if parts.scheme not in {"tcp", "serial", "usb", "file", "emulator", "none"}:
        raise _refusal(url)
    is_path = not parts.netloc and parts.path.startswith("/") and parts.path != "/"
    if parts.scheme in {"serial", "file", "emulator"} and not is_path:
        raise _refusal(url)
    return PrinterAddress(url, parts.scheme, parts.path)


def opener_of(url: str) -> Opener:
    """Return the function that opens a printer on a wire.

    Raises:
        ConfigurationError: a form that is not accepted, or one that is no wire (``none:``, ``emulator:``).
    """
    address = parse_address(url)
    parts = _split(url)
    match address.scheme:
        case "tcp":
            return _tcp(parts, url)
        case "serial":
            return _serial(parts, url)
        case "usb":
            return _usb(parts, url)
        case "file":
            return _file(address.path)
        case _:
            raise _refusal(url)


def open_transport(url: str, deadline: Deadline) -> Transport:
    """Open a printer.

    Raises:
        ConfigurationError: see :func:`opener_of`.
        PrinterUnreachableError: nothing answers there within the deadline.
    """
    return opener_of(url)(deadline)


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url.strip())
    except ValueError as error:
        raise _refusal(url) from error


def _refusal(url: str) -> ConfigurationError:
    return ConfigurationError(SETTING, f"{ACCEPTED_FORMS}, not {url!r}")


def _tcp(parts: SplitResult, url: str) -> Opener:
    try:
        host, port = parts.hostname, parts.port or _DEFAULT_PORT
    except ValueError as error:
        raise _refusal(url) from error
    if not host or parts.path.strip("/") or parts.query:
        raise _refusal(url)
    from printing.transports.tcp import TcpTransport  # noqa: PLC0415  each kiosk loads the one it has

    return lambda deadline: TcpTransport(host, port, deadline)


def _serial(parts: SplitResult, url: str) -> Opener:
    options = parse_qs(parts.query)
    baud = options.pop("baud", [str(_DEFAULT_BAUD)])[0]
    flow = options.pop("flow", ["none"])[0]
    if options or not baud.isdecimal() or flow not in _FLOWS:
        raise ConfigurationError(SETTING, f"serial:///DEVICE?baud=NUMBER&flow={'|'.join(_FLOWS)}, not {url!r}")
    from printing.transports.serial_line import SerialTransport  # noqa: PLC0415  each kiosk loads the one it has

    return lambda _deadline: SerialTransport(
        parts.path, int(baud), hardware_flow=flow == "rtscts", software_flow=flow == "xonxoff"
    )


def _usb(parts: SplitResult, url: str) -> Opener:
    vendor, _, product = parts.netloc.partition(":")
    try:
        ids = int(vendor, 16), int(product, 16)
    except ValueError as error:
        raise _refusal(url) from error
    from printing.transports.usb_device import UsbTransport  # noqa: PLC0415  each kiosk loads the one it has

    return lambda _deadline: UsbTransport(*ids)


def _file(path: str) -> Opener:
    from printing.transports.device_file import DeviceFileTransport  # noqa: PLC0415  each kiosk loads the one it has

    return lambda _deadline: DeviceFileTransport(path)
