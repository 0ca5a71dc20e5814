"""Checking tickets at a hub's counters, with the keys and the entries of all its kiosks."""

import sqlalchemy as sa

from kiosk.domain.identity import PartialDate
from kiosk.domain.moment import parse_instant
from kiosk.journal.seal_verdict import KnownKey
from kiosk.ports.ticket_checks import CheckedTicket
from kiosk.services.check_ticket import CheckTicket
from sync.central.context import CentreContext
from sync.central.hall.bench import HallBench
from sync.central.hall.ticket_rows import ticket_units
from sync.central.reading import reading
from sync.central.tables import streams, upstream_keys
from sync.central.trust.key_list import published_keys
from sync.protocol.key_lists import public_key_of


class HubTicketChecks:
    """The verbs of :class:`kiosk.ports.ticket_checks.TicketChecks` at a hub; sessions are named by their tokens."""

    def __init__(self, bench: HallBench) -> None:
        """Join the rules of every reader with the hub's database."""
        self._centre, self._sessions = bench.centre, bench.sessions
        self._check = CheckTicket(
            units=ticket_units(bench.centre, bench.hall),
            clock=bench.clock,
            entropy=bench.entropy,
            site=bench.site,
            keys=lambda: known_keys(bench.centre),
            catalogue=bench.hall.catalogue,
            held_to=self._held_to,
        )

    def check(self, token: str, text: str) -> CheckedTicket:
        """Return what can be said of a code; each check is an entry of the hub, the code itself is not kept."""
        return self._check.check(self._sessions.actor(token), text)

    def is_of(self, token: str, text: str, birth_name: str, birth_date: PartialDate | None) -> bool:
        """Whether a genuine ticket is this person's; the answer is an entry, what was typed is not kept."""
        return self._check.is_of(self._sessions.actor(token), text, birth_name, birth_date)

    def _held_to(self, origin: str) -> float:
        """Return the last entry of a kiosk that is here: what it wrote since is not missing."""
        query = sa.select(sa.func.max(streams.c.accepted_to)).where(streams.c.origin == origin)
        with reading(self._centre.engine) as connection:
            return connection.execute(query).scalar_one_or_none() or 0


def known_keys(centre: CentreContext) -> list[KnownKey]:
    """Return the keys of the kiosks that send to this hub, and those that the centre above lists.

    A key is revoked when either says so: what one of them revoked, the other hears of later.
    """
    with reading(centre.engine) as connection:
        above = connection.execute(sa.select(upstream_keys)).all()
    known = {(key.origin, key.key_id): (key.public_key, key.revoked_at) for key in published_keys(centre.engine)}
    for key in above:
        ours, revoked_at = known.get((key.origin, key.key_id), (key.public_key, None))
        known[key.origin, key.key_id] = (ours, revoked_at or key.revoked_at)
    return [
        KnownKey(public_key_of(text), origin, None if revoked_at is None else parse_instant(revoked_at))
        for (origin, _), (text, revoked_at) in known.items()
    ]
