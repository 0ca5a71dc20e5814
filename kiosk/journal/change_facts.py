"""The facts that lie beside the entries of what happened to a request after it was filed.

As with filings, nothing absent is written; the names are those of the request JSON.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from kiosk.domain.moment import Moment, instant_text
from kiosk.domain.request import FiledRequest, PrintJobId
from kiosk.domain.request_change import (
    NOTHING_ADDED,
    ChangeId,
    ChangeKind,
    Completion,
    Contact,
    CorrectedField,
    Correction,
    RemovedContact,
)
from kiosk.domain.request_json import attempt_to_json, help_contact_to_json
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EntryType
from kiosk.journal.request_facts import attempts_from_facts, evidence_from_facts, help_contacts_from_facts, text_or_none

ENTRY_OF: Final[Mapping[ChangeKind, EntryType]] = {
    ChangeKind.COMPLETED: EntryType.REQUEST_COMPLETED,
    ChangeKind.CORRECTION_ASKED: EntryType.CORRECTION_ASKED,
    ChangeKind.CORRECTED: EntryType.REQUEST_CORRECTED,
    ChangeKind.WITHDRAWN: EntryType.REQUEST_WITHDRAWN,
}


def change_facts(
    *,
    request: FiledRequest,
    change_id: ChangeId,
    ordinal: int,
    changed: Moment,
    language: str,
    print_job_id: PrintJobId | None,
    said: Mapping[str, JsonValue],
) -> dict[str, JsonValue]:
    """Return the facts of one act after the filing.

    Args:
        request: what it is about; its date of receipt is said again, unchanged.
        change_id: of this act.
        ordinal: 1 for the first act after the filing.
        changed: this confirmation tap.
        language: of the person.
        print_job_id: of the paper that proves it; None when none is printed.
        said: see :func:`said_facts`.
    """
    facts: dict[str, JsonValue] = {
        "reference": request.reference,
        "received_at": instant_text(request.received.utc),
        "received_on": request.received.civil_date.isoformat(),
        "changed_at": instant_text(changed.utc),
        "changed_on": changed.civil_date.isoformat(),
        "zone": changed.zone,
        "clock": changed.clock.value,
        "ordinal": ordinal,
        "change_id": change_id,
        "language": language,
        **said,
    }
    return facts if print_job_id is None else facts | {"print_job_id": print_job_id}


def said_facts(added: Completion, corrections: Sequence[Correction], by: str, reason: str) -> dict[str, JsonValue]:
    """Return what a person said in one act, without what was not said."""
    facts: dict[str, JsonValue] = {}
    if not added.is_empty:
        facts["added"] = added_facts(added)
    if corrections:
        facts["corrections"] = {each.field.value: {"old": each.old, "new": each.new} for each in corrections}
    if by:
        facts["by"] = by
    if reason:
        facts["reason"] = reason
    return facts


def added_facts(added: Completion) -> dict[str, JsonValue]:
    """Return what was added and taken out in one act, without what was not said; see :func:`completion_from_facts`."""
    attempts: list[JsonValue] = [{**attempt_to_json(each)} for each in added.attempts]
    help_contacts: list[JsonValue] = [{**help_contact_to_json(each)} for each in added.help_contacts]
    removed: dict[str, JsonValue] = {each.contact.value: {"old": each.old} for each in added.removed}
    facts: dict[str, JsonValue | None] = {
        "documents": [*added.documents] or None,
        "attempts": attempts or None,
        "phone": added.phone,
        "email": added.email,
        "removed": removed or None,
        "help_contacts": help_contacts or None,
        "evidence": [each.value for each in added.evidence] or None,
    }
    return {name: value for name, value in facts.items() if value is not None}


def completion_from_facts(facts: Mapping[str, JsonValue]) -> Completion:
    """Return what was added."""
    added = facts.get("added")
    if not isinstance(added, Mapping):
        return NOTHING_ADDED
    documents = added.get("documents", ())
    return Completion(
        documents=tuple(map(str, documents)) if isinstance(documents, Sequence) else (),
        attempts=attempts_from_facts(added),
        phone=text_or_none(added, "phone"),
        email=text_or_none(added, "email"),
        removed=_removed(added.get("removed")),
        help_contacts=help_contacts_from_facts(added),
        evidence=evidence_from_facts(added),
    )


def corrections_from_facts(facts: Mapping[str, JsonValue]) -> tuple[Correction, ...]:
    """Return what was corrected, or asked to be."""
    corrections = facts.get("corrections")
    if not isinstance(corrections, Mapping):
        return ()
    pairs = {name: pair for name, pair in corrections.items() if isinstance(pair, Mapping)}
    return tuple(
        Correction(CorrectedField(name), str(pair.get("old", "")), str(pair.get("new", "")))
        for name, pair in pairs.items()
    )


def _removed(facts: JsonValue) -> tuple[RemovedContact, ...]:
    if not isinstance(facts, Mapping):
        return ()
    pairs = {name: pair for name, pair in facts.items() if isinstance(pair, Mapping)}
    return tuple(RemovedContact(Contact(name), str(pair.get("old", ""))) for name, pair in pairs.items())
