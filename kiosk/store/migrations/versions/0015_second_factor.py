"""When an account last signed in, and what it asks for beside the password."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0012"
branch_labels = None
depends_on = None

# As far as the journal still says who it was.
_LAST_SIGN_INS = """
UPDATE agents SET signed_in_at_ms = (
    SELECT max(recorded_at_ms) FROM journal_entries JOIN payloads USING (origin, seq)
    WHERE type = 'agent_signed_in' AND json_extract(CAST(facts AS TEXT), '$.account') = agents.name
)
"""


def upgrade() -> None:
    op.add_column("agents", sa.Column("signed_in_at_ms", sa.Integer(), nullable=True))
    op.add_column("agents", sa.Column("totp_secret", sa.LargeBinary(), nullable=True))
    op.add_column("agents", sa.Column("totp_step", sa.Integer(), nullable=True))
    op.add_column("agents", sa.Column("recovery_hashes", sa.Text(), nullable=True))
    op.execute(_LAST_SIGN_INS)


def downgrade() -> None:
    for name in ("recovery_hashes", "totp_step", "totp_secret", "signed_in_at_ms"):
        op.drop_column("agents", name)
