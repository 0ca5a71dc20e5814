"""Which request stands for another one of the same person, and which request an order is about."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision: str | None = "0015"
branch_labels = None
depends_on = None

_INDEX = "ix_desk_requests_merged_into"
_ORDERS = "ix_updates_subject"
_MERGES = sa.text(
    "SELECT entries.subject, entries.origin, payloads.facts FROM entries JOIN payloads ON payloads.stream ="
    " entries.stream AND payloads.seq = entries.seq AND payloads.month = entries.month"
    " WHERE entries.type = 'request_merged' AND entries.subject IS NOT NULL ORDER BY entries.recorded_at"
)
_MARK = sa.text(
    "UPDATE desk_requests SET merged_into = :kept WHERE request_id = :merged AND origin = :origin AND status = 'merged'"
)


def upgrade() -> None:
    op.add_column("desk_requests", sa.Column("merged_into", sa.String(64)))
    op.create_index(_INDEX, "desk_requests", ["merged_into"])
    op.add_column("updates", sa.Column("subject", sa.String(64)))
    op.create_index(_ORDERS, "updates", ["subject"])
    connection = op.get_bind()
    for merged, origin, facts in connection.execute(_MERGES).all():
        kept = json.loads(facts).get("kept_id")
        if isinstance(kept, str):
            connection.execute(_MARK, {"kept": kept[:64], "merged": merged, "origin": origin})


def downgrade() -> None:
    op.drop_index(_ORDERS, "updates")
    op.drop_column("updates", "subject")
    op.drop_index(_INDEX, "desk_requests")
    op.drop_column("desk_requests", "merged_into")
