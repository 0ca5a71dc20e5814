"""The options of a serial line, as they stand in its URL."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal
from urllib.parse import parse_qs

from kiosk.errors import ConfigurationError
from printing.transports.line_speed import DEFAULT_BAUD

_SETTING: Final = "printer.url"


class Parity(StrEnum):
    """The ninth bit of each character."""

    NONE = "none"
    EVEN = "even"
    ODD = "odd"


class Flow(StrEnum):
    """How the printer says that it can take no more."""

    NONE = "none"
    RTSCTS = "rtscts"
    DSRDTR = "dsrdtr"  # the printer's DTR, on our DSR: what most ticket printers do out of the box
    XONXOFF = "xonxoff"


@dataclass(frozen=True, slots=True)
class SerialOptions:
    """How a serial line is set; the printer's switches must say the same.

    Attributes:
        baud: bits per second.
        parity: see :class:`Parity`.
        bits: in a character. Seven carry answers and plain letters; a picture needs eight.
        flow: see :class:`Flow`.
    """

    baud: int = DEFAULT_BAUD
    parity: Parity = Parity.NONE
    bits: Literal[7, 8] = 8
    flow: Flow = Flow.NONE


def known_speeds() -> tuple[int, ...]:
    """Return the speeds that pyserial can set exactly on this system, in bits per second."""
    import termios  # noqa: PLC0415  absent where serial lines are not files

    import serial  # noqa: PLC0415  only kiosks with a serial printer pay for it

    return tuple(speed for speed in serial.Serial.BAUDRATES if hasattr(termios, f"B{speed}"))


def serial_options(query: str) -> SerialOptions:
    """Return the options in the query of a ``serial:`` URL.

    Raises:
        ConfigurationError: an option or a value that is not accepted; it names the option and what is.
    """
    given = parse_qs(query, keep_blank_values=True)
    unknown = sorted(set(given) - {"baud", "parity", "bits", "flow"})
    if unknown:
        raise ConfigurationError(_SETTING, f"serial:///DEVICE with baud, parity, bits and flow, not {unknown[0]!r}")
    speeds = [str(speed) for speed in known_speeds()]
    return SerialOptions(
        baud=int(_choice(given, "baud", speeds, str(DEFAULT_BAUD))),
        parity=Parity(_choice(given, "parity", list(Parity), Parity.NONE)),
        bits=7 if _choice(given, "bits", ["7", "8"], "8") == "7" else 8,
        flow=Flow(_choice(given, "flow", list(Flow), Flow.NONE)),
    )


def _choice(given: dict[str, list[str]], option: str, accepted: list[str], default: str) -> str:
    values = given.get(option, [default])
    if len(values) > 1 or values[0] not in accepted:
        raise ConfigurationError(
            _SETTING, f"serial:///DEVICE?{option}={'|'.join(accepted)}, not {option}={'&'.join(values)}"
        )
    return values[0]
