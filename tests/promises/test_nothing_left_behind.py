"""Promise 9: when a visit ends nothing of it is on screen, in a field, in the clipboard, in a log or in a file."""

import gc
import os
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from structlog.testing import LogCapture

from kiosk.domain.request import PrintJobId
from kiosk.settings import ScreenSettings
from kiosk.workflows.print_job import PrintState
from tests.fakes.visits import AScreen, a_screen, walk
from ui.applicant.draft import Draft

# Words that nothing else in the program says.
WORDS = ("Zwjbqarrow", "Kzwxygiven", "0698712345", "9917283746")


@pytest.fixture
def log() -> LogCapture:
    capture = LogCapture()
    structlog.configure(processors=[capture])
    return capture


@pytest.fixture
def screen(fonts: tuple[str, ...], log: LogCapture, tmp_path: Path) -> Iterator[AScreen]:
    found = a_screen(tmp_path, settings=ScreenSettings(double_tap_ms=0))
    yield found
    found.window.close()
    found.kiosk.store.close()


def say_everything(screen: AScreen, *, until: str = "") -> None:
    """Walk a visit with words that can be found again."""
    walk(screen, "fr", until="names")
    screen.type_in("birth_name", WORDS[0])
    screen.type_in("given_names", WORDS[1])
    screen.tap("continue")
    screen.type_in("year", "1990")
    screen.tap("continue")
    screen.tap("country_DZ")
    screen.tap("continue")
    screen.type_in("foreigner_number", WORDS[3])
    screen.tap("continue")
    screen.type_in("phone", WORDS[2])
    QGuiApplication.clipboard().setText(WORDS[0])
    if until == "contact":
        return
    screen.tap("continue")
    screen.until_page("review")


def left_on_screen(screen: AScreen) -> list[str]:
    """Every text that a widget of the application still holds."""
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, 52)  # DeferredDelete: pages that were thrown away are gone
    found = []
    for widget in QApplication.allWidgets():
        texts = [widget.accessibleName(), widget.accessibleDescription(), widget.windowTitle(), widget.toolTip()]
        if isinstance(widget, QLabel | QLineEdit | QPushButton):
            texts.append(widget.text())
        found += [text for text in texts if any(word in text for word in WORDS)]
    return found


def left_in_memory(screen: AScreen) -> list[str]:
    """The draft is the only object that held the answers; none with a word in it is left."""
    gc.collect()
    drafts = [held for held in gc.get_objects() if isinstance(held, Draft)]
    return [repr(draft) for draft in drafts if any(word in repr(draft) for word in WORDS)]


def assert_nothing_is_left(screen: AScreen, log: LogCapture) -> None:
    assert left_on_screen(screen) == []
    assert left_in_memory(screen) == []
    assert QGuiApplication.clipboard().text() == ""
    assert [entry for entry in log.entries if any(word in str(entry) for word in WORDS)] == []


def test_erase_and_leave_leaves_nothing(screen: AScreen, log: LogCapture) -> None:
    """In the middle of typing."""
    say_everything(screen, until="contact")
    screen.tap("erase_and_leave")

    assert screen.window.page.name == "welcome"
    assert_nothing_is_left(screen, log)


def test_a_person_who_walks_away_leaves_nothing(screen: AScreen, log: LogCapture) -> None:
    """The warning stands unanswered; then everything is erased."""
    say_everything(screen)
    watch = screen.window._watch
    watch.begin_warning()
    assert screen.window.findChild(QLabel, "still_there_title") is not None
    for _ in range(screen.window._services.settings.warning_s):
        watch._tick()
    screen.until_page("welcome")

    assert_nothing_is_left(screen, log)


def test_a_finished_visit_leaves_nothing_on_the_screen(screen: AScreen, log: LogCapture) -> None:
    """The request is on disk, encrypted; on the machine's surface there is nothing."""
    say_everything(screen)
    screen.tap("confirm")
    screen.until_page("ticket_out")
    screen.tap("finish")
    screen.until_page("welcome")

    assert_nothing_is_left(screen, log)


def test_no_file_holds_a_word_of_the_visit_in_clear(screen: AScreen, tmp_path: Path) -> None:
    """Database, log of the database, temporary files: a stolen disk reveals nothing."""
    before = set(Path(tempfile.gettempdir()).iterdir())
    say_everything(screen)
    screen.tap("confirm")
    screen.until_page("ticket_out")
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    written += [path for path in set(Path(tempfile.gettempdir()).iterdir()) - before if path.is_file()]

    assert any(path.name == "borne.db" for path in written)
    for path in written:
        content = path.read_bytes() if os.access(path, os.R_OK) else b""
        assert [word for word in WORDS if word.encode() in content] == [], path


def test_the_next_visitor_never_sees_the_end_of_the_visit_before(
    fonts: tuple[str, ...], log: LogCapture, tmp_path: Path
) -> None:
    """Somebody leaves while the printer works; its late answer belongs to nobody any more."""
    may_print = threading.Event()

    def slow(_job: PrintJobId) -> PrintState:
        may_print.wait(10)
        return PrintState.CONFIRMED

    screen = a_screen(tmp_path, print_ticket=slow)
    say_everything(screen)
    screen.tap("confirm")
    screen.until_page("printing")
    screen.tap("erase_and_leave")
    screen.tap("language_ar")
    may_print.set()
    screen.window._background.close()
    QApplication.processEvents()

    assert screen.window.page.name == "notice"
    assert screen.window.journey.outcome is None
    assert left_on_screen(screen) == []
    screen.window.close()
    screen.kiosk.store.close()
