"""The forms of the section « Réglages »: one page for each group of settings."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from kiosk.domain.hall import Priority
from kiosk.domain.procedure import Catalogue
from kiosk.settings import STAFF_MAY_SET
from kiosk.translation import SOURCE_LANGUAGE, Translator, languages
from ui.supervisor.hall_wording import priority_said
from ui.supervisor.setting_editors import BoxEditor, BoxesEditor, Editor, LineEditor, LinesEditor, Option
from ui.supervisor.setting_row import SettingRow
from ui.supervisor.setting_texts import DAYS, LETTER, LINE, LINES, NAMES, SPANS, WHOLE
from ui.supervisor.settings_draft import SettingsDraft
from ui.supervisor.settings_wording import WEEKDAYS, SettingWords, setting_words, spans_allowed

_NUMBER_PX = 140
_LETTER_PX = 70
_LANGUAGE_COLUMNS = 3
_NUMBERS = ("hall.lock_after_s", "retention.request_days", "retention.staff_days")
_LINES = {"hours.closed_days": (DAYS, 5), "site.service_address": (LINES, 3), "site.ticket_note": (LINES, 4)}


class SettingsPage(QWidget):
    """One entry of the list of groups.

    Attributes:
        title: in the list of groups.
        covers: tells whether a key is changed on this page.
    """

    def __init__(self, name: str, title: str, covers: Callable[[str], bool]) -> None:
        super().__init__()
        self.setObjectName(name)
        self.title, self.covers = title, covers

    def enter(self) -> None:
        """Be the page before the eyes."""

    def reach(self, key: str) -> None:
        """Bring the row of a key into sight, with the keyboard in it."""
        row = next((row for row in self.findChildren(SettingRow) if row.key == key), None)
        if row is not None:
            row.reach()

    def forget(self) -> None:
        """Leave no name of a colleague."""


class FormPage(SettingsPage):
    """A title, what the group is for, its rows."""

    def __init__(self, name: str, title: str, purpose: str, covers: Callable[[str], bool]) -> None:
        super().__init__(name, title, covers)
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(20, 14, 20, 14)
        self._rows.setSpacing(4)
        heading, text = QLabel(title), QLabel(purpose)
        heading.setProperty("role", "heading")
        text.setProperty("role", "text")
        text.setWordWrap(True)
        self._rows.addWidget(heading)
        if purpose:
            self._rows.addWidget(text)
        body = QFrame()
        body.setObjectName("card")
        body.setLayout(self._rows)
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(12)
        self.line.addWidget(scrolled(body), 1)

    def add(self, row: QWidget) -> None:
        """Put a row below the others."""
        self._rows.addWidget(row)

    def end(self) -> None:
        """Let the rows stand together at the top."""
        self._rows.addStretch(1)


def scrolled(widget: QWidget, reached_as: str = "") -> QScrollArea:
    """Return a widget that may be higher than the screen.

    Args:
        widget: whose fields the keyboard brings into view as it reaches them.
        reached_as: what the area is called when nothing in it takes the keyboard, so that its arrows move it.
    """
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.StrongFocus if reached_as else Qt.FocusPolicy.NoFocus)
    area.setAccessibleName(reached_as)
    area.setWidget(widget)
    return area


class RowMaker:
    """Makes the rows of settings with their words."""

    def __init__(self, tr: Translator, draft: SettingsDraft) -> None:
        self._tr, self._draft = tr, draft
        self._words = setting_words(tr)

    def row(self, key: str) -> SettingRow:
        """Return the row of a setting."""
        words = self._words[key]
        return SettingRow(self._tr, self._draft, key, words, self._editor(key, words.label))

    def box(self, key: str) -> SettingRow:
        """Return the row of a setting that is on or off: its label stands beside the box."""
        words = self._words[key]
        return SettingRow(self._tr, self._draft, key, replace(words, label=""), BoxEditor(key, words.label))

    def _editor(self, key: str, label: str) -> Editor:
        if key == "screen.languages":
            return BoxesEditor(key, label, _languages(), columns=_LANGUAGE_COLUMNS)
        if key == "hall.priorities":
            reasons = [each for each in Priority if each is not Priority.NONE]
            return BoxesEditor(key, label, [Option(each.value, priority_said(self._tr, each)) for each in reasons])
        if key in _LINES:
            form, lines = _LINES[key]
            return LinesEditor(key, label, form, lines=lines)
        if key in _NUMBERS:
            return LineEditor(key, label, WHOLE, width_px=_NUMBER_PX)
        if key == "hall.counters":
            return LineEditor(key, label, NAMES)
        return LineEditor(key, label, SPANS if key.startswith("hours.") else LINE)


def _languages() -> Sequence[Option]:
    offered = [(code, each) for code, each in languages().items() if each.has_screens]
    return [Option(code, each.own_name, is_required=code == SOURCE_LANGUAGE) for code, each in offered]


def plain_pages(tr: Translator, draft: SettingsDraft, catalogue: Catalogue) -> Sequence[SettingsPage]:
    """Return the pages that are nothing but rows, by name in the order of the list but for those between."""
    make = RowMaker(tr, draft)
    return (
        _hours_page(tr, make),
        _hall_page(tr, make, draft, catalogue),
        _page(
            make,
            "settingsLanguages",
            tr.text("supervisor", "Langues"),
            tr.text("supervisor", "Langues proposées à l'accueil de la borne et sur le ticket."),
            ("screen.languages",),
        ),
        _page(
            make,
            "settingsRetention",
            tr.text("supervisor", "Durées de conservation"),
            tr.text(
                "supervisor",
                "Chaque nuit, la borne efface ce qui a dépassé ces durées. Le dépôt reste prouvé. "
                "Les durées sont à décider avec le délégué à la protection des données.",
            ),
            ("retention.request_days", "retention.staff_days"),
        ),
        _page(
            make,
            "settingsPriorities",
            tr.text("supervisor", "Priorités du hall"),
            tr.text("supervisor", "Les priorités passent d'abord ; parmi elles, l'ordre d'arrivée."),
            ("hall.priorities",),
        ),
        _page(
            make,
            "settingsPrinter",
            tr.text("supervisor", "Imprimante"),
            tr.text("supervisor", "La borne s'en sert dès qu'aucun visiteur n'y est. Essayez ensuite un ticket."),
            ("printer.url",),
        ),
    )


def _page(make: RowMaker, name: str, title: str, purpose: str, keys: tuple[str, ...]) -> FormPage:
    page = FormPage(name, title, purpose, keys.__contains__)
    for key in keys:
        page.add(make.row(key))
    page.end()
    return page


def _hours_page(tr: Translator, make: RowMaker) -> FormPage:
    title = tr.text("supervisor", "Horaires et fermetures")
    purpose = tr.text("supervisor", "En heure légale. Sans aucun horaire, la borne est toujours ouverte.")
    page = FormPage("settingsHours", title, f"{purpose}\n{spans_allowed(tr)}", lambda key: key.startswith("hours."))
    for day in WEEKDAYS:
        page.add(make.row(f"hours.{day}"))
    for key in ("hours.closed_on_holidays", "hours.files_when_closed"):
        page.add(make.box(key))
    page.add(make.row("hours.closed_days"))
    page.end()
    return page


def _hall_page(tr: Translator, make: RowMaker, draft: SettingsDraft, catalogue: Catalogue) -> FormPage:
    title = tr.text("supervisor", "Guichets et services")
    keys = ("hall.counters", "hall.lock_after_s")
    page = FormPage("settingsHall", title, "", lambda key: key in keys or key.startswith("letters."))
    for key in keys:
        page.add(make.row(key))
    heading = QLabel(tr.text("supervisor", "Lettre des numéros d'appel"))
    heading.setProperty("role", "section")
    page.add(heading)
    allowed = tr.text(
        "supervisor", "Une lettre de A à Z. La même lettre : le même service. Les numéros déjà donnés restent."
    )
    page.add(_text(allowed))
    for group in catalogue.groups:
        key = f"letters.{group.code}"
        editor = LineEditor(key, group.label_fr, LETTER, width_px=_LETTER_PX)
        page.add(SettingRow(tr, draft, key, SettingWords(group.label_fr, allowed, is_said_above=True), editor))
    page.end()
    return page


def _text(words: str) -> QLabel:
    label = QLabel(words)
    label.setProperty("role", "settingAllowed")
    label.setWordWrap(True)
    return label


TICKET_KEYS = tuple(key for key in STAFF_MAY_SET if key.startswith("site."))
