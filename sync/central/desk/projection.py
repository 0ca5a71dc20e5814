"""The counters' index of requests, kept in the transaction that takes the entries."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

import sqlalchemy as sa

from kiosk.domain.identity import folded_name
from kiosk.domain.moment import instant_text
from kiosk.domain.request_change import CorrectedField, Correction
from kiosk.journal.canonical import JsonValue
from kiosk.journal.change_facts import ENTRY_OF, corrections_from_facts
from kiosk.journal.entry import Entry, EntryType
from sync.central.desk.search_keys import name_keys, number_key, phone_number_key
from sync.central.receiving.taking import Taken
from sync.central.receiving.writing import insert_rows, is_one_of
from sync.central.tables import desk_requests, origins

FOLDED_LENGTH: Final = 200
TICKET_STATES: Final = {
    EntryType.TICKET_CONFIRMED: "confirmed",
    EntryType.TICKET_UNCONFIRMED: "unconfirmed",
    EntryType.TICKET_FAILED: "failed",
    EntryType.TICKET_EXPIRED: "expired",
}
# How a request stands after what happened to it last.
STATUS_OF_CHANGES: Final = {entry_type: kind.value for kind, entry_type in ENTRY_OF.items()}
# A merged request is not for counters to work on; parted, it is what it was before.
STATUS_OF_MERGES: Final = {EntryType.REQUEST_MERGED: "merged", EntryType.MERGE_UNDONE: "filed"}
_PERSONAL: Final = (
    "birth_name",
    "given_names",
    "birth_date",
    "folded_birth_name",
    "folded_usage_name",
    "permit_expires_on",
    "search_name",
    "search_usage_name",
    "search_consonants",
    "foreigner_number",
    "phone",
)
_Values = dict[str, object]


def index_requests(connection: sa.Connection, taken: Taken) -> None:
    """Add what the new entries of a batch say of requests; a :data:`sync.central.receiving.receive.Projection`."""
    told: dict[str, _Values] = {}
    filed: dict[str, _Values] = {}
    for entry, facts in taken.facts:
        if entry.subject is None:
            continue
        if entry.type == EntryType.REQUEST_FILED and facts is not None:
            filed.setdefault(entry.subject, _row(taken.stream, entry, facts))
            continue
        changes = _changes(entry, facts)
        if changes:
            (filed.get(entry.subject) or told.setdefault(entry.subject, {})).update(changes)
    if filed:
        departement = _departement(connection, taken.head.origin)
        new = [row | {"departement": departement} for row in _not_there_yet(connection, taken.stream, filed)]
        insert_rows(connection, desk_requests, new)
    _update(connection, taken.head.origin, told)
    corrected = {str(entry.subject) for entry, _ in taken.facts if entry.type == EntryType.REQUEST_CORRECTED}
    _find_by_right_names(connection, taken.head.origin, corrected)


def index_own(connection: sa.Connection, entry: Entry, facts: Mapping[str, JsonValue], origin: str) -> None:
    """Add what an entry of this hub's own counters says of a request, in their transaction.

    A centre above learns it from the kiosk, which follows what its hub did.

    Args:
        connection: of the transaction; it holds the kiosk's streams.
        entry: about the request.
        facts: beside it.
        origin: the kiosk of the request.
    """
    changes = _changes(entry, facts)
    if changes and entry.subject is not None:
        _update(connection, origin, {entry.subject: changes})
        if entry.type == EntryType.REQUEST_CORRECTED:
            _find_by_right_names(connection, origin, {entry.subject})


def forget_people(connection: sa.Connection, request_ids: Sequence[str]) -> None:
    """Take away what the index says of the people of some requests, for an erasure."""
    nothing = dict.fromkeys(_PERSONAL, sa.null())
    mine = desk_requests.c.request_id.in_(request_ids)
    connection.execute(sa.update(desk_requests).where(mine).values(**nothing))


def _changes(entry: Entry, facts: Mapping[str, JsonValue] | None) -> _Values:
    if entry.type in TICKET_STATES:
        if facts is not None and "slip" in facts:
            return {}  # another paper than the ticket
        return {"ticket": TICKET_STATES[EntryType(entry.type)]}
    if entry.type == EntryType.FILING_REPEATED:
        ordinal = facts.get("ordinal") if facts is not None else None
        again = ordinal if isinstance(ordinal, int) and 1 < ordinal < 10**6 else 2
        return {"status": "filed_again", "filings": again} | _learned(facts)
    if entry.type in STATUS_OF_MERGES:
        kept = facts.get("kept_id") if facts is not None and entry.type == EntryType.REQUEST_MERGED else None
        into = _storable(kept)[:64] if isinstance(kept, str) else None
        return {"status": STATUS_OF_MERGES[EntryType(entry.type)], "merged_into": into}
    if entry.type in STATUS_OF_CHANGES:
        status: _Values = {"status": STATUS_OF_CHANGES[EntryType(entry.type)]}
        return status | _said_later(entry, facts or {})
    return {}


def _learned(facts: Mapping[str, JsonValue] | None) -> _Values:
    """Return the number that somebody gave who did not know it the first time."""
    content = facts.get("content") if facts is not None else None
    number = number_key(_text(content, "foreigner_number")) if isinstance(content, Mapping) else None
    return {} if number is None else {"foreigner_number": number}


def _said_later(entry: Entry, facts: Mapping[str, JsonValue]) -> _Values:
    if entry.type == EntryType.REQUEST_CORRECTED:
        return _corrected(facts)
    added = facts.get("added")
    if entry.type == EntryType.REQUEST_COMPLETED and isinstance(added, Mapping) and "phone" in added:
        return {"phone": phone_number_key(_text(added, "phone"))}
    return {}


def _corrected(facts: Mapping[str, JsonValue]) -> _Values:
    """Return what counters find a person by after an agent put it right."""
    right = {correction.field: correction.new for correction in _corrections(facts)}
    values: _Values = {}
    if CorrectedField.BIRTH_NAME in right:
        name = _storable(right[CorrectedField.BIRTH_NAME])
        values |= {"birth_name": name, "folded_birth_name": _folded(name)}
    if CorrectedField.GIVEN_NAMES in right:
        values["given_names"] = _storable(right[CorrectedField.GIVEN_NAMES].replace(", ", " "))
    if CorrectedField.BIRTH_DATE in right:
        values["birth_date"] = _storable(right[CorrectedField.BIRTH_DATE])[:10]
    if CorrectedField.FOREIGNER_NUMBER in right:
        values["foreigner_number"] = number_key(right[CorrectedField.FOREIGNER_NUMBER])
    return values


def _find_by_right_names(connection: sa.Connection, origin: str, corrected: Collection[str]) -> None:
    """Make the keys of names anew that an agent put right; of a nom d'usage only its folded form is left."""
    if not corrected:
        return
    row = desk_requests.c
    query = sa.select(row.request_id, row.birth_name, row.given_names, row.folded_usage_name).where(
        is_one_of(connection, row.request_id, sorted(corrected)),
        row.origin == origin,
        row.birth_name.is_not(None),
    )
    keys: dict[str, _Values] = {
        request_id: {**name_keys(birth_name, (given_names or "").split(), usage_name)}
        for request_id, birth_name, given_names, usage_name in connection.execute(query).tuples()
    }
    _update(connection, origin, keys)


