"""What stands on the screen while nobody is there: the welcome, the closed door, the excuse when nothing can be saved.

Nobody is known yet, so that each page speaks several languages at once and, while nobody touches it, all of them by
turns, in a place that keeps its size: nothing else moves.
"""

from collections.abc import Callable
from functools import partial
from typing import ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from kiosk.translation import TextDomain, Translator, languages
from ui.applicant.hall import Hall
from ui.applicant.hall_wording import (
    Statement,
    closed_statement,
    closed_word,
    greeting,
    out_of_service_statement,
    state_sentence,
)
from ui.applicant.page import Page
from ui.kit.comfort import TextSize, Voice
from ui.kit.icons import icon
from ui.kit.labels import panel, text_label
from ui.kit.theme import Theme

# At once: what most people who come read, or know the sound of. All others by turns.
AT_ONCE: Final = ("fr", "ar", "en")
_FEW_LANGUAGES: Final = 4
_RLI, _FSI, _PDI = "\u2067", "\u2068", "\u2069"  # a full stop at the left of an Arabic line


def translator(code: str) -> Translator:
    """Return the texts of the screens in a language."""
    return Translator.of(code, TextDomain.SCREENS)


class WelcomePage(Page):
    """Choose a language; each button in its own script, in a fixed place."""

    name = "welcome"
    has_back = False
    can_leave = False

    def build(self) -> None:
        """Greet in several languages at once: nobody is known yet."""
        self.column.addStretch(1)
        self._picture = QLabel()
        self._picture.setPixmap(icon("ticket", self.theme.steps(16), self.theme.colours))
        self.column.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        self._greeting = QWidget()
        greeted = QVBoxLayout(self._greeting)
        greeted.setContentsMargins(0, 0, 0, 0)
        greeted.setSpacing(self.theme.steps(2.5))
        self._hello = text_label("", "heading", "heading", centred=True)
        self._lead = text_label("", "lead", "lead", centred=True)
        self._band, band = panel(self.theme, "notice", "state", rim=1.5)
        self._state = text_label("", "lead", "state_sentence", centred=True)
        band.addWidget(self._state)
        for part in (self._hello, self._lead, self._band):
            greeted.addWidget(part)
        greeted.addStretch(1)  # a language that needs fewer lines begins where the others begin
        self.column.addWidget(self._greeting)
        self.setAccessibleName("Choisissez votre langue")
        self.column.addSpacing(self.theme.steps(4))
        self.column.addLayout(self._language_buttons())
        self.column.addStretch(2)
        self.take_turn(None)

    def take_turn(self, language: str | None) -> None:
        """Greet in one language, or again in several at once."""
        if language is None:
            self._greeting.setMinimumHeight(0)
            self._greeting.setMaximumHeight(_NO_LIMIT)
            spoken = self._at_once()
        else:
            self._greeting.setFixedHeight(self._greeting.height())
            spoken = [language]
        texts = [greeting(translator(code)) for code in spoken]
        self._hello.setText(" · ".join(_isolated(code, hello) for code, (hello, _) in zip(spoken, texts, strict=True)))
        self._lead.setText("\n".join(_isolated(code, lead) for code, (_, lead) in zip(spoken, texts, strict=True)))
        self._tell_state(language)
        is_usual = not self._state.text()
        self._band.setVisible(not is_usual)
        for part in (self._picture, self._lead):  # it says the same and more, in their place
            part.setVisible(is_usual)

    def _tell_state(self, language: str | None) -> None:
        """Say what one should know before beginning; two sentences have no room in as many languages as one."""
        are_two = "\n" in state_sentence(self.hall, self.texts)
        if language is None:
            spoken = self._at_once()[: _OF_TWO if are_two else None]
        else:
            spoken = [language] if are_two else [self.services.settings.languages[0], language]
        sentences = dict.fromkeys(_isolated(code, state_sentence(self.hall, translator(code))) for code in spoken)
        self._state.setText("\n".join(filter(None, sentences)))

    def _at_once(self) -> list[str]:
        offered = self.services.settings.languages
        return [code for code in AT_ONCE if code in offered] or [offered[0]]

    def _language_buttons(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(self.theme.steps(2))
        columns = _language_columns(len(self.services.settings.languages), self.theme)
        for rank, code in enumerate(self.services.settings.languages):
            button = self.primary(
                f"language_{code}", languages()[code].own_name, partial(self.journey.choose_language, code)
            )
            button.setMinimumHeight(self.theme.target)
            button.setProperty("voice", languages()[code].voice)  # each says its name as its speakers do
            grid.addWidget(button, rank // columns, rank % columns)
        return grid


_OF_TWO: Final = 2
_NO_LIMIT: Final = 16_777_215  # QWIDGETSIZE_MAX


def _language_columns(count: int, theme: Theme) -> int:
    """Return how many languages stand side by side, so that all are seen at once."""
    if count <= _FEW_LANGUAGES:
        return count if theme.is_wide else 1
    if theme.is_wide:
        return 5 if theme.comfort.text_size is TextSize.NORMAL else 3
    return 2


def _unbroken(word: str) -> str:
    """Return a word that stays on one line: Chinese may be broken after every sign."""
    return "\u2060".join(word) if word.isalpha() and "\u4e00" <= word[0] <= "\u9fff" else word


def _isolated(code: str, text: str) -> str:
    """Return each line of a text in its own direction, whatever stands around it."""
    mark = _RLI if languages()[code].is_right_to_left else _FSI
    return "\n".join(f"{mark}{line}{_PDI}" for line in text.split("\n") if line)


class _Poster(Page):
    """Two panels with the same statement: French, and another language that changes by turns; nothing to choose."""

    has_back = False
    can_leave = False
    turns_at_once: ClassVar[bool] = True
    pictogram: ClassVar[str]

    def statement(self) -> Callable[[Hall, Translator], Statement]:
        """Return what makes the statement in a language."""
        raise TypeError(f"{type(self).__name__} has nothing to say")

    def build(self) -> None:
        """Show the statement in French, where the service is, and last the language that changes: it moves nothing."""
        self.column.addSpacing(0 if self.theme.is_wide else self.theme.steps(8))
        picture = QLabel()
        picture.setPixmap(icon(self.pictogram, self.theme.steps(12), self.theme.colours))
        self.column.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        self.headline()
        body = self.side_by_side()
        first, self._other = self._statement_panel("statement_first"), self._statement_panel("statement_other")
        if self.findChild(QLabel, "heading") is None:  # each page has one, and it is what the page is called
            first.findChildren(QLabel)[0].setObjectName("heading")
        fixed, turning = QVBoxLayout(), QVBoxLayout()
        fixed.setSpacing(self.theme.steps(2))
        for side, panels in ((fixed, (first, self._address())), (turning, (self._other,))):
            for each in panels:
                side.addWidget(each)
            if self.theme.is_wide:
                side.addStretch(1)
            body.addLayout(side, 1)
        self.column.addLayout(body)
        self.column.addStretch(1)
        # Who listens hears one language, in its own voice.
        self._fill(first, self.draft.language if self._is_heard else self.services.settings.languages[0])
        self.take_turn(None)

    def headline(self) -> None:
        """Add what stands above both panels."""

    def take_turn(self, language: str | None) -> None:
        """Say it in another language below the French; without a turn in that of the visitor."""
        offered = self.services.settings.languages
        chosen = language or self.draft.language
        if chosen == offered[0] and language is None:
            chosen = next((code for code in ("en", *offered) if code in offered and code != offered[0]), offered[0])
        self._fill(self._other, chosen)
        self._other.setVisible(chosen != offered[0] and not self._is_heard)

    @property
    def _is_heard(self) -> bool:
        return self.journey.comfort.voice is not Voice.OFF

    def _statement_panel(self, name: str) -> QFrame:
        frame, column = panel(self.theme, name=name)
        for rank in range(_STATEMENT_LINES):
            column.addWidget(text_label("", "lead", f"{name}_{rank}", centred=True))
        column.addStretch(1)
        return frame

    def _fill(self, frame: QFrame, code: str) -> None:
        said = self.statement()(self.hall, translator(code))
        if frame.height() > frame.minimumHeight() and frame.isVisible():
            frame.setMinimumHeight(frame.height())  # it may grow for a longer language, and never shrinks again
        for rank, label in enumerate(label for label in frame.findChildren(QLabel)):
            role, text = said[rank] if rank < len(said) else ("lead", "")
            label.setProperty("role", role)
            label.setText(_isolated(code, text))
            label.setVisible(bool(text))
            label.style().polish(label)

    def _address(self) -> QFrame:
        site = self.services.site
        frame, column = panel(self.theme, name="service", rim=2)
        column.setSpacing(self.theme.steps(0.5))
        column.addWidget(text_label(site.service_name, "section", centred=True))
        address, ways = list(site.service_address), [site.service_phone, site.service_email]
        if self.theme.is_wide:
            address, ways = [", ".join(address)], [" · ".join(filter(None, ways))]
        lines = [*address, *ways]
        column.addWidget(text_label("\n".join(filter(None, lines)), "lead", "service_address", centred=True))
        return frame


_STATEMENT_LINES: Final = 4


class ClosedPage(_Poster):
    """The door is closed: when it opens, where the service is, and what to do when time is short."""

    name = "closed"
    pictogram = "attente"
    can_call = False  # nobody is there, and nothing may be promised

    def headline(self) -> None:
        """Say the one word in every language at once."""
        offered = self.services.settings.languages
        words = dict.fromkeys(_isolated(code, _unbroken(closed_word(translator(code)))) for code in offered)
        self.setAccessibleName(closed_word(self.texts))
        self.column.addWidget(text_label("\u00a0· ".join(words), "lead", "heading", centred=True))

    def statement(self) -> Callable[[Hall, Translator], Statement]:
        """Return what stands on the door."""
        return closed_statement


class OutOfServicePage(_Poster):
    """Nothing can be saved, so that nobody is asked anything: a person and paper are the ways."""

    name = "out_of_service"
    pictogram = "problem"
    can_call = False  # a call is an entry, and no entry can be written

    def headline(self) -> None:
        """Name the page for whoever cannot see it."""
        self.setAccessibleName(self.say("out_of_service", "La borne est en panne."))

    def statement(self) -> Callable[[Hall, Translator], Statement]:
        """Return the excuse and the ways that remain."""
        return out_of_service_statement
