"""For what an appointment is wanted: the court looks at what somebody could not file (CE, 10 June 2020, n° 435594)."""

from collections.abc import Iterator
from functools import partial

from kiosk.domain.procedure import Channel, Procedure
from ui.applicant.telling_pages import QuestionPage
from ui.applicant.wording import procedure_label


class TargetPage(QuestionPage):
    """One card for each procedure that an appointment can be for."""

    name = "target"

    def build(self) -> None:
        """Show the procedures shelf by shelf; the answer may stay open."""
        self.title(self.say("target", "Pour quelle demande ?"), self.say("groups", "Touchez une réponse."))
        scroll = self.scrolled("target_list")
        grid = self.even_grid(1.5)
        columns = 2 if self.theme.is_wide else 1
        for rank, procedure in enumerate(self._offered()):
            label = procedure_label(procedure, self.texts)
            card = self.card(f"target_{procedure.code}", label, partial(self._choose, procedure))
            card.setCheckable(True)
            card.setChecked(procedure is self.draft.target)
            grid.addWidget(card, rank // columns, rank % columns)
        scroll.column.addLayout(grid)
        scroll.column.addStretch(1)
        self.next_ways(unknown=partial(self._choose, None))

    def _offered(self) -> Iterator[Procedure]:
        catalogue = self.services.catalogue
        for group in catalogue.groups:
            yield from (each for each in catalogue.in_group(group.code) if each.channel is not Channel.SERVICE)

    def _choose(self, procedure: Procedure | None) -> None:
        self.draft.target = procedure
        self.journey.answer()
