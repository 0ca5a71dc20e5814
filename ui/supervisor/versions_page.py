"""All versions of the settings: who made which and when, what it changed, and the way back to it."""

from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListWidget, QPushButton, QVBoxLayout

from kiosk.ports.desk import StaffSession
from kiosk.services.configure_site import VersionSeen
from kiosk.translation import Translator
from ui.supervisor.changes_page import show_changes
from ui.supervisor.settings_pages import SettingsPage, scrolled
from ui.supervisor.settings_wording import ChangeWords, made_said, version_said
from ui.supervisor.staff_work import StaffWork

_LIST_PX = 360


class VersionsPage(SettingsPage):
    """Reads the versions when it is entered; going back is asked for by the section."""

    def __init__(
        self,
        tr: Translator,
        work: StaffWork,
        *,
        words: ChangeWords,
        zone: str,
        history: Callable[[StaffSession], Sequence[VersionSeen]],
        wants: Callable[[int], None],
    ) -> None:
        """Make a page without versions.

        Args:
            tr: of the staff screen.
            work: reads them.
            words: say changes.
            zone: legal time.
            history: gives the versions, the newest first.
            wants: is told to which version somebody wants to go back.
        """
        super().__init__("settingsHistory", tr.text("supervisor", "Versions"), lambda _key: False)
        self._tr, self._work, self._words, self._zone = tr, work, words, ZoneInfo(zone)
        self._history, self._wants = history, wants
        self._versions: Sequence[VersionSeen] = ()
        self._list = QListWidget()
        self._list.setObjectName("settingsVersions")
        self._list.setAccessibleName(self.title)
        self._list.setFixedWidth(_LIST_PX)
        self._heading = QLabel()
        self._heading.setObjectName("versionHeading")
        self._heading.setProperty("role", "name")
        self._heading.setWordWrap(True)
        self._back = QPushButton()
        self._back.setObjectName("returnToVersion")
        self._back.setProperty("role", "main")
        self._back.clicked.connect(self._ask)
        changes = QFrame()
        self._lines = QVBoxLayout(changes)
        self._lines.setSpacing(12)
        self._lay_out(changes)
        self._list.currentRowChanged.connect(self._show)

    def enter(self) -> None:
        """Read the versions."""
        self._work.read(self._history, self._show_all, self._heading.setText)

    def forget(self) -> None:
        """Leave no name of a colleague."""
        self._versions = ()
        self._list.clear()
        self._heading.clear()
        self._back.hide()

    def _lay_out(self, changes: QFrame) -> None:
        card = QFrame()
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(20, 14, 20, 14)
        column.addWidget(self._heading)
        column.addWidget(scrolled(changes, self._tr.text("supervisor", "Changements")), 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._back)
        column.addLayout(buttons)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(self._list)
        line.addWidget(card, 1)
        self._back.hide()

    def _show_all(self, versions: Sequence[VersionSeen]) -> None:
        self._versions = versions
        self._list.clear()
        for seen in versions:
            self._list.addItem(f"{self._name(seen)}\n{self._made(seen)}")
        self._list.setCurrentRow(0)

    def _show(self, rank: int) -> None:
        if not 0 <= rank < len(self._versions):
            return
        seen = self._versions[rank]
        self._heading.setText(f"{self._name(seen)} · {self._made(seen)}")
        show_changes(self._lines, self._tr, self._words, seen.changes)
        text = self._tr.text("supervisor", "Revenir à : {version}").format(version=version_said(self._tr, seen.version))
        self._back.setText(text)
        self._back.setAccessibleName(text)
        self._back.setVisible(rank > 0)

    def _name(self, seen: VersionSeen) -> str:
        name = version_said(self._tr, seen.version)
        if seen.returns_to is None:
            return name
        returned = version_said(self._tr, seen.returns_to)
        return self._tr.text("supervisor", "{name} (retour à : {version})").format(name=name, version=returned)

    def _made(self, seen: VersionSeen) -> str:
        at = seen.made_at.astimezone(self._zone) if seen.made_at else None
        return made_said(self._tr, at, seen.made_by)

    def _ask(self) -> None:
        rank = self._list.currentRow()
        if 0 <= rank < len(self._versions):
            self._wants(self._versions[rank].version)
