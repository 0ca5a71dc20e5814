"""Silencing an alarm: an entry that names one coming of it, so that every staff screen keeps to it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

import structlog

from kiosk.domain.alarm import Alarm, AlarmKind, Silence, SilenceFor, silence_of, silenced_until
from kiosk.domain.moment import instant_text, parse_instant
from kiosk.domain.place import Site
from kiosk.domain.staff import Permission
from kiosk.errors import InputError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EntryType
from kiosk.log_events import LogEvent
from kiosk.ports.clock import Clock
from kiosk.ports.desk_units import StaffUnits
from kiosk.ports.entropy import Entropy
from kiosk.ports.machines import MachineFacts, MachineHealth, RaisedAlarm
from kiosk.services.machine_alarms import alarms_of
from kiosk.services.recording import EntryWriter
from kiosk.services.staff import Actor, require

# The longest silence: a day, and an hour more in autumn.
LONGEST_SILENCE: Final = timedelta(hours=25)
_SHORTEST_REASON: Final = 3
_LONGEST_REASON: Final = 120


class SilenceAlarm:
    """Records a silence, on a machine or at the hub of its site."""

    def __init__(self, *, units: StaffUnits, clock: Clock, entropy: Entropy, site: Site) -> None:
        """Take what it works with.

        Args:
            units: of the store.
            clock: of the machine where staff work.
            entropy: for the entry.
            site: gives the legal time, in which a day ends.
        """
        self._units = units
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)

    def __call__(
        self,
        actor: Actor,
        sounding: Iterable[Alarm],
        kind: AlarmKind,
        how: SilenceFor,
        reason: str,
        *,
        origin: str | None = None,
    ) -> Silence:
        """Silence an alarm that sounds.

        Args:
            actor: who does.
            sounding: what sounds on the machine now.
            kind: which of these.
            how: for how long.
            reason: why.
            origin: the machine, where the journal is another's.

        Raises:
            NotSignedInError, NotAllowedError: the account may not do this.
            InputError: there is no such alarm any more, or the reason says nothing.
            StoreError: nothing was recorded.
        """
        why = " ".join(reason.split())
        if not _SHORTEST_REASON <= len(why) <= _LONGEST_REASON:
            raise InputError("reason", f"a text of {_SHORTEST_REASON} to {_LONGEST_REASON} characters")
        alarm = next((each for each in sounding if each.kind is kind), None)
        if alarm is None:
            raise InputError("alarm", f"an alarm that sounds, not {kind.value}")
        with self._units() as unit:
            require(unit, actor.name, Permission.SILENCE_ALARMS)
            reading, moment = self._entries.now()
            silence = Silence(kind, alarm.occurrence, silenced_until(how, moment), actor.name, why)
            facts = _facts_of(silence, actor.counter) | ({} if origin is None else {"origin": origin})
            unit.journal.append(self._entries.draft(EntryType.ALARM_SILENCED, facts, at=(reading, moment)))
            unit.commit()
        structlog.get_logger().info(LogEvent.ALARM_SILENCED, reason=kind.value)
        return silence


def silence_told(facts: Mapping[str, JsonValue]) -> Silence | None:
    """Return the silence that the facts of an entry tell of; None once they were erased."""
    if "until" not in facts:
        return None
    return Silence(
        AlarmKind(str(facts["alarm"])),
        str(facts["occurrence"]),
        parse_instant(str(facts["until"])),
        str(facts["account"]),
        str(facts["reason"]),
    )


def health_of(facts: MachineFacts, silences: Sequence[Silence], now: datetime) -> MachineHealth:
    """Return a machine with its alarms: those that sound before the silenced ones.

    Args:
        facts: what is known.
        silences: that may lie on its alarms, the newest first.
        now: UTC instant of the clock that the silences were measured by.
    """
    raised = [RaisedAlarm(alarm, silence_of(alarm, silences, now)) for alarm in alarms_of(facts)]
    raised.sort(key=lambda each: each.silence is not None)
    return MachineHealth(facts, tuple(raised))


def _facts_of(silence: Silence, counter: str) -> dict[str, JsonValue]:
    return {
        "account": silence.by,
        "counter": counter,
        "alarm": silence.kind.value,
        "occurrence": silence.occurrence,
        "until": instant_text(silence.until),
        "reason": silence.reason,
    }
