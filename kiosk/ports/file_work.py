"""What staff do with a person's file, as their screen asks for it; each verb is one entry of the journal."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Protocol

from kiosk.domain.file_act import CounterMessage, IdentityResult, ImpossibilityGround
from kiosk.domain.request_change import Completion, CorrectedField
from kiosk.journal.canonical import JsonValue
from kiosk.ports.desk import PersonFile, StaffSession


class FileWork(Protocol):
    """The verbs about one file; each returns the file as it is then.

    Beside ``InputError`` for what is no good a verb raises ``NotSignedInError`` when the session is over or locked,
    ``NotAllowedError`` when the role does not allow it, and ``StoreError`` when nothing was done.
    """

    def check_identity(self, session: StaffSession, reference: str, result: IdentityResult) -> PersonFile:
        """Record whose document the person showed."""
        ...

    def add_note(self, session: StaffSession, reference: str, text: str) -> PersonFile:
        """Add a note for colleagues."""
        ...

    def correct(
        self, session: StaffSession, reference: str, right: Mapping[CorrectedField, str], reason: str
    ) -> PersonFile:
        """Put values right; the old ones stay in the journal."""
        ...

    def complete(self, session: StaffSession, reference: str, added: Completion, *, reason: str = "") -> PersonFile:
        """Add what the person brings; take out a contact that the person does not want any more, with a reason."""
        ...

    def record_impossibility(
        self, session: StaffSession, reference: str, ground: ImpossibilityGround, detail: str
    ) -> PersonFile:
        """Record that the online way was impossible (CESEDA R. 431-2)."""
        ...

    def tick_papers(self, session: StaffSession, reference: str, seen: Collection[str]) -> PersonFile:
        """Record which papers an agent has seen until now."""
        ...

    def ask_papers(
        self, session: StaffSession, reference: str, missing: Collection[str], others: str, bring_by: date
    ) -> PersonFile:
        """Record what is missing and until when it may be brought (CRPA L. 114-5)."""
        ...

    def print_missing(self, session: StaffSession, reference: str) -> PersonFile:
        """Order the list that was asked for last from the kiosk's printer."""
        ...

    def leave_message(self, session: StaffSession, reference: str, message: CounterMessage | None) -> PersonFile:
        """Choose what the kiosk says to the person at the next scan; None takes it away."""
        ...

    def withdraw(self, session: StaffSession, reference: str) -> PersonFile:
        """Withdraw the request, because the person asks for it."""
        ...


class PersonRights(Protocol):
    """What a person may ask about their own data; errors are those of :class:`FileWork`."""

    def export(self, session: StaffSession, reference: str) -> dict[str, JsonValue]:
        """Return all that is held, once the person's identity was checked; that it was handed out is an entry."""
        ...

    def erase(self, session: StaffSession, reference: str, repeated: str) -> PersonFile:
        """Take the person's data out, for whoever repeats the reference; returns what is left."""
        ...
