"""What happened to requests after they were filed, and the papers about it that are no tickets."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "request_changes",
        sa.Column("change_id", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("changed_at_ms", sa.Integer(), nullable=False),
        sa.Column("changed_on", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("clock", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("journal_seq", sa.Integer(), nullable=False),
        sa.Column("entry_hash", sa.Text(), nullable=False),
        sa.Column("idempotency_key", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('completed', 'correction_asked', 'corrected', 'withdrawn')",
            name="kind_is_known",
        ),
        sa.ForeignKeyConstraint(
            ["origin", "journal_seq"],
            ["journal_entries.origin", "journal_entries.seq"],
            name="fk_request_changes_origin_journal_seq",
        ),
        sa.ForeignKeyConstraint(["request_id"], ["requests.request_id"], name="fk_request_changes_request_id"),
        sa.PrimaryKeyConstraint("change_id", name="pk_request_changes"),
        sa.UniqueConstraint("idempotency_key", name="uq_request_changes_idempotency_key"),
        sa.UniqueConstraint("origin", "journal_seq", name="uq_request_changes_origin_journal_seq"),
        sa.UniqueConstraint("request_id", "ordinal", name="uq_request_changes_request_id_ordinal"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "slips",
        sa.Column("print_job_id", sa.Text(), nullable=False),
        sa.Column("filing_id", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("ordered_at_ms", sa.Integer(), nullable=False),
        sa.Column("ordered_on", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("clock", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("journal_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('proof', 'passages')", name="kind_is_known"),
        sa.CheckConstraint(
            "state IN ('saved', 'sending', 'confirmed', 'unconfirmed', 'failed', 'expired')",
            name="state_is_known",
        ),
        sa.ForeignKeyConstraint(["filing_id"], ["filings.filing_id"], name="fk_slips_filing_id"),
        sa.ForeignKeyConstraint(
            ["origin", "journal_seq"],
            ["journal_entries.origin", "journal_entries.seq"],
            name="fk_slips_origin_journal_seq",
        ),
        sa.ForeignKeyConstraint(["request_id"], ["requests.request_id"], name="fk_slips_request_id"),
        sa.PrimaryKeyConstraint("print_job_id", name="pk_slips"),
        sa.UniqueConstraint("origin", "journal_seq", name="uq_slips_origin_journal_seq"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_slips_open", "slips", ["state"], sqlite_where=sa.text("state IN ('saved', 'sending')"))


def downgrade() -> None:
    op.drop_index("ix_slips_open", "slips")
    for table in ("slips", "request_changes"):
        op.drop_table(table)
