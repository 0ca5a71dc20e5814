"""Slow lines and stalled printers: how long a ticket takes, and whether the screen stays fluid meanwhile."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QEventLoop, QTimer

from kiosk.ports.ticket_printer import PrintVerdict
from kiosk.settings import PrinterSettings, Settings
from kiosk.workflows.visit import VisitState
from printing.driver import EscposTicketPrinter, printer_for
from printing.emulator import EmulatedPrinter, obey_line, serve_pty, serve_tcp
from printing.escpos.profile import profile_of
from printing.slips.making import SlipMaker
from tests.bench.figures import Figure, Series
from tests.bench.filing import contents
from tests.fakes.tickets import a_ticket
from ui.applicant.window import ApplicantWindow
from ui.composition import applicant_services, gui_application, open_machine, started

BAUDS = (9_600, 19_200, 38_400, 115_200)
LANGUAGES = ("fr", "ar")
PROFILE = "epson-tm-t20"
_BITS_PER_BYTE = 10
_STALL_SECONDS = 4.0


def measure(folder: Path) -> Iterator[Figure]:
    """Yield the figures of slow lines."""
    gui_application()
    yield from hybrid_sizes()
    for language in LANGUAGES:
        for baud in BAUDS:
            yield on_a_line(folder / f"{language}-{baud}", language, baud)
    for fault in ("stall after 0", "silent on", "slow 9600"):
        yield gaps(folder / fault.replace(" ", "-"), fault)


def hybrid_sizes() -> Iterator[Figure]:
    """Yield the bytes of hybrid slips."""
    for language, target in (("fr", "under 4 kB"), ("ar", "under 20 kB")):
        maker = SlipMaker(PrinterSettings(profile=PROFILE, rendering="hybrid"))
        slip = maker.slip(a_ticket(language=language))
        maker.close()
        yield Figure(Series(f"bytes of a ticket, {language}, hybrid", [slip.byte_count], "B"), target)


def on_a_line(folder: Path, language: str, baud: int) -> Figure:
    """Return how long a confirmed hybrid slip takes on a line of so many baud, beside what its bytes need."""
    folder.mkdir(parents=True)
    profile = profile_of(PrinterSettings(profile=PROFILE))
    device = EmulatedPrinter(folder / "slips", profile.width_dots, profile.dots_per_inch)
    obey_line(device, f"slow {baud}")
    with serve_pty(device, folder / "line"):
        settings = PrinterSettings(url=f"serial://{folder}/line?baud={baud}", profile=PROFILE, rendering="hybrid")
        printer = printer_for(settings)
        assert isinstance(printer, EscposTicketPrinter)
        printer.warm_up([language])
        printer.condition()  # getting in step is done while nobody waits
        began: list[float] = []
        report = printer.print_ticket(
            a_ticket(language=language), before_first_byte=lambda: began.append(time.perf_counter())
        )
        taken = (time.perf_counter() - began[0]) * 1000
        printer.close()
    if report.verdict is not PrintVerdict.CONFIRMED:
        raise RuntimeError(f"not confirmed at {baud} baud: {report}")
    needed = report.bytes_sent * _BITS_PER_BYTE / baud * 1000
    return Figure(
        Series(f"ticket {language}, hybrid, at {baud} baud: first byte to confirmation", [taken]),
        "within 10 % of the yardstick",
        Series(f"{report.bytes_sent} bytes at that speed", [needed]),
    )


def gaps(folder: Path, fault: str) -> Figure:
    """Return the longest pause of the event loop while a ticket waits for a printer with a fault."""
    device = EmulatedPrinter(folder / "slips")
    with serve_tcp(device) as line:
        printer = {"url": line.url, "deadline_s": _STALL_SECONDS, "profile": PROFILE}
        settings = Settings.model_validate({"printer": printer})
        with open_machine(settings, folder / "data") as machine, started(machine):
            machine.paper.warm_up()
            window = ApplicantWindow(applicant_services(machine))
            window.show()
            obey_line(device, fault)
            longest = _longest_gap(window)
            window.close()
            window.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return Figure(Series(f"longest gap of the event loop, printer with « {fault} »", [longest]), "under 50 ms")


def _longest_gap(window: ApplicantWindow) -> float:
    """File a request in the real screens and watch the event loop until the outcome is shown."""
    journey = window.journey
    content = replace(next(contents(threading.get_ident() % 1000)), language="fr")
    procedure = journey._services.catalogue.procedures[content.procedure]
    journey.choose_language("fr")
    journey.read_notice()
    journey.choose_group(procedure.group)
    journey.choose_procedure(procedure)
    journey.begin_telling()
    journey.draft.birth_name = content.identity.birth_name
    while journey.state is VisitState.TELLING:
        journey.answer()
    loop, since, found = QEventLoop(), QElapsedTimer(), [0.0]
    beat = QTimer(interval=1)

    def look() -> None:
        found[0] = max(found[0], since.nsecsElapsed() / 1e6)
        since.restart()
        if window.page.name in {"ticket_out", "ticket_shown"}:
            loop.quit()

    beat.timeout.connect(look)
    limit = QTimer(singleShot=True, interval=60_000)
    limit.timeout.connect(loop.quit)
    limit.start()
    journey.confirm()
    since.start()
    beat.start()
    loop.exec()
    beat.stop()
    limit.stop()
    return found[0]
