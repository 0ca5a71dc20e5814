"""The applicant's window: a quiet frame around one page, with the two ways out that are always there."""

from collections.abc import Callable
from typing import Final, TypeVar

from PySide6.QtCore import QLocale, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from kiosk.translation import TextDomain, Translator
from kiosk.workflows.visit import VisitState
from ui.applicant.announcer import Announcer
from ui.applicant.bands import Asked, Bands
from ui.applicant.controls import controls_of, neighbour
from ui.applicant.guide import Guide
from ui.applicant.hall import Hall
from ui.applicant.idle_screen import IdleScreen
from ui.applicant.journey import Journey
from ui.applicant.messages import Messages
from ui.applicant.narrator import Narrator
from ui.applicant.overlay import Overlay
from ui.applicant.page import PageContext
from ui.applicant.pages import PAGES
from ui.applicant.services import ApplicantServices
from ui.devices.wedge_scanner import WedgeScanner
from ui.kit.background import Background
from ui.kit.comfort import USUAL, Voice
from ui.kit.idleness import SHIFT
from ui.kit.inactivity import InactivityWatch
from ui.kit.keyboard import OnScreenKeyboard, letter_layouts
from ui.kit.labels import lean_right
from ui.kit.memory import give_back_memory
from ui.kit.page_fade import PageFade
from ui.kit.paging import Paged
from ui.kit.scrolling import PageScroll
from ui.kit.text_entry import TextEntry
from ui.kit.theme import REFERENCE_HEIGHT, REFERENCE_WIDTH, Theme
from ui.kit.unwatched import unwatched

Result = TypeVar("Result")

_UNHURRIED: Final = frozenset({VisitState.IDLE, VisitState.SAVING, VisitState.PRINTING})
# What a person who sits does not reach of an upright screen (EN 301 549, 8.3; building rules 0.90 to 1.30 m).
_ABOVE_REACH: Final = 0.38
_ABOVE_KEYS: Final = 0.12
_LISTENING: Final = 3  # times the usual patience
_ENDS: Final = frozenset({VisitState.TICKET_OUT, VisitState.TICKET_SHOWN})
_BEFORE_SAVING: Final = frozenset(
    {VisitState.INFORMING, VisitState.CHOOSING, VisitState.GUIDING, VisitState.TELLING, VisitState.REVIEWING}
)


