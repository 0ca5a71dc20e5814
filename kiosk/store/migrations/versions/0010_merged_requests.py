"""Requests that turned out to be another request of the same person."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "merged_requests",
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("kept_id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("foreigner_number", sa.Text(), nullable=False),
        sa.Column("merged_at_ms", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["kept_id"], ["requests.request_id"], name="fk_merged_requests_kept_id"),
        sa.ForeignKeyConstraint(["request_id"], ["requests.request_id"], name="fk_merged_requests_request_id"),
        sa.PrimaryKeyConstraint("request_id", name="pk_merged_requests"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_merged_requests_kept_id", "merged_requests", ["kept_id"])
    op.create_index(
        "ix_merged_requests_person", "merged_requests", ["person"], sqlite_where=sa.text("person IS NOT NULL")
    )


def downgrade() -> None:
    op.drop_table("merged_requests")
