"""The first tables: origins, entries, payloads, requests, what was set aside, acknowledgements."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _seq() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "origins",
        sa.Column("origin", sa.String(32), primary_key=True),
        sa.Column("key_id", sa.String(4), nullable=False),
        sa.Column("public_key", sa.Text, nullable=False),
        sa.Column("registered_at", sa.String(24), nullable=False),
        sa.Column("registered_by", sa.String(16), nullable=False),
        sa.Column("accepted_to", _seq(), nullable=False),
        sa.Column("head", sa.String(64), nullable=False),
    )
    op.create_table(
        "entries",
        sa.Column("origin", sa.String(32), primary_key=True),
        sa.Column("seq", _seq(), primary_key=True, autoincrement=False),
        sa.Column("type", sa.String(40), nullable=False),
        sa.Column("recorded_at", sa.String(24), nullable=False),
        sa.Column("subject", sa.String(64)),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("received_at", sa.String(24), nullable=False),
    )
    op.create_index("ix_entries_type", "entries", ["type", "recorded_at"])
    op.create_index("ix_entries_subject", "entries", ["subject"])
    op.create_table(
        "payloads",
        sa.Column("origin", sa.String(32), primary_key=True),
        sa.Column("seq", _seq(), primary_key=True, autoincrement=False),
        sa.Column("salt", sa.LargeBinary, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
    )
    op.create_table(
        "requests",
        sa.Column("reference", sa.String(40), primary_key=True),
        sa.Column("request_id", sa.String(64), nullable=False, unique=True),
        sa.Column("origin", sa.String(32), nullable=False),
        sa.Column("seq", _seq(), nullable=False),
        sa.Column("received_at", sa.String(24), nullable=False),
        sa.Column("procedure", sa.String(20), nullable=False),
    )
    op.create_table(
        "set_aside",
        sa.Column("origin", sa.String(32), primary_key=True),
        sa.Column("seq", _seq(), primary_key=True, autoincrement=False),
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("received_at", sa.String(24), nullable=False),
    )
    op.create_table(
        "acknowledgements",
        sa.Column("origin", sa.String(32), primary_key=True),
        sa.Column("accepted_to", _seq(), primary_key=True, autoincrement=False),
        sa.Column("document", sa.Text, nullable=False),
    )


def downgrade() -> None:
    for table in ("acknowledgements", "set_aside", "requests", "payloads", "entries", "origins"):
        op.drop_table(table)
