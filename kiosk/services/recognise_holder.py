"""Recognising who comes back with a ticket, by the birth date, or by the name where no birth date was said.

A wrong answer and an unknown reference are answered alike, so that nobody learns which references exist; after three
wrong answers an agent goes on. The count is kept by reference, in memory, so that beginning again helps nobody.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kiosk.domain.attempt_weeks import distinct_weeks
from kiosk.domain.file_act import CounterMessage
from kiosk.domain.identity import PartialDate, folded_name
from kiosk.domain.procedure import Catalogue, Procedure
from kiosk.domain.request import FiledRequest, RequestContent
from kiosk.domain.request_change import RequestChange, as_it_stands, withdrawal_in
from kiosk.domain.slip import passage_days
from kiosk.journal.act_facts import acts_in
from kiosk.ports.centre_records import RequestStatus
from kiosk.ports.clock import Clock
from kiosk.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory

MOST_TRIES: Final = 3
_GUARDED_MS: Final = 15 * 60 * 1000
_MOST_GUARDED: Final = 1000


@dataclass(frozen=True, slots=True)
class YourRequest:
    """What a person may see of their own request.

    Attributes:
        request: as filed.
        content: as it stands.
        procedure: what is asked.
        changes: what happened to it, oldest first.
        status: as the centre last said; None when it never did.
        message: what staff want to be said now; None for nothing.
    """

    request: FiledRequest
    content: RequestContent
    procedure: Procedure
    changes: Sequence[RequestChange]
    status: RequestStatus | None
    message: CounterMessage | None = None

    @property
    def withdrawal(self) -> RequestChange | None:
        """The act by which it was withdrawn, None while it lives."""
        return withdrawal_in(self.changes)

    @property
    def weeks(self) -> int:
        """In how many different weeks the person was here for it."""
        return distinct_weeks(passages=passage_days(self.request, self.changes))


class TooManyTriesError(Exception):
    """So many wrong answers came for a reference that only an agent goes on."""


class RecogniseHolder:
    """Opens a request to who knows what only its holder says."""

    def __init__(self, *, reading: UnitOfWorkFactory, clock: Clock, catalogue: Catalogue) -> None:
        """Take what it looks into.

        Args:
            reading: gives units that only read.
            clock: its monotonic side ends a guard.
            catalogue: procedures.
        """
        self._reading = reading
        self._clock = clock
        self._catalogue = catalogue
        self._wrong: dict[str, tuple[int, int]] = {}
        self._lock = threading.Lock()

    def __call__(self, reference: str, birth_date: PartialDate | None, name: str = "") -> YourRequest | None:
        """Return the request when the answer is right, None when it is wrong or there is no such request.

        Args:
            reference: on the ticket.
            birth_date: as said now; None when the person says that none was given.
            name: birth name, without a birth date.

        Raises:
            TooManyTriesError: this was the third wrong answer, or one after it.
            StoreError: the store cannot be read.
        """
        self._require_tries(reference)
        found = self.again(reference)
        if found is not None and _is_holder(found.content, birth_date, name):
            with self._lock:
                self._wrong.pop(reference, None)
            return found
        self._note_wrong(reference)
        self._require_tries(reference)
        return None

    def again(self, reference: str) -> YourRequest | None:
        """Return a request as it is now, for a person who was recognised in this visit."""
        with self._reading() as unit:
            return self._found(unit, reference)

    def _found(self, unit: UnitOfWork, reference: str) -> YourRequest | None:
        request_id = unit.requests.by_reference(reference)
        if request_id is None or unit.erasures.is_erased(request_id):
            return None
        request, changes = unit.requests.get(request_id), unit.changes.of(request_id)
        procedure = self._catalogue.procedures.get(request.content.procedure)
        if procedure is None or procedure.stores_no_identity:
            return None
        content = as_it_stands(request.content, changes)
        left = acts_in(unit.journal.about(request_id, ())).message
        status = unit.updates.status_of(request_id)
        return YourRequest(request, content, procedure, changes, status, left.message if left else None)

    def _require_tries(self, reference: str) -> None:
        now = self._clock.read().monotonic_ms
        with self._lock:
            count, since = self._wrong.get(reference, (0, now))
            if not 0 <= now - since < _GUARDED_MS:
                self._wrong.pop(reference, None)
            elif count >= MOST_TRIES:
                raise TooManyTriesError

    def _note_wrong(self, reference: str) -> None:
        now = self._clock.read().monotonic_ms
        with self._lock:
            count, since = self._wrong.get(reference, (0, now))
            if reference not in self._wrong and len(self._wrong) >= _MOST_GUARDED:
                del self._wrong[next(iter(self._wrong))]
            self._wrong[reference] = (count + 1, since)


def _is_holder(content: RequestContent, birth_date: PartialDate | None, name: str) -> bool:
    known = content.identity
    if known.birth_date is not None:
        return birth_date == known.birth_date
    return birth_date is None and bool(folded_name(name)) and folded_name(name) == folded_name(known.birth_name)
