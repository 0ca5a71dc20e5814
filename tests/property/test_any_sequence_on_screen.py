"""Whatever people, printers and disks do, in any order: it ends at a clean welcome, with what was confirmed on disk."""

import gc
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from kiosk.workflows.print_job import PrintState
from kiosk.workflows.visit import VisitState
from tests.fakes.documents import a_permit
from tests.fakes.printers import PrinterMood
from tests.fakes.wild_visitors import WildVisitor, a_wild_visitor

NAMES = ("N'Guessan-Kouamé", "بن عبد القادر", "Ramanathan", "28", "2027")
SECRETS = ("Guessan", "بن عبد القادر", "Ramanathan", "BENALI", "AMINA")
SCANS = (a_permit(), a_permit()[:40], a_permit(names="X<<Y"), "nothing", "", "\x00<<<<", "P<" * 200)
KEYS = (
    *(Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Return),
    *(Qt.Key.Key_Escape, Qt.Key.Key_F1, Qt.Key.Key_Space, Qt.Key.Key_Backspace, Qt.Key.Key_VolumeUp),
)
LANGUAGES = ("fr", "ar", "ta", "zh-Hans")
FORWARD = ("finish", "continue", "confirm", "take_number", "keep_trace", "that_is_me", "write")
CARDS = ("language_", "group_", "procedure_", "country_")
Hook = Callable[[type[BaseException], BaseException, TracebackType | None], object]


