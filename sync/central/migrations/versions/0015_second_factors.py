"""Second factors of accounts, and what was offered to a telephone in a session."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision: str | None = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("accounts", sa.Column("totp_secret", sa.LargeBinary))
    op.add_column("accounts", sa.Column("totp_step", sa.Integer))
    op.add_column("accounts", sa.Column("recovery_hashes", sa.Text))
    op.add_column("account_sessions", sa.Column("totp_offer", sa.LargeBinary))


def downgrade() -> None:
    op.drop_column("account_sessions", "totp_offer")
    for column in ("recovery_hashes", "totp_step", "totp_secret"):
        op.drop_column("accounts", column)
