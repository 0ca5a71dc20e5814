"""Under which names the centre counts this journal."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "segments",
        sa.Column("segment", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("first_seq", sa.Integer(), nullable=False),
        sa.Column("opened_at_ms", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("segment", name="pk_segments"),
        sa.UniqueConstraint("stream", name="uq_segments_stream"),
    )


def downgrade() -> None:
    op.drop_table("segments")
