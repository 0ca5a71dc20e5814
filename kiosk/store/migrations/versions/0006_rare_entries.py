"""Rare entries found without reading the journal: closures, rotations, incidents."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_RARE = "type NOT IN ('request_filed', 'filing_repeated', 'ticket_sending', 'ticket_confirmed')"


def upgrade() -> None:
    op.create_index("ix_journal_entries_type_seq", "journal_entries", ["type", "seq"], sqlite_where=sa.text(_RARE))


def downgrade() -> None:
    op.drop_index("ix_journal_entries_type_seq", "journal_entries")
