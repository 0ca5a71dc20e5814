"""What a person may do with a request after filing it, and what an agent does for them (domain dossier 3.5 and 11.2).

The holder completes and withdraws; of a wrong name, birth date or number the holder says what is right, and an agent,
who sees a document, corrects it. The seal on the ticket is nominative: nobody changes a name alone at a screen.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, assert_never

from kiosk.domain.identity import PartialDate
from kiosk.domain.names import cleaned_field, digits_only, required_name
from kiosk.domain.place import Site
from kiosk.domain.procedure import Catalogue
from kiosk.domain.request_change import (
    ChangeKind,
    Completion,
    CorrectedField,
    Correction,
    completed,
    corrected,
    new_to,
    value_of,
)
from kiosk.errors import InputError
from kiosk.ports.clock import Clock
from kiosk.ports.desk_units import ActUnit, ActUnits
from kiosk.ports.entropy import Entropy
from kiosk.services.hall import leave_hall
from kiosk.services.person import person_key_of
from kiosk.services.record_change import ChangeOrder, ChangeOutcome, OpenRequest, RecordChange, Said

_MOST_ATTEMPTS: Final = 50  # as in the request JSON


class CompleteRequest:
    """Adds papers now at hand, contacts and attempts to a request, and takes contacts out of it."""

    def __init__(self, *, units: ActUnits, clock: Clock, entropy: Entropy, site: Site, catalogue: Catalogue) -> None:
        self._record = RecordChange(units=units, clock=clock, entropy=entropy, site=site)
        self._catalogue = catalogue

    def __call__(self, order: ChangeOrder, added: Completion, *, reason: str = "") -> ChangeOutcome:
        """Add what is new, and take out what is not wanted any more.

        Args:
            order: which request, which confirmation.
            added: what is added, and which contacts are taken out.
            reason: why an agent takes a contact out; the holder gives none.

        Raises:
            InputError: nothing is new, a paper that the procedure does not know, an agent who takes a contact out
                without a reason, no such request, withdrawn.
            IdempotencyConflictError: the key came before with other content.
            StoreError: nothing was saved.
        """
        why = cleaned_field("reason", reason)
        if order.actor is not None and added.removed and not why:
            raise InputError("reason", "a text that is not empty")
        say = lambda found: Said(ChangeKind.COMPLETED, added=self._new(found, added), reason=why)  # noqa: E731
        return self._record(order, (added, why) if why else added, say, _follow_phone)

    def _new(self, found: OpenRequest, added: Completion) -> Completion:
        """Return what the request does not say yet."""
        content = found.content
        procedure = self._catalogue.procedures.get(content.procedure)
        known = {document.code for document in procedure.documents} if procedure else set()
        for code in added.documents:
            if code not in known:
                raise InputError("documents", f"some of {', '.join(sorted(known))}, not {code!r}")
        new = new_to(
            content,
            replace(
                added,
                attempts=added.attempts[:_MOST_ATTEMPTS],
                phone=_said("phone", added.phone),
                email=_said("email", added.email),
            ),
        )
        if new.is_empty:
            raise InputError("added", "something that the request does not say yet")
        return new


class AskCorrection:
    """Records what the holder says is wrong, for an agent; the request says what it said before."""

    def __init__(self, *, units: ActUnits, clock: Clock, entropy: Entropy, site: Site) -> None:
        self._record = RecordChange(units=units, clock=clock, entropy=entropy, site=site)

    def __call__(self, order: ChangeOrder, right: Mapping[CorrectedField, str]) -> ChangeOutcome:
        """Ask for corrections.

        Args:
            order: which request, which confirmation.
            right: what is right, for each value that is wrong.

        Raises:
            InputError: nothing differs, a value that cannot be, no such request, withdrawn.
            IdempotencyConflictError: the key came before with other content.
            StoreError: nothing was saved.
        """
        say = lambda found: Said(ChangeKind.CORRECTION_ASKED, corrections=_corrections(found, right))  # noqa: E731
        return self._record(order, sorted(right.items()), say)


class CorrectRequest:
    """Corrects a request, by an agent who says why; the old value stays in the journal."""

    def __init__(self, *, units: ActUnits, clock: Clock, entropy: Entropy, site: Site) -> None:
        self._record = RecordChange(units=units, clock=clock, entropy=entropy, site=site)

    def __call__(
        self, order: ChangeOrder, right: Mapping[CorrectedField, str], *, agent: str, reason: str
    ) -> ChangeOutcome:
        """Correct.

        Args:
            order: which request, which confirmation.
            right: what is right, for each value that is wrong.
            agent: who corrects.
            reason: why, for example the document that was shown.

        Raises:
            InputError: no agent or reason, nothing differs, a value that cannot be, no such request, withdrawn, or
                another live request of the same procedure is that of the corrected person.
            IdempotencyConflictError: the key came before with other content.
            StoreError: nothing was saved.
        """
        by, why = cleaned_field("agent", agent), cleaned_field("reason", reason)
        if not by or not why:
            raise InputError("agent" if not by else "reason", "a text that is not empty")
        say = lambda found: Said(  # noqa: E731
            ChangeKind.CORRECTED, corrections=_corrections(found, right), by=by, reason=why
        )
        return self._record(order, [*sorted(right.items()), by, why], say, _follow_person)


class WithdrawRequest:
    """Withdraws a request for its holder; what was filed and when stays proved."""

    def __init__(self, *, units: ActUnits, clock: Clock, entropy: Entropy, site: Site) -> None:
        self._record = RecordChange(units=units, clock=clock, entropy=entropy, site=site)

    def __call__(self, order: ChangeOrder) -> ChangeOutcome:
        """Withdraw: the request lives no longer, and another filing makes a new one.

        Raises:
            InputError: no such request, or withdrawn before.
            IdempotencyConflictError: the key came before for another request.
            StoreError: nothing was saved.
        """
        said = Said(ChangeKind.WITHDRAWN)
        place_of = lambda unit, found: unit.places.held_by(found.request)  # noqa: E731
        return self._record(order, said.kind, lambda _: said, _close, place_of)


def what_follows(unit: ActUnit, found: OpenRequest, said: Said) -> None:
    """Let a request live, and be found, as an act says that was decided elsewhere; its entry is in the journal.

    Raises:
        InputError: another live request of the same procedure is that of the corrected person.
    """
    match said.kind:
        case ChangeKind.COMPLETED:
            _follow_phone(unit, found, said)
        case ChangeKind.CORRECTED:
            _follow_person(unit, found, said)
        case ChangeKind.WITHDRAWN:
            _close(unit, found, said)
        case ChangeKind.CORRECTION_ASKED:
            pass
        case _:
            assert_never(said.kind)


def _close(unit: ActUnit, found: OpenRequest, _said: Said) -> None:
    """Let the request live no longer, and its person be called no more."""
    unit.requests.close(found.request.request_id)
    leave_hall(unit, found.request)


def _follow_person(unit: ActUnit, found: OpenRequest, said: Said) -> None:
    """Recognise the person by the corrected values from now on, unless that would be two requests in one."""
    content = corrected(found.content, said.corrections)
    person = person_key_of(content)
    live = unit.requests.live_request_of(person, content.procedure)
    if live not in (None, found.request.request_id):
        raise InputError("reference", "a request whose correction makes no second one of the same person")
    unit.requests.correct(found.request.request_id, content, person)


def _follow_phone(unit: ActUnit, found: OpenRequest, said: Said) -> None:
    """Let staff find the request by a telephone number that came later, and no more by one that was taken out."""
    content = completed(found.content, said.added)
    if content.phone != found.content.phone:
        unit.requests.correct(found.request.request_id, content, person_key_of(content))


def _corrections(found: OpenRequest, right: Mapping[CorrectedField, str]) -> tuple[Correction, ...]:
    """Return what differs from the request as it stands."""
    pairs = {field: (value_of(found.content, field), _checked(field, right[field])) for field in sorted(right)}
    differing = tuple(Correction(field, old, new) for field, (old, new) in pairs.items() if new not in ("", old))
    if not differing:
        raise InputError("corrections", "something that differs from what the request says")
    return differing


def _checked(field: CorrectedField, value: str) -> str:
    """Return a value as the request JSON would hold it; empty when nothing was said."""
    match field:
        case CorrectedField.BIRTH_NAME:
            return required_name(field.value, value) if value.strip() else ""
        case CorrectedField.GIVEN_NAMES:
            return cleaned_field(field.value, value)
        case CorrectedField.BIRTH_DATE:
            return str(PartialDate.parse(value)) if value else ""
        case CorrectedField.FOREIGNER_NUMBER:
            return digits_only(cleaned_field(field.value, value))


def _said(field: str, value: str | None) -> str | None:
    """Return a contact as it is kept, None when nothing was said."""
    return (cleaned_field(field, value) or None) if value is not None else None
