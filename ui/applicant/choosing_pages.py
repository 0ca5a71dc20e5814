"""Data notice, group and procedure: what a person chooses before saying who they are."""

from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kiosk.domain.place import Site
from kiosk.domain.procedure import SupportingDocument
from ui.applicant.keeping_words import kept_said
from ui.applicant.page import Page
from ui.applicant.wording import procedure_label, window_sentence
from ui.kit.labels import panel, text_label
from ui.kit.scrolling import ScrollColumn

_RUNNING_GROUP: Final = "attente"  # « Mon dossier est en cours »


class NoticePage(Page):
    """Who keeps what, why and how long, before anything is asked (RGPD art. 13)."""

    name = "notice"

    def build(self) -> None:
        """Show the short notice, with the long one below it."""
        site = self.services.site
        self.title(self.say("notice", "Vos données"), self.say("notice", "Nous gardons ce que vous écrivez ici."))
        scroll = self.scrolled("notice_text")
        grid = self.even_grid(2)
        columns = 2 if self.theme.is_wide else 1
        for rank, (question, answer) in enumerate(self._articles(site)):
            frame, column = panel(self.theme, rim=2)
            column.setSpacing(self.theme.steps(0.5))
            column.addWidget(text_label(question, "section"))
            column.addWidget(text_label(answer, "lead"))
            column.addStretch(1)
            grid.addWidget(frame, rank // columns, rank % columns)
        scroll.column.addLayout(grid)
        scroll.column.addStretch(1)
        self.ways_on(self.primary("continue", self.say("action", "J'ai compris, continuer"), self.journey.read_notice))

    def _articles(self, site: Site) -> tuple[tuple[str, str], ...]:
        """Return the questions of a visitor and our answers (RGPD art. 13)."""
        return (
            (self.say("notice", "Qui ?"), site.prefecture_name),
            (
                self.say("notice", "Pourquoi ?"),
                self.say("notice", "Pour enregistrer votre demande et prouver sa date."),
            ),
            (self.say("notice", "Qui peut lire ?"), self.say("notice", "Les agents du service des étrangers.")),
            (
                self.say("notice", "Combien de temps ?"),
                kept_said(self.texts, self.services.keep_days),
            ),
            (
                self.say("notice", "Vos droits"),
                self.say(
                    "notice", "Vous pouvez demander à lire, corriger ou limiter vos données. Écrivez à {contact}."
                ).format(contact=self.texts.isolated(site.rights_contact)),
            ),
            (
                self.say("notice", "Important"),
                self.say("notice", "La borne ne vous filme pas. La borne ne vérifie pas votre situation."),
            ),
        )


def came_back_card(page: Page) -> QWidget:
    """Return the way on of a person who has a ticket already."""
    card = page.card(
        "came_back", page.say("returning", "J'ai déjà un ticket"), page.journey.come_back, pictogram="ticket"
    )
    card.setMinimumHeight(page.theme.steps(12))
    return card


class GroupsPage(Page):
    """What the visit is about, in seven shelves."""

    name = "groups"

    def build(self) -> None:
        """Show one card for each group that offers something here."""
        self.title(self.say("groups", "Pourquoi venez-vous ?"), self.say("groups", "Touchez une réponse."))
        scroll = self.scrolled("group_list")
        grid = self.even_grid(2)
        columns = 2 if self.theme.is_wide else 1
        catalogue = self.services.catalogue
        groups = [group for group in catalogue.groups if catalogue.in_group(group.code)]
        for rank, group in enumerate(groups):
            card = self.card(
                f"group_{group.code}",
                self.say("group", group.label_fr),
                partial(self.journey.choose_group, group.code),
                pictogram=group.code,
            )
            card.setMinimumHeight(self.theme.steps(16))
            grid.addWidget(card, rank // columns, rank % columns)
        scroll.column.addLayout(grid)
        scroll.column.addWidget(came_back_card(self))
        scroll.column.addStretch(1)
        self.ways_on(
            self.button("paper", self.say("action", "Je préfère le papier"), self.journey.prefer_paper),
            self.button("search", self.say("search", "Chercher avec un mot"), self.journey.look_for_words),
        )


class ProceduresPage(Page):
    """The procedures of one group."""

    name = "procedures"

    def build(self) -> None:
        """Show one card for each procedure."""
        self.title(self.say("procedures", "Quelle est votre demande ?"))
        scroll = self.scrolled("procedure_list")
        grid = self.even_grid(2)
        columns = 2 if self.theme.is_wide else 1
        for rank, procedure in enumerate(self.services.catalogue.in_group(self.draft.group)):
            card = self.card(
                f"procedure_{procedure.code}",
                procedure_label(procedure, self.texts),
                partial(self.journey.choose_procedure, procedure),
            )
            card.setMinimumHeight(self.theme.steps(13))
            grid.addWidget(card, rank // columns, rank % columns)
        scroll.column.addLayout(grid)
        if self.draft.group == _RUNNING_GROUP:
            scroll.column.addWidget(came_back_card(self))
        scroll.column.addStretch(1)


class ProcedurePage(Page):
    """What a procedure is, when to file, and what to bring."""

    name = "procedure"

    def build(self) -> None:
        """Show the easy sentences, the window and the tick list."""
        procedure = self.draft.procedure
        if procedure is None:
            raise ValueError("a procedure must be chosen first")
        self.title(procedure_label(procedure, self.texts))
        scroll = self.scrolled("procedure_text")
        sentences = "\n".join(self.say("falc", sentence) for sentence in procedure.falc_fr)
        scroll.column.addWidget(text_label(sentences, "lead", "sentences"))
        frame, column = panel(self.theme, name="window")
        column.addWidget(text_label(self.say("procedure_page", "Quand déposer ?"), "section"))
        column.addWidget(
            text_label(window_sentence(procedure, self.deadlines(procedure), self.texts), "lead", "window_sentence")
        )
        scroll.column.addWidget(frame)
        if procedure.documents:
            self._documents(scroll, procedure.documents)
        scroll.column.addStretch(1)
        if procedure.handoff:
            self.ways_on(self.primary("continue", self.say("action", "Où aller ?"), self.journey.hand_off))
            return
        another = self.say("helper", "Pour une autre personne")
        self.ways_on(
            self.button("for_another", another, self.journey.begin_for_another),
            self.primary("continue", self.say("action", "Faire cette demande"), self.journey.begin_telling),
        )

    def _documents(self, scroll: ScrollColumn, documents: tuple[SupportingDocument, ...]) -> None:
        scroll.column.addWidget(text_label(self.say("procedure_page", "Les papiers à apporter"), "section"))
        hint = self.say(
            "procedure_page", "Touchez les papiers que vous avez. Vous pouvez déposer sans tous les papiers."
        )
        scroll.column.addWidget(text_label(hint, "hint"))
        grid = self.even_grid(1.5)
        grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        columns = 2 if self.theme.is_wide else 1
        for rank, document in enumerate(documents):
            tick = self.tick(
                f"document_{document.code}",
                self.say("document", document.falc_fr),
                ticked=document.code in self.draft.documents,
                then=partial(self.journey.tick_document, document.code),
            )
            grid.addWidget(tick, rank // columns, rank % columns)
        scroll.column.addLayout(grid)


class GuidancePage(Page):
    """Another service is competent: an agent explains where to go."""

    name = "guidance"

    def build(self) -> None:
        """Show whom to see; a dated trace of the visit can be had all the same."""
        procedure = self.draft.procedure
        if procedure is None:
            raise ValueError("a procedure must be chosen first")
        self.title(procedure_label(procedure, self.texts))
        if procedure.stores_no_identity:
            lead = self.say("guidance", "Un agent vous explique où aller. Nous ne demandons pas votre nom.")
        else:
            lead = self.say("guidance", "Un autre service reçoit cette demande. Un agent vous donne l'adresse.")
        self.column.addWidget(text_label(lead, "lead", "lead"))
        # No address: this service's own would pass for that of the other one, which the kiosk does not know.
        self.column.addStretch(1)
        buttons = [self.button("call_agent_here", self.say("action", "Appeler un agent"), self.journey.ask_agent)]
        if procedure.stores_no_identity:
            text = self.say("action", "Prendre un numéro")
            buttons.append(self.primary("take_number", text, self.journey.confirm))
        else:
            text = self.say("action", "Garder une trace de ma visite")
            buttons.append(self.primary("keep_trace", text, self.journey.begin_telling))
        self.ways_on(*buttons)
