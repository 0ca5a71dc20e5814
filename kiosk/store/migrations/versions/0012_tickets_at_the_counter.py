"""Where a duplicate is to come out, and when tickets were shown at a counter."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("reprints", sa.Column("printer", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "presentations",
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("journal_seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("presented_at_ms", sa.Integer(), nullable=False),
        sa.Column("counter", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("reference", "journal_seq", name="pk_presentations"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_presentations_presented_at_ms", "presentations", ["presented_at_ms"])


def downgrade() -> None:
    op.drop_table("presentations")
    op.drop_column("reprints", "printer")
