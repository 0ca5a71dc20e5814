"""The centre's schema, from each released version to this one and back, with what was in it."""

import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from sync.central import schema
from sync.central.tables import (
    acknowledgements,
    desk_requests,
    entries,
    hall_presentations,
    metadata,
    origin_keys,
    origins,
    payloads,
    requests,
    set_aside,
    streams,
)

MIGRATIONS = Path(schema.__file__).parent / "migrations"
AN_ORIGIN: dict[str, object] = {
    "origin": "38-A2",
    "key_id": "AAAA",
    "public_key": "pem",
    "registered_at": "2026-11-20T08:03:09.120Z",
    "registered_by": "first_use",
    "accepted_to": 7,
    "head": "0" * 64,
}
AT = "2026-10-31T23:59:59.999Z"
THE_OTHERS: dict[str, dict[str, object]] = {
    "entries": {
        "origin": "38-A2",
        "seq": 7,
        "type": "request_filed",
        "recorded_at": AT,
        "subject": "R",
        "hash": "f" * 64,
        "document": "{}",
        "received_at": AT,
    },
    "payloads": {"origin": "38-A2", "seq": 7, "salt": b"s", "facts": "{}"},
    "requests": {
        "reference": "38-A2-260923-0001",
        "request_id": "R",
        "origin": "38-A2",
        "seq": 7,
        "received_at": AT,
        "procedure": "RNV-SAL",
    },
    "set_aside": {
        "origin": "38-A2",
        "seq": 7,
        "digest": "d",
        "reason": "conflict",
        "document": "what was set aside",
        "received_at": AT,
    },
    "acknowledgements": {"origin": "38-A2", "accepted_to": 7, "document": "{}"},
}
KEPT = (origins, origin_keys, streams, entries, payloads, requests, set_aside, acknowledgements)


def migrated(connection: sa.Connection, revision: str) -> None:
    """Bring a database up to a revision."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


@pytest.fixture
def engine(tmp_path: Path) -> sa.Engine:
    """An empty database."""
    return sa.create_engine(f"sqlite:///{tmp_path / 'centre.db'}")


def test_every_migration_is_known_and_in_order() -> None:
    """A new file without its number would be taken for a newer version's."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    steps = [step.revision for step in ScriptDirectory.from_config(config).walk_revisions()]

    assert tuple(reversed(steps)) == schema.KNOWN_REVISIONS


def test_tickets_that_were_shown_before_the_update_are_counted_after_it(engine: sa.Engine) -> None:
    """Genuine ones, from the entries that are held; whatever was no ticket of ours stays out."""
    checks = [
        {"verdict": "authentic", "reference": "38-A2-260923-0001", "counter": "2"},
        {"verdict": "altered"},
        {"verdict": "revoked_key", "reference": "38-A2-260923-0001", "counter": "2"},
    ]
    with engine.begin() as connection:
        migrated(connection, "0011")
        for seq, facts in enumerate(checks, 1):
            place = {"stream": "38-A2", "seq": seq, "month": "2026-11"}
            entry = THE_OTHERS["entries"] | place | {"type": "seal_checked", "subject": None}
            _insert(connection, "entries", entry)
            _insert(connection, "payloads", place | {"salt": b"s", "facts": json.dumps(facts)})
        migrated(connection, "head")
        shown = connection.execute(sa.select(hall_presentations)).all()
    engine.dispose()

    assert [(row.seq, row.reference, row.shown_at, row.counter) for row in shown] == [(1, "38-A2-260923-0001", AT, "2")]


def test_a_migrated_database_has_the_columns_that_the_code_names(tmp_path: Path) -> None:
    """Models equal schema."""
    opened = schema.open_database(f"sqlite:///{tmp_path / 'centre.db'}")
    found = sa.inspect(opened)
    columns = {table: {column["name"] for column in found.get_columns(table)} for table in metadata.tables}
    opened.dispose()

    assert columns == {name: set(table.columns.keys()) for name, table in metadata.tables.items()}


def test_what_an_older_centre_held_is_there_after_the_update(engine: sa.Engine) -> None:
    """Its key, its place, its entries, its evidence: under the stream of the origin's own name."""
    with engine.begin() as connection:
        migrated(connection, "0001")
        _insert(connection, "origins", AN_ORIGIN)
        migrated(connection, "0002")
        for table, row in THE_OTHERS.items():
            _insert(connection, table, row)
        migrated(connection, "head")
        held = {table.name: connection.execute(sa.select(table)).all() for table in KEPT}
    engine.dispose()

    assert {name: len(rows) for name, rows in held.items()} == {table.name: 1 for table in KEPT}
    assert _row(held, "origins").departement == "38"
    assert (_row(held, "origin_keys").key_id, _row(held, "origin_keys").from_seq) == ("AAAA", 1)
    assert (_row(held, "streams").stream, _row(held, "streams").accepted_to) == ("38-A2", 7)
    assert (_row(held, "entries").stream, _row(held, "entries").month) == ("38-A2", "2026-10")
    assert _row(held, "payloads").salt == b"s"
    assert _row(held, "set_aside").document == "what was set aside"


