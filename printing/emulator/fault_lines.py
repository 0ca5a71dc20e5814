"""Faults in words, from a control file, standard input, a window or a test: one line, one fault.

::

    paper ok | near_end | out          roll N                      (new roll, N millimetres)
    paper out after N rows | off       cover open | closed         cover open after N rows | off
    cutter jam | ok                    cutter jam at next cut      overheat on | off
    broken on | off                    button press | release      power cycle
    silent on | off                    garbage on | off            answers lost N
    answers delayed N ms | off         status burst N              status stale
    stall after N | off                slow BAUD | off             disconnect after N | off
    half_close after N | off           unplug | plug               connections refuse | accept

N counts bytes or rows of a slip, from its beginning. Empty lines and what follows ``#`` are ignored.
"""

from collections.abc import Callable
from typing import Final

from kiosk.errors import InputError
from printing.emulator.device import EmulatedPrinter
from printing.emulator.status_bytes import Paper

_Action = Callable[[EmulatedPrinter], None]
_NumberedAction = Callable[[EmulatedPrinter, int], None]

_MOST_BLOCKS: Final = 10_000  # of Automatic Status; more would only fill the line
_LARGEST: Final = 2**31


def _paper(paper: Paper) -> _Action:
    return lambda printer: printer.set_state(paper=paper)


def _fault(name: str, value: object) -> _Action:
    return lambda printer: setattr(printer.faults, name, value)


def _numbered_fault(name: str) -> _NumberedAction:
    return lambda printer, number: setattr(printer.faults, name, number)


def _clear_cutter(printer: EmulatedPrinter) -> None:
    printer.faults.jam_at_next_cut = False
    printer.set_state(cutter_jammed=False)


_FIXED: Final[dict[str, _Action]] = {
    "paper ok": lambda printer: printer.load_roll(),
    "paper near_end": _paper(Paper.NEAR_END),
    "paper out": _paper(Paper.OUT),
    "paper out after off": _fault("paper_out_after_rows", None),
    "cover open": lambda printer: printer.set_state(cover_open=True),
    "cover open after off": _fault("cover_open_after_rows", None),
    "cover closed": lambda printer: printer.set_state(cover_open=False),
    "cutter jam": lambda printer: printer.set_state(cutter_jammed=True),
    "cutter jam at next cut": _fault("jam_at_next_cut", value=True),
    "cutter ok": _clear_cutter,
    "overheat on": lambda printer: printer.set_state(overheated=True),
    "overheat off": lambda printer: printer.set_state(overheated=False),
    "broken on": lambda printer: printer.set_state(broken=True),
    "broken off": lambda printer: printer.set_state(broken=False),
    "button press": lambda printer: printer.set_state(feeding=True),
    "button release": lambda printer: printer.set_state(feeding=False),
    "power cycle": lambda printer: printer.switch_off_and_on(),
    "silent on": _fault("silent", value=True),
    "silent off": _fault("silent", value=False),
    "garbage on": _fault("garbage", value=True),
    "garbage off": _fault("garbage", value=False),
    "answers delayed off": _fault("answer_delay_ms", 0),
    "status stale": _fault("stale_status", value=True),
    "stall off": _fault("stall_after", None),
    "disconnect off": _fault("disconnect_after", None),
    "half_close off": _fault("half_close_after", None),
    "connections refuse": _fault("refuses_connections", value=True),
    "connections accept": _fault("refuses_connections", value=False),
    "unplug": _fault("unplugged", value=True),
    "plug": _fault("unplugged", value=False),
    "slow off": _fault("baud", None),
}

# Words with their number as {} -> (least, most, what it does).
_NUMBERED: Final[dict[str, tuple[int, int, _NumberedAction]]] = {
    "paper out after {} rows": (0, _LARGEST, _numbered_fault("paper_out_after_rows")),
    "cover open after {} rows": (0, _LARGEST, _numbered_fault("cover_open_after_rows")),
    "stall after {}": (0, _LARGEST, _numbered_fault("stall_after")),
    "disconnect after {}": (0, _LARGEST, _numbered_fault("disconnect_after")),
    "half_close after {}": (0, _LARGEST, _numbered_fault("half_close_after")),
    "slow {}": (1, _LARGEST, _numbered_fault("baud")),
    "answers delayed {} ms": (0, _LARGEST, _numbered_fault("answer_delay_ms")),
    "answers lost {}": (0, _LARGEST, _numbered_fault("lost_answers")),
    "status burst {}": (0, _MOST_BLOCKS, _numbered_fault("status_burst")),
    "roll {}": (0, _LARGEST, lambda printer, number: printer.load_roll(float(number))),
}


def obey_line(printer: EmulatedPrinter, line: str) -> None:
    """Set the fault that a line names.

    Raises:
        InputError: no fault is called so, or its number is out of range.
    """
    words = line.partition("#")[0].lower().split()
    if not words:
        return
    text = " ".join(words)
    if text in _FIXED:
        _FIXED[text](printer)
        return
    numbers = [word for word in words if word.isascii() and word.isdigit()]
    found = _NUMBERED.get(" ".join("{}" if word in numbers else word for word in words))
    if found is None or len(numbers) != 1:
        known = ", ".join([*_FIXED, *(form.format("N") for form in _NUMBERED)])
        raise InputError(f"fault {text!r}", f"one of: {known}")
    least, most, act = found
    if len(numbers[0]) > len(str(most)) or not least <= int(numbers[0]) <= most:
        raise InputError(f"fault {text!r}", f"a number from {least} to {most}")
    act(printer, int(numbers[0]))
