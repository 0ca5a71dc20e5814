"""The centre's tables, the same on SQLite and PostgreSQL."""

from typing import Final

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, String, Table, Text

metadata: Final = MetaData()
Seq: Final = BigInteger().with_variant(Integer, "sqlite")

origins: Final = Table(
    "origins",
    metadata,
    Column("origin", String(32), primary_key=True),
    Column("key_id", String(4), nullable=False),
    Column("public_key", Text, nullable=False),
    Column("registered_at", String(24), nullable=False),
    Column("registered_by", String(16), nullable=False),  # first_use, administrator
    Column("accepted_to", Seq, nullable=False),
    Column("head", String(64), nullable=False),
    Column("revoked_at", String(24)),  # from then on its key proves nothing; null while it does
)

entries: Final = Table(
    "entries",
    metadata,
    Column("origin", String(32), primary_key=True),
    Column("seq", Seq, primary_key=True, autoincrement=False),
    Column("type", String(40), nullable=False),
    Column("recorded_at", String(24), nullable=False),
    Column("subject", String(64)),
    Column("hash", String(64), nullable=False),
    Column("document", Text, nullable=False),  # the whole entry, canonical JSON, as it was signed
    Column("received_at", String(24), nullable=False),
    Index("ix_entries_type", "type", "recorded_at"),
    Index("ix_entries_subject", "subject"),
)

payloads: Final = Table(
    "payloads",
    metadata,
    Column("origin", String(32), primary_key=True),
    Column("seq", Seq, primary_key=True, autoincrement=False),
    Column("salt", LargeBinary, nullable=False),
    Column("facts", Text, nullable=False),
)

requests: Final = Table(
    "requests",
    metadata,
    Column("reference", String(40), primary_key=True),
    Column("request_id", String(64), nullable=False, unique=True),
    Column("origin", String(32), nullable=False),
    Column("seq", Seq, nullable=False),
    Column("received_at", String(24), nullable=False),
    Column("procedure", String(20), nullable=False),
)

# What could not be taken as it came, kept as evidence and for staff to look at.
set_aside: Final = Table(
    "set_aside",
    metadata,
    Column("origin", String(32), primary_key=True),
    Column("seq", Seq, primary_key=True, autoincrement=False),
    Column("digest", String(64), primary_key=True),
    Column("reason", String(20), nullable=False),  # conflict, bad_entry, payload, duplicate_reference
    Column("document", Text, nullable=False),
    Column("received_at", String(24), nullable=False),
)

acknowledgements: Final = Table(
    "acknowledgements",
    metadata,
    Column("origin", String(32), primary_key=True),
    Column("accepted_to", Seq, primary_key=True, autoincrement=False),
    Column("document", Text, nullable=False),
)
