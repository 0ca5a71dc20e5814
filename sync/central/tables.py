"""The centre's tables, the same on SQLite and PostgreSQL.

A *stream* is what the centre numbers: the journal of one origin, or a later segment of it (``38-A2``, ``38-A2.2``). On
PostgreSQL the two large tables are partitioned by the month in which the centre received an entry
(:mod:`sync.central.partitions`); that an entry is there once is settled by its stream's row, not by an index over all
months.
"""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    false,
    text,
)

from kiosk.domain.hall import CALLING_ORDER

metadata: Final = MetaData()
Seq: Final = BigInteger().with_variant(Integer, "sqlite")
# Compared byte by byte everywhere, so that a prefix is a range of the index.
WAITING_PLACE: Final = "state = 'waiting'"
FoldedName: Final = String(200).with_variant(String(200, collation="C"), "postgresql")

# Machines that write journals: kiosks, hubs, and the centre itself.
origins: Final = Table(
    "origins",
    metadata,
    Column("origin", String(32), primary_key=True),
    Column("role", String(8), nullable=False),  # kiosk, hub, centre
    Column("departement", String(3)),  # whose counters may read it; null for the centre
    Column("registered_at", String(24), nullable=False),
    Column("registered_by", String(16), nullable=False),  # first_use, enrolment, relay, itself
    Column("relayed_by", String(32)),  # the hub that brings its entries; null when it speaks for itself
)

# Every key that an origin signs with or signed with; a key never leaves.
origin_keys: Final = Table(
    "origin_keys",
    metadata,
    Column("origin", String(32), primary_key=True),
    Column("key_id", String(4), primary_key=True),
    Column("public_key", Text, nullable=False),  # PEM
    Column("from_seq", Seq, nullable=False),  # the first entry that it may sign
    Column("to_seq", Seq),  # the last one: the entry that announced its successor
    Column("registered_at", String(24), nullable=False),
    Column("revoked_at", String(24)),  # from then on it proves nothing; null while it does
)

streams: Final = Table(
    "streams",
    metadata,
    Column("stream", String(32), primary_key=True),
    Column("origin", String(32), nullable=False),
    Column("first_seq", Seq, nullable=False),
    Column("first_previous_hash", String(64), nullable=False),
    Column("opened_at", String(24), nullable=False),
    Column("accepted_to", Seq, nullable=False),
    Column("head", String(64), nullable=False),
    Column("received_at", String(24)),  # of the newest batch
    Column("head_civil_date", String(10)),  # of the newest entry: of the own journal alone, null elsewhere
    Column("head_recorded_at", String(24)),
    Index("ix_streams_origin", "origin"),
)

entries: Final = Table(
    "entries",
    metadata,
    Column("stream", String(32), primary_key=True),
    Column("seq", Seq, primary_key=True, autoincrement=False),
    Column("month", String(7), primary_key=True),  # of the receipt, 2026-11; the partition
    Column("origin", String(32), nullable=False),
    Column("type", String(40), nullable=False),
    Column("recorded_at", String(24), nullable=False),
    Column("subject", String(64)),
    Column("hash", String(64), nullable=False),
    Column("document", Text, nullable=False),  # the whole entry, canonical JSON, as it was signed
    Column("received_at", String(24), nullable=False),
    Column("fault", String(80)),  # why it is not authentic, though it stands in its place; null for all others
    Index("ix_entries_type", "type", "recorded_at"),
    Index("ix_entries_subject", "subject"),
    postgresql_partition_by="LIST (month)",
)

payloads: Final = Table(
    "payloads",
    metadata,
    Column("stream", String(32), primary_key=True),
    Column("seq", Seq, primary_key=True, autoincrement=False),
    Column("month", String(7), primary_key=True),
    Column("salt", LargeBinary, nullable=False),
    Column("facts", Text, nullable=False),
    postgresql_partition_by="LIST (month)",
)

# One row for each filed request. Two kiosks restored from one copy may have given one reference twice: both stand here.
requests: Final = Table(
    "requests",
    metadata,
    Column("request_id", String(64), primary_key=True),
    Column("stream", String(32), primary_key=True),
    Column("reference", String(40), nullable=False),
    Column("origin", String(32), nullable=False),
    Column("seq", Seq, nullable=False),
    Column("received_at", String(24), nullable=False),
    Column("procedure", String(20), nullable=False),
    Index("ix_requests_reference", "reference"),
    Index("ix_requests_received_at", "received_at"),
)