class ApplicantWindow(QWidget):
    """The kiosk's screen; it is the stage of the journey."""

    page_shown = Signal(str)
    said_over = Signal(str)  # a message came up above the page
    scanned = Signal(str)  # from whatever thread a reader works on

    journey: Journey

    def __init__(self, services: ApplicantServices) -> None:
        super().__init__()
        self.setObjectName("applicant")
        self.setWindowTitle("Borne")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.resize(REFERENCE_WIDTH, REFERENCE_HEIGHT)
        self._services = services
        self._theme: Theme | None = None
        self._background = Background(self)
        self._watch = InactivityWatch(services.settings.inactivity_s, services.settings.warning_s, self)
        self._watch.warned.connect(self._warn)
        # Queued: the tap that keeps the visit alive must still meet the message, not the button below it.
        self._watch.extended.connect(self._stay, Qt.ConnectionType.QueuedConnection)
        self._watch.ended.connect(self._abandon)
        self._end = QTimer(self, singleShot=True, interval=services.settings.end_screen_s * 1000)
        self._end.timeout.connect(self._watch_end)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        # The screen has the size that it has: a page that needs more is a fault that a test finds, not a larger window.
        self._column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._frame: QWidget | None = None
        self._theme_overlay: Overlay | None = None
        self._fade = PageFade(self, services.settings.fade_ms)
        self.hall = Hall(services, self)
        self.hall.changed.connect(self._hall_changed)
        self._told_readiness = self.hall.readiness
        self.journey = Journey(services, self, self.hall)
        self.messages = Messages(services, self.journey, lambda: self._overlay, self._tell_control)
        self.idle = IdleScreen(self, services)
        self.scanned.connect(self._take_scan)
        self._filters: list[QObject] = [self._watch]
        self.show_page()
        self._narrator = Narrator(self, services.speech)
        self._filters.append(Guide(self, self._narrator))
        Announcer(self)

    @property
    def is_between_visits(self) -> bool:
        """Whether nobody is here: the welcome stands there as the next visitor expects it."""
        return self.journey.state is VisitState.IDLE and not self._is_left_changed()

    # The stage -----------------------------------------------------------------------------------------------------

    def show_page(self) -> None:
        """Make the page anew and show it with its frame."""
        melts = self._is_melting()
        if melts:
            self._fade.keep()
        # In this order: a reader that types takes its keys before the guide does, and the screen at rest before all.
        readers = self.findChildren(WedgeScanner, options=Qt.FindChildOption.FindDirectChildrenOnly)
        with unwatched(*self._filters, *readers, *self.idle.filters):
            self._build_page()
        if melts:
            self._fade.begin()
        self._attend()
        self.page_shown.emit(self.page.name)

    def _is_melting(self) -> bool:
        """Whether the page melts into the next: one page of a visit into another, for who changed nothing.

        Never into the welcome: a picture of what somebody said does not outlive the visit, not for a tenth of a second.
        """
        is_next = self._frame is not None and self.page.name != self.journey.page
        in_visit = self.journey.state is not VisitState.IDLE and self.journey.comfort == USUAL
        return is_next and in_visit and self._services.settings.fade_ms > 0 and self.isVisible()

    def _build_page(self) -> None:
        theme = self._fitting_theme()
        tr = Translator.of(self.journey.draft.language, TextDomain.SCREENS)
        right_to_left = tr.language.is_right_to_left
        context = PageContext(theme, tr, self.journey.answers, self._services, self.journey, self.hall)
        frame = QWidget()
        # Of what is new alone: the window would turn the page that goes as well, before it goes.
        for part in (frame, self._overlay):
            part.setLayoutDirection(Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight)
            part.setLocale(QLocale(tr.language.locale))
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.page = PAGES[self.journey.page](context)
        self.page.told.connect(self.said_over)
        bands = Bands(context, self.page, Asked(self.messages.ask_comfort, self.messages.ask_language, self._read_page))
        top = bands.top()
        column.addWidget(top)
        if self.journey.comfort.is_low and not theme.is_wide:
            # Keys lie at the foot of the screen anyway, and what is typed should be seen whole above them.
            column.addSpacing(round(self.height() * (_ABOVE_KEYS if self.page.entries else _ABOVE_REACH)))
        self._scroll = PageScroll(theme, self.page)
        column.addWidget(Paged(self._scroll, theme, tr), 1)
        self.keyboard = self._keyboard(theme, tr)
        if self.keyboard is not None:
            column.addWidget(self.keyboard)
        bottom = bands.bottom()
        column.addWidget(bottom)
        self.parts = (self.page, bottom, top)
        if right_to_left:
            lean_right(frame)
        self._replace_frame(frame)

    def wipe(self) -> None:
        """Clear fields and clipboard; the page itself is thrown away by the next one."""
        self._fade.forget()
        for entry in self.findChildren(TextEntry):
            entry.clear()
        clipboard = QGuiApplication.clipboard()
        clipboard.clear()
        QTimer.singleShot(0, self, give_back_memory)  # once the welcome is there
        if clipboard.supportsSelection():
            clipboard.clear(clipboard.Mode.Selection)

    def run(
        self, task: Callable[[], Result], done: Callable[[Result], None], failed: Callable[[Exception], None]
    ) -> None:
        """Run a slow task on a background thread."""
        self._background.run(task, done, failed)

    def shift(self, place: tuple[int, int] | None) -> None:
        """Draw everything some pixels right and down, so that nothing is burnt into the panel; None: as usual."""
        right, down = place or (0, 0)
        room = SHIFT if place is not None else 0  # the same size at each place, so that nothing else changes
        self._column.setContentsMargins(right, down, room - right, room - down)

    def note_life(self) -> None:
        """Somebody did something that is no touch and no key of a field."""
        self._watch.note_life()

    def close_message(self) -> None:
        """Take away what stands over the page."""
        self._overlay.hide()

    @property
    def message_above(self) -> QWidget | None:
        """What stands over the page and must be answered first, if anything does."""
        return self._overlay if self._overlay.isVisible() else None

    def controls(self) -> list[QWidget]:
        """Return what can be operated now, in the order in which it is read: the page, then what is always there."""
        above = self.message_above
        if above is not None:
            return controls_of(above)
        return [control for part in self.parts for control in controls_of(part)]

    def step_focus(self, step: int) -> QWidget | None:
        """Go on to the next control, or back to the one before; return it, None where there is none."""
        focused = QApplication.focusWidget()
        now = focused if focused is not None and focused.isVisible() else None
        control = neighbour(self.controls(), now, step)
        if control is not None:
            control.setFocus(Qt.FocusReason.TabFocusReason if step > 0 else Qt.FocusReason.BacktabFocusReason)
            self.bring_into_sight(control)
        return control

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002  # Qt's name
        """Let Tab walk as the keys of the pad do: also over what came up while the page was shown."""
        return self.step_focus(1 if next else -1) is not None

    def bring_into_sight(self, control: QWidget) -> None:
        """Scroll until a control is seen."""
        above: QWidget | None = control.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(control)
            above = above.parentWidget()

    # The frame -----------------------------------------------------------------------------------------------------

    def _fitting_theme(self) -> Theme:
        theme = Theme.for_size(self.width(), self.height(), self.journey.comfort)
        if theme != self._theme:
            self._theme = theme
            self.setStyleSheet(theme.style_sheet())
            if self._theme_overlay is not None:
                self._theme_overlay.deleteLater()
            self._theme_overlay = Overlay(self, theme, self._services.settings.double_tap_ms)
            self._theme_overlay.shown.connect(self.said_over)
            self._theme_overlay.shown.connect(self._attend_message)
        return theme

    def _read_page(self) -> None:
        self._narrator.read_page()

    def _tell_control(self, control: QWidget) -> None:
        self._narrator.tell_control(control)

    def _keyboard(self, theme: Theme, tr: Translator) -> OnScreenKeyboard | None:
        if not self.page.entries:
            return None
        keyboard = OnScreenKeyboard(theme, tr, letter_layouts(tr.language.code))
        for entry in self.page.entries:
            entry.focused.connect(keyboard.write_for)
        keyboard.write_for(self.page.entries[0])
        return keyboard

    def _replace_frame(self, frame: QWidget) -> None:
        old = self._frame
        if old is not None:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._column.addWidget(frame)
        # Now, not when the event loop comes to it: nobody shall see an empty screen between two pages.
        frame.show()
        self._column.activate()
        self._frame = frame
        # Without an entry nobody is at a control yet: the first step leads to the first one. Each page takes the focus,
        # so that assistive technology is told that there is another.
        first = self.page.entries[0] if self.page.entries else self.page
        first.setFocus()

    # The time ------------------------------------------------------------------------------------------------------

    def _attend(self) -> None:
        self._overlay.hide()
        self._end.stop()
        state = self.journey.state
        if state in _ENDS:
            self._end.start()
        self._watch.be_patient(_LISTENING if self.journey.comfort.voice is not Voice.OFF else 1)
        is_unhurried = state in _UNHURRIED or self.journey.is_working
        if (is_unhurried and not self._is_left_changed()) or state in _ENDS:
            self._watch.pause()
        else:
            self._watch.start()
        self.idle.attend()

    def _hall_changed(self) -> None:
        """Show what has become of hours, store and printer: at once where nobody is, in words during a visit."""
        was_able, can_save = self._told_readiness.can_save, self.hall.readiness.can_save
        self._told_readiness = self.hall.readiness
        if self.journey.state is VisitState.IDLE:
            if self.page.name != self.hall.page:
                self.idle.wake()
            self.show_page()
            return
        self.page.take_readiness()
        self._scroll.fit()
        if was_able and not can_save and self.journey.state in _BEFORE_SAVING:
            self.messages.show_not_able()

    def _attend_message(self, _text: str) -> None:
        """Somebody who called a message onto the welcome screen may go away and leave it there."""
        if self.journey.state is VisitState.IDLE and not self._watch.is_warning:
            self._watch.start()

    def _is_left_changed(self) -> bool:
        """Whether the welcome screen is not as the next visitor expects it."""
        is_changed = not self.journey.is_untouched or self.message_above is not None
        return self.journey.state is VisitState.IDLE and is_changed

    @property
    def _overlay(self) -> Overlay:
        assert self._theme_overlay is not None, "made with the first page"
        return self._theme_overlay

    def _take_scan(self, text: str) -> None:
        """Hand a scan to the journey; it is a sign of life like a touch."""
        self.note_life()
        self.journey.scanned(text)

    def _watch_end(self) -> None:
        """The last screen has stood long enough: ask before it goes, a photo may still be taken."""
        self._watch.begin_warning()

    def _warn(self) -> None:
        if self.journey.state is VisitState.IDLE and not self._is_left_changed():  # the message was taken away in time
            self._watch.pause()
            return
        self.messages.ask_still_there()

    def _stay(self) -> None:
        self._overlay.hide()
        if self.journey.state in _ENDS:
            self._watch.pause()
            self._end.start()

    def _abandon(self) -> None:
        self._overlay.hide()
        self.journey.leave()

    # Qt ------------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out again for another size."""
        super().resizeEvent(event)
        fitting = Theme.for_size(self.width(), self.height(), self.journey.comfort)
        if self._frame is not None and fitting != self._theme:
            self.show_page()
        self._overlay.setGeometry(self.rect())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Wait for what is being saved, then go."""
        self._watch.pause()
        self._end.stop()
        self._fade.forget()
        self.idle.close()
        self.hall.close()
        self._background.close()
        super().closeEvent(event)
