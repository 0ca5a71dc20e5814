"""The local database: tables, unit of work, migrations, key files, data files."""
