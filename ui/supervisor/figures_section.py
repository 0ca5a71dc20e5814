"""The figures as a section: read when it is opened, and again when something happened meanwhile."""

import time
from collections.abc import Mapping
from typing import Final

from PySide6.QtWidgets import QLabel, QVBoxLayout

from kiosk.domain.figures import Figures, FiguresPeriod, PeriodKind
from kiosk.ports.desk import StaffSession
from kiosk.ports.staff_figures import FiguresDesk, FiguresSpan
from kiosk.translation import Translator
from ui.kit.announcement import announce
from ui.supervisor.desk_watch import DeskNews
from ui.supervisor.figures_bar import FiguresBar
from ui.supervisor.figures_panel import FiguresPanel
from ui.supervisor.figures_wording import number_said
from ui.supervisor.saving import PDF, DocumentSaving
from ui.supervisor.section import Section
from ui.supervisor.staff_work import StaffWork

_UNREAD: Final = -1
_COUNTED_AGAIN_S: Final = 20  # a month of a busy hall takes a second to count: not again at each arrival


class FiguresSection(Section):
    """The figures of a day, a week or a month; whoever comes begins with today."""

    def __init__(
        self,
        tr: Translator,
        work: StaffWork,
        desk: FiguresDesk,
        procedures: Mapping[str, str],
        services: Mapping[str, str],
    ) -> None:
        """Make a section that has read nothing yet.

        Args:
            tr: of the staff screen.
            work: reads the figures.
            desk: gives them.
            procedures: code to label.
            services: letter to label.
        """
        super().__init__()
        self.setObjectName("figuresSection")
        self.title = tr.text("supervisor", "Chiffres")
        self._tr, self._work, self._desk = tr, work, desk
        self._read_at_seq = _UNREAD
        self._read_at = float("-inf")
        self._period: FiguresPeriod | None = None
        self._bar = FiguresBar(tr, self)
        self._panel = FiguresPanel(tr, procedures, services)
        self._saving = DocumentSaving(tr, work, self)
        self._notice = QLabel()
        self._notice.setObjectName("figuresNotice")
        self._lay_out()
        self._bar.wants_period.connect(self._turn_to)
        self._bar.wants_table.connect(self._panel.show_as_table)
        self._bar.wants_copy.connect(self._copy)
        self._bar.wants_report.connect(self._save_report)

    def begin(self, session: StaffSession) -> None:
        """Offer what the role may see."""
        self._bar.begin(session)

    def enter(self) -> None:
        """Read the figures."""
        self._panel.take_keys()
        self._read()

    def show_news(self, news: DeskNews) -> None:
        """Read again what changed, if somebody looks."""
        seq = news.backlog.last_seq if news.backlog else _UNREAD
        if self.isVisible() and seq != self._read_at_seq and self._is_due:
            self._read_at_seq = seq
            self._read()

    def forget(self) -> None:
        """The next person begins with today, and may see less; figures name nobody."""
        self._read_at_seq = _UNREAD
        self._period = None
        self._saving.forget()
        self._say("")

    def _turn_to(self, period: FiguresPeriod) -> None:
        self._say("")
        self._period = period
        self._read()

    @property
    def _is_due(self) -> bool:
        is_day = self._period is None or self._period.kind is PeriodKind.DAY
        return is_day or time.monotonic() - self._read_at >= _COUNTED_AGAIN_S

    def _read(self) -> None:
        wanted, self._read_at = self._period, time.monotonic()

        def read(session: StaffSession) -> tuple[Figures, FiguresSpan]:
            span = self._desk.span(session)
            period = wanted or FiguresPeriod.around(PeriodKind.DAY, span.today)
            return self._desk.figures(session, period), span

        def show(answer: tuple[Figures, FiguresSpan]) -> None:
            if self._period == wanted:  # nobody turned to another meanwhile
                self._show(*answer)

        self._work.read(read, show, self._refuse)

    def _show(self, figures: Figures, span: FiguresSpan) -> None:
        is_today = figures.period == FiguresPeriod.around(PeriodKind.DAY, span.today)
        self._period = None if is_today else figures.period  # today is another day after midnight
        self._bar.show_period(figures.period, span)
        self._panel.show_figures(figures, is_over=figures.period.last < span.today)

    def _copy(self) -> None:
        count = self._panel.table.copy()
        self._say(self._tr.text("figures", "{count} lignes copiées.").format(count=number_said(count)))

    def _save_report(self) -> None:
        wanted = self._period

        def report(session: StaffSession) -> bytes:
            today = FiguresPeriod.around(PeriodKind.DAY, self._desk.span(session).today)
            return self._desk.report(session, wanted or today)

        self._saving.save(f"chiffres-{self._bar.file_name}{PDF}", report, self._say, self._refuse)

    def _say(self, sentence: str, role: str = "fact") -> None:
        self._notice.setText(sentence)
        self._notice.setProperty("role", role)
        self._notice.style().unpolish(self._notice)
        self._notice.style().polish(self._notice)
        self._notice.setVisible(bool(sentence))
        announce(self, sentence)

    def _refuse(self, sentence: str) -> None:
        self._say(sentence, "error")

    def _lay_out(self) -> None:
        self._notice.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._bar)
        column.addWidget(self._notice)
        column.addWidget(self._panel, 1)
        self._notice.hide()
