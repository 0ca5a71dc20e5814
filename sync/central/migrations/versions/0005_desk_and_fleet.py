"""Accounts and their sessions, the counters' index of requests, and what each machine says of itself."""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from kiosk.domain.identity import folded_name

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_CHUNK = 2000


def _folded() -> sa.types.TypeEngine[str]:
    return sa.String(200).with_variant(sa.String(200, collation="C"), "postgresql")


def _seq() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    _create_desk()
    _create_accounts()
    op.create_table(
        "conditions",
        sa.Column("origin", sa.String(32), primary_key=True),
        sa.Column("received_at", sa.String(24), nullable=False),
        sa.Column("clock_offset_ms", _seq()),
        sa.Column("pending", _seq(), nullable=False),
        sa.Column("oldest_unsent_at", sa.String(24)),
        sa.Column("document", sa.Text, nullable=False),
    )
    _index_what_is_held(op.get_bind())


def _create_desk() -> None:
    op.create_table(
        "desk_requests",
        sa.Column("request_id", sa.String(64), primary_key=True),
        sa.Column("stream", sa.String(32), primary_key=True),
        sa.Column("seq", _seq(), nullable=False),
        sa.Column("origin", sa.String(32), nullable=False),
        sa.Column("departement", sa.String(3), nullable=False),
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column("received_at", sa.String(24), nullable=False),
        sa.Column("received_on", sa.String(10), nullable=False),
        sa.Column("procedure", sa.String(20), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("filings", sa.Integer, nullable=False),
        sa.Column("ticket", sa.String(20), nullable=False),
        sa.Column("birth_name", sa.Text),
        sa.Column("given_names", sa.Text),
        sa.Column("birth_date", sa.String(10)),
        sa.Column("folded_birth_name", _folded()),
        sa.Column("folded_usage_name", _folded()),
    )
    for name, columns in (
        ("received", ["received_at", "request_id", "stream"]),
        ("day", ["departement", "received_at", "request_id", "stream"]),
        ("reference", ["reference"]),
        ("birth_name", ["folded_birth_name"]),
        ("usage_name", ["folded_usage_name"]),
        ("birth_date", ["birth_date"]),
    ):
        op.create_index(f"ix_desk_requests_{name}", "desk_requests", columns)


def _create_accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("password_hash", sa.String(200), nullable=False),
        sa.Column("created_at", sa.String(24), nullable=False),
        sa.Column("disabled_at", sa.String(24)),
    )
    op.create_table(
        "account_scopes",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("scope", sa.String(32), primary_key=True),
    )
    op.create_table(
        "sign_in_guards",
        sa.Column("name_hash", sa.String(64), primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("failed_at", sa.String(24), nullable=False),
        sa.Column("locked_until", sa.String(24)),
    )
    op.create_table(
        "account_sessions",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("opened_at", sa.String(24), nullable=False),
        sa.Column("seen_at", sa.String(24), nullable=False),
    )
    op.create_index("ix_account_sessions_name", "account_sessions", ["name"])


def _index_what_is_held(connection: sa.Connection) -> None:
    """Make the counters' index of what an older centre holds."""
    insert = sa.text(
        "INSERT INTO desk_requests (request_id, stream, seq, origin, departement, reference, received_at, received_on, "
        "procedure, status, filings, ticket, birth_name, given_names, birth_date, folded_birth_name, "
        "folded_usage_name) VALUES (:request_id, :stream, :seq, :origin, :departement, :reference, :received_at, "
        ":received_on, :procedure, 'filed', 1, 'unknown', :birth_name, :given_names, :birth_date, "
        ":folded_birth_name, :folded_usage_name)"
    )
    for rows in _held(connection):
        connection.execute(insert, rows)
    # What happened to it afterwards: the state of the newest ticket, and whether somebody came again.
    newest = (
        "SELECT e.type FROM entries e WHERE e.subject = desk_requests.request_id AND e.origin = desk_requests.origin "
        "AND e.type IN ('ticket_confirmed', 'ticket_unconfirmed', 'ticket_failed', 'ticket_expired') "
        "ORDER BY e.recorded_at DESC, e.seq DESC LIMIT 1"
    )
    connection.execute(sa.text(f"UPDATE desk_requests SET ticket = COALESCE(substr(({newest}), 8), 'unknown')"))  # noqa: S608  # no value in it
    again = (
        "SELECT count(*) FROM entries e WHERE e.subject = desk_requests.request_id AND e.origin = desk_requests.origin "
        "AND e.type = 'filing_repeated'"
    )
    connection.execute(sa.text(f"UPDATE desk_requests SET filings = 1 + ({again})"))  # noqa: S608
    connection.execute(sa.text("UPDATE desk_requests SET status = 'filed_again' WHERE filings > 1"))


def _held(connection: sa.Connection) -> Iterator[list[dict[str, Any]]]:
    query = sa.text(
        "SELECT r.request_id, r.stream, r.seq, r.origin, r.reference, r.received_at, r.procedure, o.departement, "
        "p.facts FROM requests r LEFT JOIN origins o ON o.origin = r.origin "
        "LEFT JOIN payloads p ON p.stream = r.stream AND p.seq = r.seq "
        "WHERE (r.stream = :stream AND r.seq > :seq) OR r.stream > :stream ORDER BY r.stream, r.seq LIMIT :limit"
    )
    place = {"stream": "", "seq": 0}
    while rows := connection.execute(query, {**place, "limit": _CHUNK}).all():
        yield [_row(row) for row in rows]
        place = {"stream": rows[-1].stream, "seq": rows[-1].seq}


def _row(row: Any) -> dict[str, Any]:
    facts = json.loads(row.facts) if row.facts else {}
    content = facts.get("content")
    asked = content if isinstance(content, dict) else {}
    birth_name, usage_name = asked.get("birth_name"), asked.get("usage_name")
    return {
        "request_id": row.request_id,
        "stream": row.stream,
        "seq": row.seq,
        "origin": row.origin,
        "departement": row.departement or row.origin.partition("-")[0][:3],
        "reference": row.reference,
        "received_at": row.received_at,
        "received_on": str(facts.get("received_on") or row.received_at[:10])[:10],
        "procedure": row.procedure,
        "birth_name": birth_name,
        "given_names": " ".join(asked.get("given_names") or ()) or None,
        "birth_date": asked.get("birth_date"),
        "folded_birth_name": folded_name(birth_name)[:200] if birth_name else None,
        "folded_usage_name": folded_name(usage_name)[:200] if usage_name else None,
    }


def downgrade() -> None:
    for table in ("conditions", "account_sessions", "sign_in_guards", "account_scopes", "accounts", "desk_requests"):
        op.drop_table(table)
