"""Draw every screen of a visit in every language and at both sizes: ``python -m tests.screens OUTDIR``."""

import os
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QPushButton, QWidget  # the platform is chosen above

from kiosk.errors import StoreError
from tests.fakes.other_ways import look_at_other_ways
from tests.fakes.printers import PrinterMood, ScriptedPrinter
from tests.fakes.visits import PERSONS, RETURNING, AScreen, a_screen, walk, walk_back
from ui.composition import gui_application
from ui.kit.comfort import USUAL, Comfort, Contrast, TextSize

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZES = ((1080, 1920), (1280, 1024), (1920, 1080))
LARGEST = Comfort(TextSize.LARGEST, Contrast.STRONG, is_low=True)
Keep = Callable[[str, QWidget], None]


@dataclass(frozen=True)
class View:
    """A screen and how the visitor wants it."""

    size: tuple[int, int]
    comfort: Comfort = USUAL

    @property
    def name(self) -> str:
        """For example ``1080x1920-largest``."""
        extra = "" if self.comfort == USUAL else f"-{self.comfort.text_size}"
        return f"{self.size[0]}x{self.size[1]}{extra}"


VIEWS = (*map(View, SIZES), View(SIZES[0], LARGEST))


def draw_all(out: Path, languages: tuple[str, ...]) -> None:
    """Draw the pages of a visit, its ends, and what can come between."""
    for view in VIEWS:
        for language in languages:
            folder = out / f"{language}-{view.name}"
            folder.mkdir(parents=True, exist_ok=True)
            _draw(folder, language, view)


def _draw(folder: Path, language: str, view: View) -> None:
    number = iter(range(1, 99))

    def keep(name: str, window: QWidget) -> None:
        for _ in range(2):  # laid out, then painted
            QApplication.processEvents()
        window.grab().save(str(folder / f"{next(number):02d}-{name}.png"))

    with tempfile.TemporaryDirectory() as place:
        for rank, visit in enumerate(VISITS):
            (Path(place) / str(rank)).mkdir()
            visit(Path(place) / str(rank), language, view, keep)


def _with_paper(place: Path, language: str, view: View, keep: Keep) -> None:
    with _window(a_screen(place), view) as screen:

        def look(name: str, window: QWidget) -> None:
            keep(name, window)
            if name == "review":
                hold = window.findChild(QPushButton, "hold_to_read")
                if hold is None:
                    raise LookupError("hold_to_read")
                hold.pressed.emit()
                keep("review_held", window)
                hold.released.emit()

        walk(screen, language, seen=look)
        screen.until_page("printing")
        keep("printing", screen.window)
        screen.until_page("ticket_out")
        keep("ticket_out", screen.window)
        for button in ("agent", "language", "comfort"):
            screen.tap(button)
            keep(button, screen.window)


def _without_paper(place: Path, language: str, view: View, keep: Keep) -> None:
    with _window(a_screen(place, printer=ScriptedPrinter(PrinterMood.REFUSE)), view) as screen:
        walk(screen, language)
        screen.until_page("ticket_shown")
        keep("ticket_shown", screen.window)


def _not_sure(place: Path, language: str, view: View, keep: Keep) -> None:
    with _window(a_screen(place, printer=ScriptedPrinter(PrinterMood.LOSE_THE_ANSWER)), view) as screen:
        walk(screen, language)
        screen.until_page("ticket_shown")
        keep("ticket_not_sure", screen.window)


def _not_saved(place: Path, language: str, view: View, keep: Keep) -> None:
    may_refuse = threading.Event()

    def refusing(*_: object) -> None:
        may_refuse.wait(10)
        raise StoreError("the disk is full")

    with _window(a_screen(place, file_request=refusing), view) as screen:  # type: ignore[arg-type]  # it never returns
        walk(screen, language)
        screen.until_page("saving")
        keep("saving", screen.window)
        may_refuse.set()
        screen.until_page("not_saved")
        keep("not_saved", screen.window)


def _another_service(place: Path, language: str, view: View, keep: Keep) -> None:
    with _window(a_screen(place), view) as screen:
        journey, procedures = screen.window.journey, screen.kiosk.catalogue.procedures
        journey.choose_language(language)
        journey.read_notice()
        for code in ("ASILE", "NATURALISATION"):
            journey.choose_procedure(procedures[code])
            journey.hand_off()
            keep(f"guidance-{code}", screen.window)
            journey.go_back()
        journey.choose_procedure(procedures["ANEF-BLOCAGE"])
        journey.begin_telling()
        screen.tap("continue")
        keep("names_refused", screen.window)
        journey.draft.birth_name = "O"
        while screen.window.page.name != "attempts":
            journey.answer()
        keep("attempts", screen.window)
        screen.window._warn()
        keep("warning", screen.window)


def _other_ways(place: Path, language: str, view: View, keep: Keep) -> None:
    with _window(a_screen(place), view) as screen:
        look_at_other_ways(screen, language, lambda page, window: keep(page.replace(" ", "_"), window))


def _back_with_a_ticket(place: Path, language: str, view: View, keep: Keep) -> None:
    with _window(a_screen(place), view) as screen:
        seen: set[str] = set()

        def look(name: str, window: QWidget) -> None:
            if name not in {"welcome", "notice", "groups"}:
                keep(f"back-{name}" if name not in seen else f"back-{name}-again", window)
            seen.add(name)

        walk_back(screen, language, seen=look)


def _not_recognised(place: Path, language: str, view: View, keep: Keep) -> None:
    with _window(a_screen(place, has_scanner=True), view) as screen:
        journey = screen.window.journey
        journey.choose_language(language)
        journey.read_notice()
        journey.come_back()
        keep("back-find_ticket", screen.window)
        journey.scanned("38-B1-261120-0042-X")
        screen.until_page("request_elsewhere")
        keep("back-request_elsewhere", screen.window)
        journey.go_back()
        journey.scanned(screen.kiosk.file(RETURNING).request.reference)
        screen.until_page("prove_birth_date")
        screen.tap("no_birth_date")
        keep("back-prove_name", screen.window)
        for _ in range(3):
            screen.type_in("birth_name", "O")
            screen.tap("continue")
            screen.until(lambda: journey.returning is not None and not journey.returning.is_asking)
        keep("back-agent_needed", screen.window)


VISITS = (
    _with_paper,
    _without_paper,
    _not_sure,
    _not_saved,
    _another_service,
    _other_ways,
    _back_with_a_ticket,
    _not_recognised,
)


@contextmanager
def _window(screen: AScreen, view: View) -> "Iterator[AScreen]":
    screen.window.resize(*view.size)
    screen.window.journey.choose_comfort(view.comfort)
    yield screen
    screen.window.close()


if __name__ == "__main__":
    gui_application()
    draw_all(Path(sys.argv[1] if len(sys.argv) > 1 else "build/screens"), tuple(sys.argv[2:]) or tuple(PERSONS))
