"""Draw every screen of a visit in every language and at both sizes: ``python -m tests.screens OUTDIR``."""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget  # the platform is chosen above

from tests.fakes.printers import PrinterMood, ScriptedPrinter
from tests.fakes.visits import PERSONS, a_screen, walk
from ui.composition import gui_application

SIZES = ((1080, 1920), (1280, 1024))


def draw_all(out: Path, languages: tuple[str, ...]) -> None:
    """Draw the pages of a visit, and its three ends."""
    for width, height in SIZES:
        for language in languages:
            folder = out / f"{language}-{width}x{height}"
            folder.mkdir(parents=True, exist_ok=True)
            _draw(folder, language, (width, height))


def _draw(folder: Path, language: str, size: tuple[int, int]) -> None:
    with tempfile.TemporaryDirectory() as place:
        screen = a_screen(Path(place))
        screen.window.resize(*size)
        number = iter(range(1, 99))

        def keep(name: str, window: QWidget) -> None:
            QApplication.processEvents()
            window.grab().save(str(folder / f"{next(number):02d}-{name}.png"))

        walk(screen, language, seen=keep)
        screen.until_page("ticket_out")
        keep("ticket_out", screen.window)
        screen.tap("agent")
        keep("agent_called", screen.window)
        screen.window.close()
        _draw_without_paper(Path(place), language, size, keep)


def _draw_without_paper(
    place: Path, language: str, size: tuple[int, int], keep: Callable[[str, QWidget], None]
) -> None:
    place = place / "second"
    place.mkdir()
    screen = a_screen(place, printer=ScriptedPrinter(PrinterMood.REFUSE))
    screen.window.resize(*size)
    walk(screen, language)
    screen.until_page("ticket_shown")
    screen.until(lambda: screen.window.journey.ticket is not None)
    keep("ticket_shown", screen.window)
    screen.window.close()


if __name__ == "__main__":
    gui_application()
    draw_all(Path(sys.argv[1] if len(sys.argv) > 1 else "build/screens"), tuple(sys.argv[2:]) or tuple(PERSONS))
