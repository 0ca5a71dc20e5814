"""Tokens of a time-stamp authority (RFC 3161), beside the acknowledgements of the centre."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "time_stamps",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("stamped_at_ms", sa.Integer(), nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_time_stamps"),
    )


def downgrade() -> None:
    op.drop_table("time_stamps")
