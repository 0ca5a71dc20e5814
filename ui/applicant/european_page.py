"""Nationals of the Union, the EEA and Switzerland follow other rules (CESEDA book II): told, and free to go on."""

from collections.abc import Callable
from functools import partial

from kiosk.domain.procedure import Procedure
from ui.applicant.page import Page
from ui.applicant.wording import procedure_label
from ui.kit.buttons import WrappingButton


class EuropeanPage(Page):
    """Offers the procedure that is made for such a passport beside the one that was chosen."""

    name = "european"

    def build(self) -> None:
        """Show both, each with what it means."""
        chosen, meant = self.draft.procedure, self.services.catalogue.meant_for_europeans
        if chosen is None or meant is None:
            raise ValueError("a procedure must be chosen, and one for Europeans must be offered")
        self.title(
            self.say("european", "Une autre demande existe"),
            self.say("european", "Pour les Européens et leur famille, les règles sont différentes. Vous choisissez."),
        )
        scroll = self.scrolled("two_procedures")
        keep, change = self.journey.answer, partial(self.journey.change_procedure, meant)
        other = " ".join(self.say("falc", sentence) for sentence in meant.falc_fr)
        kept = self.say("european", "Je garde ma demande.")
        scroll.column.addWidget(self._choice("change_procedure", meant, other, change))
        scroll.column.addWidget(self._choice("keep_procedure", chosen, kept, keep))
        scroll.column.addStretch(1)

    def _choice(self, name: str, procedure: Procedure, detail: str, then: Callable[[], None]) -> WrappingButton:
        return self.card(name, procedure_label(procedure, self.texts), then, detail=detail)
