"""A ticket that comes back: its code on the reader, or its reference typed, and whose it is."""

from functools import partial

from kiosk.domain.reference import make_reference
from kiosk.errors import InputError
from ui.applicant.page import Page
from ui.applicant.return_journey import ReturnJourney
from ui.applicant.telling_pages import DatePage, QuestionPage
from ui.kit.labels import panel, text_label

_EXAMPLE_SEQUENCE = 1234  # of a day that no kiosk has seen
_LONGEST_REFERENCE = 30


def returning_of(page: Page) -> ReturnJourney:
    """Return the part of the visit in which a person comes back.

    Raises:
        ValueError: nobody comes back.
    """
    if page.journey.returning is None:
        raise ValueError("nobody came back with a ticket")
    return page.journey.returning


class FindTicketPage(Page):
    """Waits for the code of a ticket; the reference can be typed as well."""

    name = "find_ticket"

    def build(self) -> None:
        """Say where to lay it, and offer to type."""
        announcement = self.announcement(
            "ticket",
            self.say("returning", "Posez le code carré de votre ticket sur le lecteur"),
            self.say("returning", "Sinon, écrivez la référence de votre ticket."),
        )
        self.column.addLayout(announcement, 1)
        returning = returning_of(self)
        self.ways_on(
            self.primary("type_reference", self.say("returning", "Écrire la référence"), returning.type_reference)
        )


class TypeReferencePage(QuestionPage):
    """The reference, on a keyboard of capitals and figures."""

    name = "type_reference"

    def build(self) -> None:
        """Ask the reference; its check character catches a slip of the finger."""
        returning = returning_of(self)
        site = self.services.site
        number = make_reference(site.departement.code, site.kiosk_id, self.services.today(), _EXAMPLE_SEQUENCE)
        example = self.texts.isolated(number)
        self.title(self.say("returning", "Quelle est la référence de votre ticket ?"))
        lead = self.say("returning", "Elle est écrite en gros sur le ticket. Par exemple : {example}.")
        self.column.addWidget(text_label(lead.format(example=example), "hint", "hint"))
        field = self.entry(
            "reference",
            self.say("returning", "Référence"),
            returning.said.reference,
            partial(setattr, returning.said, "reference"),
            "reference",
        )
        self.entries[0].setMaxLength(_LONGEST_REFERENCE)
        self.column.addLayout(field)
        self.column.addStretch(1)
        self.next_ways()
        if returning.is_wrong:
            text = self.say("returning", "Cette référence n'est pas juste. Regardez chaque lettre et chaque chiffre.")
            self.refuse(text, self.entries[0])

    def go_on(self) -> None:
        """Look whether it can be a reference."""
        returning_of(self).look_for_typed()


class ProveBirthDatePage(DatePage):
    """The birth date, that the ticket's holder knows."""

    name = "prove_birth_date"

    def build(self) -> None:
        """Ask the three parts, as when the request was filed."""
        returning = returning_of(self)
        self.title(
            self.say("birth_date", "Quand êtes-vous né ou née ?"),
            self.say("returning", "C'est pour être sûr que ce ticket est à vous."),
        )
        self.column.addLayout(self.date_row(returning.said.birth))
        self.column.addStretch(1)
        self.error = text_label("", "error", "error")
        self.error.hide()
        self.column.addWidget(self.error)
        self.ways_on(
            self.button(
                "no_birth_date",
                self.say("returning", "Je n'ai pas donné de date"),
                returning.say_no_birth_date,
            ),
            self.primary("continue", self.say("action", "Continuer"), self.go_on),
        )
        if returning.is_wrong:
            self.refuse(_do_not_fit(self), self.entries[0])

    def go_on(self) -> None:
        """Answer with a date that exists."""
        returning = returning_of(self)
        try:
            is_empty = returning.said.birth.partial() is None
        except InputError:
            is_empty = True
        if is_empty:
            text = self.say("birth_date", "Cette date n'existe pas. Regardez le jour et l'année.")
            self.refuse(text, self.entries[0])
            return
        returning.prove()


class ProveNamePage(QuestionPage):
    """The name, where no birth date was given."""

    name = "prove_name"

    def build(self) -> None:
        """Ask the birth name."""
        returning = returning_of(self)
        self.title(
            self.say("names", "Comment vous appelez-vous ?"),
            self.say("returning", "C'est pour être sûr que ce ticket est à vous."),
        )
        self.column.addLayout(
            self.entry(
                "birth_name",
                self.say("names", "Nom de naissance"),
                returning.said.name,
                partial(setattr, returning.said, "name"),
            )
        )
        self.entries[0].setProperty("role", "private")
        self.column.addStretch(1)
        self.next_ways()
        if returning.is_wrong:
            self.refuse(_do_not_fit(self), self.entries[0])

    def go_on(self) -> None:
        """Answer with a name."""
        returning = returning_of(self)
        if not returning.said.name:
            self.refuse(self.say("names", "Écrivez votre nom. Une seule lettre suffit."), self.entries[0])
            return
        returning.prove()


class RequestElsewherePage(Page):
    """The request is not on this kiosk: what is sure, and a person who can look."""

    name = "request_elsewhere"

    def build(self) -> None:
        """Say what the seal proves, and that an agent can look."""
        brought = returning_of(self).brought
        is_proved = brought is not None and brought.is_proved
        self.column.addStretch(1)
        said = self.announcement("ticket", self.say("returning", "Votre demande n'est pas dans cette borne"))
        self.column.addLayout(said)
        frame, column = panel(self.theme, name="elsewhere")
        if is_proved:
            valid = self.say("returning", "Votre ticket est valable. Gardez-le bien.")
            column.addWidget(text_label(valid, "lead", "valid", centred=True))
        text = self.say("returning", "Cette borne ne connaît pas la suite. Un agent peut la chercher pour vous.")
        column.addWidget(text_label(text, "lead", "unknown_here", centred=True))
        self.column.addWidget(frame)
        self.column.addStretch(2)
        self.ways_on(
            self.button("call_agent_here", self.say("action", "Appeler un agent"), self.journey.ask_agent),
            self.primary("finish", self.say("action", "Terminer"), self.journey.leave),
        )


class AgentNeededPage(Page):
    """Three wrong answers: a person goes on, kindly."""

    name = "agent_needed"
    has_back = False

    def build(self) -> None:
        """Offer a person; nothing is said of the request."""
        self.column.addStretch(1)
        said = self.announcement(
            "agent",
            self.say("returning", "Un agent va vous aider"),
            self.say("returning", "Vos réponses ne vont pas avec ce ticket. Montrez-le à un agent."),
        )
        self.column.addLayout(said)
        self.column.addStretch(2)
        self.ways_on(
            self.button("finish", self.say("action", "Terminer"), self.journey.leave),
            self.primary("call_agent_here", self.say("action", "Appeler un agent"), self.journey.ask_agent),
        )


def _do_not_fit(page: Page) -> str:
    return page.say("returning", "Cette réponse ne va pas avec ce ticket. Essayez encore, ou parlez à un agent.")
