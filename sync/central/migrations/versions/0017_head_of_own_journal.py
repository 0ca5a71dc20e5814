"""The dates of the newest entry of the centre's own journal beside its hash: what the next one asks of it."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision: str | None = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("streams", sa.Column("head_civil_date", sa.String(10)))
    op.add_column("streams", sa.Column("head_recorded_at", sa.String(24)))


def downgrade() -> None:
    op.drop_column("streams", "head_recorded_at")
    op.drop_column("streams", "head_civil_date")
