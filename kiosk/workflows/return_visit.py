"""The part of a visit in which somebody comes back with a ticket: find it, prove that it is theirs, look, act.

The table says what may follow what. An event that a state does not know changes nothing and raises.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class ReturnState(StrEnum):
    """Where the part stands."""

    FINDING = "finding"  # waits for the ticket's code on the reader
    TYPING = "typing"  # the reference is typed instead
    PROVING = "proving"  # the birth date, that only the holder says
    NAMING = "naming"  # the name, where no birth date was given
    ELSEWHERE = "elsewhere"  # the request lies on another kiosk, or was erased here
    AGENT_NEEDED = "agent_needed"  # three wrong answers
    LOOKING = "looking"  # the request, and what can be done with it
    BRINGING = "bringing"  # papers now at hand
    REACHING = "reaching"  # telephone and e-mail
    TRYING = "trying"  # what was tried elsewhere since, screen by screen
    CHECKING = "checking"  # what was told of it, before it is recorded
    RIGHTING = "righting"  # which value is wrong
    RIGHTING_VALUE = "righting_value"  # what is right
    WITHDRAWING = "withdrawing"  # what a withdrawal means
    CONFIRMING = "confirming"  # the second question
    RECORDING = "recording"  # confirmed, not on disk yet
    NOT_RECORDED = "not_recorded"  # the store refused
    PRINTING = "printing"  # on disk, said so, a paper on its way
    DONE = "done"  # what was done, and what became of the paper


class ReturnEvent(StrEnum):
    """What can happen in it."""

    TYPING_CHOSEN = "typing_chosen"
    TICKET_FOUND = "ticket_found"
    TICKET_ELSEWHERE = "ticket_elsewhere"
    NO_BIRTH_DATE = "no_birth_date"
    RECOGNISED = "recognised"
    TRIES_OVER = "tries_over"
    PAPERS_CHOSEN = "papers_chosen"
    CONTACT_CHOSEN = "contact_chosen"
    ATTEMPTS_CHOSEN = "attempts_chosen"
    ATTEMPTS_TOLD = "attempts_told"
    CORRECTION_CHOSEN = "correction_chosen"
    VALUE_CHOSEN = "value_chosen"
    WITHDRAWAL_CHOSEN = "withdrawal_chosen"
    WITHDRAWAL_MEANT = "withdrawal_meant"
    CONFIRMED = "confirmed"
    RECORDED = "recorded"
    RECORD_FAILED = "record_failed"
    PAPER_ENDED = "paper_ended"
    WENT_ON = "went_on"
    WENT_BACK = "went_back"


_S, _E = ReturnState, ReturnEvent
TRANSITIONS: Final[Mapping[tuple[ReturnState, ReturnEvent], ReturnState]] = {
    (_S.FINDING, _E.TYPING_CHOSEN): _S.TYPING,
    (_S.FINDING, _E.TICKET_FOUND): _S.PROVING,
    (_S.FINDING, _E.TICKET_ELSEWHERE): _S.ELSEWHERE,
    (_S.TYPING, _E.TICKET_FOUND): _S.PROVING,
    (_S.TYPING, _E.TICKET_ELSEWHERE): _S.ELSEWHERE,
    (_S.TYPING, _E.WENT_BACK): _S.FINDING,
    (_S.PROVING, _E.NO_BIRTH_DATE): _S.NAMING,
    (_S.PROVING, _E.RECOGNISED): _S.LOOKING,
    (_S.PROVING, _E.TRIES_OVER): _S.AGENT_NEEDED,
    (_S.PROVING, _E.WENT_BACK): _S.FINDING,
    (_S.NAMING, _E.RECOGNISED): _S.LOOKING,
    (_S.NAMING, _E.TRIES_OVER): _S.AGENT_NEEDED,
    (_S.NAMING, _E.WENT_BACK): _S.PROVING,
    (_S.ELSEWHERE, _E.WENT_BACK): _S.FINDING,
    (_S.LOOKING, _E.PAPERS_CHOSEN): _S.BRINGING,
    (_S.LOOKING, _E.CONTACT_CHOSEN): _S.REACHING,
    (_S.LOOKING, _E.ATTEMPTS_CHOSEN): _S.TRYING,
    (_S.LOOKING, _E.CORRECTION_CHOSEN): _S.RIGHTING,
    (_S.LOOKING, _E.WITHDRAWAL_CHOSEN): _S.WITHDRAWING,
    (_S.LOOKING, _E.CONFIRMED): _S.RECORDING,  # a paper is printed again: nothing more to ask
    (_S.BRINGING, _E.CONFIRMED): _S.RECORDING,
    (_S.BRINGING, _E.WENT_BACK): _S.LOOKING,
    (_S.REACHING, _E.CONFIRMED): _S.RECORDING,
    (_S.REACHING, _E.WENT_BACK): _S.LOOKING,
    (_S.TRYING, _E.ATTEMPTS_TOLD): _S.CHECKING,
    (_S.TRYING, _E.WENT_BACK): _S.LOOKING,
    (_S.CHECKING, _E.CONFIRMED): _S.RECORDING,
    (_S.CHECKING, _E.WENT_BACK): _S.TRYING,
    (_S.RIGHTING, _E.VALUE_CHOSEN): _S.RIGHTING_VALUE,
    (_S.RIGHTING, _E.WENT_BACK): _S.LOOKING,
    (_S.RIGHTING_VALUE, _E.CONFIRMED): _S.RECORDING,
    (_S.RIGHTING_VALUE, _E.WENT_BACK): _S.RIGHTING,
    (_S.WITHDRAWING, _E.WITHDRAWAL_MEANT): _S.CONFIRMING,
    (_S.WITHDRAWING, _E.WENT_BACK): _S.LOOKING,
    (_S.CONFIRMING, _E.CONFIRMED): _S.RECORDING,
    (_S.CONFIRMING, _E.WENT_ON): _S.LOOKING,  # kept after all
    (_S.CONFIRMING, _E.WENT_BACK): _S.WITHDRAWING,
    (_S.RECORDING, _E.RECORDED): _S.PRINTING,
    (_S.RECORDING, _E.RECORD_FAILED): _S.NOT_RECORDED,
    (_S.NOT_RECORDED, _E.CONFIRMED): _S.RECORDING,
    (_S.NOT_RECORDED, _E.WENT_BACK): _S.LOOKING,
    (_S.PRINTING, _E.PAPER_ENDED): _S.DONE,
    (_S.DONE, _E.WENT_ON): _S.LOOKING,
}


class UnexpectedReturnEventError(Exception):
    """An event that the state does not know; nothing was changed."""


def next_return_state(state: ReturnState, event: ReturnEvent) -> ReturnState:
    """Return the state after an event.

    Raises:
        UnexpectedReturnEventError: the table has no such pair.
    """
    try:
        return TRANSITIONS[state, event]
    except KeyError:
        raise UnexpectedReturnEventError(f"{event} cannot happen while {state}") from None
