"""The figures as a section: read when it is opened, and again when something happened meanwhile."""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtWidgets import QLabel, QVBoxLayout

from kiosk.domain.figures import Figures
from kiosk.ports.desk import StaffSession
from kiosk.translation import Translator
from ui.supervisor.desk_watch import DeskNews
from ui.supervisor.figures_panel import FiguresPanel
from ui.supervisor.section import Section
from ui.supervisor.staff_work import StaffWork

_UNREAD: Final = -1


class FiguresSection(Section):
    """Today's figures."""

    def __init__(
        self,
        tr: Translator,
        work: StaffWork,
        figures: Callable[[StaffSession], Figures],
        procedures: Mapping[str, str],
        services: Mapping[str, str],
    ) -> None:
        """Make a section that has read nothing yet.

        Args:
            tr: of the staff screen.
            work: reads the figures.
            figures: gives today's.
            procedures: code to label.
            services: letter to label.
        """
        super().__init__()
        self.setObjectName("figuresSection")
        self.title = tr.text("supervisor", "Chiffres du jour")
        self._work, self._figures = work, figures
        self._read_at_seq = _UNREAD
        self._panel = FiguresPanel(tr, procedures, services)
        self._refusal = QLabel()
        self._refusal.setProperty("role", "error")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._refusal)
        column.addWidget(self._panel, 1)
        self._refusal.hide()

    def enter(self) -> None:
        """Read the figures."""
        self._panel.setFocus()
        self._read()

    def show_news(self, news: DeskNews) -> None:
        """Read again what changed, if somebody looks."""
        seq = news.backlog.last_seq if news.backlog else _UNREAD
        if self.isVisible() and seq != self._read_at_seq:
            self._read_at_seq = seq
            self._read()

    def forget(self) -> None:
        """The next person reads anew; figures name nobody."""
        self._read_at_seq = _UNREAD

    def _read(self) -> None:
        self._work.read(self._figures, self._show, self._refuse)

    def _show(self, figures: Figures) -> None:
        self._refusal.hide()
        self._panel.show_figures(figures)

    def _refuse(self, sentence: str) -> None:
        self._refusal.setText(sentence)
        self._refusal.show()
