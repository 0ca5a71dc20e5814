"""What the centre above a hub acknowledged of each stream, and what the hub still has to tell it."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    seq = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "relay",
        sa.Column("stream", sa.String(32), primary_key=True),
        sa.Column("upstream", sa.String(32), nullable=False),
        sa.Column("first_seq", seq, nullable=False),
        sa.Column("accepted_to", seq, nullable=False),
        sa.Column("head", sa.String(64), nullable=False),
        sa.Column("received_at", sa.String(24)),
        sa.Column("document", sa.Text),
        sa.Column("refusal", sa.Text),
        sa.Column("refused_at", sa.String(24)),
    )
    op.create_table(
        "relayed_faults",
        sa.Column("stream", sa.String(32), primary_key=True),
        sa.Column("seq", seq, primary_key=True, autoincrement=False),
    )
    op.create_table(
        "relayed_aside",
        sa.Column("stream", sa.String(32), primary_key=True),
        sa.Column("seq", seq, primary_key=True, autoincrement=False),
        sa.Column("digest", sa.String(64), primary_key=True),
    )


def downgrade() -> None:
    for table in ("relayed_aside", "relayed_faults", "relay"):
        op.drop_table(table)
