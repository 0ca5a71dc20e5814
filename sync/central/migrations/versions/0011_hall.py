"""The hall of a site: places of all its kiosks, and who is signed in at which counter."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_WAITING = sa.text("state = 'waiting'")


def _seq() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "hall_places",
        sa.Column("place_id", sa.String(64), primary_key=True),
        sa.Column("request_id", sa.String(64), nullable=False),
        sa.Column("origin", sa.String(32), nullable=False),
        sa.Column("civil_date", sa.String(10), nullable=False),
        sa.Column("call_number", sa.String(16), nullable=False),
        sa.Column("arrival", _seq(), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("print_job_id", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("service", sa.String(1), nullable=False),
        sa.Column("queue_class", sa.Integer, nullable=False),
        sa.Column("priority", sa.String(20), nullable=False),
        sa.Column("counter", sa.String(12), nullable=False),
        sa.Column("wanted_counter", sa.String(12), nullable=False),
        sa.Column("calls", sa.Integer, nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("changed_at", sa.String(24), nullable=False),
        sa.Column("changed_by", sa.String(80), nullable=False),
        sa.Column("before", sa.Text),
        sa.Column("change", _seq(), nullable=False),
        sa.Column("called", _seq()),
        sa.Column("called_at", sa.String(24)),
    )
    op.create_index(
        "ix_hall_places_waiting",
        "hall_places",
        ["civil_date", "queue_class", "arrival"],
        sqlite_where=_WAITING,
        postgresql_where=_WAITING,
    )
    op.create_index("ix_hall_places_change", "hall_places", ["civil_date", "change"])
    op.create_index("ix_hall_places_number", "hall_places", ["civil_date", "call_number"])
    op.create_index("ix_hall_places_request", "hall_places", ["request_id"])
    changes = op.create_table("hall_changes", sa.Column("one", sa.Integer, primary_key=True), sa.Column("last", _seq()))
    op.bulk_insert(changes, [{"one": 1, "last": 0}])
    op.add_column("accounts", sa.Column("must_change", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("account_sessions", sa.Column("counter", sa.String(12)))
    op.add_column("account_sessions", sa.Column("locked_at", sa.String(24)))


def downgrade() -> None:
    for column in ("locked_at", "counter"):
        op.drop_column("account_sessions", column)
    op.drop_column("accounts", "must_change")
    op.drop_table("hall_changes")
    op.drop_table("hall_places")
