import pytest

from kiosk.errors import ConfigurationError
from printing.transports.urls import opener_of, parse_address


@pytest.mark.parametrize(
    ("url", "scheme"),
    [
        ("tcp://192.168.1.30:9100", "tcp"),
        ("tcp://[fe80::1]:9100", "tcp"),
        ("tcp://printer.lan", "tcp"),
        ("serial:///dev/ttyUSB0?baud=38400", "serial"),
        ("serial:///dev/ttyS0?baud=115200&flow=rtscts", "serial"),
        ("usb://04b8:0e15", "usb"),
        ("file:///dev/usb/lp0", "file"),
    ],
)
def test_accepted_forms_are_accepted(url: str, scheme: str) -> None:
    """Design page 9: printers are named by URL everywhere."""
    assert parse_address(url).scheme == scheme
    assert callable(opener_of(url))


@pytest.mark.parametrize(
    "url",
    [
        "", "9100", "tcp://", "tcp://host:port", "tcp://host:70000", "tcp://host/path", "http://host", "serial:ttyUSB0",
        "serial:///dev/ttyS0?baud=fast", "serial:///dev/ttyS0?flow=dtr", "serial:///dev/ttyS0?speed=9600",
        "usb://04b8", "usb://epson:tm", "file://dev/usb/lp0", "file:///", "emulator:DIR?", "tcp://[::1",
    ],
)  # fmt: skip
def test_other_forms_are_refused_and_the_message_names_the_setting(url: str) -> None:
    """One clear line: which setting, and what is accepted."""
    with pytest.raises(ConfigurationError, match=r"printer\.url: .*(tcp://HOST:PORT|serial:///DEVICE)"):
        opener_of(url)


def test_a_print_queue_is_refused_with_its_reason() -> None:
    """A queue accepts a job and cannot say that a slip left: promise 4 could not be kept."""
    with pytest.raises(ConfigurationError, match=r"cups:// is not supported yet .*tcp://HOST:PORT"):
        parse_address("cups://Epson")
