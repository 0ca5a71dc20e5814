"""One person's visit at the kiosk, from the first touch until nothing of it is left.

The table says what may follow what; which question is on the screen while a person tells who they are is a list made
from the procedure and from what was said so far (:func:`steps_of`). An event that a state does not know changes
nothing and raises.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kiosk.domain.procedure import Europeans, Procedure
from kiosk.domain.request import AttemptOutcome, HelpChannel


class VisitState(StrEnum):
    """Where a visit stands."""

    IDLE = "idle"  # the welcome screen, nobody known
    INFORMING = "informing"  # the data notice
    CHOOSING = "choosing"  # group, procedure, what to bring
    GUIDING = "guiding"  # another service is competent: address, agent
    RETURNING = "returning"  # with a ticket: see return_visit.py
    TELLING = "telling"  # one question at a time
    REVIEWING = "reviewing"  # all answers, before the confirmation
    SAVING = "saving"  # confirmed, not on disk yet
    NOT_SAVED = "not_saved"  # the store refused; nothing was said to be saved
    PRINTING = "printing"  # on disk, said so, ticket on its way
    TICKET_OUT = "ticket_out"  # the printer said that the slip left
    TICKET_SHOWN = "ticket_shown"  # no paper, or not sure: the ticket is on the screen


class VisitEvent(StrEnum):
    """What can happen during a visit."""

    LANGUAGE_CHOSEN = "language_chosen"
    NOTICE_READ = "notice_read"
    PROCEDURE_CHOSEN = "procedure_chosen"
    HANDED_OFF = "handed_off"
    CAME_BACK = "came_back"
    WENT_BACK = "went_back"
    ALL_ANSWERED = "all_answered"
    CORRECTED = "corrected"
    CONFIRMED = "confirmed"
    SAVED = "saved"
    SAVE_FAILED = "save_failed"
    TICKET_LEFT = "ticket_left"
    TICKET_MISSING = "ticket_missing"
    LEFT = "left"  # « Effacer et quitter », or nobody answered the warning


TRANSITIONS: Final[Mapping[tuple[VisitState, VisitEvent], VisitState]] = {
    (VisitState.IDLE, VisitEvent.LANGUAGE_CHOSEN): VisitState.INFORMING,
    (VisitState.INFORMING, VisitEvent.NOTICE_READ): VisitState.CHOOSING,
    (VisitState.CHOOSING, VisitEvent.PROCEDURE_CHOSEN): VisitState.TELLING,
    (VisitState.CHOOSING, VisitEvent.HANDED_OFF): VisitState.GUIDING,
    (VisitState.CHOOSING, VisitEvent.CAME_BACK): VisitState.RETURNING,
    (VisitState.CHOOSING, VisitEvent.WENT_BACK): VisitState.INFORMING,
    (VisitState.RETURNING, VisitEvent.WENT_BACK): VisitState.CHOOSING,
    (VisitState.GUIDING, VisitEvent.WENT_BACK): VisitState.CHOOSING,
    (VisitState.GUIDING, VisitEvent.CONFIRMED): VisitState.SAVING,
    (VisitState.TELLING, VisitEvent.WENT_BACK): VisitState.CHOOSING,
    (VisitState.TELLING, VisitEvent.ALL_ANSWERED): VisitState.REVIEWING,
    (VisitState.REVIEWING, VisitEvent.CORRECTED): VisitState.TELLING,
    (VisitState.REVIEWING, VisitEvent.CONFIRMED): VisitState.SAVING,
    (VisitState.SAVING, VisitEvent.SAVED): VisitState.PRINTING,
    (VisitState.SAVING, VisitEvent.SAVE_FAILED): VisitState.NOT_SAVED,
    (VisitState.NOT_SAVED, VisitEvent.CONFIRMED): VisitState.SAVING,
    (VisitState.PRINTING, VisitEvent.TICKET_LEFT): VisitState.TICKET_OUT,
    (VisitState.PRINTING, VisitEvent.TICKET_MISSING): VisitState.TICKET_SHOWN,
    (VisitState.INFORMING, VisitEvent.LEFT): VisitState.IDLE,
    (VisitState.CHOOSING, VisitEvent.LEFT): VisitState.IDLE,
    (VisitState.RETURNING, VisitEvent.LEFT): VisitState.IDLE,
    (VisitState.GUIDING, VisitEvent.LEFT): VisitState.IDLE,
    (VisitState.TELLING, VisitEvent.LEFT): VisitState.IDLE,
    (VisitState.REVIEWING, VisitEvent.LEFT): VisitState.IDLE,
    (VisitState.NOT_SAVED, VisitEvent.LEFT): VisitState.IDLE,
    (VisitState.PRINTING, VisitEvent.LEFT): VisitState.IDLE,
    (VisitState.TICKET_OUT, VisitEvent.LEFT): VisitState.IDLE,
    (VisitState.TICKET_SHOWN, VisitEvent.LEFT): VisitState.IDLE,
}


class UnexpectedVisitEventError(Exception):
    """An event that the visit's state does not know; nothing was changed."""


def next_visit_state(state: VisitState, event: VisitEvent) -> VisitState:
    """Return the state after an event.

    Raises:
        UnexpectedVisitEventError: the table has no such pair.
    """
    try:
        return TRANSITIONS[state, event]
    except KeyError:
        raise UnexpectedVisitEventError(f"{event} cannot happen while {state}") from None


