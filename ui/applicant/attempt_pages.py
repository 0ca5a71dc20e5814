"""What happened elsewhere, as declared: the evidence that a judge looks for. Nothing of it is required."""

from functools import partial
from typing import Final

from kiosk.domain.request import AttemptOutcome, Evidence, HelpChannel
from kiosk.errors import InputError
from kiosk.workflows.visit import AttemptStep, HelpStep, Question
from ui.applicant.draft import DateParts, When
from ui.applicant.review_answers import ReviewAnswers
from ui.applicant.telling_pages import DatePage, QuestionPage
from ui.applicant.ticket_pages import returning_of
from ui.applicant.wording import attempt_label, evidence_label, help_label, partial_in_words
from ui.kit.buttons import WrappingButton
from ui.kit.labels import panel, text_label
from ui.kit.scrolling import ScrollColumn

_BESIDE: Final = " · "
_MOST_DAYS: Final = 6  # of each thing: a request has at most fifty attempts


class AttemptsPage(QuestionPage):
    """What happened."""

    name = "attempts"

    def build(self) -> None:
        """Show the pick list; nothing is required."""
        self.title(self.say("attempts", "Que s'est-il passé ?"), self.say("attempts", "Touchez tout ce qui est vrai."))
        scroll = self.scrolled("attempt_list")
        grid = self.even_grid(2)
        columns = 2 if self.theme.is_wide else 1
        for rank, outcome in enumerate(AttemptOutcome):
            tick = self.tick(
                f"attempt_{outcome.value}",
                attempt_label(outcome, self.texts),
                ticked=outcome in self.draft.attempts,
                then=partial(self._set, outcome),
            )
            grid.addWidget(tick, rank // columns, rank % columns)
        scroll.column.addLayout(grid)
        scroll.column.addStretch(1)
        self.next_ways()

    def go_on(self) -> None:
        """Go on; who came back to add something adds at least one thing."""
        if self.journey.returning is not None and not self.draft.attempts:
            self.told_wrong(self.say("returning", "Touchez au moins une ligne."))
            return
        super().go_on()

    def _set(self, outcome: AttemptOutcome, ticked: bool) -> None:
        (self.draft.attempts.add if ticked else self.draft.attempts.discard)(outcome)
        if not ticked:
            self.draft.attempt_times.pop(outcome, None)


class _WhenPage(DatePage):
    """When something happened: a day, a month, a year, or nothing."""

    when: When

    def go_on(self) -> None:
        """Take any date that is over, also a partial one."""
        if self.take_date():
            self.journey.answer()

    def take_date(self) -> bool:
        """Take what is entered; tell whether it is a date that is over, or nothing."""
        try:
            self.when.said = self.when.parts.past(self.services.today())
        except InputError:
            self.refuse(
                self.say("birth_date", "Cette date n'existe pas. Regardez le jour et l'année."), self.entries[0]
            )
            return False
        return True

    def unknown(self) -> None:
        """Go on without a date."""
        self.when.parts, self.when.said = DateParts(), None
        self.when.others.clear()
        self.journey.answer()


class AttemptWhenPage(_WhenPage):
    """When one of the ticked things happened."""

    name = "attempt_when"

    def build(self) -> None:
        """Ask the day, as far as it is remembered."""
        step = self.journey.step
        if not isinstance(step, AttemptStep):
            raise TypeError(f"a ticked outcome must be the question, not {step}")
        self.when = self.draft.when(step.outcome)
        self.title(attempt_label(step.outcome, self.texts), self.say("attempts", "Quand ? Vous pouvez laisser vide."))
        self.noted = text_label("", "section", "noted")
        self.column.addWidget(self.noted)
        self.column.addLayout(self.date_row(self.when.parts))
        self.column.addStretch(1)
        self.more = self.button("another_day", self.say("attempts", "Ajouter un jour"), self._another)
        self.next_ways(self.more, unknown=self.unknown)
        self._show_noted()

    def _another(self) -> None:
        """Keep this day and ask for one more: tries in different weeks count (CE 10 June 2020)."""
        if not self.take_date():
            return
        self.error.hide()
        if self.when.said is not None:
            self.when.others, self.when.said = [*self.when.days], None
        for entry in self.entries:
            entry.clear()
        self._show_noted()
        self.entries[0].setFocus()
        self.told.emit(self.noted.text())

    def _show_noted(self) -> None:
        days = _BESIDE.join(partial_in_words(day, self.texts) for day in self.when.others)
        self.noted.setText(self.say("attempts", "Déjà noté : {days}").format(days=days))
        self.noted.setVisible(bool(days))
        self.more.setVisible(len(self.when.others) < _MOST_DAYS - 1)


class AttemptHelpPage(QuestionPage):
    """Whom the person asked for help, and what they have with them that shows it."""

    name = "attempt_help"

    def build(self) -> None:
        """Show both lists; one tap goes on without either."""
        self.title(
            self.say("attempts", "Qui avez-vous déjà contacté ?"), self.say("attempts", "Touchez tout ce qui est vrai.")
        )
        scroll = self.scrolled("help_list")
        scroll.column.setSpacing(self.theme.steps(2))
        ticks = [
            self.tick(
                f"help_{channel.value}",
                help_label(channel, self.texts),
                ticked=channel in self.draft.help_times,
                then=partial(self._set_help, channel),
            )
            for channel in HelpChannel
        ]
        self._grid(scroll, ticks)
        scroll.column.addWidget(text_label(self.say("attempts", "Qu'avez-vous avec vous ?"), "section"))
        ticks = [
            self.tick(
                f"evidence_{each.value}",
                evidence_label(each, self.texts),
                ticked=each in self.draft.evidence,
                then=partial(self._set_evidence, each),
            )
            for each in Evidence
        ]
        self._grid(scroll, ticks)
        scroll.column.addStretch(1)
        self.next_ways()

    def _grid(self, scroll: ScrollColumn, ticks: list[WrappingButton]) -> None:
        grid = self.even_grid(2)
        columns = 2 if self.theme.is_wide else 1
        for rank, tick in enumerate(ticks):
            grid.addWidget(tick, rank // columns, rank % columns)
        scroll.column.addLayout(grid)

    def _set_help(self, channel: HelpChannel, ticked: bool) -> None:
        if ticked:
            self.draft.help_times.setdefault(channel, When())
        else:
            self.draft.help_times.pop(channel, None)

    def _set_evidence(self, each: Evidence, ticked: bool) -> None:
        (self.draft.evidence.add if ticked else self.draft.evidence.discard)(each)


class HelpWhenPage(_WhenPage):
    """When help was asked for, and the number that was given."""

    name = "help_when"

    def build(self) -> None:
        """Ask the day and the reference."""
        step = self.journey.step
        if not isinstance(step, HelpStep):
            raise TypeError(f"a ticked channel must be the question, not {step}")
        self.when = self.draft.help_times[step.channel]
        self.title(help_label(step.channel, self.texts), self.say("attempts", "Quand ? Vous pouvez laisser vide."))
        body = self.side_by_side()
        body.addLayout(self.date_row(self.when.parts), 1)
        label = self.say("attempts", "Numéro ou référence")
        body.addLayout(self.entry("reference", label, self.when.reference, self._set_reference), 1)
        self.column.addLayout(body)
        self.column.addStretch(1)
        self.next_ways(unknown=self.unknown)

    def unknown(self) -> None:
        """Go on without date and number."""
        self.when.reference = ""
        super().unknown()

    def _set_reference(self, value: str) -> None:
        self.when.reference = value


class CheckAttemptsPage(QuestionPage):
    """What a person who came back adds, before it is recorded."""

    name = "check_attempts"

    def build(self) -> None:
        """Show each try with its days."""
        returning = returning_of(self)
        self.title(
            self.say("returning", "Vérifiez vos nouveaux essais"),
            self.say("returning", "La date de votre demande ne change pas."),
        )
        scroll = self.scrolled("told_attempts")
        scroll.column.setSpacing(self.theme.steps(1))
        answers = ReviewAnswers(self.draft, self.texts, self.services.places.countries)
        for line in answers.of(Question.ATTEMPTS):
            frame, column = panel(self.theme, rim=1.25)
            column.addWidget(text_label(line, "lead", "told_attempt"))
            scroll.column.addWidget(frame)
        scroll.column.addStretch(1)
        self.error = text_label("", "error", "error")
        self.error.hide()
        self.column.addWidget(self.error)
        self.ways_on(
            self.button("change_attempts", self.say("action", "Modifier"), returning.change_attempts),
            self.primary("continue", self.say("returning", "Enregistrer"), self.go_on),
        )

    def go_on(self) -> None:
        """Record what the request does not say yet."""
        returning = returning_of(self)
        if returning.adds_nothing:
            self.told_wrong(self.say("returning", "Ces essais sont déjà notés."))
            return
        returning.add_attempts()
