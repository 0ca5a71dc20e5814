"""Which question is on the screen while a person tells who they are: on, back, and to the review after the last one.

Each move says which event of the visit follows from it, or None where it is another question of this part.
"""

import copy

from kiosk.domain.age import may_be_minor
from kiosk.domain.mrz import MrzReading
from kiosk.domain.procedure import Procedure
from kiosk.workflows.visit import (
    Filer,
    Question,
    ScanStep,
    Step,
    Told,
    VisitEvent,
    consequences_of,
    questions_of,
    steps_of,
)
from ui.applicant.draft import Draft
from ui.applicant.scanned_document import take_reading
from ui.applicant.services import ApplicantServices


class Telling:
    """The questions of one visit, and the only copy of what was answered."""

    def __init__(self, services: ApplicantServices, draft: Draft) -> None:
        self._services = services
        self.draft = draft
        self.step: Step | None = None
        self._correcting: Question | None = None
        self._uncorrected = draft
        self._asks_who = False

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions of this procedure, as far as what was said so far tells."""
        return questions_of(self.draft.procedure, self._told()) if self.draft.procedure else ()

    @property
    def steps(self) -> tuple[Step, ...]:
        """The screens of this part, as far as what was said so far tells."""
        if self.draft.procedure is None:
            return (Question.NAMES,)
        has_scanner, read = self._services.has_scanner, self.draft.read
        return steps_of(self.draft.procedure, self._told(), has_scanner=has_scanner, read=read)

    def _told(self) -> Told:
        draft = self.draft
        country = self._services.places.countries.get(draft.nationality or "")
        has_place = self._services.catalogue.meant_for_europeans is not None
        return Told(
            filer=draft.filer,
            asks_who=self._asks_who,
            may_be_minor=may_be_minor(draft.birth.known(), self._services.today()),
            is_european=country is not None and country.is_european and has_place,
            outcomes=draft.outcomes,
            help_channels=draft.help_channels,
        )

    @property
    def takes_document(self) -> bool:
        """Whether a document may answer now: nobody who corrects one answer wants all of them changed."""
        return self._services.has_scanner and self._correcting is None

    def begin(self, *, asks_who: bool) -> None:
        """Go to the first question.

        Args:
            asks_who: whether it is first asked who stands here; always for somebody who said that they are another.
        """
        self._asks_who = asks_who or self.draft.filer is not Filer.APPLICANT
        self.step = self.steps[0]
        self._correcting = None

    def go_on(self) -> VisitEvent | None:
        """Go to the next question, or to the review after the last one or after a correction and what it brings."""
        steps = self.steps
        rank = steps.index(self.step) if self.step in steps else -1
        later = steps[rank + 1 :]
        if self._correcting is not None and self.draft.procedure is not None:
            brought = consequences_of(self._correcting, self.draft.procedure, self._told())
            later = tuple(step for step in later if step in brought)
        return self._show_first(later)

    def go_back(self) -> VisitEvent | None:
        """Go to the question before, out of this part before the first, or to the review with what was said before."""
        if self._correcting is not None:
            self._uncorrected.language = self.draft.language
            self.draft = self._uncorrected  # half a date, or no name, cannot be filed
            return self._finish()
        steps = self.steps
        if self.step not in steps[1:]:
            return VisitEvent.WENT_BACK
        self.step = steps[steps.index(self.step) - 1]
        return None

    def go_back_from_review(self) -> None:
        """Go to the last question."""
        self.step = self.steps[-1]

    def correct(self, question: Question) -> None:
        """Go from the review to one question."""
        self._asks_who = self._asks_who or question is Question.HELPER
        self.step = question
        self._correcting = question
        self._uncorrected = copy.deepcopy(self.draft, {id(self.draft.procedure): self.draft.procedure})

    def ask_for(self, procedure: Procedure) -> VisitEvent | None:
        """Ask for something else in the middle of the answers; they are kept, also for the way back."""
        before = self.steps
        later = before[before.index(self.step) + 1 :] if self.step in before else ()
        self.draft.procedure, self.draft.group = procedure, procedure.group
        following = tuple(step for step in self.steps if step in later)
        return self._show_first(following if self._correcting is None else ())

    def read(self, reading: MrzReading) -> None:
        """Ask whether what a document says is right."""
        take_reading(self.draft, reading, self._services.places.countries)
        self.step = ScanStep.READING

    def write(self) -> VisitEvent | None:
        """Go on without a document."""
        self.draft.read = None
        self.step = ScanStep.DOCUMENT
        return self.go_on()

    def correct_reading(self) -> VisitEvent | None:
        """Ask every question, with what was read filled in."""
        self.draft.read = frozenset()
        return self.go_on()

    def _show_first(self, later: tuple[Step, ...]) -> VisitEvent | None:
        if not later:
            return self._finish()
        self.step = later[0]
        return None

    def _finish(self) -> VisitEvent:
        """Leave for the review, without answers to what is not asked any more."""
        if Question.GUARDIAN not in self.questions:
            self.draft.guardian_name, self.draft.guardian_tie = "", None
        self._correcting = None
        return VisitEvent.ALL_ANSWERED
