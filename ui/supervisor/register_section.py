"""The register as a section: the check of the morning, the end of the day, and every closure with its paper."""

from collections.abc import Sequence
from typing import ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kiosk.domain.staff import Permission
from kiosk.journal.closure import Closure, ClosureKind
from kiosk.ports.desk import StaffSession
from kiosk.ports.register import DayHolds, MorningCheck, RecordedClosure, RegisterDesk
from kiosk.translation import Translator
from ui.supervisor.controls import named_choice
from ui.supervisor.desk_watch import DeskNews
from ui.supervisor.fact_table import FactTable
from ui.supervisor.figures_wording import day_said
from ui.supervisor.notice_bar import NoticeBar
from ui.supervisor.register_cards import (
    BACK_KEY,
    CHECK_KEY,
    CLOSE_KEY,
    CONFIRM_KEY,
    EARLIER_KEY,
    PROVISIONAL_KEY,
    CheckCard,
    ClosingBar,
    DayCard,
    card_button,
)
from ui.supervisor.register_wording import RegisterWording
from ui.supervisor.saving import PDF, DocumentSaving
from ui.supervisor.section import Section
from ui.supervisor.staff_work import StaffWork

_UNREAD: Final = -1
_SAVE_KEY: Final = "Alt+E"
_DAY_WIDTH_PX: Final = 560

_Answer = tuple[DayHolds, Sequence[RecordedClosure]]


