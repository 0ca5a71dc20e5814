"""The emulated printer against any bytes, any cuts in them, and any faults in between: it never raises or hangs."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from printing.emulator import EmulatedPrinter, obey_line
from printing.emulator.command_table import COMMANDS

# Mostly commands, some with sensible parameters, some cut short, between letters and rubbish.
PREFIXES = st.sampled_from(sorted(COMMANDS))
PIECES = st.one_of(
    st.binary(max_size=30),
    st.builds(lambda prefix, rest: prefix + rest, PREFIXES, st.binary(max_size=12)),
    st.builds(lambda prefix, number: prefix + bytes((number,)) * 12, PREFIXES, st.integers(0, 3)),
    st.sampled_from([b"Bonjour\n", b"\x1dV\x00", b"\x1dr\x01", b"\x10\x04\x01", b"\x1dv0\x00\x02\x00\x02\x00abcd"]),
)
FAULTS = st.sampled_from(
    [
        *("paper out", "paper ok", "cover open", "cover closed", "cutter jam at next cut", "cutter ok", "roll 5"),
        *("overheat on", "overheat off", "broken on", "broken off", "power cycle", "button press", "button release"),
        *("status burst 2", "status stale", "garbage on", "answers lost 1", "disconnect after 40", "stall after 60"),
        *("half_close after 30", "paper out after 9 rows", "cover open after 5 rows", "hang up"),
    ]
)

# What waits in the buffer is forgotten first, or it would come out while the printer is being mended.
MENDED = (
    *("power cycle", "stall off", "disconnect off", "half_close off", "cover open after off", "garbage off"),
    *("cover closed", "cutter ok", "overheat off", "broken off", "button release", "paper ok"),
)


@settings(max_examples=150)
@given(st.lists(st.one_of(PIECES, PIECES, PIECES, FAULTS), max_size=25), st.integers(1, 40))
def test_whatever_comes_it_stays_a_printer(story: list[bytes | str], piece: int) -> None:
    """Afterwards, mended and switched off and on, it answers and prints like new."""
    with tempfile.TemporaryDirectory() as folder:
        printer = EmulatedPrinter(Path(folder), width_dots=384)
        for event in story:
            if event == "hang up":
                printer.line_closed()
            elif isinstance(event, str):
                obey_line(printer, event)
            else:
                for start in range(0, len(event), piece):
                    printer.receive(event[start : start + piece])
                    printer.take_answers()
                    assert printer.room >= 0
        for line in MENDED:
            obey_line(printer, line)
        printer.line_closed()
        for field, nothing in (("status_burst", 0), ("stale_status", False), ("lost_answers", 0)):
            setattr(printer.faults, field, nothing)
        printer.receive(b"\x1b@H\n\x1dV\x00\x1dr\x01")

        slip = printer.slips()[-1]
        assert printer.take_answers() == b"\x00"
        assert (slip.rows, slip.is_complete, slip.complaints) == (30, True, ())


@given(st.lists(PIECES, max_size=20).map(b"".join), st.integers(1, 17))
def test_the_line_may_cut_anywhere(data: bytes, piece: int) -> None:
    """The same paper, answers and complaints, whole or in pieces."""
    told = []
    for size in (piece, max(1, len(data))):
        with tempfile.TemporaryDirectory() as folder:
            printer = EmulatedPrinter(Path(folder), width_dots=384)
            for start in range(0, len(data), size):
                printer.receive(data[start : start + size])
            slips = [(slip.rows, slip.picture.read_bytes()) for slip in printer.slips()]
            told.append((slips, printer.paper_snapshot(), printer.state, printer.take_answers()))

    assert told[0] == told[1]
