"""When an origin's key was revoked."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("origins", sa.Column("revoked_at", sa.String(24)))


def downgrade() -> None:
    op.drop_column("origins", "revoked_at")