def test_the_counters_index_is_made_of_what_an_older_centre_held(engine: sa.Engine) -> None:
    """Names from the payloads that are still there, tickets and returns from the entries, the département as known."""
    facts = {
        "received_on": "2026-10-31",
        "content": {"birth_name": "Ōno", "usage_name": "d'Arc", "given_names": ["A", "B"], "birth_date": "1991-04-00"},
    }
    place = {"stream": "38-A2", "month": "2026-10"}
    with engine.begin() as connection:
        migrated(connection, "0003")
        machine = {"role": "kiosk", "departement": "38", "registered_at": AT, "registered_by": "first_use"}
        _insert(connection, "origins", {"origin": "38-A2", **machine})
        for seq, kind in ((7, "request_filed"), (8, "ticket_failed"), (9, "filing_repeated"), (10, "ticket_confirmed")):
            written = {"seq": seq, "type": kind, "recorded_at": f"2026-10-31T23:59:{seq + 10}.000Z"}
            _insert(connection, "entries", {**THE_OTHERS["entries"], **place, **written})
        _insert(connection, "payloads", {**place, "seq": 7, "salt": b"s", "facts": json.dumps(facts)})
        for name, seq in (("R", 7), ("ERASED", 11)):
            _insert(
                connection, "requests", {**THE_OTHERS["requests"], "stream": "38-A2", "request_id": name, "seq": seq}
            )
        migrated(connection, "head")
        known, erased = connection.execute(sa.select(desk_requests).order_by(desk_requests.c.seq)).all()
    engine.dispose()

    assert (known.folded_birth_name, known.folded_usage_name, known.birth_date) == ("ono", "darc", "1991-04-00")
    assert (known.given_names, known.departement, known.received_on) == ("A B", "38", "2026-10-31")
    assert (known.ticket, known.status, known.filings) == ("confirmed", "filed_again", 2)
    assert (erased.birth_name, erased.ticket, erased.status, erased.filings) == (None, "unknown", "filed", 1)


def test_the_hall_s_search_is_made_of_what_an_older_centre_held(engine: sa.Engine) -> None:
    """The names as they stand, what was added or put right since, and nothing of whose data were erased."""
    filed = {
        "zone": "Europe/Paris",
        "clock": "synced",
        "call_number": "B007",
        "content": {
            "birth_name": "Wrong",
            "usage_name": "d'Arc",
            "language": "ar",
            "permit_expires_on": "2027-01-15",
            "phone": "06 12 34 56 78",
        },
    }
    later = {
        "filing_repeated": {"content": {"foreigner_number": "9912345678"}},
        "request_completed": {"added": {"phone": "+33 7 99 88 77 66"}},
        "request_corrected": {"corrections": {"foreigner_number": {"old": "9912345678", "new": "9900000001"}}},
        "correction_asked": {"corrections": {"foreigner_number": {"old": "", "new": "1"}}},
    }
    place = {"stream": "38-A2", "month": "2026-10"}
    known: dict[str, object] = {
        "origin": "38-A2",
        "stream": "38-A2",
        "departement": "38",
        "received_at": AT,
        "received_on": AT[:10],
    }
    known |= {"procedure": "RNV-SAL", "status": "filed", "filings": 1, "ticket": "unknown", "reference": "38-A2-1"}
    with engine.begin() as connection:
        migrated(connection, "0011")
        _insert(connection, "desk_requests", {**known, "request_id": "R", "seq": 1, "birth_name": "Ковальчук"})
        _insert(connection, "desk_requests", {**known, "request_id": "ERASED", "seq": 2})
        for seq, (kind, facts) in enumerate({"request_filed": filed, "ticket_confirmed": {}, **later}.items(), 1):
            written = {"seq": seq, "type": kind, "recorded_at": f"2026-10-31T23:59:{seq + 10}.000Z"}
            _insert(connection, "entries", {**THE_OTHERS["entries"], **place, **written})
            if facts:
                _insert(connection, "payloads", {**place, "seq": seq, "salt": b"s", "facts": json.dumps(facts)})
        migrated(connection, "head")
        found, erased = connection.execute(sa.select(desk_requests).order_by(desk_requests.c.seq)).all()
    engine.dispose()

    assert (found.search_name, found.search_usage_name, found.search_consonants) == ("kovalchuk", "darc", None)
    assert (found.phone, found.foreigner_number) == ("0799887766", "9900000001")
    assert (found.zone, found.clock, found.language, found.service) == ("Europe/Paris", "synced", "ar", "B")
    assert found.permit_expires_on == "2027-01-15"
    assert (erased.search_name, erased.phone, erased.language) == (None, None, None)


def test_what_kiosks_merged_before_stands_for_it_after_the_update(engine: sa.Engine) -> None:
    """Not what was parted again since, nor what another machine says."""
    place = {"stream": "38-A2", "month": "2026-10"}
    row = {"origin": "38-A2", "departement": "38", "received_at": AT, "received_on": "2026-10-31", "filings": 1}
    with engine.begin() as connection:
        migrated(connection, "0011")
        for seq, (name, status) in enumerate((("M", "merged"), ("P", "filed"), ("X", "merged")), 1):
            about = {"request_id": name, "stream": "38-A2", "seq": seq, "reference": name, "procedure": "RNV-SAL"}
            _insert(connection, "desk_requests", row | about | {"status": status, "ticket": "unknown"})
            origin = "38-B1" if name == "X" else "38-A2"
            written = {"seq": seq, "subject": name, "type": "request_merged", "origin": origin}
            _insert(connection, "entries", {**THE_OTHERS["entries"], **place, **written})
            facts = json.dumps({"kept_id": "K"})
            _insert(connection, "payloads", {**place, "seq": seq, "salt": b"s", "facts": facts})
        migrated(connection, "head")
        found = connection.execute(sa.select(desk_requests.c.request_id, desk_requests.c.merged_into)).tuples().all()
    engine.dispose()

    assert dict(found) == {"M": "K", "P": None, "X": None}


def _insert(connection: sa.Connection, table: str, row: dict[str, object]) -> None:
    columns = ", ".join(row)
    values = ", ".join(f":{name}" for name in row)
    connection.execute(sa.text(f"INSERT INTO {table} ({columns}) VALUES ({values})"), row)


def _row(held: dict[str, Any], name: str) -> Any:
    return held[name][0]
