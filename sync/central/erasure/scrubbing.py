"""Taking erased facts out of the pages of the database, not only out of its tables.

SQLite overwrites what it deletes, and its log is emptied. PostgreSQL keeps deleted rows until VACUUM, and their bytes
in free space until a page is written anew: a month that is over is rewritten (VACUUM FULL: nobody writes to it), the
running one is vacuumed now, so that no batch waits, and rewritten when it is over.
"""

from datetime import datetime
from typing import Final

import sqlalchemy as sa
import structlog
from sqlalchemy.exc import OperationalError

from kiosk.domain.moment import instant_text
from kiosk.log_events import LogEvent
from sync.central.partitions import month_of
from sync.central.tables import desk_requests, erased_subjects, set_aside, updates

_SCRUB_LOCK: Final = 0x7363727562  # "scrub"
_PATIENCE: Final = "30s"  # for a table that somebody reads; the next run tries again


def scrub(engine: sa.Engine, now: datetime) -> bool:
    """Scrub what was erased since the last time; tell whether no page holds any of it any more.

    Args:
        engine: the centre's database; no transaction of the caller is open on it.
        now: the centre's clock.
    """
    months = _months_to_scrub(engine)
    if months is None:
        return True
    is_sqlite = engine.dialect.name == "sqlite"
    this_month = month_of(instant_text(now))
    try:
        is_done = _empty_log(engine) if is_sqlite else _vacuum(engine, months, this_month)
    except OperationalError as error:
        structlog.get_logger().warning(LogEvent.UNEXPECTED_ERROR, error=type(error).__name__, reason="scrub")
        return False
    return is_done and _remember(engine, now, None if is_sqlite else this_month)


def _months_to_scrub(engine: sa.Engine) -> set[str] | None:
    """Return the months of the partitions that held what was erased; None when nothing is left to do."""
    query = sa.select(erased_subjects.c.months).where(erased_subjects.c.scrubbed_at.is_(None))
    with engine.connect() as connection:
        found = connection.execute(query).scalars().all()
    return {month for text in found for month in text.split()} if found else None


def _empty_log(engine: sa.Engine) -> bool:
    raw = engine.raw_connection()
    try:
        ((is_busy, _, _),) = raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        raw.close()
    return not is_busy


def _vacuum(engine: sa.Engine, months: set[str], this_month: str) -> bool:
    """Vacuum, one process at a time and outside of any transaction, as VACUUM demands."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not connection.execute(sa.select(sa.func.pg_try_advisory_lock(_SCRUB_LOCK))).scalar_one():
            return False
        try:
            connection.exec_driver_sql(f"SET lock_timeout = '{_PATIENCE}'")
            for month in sorted(months):
                how = "VACUUM" if month >= this_month else "VACUUM (FULL)"
                connection.exec_driver_sql(f"{how} payloads_{month.replace('-', '_')}")
            for table in (set_aside, desk_requests, updates):
                connection.exec_driver_sql(f"VACUUM {table.name}")
        finally:
            connection.exec_driver_sql("RESET lock_timeout")
            connection.execute(sa.select(sa.func.pg_advisory_unlock(_SCRUB_LOCK)))
    return True


def _remember(engine: sa.Engine, now: datetime, this_month: str | None) -> bool:
    """Remember what is scrubbed for good; tell whether nothing is left to do."""
    with engine.begin() as connection:
        rows = connection.execute(sa.select(erased_subjects).where(erased_subjects.c.scrubbed_at.is_(None))).all()
        done = [row.subject for row in rows if this_month is None or all(m < this_month for m in row.months.split())]
        for subject in done:
            of_subject = erased_subjects.c.subject == subject
            connection.execute(sa.update(erased_subjects).where(of_subject).values(scrubbed_at=instant_text(now)))
    return len(done) == len(rows)
