"""The first tables: journal, payloads, requests, filings, print jobs, counters, acknowledgements."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    "journal_entries",
    "journal_heads",
    "payloads",
    "requests",
    "filings",
    "print_jobs",
    "counters",
    "acknowledgements",
)

APPEND_ONLY = "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
ERASED_OR_KEPT = "BEGIN SELECT RAISE(ABORT, 'a payload is erased or kept, never changed'); END"
ENTRY_IS_THERE = "WHEN EXISTS (SELECT 1 FROM journal_entries WHERE origin = NEW.origin AND seq = NEW.seq)"
PAYLOAD_IS_THERE = "WHEN EXISTS (SELECT 1 FROM payloads WHERE seq = NEW.seq)"


def upgrade() -> None:
    _create_journal_entries()
    _create_journal_heads()
    _create_payloads()
    _create_requests()
    _create_filings()
    _create_print_jobs()
    _create_counters()
    _create_acknowledgements()
    _create_triggers()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)  # with its indexes and triggers


def _create_journal_entries() -> None:
    op.create_table(
        "journal_entries",
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("recorded_at_ms", sa.Integer(), nullable=False),
        sa.Column("civil_date", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("clock", sa.Text(), nullable=False),
        sa.Column("monotonic_ms", sa.Integer(), nullable=False),
        sa.Column("boot_id", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("payload_hash", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.Text(), nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("seq > 0", name="seq_counts_from_one"),
        sa.PrimaryKeyConstraint("origin", "seq", name="pk_journal_entries"),
        sqlite_with_rowid=False,
    )


def _create_journal_heads() -> None:
    op.create_table(
        "journal_heads",
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("civil_date", sa.Text(), nullable=False),
        sa.Column("recorded_at_ms", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("origin", name="pk_journal_heads"),
        sqlite_with_rowid=False,
    )


def _create_payloads() -> None:
    op.create_table(
        "payloads",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["origin", "seq"], ["journal_entries.origin", "journal_entries.seq"], name="fk_payloads_origin_seq"
        ),
        sa.PrimaryKeyConstraint("seq", name="pk_payloads"),
    )


def _create_requests() -> None:
    op.create_table(
        "requests",
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("procedure", sa.Text(), nullable=False),
        sa.Column("received_at_ms", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("clock", sa.Text(), nullable=False),
        sa.Column("identity_salt", sa.LargeBinary(), nullable=False),
        sa.Column("is_live", sa.Integer(), nullable=False),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("foreigner_number", sa.Text(), nullable=False),
        sa.Column("search_name", sa.Text(), nullable=False),
        sa.CheckConstraint("is_live IN (0, 1)", name="is_live_is_a_truth_value"),
        sa.PrimaryKeyConstraint("request_id", name="pk_requests"),
        sa.UniqueConstraint("reference", name="uq_requests_reference"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_requests_foreigner_number",
        "requests",
        ["foreigner_number"],
        unique=False,
        sqlite_where=sa.text("foreigner_number <> ''"),
    )
    op.create_index("ix_requests_search_name", "requests", ["search_name"], unique=False)
    op.create_index(
        "uq_requests_live_person",
        "requests",
        ["person", "procedure", "foreigner_number"],
        unique=True,
        sqlite_where=sa.text("is_live = 1 AND person IS NOT NULL"),
    )


def _create_filings() -> None:
    op.create_table(
        "filings",
        sa.Column("filing_id", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("filed_at_ms", sa.Integer(), nullable=False),
        sa.Column("filed_on", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("clock", sa.Text(), nullable=False),
        sa.Column("call_number", sa.Text(), nullable=False),
        sa.Column("earlier_visits_of_day", sa.Integer(), nullable=False),
        sa.Column("print_job_id", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("journal_seq", sa.Integer(), nullable=False),
        sa.Column("entry_hash", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("idempotency_key", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["origin", "journal_seq"],
            ["journal_entries.origin", "journal_entries.seq"],
            name="fk_filings_origin_journal_seq",
        ),
        sa.ForeignKeyConstraint(["request_id"], ["requests.request_id"], name="fk_filings_request_id"),
        sa.PrimaryKeyConstraint("filing_id", name="pk_filings"),
        sa.UniqueConstraint(
            "filed_on",
            "call_number",
            "earlier_visits_of_day",
            "origin",
            name="uq_filings_filed_on_call_number_earlier_visits_of_day_origin",
        ),
        sa.UniqueConstraint("idempotency_key", name="uq_filings_idempotency_key"),
        sa.UniqueConstraint("origin", "journal_seq", name="uq_filings_origin_journal_seq"),
        sa.UniqueConstraint("request_id", "ordinal", name="uq_filings_request_id_ordinal"),
        sqlite_with_rowid=False,
    )


def _create_print_jobs() -> None:
    op.create_table(
        "print_jobs",
        sa.Column("print_job_id", sa.Text(), nullable=False),
        sa.Column("filing_id", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("duplicate_number", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('saved', 'sending', 'confirmed', 'unconfirmed', 'failed', 'expired')",
            name="state_is_known",
        ),
        sa.ForeignKeyConstraint(["filing_id"], ["filings.filing_id"], name="fk_print_jobs_filing_id"),
        sa.ForeignKeyConstraint(["request_id"], ["requests.request_id"], name="fk_print_jobs_request_id"),
        sa.PrimaryKeyConstraint("print_job_id", name="pk_print_jobs"),
        sa.UniqueConstraint("filing_id", "duplicate_number", name="uq_print_jobs_filing_id_duplicate_number"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_print_jobs_open",
        "print_jobs",
        ["state"],
        unique=False,
        sqlite_where=sa.text("state IN ('saved', 'sending')"),
    )


def _create_counters() -> None:
    op.create_table(
        "counters",
        sa.Column("civil_date", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("civil_date", "kind", name="pk_counters"),
        sqlite_with_rowid=False,
    )


def _create_acknowledgements() -> None:
    op.create_table(
        "acknowledgements",
        sa.Column("acknowledgement_id", sa.Integer(), nullable=False),
        sa.Column("accepted_to", sa.Integer(), nullable=False),
        sa.Column("head", sa.Text(), nullable=False),
        sa.Column("received_at_ms", sa.Integer(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("document_hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("acknowledgement_id", name="pk_acknowledgements"),
        sa.UniqueConstraint("document_hash", name="uq_acknowledgements_document_hash"),
    )
    op.create_index("ix_acknowledgements_received_at_ms", "acknowledgements", ["received_at_ms"], unique=False)


def _create_triggers() -> None:
    _refuse("journal_entries_are_never_changed", "BEFORE UPDATE ON journal_entries", APPEND_ONLY)
    _refuse("journal_entries_are_never_removed", "BEFORE DELETE ON journal_entries", APPEND_ONLY)
    _refuse("journal_entries_are_never_replaced", f"BEFORE INSERT ON journal_entries {ENTRY_IS_THERE}", APPEND_ONLY)
    _refuse("payloads_are_never_changed", "BEFORE UPDATE ON payloads", ERASED_OR_KEPT)
    _refuse("payloads_are_never_replaced", f"BEFORE INSERT ON payloads {PAYLOAD_IS_THERE}", ERASED_OR_KEPT)


def _refuse(name: str, when: str, answer: str) -> None:
    op.execute(f"CREATE TRIGGER {name} {when} {answer}")
