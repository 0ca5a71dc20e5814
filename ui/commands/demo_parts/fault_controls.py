"""What can be done to the imitated printer by hand, as a trainer says it; each is a line of the control file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from printing.emulator import EmulatedPrinter
from printing.emulator.status_bytes import Paper
from ui.commands.demo_parts.printer_words import grouped

NEW_ROLL: Final = "roll 80000"
_MIDDLE_ROWS: Final = 300
_MIDDLE_BYTES: Final = 1500
_LATE_MS: Final = 1000


@dataclass(frozen=True, slots=True)
class Toggle:
    """Something that stays until it is undone, by hand or by the printer itself.

    Attributes:
        name: of the control.
        label: what the trainer reads.
        on: the line that does it.
        off: the line that undoes it.
        is_on: looks at the printer.
    """

    name: str
    label: str
    on: str
    off: Callable[[EmulatedPrinter], str]
    is_on: Callable[[EmulatedPrinter], bool]


@dataclass(frozen=True, slots=True)
class Push:
    """Something that happens once.

    Attributes:
        name: of the control.
        label: what the trainer reads.
        line: the line that does it.
    """

    name: str
    label: str
    line: str


def _same_roll(printer: EmulatedPrinter) -> str:
    """Put back the roll that was in, or a new one when it was used up."""
    return f"roll {int(printer.roll_mm)}" if printer.roll_mm >= 1 else NEW_ROLL


def _always(line: str) -> Callable[[EmulatedPrinter], str]:
    return lambda _printer: line


_PAPER: Final[tuple[Toggle | Push, ...]] = (
    Toggle("paper-out", "Papier retiré", "paper out", _same_roll, lambda p: p.state.paper is Paper.OUT),
    Toggle(
        "paper-near-end", "Papier bientôt fini", "paper near_end", _same_roll, lambda p: p.state.paper is Paper.NEAR_END
    ),
    Push("new-roll", "Rouleau neuf", NEW_ROLL),
    Push("short-roll", "Rouleau de 400 mm", "roll 400"),
)
_PARTS: Final[tuple[Toggle | Push, ...]] = (
    Toggle("cover", "Capot ouvert", "cover open", _always("cover closed"), lambda p: p.state.cover_open),
    Toggle("cutter", "Massicot bloqué", "cutter jam", _always("cutter ok"), lambda p: p.state.cutter_jammed),
    Toggle("overheat", "Surchauffe", "overheat on", _always("overheat off"), lambda p: p.state.overheated),
    Toggle("broken", "Panne grave", "broken on", _always("broken off"), lambda p: p.state.broken),
)
_LINE: Final[tuple[Toggle | Push, ...]] = (
    Toggle("cable", "Câble débranché", "unplug", _always("plug"), lambda p: p.faults.unplugged),
    Toggle("silence", "Silence", "silent on", _always("silent off"), lambda p: p.faults.silent),
    Toggle("garbage", "Réponses brouillées", "garbage on", _always("garbage off"), lambda p: p.faults.garbage),
    Toggle(
        "late",
        "Réponses en retard (1 s)",
        f"answers delayed {_LATE_MS} ms",
        _always("answers delayed off"),
        lambda p: p.faults.answer_delay_ms > 0,
    ),
    Toggle(
        "refusal",
        "Connexions refusées",
        "connections refuse",
        _always("connections accept"),
        lambda p: p.faults.refuses_connections,
    ),
    Push("power", "Éteindre et rallumer", "power cycle"),
)
_MIDDLE: Final[tuple[Toggle | Push, ...]] = (
    Toggle(
        "paper-out-later",
        "Le papier finit",
        f"paper out after {_MIDDLE_ROWS} rows",
        _always("paper out after off"),
        lambda p: p.faults.paper_out_after_rows is not None,
    ),
    Toggle(
        "cover-later",
        "Le capot s'ouvre",
        f"cover open after {_MIDDLE_ROWS} rows",
        _always("cover open after off"),
        lambda p: p.faults.cover_open_after_rows is not None,
    ),
    Toggle(
        "cutter-later",
        "Le massicot se bloque",
        "cutter jam at next cut",
        _always("cutter ok"),
        lambda p: p.faults.jam_at_next_cut,
    ),
    Toggle(
        "stall-later",
        "Elle ne lit plus",
        f"stall after {_MIDDLE_BYTES}",
        _always("stall off"),
        lambda p: p.faults.stall_after is not None,
    ),
    Toggle(
        "cut-off-later",
        "La ligne est coupée",
        f"disconnect after {_MIDDLE_BYTES}",
        _always("disconnect off"),
        lambda p: p.faults.disconnect_after is not None,
    ),
    Toggle(
        "half-later",
        "Elle ne répond plus",
        f"half_close after {_MIDDLE_BYTES}",
        _always("half_close off"),
        lambda p: p.faults.half_close_after is not None,
    ),
)

GROUPS: Final[Mapping[str, tuple[Toggle | Push, ...]]] = {
    "Papier": _PAPER,
    "Mécanique": _PARTS,
    "Liaison": _LINE,
    "Au milieu du prochain ticket": _MIDDLE,
}

FEED_LABEL: Final = "Bouton d'avance (maintenir)"
SPEED_LABEL: Final = "Vitesse de la ligne"
# Bits per second; None as fast as it goes.
SPEEDS: Final = (None, 38_400, 19_200, 9_600, 2_400)


def speed_said(baud: int | None) -> str:
    """Return the words for a speed."""
    return "Ligne rapide" if baud is None else f"Ligne lente ({grouped(baud)} bauds)"


def speed_line(baud: int | None) -> str:
    """Return the line that sets a speed."""
    return "slow off" if baud is None else f"slow {baud}"
