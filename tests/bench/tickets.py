"""Tickets: from the tap to the printer's first byte, picture and bytes beside python-escpos, size by language."""

import logging
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Self

from escpos.printer import Dummy
from PIL import Image

from kiosk.domain.ticket import Ticket
from kiosk.settings import Settings
from printing.document.compose import compose
from printing.emulator import EmulatedPrinter, serve_tcp
from printing.escpos.bitmap import Bitmap
from printing.escpos.encode import SlipFormat, encode_slip, picture_pieces
from printing.render.paper import Paper
from printing.render.picture import render
from tests.bench.figures import Figure, Series, milliseconds
from tests.bench.filing import contents
from ui.composition import Machine, gui_application, open_machine, prepared

TAPS = 40
PICTURES = 200
LANGUAGES = ("fr", "ar", "en")
_ROWS = 1200


def measure(folder: Path) -> Iterator[Figure]:
    """Yield the figures of tickets."""
    gui_application()
    printer = EmulatedPrinter(folder / "slips")
    with serve_tcp(printer) as line, FirstByte(line.port) as wire:
        settings = Settings()
        settings = settings.model_copy(update={"printer": settings.printer.model_copy(update={"url": wire.url})})
        with open_machine(settings, folder / "tickets") as machine, prepared(machine):
            machine.paper.warm_up()
            for rank, language in enumerate(LANGUAGES):
                times, ticket = taps(machine, wire, language, 1_000 * rank)
                yield Figure(Series(f"tap to first byte, {language}", times), "p95 under 60 ms")
                yield from sizes(ticket, language)
    yield from encoding()


def taps(machine: Machine, wire: "FirstByte", language: str, start: int) -> tuple[list[float], Ticket]:
    """File and print for different people; return the times and the last ticket."""
    people = contents(start)
    times = []
    outcome = machine.visitors.file_request(replace(next(people), language=language), machine.entropy.identifier())
    for _ in range(TAPS):
        content = replace(next(people), language=language)
        key = machine.entropy.identifier()
        wire.arm()
        began = time.perf_counter()
        outcome = machine.visitors.file_request(content, key)
        machine.paper.print_ticket(outcome.filing.print_job_id)
        times.append((wire.first_byte_at - began) * 1000)
    return times, machine.paper.issue_ticket(outcome.request, outcome.filing)


def sizes(ticket: Ticket, language: str) -> Iterator[Figure]:
    """Yield bytes and painting time of one ticket."""
    slip = encode_slip(render(compose(ticket), Paper()), SlipFormat())
    target = "under 25 kB" if language == "fr" else ""
    yield Figure(Series(f"bytes of a ticket, {language}, picture", [len(slip)], "B"), target)
    painting = [milliseconds(lambda: encode_slip(render(compose(ticket), Paper()), SlipFormat())) for _ in range(20)]
    yield Figure(Series(f"compose, paint and encode, {language}", painting))


def encoding() -> Iterator[Figure]:
    """Yield one 576 x 1200 picture to bytes, beside python-escpos ``image()`` on the same dots."""
    logging.getLogger("escpos").setLevel(logging.ERROR)  # it remarks at each picture that no profile was chosen
    bitmap = a_picture()
    image = Image.frombytes("1", (bitmap.width_dots, bitmap.height_dots), bytes(~byte & 255 for byte in bitmap.rows))
    theirs = []
    ours = [milliseconds(lambda: b"".join(picture_pieces(bitmap))) for _ in range(PICTURES)]
    for _ in range(10):
        yardstick = Dummy()
        theirs.append(milliseconds(lambda yardstick=yardstick: yardstick.image(image)))  # type: ignore[misc]
    yield Figure(Series("one 576x1200 picture to bytes", ours), "under 0.5 ms", Series("python-escpos image()", theirs))


def a_picture() -> Bitmap:
    """Text-like dots: lines of ink with blank rows between them."""
    row = (b"\x00\x3c\xe7\x81" * 18)[:72]
    rows = [row if number % 30 < 20 else bytes(72) for number in range(_ROWS)]
    return Bitmap(576, _ROWS, b"".join(rows))


class FirstByte:
    """A wire between kiosk and emulator that notes when the first byte of a ticket passes.

    The driver's questions about the state (``DLE EOT``) come before it and do not count.
    """

    def __init__(self, port: int) -> None:
        self._printer_port = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.1)
        self.url = f"tcp://127.0.0.1:{self._listener.getsockname()[1]}"
        self.first_byte_at = 0.0
        self._armed = threading.Event()
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="first-byte")

    def arm(self) -> None:
        """Wait for the next ticket."""
        self._armed.set()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._ending.set()
        self._thread.join()
        self._listener.close()

    def _run(self) -> None:
        while not self._ending.is_set():
            try:
                kiosk, _ = self._listener.accept()
            except TimeoutError:
                continue
            printer = socket.create_connection(("127.0.0.1", self._printer_port))
            back = threading.Thread(target=self._pump, args=(printer, kiosk, False))
            back.start()
            self._pump(kiosk, printer, True)
            with closing(kiosk), closing(printer):
                printer.shutdown(socket.SHUT_RDWR)
                back.join()

    def _pump(self, source: socket.socket, target: socket.socket, watches: bool) -> None:
        while data := _received(source):
            if watches and self._armed.is_set() and not data.startswith((b"\x10\x04", b"\x1dr", b"\x1d(H")):
                self.first_byte_at = time.perf_counter()
                self._armed.clear()
            target.sendall(data)


def _received(source: socket.socket) -> bytes:
    try:
        return source.recv(65536)
    except OSError:
        return b""
