"""Whose data were erased, and what the centre ordered."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "erasures",
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("erased_at_ms", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["requests.request_id"], name="fk_erasures_request_id"),
        sa.PrimaryKeyConstraint("request_id", name="pk_erasures"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "updates",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("received_at_ms", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_updates"),
    )
    op.create_table(
        "request_statuses",
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("said_at_ms", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["requests.request_id"], name="fk_request_statuses_request_id"),
        sa.PrimaryKeyConstraint("request_id", name="pk_request_statuses"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for table in ("request_statuses", "updates", "erasures"):
        op.drop_table(table)
