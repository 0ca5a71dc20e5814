"""Everything that the centre holds of one person's request, for that person (RGPD art. 15)."""

import json
from typing import Final

import sqlalchemy as sa

from kiosk.domain.moment import instant_text
from kiosk.domain.request_change import CorrectedField
from kiosk.errors import InputError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.change_facts import corrections_from_facts
from kiosk.journal.entry import EntryType
from sync.central.context import CentreContext
from sync.central.partitions import KnownMonths, month_of
from sync.central.tables import entries, erased_subjects, payloads, requests

_NOT_THIS: Final = "the reference and the birth date of one person's request"


def export_person(centre: CentreContext, reference: str, birth_date: str | None, *, by: str) -> dict[str, JsonValue]:
    """Return the request with all its entries and facts, and record that it was handed out.

    Args:
        centre: database, journal.
        reference: on the ticket.
        birth_date: as it was said when filing or as an agent corrected it, ``1990-04-00`` with 00 for unknown parts;
            None when none was said.
        by: who hands it out.

    Raises:
        InputError: no such request, or another person's; the answer does not say which.
    """
    beside = sa.and_(payloads.c.stream == entries.c.stream, payloads.c.seq == entries.c.seq)
    KnownMonths().ensure(centre.engine, month_of(instant_text(centre.now())))
    with centre.engine.begin() as connection:
        found = connection.execute(sa.select(requests).where(requests.c.reference == reference)).all()
        for request in found:
            rows = connection.execute(
                sa.select(entries.c.document, entries.c.received_at, payloads.c.facts)
                .select_from(entries.outerjoin(payloads, beside))
                .where(entries.c.subject == request.request_id)
                .order_by(entries.c.stream, entries.c.seq)
            ).all()
            query = sa.select(erased_subjects).where(erased_subjects.c.subject == request.request_id)
            is_erased = connection.execute(query).first() is not None
            held: list[JsonValue] = [_held(row) for row in rows]
            if is_erased or _birth_dates(held) == {birth_date}:
                centre.journal.append(connection, EntryType.PERSON_EXPORTED, {"by": by}, request.request_id)
                return {"reference": reference, "origin": request.origin, "erased": is_erased, "entries": held}
    raise InputError("reference", _NOT_THIS)


def _held(row: sa.Row[tuple[object, ...]]) -> JsonValue:
    facts = json.loads(row.facts) if row.facts else None
    return {"entry": json.loads(row.document), "received_at": row.received_at, "facts": facts}


def _birth_dates(held: list[JsonValue]) -> set[JsonValue]:
    """Return the birth dates that the filings of a request say; one, unless something is very wrong.

    When an agent corrected it, the right one.
    """
    said: set[JsonValue] = set()
    for item in held:
        facts = item.get("facts") if isinstance(item, dict) else None
        content = facts.get("content") if isinstance(facts, dict) else None
        if isinstance(content, dict):
            said.add(str(content["birth_date"]) if "birth_date" in content else None)
    for item in held:
        right = _corrected_birth_date(item)
        said = {right} if right else said
    return said


def _corrected_birth_date(item: JsonValue) -> str | None:
    entry, facts = (item.get("entry"), item.get("facts")) if isinstance(item, dict) else (None, None)
    if not isinstance(entry, dict) or entry.get("type") != EntryType.REQUEST_CORRECTED or not isinstance(facts, dict):
        return None
    right = (each.new for each in corrections_from_facts(facts) if each.field is CorrectedField.BIRTH_DATE)
    return next(right, None)
