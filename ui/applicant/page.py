"""What every screen of a visit has in common: one title, one question, one clear way on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

from kiosk.domain.deadlines import deadlines_of
from kiosk.domain.procedure import Procedure
from kiosk.domain.ticket import Deadlines
from kiosk.translation import Translator
from kiosk.workflows.visit import Filer
from ui.applicant.draft import Draft
from ui.applicant.hall import Hall
from ui.applicant.services import ApplicantServices
from ui.kit.buttons import TapButton, WrappingButton
from ui.kit.comfort import TextSize
from ui.kit.icons import icon
from ui.kit.labels import lean_right, text_label
from ui.kit.paging import Paged
from ui.kit.scrolling import ScrollColumn
from ui.kit.text_entry import TextEntry
from ui.kit.theme import Theme

if TYPE_CHECKING:
    from ui.applicant.journey import Journey

_WAYS_IN_A_LINE: Final = 2


@dataclass(frozen=True, slots=True)
class PageContext:
    """All that a page shows and speaks to; a page keeps nothing of its own.

    Attributes:
        theme: sizes.
        tr: texts in the visitor's language.
        draft: what the visitor said.
        services: data to show.
        journey: where intents go.
        hall: what can be done for the next person.
    """

    theme: Theme
    tr: Translator
    draft: Draft
    services: ApplicantServices
    journey: "Journey"
    hall: Hall


class Page(QFrame):
    """One screen; made anew each time it is shown, so that a change of language is the same call as a return."""

    name: ClassVar[str] = "page"
    has_back: ClassVar[bool] = True
    can_leave: ClassVar[bool] = True
    can_call: ClassVar[bool] = True  # whether an agent can be called from here
    turns_at_once: ClassVar[bool] = False  # whether languages take turns as soon as nobody is here
    ticked = Signal(object)  # the choice that was ticked or not any more, for the voice
    told = Signal(str)  # a sentence that came up after the page was shown, for the voice

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.setObjectName(f"page_{self.name}")
        self.theme, self.texts, self.draft = context.theme, context.tr, context.draft
        self.services, self.journey, self.hall = context.services, context.journey, context.hall
        self.entries: list[TextEntry] = []
        self._bar = 0
        self.column = QVBoxLayout(self)
        side = self.theme.steps(6)
        self.column.setContentsMargins(side, self.theme.steps(4), side, self.theme.steps(3))
        self.column.setSpacing(self.theme.steps(2.5))
        self.build()

    def build(self) -> None:
        """Fill the column from the draft."""
        raise TypeError(f"{type(self).__name__} has nothing to show")  # every page below has

    def take_turn(self, language: str | None) -> None:
        """Speak another language for a while, on the pages that nobody has begun to use; None: as usual."""

    def take_readiness(self) -> None:
        """Show that what can be saved or printed has changed, where that matters."""

    def title(self, text: str, lead: str = "") -> None:
        """Add the title and the sentence below it."""
        self._title(self.column, text, lead)

    def title_in_line(self, text: str, lead: str) -> None:
        """Add the title with what it is about beside it where a low screen would have to scroll, else below it."""
        if not self.theme.is_wide or self.theme.comfort.text_size is not TextSize.NORMAL:
            self.title(text, lead)
            return
        self.setAccessibleName(text)
        row = QHBoxLayout()
        row.setSpacing(self.theme.steps(3))
        heading = text_label(text, "heading", "heading")
        heading.setWordWrap(False)
        row.addWidget(heading)
        row.addWidget(text_label(lead, "lead", "lead"), 1)
        self.column.addLayout(row)

    def say_for_whom(self) -> None:
        """Remind a helper or a parent that the answers are those of somebody else."""
        if self.draft.filer is Filer.APPLICANT:
            return
        if self.theme.is_wide:
            self.column.setSpacing(self.theme.steps(2))  # one line more than for who answers for themselves
        is_parent = self.draft.filer is Filer.PARENT
        for_child = self.say("helper", "Répondez pour votre enfant.")
        text = for_child if is_parent else self.say("helper", "Répondez pour la personne que vous aidez.")
        self.column.addWidget(text_label(text, "section", "for_whom"))

    def announcement(self, pictogram: str, text: str, lead: str = "") -> QVBoxLayout:
        """Return a title in the middle, under a large pictogram: something has happened."""
        column = QVBoxLayout()
        column.setSpacing(self.theme.steps(2))
        picture = QLabel()
        picture.setPixmap(icon(pictogram, self.theme.steps(14), self.theme.colours))
        column.addStretch(1)
        column.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        self._title(column, text, lead, centred=True)
        column.addStretch(1)
        return column

    def _title(self, column: QVBoxLayout, text: str, lead: str, *, centred: bool = False) -> None:
        self.setAccessibleName(text)
        column.addWidget(text_label(text, "heading", "heading", centred=centred))
        if lead:
            column.addWidget(text_label(lead, "lead", "lead", centred=centred))

    def scrolled(self, name: str) -> ScrollColumn:
        """Add a list that may be longer than the page; its bar stands in the page's margin."""
        scroll = ScrollColumn(self.theme, name)
        self._bar = self.theme.scroll_bar
        self._widen(self.column, -self._bar)
        self.column.addWidget(Paged(scroll, self.theme, self.texts), 1)
        return scroll

    def even_grid(self, spacing: float) -> QGridLayout:
        """Return a grid of two columns of the same width on wide screens, of one on tall ones; spacing in steps."""
        grid = QGridLayout()
        grid.setSpacing(self.theme.steps(spacing))
        for column in range(2 if self.theme.is_wide else 1):
            grid.setColumnStretch(column, 1)
        return grid

    def beside_bar(self, layout: QLayout) -> None:
        """Let a row end where the cards of a list end, not where its bar ends."""
        self._widen(layout, self._bar)

    def _widen(self, layout: QLayout, by: int) -> None:
        """Change the margin at the end of the line."""
        margins = layout.contentsMargins()
        if self.texts.language.is_right_to_left:
            margins.setLeft(margins.left() + by)
        else:
            margins.setRight(margins.right() + by)
        layout.setContentsMargins(margins)

    def ways_on(self, *buttons: QWidget) -> None:
        """Add the ways on, the clear one last; it has a line of its own where there is little room."""
        if len(buttons) > _WAYS_IN_A_LINE and self.theme.is_narrow:
            self._line_of(*buttons[:-1])
            self._line_of(buttons[-1])
        else:
            self._line_of(*buttons)

    def _line_of(self, *buttons: QWidget) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.theme.steps(2))
        self.beside_bar(row)
        for button in buttons:
            row.addWidget(button, 2 if button.property("role") == "primary" else 1)
        self.column.addLayout(row)

    def primary(self, name: str, text: str, then: Callable[[], None]) -> TapButton:
        """Return the one clear way on."""
        return self.button(name, text, then, "primary")

    def button(self, name: str, text: str, then: Callable[[], None], role: str = "plain") -> TapButton:
        """Return a button."""
        button = TapButton(name, text, role)
        button.double_tap_ms = self.services.settings.double_tap_ms
        button.then(then)
        return button

    def card(
        self, name: str, text: str, then: Callable[[], None], *, detail: str = "", pictogram: str = ""
    ) -> WrappingButton:
        """Return a large choice."""
        card = WrappingButton(name, text, self.theme, detail=detail, pictogram=pictogram)
        card.setMinimumHeight(self.theme.target)
        card.double_tap_ms = self.services.settings.double_tap_ms
        card.then(then)
        if self.texts.language.is_right_to_left:  # also one that comes up after the page was shown
            lean_right(card)
        return card

    def tick(self, name: str, text: str, *, ticked: bool, then: Callable[[bool], None]) -> WrappingButton:
        """Return a choice that can be on or off; colour and a sign show it."""
        card = WrappingButton(name, text, self.theme, sign="box-ticked" if ticked else "box")
        card.setMinimumHeight(self.theme.target)
        card.setCheckable(True)
        card.double_tap_ms = 0  # a second tap takes the first one back
        card.setChecked(ticked)
        card.toggled.connect(lambda checked: card.show_sign("box-ticked" if checked else "box"))
        card.toggled.connect(then)
        card.toggled.connect(lambda _: self.ticked.emit(card))
        return card

    def entry(
        self, name: str, label: str, value: str, then: Callable[[str], None], keyboard: str = "letters"
    ) -> QVBoxLayout:
        """Return a labelled line to type in; what is typed goes to ``then`` at once."""
        line = TextEntry(name, label, keyboard)
        line.setText(value)
        line.textChanged.connect(lambda _: then(line.value))
        if self.texts.language.is_right_to_left:  # an empty line would let its cursor wait at the left
            line.setAlignment(
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
            )
        self.entries.append(line)
        column = QVBoxLayout()
        column.setSpacing(self.theme.steps(0.75))
        caption = text_label(label, "section", f"label_{name}")
        caption.setBuddy(line)
        column.addWidget(caption)
        column.addWidget(line)
        return column

    def side_by_side(self) -> QBoxLayout:
        """Return a row on wide screens, a column on tall ones."""
        wide, tall = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        layout = QBoxLayout(wide if self.theme.is_wide else tall)
        layout.setSpacing(self.theme.steps(2))
        return layout

    def deadlines(self, procedure: Procedure) -> Deadlines:
        """Return where today falls for a procedure, as far as the person has told."""
        return deadlines_of(
            procedure,
            self.services.today(),
            zone=self.services.site.departement.holiday_zone,
            calendar=self.services.calendar,
            permit_expires_on=self.draft.permit.whole(),
        )

    def say(self, context: str, french: str) -> str:
        """Return a text in the visitor's language."""
        return self.texts.text(context, french)