class AnySequence(RuleBasedStateMachine):
    """One kiosk, from its start, through whatever happens."""

    def __init__(self) -> None:
        super().__init__()
        QGuiApplication.clipboard().clear()  # another test may have copied something
        self.folder = tempfile.TemporaryDirectory(prefix="borne-any-")
        self.visitor: WildVisitor = a_wild_visitor(Path(self.folder.name))
        self.errors: list[BaseException] = []
        self.hook: Hook = sys.excepthook
        sys.excepthook = lambda _kind, error, _trace: self.errors.append(error)  # what a slot raises arrives here

    # What people do ------------------------------------------------------------------------------------------------

    @rule(language=st.sampled_from(LANGUAGES))
    def begin(self, language: str) -> None:
        """Choose a language, or change it in the middle."""
        for button in self.visitor.buttons():
            if button.objectName() in (f"language_{language}", "language"):
                self.visitor.tap(button)
                return

    @rule(choices=st.lists(st.integers(0, 30), min_size=1, max_size=14), happens=st.booleans())
    def go_on(self, choices: list[int], happens: bool) -> None:
        """Take the way on, or one of the cards, some pages long."""
        for choice in choices:
            if self.visitor.window.page.name == "names":
                self.visitor.write(NAMES[choice % 3])
            self._go_on(choice)
            if happens:
                self.slow_work_happens()

    def _go_on(self, choice: int) -> None:
        buttons = {button.objectName(): button for button in self.visitor.buttons()}
        forward = [buttons[name] for name in FORWARD if name in buttons]
        cards = [button for name, button in buttons.items() if name.startswith(CARDS)]
        if cards and (choice % 2 or not forward):
            self.visitor.tap(cards[choice % len(cards)])
        elif forward:
            self.visitor.tap(forward[0])

    @rule(choice=st.integers(0, 1000))
    def tap_anything(self, choice: int) -> None:
        """Tap whatever can be tapped."""
        buttons = self.visitor.buttons()
        self.visitor.tap(buttons[choice % len(buttons)])

    @rule(choices=st.lists(st.integers(0, 1000), min_size=1, max_size=4))
    def tap_keys(self, choices: list[int]) -> None:
        """Write with the keys of the screen."""
        for choice in choices:
            keys = self.visitor.buttons(of_keyboard=True)
            if keys:
                self.visitor.tap(keys[choice % len(keys)])

    @rule(text=st.sampled_from(NAMES))
    def write(self, text: str) -> None:
        """Write a text."""
        self.visitor.write(text)

    @rule(key=st.sampled_from(KEYS))
    def press(self, key: Qt.Key) -> None:
        """Press a key of a keyboard or of the pad."""
        self.visitor.press(key)

    @rule(text=st.sampled_from(SCANS))
    def scan(self, text: str) -> None:
        """Lay something on the reader."""
        self.visitor.window.scanned.emit(text)
        self.visitor.settle()

    # What time and machines do -------------------------------------------------------------------------------------

    @rule()
    def slow_work_happens(self) -> None:
        """A filing, a print, a call comes to its end."""
        self.visitor.later.happen()
        self.visitor.settle()

    @precondition(lambda self: self.visitor.watch._quiet.isActive())
    @rule(answers=st.booleans())
    def time_passes(self, answers: bool) -> None:
        """Nobody touches the screen for a minute, and then somebody does, or not."""
        self.visitor.watch.begin_warning()
        self.visitor.settle()
        if not answers:
            self.visitor.nobody_answers()

    @precondition(lambda self: self.visitor.window._end.isActive())
    @rule()
    def the_last_page_stands_long(self) -> None:
        """The last page has been there for its time."""
        self.visitor.window._end.timeout.emit()
        self.visitor.settle()

    @rule(mood=st.sampled_from(PrinterMood))
    def the_printer_changes(self, mood: PrinterMood) -> None:
        """Paper, cover, silence, a bug of the driver."""
        self.visitor.printer.mood = mood

    @rule(is_full=st.booleans())
    def the_disk_fills(self, is_full: bool) -> None:
        """No room, and room again."""
        self.visitor.is_disk_full = is_full

    @rule(size=st.sampled_from([(1080, 1920), (1280, 1024), (1920, 1080)]))
    def the_screen_turns(self, size: tuple[int, int]) -> None:
        """Another size."""
        self.visitor.window.resize(*size)
        self.visitor.settle()

    # What holds all the time ---------------------------------------------------------------------------------------

    @invariant()
    def nothing_failed(self) -> None:
        """No error went astray in a slot."""
        assert self.errors == []

    @invariant()
    def what_is_said_is_true(self) -> None:
        """A page that says saved, or printed, follows what is on disk."""
        journey = self.visitor.window.journey
        if journey.state in (VisitState.PRINTING, VisitState.TICKET_OUT, VisitState.TICKET_SHOWN):
            assert journey.outcome is not None
            assert journey.draft.key in self.visitor.saved
        if journey.state is VisitState.TICKET_OUT and journey.outcome is not None:
            job = journey.outcome.filing.print_job_id
            assert self.visitor.screen.kiosk.state_of(job) is PrintState.CONFIRMED
        if journey.state is VisitState.IDLE:
            assert self.visitor.window.page.name == "welcome"

    def teardown(self) -> None:
        """Everybody goes away."""
        try:
            self.visitor.go_away()
            self._check_the_end()
        finally:
            sys.excepthook = self.hook
            self.visitor.close()
            self.folder.cleanup()

    def _check_the_end(self) -> None:
        visitor = self.visitor
        assert self.errors == []
        assert visitor.window.page.name == "welcome"
        assert visitor.window.message_above is None
        gc.collect()
        texts = visitor.texts()
        assert [word for word in SECRETS if word in texts] == []
        assert QGuiApplication.clipboard().text() == ""
        assert visitor.saved <= visitor.confirmed
        assert visitor.filed() == visitor.saved
        assert visitor.screen.kiosk.verified().is_whole


@pytest.mark.timeout(300)
@pytest.mark.usefixtures("fonts")
def test_any_sequence_ends_at_a_clean_welcome_with_what_was_confirmed_on_disk() -> None:
    """Taps, keys, scans, timeouts, printer and disk, in any order."""
    AnySequence.TestCase.settings = settings(
        max_examples=15,
        stateful_step_count=50,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to make it shorter takes longer than a suite may
    )
    AnySequence.TestCase().runTest()
