"""The tables of a kiosk's store, as the newest migration leaves them.

Whatever must be unique is unique in the database, and the journal refuses change and removal by triggers
(:data:`APPEND_ONLY_TRIGGERS`), so that a bug above cannot break a promise below. Tables are clustered by their keys,
without hidden row numbers, and the keys grow with time: a filing touches few pages, and few pages make a fast commit.
Instants are whole milliseconds since 1970 in UTC: a whole number has one form only, so that a changed bit never reads
back as the same instant.
"""

from typing import Final

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Conditions of partial indexes; a query that repeats one word for word may use its index.
LIVE_PERSON: Final = "is_live = 1 AND person IS NOT NULL"
RARE_ENTRY: Final = "type NOT IN ('request_filed', 'filing_repeated', 'ticket_sending', 'ticket_confirmed')"
RARE_ABOUT_REQUEST: Final = f"{RARE_ENTRY} AND subject IS NOT NULL"
HAS_USAGE_NAME: Final = "search_usage_name IS NOT NULL"
HAS_CONSONANTS: Final = "search_consonants IS NOT NULL"
HAS_PHONE: Final = "phone IS NOT NULL"
HAS_NUMBER: Final = "foreigner_number <> ''"
IS_SOMEBODY: Final = "merged_requests.person IS NOT NULL"
WAITING_PLACE: Final = "state = 'waiting'"
OPEN_JOB: Final = "state IN ('saved', 'sending')"