def _corrections(facts: Mapping[str, JsonValue]) -> Sequence[Correction]:
    try:
        return corrections_from_facts(facts)
    except ValueError:  # a field of a newer kiosk: what this centre knows is in the facts all the same
        return ()


def _row(stream: str, entry: Entry, facts: Mapping[str, JsonValue]) -> _Values:
    content = facts.get("content")
    asked = content if isinstance(content, Mapping) else {}
    said = asked.get("given_names")
    given_names = tuple(map(str, said)) if isinstance(said, Sequence) and not isinstance(said, str) else ()
    birth_name, usage_name = _text(asked, "birth_name"), _text(asked, "usage_name")
    return {
        "request_id": str(entry.subject)[:64],
        "stream": stream,
        "seq": entry.seq,
        "origin": entry.origin,
        "reference": _storable(str(facts.get("reference")))[:40],
        "received_at": _storable(str(facts.get("received_at") or instant_text(entry.recorded_at)))[:24],
        "received_on": _storable(str(facts.get("received_on") or entry.civil_date))[:10],
        "procedure": _storable(str(asked.get("procedure")))[:20],
        "status": "filed",
        "filings": 1,
        "ticket": "unknown",
        "birth_name": birth_name,
        "given_names": _storable(" ".join(given_names)) or None,
        "birth_date": (_text(asked, "birth_date") or "")[:10] or None,
        "folded_birth_name": _folded(birth_name),
        "folded_usage_name": _folded(usage_name),
        "merged_into": None,
        **_for_the_hall(facts, asked),
        **name_keys(birth_name, given_names, usage_name),
        "foreigner_number": number_key(_text(asked, "foreigner_number")),
        "phone": phone_number_key(_text(asked, "phone")),
    }


def _for_the_hall(facts: Mapping[str, JsonValue], asked: Mapping[str, JsonValue]) -> _Values:
    """Return what a list of the hall shows of a request beside what counters see in a browser."""
    return {
        "zone": (_text(facts, "zone") or "")[:40] or None,
        "clock": (_text(facts, "clock") or "")[:20] or None,
        "language": (_text(asked, "language") or "")[:16] or None,
        "service": (_text(facts, "call_number") or "")[:1] or None,
        "permit_expires_on": (_text(asked, "permit_expires_on") or "")[:10] or None,
    }


def _not_there_yet(connection: sa.Connection, stream: str, filed: Mapping[str, _Values]) -> list[_Values]:
    """Return the rows whose request has none; the lock of the stream keeps others from adding one meanwhile."""
    query = sa.select(desk_requests.c.request_id).where(
        desk_requests.c.stream == stream, is_one_of(connection, desk_requests.c.request_id, list(filed))
    )
    there = set(connection.execute(query).scalars())
    return [row for row in filed.values() if row["request_id"] not in there]


def _update(connection: sa.Connection, origin: str, told: Mapping[str, _Values]) -> None:
    """Change rows that are there; those of the same columns in one statement."""
    groups: dict[tuple[str, ...], list[_Values]] = {}
    for request_id, values in told.items():
        groups.setdefault(tuple(sorted(values)), []).append(
            {"the_request": request_id} | {f"the_{name}": value for name, value in values.items()}
        )
    for columns, rows in groups.items():
        statement = (
            sa.update(desk_requests)
            .where(desk_requests.c.request_id == sa.bindparam("the_request"), desk_requests.c.origin == origin)
            .values({name: sa.bindparam(f"the_{name}") for name in columns})
        )
        connection.execute(statement, rows)


def _departement(connection: sa.Connection, origin: str) -> str:
    query = sa.select(origins.c.departement).where(origins.c.origin == origin)
    return connection.execute(query).scalar_one_or_none() or origin.partition("-")[0][:3]


def _text(facts: Mapping[str, JsonValue], name: str) -> str | None:
    value = facts.get(name)
    return None if value is None else _storable(str(value))


def _storable(text: str) -> str:
    return text.replace("\0", "")  # PostgreSQL has no place for it


def _folded(name: str | None) -> str | None:
    return folded_name(name)[:FOLDED_LENGTH] if name else None
