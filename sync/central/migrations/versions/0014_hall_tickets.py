"""Tickets at the counters of a hub: when they were shown, the duplicates that were ordered, the keys of all kiosks.

What was shown before is read once from the entries that are held.
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0012"
branch_labels = None
depends_on = None

_AT_ONCE = 1000
_GENUINE = ("authentic", "from_the_future")


def _seq() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    shown = op.create_table(
        "hall_presentations",
        sa.Column("stream", sa.String(32), primary_key=True),
        sa.Column("seq", _seq(), primary_key=True, autoincrement=False),
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column("shown_at", sa.String(24), nullable=False),
        sa.Column("counter", sa.String(12), nullable=False),
    )
    op.create_index("ix_hall_presentations_reference", "hall_presentations", ["reference"])
    op.create_index("ix_hall_presentations_shown_at", "hall_presentations", ["shown_at"])
    op.create_table(
        "hall_reprints",
        sa.Column("origin", sa.String(32), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("request_id", sa.String(64), nullable=False),
        sa.Column("ordered_at", sa.String(24), nullable=False),
        sa.Column("print_job_id", sa.String(64)),
        sa.Column("duplicate_number", sa.Integer),
        sa.Column("state", sa.String(16), nullable=False),
    )
    op.create_index("ix_hall_reprints_request", "hall_reprints", ["request_id"])
    op.create_index("ix_hall_reprints_job", "hall_reprints", ["print_job_id"])
    op.create_table(
        "upstream_keys",
        sa.Column("origin", sa.String(32), primary_key=True),
        sa.Column("key_id", sa.String(4), primary_key=True),
        sa.Column("public_key", sa.Text, nullable=False),
        sa.Column("revoked_at", sa.String(24)),
    )
    _read_what_was_shown(shown)


def _read_what_was_shown(shown: sa.Table) -> None:
    connection = op.get_bind()
    query = sa.text(
        "SELECT e.stream, e.seq, e.recorded_at, p.facts FROM entries e"
        " JOIN payloads p ON p.stream = e.stream AND p.seq = e.seq AND p.month = e.month"
        " WHERE e.type = 'seal_checked' AND e.fault IS NULL"
    )
    found = connection.execute(query)
    while rows := found.fetchmany(_AT_ONCE):
        told = [(row, json.loads(row.facts)) for row in rows]
        new = [
            {
                "stream": row.stream,
                "seq": row.seq,
                "reference": str(facts["reference"])[:40],
                "shown_at": row.recorded_at,
                "counter": str(facts.get("counter") or "")[:12],
            }
            for row, facts in told
            if facts.get("verdict") in _GENUINE and facts.get("reference")
        ]
        if new:
            connection.execute(sa.insert(shown), new)


def downgrade() -> None:
    op.drop_table("upstream_keys")
    op.drop_table("hall_reprints")
    op.drop_table("hall_presentations")
