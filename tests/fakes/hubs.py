"""A hub between kiosks and a centre: both real, in threads, with the link between them in the test's hand."""

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from kiosk.ports.unit_of_work import UnitOfWork
from kiosk.services.part_journal import PartJournal
from kiosk.settings import CentreSettings
from sync.central.schema import open_database
from sync.central.serve import RunningCentre, background_centre
from sync.central.tables import entries
from sync.central.trust.enrolments import invite
from sync.client.drain import Drain
from sync.client.http_centre import HttpCentre
from sync.relay.link import UpstreamLink
from sync.relay.relay import Relay
from tests.fakes.centre_files import with_its_tables
from tests.fakes.centres import drained
from tests.fakes.clocks import a_signer
from tests.fakes.kiosks import AKiosk
from tests.fakes.stores import a_store

HUB = "HUB-38"
CLERK = "Mme Faure"


@dataclass(frozen=True)
class AHub:
    """A kiosk, its hub, and the centre above.

    Attributes:
        kiosk: with its store.
        hub: where the kiosk sends.
        centre: where the hub sends.
        databases: of hub and centre.
        folder: holds everything.
    """

    kiosk: AKiosk
    hub: RunningCentre
    centre: RunningCentre
    databases: tuple[str, str]
    folder: Path

    def drain(self, batch_entries: int = 500) -> Drain[UnitOfWork]:
        """Return the kiosk's sending side."""
        settings = CentreSettings(url=self.hub.url, deadline_s=10)
        link = HttpCentre(settings, self.kiosk.site.origin, a_signer(), self.folder / "pin.pem")
        store = self.kiosk.store
        part = PartJournal(
            units=store.units, centre=link, clock=self.kiosk.clock, entropy=self.kiosk.entropy, site=self.kiosk.site
        )
        return Drain(store.units, link, reading=store.reading, batch_entries=batch_entries, part=part)

    def link(self, url: str | None = None) -> UpstreamLink:
        """Return the hub's link to the centre."""
        settings = CentreSettings(url=url or self.centre.url, deadline_s=10, backoff_first_s=0.05, backoff_max_s=0.2)
        return UpstreamLink(settings, self.folder / "hub")

    def relay(self, batch_entries: int = 500) -> Relay:
        """Return the hub's sending side."""
        settings = self.link().settings.model_copy(update={"batch_entries": batch_entries})
        return UpstreamLink(settings, self.folder / "hub").relay(self.hub.context)

    def relayed(self, batch_entries: int = 500) -> int:
        """Pass on everything, as a process of the hub does that starts and ends; return how many entries went."""
        with contextlib.closing(self.relay(batch_entries)) as relay:
            return drained(relay)

    def held(self, *, at_centre: bool) -> list[tuple[str, int, str]]:
        """Return stream, number and whole document of every entry at the hub or at the centre."""
        found = rows(self.databases[at_centre], entries)
        return sorted((row.stream, row.seq, row.document) for row in found if not row.stream.startswith("CENTRE"))


@contextmanager
def a_hub(
    folder: Path, databases: tuple[str, str], *, filings: int = 4, trust_first_use: bool = False
) -> Iterator[AHub]:
    """Run a hub that is enrolled at a centre, and file some requests at a kiosk."""
    kiosk = AKiosk(a_store(folder))
    for _ in range(filings):
        kiosk.file()
    with (
        background_centre(with_its_tables(databases[1]), folder / "centre", trust_first_use=trust_first_use) as centre,
        background_centre(with_its_tables(databases[0]), folder / "hub", name=HUB) as hub,
    ):
        found = AHub(kiosk, hub, centre, databases, folder)
        code = invite(centre.context, HUB, role="hub", departement="38", by=CLERK).code
        found.link().enrolled(hub.context, code)
        yield found
    kiosk.store.close()


def rows(database: str, table: sa.Table) -> list[sa.Row[tuple[object, ...]]]:
    """Return what a database holds in a table."""
    engine = open_database(database)
    try:
        with engine.connect() as connection:
            return list(connection.execute(sa.select(table)))
    finally:
        engine.dispose()
