"""What every verb of a hub's counters works with, so that each area of their work can have a module of its own."""

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.domain.place import Site
from kiosk.password_hashes import Argon2Passwords
from kiosk.ports.staff import PasswordHashes
from sync.central.context import CentreContext
from sync.central.hall.clock import HubClock
from sync.central.hall.entropy import HubEntropy
from sync.central.hall.sessions import HallSessions
from sync.central.hall.site import HallSite
from sync.central.hall.unit import HallUnit, units_of


@dataclass(frozen=True, slots=True)
class HallBench:
    """A hub's database, clock and chance, and who is signed in at its counters.

    Attributes:
        centre: the hub.
        hall: the site.
        units: transactions on the hall.
        reading: transactions that see one state and keep nobody from writing.
        clock: of the hub.
        entropy: for entries.
        sessions: of the counters, by their tokens.
        passwords: makes and checks hashes.
    """

    centre: CentreContext
    hall: HallSite
    units: Callable[[], HallUnit]
    reading: Callable[[], HallUnit]
    clock: HubClock
    entropy: HubEntropy
    sessions: HallSessions
    passwords: PasswordHashes

    @property
    def site(self) -> Site:
        """Whose hall it is."""
        return self.hall.site


def hall_bench(centre: CentreContext, hall: HallSite, passwords: PasswordHashes | None = None) -> HallBench:
    """Return what the counters of a site work with.

    Args:
        centre: the hub.
        hall: the site.
        passwords: makes and checks hashes; the usual ones when None.
    """
    return HallBench(
        centre=centre,
        hall=hall,
        units=units_of(centre, hall),
        reading=units_of(centre, hall, reads_only=True),
        clock=HubClock(centre.now),
        entropy=HubEntropy(),
        sessions=HallSessions(centre, hall),
        passwords=passwords or Argon2Passwords(),
    )
