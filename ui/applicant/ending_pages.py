"""Review, confirmation, and what became of it: saved, printed, or shown on the screen."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout

from kiosk.domain.moment import Moment
from kiosk.domain.procedure import Procedure
from kiosk.domain.request import Disposition, FilingOutcome
from kiosk.domain.ticket import Ticket, WindowPosition
from kiosk.workflows.print_job import PrintState
from kiosk.workflows.visit import Question
from ui.applicant.hall_wording import paper_sentence
from ui.applicant.page import Page
from ui.applicant.review_answers import ReviewAnswers
from ui.applicant.wording import day_in_words, procedure_label, window_sentence
from ui.kit.comfort import TextSize
from ui.kit.labels import panel, text_label
from ui.kit.qr_picture import qr_label
from ui.kit.scrolling import ScrollColumn

_HIDDEN = "••••••"
_MANY = 8
_NARROW_COLUMNS = 3
# Names so small that nobody reads them from behind, a list so small that a held review needs no scrolling.
_ROLES: Final = {
    Question.HELPER: "private",
    Question.NAMES: "private",
    Question.GUARDIAN: "private",
    Question.ATTEMPTS: "choice",
}
_HIDDEN_ARABIC = "ــــــــ"  # as high as what it hides: nothing moves below the finger that holds the button


class ReviewPage(Page):
    """All answers before the commitment; names and dates can be read only while the button is held."""

    name = "review"

    def build(self) -> None:
        """Show each answer with a way to change it."""
        procedure = self.draft.procedure
        if procedure is None:
            raise ValueError("a procedure must be chosen first")
        self.title_in_line(self.say("review", "Vérifiez votre demande"), procedure_label(procedure, self.texts))
        self._values: list[tuple[QLabel, str]] = []
        self._hidden = _HIDDEN_ARABIC if self.texts.language.is_right_to_left else _HIDDEN
        hold = self.button("hold_to_read", self.say("review", "Maintenir pour lire"), lambda: None)
        hold.pressed.connect(lambda: self._show(shown=True))
        hold.released.connect(lambda: self._show(shown=False))
        hint = self.say("review", "Vos réponses sont cachées. Gardez le doigt sur le bouton pour les lire.")
        scroll = self.scrolled("review_list")
        scroll.column.setSpacing(self.theme.steps(0.5))  # a finger that holds the button cannot scroll: it all fits
        self._window(procedure, scroll)
        grid = QGridLayout()
        grid.setSpacing(self.theme.steps(1 if self._columns(self.journey.questions) < _NARROW_COLUMNS else 0.75))
        self._fill(grid)
        scroll.column.addLayout(grid)
        scroll.column.addStretch(1)
        self.column.addWidget(text_label(hint, "hint"))
        self._paper = text_label("", "notice", "state_sentence")
        self._show_paper()
        row = QHBoxLayout()
        self.beside_bar(row)
        row.addWidget(self._paper)
        self.column.addLayout(row)
        confirm = self.primary("confirm", self.say("action", "Déposer ma demande"), self.journey.confirm)
        self.ways_on(hold, confirm)

    def take_readiness(self) -> None:
        """Say in time that no paper will come."""
        self._show_paper()
        self.told.emit(self._paper.text())

    def _show_paper(self) -> None:
        self._paper.setText(paper_sentence(self.hall.readiness, self.texts))
        self._paper.setVisible(bool(self._paper.text()))

    def _fill(self, grid: QGridLayout) -> None:
        answers = ReviewAnswers(self.draft, self.texts, self.services.places.countries)
        questions = self.journey.questions
        columns = self._columns(questions)
        row = place = 0
        for question in questions:
            span = columns if question is Question.ATTEMPTS else 1  # a list of its own
            if place + span > columns:
                row, place = row + 1, 0
            frame = self._answer(question, answers, rim=0.75 if columns == _NARROW_COLUMNS else 1.25)
            grid.addWidget(frame, row, place, 1, span)
            place += span
        for column in range(columns):
            grid.setColumnStretch(column, 1)

    def _answer(self, question: Question, answers: ReviewAnswers, rim: float) -> QFrame:
        frame, column = panel(self.theme, rim=rim)
        row = QHBoxLayout()
        row.setSpacing(self.theme.steps(2))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(text_label(answers.caption(question), "hint"))
        for value in answers.of(question):
            label = text_label(self._hidden, _ROLES.get(question, "lead"), f"review_{question.value}")
            self._values.append((label, value))
            words.addWidget(label)
        row.addLayout(words, 1)
        change = self.button(
            f"change_{question.value}",
            self.say("action", "Modifier"),
            partial(self.journey.correct, question),
        )
        change.setAccessibleName(f"{change.text()} : {answers.caption(question)}")
        # For the voice in the headset: who does not see cannot hold a button and read.
        change.setAccessibleDescription(", ".join(answers.of(question)))
        row.addWidget(change)
        column.addLayout(row)
        return frame

    def _columns(self, questions: Sequence[Question]) -> int:
        """Return how many answers stand side by side, so that all are seen at once: few, where there is no long one."""
        if not self.theme.is_wide:
            return 1
        is_long = Question.ATTEMPTS in questions or len(questions) > _MANY
        return _NARROW_COLUMNS if is_long and self.theme.comfort.text_size is TextSize.NORMAL else 2

    def _show(self, *, shown: bool) -> None:
        for label, value in self._values:
            label.setText(value if shown else self._hidden)

    def _window(self, procedure: Procedure, scroll: ScrollColumn) -> None:
        """Say kindly whether today is early or late, once the end of the permit is known."""
        deadlines = self.deadlines(procedure)
        if self.draft.permit.whole() is None or deadlines.window in {WindowPosition.UNKNOWN, WindowPosition.OPEN}:
            return
        frame, column = panel(self.theme, "notice", "window", rim=1)
        column.addWidget(text_label(window_sentence(procedure, deadlines, self.texts), "lead", "window_sentence"))
        scroll.column.addWidget(frame)


class SavingPage(Page):
    """Between the tap and the disk: nothing is promised yet."""

    name = "saving"
    has_back = False
    can_leave = False

    def build(self) -> None:
        """Say to wait."""
        self.column.addStretch(1)
        self.column.addWidget(text_label(self.say("saving", "Un instant…"), "heading", "heading", centred=True))
        self.column.addWidget(busy_bar(self.theme.steps(1)))
        self.column.addStretch(2)


class NotSavedPage(Page):
    """The store refused: say so, keep the answers, offer a person."""

    name = "not_saved"
    has_back = False

    def build(self) -> None:
        """Offer to try again, and an agent."""
        self.column.addStretch(1)
        said = self.announcement(
            "problem",
            self.say("not_saved", "Votre demande n'est pas encore enregistrée"),
            self.say("not_saved", "La borne a un problème. Essayez encore, ou parlez à un agent. Rien n'est perdu."),
        )
        self.column.addLayout(said)
        self.column.addStretch(2)
        self.ways_on(
            self.button("call_agent_here", self.say("action", "Appeler un agent"), self.journey.ask_agent),
            self.primary("retry", self.say("action", "Essayer encore"), self.journey.confirm),
        )


class _OutcomePage(Page):
    """Common to the pages after the filing."""

    has_back = False

    def outcome(self) -> FilingOutcome:
        """Return what was filed."""
        outcome = self.journey.outcome
        if outcome is None:
            raise ValueError("nothing was filed yet")
        return outcome

    def saved_sentence(self) -> str:
        """Return what is true now: it is on disk."""
        if self.outcome().disposition is Disposition.REPEATED:
            return self.say("outcome", "Vous avez déjà cette demande. Votre première date est gardée.")
        return self.say("outcome", "Votre demande est enregistrée.")

    def numbers(self) -> QFrame:
        """Return call number and reference, large."""
        outcome = self.outcome()
        frame, column = panel(self.theme, name="numbers")
        column.setSpacing(self.theme.steps(1))
        column.addWidget(text_label(self.say("outcome", "Votre numéro dans la salle"), "hint", centred=True))
        column.addWidget(text_label(outcome.filing.call_number, "number", "call_number", centred=True))
        column.addWidget(text_label(self.say("outcome", "Référence de votre demande"), "hint", centred=True))
        reference = text_label(outcome.request.reference, "reference", "reference", centred=True)
        column.addWidget(reference)
        received = self.say("outcome", "Reçue le {day} à {time}").format(
            day=day_in_words(outcome.request.received.civil_date, self.texts),
            time=self.texts.isolated(_time_of(outcome.request.received)),
        )
        column.addWidget(text_label(received, "lead", "received", centred=True))
        return frame


class PrintingPage(_OutcomePage):
    """On disk, said so; the ticket is on its way."""

    name = "printing"

    def build(self) -> None:
        """Show the numbers while the printer works."""
        self.column.addStretch(1)
        self.column.addLayout(self.announcement("saved", self.saved_sentence()))
        self.column.addSpacing(self.theme.steps(2))
        self.column.addWidget(self.numbers())
        self.column.addSpacing(self.theme.steps(4))
        working = self.say("printing", "Votre ticket s'imprime…")
        if not self.services.has_printer:
            working = self.say("saving", "Un instant…")
        self.column.addWidget(text_label(working, "lead", "lead", centred=True))
        self.column.addWidget(busy_bar(self.theme.steps(1)))
        self.column.addStretch(2)


class TicketOutPage(_OutcomePage):
    """The printer said that the slip left."""

    name = "ticket_out"

    def build(self) -> None:
        """Tell to take and keep it."""
        self.column.addStretch(1)
        body = self.side_by_side()
        body.setSpacing(self.theme.steps(3))
        said = self.announcement("ticket", self.say("ticket_out", "Prenez votre ticket"), self.saved_sentence())
        body.addLayout(said, 1)
        body.addWidget(self.numbers(), 1)
        self.column.addLayout(body)
        frame, column = panel(self.theme, "notice")
        column.addWidget(
            text_label(
                self.say("ticket_out", "Gardez ce ticket. Faites une photo. Il prouve la date de votre demande."),
                "lead",
            )
        )
        column.addWidget(text_label(self.say("ticket_out", "Ce ticket n'est pas un titre de séjour."), "lead"))
        self.column.addWidget(frame)
        self.column.addStretch(2)
        self.ways_on(self.primary("finish", self.say("action", "Terminer"), self.journey.leave))


class TicketShownPage(_OutcomePage):
    """No paper came, or nobody can be sure: the ticket is on the screen, to be photographed."""

    name = "ticket_shown"

    def build(self) -> None:
        """Show code, numbers and what happened."""
        if self.theme.is_wide:
            self.column.setSpacing(self.theme.steps(1.25))  # a low screen, and the whole ticket must be seen at once
        self.title(self.saved_sentence(), self._what_happened())
        ticket = self.journey.ticket
        body = self.side_by_side()
        if ticket is not None:
            body.addLayout(self._code(ticket))
        numbers = QVBoxLayout()
        numbers.addStretch(1)
        numbers.addWidget(self.numbers())
        numbers.addStretch(1)
        body.addLayout(numbers, 1)
        self.column.addLayout(body, 1)
        frame, column = panel(self.theme, "notice", rim=1)
        column.setSpacing(0)
        column.addWidget(
            text_label(
                self.say("ticket_shown", "Faites une photo de cet écran. Elle prouve la date de votre demande."), "lead"
            )
        )
        column.addWidget(
            text_label(
                self.say(
                    "ticket_shown", "Un agent peut imprimer votre ticket plus tard. Ce n'est pas un titre de séjour."
                ),
                "lead",
            )
        )
        self.column.addWidget(frame)
        self.ways_on(
            self.button("call_agent_here", self.say("action", "Appeler un agent"), self.journey.ask_agent),
            self.primary("finish", self.say("action", "J'ai ma photo, terminer"), self.journey.leave),
        )

    def _what_happened(self) -> str:
        if self.journey.print_state is PrintState.UNCONFIRMED:
            return self.say(
                "ticket_shown",
                "L'imprimante n'a pas confirmé votre ticket. S'il est sorti, gardez-le. Sinon, il est ici.",
            )
        if not self.services.has_printer:
            return self.say("ticket_shown", "Cette borne n'imprime pas. Voici votre ticket sur l'écran.")
        return self.say("ticket_shown", "L'imprimante ne marche pas. Voici votre ticket sur l'écran.")

    def _code(self, ticket: Ticket) -> QVBoxLayout:
        column = QVBoxLayout()
        size = self.theme.steps(46 if self.theme.is_wide else 66)
        code = qr_label(ticket.seal, size, "seal", self.say("ticket_shown", "Code de vérification du ticket"))
        column.addStretch(1)
        column.addWidget(code, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return column


def busy_bar(height: int) -> QProgressBar:
    """Return a bar that shows that the machine works."""
    bar = QProgressBar()
    bar.setObjectName("busy")
    bar.setRange(0, 0)
    bar.setTextVisible(False)
    bar.setFixedHeight(height)
    return bar


def _time_of(moment: Moment) -> str:
    return moment.local.strftime("%H:%M")
