"""A document on the reader instead of typing: lay it down, look whether it is you."""

from collections.abc import Iterator

from kiosk.workflows.visit import Question
from ui.applicant.page import Page
from ui.applicant.wording import country_name, day_in_words, masked, partial_in_words
from ui.kit.labels import panel, text_label


class DocumentPage(Page):
    """Waits for a passport or card; nobody must have one."""

    name = "document"

    def build(self) -> None:
        """Say where to lay it, and offer to write."""
        self.say_for_whom()
        announcement = self.announcement(
            "document",
            self.say("scan", "Posez votre passeport ou votre titre de séjour sur le lecteur"),
            self.say("scan", "Du côté des lignes avec « <<< ». La borne garde vos réponses, pas l'image."),
        )
        self.column.addLayout(announcement, 1)
        self.ways_on(self.button("write", self.say("scan", "Je préfère écrire"), self.journey.write))


class ReadingPage(Page):
    """Shows what was read, small, to be confirmed."""

    name = "reading"

    def build(self) -> None:
        """Show each answer and what is not sure."""
        self.title(
            self.say("scan", "Est-ce bien vous ?"),
            self.say("scan", "Voici ce qui est écrit sur votre document."),
        )
        self.say_for_whom()
        scroll = self.scrolled("reading_list")
        frame, column = panel(self.theme)
        for caption, value, question in self._read():
            column.addWidget(text_label(caption, "hint"))
            role = "private" if question is Question.NAMES else "lead"
            column.addWidget(text_label(value, role, f"read_{question.value}"))
        scroll.column.addWidget(frame)
        if self.draft.is_read_in_part:
            notice, words = panel(self.theme, "notice", "doubtful", rim=1.5)
            words.addWidget(
                text_label(
                    self.say("scan", "Une partie n'est pas sûre. Vous la vérifiez dans les pages suivantes."),
                    "lead",
                )
            )
            scroll.column.addWidget(notice)
        scroll.column.addStretch(1)
        self.ways_on(
            self.button("correct", self.say("scan", "Non, je corrige"), self.journey.correct_reading),
            self.primary("that_is_me", self.say("scan", "Oui, c'est moi"), self.journey.answer),
        )

    def _read(self) -> Iterator[tuple[str, str, Question]]:
        draft = self.draft
        given = "" if draft.has_one_name else draft.given_names
        yield self.say("review", "Nom et prénoms"), f"{draft.birth_name}\n{given}".strip(), Question.NAMES
        birth = draft.birth.partial()
        if birth is not None:
            yield self.say("review", "Date de naissance"), partial_in_words(birth, self.texts), Question.BIRTH_DATE
        country = self.services.places.countries.get(draft.nationality or "")
        if country is not None:
            yield self.say("review", "Nationalité"), country_name(country, self.texts), Question.NATIONALITY
        permit = draft.permit.whole()
        if permit is not None:
            yield self.say("review", "Fin du titre de séjour"), day_in_words(permit, self.texts), Question.PERMIT
        if draft.foreigner_number:
            number = self.texts.isolated(masked(draft.foreigner_number))
            yield self.say("review", "Numéro étranger"), number, Question.NUMBER
