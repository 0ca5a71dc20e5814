"""Above the figures: of which period they are, the ways to another, and what can be done with them."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kiosk.domain.figures import FiguresPeriod, PeriodKind
from kiosk.domain.staff import Permission
from kiosk.ports.desk import StaffSession
from kiosk.ports.staff_figures import FiguresSpan
from kiosk.translation import Translator
from ui.supervisor.controls import named_button
from ui.supervisor.figures_wording import period_said

_KEYS: Final = {
    "figuresDay": "Alt+J",
    "figuresWeek": "Alt+S",
    "figuresMonth": "Alt+M",
    "figuresEarlier": "Alt+Left",
    "figuresLater": "Alt+Right",
    "figuresAsTable": "Alt+T",
    "figuresCopy": "Alt+C",
    "figuresReport": "Alt+R",
}

_STYLE: Final = "QPushButton:checked { background: #14396d; border-color: #14396d; color: #ffffff; }"


class FiguresBar(QWidget):
    """Sends what is wanted; the section decides.

    ``wants_period`` carries another :class:`FiguresPeriod`, ``wants_table`` whether numbers are to be shown,
    ``wants_copy`` and ``wants_report`` nothing.
    """

    wants_period = Signal(object)
    wants_table = Signal(bool)
    wants_copy = Signal()
    wants_report = Signal()

    def __init__(self, tr: Translator, section: QWidget) -> None:
        """Make a bar that shows no period yet.

        Args:
            tr: of the staff screen.
            section: in all of it the keys work.
        """
        super().__init__()
        self._tr = tr
        self._period: FiguresPeriod | None = None
        self._span: FiguresSpan | None = None
        say = self._say
        self._kinds = {
            PeriodKind.DAY: _button("figuresDay", say("Jour"), is_switch=True),
            PeriodKind.WEEK: _button("figuresWeek", say("Semaine"), is_switch=True),
            PeriodKind.MONTH: _button("figuresMonth", say("Mois"), is_switch=True),
        }
        self._earlier = _button("figuresEarlier", say("Plus tôt"))
        self._later = _button("figuresLater", say("Plus tard"))
        self._table = _button("figuresAsTable", say("Tableau"), is_switch=True)
        self._copy = _button("figuresCopy", say("Copier"))
        self._report = _button("figuresReport", say("Rapport PDF"))
        self._name = QLabel()
        self._name.setObjectName("figuresPeriod")
        self._name.setProperty("role", "section")
        self._lay_out()
        self._connect(section)

    @property
    def file_name(self) -> str:
        """The period before the eyes as part of a file's name: ``2026-11-20``, ``2026-S47``, ``2026-11``."""
        if self._period is None:
            return ""
        forms = {PeriodKind.DAY: "%Y-%m-%d", PeriodKind.WEEK: "%G-S%V", PeriodKind.MONTH: "%Y-%m"}
        return self._period.first.strftime(forms[self._period.kind])

    def begin(self, session: StaffSession) -> None:
        """Offer what the role may see; a table of numbers is a thing of whoever asked for it."""
        may = session.may(Permission.READ_FIGURES)
        for kind, button in self._kinds.items():
            button.setVisible(may or kind is PeriodKind.DAY)
        self._report.setVisible(may)
        self._table.setChecked(False)

    def show_period(self, period: FiguresPeriod, span: FiguresSpan) -> None:
        """Say of which period the figures are, and offer those beside it in which there is something."""
        self._period, self._span = period, span
        self._name.setText(period_said(period))
        self._kinds[period.kind].setChecked(True)
        self._earlier.setEnabled(period.first > span.first)
        self._later.setEnabled(period.last < span.today)

    def shown_again(self) -> FiguresPeriod | None:
        """Mark the period before the eyes again and return it, None for today: another was asked for in vain."""
        period, span = self._period, self._span
        if period is None or span is None:
            return None
        self._kinds[period.kind].setChecked(True)
        return None if period == FiguresPeriod.around(PeriodKind.DAY, span.today) else period

    def _say(self, french: str) -> str:
        return self._tr.text("figures", french)

    def _choose(self, kind: PeriodKind) -> None:
        """Show the period of another kind around the one before the eyes; around today if that lies in it."""
        period, span = self._period, self._span
        if period is None or span is None:
            return
        has_today = period.first <= span.today <= period.last
        self.wants_period.emit(FiguresPeriod.around(kind, span.today if has_today else period.first))

    def _go(self, *, later: bool) -> None:
        if self._period is not None:
            self.wants_period.emit(self._period.after if later else self._period.before)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        line = QHBoxLayout()
        line.setSpacing(8)
        group = QButtonGroup(self)
        for button in self._kinds.values():
            group.addButton(button)
            line.addWidget(button)
        line.addSpacing(14)
        line.addWidget(self._earlier)
        line.addWidget(self._later)
        line.addStretch(1)
        for button in (self._table, self._copy, self._report):
            line.addWidget(button)
        column.addLayout(line)
        column.addWidget(self._name)
        self._copy.hide()
        self.setStyleSheet(_STYLE)

    def _connect(self, section: QWidget) -> None:
        for kind, button in self._kinds.items():
            button.clicked.connect(lambda _=False, kind=kind: self._choose(kind))
        self._earlier.clicked.connect(lambda: self._go(later=False))
        self._later.clicked.connect(lambda: self._go(later=True))
        self._table.toggled.connect(self._copy.setVisible)
        self._table.toggled.connect(self.wants_table)
        self._copy.clicked.connect(self.wants_copy)
        self._report.clicked.connect(self.wants_report)
        for button in (*self._kinds.values(), self._earlier, self._later, self._table, self._copy, self._report):
            shortcut = QShortcut(QKeySequence(_KEYS[button.objectName()]), section)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(_clicking(button))


def _clicking(button: QPushButton) -> Callable[[], None]:
    return lambda: button.click() if button.isVisible() else None


def _button(name: str, text: str, *, is_switch: bool = False) -> QPushButton:
    key = _KEYS[name].replace("Left", "←").replace("Right", "→")
    button = named_button(name, "plain", text)
    button.setText(f"{text} ({key})")
    button.setCheckable(is_switch)
    return button
