"""A procedure by a simple word, for whoever does not find it on the shelves."""

from functools import partial
from typing import Final

from PySide6.QtWidgets import QGridLayout

from kiosk.domain.procedure import Procedure
from kiosk.domain.procedure_search import ProcedureWords, found_procedures
from ui.applicant.page import Page
from ui.applicant.wording import procedure_label
from ui.kit.emptying import empty
from ui.kit.labels import text_label

_MOST_SHOWN: Final = 8


class SearchPage(Page):
    """Shows what fits while a word is typed; suggests nothing by itself."""

    name = "search"

    def build(self) -> None:
        """Ask for a word."""
        self.title(self.say("search", "Chercher avec un mot"))
        label = self.say("search", "Écrivez un mot. Par exemple : étudiant, perdu, enfant.")
        field = self.entry("procedure_search", label, self.draft.search, self._search)
        self.column.addLayout(field)
        results = self.scrolled("found_list")
        self.beside_bar(field)
        self.nothing = text_label(
            self.say("search", "Nous n'avons rien trouvé. Essayez un autre mot, ou parlez à un agent."),
            "lead",
            "nothing",
        )
        self.nothing.hide()
        results.column.addWidget(self.nothing)
        self.grid = QGridLayout()
        self.grid.setSpacing(self.theme.steps(1.5))
        results.column.addLayout(self.grid)
        results.column.addStretch(1)
        self._offered = tuple(map(self._words, self.services.catalogue.procedures.values()))
        self._show(self.draft.search)

    def _search(self, text: str) -> None:
        self.draft.search = text
        self._show(text)

    def _show(self, text: str) -> None:
        empty(self.grid)
        found = found_procedures(text, self._offered)[:_MOST_SHOWN]
        columns = 2 if self.theme.is_wide else 1
        for rank, procedure in enumerate(found):
            label = procedure_label(procedure, self.texts)
            then = partial(self.journey.choose_procedure, procedure)
            self.grid.addWidget(self.card(f"procedure_{procedure.code}", label, then), rank // columns, rank % columns)
        was_empty = self.nothing.isHidden()
        self.nothing.setVisible(bool(text) and not found)
        if was_empty and not self.nothing.isHidden():
            self.told.emit(self.nothing.text())

    def _words(self, procedure: Procedure) -> ProcedureWords:
        names = (procedure.shown_fr, procedure.label_fr, procedure_label(procedure, self.texts), *procedure.aliases)
        translated = (self.say("falc", sentence) for sentence in procedure.falc_fr)
        return ProcedureWords(procedure, names, (*procedure.falc_fr, *translated))
