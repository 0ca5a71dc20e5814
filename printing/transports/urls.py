"""Printers by URL: read once, opened as often as needed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from kiosk.errors import ConfigurationError
from printing.transports.serial_options import serial_options
from printing.transports.transport import Deadline, Transport

SETTING: Final = "printer.url"
ACCEPTED_FORMS: Final = (
    "tcp://HOST:PORT, serial:///dev/ttyUSB0?baud=38400, usb://04b8:0e15, file:///dev/usb/lp0, cups://NAME, "
    "emulator:///DIR or none:"
)
_DEFAULT_PORT: Final = 9100
_SCHEMES: Final = frozenset({"tcp", "serial", "usb", "file", "cups", "emulator", "none"})
# CUPS allows any printable character but these in the name of a queue.
_NOT_IN_A_QUEUE: Final = frozenset(" /#?'\"\\")

Opener = Callable[[Deadline], Transport]


@dataclass(frozen=True, slots=True)
class PrinterAddress:
    """A printer URL in parts.

    Attributes:
        url: as written.
        scheme: ``tcp``, ``serial``, ``usb``, ``file``, ``cups``, ``emulator`` or ``none``.
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
    if parts.scheme not in _SCHEMES:
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
            return _serial(parts)
        case "usb":
            return _usb(parts, url)
        case "file":
            return _file(address.path)
        case "cups":
            return _cups(parts, url)
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


def _serial(parts: SplitResult) -> Opener:
    options = serial_options(parts.query)
    from printing.transports.serial_line import SerialTransport  # noqa: PLC0415  each kiosk loads the one it has

    return lambda _deadline: SerialTransport(parts.path, options)


def _usb(parts: SplitResult, url: str) -> Opener:
    vendor, _, product = parts.netloc.partition(":")
    try:
        ids = int(vendor, 16), int(product, 16)
    except ValueError as error:
        raise _refusal(url) from error
    serial = _single_option(parts, "serial", "usb://VENDOR:PRODUCT?serial=NUMBER")
    from printing.transports.usb_device import UsbTransport  # noqa: PLC0415  each kiosk loads the one it has

    return lambda _deadline: UsbTransport(*ids, serial=serial)


def _file(path: str) -> Opener:
    from printing.transports.device_file import DeviceFileTransport  # noqa: PLC0415  each kiosk loads the one it has

    return lambda _deadline: DeviceFileTransport(path)


def _cups(parts: SplitResult, url: str) -> Opener:
    name = unquote(parts.netloc)
    is_name = name and not name.startswith("-") and name.isprintable() and not _NOT_IN_A_QUEUE & set(name)
    if not is_name or parts.path.strip("/"):
        raise _refusal(url)
    host = _single_option(parts, "host", "cups://NAME?host=HOST")
    from printing.transports.cups_queue import CupsQueue  # noqa: PLC0415  each kiosk loads the one it has

    return lambda deadline: CupsQueue(name, host, deadline)


def _single_option(parts: SplitResult, option: str, form: str) -> str | None:
    """Return the only option that a URL may have; None without it."""
    given = parse_qs(parts.query, keep_blank_values=True)
    values = given.pop(option, [])
    if given or len(values) > 1 or "" in values or any(value.startswith("-") for value in values):
        raise ConfigurationError(SETTING, f"{form}, not {parts.geturl()!r}")
    return values[0] if values else None
