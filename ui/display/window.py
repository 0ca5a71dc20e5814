"""The window of the hall display: the newest call huge, the nine before it, what to do, and how old all this is."""

from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

import structlog
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from kiosk.domain.moment import ClockReading
from kiosk.domain.place import Site
from kiosk.log_events import LogEvent
from kiosk.ports.call_board import CallBoard, HallCall
from kiosk.ports.clock import Clock
from kiosk.translation import SOURCE_LANGUAGE, TextDomain, Translator
from ui.display.appearance import AGED, CURRENT, Colours, Sizes, style_sheet
from ui.display.board_watch import BoardNews
from ui.display.fitted_text import FittedText, in_lines
from ui.display.newness import Newness
from ui.display.sentences import Situation, in_turns, written

ROWS: Final = 9
AGED_AFTER_MS: Final = 10_000
SENTENCE_FOR_MS: Final = 8_000
_TICK_EVERY_MS: Final = 500
_CENTRED: Final = Qt.AlignmentFlag.AlignHCenter


class DisplayWindow(QWidget):
    """Shows :class:`BoardNews`; reads nothing by itself, and notices by itself when news stay away.

    ``news`` may be emitted from any thread; the window paints on its own.
    """

    news = Signal(object)

    def __init__(self, site: Site, clock: Clock) -> None:
        super().__init__()
        self.setObjectName("display")
        self._tr = Translator.of(SOURCE_LANGUAGE, TextDomain.SCREENS)
        self._clock, self._zone = clock, ZoneInfo(site.departement.timezone)
        self._board, self._read_at = CallBoard(), clock.read()
        self._is_read = False  # nothing is said of a hall that was never seen
        self._newness = Newness()
        self._is_aged = False
        self.setWindowTitle(self._tr.text("display", "Borne - appels"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self._service = FittedText("service", bold=True)
        self._service.show_ways(*in_lines(site.service_name))
        self._notice = FittedText("notice")
        self._time = FittedText("clock", bold=True, alignment=Qt.AlignmentFlag.AlignRight)
        self._caption = FittedText("caption", alignment=_CENTRED)
        self._number = FittedText("number", bold=True, alignment=_CENTRED)
        self._word = FittedText("word", alignment=_CENTRED)
        self._counter = FittedText("counter", bold=True, alignment=_CENTRED)
        self._rows = [FittedText(f"row{rank}") for rank in range(1, ROWS + 1)]
        self._sentence = FittedText("sentence", alignment=_CENTRED)
        self._header, self._footer = _frame("header"), _frame("footer")
        self._newest, self._before = _frame("newest"), _frame("before")
        self._newest_column = QVBoxLayout(self._newest)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._bands = [QHBoxLayout(self._header), QHBoxLayout(self._footer)]
        self._lay_out()
        self._ticking = QTimer(self)
        self._ticking.timeout.connect(self.tick)
        self._ticking.start(_TICK_EVERY_MS)
        self.news.connect(self.show_news, Qt.ConnectionType.QueuedConnection)
        self.tick()

    @property
    def is_aged(self) -> bool:
        """Whether the screen says that it does not know any more what is called."""
        return self._is_aged

    def show_news(self, news: BoardNews) -> None:
        """Paint everything from one value."""
        if news.board != self._board:
            newest = news.board.calls[0].seq if news.board.calls else 0
            structlog.get_logger().info(LogEvent.BOARD_SHOWN, seq=newest, count=len(news.board.calls))
        self._board, self._read_at, self._is_read = news.board, news.read_at, True
        self._newness.see(news.board.calls, news.read_at.monotonic_ms)
        self.tick()

    def tick(self) -> None:
        """Paint what changes while nothing happens: the time, the age, the sentence, what is no longer new."""
        now = self._clock.read()
        self._time.show_text(self._legal_time(now))
        self._show_age(now)
        calls = self._board.calls
        self._show_newest(calls[0] if calls else None, now)
        for row, call in zip(self._rows, _filled(calls[1:]), strict=True):
            self._show_row(row, call, now)
        self._show_sentence(now)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._size_everything()
        self.tick()  # a wide screen writes the newest call otherwise than a high one

    def _legal_time(self, reading: ClockReading) -> str:
        return f"{reading.utc.astimezone(self._zone):%H:%M}"

    def _show_age(self, now: ClockReading) -> None:
        is_aged = now.monotonic_ms - self._read_at.monotonic_ms > AGED_AFTER_MS
        since = self._legal_time(self._read_at)
        if is_aged:
            text = self._tr.text("display", "Numéros non mis à jour depuis {time}")
        elif self._is_read:
            text = self._tr.text("display", "Numéros à jour à {time}")
        else:
            text = ""
        self._notice.show_ways(*in_lines(text.format(time=since)))
        if is_aged != self._is_aged:
            self._is_aged = is_aged
            event = LogEvent.BOARD_AGED if is_aged else LogEvent.BOARD_RECOVERED
            structlog.get_logger().warning(event, screen="display")
            _set_state(self._notice, "aged", value=is_aged)
            self._service.setVisible(not is_aged)
            self._size_everything()

    def _show_newest(self, call: HallCall | None, now: ClockReading) -> None:
        _set_state(self._newest, "new", value=call is not None and self._is_new(call, now))
        has_call = call is not None and not self._board.is_closed
        for part in (self._caption, self._counter, self._before):
            part.setVisible(has_call)
        self._word.setVisible(has_call and self._sizes.is_wide)
        if not self._is_read:
            self._number.show_text("")
        elif self._board.is_closed:
            self._number.show_text(self._tr.text("display", "Fermé"))
        elif call is None:
            self._number.show_ways(*in_lines(self._tr.text("display", "Aucun appel pour l'instant")))
        else:
            self._show_call(call)

    def _show_call(self, call: HallCall) -> None:
        word = f"→ {self._tr.text('display', 'Guichet')}"
        self._newest.setAccessibleName(f"{call.call_number} {word} {call.counter}")
        self._number.show_text(call.call_number)
        self._word.show_text(word)
        if self._sizes.is_wide:
            self._counter.show_ways(*in_lines(call.counter))
        else:
            self._counter.show_ways((f"{word} {call.counter}",), (word, call.counter))

    def _show_row(self, row: FittedText, call: HallCall | None, now: ClockReading) -> None:
        is_shown = call is not None and not self._board.is_closed
        _set_state(row, "empty", value=not is_shown)
        _set_state(row, "new", value=call is not None and is_shown and self._is_new(call, now))
        if call is None or not is_shown:
            row.show_text("")
            return
        full = f"{call.call_number} → {self._tr.text('display', 'Guichet')} {call.counter}"
        row.show_ways((full,), (f"{call.call_number} → {call.counter}",))

    def _is_new(self, call: HallCall, now: ClockReading) -> bool:
        return not self._is_aged and self._newness.is_new(call, now.monotonic_ms)

    def _show_sentence(self, now: ClockReading) -> None:
        situation = Situation.CLOSED if self._board.is_closed else Situation.OPEN
        turns = in_turns(self._board.waiting_languages)
        language = turns[now.monotonic_ms // SENTENCE_FOR_MS % len(turns)]
        told = written(Situation.AGED if self._is_aged else situation, language)
        self._sentence.show_ways(*in_lines(told, most=3))

    def _size_everything(self) -> None:
        sizes = self._sizes
        self.setStyleSheet(style_sheet(self._colours, sizes))
        self._header.setFixedHeight(sizes.header)
        self._footer.setFixedHeight(sizes.footer)
        self._body.setContentsMargins(*[sizes.gap] * 4)
        self._body.setSpacing(sizes.gap)
        direction = QBoxLayout.Direction.LeftToRight if sizes.is_wide else QBoxLayout.Direction.TopToBottom
        self._body.setDirection(direction)
        for part, share in enumerate((43, 57) if sizes.is_wide else (36, 64)):
            self._body.setStretch(part, share)
        for band, margin in zip(self._bands, (sizes.gap // 2, 0), strict=True):
            band.setContentsMargins(2 * sizes.gap, margin, 2 * sizes.gap, margin)
        self._newest_column.setContentsMargins(0, sizes.gap, 0, sizes.gap)
        self._service.set_capitals(sizes.service)
        self._time.set_capitals(sizes.clock)
        self._notice.set_capitals(sizes.clock if self._is_aged else sizes.notice)
        self._caption.set_capitals(sizes.caption, padding_px=sizes.gap)
        self._number.set_capitals(sizes.number, padding_px=2 * sizes.gap)
        self._word.set_capitals(sizes.row, padding_px=2 * sizes.gap)
        self._counter.set_capitals(sizes.counter, padding_px=2 * sizes.gap)
        for row in self._rows:
            row.set_capitals(sizes.row, padding_px=2 * sizes.gap)
        self._sentence.set_capitals(sizes.sentence)

    @property
    def _sizes(self) -> Sizes:
        return Sizes.for_window(self.width(), self.height())

    @property
    def _colours(self) -> Colours:
        return AGED if self._is_aged else CURRENT

    def _lay_out(self) -> None:
        page = QVBoxLayout(self)
        page.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # the screen has the size that it has
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._header)
        page.addLayout(self._body, 1)
        page.addWidget(self._footer)
        titles = QVBoxLayout()
        titles.addWidget(self._service, 62)
        titles.addWidget(self._notice, 38)
        header, footer = self._bands
        header.addLayout(titles, 80)
        header.addWidget(self._time, 20)
        footer.addWidget(self._sentence)
        self._caption.show_text(self._tr.text("display", "Numéro appelé"))
        for part, share in ((self._caption, 13), (self._number, 39), (self._word, 17), (self._counter, 31)):
            self._newest_column.addWidget(part, share)
        before = QVBoxLayout(self._before)
        before.setContentsMargins(0, 0, 0, 0)
        before.setSpacing(0)
        for row in self._rows:
            row.setProperty("role", "row")
            before.addWidget(row, 1)
        self._body.addWidget(self._newest)
        self._body.addWidget(self._before)


def _frame(name: str) -> QFrame:
    frame = QFrame()
    frame.setObjectName(name)
    return frame


def _filled(calls: Sequence[HallCall]) -> list[HallCall | None]:
    """Return the calls of all rows, with nothing in the last ones."""
    return [*calls[:ROWS], *[None] * (ROWS - len(calls[:ROWS]))]


def _set_state(widget: QWidget, name: str, *, value: bool) -> None:
    """Let the style sheet know of a state; it does not look by itself."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    for each in (widget, *widget.findChildren(QWidget)):
        each.style().unpolish(each)
        each.style().polish(each)
