"""The hall as a section: what the hall page asks for is done at the desk, and said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from kiosk.domain.hall import PlaceId, Priority
from kiosk.ports.clock import Clock
from kiosk.ports.desk import Desk, HallRow, PersonFile, StaffSession
from kiosk.translation import Translator
from kiosk.workflows.hall_place import Move
from ui.supervisor.actions import KEYS, Action, LastMove
from ui.supervisor.desk_watch import DeskNews
from ui.supervisor.file_page import FilePage
from ui.supervisor.hall_page import HallPage
from ui.supervisor.section import Section
from ui.supervisor.staff_work import StaffWork


@dataclass(frozen=True, slots=True)
class _Left:
    """Where somebody was when the screen was locked.

    Attributes:
        token: of the session; another one begins at the list.
        place_id: of the person before the eyes.
        reference: of the file that was open; empty for none.
    """

    token: str
    place_id: PlaceId | None
    reference: str


class HallSection(Section):
    """Today's hall; ``wants_lock`` when its key was pressed."""

    wants_lock = Signal()

    def __init__(
        self,
        tr: Translator,
        zone: str,
        desk: Desk,
        clock: Clock,
        *,
        work: StaffWork,
        file_page: FilePage,
        priorities: Sequence[Priority] = tuple(Priority),
    ) -> None:
        super().__init__()
        self.setObjectName("hallSection")
        self._tr, self._desk, self._clock, self._work = tr, desk, clock, work
        self.title = tr.text("supervisor", "Hall")
        self._acted_at: datetime | None = None  # until what was done is on the screen
        self._left: _Left | None = None
        self.page = HallPage(tr, zone, desk, file_page, priorities)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page)
        self.page.wants.connect(self._do)
        self.page.wants_next.connect(self._call_next)
        self.page.wants_undo.connect(self._undo)
        self.page.wants_lock.connect(self.wants_lock)

    def begin(self, session: StaffSession) -> None:
        """Serve somebody who signed in; who comes back to a locked screen finds the same person and file there."""
        self.page.begin(session)
        left, self._left = self._left, None
        if left is None or left.token != session.token:
            return
        self.page.choose(left.place_id)
        if left.reference:  # read anew, and recorded anew
            self._open(left.reference)

    def enter(self) -> None:
        """Put the keyboard on the list, or back into the form that is open."""
        self.page.come_back()

    def show_news(self, news: DeskNews) -> None:
        """Paint the hall."""
        if self._acted_at is not None and news.seen_at >= self._acted_at:
            self._acted_at = None
        self.page.show_rows(news.rows, news.seen_at)
        self.page.show_as_old(is_old=news.hub_lost_since is not None)

    def forget(self) -> None:
        """Leave nothing of anybody on the screen; what was before the eyes is known by its numbers alone."""
        session = self.page.session
        if session is not None:
            self._left = _Left(session.token, self.page.chosen, self.page.open_reference)
        self.page.forget()

    def _call_next(self, service: str) -> None:
        busy_with = self.page.mine()
        if self._acted_at is not None or not self.page.leaves_file():
            return
        if busy_with is not None:
            text = self._tr.text("supervisor", "{number} est encore à votre guichet : terminez d'abord ({key}).")
            self.page.choose(busy_with.place_id)
            self.page.notice.refuse(text.format(number=busy_with.call_number, key=KEYS[Action.FINISH]))
            return

        def called(place_id: PlaceId | None) -> None:
            if place_id is None:
                self.page.notice.tell(self._tr.text("supervisor", "Personne n'attend."))
                return
            self._done(place_id, Action.CALL_NEXT)

        services = (service,) if service else ()
        self._work.do(lambda session: self._desk.call_next(session, services), called, self.page.notice.refuse)

    def _do(self, row: HallRow, action: Action, move: Move | None) -> None:
        if move is None:
            self._open(row.reference)
            return
        self._work.do(
            lambda session: self._desk.move(session, row.place_id, move),
            lambda _: self._done(row.place_id, action),
            self.page.notice.refuse,
        )

    def _open(self, reference: str) -> None:
        open_file = lambda session: self._desk.open_file(session, reference)  # noqa: E731
        self._work.do(open_file, self._show_file, self.page.notice.refuse)

    def _done(self, place_id: PlaceId, action: Action) -> None:
        self._acted_at = now = self._clock.read().utc
        self.page.choose(place_id)
        row = next((row for row in self.page.rows if row.place_id == place_id), None)
        if row is not None:
            self.page.notice.tell_done(LastMove(row, action, now))

    def _undo(self) -> None:
        last = self.page.notice.last
        if last is None:
            return

        def undone(_: object) -> None:
            self._acted_at = self._clock.read().utc
            self.page.notice.clear()
            text = self._tr.text("supervisor", "{number} : action annulée.")
            self.page.notice.tell(text.format(number=last.row.call_number))

        self._work.do(lambda session: self._desk.undo(session, last.row.place_id), undone, self.page.notice.refuse)

    def _show_file(self, file: PersonFile) -> None:
        self.page.show_file(file)
