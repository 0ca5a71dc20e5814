"""The hall of each day, the accounts of the staff, and failed sign-ins."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_RARE = "type NOT IN ('request_filed', 'filing_repeated', 'ticket_sending', 'ticket_confirmed')"

# People who filed on the last day wait in its hall; those of earlier days have left.
_WAITING_NOW = """
INSERT INTO places (place_id, request_id, civil_date, call_number, arrival, state, service, queue_class, priority,
                    counter, wanted_counter, calls, outcome, revision, changed_at_ms, changed_by)
SELECT filing_id, request_id, filed_on, call_number, journal_seq, 'waiting', substr(call_number, 1, 1), 1, 'none',
       '', '', 0, '', 0, filed_at_ms, ''
FROM filings
WHERE filed_on = (SELECT max(filed_on) FROM filings) AND earlier_visits_of_day = 0
"""


def upgrade() -> None:
    _create_places()
    op.execute(_WAITING_NOW)
    op.create_table(
        "agents",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("must_change", sa.Integer(), nullable=False),
        sa.Column("made_at_ms", sa.Integer(), nullable=False),
        sa.Column("disabled_at_ms", sa.Integer(), nullable=True),
        sa.CheckConstraint("role IN ('agent', 'supervisor', 'administrator')", name=op.f("ck_agents_role_is_known")),
        sa.PrimaryKeyConstraint("name", name="pk_agents"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sign_in_guards",
        sa.Column("name_hash", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failed_at_ms", sa.Integer(), nullable=False),
        sa.Column("locked_until_ms", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("name_hash", name="pk_sign_in_guards"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sign_in_guards_failed_at_ms", "sign_in_guards", ["failed_at_ms"])
    op.create_index(
        "ix_journal_entries_subject_seq",
        "journal_entries",
        ["subject", "seq"],
        sqlite_where=sa.text(f"{_RARE} AND subject IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_journal_entries_subject_seq", "journal_entries")
    for table in ("sign_in_guards", "agents", "places"):
        op.drop_table(table)


def _create_places() -> None:
    op.create_table(
        "places",
        sa.Column("place_id", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("civil_date", sa.Text(), nullable=False),
        sa.Column("call_number", sa.Text(), nullable=False),
        sa.Column("arrival", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("queue_class", sa.Integer(), nullable=False),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("counter", sa.Text(), nullable=False),
        sa.Column("wanted_counter", sa.Text(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at_ms", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'called', 'serving', 'finished', 'no_show', 'parked')",
            name=op.f("ck_places_state_is_known"),
        ),
        sa.ForeignKeyConstraint(["request_id"], ["requests.request_id"], name="fk_places_request_id"),
        sa.PrimaryKeyConstraint("place_id", name="pk_places"),
        sa.UniqueConstraint("civil_date", "call_number", name="uq_places_civil_date_call_number"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_places_waiting",
        "places",
        ["civil_date", "queue_class", "arrival", "service", "wanted_counter"],
        sqlite_where=sa.text("state = 'waiting'"),
    )
