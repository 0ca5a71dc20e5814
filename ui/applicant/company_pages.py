"""Who stands at the kiosk besides the person: a helper, a parent, a guardian. The request stays that person's own."""

from functools import partial

from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from kiosk.domain.request import GuardianTie
from kiosk.workflows.visit import Filer
from ui.applicant.telling_pages import QuestionPage
from ui.applicant.wording import filer_label, tie_label
from ui.kit.buttons import WrappingButton


class HelperPage(QuestionPage):
    """For whom somebody comes; shown to those only who said that it is not for themselves."""

    name = "helper"
    speaks_of_the_person = False

    def build(self) -> None:
        """Show the three answers."""
        self.title(
            self.say("helper", "Pour qui venez-vous ?"),
            self.say("helper", "Si vous aidez quelqu'un, la demande reste à son nom."),
        )
        for filer in Filer:
            card = self.card(f"filer_{filer.value}", filer_label(filer, self.texts), partial(self._choose, filer))
            card.setMinimumHeight(self.theme.steps(16))
            card.setCheckable(True)
            card.setChecked(filer is self.draft.filer)
            self.column.addWidget(card)
        self.column.addStretch(1)

    def _choose(self, filer: Filer) -> None:
        self.draft.filer = filer
        self.journey.answer()


class HelperNamePage(QuestionPage):
    """Who helps, if they want to say it."""

    name = "helper_name"
    speaks_of_the_person = False

    def build(self) -> None:
        """Ask a name or an association."""
        self.title(
            self.say("helper", "Qui êtes-vous ?"),
            self.say("helper", "Écrivez votre nom ou votre association, si vous voulez."),
        )
        field = self.entry("helper_name", self.say("helper", "Nom ou association"), self.draft.helper_name, self._set)
        self.entries[0].setProperty("role", "private")
        self.column.addLayout(field)
        self.column.addStretch(1)
        self.next_ways()
        self.ways.insertWidget(0, self.button("unknown", self.say("helper", "Sans mon nom"), self._unnamed), 1)

    def _set(self, value: str) -> None:
        self.draft.helper_name = value

    def _unnamed(self) -> None:
        self.draft.helper_name = ""
        self.journey.answer()


class GuardianPage(QuestionPage):
    """The adult who is there with a minor; nobody is refused for coming alone."""

    name = "guardian"
    speaks_of_the_person = False

    def build(self) -> None:
        """Ask name and tie, both optional, and offer an agent."""
        is_parent = self.draft.filer is Filer.PARENT
        self.title(
            self.say("helper", "Qui êtes-vous ?") if is_parent else self.say("guardian", "Qui est avec vous ?"),
            self.say("guardian", "Avant 18 ans, un parent ou un tuteur vient aussi. Sinon, un agent vous aide."),
        )
        body = self.side_by_side()
        label = self.say("guardian", "Nom du parent ou du tuteur")
        field = self.entry("guardian_name", label, self.draft.guardian_name, self._set_name)
        field.addStretch(1)
        body.addLayout(field, 1)
        self.entries[0].setProperty("role", "private")
        body.addLayout(self._ties(), 1)
        self.column.addLayout(body)
        self.column.addStretch(1)
        self.next_ways()
        alone = self.button("unknown", self.say("guardian", "Personne n'est là"), self._alone)
        agent = self.button("call_agent_here", self.say("action", "Appeler un agent"), self.journey.ask_agent)
        self.ways.insertWidget(0, agent, 1)
        self.ways.insertWidget(1, alone, 1)

    def _ties(self) -> QVBoxLayout:
        grid = QGridLayout()
        grid.setSpacing(self.theme.steps(1.5))
        self._cards: dict[GuardianTie, WrappingButton] = {}
        for rank, tie in enumerate(GuardianTie):
            card = self.card(f"tie_{tie.value}", tie_label(tie, self.texts), partial(self._set_tie, tie))
            card.setCheckable(True)
            card.double_tap_ms = 0  # a second tap takes the first one back
            card.setChecked(tie is self.draft.guardian_tie)
            self._cards[tie] = card
            grid.addWidget(card, rank // 2, rank % 2)
        column = QVBoxLayout()
        column.addLayout(grid)
        column.addStretch(1)
        return column

    def _set_name(self, value: str) -> None:
        self.draft.guardian_name = value

    def _set_tie(self, tie: GuardianTie) -> None:
        self.draft.guardian_tie = tie if self._cards[tie].isChecked() else None
        for other, card in self._cards.items():
            card.setChecked(other is self.draft.guardian_tie)

    def _alone(self) -> None:
        self.draft.guardian_name, self.draft.guardian_tie = "", None
        self.journey.answer()
