"""Kiosks of a hall that tell their hub how they are, and do what it orders, as their programs do."""

from datetime import datetime, timedelta
from pathlib import Path

from kiosk.domain.ticket import Ticket
from kiosk.ports.centre_records import AcknowledgementRecord
from kiosk.ports.clock import Clock
from kiosk.ports.link import LinkState
from kiosk.services.apply_update import ApplyUpdate
from kiosk.services.tend_as_ordered import TendAsOrdered
from sync.central.fleet.condition_doors import HALL_TELLS_EVERY_S, keep_condition
from sync.central.updates.orders import orders_after
from sync.client.condition import ObserveCondition
from sync.client.updates import checked_updates
from sync.protocol.conditions import Condition
from tests.fakes.halls import AHall, a_kiosk_of_the_site
from tests.fakes.machine_health import A_VERSION, ASite
from ui.composition.received_files import ReceivedInDirectory


class AHallKiosk:
    """A kiosk of a hall, with its files, whose word and whose orders travel when a test says so."""

    def __init__(self, folder: Path, hall: AHall, kiosk_id: str, clock: Clock) -> None:
        self.folder, self.hall = folder, hall
        self.kiosk = a_kiosk_of_the_site(folder, kiosk_id)
        self.kiosk.clock = clock
        self.origin = self.kiosk.site.origin
        self.site = ASite(self.kiosk, folder)
        self.site.all_is_well()
        self.send()

    def send(self) -> None:
        """Send what it has, and keep that the hub holds it."""
        self.hall.take(self.kiosk)
        with self.kiosk.store.units() as unit:
            head, now = unit.journal.head(), self.kiosk.clock.read().utc
            unit.acknowledgements.add(AcknowledgementRecord(head.seq, head.hash, now, b"{}"))
            unit.commit()

    def word(self, **changes: object) -> Condition:
        """Return what it would tell now."""
        observe = ObserveCondition(
            reading=self.kiosk.store.reading,
            clock=self.kiosk.clock,
            printer=self.site.condition_file.read,
            chain=self.site.chain_file.read,
            version=A_VERSION,
            facts=self.site.read,
        )
        return observe(LinkState.IDLE).model_copy(update={"told_every_s": HALL_TELLS_EVERY_S} | changes)

    def tell(self, **changes: object) -> None:
        """Send what it has, and say how it is."""
        self.send()
        now = self.hall.centre.now()
        with self.hall.centre.engine.begin() as connection:
            keep_condition(
                connection, self.origin, self.word(**changes), received_at=now, offset=_offset(self.kiosk.clock, now)
            )

    def follow_orders(self, specimen: Ticket) -> list[str]:
        """Do what the hub ordered since, print what it wants, and return what became of each order."""
        with self.kiosk.store.reading() as unit:
            latest = unit.updates.latest()
        with self.hall.centre.engine.connect() as connection:
            found = orders_after(connection, self.origin, latest)
        tend = TendAsOrdered(self.kiosk.change_roll, self.site.orders, self.kiosk.clock)
        apply = ApplyUpdate(
            **self.kiosk.parts, files=ReceivedInDirectory(self.folder), print_ticket=lambda _: None, tend=tend
        )
        checked = checked_updates(found, self.origin, latest, self.hall.centre.key.public_key)
        outcomes = [apply(update) for update in checked]
        self.site.print_test(specimen)()
        return outcomes


def _offset(clock: Clock, now: datetime) -> timedelta:
    return clock.read().utc - now
