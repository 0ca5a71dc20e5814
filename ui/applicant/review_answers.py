"""What the review says of each question: its caption, and the answers in the visitor's own words."""

from collections.abc import Iterator, Mapping
from typing import Final

from kiosk.domain.place import Country
from kiosk.domain.request import Evidence
from kiosk.translation import Translator
from kiosk.workflows.visit import Filer, Question
from ui.applicant.draft import Draft, When
from ui.applicant.wording import (
    attempt_label,
    country_name,
    day_in_words,
    evidence_label,
    filer_label,
    help_label,
    masked,
    partial_in_words,
    procedure_label,
    tie_label,
)

_BESIDE: Final = " · "


class ReviewAnswers:
    """Reads the draft for the review.

    Args:
        draft: what the visitor said.
        tr: in the visitor's language.
        countries: by alpha-2 code.
    """

    def __init__(self, draft: Draft, tr: Translator, countries: Mapping[str, Country]) -> None:
        self._draft, self._tr, self._countries = draft, tr, countries

    def caption(self, question: Question) -> str:
        """Return what a question is called."""
        say = self._tr
        captions = {
            Question.HELPER: say.text("review", "Qui fait la demande"),
            Question.NAMES: say.text("review", "Nom et prénoms"),
            Question.BIRTH_DATE: say.text("review", "Date de naissance"),
            Question.GUARDIAN: say.text("review", "Parent ou tuteur"),
            Question.NATIONALITY: say.text("review", "Nationalité"),
            Question.PERMIT: say.text("review", "Fin du titre de séjour"),
            Question.NUMBER: say.text("review", "Numéro étranger"),
            Question.TARGET: say.text("target", "Pour quelle demande ?"),
            Question.ATTEMPTS: say.text("review", "Ce qui s'est passé"),
            Question.CONTACT: say.text("review", "Téléphone et courriel"),
        }
        return captions[question]

    def of(self, question: Question) -> list[str]:
        """Return the answers to a question, line by line, with a word for none."""
        answers = [answer for answer in self._said(question) if answer]
        return answers or [self._tr.text("review", "Pas de réponse")]

    def _said(self, question: Question) -> Iterator[str]:
        draft, tr = self._draft, self._tr
        match question:
            case Question.HELPER:
                yield filer_label(draft.filer, tr)
                yield draft.helper_name if draft.filer is Filer.HELPER else ""
            case Question.NAMES:
                yield draft.birth_name
                yield "" if draft.has_one_name else draft.given_names
            case Question.BIRTH_DATE:
                birth = draft.birth.partial()
                yield partial_in_words(birth, tr) if birth else ""
            case Question.GUARDIAN:
                yield draft.guardian_name
                yield tie_label(draft.guardian_tie, tr) if draft.guardian_tie else ""
            case Question.NATIONALITY:
                country = self._countries.get(draft.nationality or "")
                yield country_name(country, tr) if country else ""
            case Question.PERMIT:
                day = draft.permit.whole()
                yield day_in_words(day, tr) if day else ""
            case Question.NUMBER:
                yield tr.isolated(masked(draft.foreigner_number)) if draft.foreigner_number else ""
            case Question.TARGET | Question.ATTEMPTS:
                yield from self._attempts() if question is Question.ATTEMPTS else self._target()
            case Question.CONTACT:
                yield tr.isolated(masked(draft.phone)) if draft.phone else ""
                yield tr.isolated(draft.email) if draft.email else ""

    def _target(self) -> Iterator[str]:
        if self._draft.target is not None:
            yield procedure_label(self._draft.target, self._tr)

    def _attempts(self) -> Iterator[str]:
        draft = self._draft
        for outcome in draft.outcomes:
            yield self._dated(attempt_label(outcome, self._tr), draft.when(outcome))
        for channel in draft.help_channels:
            yield self._dated(help_label(channel, self._tr), draft.help_times[channel])
        if draft.attempts:
            yield _BESIDE.join(evidence_label(each, self._tr) for each in Evidence if each in draft.evidence)

    def _dated(self, what: str, when: When) -> str:
        days = (partial_in_words(day, self._tr) for day in when.days)
        reference = self._tr.isolated(masked(when.reference)) if when.reference else ""
        return _BESIDE.join(filter(None, (what, *days, reference)))
