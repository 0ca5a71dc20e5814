"""Which erasures still have bytes in pages of the database."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("erased_subjects", sa.Column("months", sa.Text, nullable=False, server_default=""))
    op.add_column("erased_subjects", sa.Column("scrubbed_at", sa.String(24)))
    op.create_index("ix_erased_subjects_scrubbed_at", "erased_subjects", ["scrubbed_at"])


def downgrade() -> None:
    op.drop_index("ix_erased_subjects_scrubbed_at", "erased_subjects")
    for column in ("scrubbed_at", "months"):
        op.drop_column("erased_subjects", column)
