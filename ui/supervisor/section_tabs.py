"""The tabs of the staff screen: one for each section that the role may see, each with its key."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QWidget

from kiosk.ports.desk import StaffSession
from kiosk.translation import Translator
from ui.kit.announcement import announce
from ui.supervisor.section import Section

_KEY = "Ctrl+{rank}"
_TAB = "{title}  ({key})"
_TAB_PX = 42


class SectionTabs(QFrame):
    """Says which section was chosen; the window shows it."""

    chosen = Signal(object)

    def __init__(self, tr: Translator, window: QWidget) -> None:
        """Make a bar without tabs.

        Args:
            tr: of the staff screen.
            window: in all of it the keys work.
        """
        super().__init__()
        self.setObjectName("tabs")
        self._tr, self._window = tr, window
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(20, 0, 20, 0)
        self._line.setSpacing(4)
        self._group = QButtonGroup(self)
        self._tabs: dict[Section, tuple[QPushButton, QShortcut]] = {}
        self.hide()

    @property
    def sections(self) -> Iterable[Section]:
        """All of them, also those that the role does not see."""
        return self._tabs.keys()

    def add(self, section: Section) -> None:
        """Put a tab after the others."""
        key = _KEY.format(rank=len(self._tabs) + 1)
        tab = QPushButton(_TAB.format(title=section.title, key=key))
        tab.setObjectName(f"{section.objectName()}Tab")
        tab.setAccessibleName(section.title)
        tab.setCheckable(True)
        tab.setAutoExclusive(False)
        tab.setFixedHeight(_TAB_PX)  # the signs come from fonts of other heights
        self._group.addButton(tab)
        shortcut = QShortcut(QKeySequence(key), self._window)
        for signal in (tab.clicked, shortcut.activated):
            signal.connect(lambda *_: self.chosen.emit(section))
        self._tabs[section] = tab, shortcut
        self._line.addWidget(tab)
        section.remarked.connect(partial(self._remark, section))

    def end(self) -> None:
        """Let the tabs stand together on the left."""
        self._line.addStretch(1)

    def show_for(self, session: StaffSession | None) -> None:
        """Show what the role may see; nothing for nobody."""
        self.setVisible(session is not None)
        for section, (tab, shortcut) in self._tabs.items():
            may = session is not None and section.is_for(session)
            tab.setVisible(may)
            shortcut.setEnabled(may)

    def _remark(self, section: Section, written: str, aloud: str) -> None:
        tab, shortcut = self._tabs[section]
        tab.setText(_TAB.format(title=" ".join(filter(None, [section.title, written])), key=shortcut.key().toString()))
        told = ", ".join(filter(None, [section.title, aloud]))
        if aloud and told != tab.accessibleName() and tab.isVisible():
            announce(tab, told)  # staff know first, also who does not see the tab
        tab.setAccessibleName(told)

    def mark(self, section: Section) -> None:
        """Show which section is before the eyes."""
        self._tabs[section][0].setChecked(True)
