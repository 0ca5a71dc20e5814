"""What staff find a request by: names in Latin letters whatever their script, consonants, telephone numbers."""

import json
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

from kiosk.domain.identity import Identity, folded_name

# The keys as this version makes and looks for them: a version that makes others comes with a step of its own.
from kiosk.domain.name_keys import search_consonants_of, search_name_of, search_usage_name_of
from kiosk.domain.search import phone_key

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_SAID = sa.text(
    "SELECT request_id, facts FROM filings JOIN payloads ON payloads.seq = journal_seq AND payloads.origin = "
    "filings.origin WHERE ordinal = 1"
)
_KEYS = sa.text(
    "UPDATE requests SET search_name = :search_name, search_usage_name = :search_usage_name, "
    "search_consonants = :search_consonants, phone = :phone WHERE request_id = :request_id"
)
_EARLIER_KEY = sa.text("UPDATE requests SET search_name = :search_name WHERE request_id = :request_id")
_AT_ONCE = 1000


def upgrade() -> None:
    op.add_column("requests", sa.Column("search_usage_name", sa.Text(), nullable=True))
    op.add_column("requests", sa.Column("search_consonants", sa.Text(), nullable=True))
    op.add_column("requests", sa.Column("phone", sa.Text(), nullable=True))
    _rewrite(_KEYS, _keys)
    op.create_index(
        "ix_requests_search_usage_name",
        "requests",
        ["search_usage_name"],
        sqlite_where=sa.text("search_usage_name IS NOT NULL"),
    )
    op.create_index(
        "ix_requests_search_consonants",
        "requests",
        ["search_consonants"],
        sqlite_where=sa.text("search_consonants IS NOT NULL"),
    )
    op.create_index("ix_requests_phone", "requests", ["phone"], sqlite_where=sa.text("phone IS NOT NULL"))


def downgrade() -> None:
    op.drop_index("ix_requests_phone", "requests")
    op.drop_index("ix_requests_search_consonants", "requests")
    op.drop_index("ix_requests_search_usage_name", "requests")
    for name in ("phone", "search_consonants", "search_usage_name"):
        op.drop_column("requests", name)
    _rewrite(_EARLIER_KEY, _earlier_key)


def _rewrite(update: sa.TextClause, keys_of: Callable[[dict[str, Any]], dict[str, str | None]]) -> None:
    """Make the keys of every request again from what was said; whose data were erased has none."""
    connection = op.get_bind()
    for rows in connection.execute(_SAID).partitions(_AT_ONCE):
        keys = [{"request_id": row[0], **keys_of(json.loads(row[1])["content"])} for row in rows]
        connection.execute(update, keys)


def _keys(content: dict[str, Any]) -> dict[str, str | None]:
    identity = Identity(content["birth_name"], tuple(content.get("given_names", ())), content.get("usage_name"))
    return {
        "search_name": search_name_of(identity),
        "search_usage_name": search_usage_name_of(identity),
        "search_consonants": search_consonants_of(identity),
        "phone": phone_key(content.get("phone") or "") or None,
    }


def _earlier_key(content: dict[str, Any]) -> dict[str, str | None]:
    names = (content["birth_name"], *content.get("given_names", ()))
    return {"search_name": " ".join(filter(None, map(folded_name, names)))}
