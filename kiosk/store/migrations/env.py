"""Alembic's entry point: runs on the connection it is given, inside the caller's transaction."""

from alembic import context

from kiosk.store.schema_version import VERSION_TABLE
from kiosk.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    transactional_ddl=True,  # SQLite's DDL is transactional; Alembic assumes the contrary
    transaction_per_migration=False,
)
context.run_migrations()
