"""What every screen of a visit has in common: one title, one question, one clear way on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.translation import Translator
from ui.applicant.draft import Draft
from ui.applicant.services import ApplicantServices
from ui.kit.buttons import TapButton, WrappingButton
from ui.kit.labels import text_label
from ui.kit.text_entry import TextEntry
from ui.kit.theme import Theme

if TYPE_CHECKING:
    from ui.applicant.journey import Journey


@dataclass(frozen=True, slots=True)
class PageContext:
    """All that a page shows and speaks to; a page keeps nothing of its own.

    Attributes:
        theme: sizes.
        tr: texts in the visitor's language.
        draft: what the visitor said.
        services: data to show.
        journey: where intents go.
    """

    theme: Theme
    tr: Translator
    draft: Draft
    services: ApplicantServices
    journey: "Journey"


class Page(QWidget):
    """One screen; made anew each time it is shown, so that a change of language is the same call as a return."""

    name: ClassVar[str] = "page"
    has_back: ClassVar[bool] = True
    can_leave: ClassVar[bool] = True

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.setObjectName(f"page_{self.name}")
        self.theme, self.texts, self.draft = context.theme, context.tr, context.draft
        self.services, self.journey = context.services, context.journey
        self.entries: list[TextEntry] = []
        self.column = QVBoxLayout(self)
        side = self.theme.steps(6)
        self.column.setContentsMargins(side, self.theme.steps(4), side, self.theme.steps(3))
        self.column.setSpacing(self.theme.steps(2.5))
        self.build()

    def build(self) -> None:
        """Fill the column from the draft."""
        raise TypeError(f"{type(self).__name__} has nothing to show")  # every page below has

    def title(self, text: str, lead: str = "") -> None:
        """Add the title and the sentence below it."""
        heading = text_label(text, "heading", "heading")
        self.setAccessibleName(text)
        self.column.addWidget(heading)
        if lead:
            self.column.addWidget(text_label(lead, "lead", "lead"))

    def ways_on(self, *buttons: QWidget) -> None:
        """Add the row of ways on, the last one being the clear one."""
        row = QHBoxLayout()
        row.setSpacing(self.theme.steps(2))
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
        button.tapped.connect(then)
        return button

    def card(
        self, name: str, text: str, then: Callable[[], None], *, detail: str = "", pictogram: str = ""
    ) -> WrappingButton:
        """Return a large choice."""
        card = WrappingButton(name, text, self.theme, detail=detail, pictogram=pictogram)
        card.setMinimumHeight(self.theme.target)
        card.double_tap_ms = self.services.settings.double_tap_ms
        card.tapped.connect(then)
        return card

    def tick(self, name: str, text: str, *, ticked: bool, then: Callable[[bool], None]) -> WrappingButton:
        """Return a choice that can be on or off; colour, weight and a sign show it."""
        card = WrappingButton(name, text, self.theme)
        card.setMinimumHeight(self.theme.target)
        card.setCheckable(True)
        card.double_tap_ms = 0  # a second tap takes the first one back
        card.setChecked(ticked)

        def paint(checked: bool) -> None:
            card.caption.setText(f"☑  {text}" if checked else f"☐  {text}")

        paint(ticked)
        card.toggled.connect(paint)
        card.toggled.connect(then)
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

    def say(self, context: str, french: str) -> str:
        """Return a text in the visitor's language."""
        return self.texts.text(context, french)
