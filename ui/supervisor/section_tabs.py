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
        self._titles: dict[Section, str] = {}
        self._remarks: dict[Section, tuple[str, str]] = {}
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
        self._titles[section], self._remarks[section] = section.title, ("", "")
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
            if session is not None and may:
                self._titles[section] = section.title_for(session)
                self._write(section)

    def _remark(self, section: Section, written: str, aloud: str) -> None:
        self._remarks[section] = written, aloud
        tab, _ = self._tabs[section]
        before = tab.accessibleName()
        self._write(section)
        if aloud and tab.accessibleName() != before and tab.isVisible():
            announce(tab, tab.accessibleName())  # staff know first, also who does not see the tab

    def _write(self, section: Section) -> None:
        """Write the title of a tab with what it remarks."""
        tab, shortcut = self._tabs[section]
        title, (written, aloud) = self._titles[section], self._remarks[section]
        tab.setText(_TAB.format(title=" ".join(filter(None, [title, written])), key=shortcut.key().toString()))
        tab.setAccessibleName(", ".join(filter(None, [title, aloud])))

    def mark(self, section: Section) -> None:
        """Show which section is before the eyes."""
        self._tabs[section][0].setChecked(True)
