"""A person's file: what was said, and everything that happened. That it was opened is in the journal already."""

from collections.abc import Sequence
from functools import partial
from html import escape
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from kiosk.ports.desk import PersonFile
from kiosk.translation import Translator
from ui.kit.announcement import announce
from ui.supervisor.actions import KEYS, Action, action_label, key_said
from ui.supervisor.appearance import PANEL_WIDTH_PX, TONE_COLOURS, TONE_STYLE
from ui.supervisor.file_facts import FileFacts
from ui.supervisor.file_part import FilePart
from ui.supervisor.hall_wording import entry_said, moment_said
from ui.supervisor.key_line import KeyLine
from ui.supervisor.wording import Tone

_TABLE_STYLE: Final = "<style>td { padding: 3px 14px 3px 0; }</style>"


class FilePage(QWidget):
    """Shows one :class:`PersonFile`."""

    left = Signal()

    def __init__(self, tr: Translator, zone: str, parts: Sequence[FilePart] = ()) -> None:
        """Make a page without a file.

        Args:
            tr: of the staff screen.
            zone: of the legal time.
            parts: what can be done with a file, from the top; they stand on the right.
        """
        super().__init__()
        self.setObjectName("filePage")
        self._tr, self._zone = tr, ZoneInfo(zone)
        self._facts = FileFacts(tr, self._zone)
        self._reference = ""
        self._heading = _text("fileHeading", "heading")
        self._heading.setTextFormat(Qt.TextFormat.PlainText)
        self._said, self._history = _text("fileSaid", "text"), _text("fileHistory", "text")
        self._parts = tuple(parts)
        self._rooms = {part: _room(part) for part in self._parts}
        self._notice = _text("fileNotice", "state")
        self._back = QPushButton(f"{action_label(tr, Action.BACK)}  ({key_said(KEYS[Action.BACK])})")
        self._back.setObjectName("back")
        self._back.setProperty("role", "plain")
        self._back.clicked.connect(self.left)
        self._lay_out()
        for part in self._parts:
            part.changed.connect(self._show_changed)
            part.said.connect(lambda sentence: self._notify(sentence, Tone.GOOD))
            part.refused.connect(lambda sentence: self._notify(sentence, Tone.BAD))
            part.spread.connect(partial(self._make_room, part))

    @property
    def is_unfinished(self) -> bool:
        """Whether a form is open in which somebody may have typed."""
        return any(part.is_unfinished for part in self._parts)

    @property
    def keys(self) -> Sequence[KeyLine]:
        """What can be done here, each with its key."""
        return [pair for part in self._parts for pair in part.keys]

    def resume(self) -> None:
        """Put the keyboard back into the form that is open."""
        for part in self._parts:
            part.resume()

    def show_file(self, file: PersonFile) -> None:
        """Paint a file that was opened."""
        self._notice.hide()
        self._paint(file)
        self._back.setFocus()
        announce(self, self._heading.text())

    def _make_room(self, part: FilePart, is_spread: bool) -> None:
        """Leave the column to the form of one part while it is open; each part decides itself what it shows.

        What was said of the act before goes: it would be read as said of this one.
        """
        if is_spread:
            self._notice.hide()
        for each, room in self._rooms.items():
            room.setVisible(each is part or not is_spread)

    def _show_changed(self, file: PersonFile) -> None:
        """Paint what somebody has just changed; the keyboard stays where it is."""
        self._paint(file)

    def _notify(self, sentence: str, tone: Tone) -> None:
        self._notice.setStyleSheet(TONE_STYLE.format(colour=TONE_COLOURS[tone]))
        self._notice.setText(sentence)
        self._notice.show()
        announce(self, sentence)

    def _paint(self, file: PersonFile) -> None:
        self._reference = file.request.reference
        heading = self._tr.text("supervisor", "Dossier {reference}").format(reference=file.request.reference)
        self._heading.setText(heading)
        facts = [(name, value) for name, value in self._facts.of(file) if value]
        rows = "".join(f"<tr><td>{escape(name)}</td><td>{_lines(value)}</td></tr>" for name, value in facts)
        self._said.setText(f"{_TABLE_STYLE}<table>{rows}</table>")
        told = [
            (moment_said(line.at.astimezone(self._zone), with_day=True), entry_said(self._tr, line.type, line.facts))
            for line in reversed(file.timeline)
        ]
        rows = "".join(f"<tr><td>{when}</td><td>{escape(what)}</td></tr>" for when, what in told)
        self._history.setText(f"{_TABLE_STYLE}<table>{rows}</table>")
        for label, pairs in ((self._said, facts), (self._history, told)):
            label.setAccessibleName("\n".join(f"{name} : {value}" for name, value in pairs))  # as it is read aloud
        for part in self._parts:
            part.show_file(file)

    @property
    def reference(self) -> str:
        """Whose file it is; empty for nobody's."""
        return self._reference

    def forget(self) -> None:
        """Leave nothing of the person."""
        self._reference = ""
        for label in (self._heading, self._said, self._history, self._notice):
            label.clear()
            label.setAccessibleName("")
        for part in self._parts:
            part.forget()

    def _lay_out(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(12)
        top = QHBoxLayout()
        top.addWidget(self._heading, 1)
        top.addWidget(self._back)
        page.addLayout(top)
        self._notice.setWordWrap(True)
        self._notice.hide()
        page.addWidget(self._notice)
        columns = QHBoxLayout()
        columns.setSpacing(14)
        for title, label, stretch in (
            (self._tr.text("supervisor", "Le dossier"), self._said, 6),
            (self._tr.text("supervisor", "Ce qui s'est passé, le plus récent en haut"), self._history, 5),
        ):
            columns.addWidget(_card(title, label), stretch)
        if self._parts:
            columns.addWidget(self._actions())
        page.addLayout(columns, 1)

    def _actions(self) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        card.setFixedWidth(PANEL_WIDTH_PX)
        column = QVBoxLayout(card)
        column.setContentsMargins(18, 14, 14, 14)
        column.setSpacing(14)
        for part in self._parts:
            column.addWidget(self._rooms[part])
        column.addStretch(1)
        return card


def _room(part: FilePart) -> QWidget:
    room = QWidget()
    column = QVBoxLayout(room)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(part)
    return room


def _card(title: str, content: QLabel) -> QFrame:
    card = QFrame()
    card.setObjectName("card")
    column = QVBoxLayout(card)
    column.setContentsMargins(18, 14, 18, 14)
    heading = _text("", "section")
    heading.setText(title)
    column.addWidget(heading)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setAccessibleName(title)
    content.setAlignment(Qt.AlignmentFlag.AlignTop)
    content.setWordWrap(True)
    content.setTextFormat(Qt.TextFormat.RichText)
    content.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    area.setWidget(content)
    column.addWidget(area, 1)
    return card


def _text(name: str, role: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setProperty("role", role)
    return label


def _lines(value: str) -> str:
    # A left-to-right mark: a name in Arabic stands beside its caption, not at the other end of the line.
    return "<br>".join(f"<b>\u200e{escape(line)}</b>" for line in value.split("\n"))
