"""The kiosks of a site, at its hub: how each is, and what staff do about it from any counter."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from kiosk.domain.alarm import AlarmKind, Silence, SilenceFor
from kiosk.domain.moment import instant_text
from kiosk.domain.staff import Permission
from kiosk.errors import InputError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EntryType
from kiosk.ports.centre import UpdateKind
from kiosk.ports.machines import MachineFacts, MachineHealth
from kiosk.services.silence_alarm import LONGEST_SILENCE, SilenceAlarm, health_of, silence_told
from kiosk.services.staff import Actor, require
from sync.central.hall.bench import HallBench
from sync.central.hall.machine_reading import machines_heard
from sync.central.reading import reading
from sync.central.tables import entries, payloads
from sync.central.updates.orders import order

_BESIDE: Final = sa.and_(
    payloads.c.stream == entries.c.stream, payloads.c.seq == entries.c.seq, payloads.c.month == entries.c.month
)


class HubMachines:
    """What counters see of the kiosks of their hall and do with them; sessions are named by their tokens."""

    def __init__(self, bench: HallBench) -> None:
        """Join the verbs with the hub's database; it listens from now on."""
        self._bench, self._centre, self._hall = bench, bench.centre, bench.hall
        self._listening_since = bench.centre.now()
        self._silence = SilenceAlarm(units=bench.units, clock=bench.clock, entropy=bench.entropy, site=bench.site)

    def look(self, token: str) -> Sequence[MachineHealth]:
        """Return the kiosks of the hall as they are now, by their names."""
        self._bench.sessions.actor(token)
        return self._healths()

    def silence(self, token: str, origin: str, kind: AlarmKind, how: SilenceFor, reason: str) -> Silence:
        """Silence an alarm that sounds, as an entry of the hub."""
        actor = self._bench.sessions.actor(token)
        return self._silence(actor, self._health(origin).sounding, kind, how, reason, origin=origin)

    def change_roll(self, token: str, origin: str, tickets: int | None) -> None:
        """Ask a kiosk to count from a roll that was put in just now."""
        self._order(token, origin, UpdateKind.NEW_ROLL, {"tickets": tickets})

    def order_test(self, token: str, origin: str) -> str:
        """Ask a kiosk for a test print and return what identifies it."""
        identifier = self._bench.entropy.identifier()
        self._order(token, origin, UpdateKind.TEST_PRINT, {"order": identifier})
        return identifier

    def _order(self, token: str, origin: str, kind: UpdateKind, content: Mapping[str, JsonValue]) -> None:
        actor = self._bench.sessions.actor(token)
        with self._bench.units() as unit:
            require(unit, actor.name, Permission.TEND_PRINTER)
            if not self._health(origin).facts.takes_orders:
                raise InputError("origin", f"a kiosk that is heard and takes orders, not {origin}")
            facts = dict(content) | {"account": self._name_of(actor)}
            order(self._centre, unit.connection, origin, kind, facts, by=actor.name)
            unit.commit()

    def _name_of(self, actor: Actor) -> str:
        """Return who acts, as the journal of a kiosk says it, which knows no account of ours."""
        return f"{actor.name}@{self._centre.name}"

    def _health(self, origin: str) -> MachineHealth:
        found = next((each for each in self._healths() if each.facts.origin == origin), None)
        if found is None:
            raise InputError("origin", f"a kiosk of this hall, not {origin}")
        return found

    def _healths(self) -> Sequence[MachineHealth]:
        now = self._centre.now()
        with reading(self._centre.engine) as connection:
            machines = machines_heard(connection, self._hall, now, self._listening_since)
            silences = self._silences(connection, machines, now)
        return [health_of(facts, silences.get(facts.origin, ()), now) for facts in machines]

    def _silences(
        self, connection: sa.Connection, machines: Sequence[MachineFacts], now: datetime
    ) -> dict[str, list[Silence]]:
        """Return the silences that still last, the newest first: those of the hub and those of a kiosk's own staff."""
        names = [self._centre.name, *(facts.origin for facts in machines)]
        query = (
            sa.select(entries.c.origin, payloads.c.facts)
            .select_from(entries.join(payloads, _BESIDE))
            .where(
                entries.c.type == EntryType.ALARM_SILENCED.value,
                entries.c.recorded_at > instant_text(now - LONGEST_SILENCE),
                entries.c.origin.in_(names),
                entries.c.fault.is_(None),
            )
            .order_by(entries.c.recorded_at.desc())
        )
        found: dict[str, list[Silence]] = {}
        for row in connection.execute(query):
            facts = json.loads(row.facts)
            silence = silence_told(facts)
            if silence is not None and now < silence.until:
                origin = facts.get("origin") if row.origin == self._centre.name else row.origin
                found.setdefault(str(origin), []).append(silence)
        return found
