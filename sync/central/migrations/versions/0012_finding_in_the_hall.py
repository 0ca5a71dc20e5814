"""What the search of a site's hall finds requests by, and which lists leave the hub."""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from sync.central.desk.search_keys import name_keys, number_key, phone_number_key

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_CHUNK = 2000
_KEYS = ("search_name", "search_usage_name", "search_consonants", "foreigner_number", "phone")
_SHOWN = {"zone": 40, "clock": 20, "language": 16, "service": 1, "permit_expires_on": 10}
# Whoever filed again with a number, completed or was corrected: the newest word counts.
_LATER = ("filing_repeated", "request_completed", "request_corrected")


def _key() -> sa.types.TypeEngine[str]:
    return sa.String(200).with_variant(sa.String(200, collation="C"), "postgresql")


def upgrade() -> None:
    for name, length in _SHOWN.items():
        op.add_column("desk_requests", sa.Column(name, sa.String(length)))
    for name in _KEYS:
        op.add_column("desk_requests", sa.Column(name, _key()))
    _fill(op.get_bind())
    for name in _KEYS:
        known = None if name == "search_name" else sa.text(f"{name} IS NOT NULL")
        op.create_index(f"ix_desk_requests_{name}", "desk_requests", [name], sqlite_where=known, postgresql_where=known)
    op.create_table(
        "hall_exports",
        sa.Column("export_id", sa.String(64), primary_key=True),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("counter", sa.String(12), nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.Column("wanted", sa.Text, nullable=False),
        sa.Column("beyond", sa.String(400)),
        sa.Column("lines", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.Column("touched_at", sa.String(24), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("hall_exports")
    for name in _KEYS:
        op.drop_index(f"ix_desk_requests_{name}", "desk_requests")
    for name in (*_KEYS, *_SHOWN):
        op.drop_column("desk_requests", name)


def _fill(connection: sa.Connection) -> None:
    """Take from the entries what is there already; whose data were erased has nothing."""
    columns = (*_SHOWN, *_KEYS)
    values = ", ".join(f"{name} = :{name}" for name in columns)
    update = sa.text(f"UPDATE desk_requests SET {values} WHERE request_id = :request_id AND stream = :stream")  # noqa: S608  # no value in it
    for rows in _held(connection):
        connection.execute(update, rows)
    for name, key in _said_later(connection):
        changed = sa.text(f"UPDATE desk_requests SET {name} = :key WHERE request_id = :subject AND origin = :origin")  # noqa: S608
        connection.execute(changed, key)


def _held(connection: sa.Connection) -> Iterator[list[dict[str, Any]]]:
    query = sa.text(
        "SELECT r.request_id, r.stream, r.seq, r.birth_name, r.given_names, p.facts FROM desk_requests r "
        "JOIN payloads p ON p.stream = r.stream AND p.seq = r.seq "
        "WHERE (r.stream = :stream AND r.seq > :seq) OR r.stream > :stream ORDER BY r.stream, r.seq LIMIT :limit"
    )
    place = {"stream": "", "seq": 0}
    while rows := connection.execute(query, {**place, "limit": _CHUNK}).all():
        yield [_row(row) for row in rows]
        place = {"stream": rows[-1].stream, "seq": rows[-1].seq}


def _row(row: Any) -> dict[str, Any]:
    facts = json.loads(row.facts)
    content = facts.get("content")
    asked = content if isinstance(content, dict) else {}
    said = {**asked, **facts, "service": facts.get("call_number")}
    given_names = (row.given_names or "").split()  # with the name, as an agent put them right
    return {
        "request_id": row.request_id,
        "stream": row.stream,
        **{name: str(said.get(name) or "")[:length] or None for name, length in _SHOWN.items()},
        **name_keys(row.birth_name, given_names, asked.get("usage_name")),
        "foreigner_number": number_key(asked.get("foreigner_number")),
        "phone": phone_number_key(asked.get("phone")),
    }


def _said_later(connection: sa.Connection) -> Iterator[tuple[str, dict[str, Any]]]:
    query = sa.text(
        "SELECT e.subject, e.origin, p.facts FROM entries e JOIN payloads p ON p.stream = e.stream AND p.seq = e.seq "
        "WHERE e.type IN :types ORDER BY e.recorded_at, e.stream, e.seq"
    ).bindparams(sa.bindparam("types", expanding=True))
    for subject, origin, document in connection.execute(query, {"types": list(_LATER)}).all():
        facts = json.loads(document)
        number = _of(facts, "content").get("foreigner_number") or _of(
            _of(facts, "corrections"), "foreigner_number"
        ).get("new")
        phone = _of(facts, "added").get("phone")
        for name, key in (("foreigner_number", number_key(number)), ("phone", phone_number_key(phone))):
            if key is not None:
                yield name, {"key": key, "subject": subject, "origin": origin}


def _of(facts: dict[str, Any], name: str) -> dict[str, Any]:
    found = facts.get(name)
    return found if isinstance(found, dict) else {}
