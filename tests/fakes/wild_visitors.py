"""A screen whose slow work happens when a test says so, and a visitor who does anything at any time."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from kiosk.domain.request import FilingOutcome, RequestContent
from kiosk.errors import StoreFullError
from kiosk.services.file_request import FileRequest
from tests.fakes.printers import ScriptedPrinter
from tests.fakes.visits import AScreen, a_screen
from ui.applicant.window import ApplicantWindow
from ui.kit.inactivity import InactivityWatch
from ui.kit.text_entry import TextEntry

Task = tuple[Callable[[], Any], Callable[[Any], None], Callable[[Exception], None]]


class Later:
    """Stands where threads stand: tasks wait, in their order, until the test lets one happen.

    Threads would make a sequence that fails once fail never again.
    """

    def __init__(self) -> None:
        self._waiting: deque[Task] = deque()

    def run(self, task: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[Exception], None]) -> None:
        """Keep a task."""
        self._waiting.append((task, done, failed))

    def happen(self) -> bool:
        """Do the oldest task and deliver its end; return whether there was one."""
        if not self._waiting:
            return False
        task, done, failed = self._waiting.popleft()
        try:
            result = task()
        except Exception as error:  # as the thread does: every failure is delivered
            failed(error)
        else:
            done(result)
        return True

    def close(self) -> None:
        """Do what was begun."""
        while self.happen():
            pass


@dataclass
class WildVisitor:
    """Does anything on a real window with a real store, and remembers what was confirmed and saved.

    Attributes:
        screen: window, store, printer.
        later: slow work.
        is_disk_full: whether filings fail now.
        confirmed: keys of the visits that confirmed.
        saved: keys of the filings that the service said to be durable.
    """

    screen: AScreen
    later: Later
    is_disk_full: bool = False
    confirmed: set[str] = field(default_factory=set)
    saved: set[str] = field(default_factory=set)

    @property
    def window(self) -> ApplicantWindow:
        """The applicant's window."""
        return self.screen.window

    @property
    def printer(self) -> ScriptedPrinter:
        """The printer."""
        assert isinstance(self.screen.kiosk.printer, ScriptedPrinter)
        return self.screen.kiosk.printer

    @property
    def watch(self) -> InactivityWatch:
        """What counts the time without a touch."""
        watch = self.window.findChild(InactivityWatch)
        assert watch is not None
        return watch

    def buttons(self, *, of_keyboard: bool = False) -> list[QPushButton]:
        """Return what can be tapped now: what lies under a message cannot."""
        above = self.window.message_above
        ground = above if above is not None else self.window
        keyboard = self.window.keyboard
        found = [
            button
            for button in ground.findChildren(QPushButton)
            if button.isVisibleTo(self.window) and button.isEnabled()
        ]
        keys = set(keyboard.findChildren(QPushButton)) if keyboard is not None else set()
        return [button for button in found if (button in keys) == of_keyboard]

    def tap(self, button: QPushButton) -> None:
        """Tap, as a finger does: it is a sign of life, too."""
        self.watch.note_life()
        self.settle()
        if button.isVisibleTo(self.window) and button.isEnabled():
            button.click()
        self.settle()

    def press(self, key: Qt.Key, text: str = "") -> None:
        """Press and release a key of a keyboard or a pad."""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            target = QApplication.focusWidget() or self.window
            QApplication.sendEvent(target, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))
        self.settle()

    def write(self, text: str) -> None:
        """Write into the line that has the focus, or else into the first one."""
        lines = [line for line in self.window.findChildren(TextEntry) if line.isVisibleTo(self.window)]
        focused = [line for line in lines if line.hasFocus()]
        for line in (focused or lines)[:1]:
            line.type_in(text)
        self.settle()

    def nobody_answers(self) -> None:
        """Let the time of a warning pass, where there is one."""
        while self.watch.is_warning:
            self.watch._tick()
        self.settle()

    def go_away(self) -> None:
        """Leave the screen alone until it is the welcome screen again."""
        self.later.close()
        for _ in range(6):
            if self.window.page.name == "welcome" and self.window.message_above is None:
                break
            if self.window._end.isActive():
                self.window._end.timeout.emit()
            elif self.watch._quiet.isActive():
                self.watch.begin_warning()
            self.nobody_answers()
            self.later.close()
        self.settle()

    def settle(self) -> None:
        """Let Qt do what waits."""
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def filed(self) -> set[str]:
        """Return the keys whose filing is on disk, each once, and nothing beside them."""
        with self.screen.kiosk.store.reading() as unit:
            found = {key for key in self.confirmed if unit.requests.by_idempotency_key(key) is not None}
            today = unit.journal.head().civil_date
            requests = unit.requests.filed_on(today) if today is not None else ()
            filings = [filing for request in requests for filing in request.filings]
        assert len(filings) == len(found), "a filing that nobody confirmed, or one that is there twice"
        return found

    def texts(self) -> str:
        """Return every text of every widget of the window."""
        found = []
        for widget in (self.window, *self.window.findChildren(QWidget)):
            found += [widget.accessibleName(), widget.accessibleDescription()]
            if isinstance(widget, QLabel | QLineEdit | QPushButton):
                found.append(widget.text())
        return "\n".join(found)

    def close(self) -> None:
        """End window and store."""
        self.window.close()
        self.window.deleteLater()
        self.settle()
        self.screen.kiosk.store.close()


def a_wild_visitor(folder: Path) -> WildVisitor:
    """Return a visitor before a fresh kiosk with a reader and a voice pad."""
    made: list[WildVisitor] = []

    def file(content: RequestContent, key: str) -> FilingOutcome:
        visitor = made[0]
        if visitor.is_disk_full:
            raise StoreFullError("no room")
        service = FileRequest(**visitor.screen.kiosk.parts, catalogue=visitor.screen.kiosk.catalogue)
        outcome = service(content, key)
        visitor.saved.add(key)
        return outcome

    later = Later()
    screen = a_screen(folder, file_request=file, has_scanner=True)
    screen.window._background.close()
    screen.window._background = later  # type: ignore[assignment]  # the same three verbs, without threads
    visitor = WildVisitor(screen, later)
    made.append(visitor)
    journey = screen.window.journey
    confirm = journey.confirm

    def confirmed() -> None:
        visitor.confirmed.add(journey.draft.key)
        confirm()

    journey.confirm = confirmed  # type: ignore[method-assign]  # a page asks for it when it is made
    return visitor