class RegisterSection(Section):
    """For whoever may close a day."""

    needs: ClassVar[Permission] = Permission.CLOSE_DAY

    def __init__(
        self, tr: Translator, zone: str, work: StaffWork, desk: RegisterDesk, *, origin: str, has_centre: bool
    ) -> None:
        """Make a section that has read nothing yet.

        Args:
            tr: of the staff screen.
            zone: legal time.
            work: reads and closes.
            desk: behind it.
            origin: of the kiosk, in the names of the files.
            has_centre: whether entries go to a centre.
        """
        super().__init__()
        self.setObjectName("registerSection")
        self.title = tr.text("supervisor", "Registre")
        self._tr, self._work, self._desk, self._origin = tr, work, desk, origin
        self._wording = RegisterWording(tr, zone, has_centre=has_centre)
        self._read_at_seq = _UNREAD
        self._holds: DayHolds | None = None
        self._closures: tuple[RecordedClosure, ...] = ()
        self._shown: tuple[RecordedClosure, ...] = ()
        self._check, self._day, self._closing = CheckCard(tr), DayCard(), ClosingBar(tr)
        self._kinds = named_choice("closureKinds", self._say("Quelles clôtures"))
        self._table = self._new_table()
        self._list_or_nothing = QStackedWidget()
        self._save = card_button("saveRegister", "main", self._say("Enregistrer le registre PDF"), _SAVE_KEY)
        self._notice = NoticeBar(tr)
        self._saving = DocumentSaving(tr, work, self)
        self._lay_out()
        self._connect()

    def begin(self, session: StaffSession) -> None:
        """Check the day before for whoever may close a day: the tab says when something is wrong."""
        if session.may(self.needs):
            self._run_check()

    def enter(self) -> None:
        """Read everything."""
        page = self._list_or_nothing.currentWidget()
        if page is not None:
            page.setFocus()
        self._read()

    def show_news(self, news: DeskNews) -> None:
        """Read again what changed, if somebody looks."""
        seq = news.backlog.last_seq if news.backlog else _UNREAD
        if self.isVisible() and seq != self._read_at_seq:
            self._read_at_seq = seq
            self._read()

    def forget(self) -> None:
        """Leave nothing: who closed is a name too."""
        self._read_at_seq = _UNREAD
        self._holds, self._closures, self._shown = None, (), ()
        self._saving.forget()
        self._notice.clear()
        self._table.show_rows(())
        self._day.forget()
        self._closing.forget()
        self._check.forget()

    # What is read ----------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        def read(session: StaffSession) -> _Answer:
            return self._desk.today(session), self._desk.closures(session)

        self._work.read(read, self._show, self._notice.refuse)

    def _show(self, answer: _Answer) -> None:
        holds, closures = answer
        if holds.filed_since and not (self._holds and self._holds.filed_since):
            self._notice.clear()  # « Journée close » is not so any more
        self._holds, self._closures = holds, tuple(closures)
        wording = self._wording
        title = self._say("Journée du {day}").format(day=day_said(holds.day))
        self._day.show_day(title, wording.facts(holds), tuple(wording.warnings(holds)))
        self._closing.show_day(wording.state(holds), wording.question(holds), can_close=holds.can_close)
        self._show_closures()

    def _show_closures(self) -> None:
        kind = self._kinds.currentData()
        self._shown = tuple(each for each in self._closures if kind in ("", each.closure.kind.value))
        self._table.show_rows([self._wording.row(each) for each in self._shown])
        self._save.setEnabled(bool(self._shown))
        self._list_or_nothing.setCurrentIndex(0 if self._shown else 1)

    def _run_check(self) -> None:
        self._check.show_busy()
        self._work.read(self._desk.check, self._show_check, self._refuse_check)

    def _show_check(self, check: MorningCheck) -> None:
        self._check.show_check(tuple(self._wording.check(check)), has_open_days=check.open_since is not None)
        look = "" if check.is_in_order else self._tr.text("supervisor", "à contrôler")
        self.remarked.emit("!" if look else "", look)

    def _refuse_check(self, sentence: str) -> None:
        self._check.forget()
        self._notice.refuse(sentence)

    # What is done ----------------------------------------------------------------------------------------------------

    def _close(self) -> None:
        def closed(closure: Closure) -> None:
            text = self._say("Journée close : clôture n° {number}. Enregistrez son registre ({key}).")
            self._notice.tell(text.format(number=closure.number, key=_SAVE_KEY))
            self._kinds.setCurrentIndex(0)
            self._table.clearSelection()
            self._table.setFocus()
            self._read()
            self._run_check()  # days before this one are closed with it

        nothing = self._say("Cette journée est close, et rien n'est venu depuis.")
        self._work.do(self._desk.close_today, closed, self._notice.refuse, said=lambda _: nothing)

    def _close_earlier(self) -> None:
        def closed(count: int) -> None:
            self._notice.tell(self._say("Clôtures faites : {count}.").format(count=count))
            self._read()
            self._run_check()

        self._work.do(self._desk.close_earlier, closed, self._notice.refuse)

    def _save_chosen(self) -> None:
        """Save the register of the chosen closure, or else of the newest in the list."""
        if self._shown:
            self._save_register(self._shown[self._table.chosen or 0])

    def _save_register(self, recorded: RecordedClosure) -> None:
        seq, closure = recorded.entry.seq, recorded.closure
        name = f"registre-{self._origin}-{closure.period}-{closure.number:04d}{PDF}"
        self._saving.save(
            name, lambda session: self._desk.document(session, seq), self._notice.tell, self._notice.refuse
        )

    def _save_provisional(self) -> None:
        if self._holds is not None:
            name = f"registre-{self._origin}-{self._holds.day.isoformat()}-provisoire{PDF}"
            self._saving.save(
                name, lambda session: self._desk.document(session, None), self._notice.tell, self._notice.refuse
            )

    # How it is built -------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self._closing.wants_closing.connect(self._close)
        self._closing.wants_provisional.connect(self._save_provisional)
        self._check.wants_check.connect(self._run_check)
        self._check.wants_earlier.connect(self._close_earlier)
        self._save.clicked.connect(self._save_chosen)
        self._table.activated.connect(self._save_chosen)
        self._kinds.currentIndexChanged.connect(self._show_closures)
        for name, key in (
            ("closeDay", CLOSE_KEY),
            ("closeDayYes", CONFIRM_KEY),
            ("closeDayNo", BACK_KEY),
            ("provisional", PROVISIONAL_KEY),
            ("checkAgain", CHECK_KEY),
            ("closeEarlier", EARLIER_KEY),
            ("saveRegister", _SAVE_KEY),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda name=name: self._press(name))

    def _press(self, name: str) -> None:
        button = self.findChild(QPushButton, name)
        if isinstance(button, QPushButton) and button.isVisible():
            button.click()

    def _new_table(self) -> FactTable:
        say = self._say
        heads = tuple(map(say, ("N°", "Période", "Close le", "Par", "Dépôts", "Total", "Tête", "Centre")))
        return FactTable("closures", say("Clôtures, les plus récentes d'abord"), heads, wide=3, numbers=(0, 4, 5))

    def _lay_out(self) -> None:
        body = QHBoxLayout()
        body.setSpacing(16)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self._scrolled_day(), 1)
        left.addWidget(self._closing)
        self._closing.setFixedWidth(_DAY_WIDTH_PX)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self._check)
        right.addLayout(self._list(), 1)
        body.addLayout(left)
        body.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(body, 1)
        column.addWidget(self._notice)

    def _scrolled_day(self) -> QScrollArea:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._day)
        column.addStretch(1)
        scrolled = QScrollArea()
        scrolled.setAccessibleName(self._say("Ce que contient la journée"))
        scrolled.setFrameShape(QFrame.Shape.NoFrame)
        scrolled.setWidgetResizable(True)
        scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scrolled.setFixedWidth(_DAY_WIDTH_PX)
        scrolled.setWidget(page)
        return scrolled

    def _list(self) -> QVBoxLayout:
        say = self._say
        self._kinds.addItem(say("Toutes les clôtures"), "")
        self._kinds.addItem(say("Jours"), ClosureKind.DAY.value)
        self._kinds.addItem(say("Mois"), ClosureKind.MONTH.value)
        self._kinds.addItem(say("Années"), ClosureKind.YEAR.value)
        title = QLabel(say("Clôtures"))
        title.setProperty("role", "section")
        line = QHBoxLayout()
        line.setSpacing(10)
        for widget, stretch in ((title, 1), (self._kinds, 0), (self._save, 0)):
            line.addWidget(widget, stretch)
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addLayout(line)
        column.addWidget(self._list_or_nothing, 1)
        nothing = QLabel(say("Aucune clôture pour l'instant."))
        nothing.setObjectName("closuresEmpty")
        nothing.setProperty("role", "fact")
        nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._list_or_nothing.addWidget(self._table)
        self._list_or_nothing.addWidget(nothing)
        return column

    def _say(self, french: str) -> str:
        return self._tr.text("register", french)
