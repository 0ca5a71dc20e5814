"""What may happen to a request after it was filed: completed, corrected, withdrawn (domain dossier 3.5, point 8).

Each is an act of its own, dated, added to what was said before. Nothing is overwritten, and no act changes the date of
receipt. The name on a ticket is what makes it nobody else's: the holder asks for a correction, and an agent makes it.
"""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NewType

from kiosk.domain.identity import PartialDate
from kiosk.domain.moment import Moment
from kiosk.domain.request import Attempt, RequestContent

ChangeId = NewType("ChangeId", str)

_BETWEEN_NAMES: Final = ", "


class ChangeKind(StrEnum):
    """What was done."""

    COMPLETED = "completed"  # papers now at hand, contacts, attempts: by the holder
    CORRECTION_ASKED = "correction_asked"  # the holder says what is wrong; nothing is corrected yet
    CORRECTED = "corrected"  # by an agent, with a reason
    WITHDRAWN = "withdrawn"  # by the holder; the request is not live any more


@dataclass(frozen=True, slots=True)
class Completion:
    """What is added to a request.

    Attributes:
        documents: keys of ``procedures.toml`` that are now at hand.
        attempts: further tries elsewhere.
        phone: from now on; None when it stays.
        email: from now on; None when it stays.
    """

    documents: tuple[str, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    phone: str | None = None
    email: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is added."""
        return self == NOTHING_ADDED


NOTHING_ADDED: Final = Completion()


class CorrectedField(StrEnum):
    """What may be corrected; the names are those of the request JSON."""

    BIRTH_NAME = "birth_name"
    GIVEN_NAMES = "given_names"
    BIRTH_DATE = "birth_date"
    FOREIGNER_NUMBER = "foreigner_number"


@dataclass(frozen=True, slots=True)
class Correction:
    """One value that was wrong.

    Attributes:
        field: which.
        old: as it stood; empty when nothing was said. Given names are joined by commas.
        new: as it is right.
    """

    field: CorrectedField
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RequestChange:
    """One act after the filing.

    Attributes:
        change_id: random identifier.
        ordinal: 1 for the first act after the filing, then 2, 3...
        kind: what was done.
        changed: moment of the confirmation tap.
        journal_seq: sequence number of its journal entry.
        entry_hash: SHA-256 of that entry, lower-case hex.
        added: with a completion, what; empty after an erasure.
        corrections: asked for, or made; empty after an erasure.
        by: name of the agent; empty when the holder did it.
        reason: why an agent corrected.
    """

    change_id: ChangeId
    ordinal: int
    kind: ChangeKind
    changed: Moment
    journal_seq: int
    entry_hash: str
    added: Completion = NOTHING_ADDED
    corrections: tuple[Correction, ...] = ()
    by: str = ""
    reason: str = ""


def as_it_stands(content: RequestContent, changes: Iterable[RequestChange]) -> RequestContent:
    """Return what a request says today: what was filed, with what was added and what an agent corrected.

    Args:
        content: of the first filing.
        changes: oldest first; a correction that was only asked for changes nothing.
    """
    for change in changes:
        if change.kind is ChangeKind.COMPLETED:
            content = _completed(content, change.added)
        elif change.kind is ChangeKind.CORRECTED:
            content = corrected(content, change.corrections)
    return content


def corrected(content: RequestContent, corrections: Iterable[Correction]) -> RequestContent:
    """Return a content with some values put right.

    Raises:
        InputError: a birth date that does not exist.
    """
    for correction in corrections:
        content = _corrected(content, correction)
    return content


def value_of(content: RequestContent, field: CorrectedField) -> str:
    """Return a value that may be corrected, as a :class:`Correction` writes it; empty when nothing was said."""
    identity = content.identity
    match field:
        case CorrectedField.BIRTH_NAME:
            return identity.birth_name
        case CorrectedField.GIVEN_NAMES:
            return _BETWEEN_NAMES.join(identity.given_names)
        case CorrectedField.BIRTH_DATE:
            return str(identity.birth_date) if identity.birth_date else ""
        case CorrectedField.FOREIGNER_NUMBER:
            return content.foreigner_number or ""


def withdrawal_in(changes: Iterable[RequestChange]) -> RequestChange | None:
    """Return the act by which a request was withdrawn, None while it lives."""
    return next((change for change in changes if change.kind is ChangeKind.WITHDRAWN), None)


def _completed(content: RequestContent, added: Completion) -> RequestContent:
    return dataclasses.replace(
        content,
        documents=_joined(content.documents, added.documents),
        attempts=(*content.attempts, *added.attempts),
        phone=content.phone if added.phone is None else added.phone,
        email=content.email if added.email is None else added.email,
    )


def _joined(before: Sequence[str], added: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*before, *added)))


def _corrected(content: RequestContent, correction: Correction) -> RequestContent:
    new, identity = correction.new, content.identity
    match correction.field:
        case CorrectedField.FOREIGNER_NUMBER:
            return dataclasses.replace(content, foreigner_number=new or None)
        case CorrectedField.BIRTH_NAME:
            identity = dataclasses.replace(identity, birth_name=new)
        case CorrectedField.GIVEN_NAMES:
            names = tuple(filter(None, new.split(_BETWEEN_NAMES)))
            identity = dataclasses.replace(identity, given_names=names)
        case CorrectedField.BIRTH_DATE:
            identity = dataclasses.replace(identity, birth_date=PartialDate.parse(new) if new else None)
    return dataclasses.replace(content, identity=identity)
