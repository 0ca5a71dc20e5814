"""One value of a form: what it is, its editor, whether it is saved, and what is allowed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QWidget

from kiosk.ports.configuration import ValueSource
from kiosk.translation import Translator
from ui.supervisor.setting_editors import Editor
from ui.supervisor.settings_draft import SettingsDraft
from ui.supervisor.settings_wording import SettingWords

_CAPTION_PX = 190


class SettingRow(QWidget):
    """Paints one key of the draft, and puts what is typed into it."""

    def __init__(self, tr: Translator, draft: SettingsDraft, key: str, words: SettingWords, editor: Editor) -> None:
        """Make a row.

        Args:
            tr: of the staff screen.
            draft: holds the value.
            key: dotted.
            words: what it is, and what can be typed.
            editor: takes it.
        """
        super().__init__()
        self._tr, self._draft, self._editor = tr, draft, editor
        self.key, self._words = key, words
        caption = QLabel(words.label)
        caption.setProperty("role", "settingCaption")
        caption.setFixedWidth(_CAPTION_PX)
        caption.setWordWrap(True)
        caption.setBuddy(editor)
        self._mark = QLabel()
        self._mark.setObjectName(f"{key}.mark")
        self._mark.setProperty("role", "settingMark")
        self._allowed = QLabel()
        self._allowed.setObjectName(f"{key}.allowed")
        self._allowed.setWordWrap(True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(2)
        grid.addWidget(caption, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(editor, 0, 1)
        grid.addWidget(self._mark, 1, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._allowed, 1, 1)
        grid.setColumnStretch(1, 1)
        editor.edited.connect(lambda value: draft.set(key, value))
        draft.changed.connect(self.paint)
        self.paint()

    def reach(self) -> None:
        """Put the keyboard into it, and scroll to it with what is said of it."""
        self._editor.setFocus()
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.ensureWidgetVisible(self)

    def paint(self) -> None:
        """Show the value as it is now, and whether it was saved or refused."""
        if self.key not in self._draft.keys:
            return
        self._editor.show_value(self._draft.value(self.key))
        source = self._draft.source(self.key)
        self._editor.setEnabled(not source.is_fixed)
        is_wrong = self.key in self._draft.problems
        self._mark.setText(self._mark_said(source))
        self._mark.setVisible(bool(self._mark.text()))
        wrong = self._tr.text("supervisor", "✖ À corriger. {allowed}").format(allowed=self._words.allowed)
        self._allowed.setText(wrong if is_wrong else self._words.allowed)
        self._allowed.setProperty("role", "settingError" if is_wrong else "settingAllowed")
        self._allowed.style().polish(self._allowed)
        self._allowed.setVisible(is_wrong or (bool(self._words.allowed) and not self._words.is_said_above))

    def _mark_said(self, source: ValueSource) -> str:
        tr = self._tr
        if self.key in self._draft.changes:
            return tr.text("supervisor", "● non enregistré")
        match source:
            case ValueSource.CENTRE:
                return tr.text("supervisor", "Fixé par le centre")
            case ValueSource.ENVIRONMENT:
                return tr.text("supervisor", "Fixé sur la machine")
            case ValueSource.SITE | ValueSource.STAFF:
                return ""
