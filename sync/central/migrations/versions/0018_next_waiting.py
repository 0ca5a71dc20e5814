"""Who waits, in the whole of the stated order: what lacked its last column was sorted anew for every call."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision: str | None = "0017"
branch_labels = None
depends_on = None

_WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    _made_anew(["civil_date", "queue_class", "arrival", "place_id"])


def downgrade() -> None:
    _made_anew(["civil_date", "queue_class", "arrival"])


def _made_anew(columns: list[str]) -> None:
    op.drop_index("ix_hall_places_waiting", "hall_places")
    op.create_index("ix_hall_places_waiting", "hall_places", columns, sqlite_where=_WAITING, postgresql_where=_WAITING)
