"""Promise 9: when a visit ends nothing of it is on screen, in a field, in the clipboard, in a log or in a file."""

import gc
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from structlog.testing import LogCapture

from kiosk.domain.request import HelpChannel, PrintJobId
from kiosk.workflows.print_job import PrintState
from kiosk.workflows.visit import Filer
from tests.fakes.printers import ScriptedPrinter
from tests.fakes.visits import PERSONS, AScreen, a_screen, walk
from ui.applicant.draft import When
from ui.applicant.journey import Journey
from ui.kit.inactivity import InactivityWatch

# What nobody else in the process says: names of the visitors, their number, their telephone.
WORDS = ("Guessan", "Marie Aya", "بن عبد القادر", "محمد الأمين", "Ramanathan", "Priya", "9901234567", "0612345678")
ENDS = ("erase_and_leave", "warning", "last_page", "end_screen")


@pytest.fixture
def screen(fonts: tuple[str, ...], tmp_path: Path) -> Iterator[AScreen]:
    """A window on a store of its own."""
    (tmp_path / "store").mkdir()
    made = a_screen(tmp_path / "store")
    yield made
    gone(made.window)


def gone(window: QWidget) -> None:
    """Close a window for good."""
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def told_of(text: str) -> list[str]:
    """Which of the visitor's words a text holds."""
    return [word for word in WORDS if word in text]


def shown_texts(window: QWidget) -> str:
    """Every text of every widget, seen or hidden, of the whole application."""
    texts = []
    for widget in (*window.findChildren(QWidget), *QApplication.allWidgets()):
        texts += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.windowTitle()]
        if isinstance(widget, QLabel | QLineEdit):
            texts.append(widget.text())
    return "\n".join(texts)


def reachable_words(*roots: object) -> list[str]:
    """The visitor's words in any string that can be reached from an object."""
    found, seen, waiting = [], set(), list(roots)
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        if isinstance(thing, str):
            found += told_of(thing)
        elif not isinstance(thing, type) and type(thing).__name__ != "module" and not is_this_module(thing):
            waiting += gc.get_referents(thing)
    return found


def is_this_module(thing: object) -> bool:
    """Whether an object is the namespace of a module: its texts are the program's own."""
    return isinstance(thing, dict) and "__spec__" in thing and "__builtins__" in thing


def end_visit(screen: AScreen, end: str) -> None:
    """Walk through a visit and end it in one of the ways there are."""
    if end == "erase_and_leave":
        walk(screen, "fr", until="review")
        screen.tap("erase_and_leave")
    elif end == "warning":
        walk(screen, "ar", until="contact")
        screen.type_in("phone", "0612345678")
        let_the_warning_pass(screen)
    else:
        walk(screen, "fr")
        screen.until_page("ticket_out")
        if end == "last_page":
            screen.tap("finish")
        else:
            screen.window._end.setInterval(1)  # nobody waits half a minute here
            screen.window._end.start()
            screen.until(lambda: watch_of(screen).is_warning)
            let_the_warning_pass(screen, is_begun=True)
    screen.until_page("welcome")
    QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def watch_of(screen: AScreen) -> InactivityWatch:
    """What counts the time without a touch."""
    watch = screen.window.findChild(InactivityWatch)
    assert watch is not None
    return watch


def let_the_warning_pass(screen: AScreen, *, is_begun: bool = False) -> None:
    """Let nobody answer, without waiting for it."""
    watch = watch_of(screen)
    if not is_begun:
        watch.begin_warning()
    assert watch.is_warning
    for _ in range(20):
        watch._tick()


@pytest.mark.parametrize("end", ENDS)
def test_no_word_of_the_visitor_is_on_the_screen_or_in_memory(screen: AScreen, end: str) -> None:
    """Whatever ended the visit: no widget, no field, no object of window or journey knows the person."""
    end_visit(screen, end)

    assert told_of(shown_texts(screen.window)) == []
    paper = screen.kiosk.printer
    assert isinstance(paper, ScriptedPrinter)
    paper.on_paper.clear()  # the visitor took the slip along
    gc.collect()
    held = reachable_words(vars(screen.window), screen.window.journey, *screen.window.findChildren(QWidget))
    assert held == []
    journey = screen.window.journey
    assert (journey.outcome, journey.ticket, journey.print_state, journey.draft.key) == (None, None, None, "")


