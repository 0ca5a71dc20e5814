"""What the centre orders of machines, and whose facts do not come back."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "updates",
        sa.Column("origin", sa.String(32), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("issued_at", sa.String(24), nullable=False),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_table(
        "erased_subjects",
        sa.Column("subject", sa.String(64), primary_key=True),
        sa.Column("erased_at", sa.String(24), nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
    )


def downgrade() -> None:
    for table in ("erased_subjects", "updates"):
        op.drop_table(table)
