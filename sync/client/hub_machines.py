"""The kiosks of a site at its hub, over HTTP: a :class:`kiosk.ports.machines.Machines` for a counter."""

import threading
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from kiosk.domain.alarm import AlarmKind, Silence, SilenceFor
from kiosk.errors import BorneError, InputError, NotSignedInError
from kiosk.ports.desk import StaffSession
from kiosk.ports.machines import MachineHealth
from kiosk.services.tend_as_ordered import ANSWERED_WITHIN
from sync.client.hub_link import HubLink, require_done, understood
from sync.protocol.hall_machines import AlarmSilencing, HallMachines, LaidSilence, NewRoll, OrderedTest

# Each second: with what a kiosk takes to tell, an event is before the eyes within two.
_ASKED_EVERY_S: Final = 0.9


class HttpMachines:
    """Looks in one exchange for all kiosks, for whoever is signed in; used from any thread."""

    def __init__(self, link: HubLink) -> None:
        self._link = link
        self._lock = threading.Lock()
        self._session: StaffSession | None = None
        self._seen: tuple[MachineHealth, ...] = ()
        self._asked_at = float("-inf")

    @property
    def answers_within(self) -> timedelta:
        """After this without an answer what was asked of a kiosk will not be done any more."""
        return ANSWERED_WITHIN

    def use(self, session: StaffSession | None) -> None:
        """Look for somebody from now on, or for nobody."""
        with self._lock:
            self._session, self._asked_at = session, float("-inf")
            if session is None:
                self._seen = ()

    def look(self) -> Sequence[MachineHealth]:
        """Return the kiosks as they were seen within the last second; those of before while the hub does not answer."""
        session, now_s = self._session, time.monotonic()
        if session is None:
            return ()
        if self._link.lost_since is None and now_s - self._asked_at >= _ASKED_EVERY_S:
            self._asked_at = now_s
            self._learn(session)
        return self._seen

    def silence(self, session: StaffSession, origin: str, kind: AlarmKind, how: SilenceFor, reason: str) -> Silence:
        """Silence an alarm that sounds, as an entry of the hub."""
        wanted = AlarmSilencing.model_construct(kind=kind.value, how=how.value, reason=reason)
        answer = self._link.act(f"/v1/hall/machines/{origin}/silences", wanted, session.token)
        return understood(LaidSilence.silence, self._link.read(LaidSilence, answer))

    def usual_tickets(self, origin: str) -> int:
        """Return about how many tickets a new roll gives, as the kiosk said."""
        for health in self._seen:
            if health.facts.origin == origin and health.facts.usual_tickets is not None:
                return health.facts.usual_tickets
        raise InputError("origin", f"a kiosk that said so, not {origin}")

    def change_roll(self, session: StaffSession, origin: str, tickets: int | None) -> None:
        """Ask a kiosk to count from a roll that was put in just now."""
        wanted = NewRoll.model_construct(tickets=tickets)
        require_done(self._link.act(f"/v1/hall/machines/{origin}/roll", wanted, session.token))

    def order_test(self, session: StaffSession, origin: str) -> str:
        """Ask a kiosk for a test print and return what identifies the order."""
        answer = self._link.act(f"/v1/hall/machines/{origin}/test", None, session.token)
        return self._link.read(OrderedTest, answer).order

    def _learn(self, session: StaffSession) -> None:
        try:
            answer = self._link.ask("GET", "/v1/hall/machines", token=session.token)
            message = self._link.read(HallMachines, answer)
            seen = understood(lambda it: tuple(each.health() for each in it.machines), message)
        except NotSignedInError:
            seen = ()  # locked, or disabled meanwhile: the next touch asks for the password
        except BorneError:
            return  # the link says since when the hub does not answer
        with self._lock:
            if self._session is session:
                self._seen = seen
