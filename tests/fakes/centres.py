"""The real centre in a thread, on a real database, with a journal to send to it."""

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from kiosk.domain.identity import Identity
from kiosk.journal.entry import Entry, Payload
from kiosk.ports.centre import CentreUpdate, EntryMark, StreamView
from kiosk.ports.centre_records import AcknowledgementRecord
from kiosk.ports.unit_of_work import UnitOfWork
from kiosk.services.part_journal import PartJournal
from kiosk.services.rotate_key import rotations
from kiosk.settings import CentreSettings
from sync.central.hall.site import HallSite
from sync.central.schema import open_database
from sync.central.serve import RunningCentre, background_centre
from sync.client.drain import Drain
from sync.client.http_centre import HttpCentre
from tests.fakes.centre_files import with_its_tables
from tests.fakes.clocks import FixedSigner, a_signer
from tests.fakes.kiosks import AKiosk
from tests.fakes.requests import a_request_content
from tests.fakes.stores import a_store

ORIGIN = "38-A2"
Sent = tuple[Entry, Payload | None]


@dataclass(frozen=True)
class ALink:
    """A kiosk with entries, and a centre that runs.

    Attributes:
        kiosk: with its store.
        centre: where it listens.
        database: of the centre.
        folder: of the kiosk.
        signer: the kiosk's key.
    """

    kiosk: AKiosk
    centre: RunningCentre
    database: str
    folder: Path
    signer: FixedSigner = field(default_factory=a_signer)

    @property
    def settings(self) -> CentreSettings:
        """Of the link, impatient."""
        return CentreSettings(url=self.centre.url, deadline_s=10.0)

    def http(self) -> HttpCentre:
        """Return a client that pins the centre's key."""
        return HttpCentre(self.settings, ORIGIN, self.signer, self.folder / "centre.pem", rotations=self._rotations)

    def _rotations(self) -> list[Sent]:
        with self.kiosk.store.reading() as unit:
            return rotations(unit)

    def drain(self, batch_entries: int = 500) -> Drain[UnitOfWork]:
        """Return the sending side."""
        store, centre = self.kiosk.store, self.http()
        part = PartJournal(
            units=store.units, centre=centre, clock=self.kiosk.clock, entropy=self.kiosk.entropy, site=self.kiosk.site
        )
        return Drain(store.units, centre, reading=store.reading, batch_entries=batch_entries, part=part)

    def entries(self, after: int = 0, limit: int = 5000) -> list[Sent]:
        """Return the kiosk's entries."""
        with self.kiosk.store.reading() as unit:
            return list(unit.journal.entries_after(after, limit))

    def rows(self, table: sa.Table) -> list[sa.Row[tuple[object, ...]]]:
        """Return what the centre holds in a table."""
        engine = open_database(self.database)
        try:
            with engine.connect() as connection:
                return list(connection.execute(sa.select(table)))
        finally:
            engine.dispose()


def kiosk_rows(link: ALink, table: sa.Table) -> list[sa.Row[tuple[object, ...]]]:
    """Return the rows of a table that come from machines: the centre's own journal is left out."""
    return [row for row in link.rows(table) if not str(row._mapping.get("origin", row[0])).startswith("CENTRE")]


@contextmanager
def a_link(
    folder: Path,
    database: str,
    *,
    filings: int = 5,
    trust_first_use: bool = True,
    centre_now: Callable[[], datetime] = lambda: datetime.now(UTC),
    hall: HallSite | None = None,
) -> Iterator[ALink]:
    """Run a centre on a database and file some requests at a kiosk."""
    kiosk = AKiosk(a_store(folder))
    for number in range(filings):
        kiosk.file(dataclasses.replace(a_request_content(), phone=f"06{number:08d}", identity=_somebody(number)))
    try:
        centre_dir = folder / "centre"
        with background_centre(
            with_its_tables(database), centre_dir, trust_first_use=trust_first_use, now=centre_now, hall=hall
        ) as centre:
            yield ALink(kiosk, centre, database, folder)
    finally:
        kiosk.store.close()


class AnotherCentre:
    """The real centre, for a test that changes one of its answers."""

    def __init__(self, real: HttpCentre) -> None:
        self._real = real

    def put_entries(self, stream: str, entries: Sequence[Sent]) -> AcknowledgementRecord:
        """Send on."""
        return self._real.put_entries(stream, entries)

    def stream(self, stream: str) -> StreamView:
        """Ask on."""
        return self._real.stream(stream)

    def entry_at(self, stream: str, seq: int) -> EntryMark:
        """Ask on."""
        return self._real.entry_at(stream, seq)

    def open_segment(self, follows: EntryMark) -> StreamView:
        """Ask on."""
        return self._real.open_segment(follows)

    def updates_after(self, number: int) -> Sequence[CentreUpdate]:
        """Ask on."""
        return self._real.updates_after(number)


def drained(step: Callable[[], int]) -> int:
    """Send until nothing is left; return how many entries went."""
    total = 0
    while sent := step():
        total += sent
    return total


def _somebody(number: int) -> Identity:
    return dataclasses.replace(a_request_content().identity, birth_name=f"DIALLO {'X' * (number + 1)}")
