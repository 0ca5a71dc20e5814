"""What may happen to a request after it was filed: completed, corrected, withdrawn (domain dossier 3.5, point 8).

Each is an act of its own, dated, added to what was said before. Nothing is overwritten, and no act changes the date of
receipt. The name on a ticket is what makes it nobody else's: the holder asks for a correction, and an agent makes it.
"""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NewType, TypeVar

from kiosk.domain.identity import PartialDate
from kiosk.domain.moment import Moment
from kiosk.domain.request import Attempt, Evidence, HelpContact, RequestContent

ChangeId = NewType("ChangeId", str)

_Key = TypeVar("_Key", bound=str)
_BETWEEN_NAMES: Final = ", "


class ChangeKind(StrEnum):
    """What was done."""

    COMPLETED = "completed"  # papers now at hand, contacts new or taken out, attempts: by the holder
    CORRECTION_ASKED = "correction_asked"  # the holder says what is wrong; nothing is corrected yet
    CORRECTED = "corrected"  # by an agent, with a reason
    WITHDRAWN = "withdrawn"  # by the holder; the request is not live any more


class Contact(StrEnum):
    """How a person can be reached; the names are those of the request JSON."""

    PHONE = "phone"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class RemovedContact:
    """A contact that the person does not want to be reached by any more (RGPD art. 17).

    Attributes:
        contact: which.
        old: as it stood; only the entry keeps it, until the request is erased.
    """

    contact: Contact
    old: str = ""


@dataclass(frozen=True, slots=True)
class Completion:
    """What is added to a request, and which contacts are taken out of it.

    Attributes:
        documents: keys of ``procedures.toml`` that are now at hand.
        attempts: further tries elsewhere.
        phone: from now on; None when it stays or is taken out.
        email: from now on; None when it stays or is taken out.
        removed: contacts that are taken out.
        help_contacts: help asked for elsewhere since.
        evidence: what the person has with them now that shows an attempt.
    """

    documents: tuple[str, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    phone: str | None = None
    email: str | None = None
    removed: tuple[RemovedContact, ...] = ()
    help_contacts: tuple[HelpContact, ...] = ()
    evidence: tuple[Evidence, ...] = ()

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
        reason: why an agent corrected, or took a contact out.
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
            content = completed(content, change.added)
        elif change.kind is ChangeKind.CORRECTED:
            content = corrected(content, change.corrections)
    return content


def completed(content: RequestContent, added: Completion) -> RequestContent:
    """Return a content with what was added to it, and without the contacts that were taken out."""
    gone = {each.contact for each in added.removed}
    return dataclasses.replace(
        content,
        documents=_joined(content.documents, added.documents),
        attempts=(*content.attempts, *added.attempts),
        phone=None if Contact.PHONE in gone else content.phone if added.phone is None else added.phone,
        email=None if Contact.EMAIL in gone else content.email if added.email is None else added.email,
        help_contacts=(*content.help_contacts, *added.help_contacts),
        evidence=_joined(content.evidence, added.evidence),
    )


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


def contact_in(content: RequestContent, contact: Contact) -> str:
    """Return how a person can be reached; empty when nothing was said."""
    match contact:
        case Contact.PHONE:
            return content.phone or ""
        case Contact.EMAIL:
            return content.email or ""


def new_to(content: RequestContent, added: Completion) -> Completion:
    """Return what a request does not say yet of what is added, and which of its contacts are taken out.

    A try without a day is another one each time; a contact that is said anew is not taken out.
    """
    anew = {Contact.PHONE: added.phone, Contact.EMAIL: added.email}
    gone = dict.fromkeys(each.contact for each in added.removed if not anew[each.contact])
    return Completion(
        documents=tuple(code for code in added.documents if code not in content.documents),
        attempts=_attempts_new_to(content, added),
        phone=added.phone if added.phone != content.phone else None,
        email=added.email if added.email != content.email else None,
        removed=tuple(RemovedContact(each, old) for each in gone if (old := contact_in(content, each))),
        help_contacts=tuple(each for each in added.help_contacts if each not in content.help_contacts),
        evidence=tuple(each for each in added.evidence if each not in content.evidence),
    )


def _attempts_new_to(content: RequestContent, added: Completion) -> tuple[Attempt, ...]:
    known, new = set(content.attempts), []
    for each in added.attempts:
        if each.on is None or each not in known:
            new.append(each)
            known.add(each)
    return tuple(new)


def withdrawal_in(changes: Iterable[RequestChange]) -> RequestChange | None:
    """Return the act by which a request was withdrawn, None while it lives."""
    return next((change for change in changes if change.kind is ChangeKind.WITHDRAWN), None)


def _joined(before: Sequence[_Key], added: Sequence[_Key]) -> tuple[_Key, ...]:
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