class Question(StrEnum):
    """One screen of the part in which a person tells who they are; all but the name may stay unanswered."""

    HELPER = "helper"  # who stands here; asked only of those who come for somebody else
    NAMES = "names"
    BIRTH_DATE = "birth_date"
    GUARDIAN = "guardian"
    NATIONALITY = "nationality"
    PERMIT = "permit"
    NUMBER = "number"
    TARGET = "target"  # for which procedure an appointment is wanted
    ATTEMPTS = "attempts"
    CONTACT = "contact"


class ScanStep(StrEnum):
    """Screens around a document that a reader reads, before the questions that it may answer."""

    DOCUMENT = "document"  # lay it on the reader, or write
    READING = "reading"  # is this you?


class FollowUp(StrEnum):
    """Screens that follow from an answer; the review shows what they bring together with that answer."""

    HELPER_NAME = "helper_name"
    EUROPEAN = "european"  # another procedure is made for this passport
    HELP = "attempt_help"  # whom was asked for help, and what shows it


@dataclass(frozen=True, slots=True)
class AttemptStep:
    """When one of the ticked things happened."""

    outcome: AttemptOutcome
    value: str = "attempt_when"


@dataclass(frozen=True, slots=True)
class HelpStep:
    """When help was asked for, and under which number."""

    channel: HelpChannel
    value: str = "help_when"


Step = Question | ScanStep | FollowUp | AttemptStep | HelpStep


class Filer(StrEnum):
    """Who stands at the kiosk; the request is always that of the person it is about."""

    APPLICANT = "applicant"
    HELPER = "helper"
    PARENT = "parent"


@dataclass(frozen=True, slots=True)
class Told:
    """What was said so far, as far as it decides which screens follow.

    Attributes:
        filer: who stands at the kiosk.
        asks_who: whether that is a screen of this visit; who comes for themselves never sees it.
        may_be_minor: by the birth date (:func:`kiosk.domain.age.may_be_minor`).
        is_european: by the nationality, where a procedure is made for those (CESEDA book II).
        outcomes: what happened elsewhere.
        help_channels: where help was asked for.
    """

    filer: Filer = Filer.APPLICANT
    asks_who: bool = False
    may_be_minor: bool = False
    is_european: bool = False
    outcomes: tuple[AttemptOutcome, ...] = ()
    help_channels: tuple[HelpChannel, ...] = ()


NOTHING_TOLD: Final = Told()


def steps_of(
    procedure: Procedure, told: Told = NOTHING_TOLD, *, has_scanner: bool, read: frozenset[Question] | None
) -> tuple[Step, ...]:
    """Return the screens on which a person tells who they are, in order.

    Args:
        procedure: what is asked for.
        told: what was said so far.
        has_scanner: whether documents can be read here.
        read: what a document answered, so that nobody asks again; None when nothing was read.
    """
    questions = questions_of(procedure, told)
    steps: list[Step] = []
    if told.asks_who and questions:
        steps += asked_from(Question.HELPER, procedure, told)
    if has_scanner and questions:
        steps += [ScanStep.DOCUMENT] if read is None else [ScanStep.DOCUMENT, ScanStep.READING]
    answered = read if has_scanner and read is not None else frozenset()
    for question in questions:
        if question is Question.HELPER:
            continue
        if question not in answered:
            steps.append(question)
        steps += _follow_ups(question, procedure, told)
    return tuple(steps)


def questions_of(procedure: Procedure, told: Told = NOTHING_TOLD) -> tuple[Question, ...]:
    """Return the questions that a procedure needs, and no others (data minimisation, domain dossier 6.2).

    A parent or guardian is asked for where somebody files for a child, and where a person under eighteen does not file
    alone (domain dossier 5).
    """
    if procedure.stores_no_identity:
        return ()
    is_minor = told.may_be_minor and not procedure.minors_alone
    optional = {
        Question.GUARDIAN: is_minor or told.filer is Filer.PARENT,
        Question.PERMIT: procedure.needs_permit,
        Question.NUMBER: procedure.needs_permit,
        Question.TARGET: procedure.ask_target_procedure,
        Question.ATTEMPTS: procedure.ask_evidence,
    }
    return tuple(question for question in Question if optional.get(question, True))


def consequences_of(question: Question, procedure: Procedure, told: Told) -> tuple[Step, ...]:
    """Return the screens that a changed answer brings with it before the review comes back."""
    guardian = (Question.GUARDIAN,) if question in (Question.HELPER, Question.BIRTH_DATE) else ()
    asked = questions_of(procedure, told)
    return (*_follow_ups(question, procedure, told), *(step for step in guardian if step in asked))


def asked_from(question: Question, procedure: Procedure, told: Told) -> tuple[Step, ...]:
    """Return a question with the screens that follow from its answer."""
    return (question, *_follow_ups(question, procedure, told))


def _follow_ups(question: Question, procedure: Procedure, told: Told) -> tuple[Step, ...]:
    match question:
        case Question.HELPER if told.filer is Filer.HELPER:
            return (FollowUp.HELPER_NAME,)
        case Question.NATIONALITY if told.is_european and procedure.europeans is Europeans.ELSEWHERE:
            return (FollowUp.EUROPEAN,)
        case Question.ATTEMPTS if told.outcomes:
            return (*map(AttemptStep, told.outcomes), FollowUp.HELP, *map(HelpStep, told.help_channels))
        case _:
            return ()
