"""One person's visit at the kiosk, from the first touch until nothing of it is left.

The table says what may follow what; which question is on the screen while a person tells who they are is a list made
from the procedure (:func:`questions_of`). An event that a state does not know changes nothing and raises.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from kiosk.domain.procedure import Procedure


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

    NAMES = "names"
    BIRTH_DATE = "birth_date"
    NATIONALITY = "nationality"
    PERMIT = "permit"
    NUMBER = "number"
    ATTEMPTS = "attempts"
    CONTACT = "contact"


class ScanStep(StrEnum):
    """Screens around a document that a reader reads, before the questions that it may answer."""

    DOCUMENT = "document"  # lay it on the reader, or write
    READING = "reading"  # is this you?


Step = Question | ScanStep


def steps_of(procedure: Procedure, *, has_scanner: bool, read: frozenset[Question] | None) -> tuple[Step, ...]:
    """Return the screens on which a person tells who they are, in order.

    Args:
        procedure: what is asked for.
        has_scanner: whether documents can be read here.
        read: what a document answered, so that nobody asks again; None when nothing was read.
    """
    questions = questions_of(procedure)
    if not has_scanner or not questions:
        return questions
    if read is None:
        return (ScanStep.DOCUMENT, *questions)
    return (ScanStep.DOCUMENT, ScanStep.READING, *(question for question in questions if question not in read))


def questions_of(procedure: Procedure) -> tuple[Question, ...]:
    """Return the questions that a procedure needs, and no others (data minimisation, domain dossier 6.2)."""
    if procedure.stores_no_identity:
        return ()
    optional = {
        Question.PERMIT: procedure.needs_permit,
        Question.NUMBER: procedure.needs_permit,
        Question.ATTEMPTS: procedure.ask_evidence,
    }
    return tuple(question for question in Question if optional.get(question, True))