# What could not be taken as it came, kept as evidence and for staff to look at.
set_aside: Final = Table(
    "set_aside",
    metadata,
    Column("stream", String(32), primary_key=True),
    Column("seq", Seq, primary_key=True, autoincrement=False),
    Column("digest", String(64), primary_key=True),
    Column("reason", String(20), nullable=False),  # conflict, bad_entry, payload, duplicate_reference
    Column("detail", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("received_at", String(24), nullable=False),
)

acknowledgements: Final = Table(
    "acknowledgements",
    metadata,
    Column("stream", String(32), primary_key=True),
    Column("accepted_to", Seq, primary_key=True, autoincrement=False),
    Column("document", Text, nullable=False),
)

# One-time codes with which a machine registers its key; the code itself is told once and never stored.
enrolment_codes: Final = Table(
    "enrolment_codes",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    Column("origin", String(32), nullable=False),
    Column("role", String(8), nullable=False),
    Column("departement", String(3)),
    Column("issued_at", String(24), nullable=False),
    Column("expires_at", String(24), nullable=False),
    Column("used_at", String(24)),
    Column("key_id", String(4)),
)

# What the centre orders of each machine, in a queue of its own, numbered without gap.
updates: Final = Table(
    "updates",
    metadata,
    Column("origin", String(32), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(20), nullable=False),
    Column("issued_at", String(24), nullable=False),
    Column("document", Text, nullable=False),  # signed, canonical JSON
    Column("subject", String(64)),  # the request that it is about; null for none
    Index("ix_updates_subject", "subject"),
)

# Requests whose facts were erased and do not come back with a batch that is sent again, by request id; by reference
# where the centre had not heard of the request yet.
erased_subjects: Final = Table(
    "erased_subjects",
    metadata,
    Column("subject", String(64), primary_key=True),
    Column("erased_at", String(24), nullable=False),
    Column("reason", String(20), nullable=False),
    Column("months", Text, nullable=False, server_default=""),  # of the partitions that held the facts: 2026-10 2026-11
    Column("scrubbed_at", String(24)),  # since when no page holds them; null while one may
    Index("ix_erased_subjects_scrubbed_at", "scrubbed_at"),
)

# What counters find requests by: a projection of the journals, made anew from them at any time. The names are personal
# data and go with an erasure; see sync.central.desk.projection.
desk_requests: Final = Table(
    "desk_requests",
    metadata,
    Column("request_id", String(64), primary_key=True),
    Column("stream", String(32), primary_key=True),
    Column("seq", Seq, nullable=False),
    Column("origin", String(32), nullable=False),
    Column("departement", String(3), nullable=False),  # whose counters may read it
    Column("reference", String(40), nullable=False),
    Column("received_at", String(24), nullable=False),
    Column("received_on", String(10), nullable=False),  # civil day, legal time of the département
    Column("procedure", String(20), nullable=False),
    Column("status", String(20), nullable=False),  # filed, filed_again, completed...: what happened last
    Column("filings", Integer, nullable=False),
    Column("ticket", String(20), nullable=False),  # unknown, confirmed, unconfirmed, failed, expired
    Column("birth_name", Text),
    Column("given_names", Text),
    Column("birth_date", String(10)),  # 1990-04-00 where a part is unknown
    Column("folded_birth_name", FoldedName),
    Column("folded_usage_name", FoldedName),
    # What the list and the search of a site's hall need; null where it was erased before the hub knew these columns.
    Column("zone", String(40)),
    Column("clock", String(20)),
    Column("language", String(16)),  # chosen at the first filing
    Column("service", String(1)),  # letter of the first call number
    Column("permit_expires_on", String(10)),
    Column("search_name", FoldedName),  # birth name, then given names, as kiosk.domain.name_keys has them
    Column("search_usage_name", FoldedName),  # nom d'usage, then given names; null when there is none
    Column("search_consonants", FoldedName),  # of a name in a script without vowels
    Column("foreigner_number", FoldedName),
    Column("phone", FoldedName),  # digits, as kiosk.domain.search.phone_key has them
    Column("merged_into", String(64)),  # the request that stands for this one; null for one that stands for itself
    Index("ix_desk_requests_received", "received_at", "request_id", "stream"),
    Index("ix_desk_requests_day", "departement", "received_at", "request_id", "stream"),
    Index("ix_desk_requests_reference", "reference"),
    Index("ix_desk_requests_birth_name", "folded_birth_name"),
    Index("ix_desk_requests_usage_name", "folded_usage_name"),
    Index("ix_desk_requests_birth_date", "birth_date"),
    Index("ix_desk_requests_search_name", "search_name"),
    *(
        Index(f"ix_desk_requests_{name}", name, sqlite_where=text(known), postgresql_where=text(known))
        for name, known in (
            (key, f"{key} IS NOT NULL")
            for key in ("search_usage_name", "search_consonants", "foreigner_number", "phone")
        )
    ),
    Index("ix_desk_requests_merged_into", "merged_into"),
)

# People who sign in at the centre.
accounts: Final = Table(
    "accounts",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("role", String(16), nullable=False),  # agent, supervisor, administrator
    Column("password_hash", String(200), nullable=False),  # Argon2id, with its salt and cost
    Column("created_at", String(24), nullable=False),
    Column("disabled_at", String(24)),
    Column("must_change", Boolean, nullable=False, server_default=false()),  # somebody else chose the password
    Column("totp_secret", LargeBinary),  # sealed: sync.central.desk.factors; null while no code is asked for
    Column("totp_step", Integer),  # of the last code that was taken: none is right twice, whichever worker it reaches
    Column("recovery_hashes", Text),  # of the codes on paper that are left, with spaces between
)

# What an account may see: a département (38) or one machine (38-A2). An administrator without any sees everything.
account_scopes: Final = Table(
    "account_scopes",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("scope", String(32), primary_key=True),
)

# Failed sign-ins by the name that was typed, known or not: a lock says nothing about who has an account.
sign_in_guards: Final = Table(
    "sign_in_guards",
    metadata,
    Column("name_hash", String(64), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("failed_at", String(24), nullable=False),
    Column("locked_until", String(24)),
)

# Who is signed in; the token itself is only in the browser, or at the counter's screen.
account_sessions: Final = Table(
    "account_sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("name", String(40), nullable=False),
    Column("opened_at", String(24), nullable=False),
    Column("seen_at", String(24), nullable=False),
    Column("counter", String(12)),  # of the hall; null for a browser
    Column("locked_at", String(24)),  # since when a counter's screen is locked; null while it is not
    Column("totp_offer", LargeBinary),  # a secret that was offered to a telephone, sealed; null without one
    Index("ix_account_sessions_name", "name"),
)

# What each machine last said of itself.
conditions: Final = Table(
    "conditions",
    metadata,
    Column("origin", String(32), primary_key=True),
    Column("received_at", String(24), nullable=False),  # the centre's clock
    Column("clock_offset_ms", Seq),  # the machine's clock less the centre's; null when a hub brought it
    Column("pending", Seq, nullable=False),
    Column("oldest_unsent_at", String(24)),
    Column("document", Text, nullable=False),  # sync.protocol.conditions.Condition, as JSON
)

# A hub: how far each stream was relayed to the centre above, by its signed word.
relay: Final = Table(
    "relay",
    metadata,
    Column("stream", String(32), primary_key=True),  # as it is called here
    Column("upstream", String(32), nullable=False),  # as it is called above; another name only after a parting
    Column("first_seq", Seq, nullable=False),  # first entry under that name
    Column("accepted_to", Seq, nullable=False),
    Column("head", String(64), nullable=False),
    Column("received_at", String(24)),  # the clock above; null before the first acknowledgement
    Column("document", Text),  # the newest acknowledgement
    Column("refusal", Text),  # why the centre above says no; null while it does not
    Column("refused_at", String(24)),
)

# A hub: entries that went up though they are not authentic; when a good one takes such a place, it goes up after it.
relayed_faults: Final = Table(
    "relayed_faults",
    metadata,
    Column("stream", String(32), primary_key=True),
    Column("seq", Seq, primary_key=True, autoincrement=False),
)

# A hub: what of ``set_aside`` its journal has told the centre above.
relayed_aside: Final = Table(
    "relayed_aside",
    metadata,
    Column("stream", String(32), primary_key=True),
    Column("seq", Seq, primary_key=True, autoincrement=False),
    Column("digest", String(64), primary_key=True),
)

# A hub: the last order of the centre above that each of its kiosks was given.
relayed_orders: Final = Table(
    "relayed_orders",
    metadata,
    Column("origin", String(32), primary_key=True),
    Column("number", Integer, nullable=False),
)

# A hub with counters: the hall of each day, of all kiosks of the site. Holds no name: that is asked of the entries.
hall_places: Final = Table(
    "hall_places",
    metadata,
    Column("place_id", String(64), primary_key=True),  # of the filing that opened it
    Column("request_id", String(64), nullable=False),
    Column("origin", String(32), nullable=False),  # the kiosk
    Column("civil_date", String(10), nullable=False),
    Column("call_number", String(16), nullable=False),
    Column("arrival", Seq, nullable=False),  # milliseconds since 1970: one order for several kiosks
    Column("language", String(16), nullable=False),  # of the newest filing with this number
    Column("print_job_id", String(64), nullable=False),  # the ticket of that filing
    Column("state", String(16), nullable=False),
    Column("service", String(1), nullable=False),
    Column("queue_class", Integer, nullable=False),
    Column("priority", String(20), nullable=False),
    Column("counter", String(12), nullable=False),
    Column("wanted_counter", String(12), nullable=False),
    Column("calls", Integer, nullable=False),
    Column("outcome", String(20), nullable=False),  # empty before the end
    Column("revision", Integer, nullable=False),
    Column("changed_at", String(24), nullable=False),
    Column("changed_by", String(80), nullable=False),  # empty for the kiosk; name@origin for one of a kiosk's own staff
    Column("before", Text),  # JSON: how it stood before the last move; null when nothing can be undone
    Column("change", Seq, nullable=False),  # of hall_changes, when something of it changed last
    Column("called", Seq),  # of hall_changes, when its number was called last; null before
    Column("called_at", String(24)),
    # Only people who wait, in the stated order: it stays small however many days there were.
    Index(
        "ix_hall_places_waiting",
        "civil_date",
        *CALLING_ORDER,
        "place_id",  # the order to its end: without it everybody who waits is sorted for every call
        sqlite_where=text(WAITING_PLACE),
        postgresql_where=text(WAITING_PLACE),
    ),
    Index("ix_hall_places_change", "civil_date", "change"),
    Index("ix_hall_places_number", "civil_date", "call_number"),
    Index("ix_hall_places_request", "request_id"),
)

# A hub: the keys of all kiosks, as the list of the centre above has them; for whoever checks tickets here.
upstream_keys: Final = Table(
    "upstream_keys",
    metadata,
    Column("origin", String(32), primary_key=True),
    Column("key_id", String(4), primary_key=True),
    Column("public_key", Text, nullable=False),  # Base64 of its DER
    Column("revoked_at", String(24)),
)

# A hub with counters: when tickets were shown at a counter, its own and those of its kiosks.
hall_presentations: Final = Table(
    "hall_presentations",
    metadata,
    Column("stream", String(32), primary_key=True),  # and number of the entry that says so
    Column("seq", Seq, primary_key=True, autoincrement=False),
    Column("reference", String(40), nullable=False),
    Column("shown_at", String(24), nullable=False),
    Column("counter", String(12), nullable=False),  # empty where staff sit at none
    Index("ix_hall_presentations_reference", "reference"),
    Index("ix_hall_presentations_shown_at", "shown_at"),
)

# A hub with counters: duplicates that its counters ordered of a kiosk, and what the kiosk's entries say of them.
hall_reprints: Final = Table(
    "hall_reprints",
    metadata,
    Column("origin", String(32), primary_key=True),  # the kiosk
    Column("number", Integer, primary_key=True, autoincrement=False),  # of the order in its queue
    Column("request_id", String(64), nullable=False),
    Column("ordered_at", String(24), nullable=False),
    Column("print_job_id", String(64)),  # null until the kiosk says that it took the order up
    Column("duplicate_number", Integer),  # null until then
    Column("state", String(16), nullable=False),  # saved, sending, confirmed, unconfirmed, failed, expired
    Index("ix_hall_reprints_request", "request_id"),
    Index("ix_hall_reprints_job", "print_job_id"),
)

# One row: how many changes the hall saw. Whoever changes a place takes the next number, one after the other.
hall_changes: Final = Table(
    "hall_changes",
    metadata,
    Column("one", Integer, primary_key=True),
    Column("last", Seq),
)

# Lists that leave a hub page by page, while they do: who asks, which list, how many lines went out. What was typed to
# find them is not here, for that may be a name.
hall_exports: Final = Table(
    "hall_exports",
    metadata,
    Column("export_id", String(64), primary_key=True),
    Column("name", String(40), nullable=False),  # of the account
    Column("counter", String(12), nullable=False),
    Column("facts", Text, nullable=False),  # JSON: what the journal keeps of it, without the lines
    Column("wanted", Text, nullable=False),  # JSON: filter and order
    Column("beyond", String(400)),  # where the next page begins; null after the last
    Column("lines", Seq, nullable=False),
    Column("touched_at", String(24), nullable=False),
)
