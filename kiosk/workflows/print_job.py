"""The life of a print job: ``saved -> sending -> confirmed | unconfirmed | failed``.

A state is a column of the store, changed in the transaction that does the thing. Final states have no way out: a
later print is another job, a reprint, marked DUPLICATA.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class PrintState(StrEnum):
    """Where a print job stands."""

    SAVED = "saved"  # on disk, not a byte sent
    SENDING = "sending"  # the first byte may have left
    CONFIRMED = "confirmed"  # the printer said so
    UNCONFIRMED = "unconfirmed"  # part or all may be on paper
    FAILED = "failed"  # nothing left, nothing is on paper
    EXPIRED = "expired"  # its visitor has left before it was sent; never printed

    @property
    def is_final(self) -> bool:
        """Whether nothing more can happen to the job."""
        return self not in (PrintState.SAVED, PrintState.SENDING)


class PrintEvent(StrEnum):
    """What can happen to a print job."""

    STARTED = "started"
    ECHO_RECEIVED = "echo_received"
    ANSWER_LOST = "answer_lost"
    REFUSED = "refused"
    VISITOR_LEFT = "visitor_left"
    RECOVERED = "recovered"  # found in ``sending`` when the program started


TRANSITIONS: Final[Mapping[tuple[PrintState, PrintEvent], PrintState]] = {
    (PrintState.SAVED, PrintEvent.STARTED): PrintState.SENDING,
    (PrintState.SAVED, PrintEvent.REFUSED): PrintState.FAILED,
    (PrintState.SAVED, PrintEvent.VISITOR_LEFT): PrintState.EXPIRED,
    (PrintState.SENDING, PrintEvent.ECHO_RECEIVED): PrintState.CONFIRMED,
    (PrintState.SENDING, PrintEvent.ANSWER_LOST): PrintState.UNCONFIRMED,
    (PrintState.SENDING, PrintEvent.REFUSED): PrintState.FAILED,
    (PrintState.SENDING, PrintEvent.RECOVERED): PrintState.UNCONFIRMED,
}


class UnexpectedPrintEventError(Exception):
    """An event that the job's state does not know; nothing was changed."""


def next_print_state(state: PrintState, event: PrintEvent) -> PrintState:
    """Return the state after an event.

    Raises:
        UnexpectedPrintEventError: the table has no such pair.
    """
    try:
        return TRANSITIONS[state, event]
    except KeyError:
        raise UnexpectedPrintEventError(f"{event} cannot happen to a job that is {state}") from None