def test_nothing_is_left_of_who_came_along_nor_of_what_was_looked_for(screen: AScreen) -> None:
    """Helper, guardian, what happened elsewhere, the word of a search: in the draft alone, and gone with it."""
    journey = screen.window.journey
    journey.choose_language("fr")
    journey.read_notice()
    journey.look_for_words()
    screen.type_in("procedure_search", "Guessan")
    journey.choose_procedure(screen.kiosk.catalogue.procedures["ANEF-BLOCAGE"])
    draft = journey.draft
    draft.filer, draft.helper_name, draft.guardian_name = Filer.HELPER, "Ramanathan", "Priya"
    draft.help_times[HelpChannel.CONTACT_CENTRE] = When(reference="9901234567")
    journey.begin_telling()
    during = set(reachable_words(journey))
    del draft
    screen.tap("erase_and_leave")
    QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()

    assert during == {"Guessan", "Ramanathan", "Priya", "9901234567"}
    assert reachable_words(vars(screen.window), journey, *screen.window.findChildren(QWidget)) == []
    assert told_of(shown_texts(screen.window)) == []


@pytest.mark.parametrize("end", ENDS)
def test_the_clipboard_is_empty(screen: AScreen, end: str) -> None:
    """Even when something else had put the name there."""
    QGuiApplication.clipboard().setText("N'Guessan-Kouamé")

    end_visit(screen, end)

    assert QGuiApplication.clipboard().text() == ""


@pytest.mark.parametrize("end", ENDS)
def test_the_log_does_not_know_the_visitor(screen: AScreen, log: LogCapture, end: str) -> None:
    """Events tell what happened, never to whom."""
    end_visit(screen, end)

    assert [entry["event"] for entry in log.entries][-1] == "visit.ended"
    assert told_of(repr(log.entries)) == []


@pytest.mark.parametrize("end", ENDS)
def test_no_file_in_clear_holds_the_visitor(
    screen: AScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    """Neither a temporary file nor the encrypted store says the name to who reads the disk."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))

    end_visit(screen, end)

    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert list(temporary.rglob("*")) == []
    assert files
    for path in files:
        content = path.read_bytes()
        assert [word for word in WORDS if word.encode() in content] == [], path.name


@pytest.mark.parametrize("state", [PrintState.CONFIRMED, PrintState.FAILED, PrintState.UNCONFIRMED])
def test_the_next_visitor_never_sees_the_earlier_ones_late_print(
    fonts: tuple[str, ...], tmp_path: Path, state: PrintState
) -> None:
    """A slow printer answers to nobody when the person has left."""
    answer, asked = threading.Event(), threading.Event()

    def slow(_: PrintJobId) -> PrintState:
        asked.set()
        answer.wait(10)
        return state

    screen = a_screen(tmp_path, print_ticket=slow)
    walk(screen, "fr")
    screen.until_page("printing")
    screen.until(asked.is_set)
    screen.tap("erase_and_leave")
    screen.tap("language_ar")
    answer.set()
    drained = threading.Event()
    screen.window.run(lambda: None, lambda _: drained.set(), lambda _: None)
    screen.until(drained.is_set)

    assert screen.window.page.name == "notice"
    assert (screen.window.journey.print_state, screen.window.journey.ticket) == (None, None)
    assert told_of(shown_texts(screen.window)) == []
    gone(screen.window)


def test_the_visitor_is_in_memory_while_the_visit_lasts(screen: AScreen) -> None:
    """The searches above would find what is there."""
    walk(screen, "fr", until="birth_date")
    journey: Journey = screen.window.journey
    QGuiApplication.clipboard().clear()

    assert PERSONS["fr"].birth_name in journey.draft.birth_name
    assert set(reachable_words(journey)) == {"Guessan", "Marie Aya"}
    screen.tap("back")
    assert told_of(shown_texts(screen.window)) == ["Guessan", "Marie Aya"]
