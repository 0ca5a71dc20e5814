"""Taking the trust from a key: a kiosk was stolen, or its disk copied."""

import sqlalchemy as sa

from kiosk.domain.moment import instant_text
from kiosk.errors import InputError
from kiosk.journal.entry import EntryType
from sync.central.context import CentreContext
from sync.central.tables import origin_keys


def revoke(centre: CentreContext, origin: str, *, key_id: str | None = None, reason: str, by: str) -> list[str]:
    """Revoke the keys of a machine and return their identifiers.

    From now on nothing signed with them is taken, and whoever checks a seal is told, whatever its date: a thief can
    backdate. What was taken before stays.

    Args:
        centre: database, clock, journal.
        origin: the machine.
        key_id: one key; None for all of them.
        reason: for the journal.
        by: the administrator, for the journal.

    Raises:
        InputError: there is no such key, or it was revoked before.
    """
    at = instant_text(centre.now())
    chosen = [origin_keys.c.origin == origin, origin_keys.c.revoked_at.is_(None)]
    if key_id is not None:
        chosen.append(origin_keys.c.key_id == key_id)
    with centre.engine.begin() as connection:
        found = (
            connection.execute(sa.select(origin_keys.c.key_id).where(*chosen).order_by(origin_keys.c.from_seq))
            .scalars()
            .all()
        )
        if not found:
            raise InputError("origin", f"a machine with a key that is not revoked, not {origin}")
        connection.execute(sa.update(origin_keys).where(*chosen).values(revoked_at=at))
        facts = {"origin": origin, "key_ids": list(found), "reason": reason, "by": by}
        centre.journal.append(connection, EntryType.KEY_REVOKED, facts)
    return list(found)
