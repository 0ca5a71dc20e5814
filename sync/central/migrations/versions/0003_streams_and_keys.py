"""Streams beside origins, several keys for an origin, enrolment codes, and months of entries as partitions."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from sync.central.partitions import ensure_months

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_OLD = ("origins", "entries", "payloads", "requests", "set_aside", "acknowledgements")


def _seq() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer, "sqlite")


def _key(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, primary_key=True, autoincrement=False)


def upgrade() -> None:
    for index in ("ix_entries_type", "ix_entries_subject"):
        op.drop_index(index, table_name="entries")
    for table in _OLD:
        op.rename_table(table, f"{table}_0002")
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"ALTER INDEX {table}_pkey RENAME TO {table}_0002_pkey")
    _create()
    _carry_over()
    for table in _OLD:
        op.drop_table(f"{table}_0002")


def _create() -> None:
    _create_registry()
    _create_journals()
    _create_what_is_kept_of_them()


def _create_registry() -> None:
    op.create_table(
        "origins",
        _key("origin", sa.String(32)),
        sa.Column("role", sa.String(8), nullable=False),
        sa.Column("departement", sa.String(3)),
        sa.Column("registered_at", sa.String(24), nullable=False),
        sa.Column("registered_by", sa.String(16), nullable=False),
        sa.Column("relayed_by", sa.String(32)),
    )
    op.create_table(
        "origin_keys",
        _key("origin", sa.String(32)),
        _key("key_id", sa.String(4)),
        sa.Column("public_key", sa.Text, nullable=False),
        sa.Column("from_seq", _seq(), nullable=False),
        sa.Column("to_seq", _seq()),
        sa.Column("registered_at", sa.String(24), nullable=False),
        sa.Column("revoked_at", sa.String(24)),
    )
    op.create_table(
        "streams",
        _key("stream", sa.String(32)),
        sa.Column("origin", sa.String(32), nullable=False),
        sa.Column("first_seq", _seq(), nullable=False),
        sa.Column("first_previous_hash", sa.String(64), nullable=False),
        sa.Column("opened_at", sa.String(24), nullable=False),
        sa.Column("accepted_to", _seq(), nullable=False),
        sa.Column("head", sa.String(64), nullable=False),
        sa.Column("received_at", sa.String(24)),
    )
    op.create_index("ix_streams_origin", "streams", ["origin"])
    op.create_table(
        "enrolment_codes",
        _key("code_hash", sa.String(64)),
        sa.Column("origin", sa.String(32), nullable=False),
        sa.Column("role", sa.String(8), nullable=False),
        sa.Column("departement", sa.String(3)),
        sa.Column("issued_at", sa.String(24), nullable=False),
        sa.Column("expires_at", sa.String(24), nullable=False),
        sa.Column("used_at", sa.String(24)),
        sa.Column("key_id", sa.String(4)),
    )


def _create_journals() -> None:
    op.create_table(
        "entries",
        _key("stream", sa.String(32)),
        _key("seq", _seq()),
        _key("month", sa.String(7)),
        sa.Column("origin", sa.String(32), nullable=False),
        sa.Column("type", sa.String(40), nullable=False),
        sa.Column("recorded_at", sa.String(24), nullable=False),
        sa.Column("subject", sa.String(64)),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("received_at", sa.String(24), nullable=False),
        sa.Column("fault", sa.String(80)),
        postgresql_partition_by="LIST (month)",
    )
    op.create_index("ix_entries_type", "entries", ["type", "recorded_at"])
    op.create_index("ix_entries_subject", "entries", ["subject"])
    op.create_table(
        "payloads",
        _key("stream", sa.String(32)),
        _key("seq", _seq()),
        _key("month", sa.String(7)),
        sa.Column("salt", sa.LargeBinary, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        postgresql_partition_by="LIST (month)",
    )


def _create_what_is_kept_of_them() -> None:
    op.create_table(
        "requests",
        _key("request_id", sa.String(64)),
        _key("stream", sa.String(32)),
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column("origin", sa.String(32), nullable=False),
        sa.Column("seq", _seq(), nullable=False),
        sa.Column("received_at", sa.String(24), nullable=False),
        sa.Column("procedure", sa.String(20), nullable=False),
    )
    op.create_index("ix_requests_reference", "requests", ["reference"])
    op.create_index("ix_requests_received_at", "requests", ["received_at"])
    op.create_table(
        "set_aside",
        _key("stream", sa.String(32)),
        _key("seq", _seq()),
        _key("digest", sa.String(64)),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("received_at", sa.String(24), nullable=False),
    )
    op.create_table(
        "acknowledgements",
        _key("stream", sa.String(32)),
        _key("accepted_to", _seq()),
        sa.Column("document", sa.Text, nullable=False),
    )


def _carry_over() -> None:
    """Move what the centre held: each origin had one key and one stream of its own name."""
    connection = op.get_bind()
    months = connection.execute(sa.text("SELECT DISTINCT substr(received_at, 1, 7) FROM entries_0002")).scalars().all()
    ensure_months(connection, months)
    for statement in (
        (
            "INSERT INTO origins (origin, role, departement, registered_at, registered_by) "
            "SELECT origin, 'kiosk', substr(origin, 1, length(origin) - 3), registered_at, registered_by "
            "FROM origins_0002"
        ),
        (
            "INSERT INTO origin_keys (origin, key_id, public_key, from_seq, registered_at, revoked_at) "
            "SELECT origin, key_id, public_key, 1, registered_at, revoked_at FROM origins_0002"
        ),
        (
            "INSERT INTO streams (stream, origin, first_seq, first_previous_hash, opened_at, accepted_to, head) "
            "SELECT origin, origin, 1, :zeros, registered_at, accepted_to, head FROM origins_0002"
        ),
        (
            "INSERT INTO entries (stream, seq, month, origin, type, recorded_at, subject, hash, document, received_at) "
            "SELECT origin, seq, substr(received_at, 1, 7), origin, type, recorded_at, subject, hash, document, "
            "received_at FROM entries_0002"
        ),
        (
            "INSERT INTO payloads (stream, seq, month, salt, facts) "
            "SELECT p.origin, p.seq, substr(e.received_at, 1, 7), p.salt, p.facts FROM payloads_0002 p "
            "JOIN entries_0002 e ON e.origin = p.origin AND e.seq = p.seq"
        ),
        (
            "INSERT INTO requests (request_id, stream, reference, origin, seq, received_at, procedure) "
            "SELECT request_id, origin, reference, origin, seq, received_at, procedure FROM requests_0002"
        ),
        (
            "INSERT INTO set_aside (stream, seq, digest, reason, detail, document, received_at) "
            "SELECT origin, seq, digest, reason, '', document, received_at FROM set_aside_0002"
        ),
        "INSERT INTO acknowledgements SELECT origin, accepted_to, document FROM acknowledgements_0002",
    ):
        connection.execute(sa.text(statement), {"zeros": "0" * 64} if ":zeros" in statement else {})


def downgrade() -> None:
    raise RuntimeError("0003 is not undone: an older version cannot hold segments, rotated keys and enrolments")
