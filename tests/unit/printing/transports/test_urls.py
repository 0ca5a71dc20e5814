import pytest

from kiosk.errors import ConfigurationError
from printing.transports.serial_options import Flow, Parity, SerialOptions, known_speeds, serial_options
from printing.transports.urls import opener_of, parse_address


@pytest.mark.parametrize(
    ("url", "scheme"),
    [
        ("tcp://192.168.1.30:9100", "tcp"),
        ("tcp://[fe80::1]:9100", "tcp"),
        ("tcp://printer.lan", "tcp"),
        ("serial:///dev/ttyUSB0?baud=38400", "serial"),
        ("serial:///dev/ttyS0?baud=115200&flow=rtscts", "serial"),
        ("serial:///dev/ttyS0?baud=9600&parity=even&bits=7&flow=dsrdtr", "serial"),
        ("usb://04b8:0e15", "usb"),
        ("usb://04b8:0e15?serial=J5BF012345", "usb"),
        ("file:///dev/usb/lp0", "file"),
        ("cups://Ticket", "cups"),
        ("cups://Ticket?host=10.0.0.5:631", "cups"),
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
        "cups://", "cups://-d", "cups://two%20words", "cups://name/path",
    ],
)  # fmt: skip
def test_other_forms_are_refused_and_the_message_names_the_setting(url: str) -> None:
    """One clear line: which setting, and what is accepted."""
    with pytest.raises(ConfigurationError, match=r"printer\.url: .*(tcp://HOST:PORT|serial:///DEVICE)"):
        opener_of(url)


@pytest.mark.parametrize(
    "url",
    [
        "usb://04b8:0e15?number=1",
        "usb://04b8:0e15?serial=",
        "usb://04b8:0e15?serial=A&serial=B",
        "cups://Ticket?host=-x",
    ],
)
def test_an_option_that_does_not_exist_is_refused_with_those_that_do(url: str) -> None:
    """Nothing is silently ignored."""
    with pytest.raises(ConfigurationError, match=r"printer\.url: (usb://VENDOR:PRODUCT\?serial|cups://NAME\?host)"):
        opener_of(url)


def test_a_serial_line_without_options_is_38400_8n1() -> None:
    """What most ticket printers with a serial interface are set to."""
    assert serial_options("") == SerialOptions(38_400, Parity.NONE, 8, Flow.NONE)


def test_every_option_of_a_serial_line_is_read() -> None:
    """As on the printer's switches."""
    assert serial_options("baud=9600&parity=odd&bits=7&flow=dsrdtr") == SerialOptions(9600, Parity.ODD, 7, Flow.DSRDTR)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("baud=38500", r"baud=50\|.*\|38400\|.*, not baud=38500"),
        ("baud=", r"baud=50\|.*, not baud="),
        ("parity=mark", r"parity=none\|even\|odd, not parity=mark"),
        ("bits=9", r"bits=7\|8, not bits=9"),
        ("flow=dtr", r"flow=none\|rtscts\|dsrdtr\|xonxoff, not flow=dtr"),
        ("baud=9600&baud=19200", r"not baud=9600&19200"),
        ("stop=2", r"baud, parity, bits and flow, not 'stop'"),
    ],
)
def test_a_wrong_option_is_named_with_what_is_accepted(query: str, said: str) -> None:
    """A speed that the system cannot set would only show as rubbish on the line."""
    with pytest.raises(ConfigurationError, match=said):
        serial_options(query)


def test_the_usual_speeds_of_ticket_printers_are_known() -> None:
    """On any system where Borne runs."""
    assert {9600, 19_200, 38_400, 57_600, 115_200} <= set(known_speeds())