# The chain. Clustered by its key: it is only ever written at the end and read in order.
journal_entries: Final = Table(
    "journal_entries",
    metadata,
    Column("origin", Text, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("type", Text, nullable=False),
    Column("recorded_at_ms", Integer, nullable=False),
    Column("civil_date", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("clock", Text, nullable=False),
    Column("monotonic_ms", Integer, nullable=False),
    Column("boot_id", Text, nullable=False),
    Column("subject", Text),
    Column("payload_hash", Text, nullable=False),
    Column("previous_hash", Text, nullable=False),
    Column("key_id", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    CheckConstraint("seq > 0", name="seq_counts_from_one"),
    # A filing writes none of these, so that it pays nothing for them.
    Index(None, "type", "seq", sqlite_where=text(RARE_ENTRY)),
    Index(None, "subject", "seq", sqlite_where=text(RARE_ABOUT_REQUEST)),
    sqlite_with_rowid=False,
)

# The last entry, remembered outside the chain: a chain cannot say of itself that its end was cut off.
journal_heads: Final = Table(
    "journal_heads",
    metadata,
    Column("origin", Text, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("hash", Text, nullable=False),
    Column("civil_date", Text, nullable=False),
    Column("recorded_at_ms", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# Beside the chain: what may hold personal data. Erasing a row leaves the chain whole.
payloads: Final = Table(
    "payloads",
    metadata,
    Column("seq", Integer, primary_key=True),  # SQLite's own row number: these rows are large, and read in order
    Column("origin", Text, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("facts", LargeBinary, nullable=False),  # canonical JSON, the very bytes that were hashed
    ForeignKeyConstraint(["origin", "seq"], ["journal_entries.origin", "journal_entries.seq"]),
)

# What was asked lies in the payload of the first filing's entry; here is what must be unique or found fast.
requests: Final = Table(
    "requests",
    metadata,
    Column("request_id", Text, primary_key=True),
    Column("reference", Text, nullable=False),
    Column("procedure", Text, nullable=False),
    Column("received_at_ms", Integer, nullable=False),
    Column("received_on", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("clock", Text, nullable=False),
    Column("identity_salt", LargeBinary, nullable=False),
    Column("is_live", Integer, nullable=False),  # 1 until the request is closed
    Column("person", Text),  # folded names and birth date; NULL when nothing may be merged by itself
    Column("foreigner_number", Text, nullable=False),  # empty when not given
    Column("search_name", Text, nullable=False),  # birth name, then given names, as kiosk.domain.name_keys has them
    Column("search_usage_name", Text),  # nom d'usage, then given names; NULL when there is none
    Column("search_consonants", Text),  # of a name in a script without vowels
    Column("phone", Text),  # digits, as kiosk.domain.search.phone_key has them; NULL when not given
    CheckConstraint("is_live IN (0, 1)", name="is_live_is_a_truth_value"),
    UniqueConstraint("reference"),
    Index(
        "uq_requests_live_person",
        "person",
        "procedure",
        "foreigner_number",
        unique=True,
        sqlite_where=text(LIVE_PERSON),
    ),
    Index("ix_requests_search_name", "search_name"),
    Index("ix_requests_search_usage_name", "search_usage_name", sqlite_where=text(HAS_USAGE_NAME)),
    Index("ix_requests_search_consonants", "search_consonants", sqlite_where=text(HAS_CONSONANTS)),
    Index("ix_requests_phone", "phone", sqlite_where=text(HAS_PHONE)),
    Index("ix_requests_foreigner_number", "foreigner_number", sqlite_where=text(HAS_NUMBER)),
    sqlite_with_rowid=False,
)

# Requests that turned out to be another one of the same person: that one stands for them under every reference.
merged_requests: Final = Table(
    "merged_requests",
    metadata,
    Column("request_id", Text, ForeignKey("requests.request_id"), primary_key=True),
    Column("kept_id", Text, ForeignKey("requests.request_id"), nullable=False),
    Column("person", Text),  # as the merged request had it: who files so again is recognised
    Column("foreigner_number", Text, nullable=False),
    Column("merged_at_ms", Integer, nullable=False),
    Index("ix_merged_requests_kept_id", "kept_id"),
    Index("ix_merged_requests_person", "person", sqlite_where=text("person IS NOT NULL")),
    sqlite_with_rowid=False,
)

filings: Final = Table(
    "filings",
    metadata,
    Column("filing_id", Text, primary_key=True),
    Column("request_id", Text, ForeignKey("requests.request_id"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("filed_at_ms", Integer, nullable=False),
    Column("filed_on", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("clock", Text, nullable=False),
    Column("call_number", Text, nullable=False),
    Column("earlier_visits_of_day", Integer, nullable=False),  # of this request with this call number
    Column("print_job_id", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("journal_seq", Integer, nullable=False),
    Column("entry_hash", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("idempotency_key", Text, nullable=False),
    Column("content_hash", Text, nullable=False),
    ForeignKeyConstraint(["origin", "journal_seq"], ["journal_entries.origin", "journal_entries.seq"]),
    UniqueConstraint("request_id", "ordinal"),
    UniqueConstraint("idempotency_key"),
    UniqueConstraint("origin", "journal_seq"),
    # Finds the filings of a day, and gives a call number to one request only: somebody who comes again on the same
    # day keeps the number and is told apart by the count of earlier visits.
    UniqueConstraint("filed_on", "call_number", "earlier_visits_of_day", "origin"),
    sqlite_with_rowid=False,
)

print_jobs: Final = Table(
    "print_jobs",
    metadata,
    Column("print_job_id", Text, primary_key=True),
    Column("filing_id", Text, ForeignKey("filings.filing_id"), nullable=False),
    Column("request_id", Text, ForeignKey("requests.request_id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("duplicate_number", Integer, nullable=False),
    CheckConstraint(
        "state IN ('saved', 'sending', 'confirmed', 'unconfirmed', 'failed', 'expired')", name="state_is_known"
    ),
    UniqueConstraint("filing_id", "duplicate_number"),
    Index("ix_print_jobs_open", "state", sqlite_where=text(OPEN_JOB)),
    sqlite_with_rowid=False,
)

# Who ordered a later print, when and why; one row for each job with a duplicate number.
reprints: Final = Table(
    "reprints",
    metadata,
    Column("print_job_id", Text, ForeignKey("print_jobs.print_job_id"), primary_key=True),
    Column("ordered_at_ms", Integer, nullable=False),
    Column("ordered_on", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("clock", Text, nullable=False),
    Column("agent", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("printer", Text, nullable=False, server_default=""),  # empty: of the process that ordered it
    sqlite_with_rowid=False,
)

# When a genuine ticket was shown at a counter, also one of another kiosk, whose request is not here.
presentations: Final = Table(
    "presentations",
    metadata,
    Column("reference", Text, primary_key=True),
    Column("journal_seq", Integer, primary_key=True, autoincrement=False),  # of the entry of the check
    Column("presented_at_ms", Integer, nullable=False),
    Column("counter", Text, nullable=False),
    Index("ix_presentations_presented_at_ms", "presented_at_ms"),
    sqlite_with_rowid=False,
)

# What happened to a request after it was filed; what was said lies in the payload of the entry.
request_changes: Final = Table(
    "request_changes",
    metadata,
    Column("change_id", Text, primary_key=True),
    Column("request_id", Text, ForeignKey("requests.request_id"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("changed_at_ms", Integer, nullable=False),
    Column("changed_on", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("clock", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("journal_seq", Integer, nullable=False),
    Column("entry_hash", Text, nullable=False),
    Column("idempotency_key", Text, nullable=False),
    Column("content_hash", Text, nullable=False),
    CheckConstraint("kind IN ('completed', 'correction_asked', 'corrected', 'withdrawn')", name="kind_is_known"),
    ForeignKeyConstraint(["origin", "journal_seq"], ["journal_entries.origin", "journal_entries.seq"]),
    UniqueConstraint("request_id", "ordinal"),
    UniqueConstraint("idempotency_key"),
    UniqueConstraint("origin", "journal_seq"),
    sqlite_with_rowid=False,
)

# Papers about a request that are no tickets: their jobs have the states of a ticket's, and no duplicate.
slips: Final = Table(
    "slips",
    metadata,
    Column("print_job_id", Text, primary_key=True),
    Column("filing_id", Text, ForeignKey("filings.filing_id"), nullable=False),  # the newest one then
    Column("request_id", Text, ForeignKey("requests.request_id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("ordered_at_ms", Integer, nullable=False),
    Column("ordered_on", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("clock", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("journal_seq", Integer, nullable=False),  # the entry that it proves
    CheckConstraint(
        "state IN ('saved', 'sending', 'confirmed', 'unconfirmed', 'failed', 'expired')", name="state_is_known"
    ),
    CheckConstraint("kind IN ('proof', 'passages')", name="kind_is_known"),
    ForeignKeyConstraint(["origin", "journal_seq"], ["journal_entries.origin", "journal_entries.seq"]),
    UniqueConstraint("origin", "journal_seq"),
    Index("ix_slips_open", "state", sqlite_where=text(OPEN_JOB)),
    sqlite_with_rowid=False,
)

# The roll in the printer, counted since it was put in; one row.
paper_rolls: Final = Table(
    "paper_rolls",
    metadata,
    Column("printer", Text, primary_key=True),
    Column("changed_at_ms", Integer, nullable=False),
    Column("length_mm", Integer, nullable=False),
    Column("used_mm", Integer, nullable=False),
    Column("slips", Integer, nullable=False),
    CheckConstraint("used_mm >= 0 AND slips >= 0", name="counts_are_never_negative"),
    sqlite_with_rowid=False,
)

# Numbers of the day; a number once taken is never given again.
counters: Final = Table(
    "counters",
    metadata,
    Column("civil_date", Text, primary_key=True),
    Column("kind", Text, primary_key=True),  # "reference", or "call" and the letter of the service
    Column("value", Integer, nullable=False),
    sqlite_with_rowid=False,
)

acknowledgements: Final = Table(
    "acknowledgements",
    metadata,
    Column("acknowledgement_id", Integer, primary_key=True),
    Column("accepted_to", Integer, nullable=False),
    Column("head", Text, nullable=False),
    Column("received_at_ms", Integer, nullable=False),
    Column("document", LargeBinary, nullable=False),
    Column("document_hash", Text, nullable=False),
    UniqueConstraint("document_hash"),
    Index("ix_acknowledgements_received_at_ms", "received_at_ms"),
)

# Where this journal parted from what the centre holds, after a restoration from an old copy; mostly empty.
segments: Final = Table(
    "segments",
    metadata,
    Column("segment", Integer, primary_key=True),
    Column("origin", Text, nullable=False),
    Column("stream", Text, nullable=False),
    Column("first_seq", Integer, nullable=False),
    Column("opened_at_ms", Integer, nullable=False),
    UniqueConstraint("stream"),
)

# Whose data were taken out, when and why; the entry of the journal says by whom.
erasures: Final = Table(
    "erasures",
    metadata,
    Column("request_id", Text, ForeignKey("requests.request_id"), primary_key=True),
    Column("erased_at_ms", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    sqlite_with_rowid=False,
)

# What the centre ordered, each once and in its order; the greatest number is where to ask on.
updates: Final = Table(
    "updates",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("received_at_ms", Integer, nullable=False),
    Column("outcome", Text, nullable=False),  # applied, refused
    Column("document", LargeBinary, nullable=False),  # as the centre signed it
)

# How far a request is, as the centre last said.
request_statuses: Final = Table(
    "request_statuses",
    metadata,
    Column("request_id", Text, ForeignKey("requests.request_id"), primary_key=True),
    Column("status", Text, nullable=False),
    Column("said_at_ms", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# Tokens of a time-stamp authority (RFC 3161): the entry was there at the instant that the token says.
time_stamps: Final = Table(
    "time_stamps",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("hash", Text, nullable=False),
    Column("stamped_at_ms", Integer, nullable=False),
    Column("token", LargeBinary, nullable=False),  # the authority's whole answer, DER
)

# The hall, day by day: a call number each, and where it stands. Whoever is next is the first of a small index.
places: Final = Table(
    "places",
    metadata,
    Column("place_id", Text, primary_key=True),  # of the filing that opened it
    Column("request_id", Text, ForeignKey("requests.request_id"), nullable=False),
    Column("civil_date", Text, nullable=False),
    Column("call_number", Text, nullable=False),
    Column("arrival", Integer, nullable=False),  # number of that filing's entry
    Column("state", Text, nullable=False),
    Column("service", Text, nullable=False),
    Column("queue_class", Integer, nullable=False),
    Column("priority", Text, nullable=False),
    Column("counter", Text, nullable=False),
    Column("wanted_counter", Text, nullable=False),
    Column("calls", Integer, nullable=False),
    Column("outcome", Text, nullable=False),  # empty before the end
    Column("revision", Integer, nullable=False),
    Column("changed_at_ms", Integer, nullable=False),
    Column("changed_by", Text, nullable=False),  # empty for the kiosk
    Column("before", Text),  # JSON: how it stood before the last move; NULL when nothing can be undone
    CheckConstraint(
        "state IN ('waiting', 'called', 'serving', 'finished', 'no_show', 'parked')", name="state_is_known"
    ),
    UniqueConstraint("civil_date", "call_number"),
    # Holds only people who wait, and all that decides who is next: it stays small however many days there were.
    Index(
        "ix_places_waiting",
        "civil_date",
        "queue_class",
        "arrival",
        "service",
        "wanted_counter",
        sqlite_where=text(WAITING_PLACE),
    ),
    sqlite_with_rowid=False,
)

# Who may sign in at the staff screen of this machine; an account is never deleted, for the journal names it.
agents: Final = Table(
    "agents",
    metadata,
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("password_hash", Text, nullable=False),  # Argon2id, with salt and cost
    Column("must_change", Integer, nullable=False),
    Column("made_at_ms", Integer, nullable=False),
    Column("disabled_at_ms", Integer),
    Column("signed_in_at_ms", Integer),  # NULL before the first time
    Column("totp_secret", LargeBinary),  # NULL without a second factor; clear within the encrypted file
    Column("totp_step", Integer),  # of the last code that was taken
    Column("recovery_hashes", Text),  # SHA-256 of the codes that are left, between spaces
    CheckConstraint("role IN ('agent', 'supervisor', 'administrator')", name="role_is_known"),
    sqlite_with_rowid=False,
)

# Failed sign-ins by the hash of what was typed as a name.
sign_in_guards: Final = Table(
    "sign_in_guards",
    metadata,
    Column("name_hash", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("failed_at_ms", Integer, nullable=False),
    Column("locked_until_ms", Integer),
    Index("ix_sign_in_guards_failed_at_ms", "failed_at_ms"),
    sqlite_with_rowid=False,
)

# What administrators chose at the staff screen, as the machine signed it.
site_configurations: Final = Table(
    "site_configurations",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("made_at_ms", Integer, nullable=False),
    Column("made_by", Text, nullable=False),  # empty once it was forgotten
    Column("document", LargeBinary, nullable=False),
)

_APPEND_ONLY: Final = "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
_ERASED_OR_KEPT: Final = "BEGIN SELECT RAISE(ABORT, 'a payload is erased or kept, never changed'); END"
# An INSERT OR REPLACE removes the old row without asking the triggers on DELETE: it has one of its own.
_ENTRY_IS_THERE: Final = "WHEN EXISTS (SELECT 1 FROM journal_entries WHERE origin = NEW.origin AND seq = NEW.seq)"
_PAYLOAD_IS_THERE: Final = "WHEN EXISTS (SELECT 1 FROM payloads WHERE seq = NEW.seq)"
APPEND_ONLY_TRIGGERS: Final = tuple(
    f"CREATE TRIGGER {name} BEFORE {event} {answer}"
    for name, event, answer in (
        ("journal_entries_are_never_changed", "UPDATE ON journal_entries", _APPEND_ONLY),
        ("journal_entries_are_never_removed", "DELETE ON journal_entries", _APPEND_ONLY),
        ("journal_entries_are_never_replaced", f"INSERT ON journal_entries {_ENTRY_IS_THERE}", _APPEND_ONLY),
        ("payloads_are_never_changed", "UPDATE ON payloads", _ERASED_OR_KEPT),
        ("payloads_are_never_replaced", f"INSERT ON payloads {_PAYLOAD_IS_THERE}", _ERASED_OR_KEPT),
    )
)
