"""After some failures a name is locked for a while, longer each time.

Failures are counted for every name that is typed, known or not, so that a lock tells nobody who has an account. Only a
hash of the name is kept: people type passwords into the wrong field.
"""

from datetime import datetime, timedelta

import sqlalchemy as sa

from kiosk.domain.moment import instant_text, parse_instant
from kiosk.domain.staff import FAILURES_FORGOTTEN_AFTER, hash_of_typed_name, lock_after
from sync.central.refusals import RefusedRequestError
from sync.central.tables import sign_in_guards
from sync.protocol.problems import ProblemCode


def require_unlocked(connection: sa.Connection, name: str, now: datetime) -> None:
    """Refuse a name that is locked.

    Raises:
        RefusedRequestError: ``too_many``, with the seconds to wait.
    """
    query = sa.select(sign_in_guards.c.locked_until).where(sign_in_guards.c.name_hash == hash_of_typed_name(name))
    until = connection.execute(query).scalar_one_or_none()
    if until is not None and (wait := parse_instant(until) - now) > timedelta(0):
        raise RefusedRequestError(
            ProblemCode.TOO_MANY,
            "too many sign-ins failed under this name",
            retry_after_s=max(1, round(wait.total_seconds() + 0.5)),
        )


def note_failure(connection: sa.Connection, name: str, now: datetime) -> bool:
    """Count a failure and return whether the name is locked from now on; old counts of others are forgotten."""
    yesterday = instant_text(now - FAILURES_FORGOTTEN_AFTER)
    connection.execute(sa.delete(sign_in_guards).where(sign_in_guards.c.failed_at < yesterday))
    mine = sign_in_guards.c.name_hash == hash_of_typed_name(name)
    before = connection.execute(sa.select(sign_in_guards.c.failures).where(mine).with_for_update()).scalar_one_or_none()
    failures = (before or 0) + 1
    lock = lock_after(failures)
    values = {
        "failures": failures,
        "failed_at": instant_text(now),
        "locked_until": instant_text(now + lock) if lock is not None else None,
    }
    if before is None:
        connection.execute(sa.insert(sign_in_guards).values(name_hash=hash_of_typed_name(name), **values))
    else:
        connection.execute(sa.update(sign_in_guards).where(mine).values(**values))
    return lock is not None


def forgive(connection: sa.Connection, name: str) -> None:
    """Forget the failures of a name."""
    connection.execute(sa.delete(sign_in_guards).where(sign_in_guards.c.name_hash == hash_of_typed_name(name)))
