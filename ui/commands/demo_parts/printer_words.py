"""The state of the imitated printer in words, for whoever stands before it."""

from printing.emulator import EmulatedPrinter
from printing.emulator.status_bytes import Paper, PrinterState


def state_said(printer: EmulatedPrinter) -> str:
    """Return one sentence with everything that is wrong, or that nothing is."""
    troubles = [*_troubles(printer.state), *_line_troubles(printer)]
    if not troubles:
        return "Prête."
    said = ", ".join(troubles)
    return f"{said[0].upper()}{said[1:]}."


def _troubles(state: PrinterState) -> list[str]:
    seen = (
        (state.cover_open, "capot ouvert"),
        (state.paper is Paper.OUT, "plus de papier"),
        (state.paper is Paper.NEAR_END, "papier bientôt fini"),
        (state.cutter_jammed, "massicot bloqué"),
        (state.overheated, "tête trop chaude"),
        (state.broken, "panne grave"),
        (state.feeding, "avance du papier"),
    )
    return [words for is_so, words in seen if is_so]


def _line_troubles(printer: EmulatedPrinter) -> list[str]:
    faults = printer.faults
    seen = (
        (faults.unplugged, "câble débranché"),
        (faults.refuses_connections, "connexions refusées"),
        (faults.silent, "ne répond pas"),
        (faults.garbage, "réponses brouillées"),
        (faults.answer_delay_ms > 0, "réponses en retard"),
        (printer.room == 0, "ne lit plus"),
    )
    return [words for is_so, words in seen if is_so]


def roll_said(printer: EmulatedPrinter) -> str:
    """Return what is left on the roll."""
    if printer.state.paper is Paper.OUT:
        return "Rouleau : aucun papier"
    return f"Rouleau : {grouped(max(0, round(printer.roll_mm)))} mm"


def slips_said(printer: EmulatedPrinter) -> str:
    """Return how many slips fell and whether the last one was made of faultless commands."""
    slips = printer.slips()
    if not slips:
        return "Aucun ticket sorti"
    last = slips[-1]
    length = f"{grouped(round(last.rows * 25.4 / printer.dots_per_inch))} mm"
    torn = "" if last.is_complete else ", non coupé"
    remarks = {0: "sans anomalie", 1: "1 anomalie"}.get(len(last.complaints), f"{len(last.complaints)} anomalies")
    return f"Tickets sortis : {len(slips)} (le dernier : {length}{torn}, {remarks})"


def grouped(number: int) -> str:
    """Write a number as French does: a narrow space between thousands."""
    return f"{number:,}".replace(",", "\u202f")
