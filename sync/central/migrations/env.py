"""Alembic's entry point: runs on the connection it is given, inside the caller's transaction."""

from alembic import context

from sync.central.schema import VERSION_TABLE
from sync.central.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    transactional_ddl=True,
)
context.run_migrations()
