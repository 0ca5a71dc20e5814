"""A counter at a kiosk's own store, and one at the hub of a site: the same ports, and a kiosk to file at."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from kiosk.domain.request import PrintJobId
from kiosk.domain.staff import Role
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EntryType
from kiosk.ports.desk import Desk, StaffSession
from kiosk.ports.duplicates import Duplicates
from kiosk.ports.file_work import FileWork, PersonRights
from kiosk.services.apply_update import ApplyUpdate
from sync.central.tables import entries, payloads
from sync.central.updates.orders import orders_after
from sync.client.hub_file_work import HttpDuplicates, HttpFileWork, HttpPersonRights
from sync.client.updates import checked_updates
from tests.fakes.clocks import FixedClock
from tests.fakes.halls import A_HALL, AHubAtWork, a_hub_at_work, a_kiosk_of_the_site
from tests.fakes.hubs import HUB
from tests.fakes.kiosks import AKiosk
from tests.fakes.staff import A_PASSWORD, COUNTERS, an_account
from ui.composition.received_files import ReceivedInDirectory


@dataclass
class AWorkplace:
    """A counter at which files are worked on.

    Attributes:
        kiosk: at which people file.
        desk: signs staff in and opens files.
        files: what is done with files.
        rights: what people ask of their data.
        duplicates: finds and merges.
    """

    kiosk: AKiosk
    desk: Desk
    files: FileWork
    rights: PersonRights
    duplicates: Duplicates

    def session(self, name: str = "a.martin", role: Role = Role.AGENT, counter: str = COUNTERS[0]) -> StaffSession:
        """Make an account and sign its owner in."""
        raise NotImplementedError

    def told(self) -> None:
        """Let the counter hear of what was filed."""
        raise NotImplementedError

    def facts_of(self, kind: EntryType) -> list[Mapping[str, JsonValue]]:
        """Return what lies beside the entries of a type in the journal of whoever writes for this counter."""
        raise NotImplementedError


class AtKiosk(AWorkplace):
    """A counter on the store of a kiosk."""

    def session(self, name: str = "a.martin", role: Role = Role.AGENT, counter: str = COUNTERS[0]) -> StaffSession:
        return self.desk.sign_in(an_account(self.kiosk.desk, name, role), A_PASSWORD, counter)

    def told(self) -> None:
        """Nothing: it is one store."""

    def facts_of(self, kind: EntryType) -> list[Mapping[str, JsonValue]]:
        return self.kiosk.facts_of(kind)


@dataclass
class AtHub(AWorkplace):
    """A counter that asks the hub of a site over HTTP.

    Attributes:
        hub: that answers.
    """

    hub: AHubAtWork

    def session(self, name: str = "a.martin", role: Role = Role.AGENT, counter: str = COUNTERS[0]) -> StaffSession:
        return self.desk.sign_in(self.hub.account(name, role), A_PASSWORD, counter)

    def told(self) -> None:
        self.hub.take(self.kiosk)

    def facts_of(self, kind: EntryType) -> list[Mapping[str, JsonValue]]:
        return facts_held(self.hub, HUB, kind)


def facts_held(hub: AHubAtWork, stream: str, kind: EntryType) -> list[Mapping[str, JsonValue]]:
    """Return what lies beside the entries of a type in a stream that a hub holds."""
    beside = sa.and_(payloads.c.stream == entries.c.stream, payloads.c.seq == entries.c.seq)
    query = sa.select(payloads.c.facts).join_from(entries, payloads, beside)
    query = query.where(entries.c.stream == stream, entries.c.type == kind.value).order_by(entries.c.seq)
    with hub.centre.engine.connect() as connection:
        return [json.loads(text) for text in connection.execute(query).scalars()]


def followed(hub: AHubAtWork, kiosk: AKiosk, folder: Path, printed: list[PrintJobId] | None = None) -> list[str]:
    """Let a kiosk do what its hub ordered since, and send what it has; return how each order ended."""
    apply = ApplyUpdate(
        **kiosk.parts, files=ReceivedInDirectory(folder), print_ticket=([] if printed is None else printed).append
    )
    with kiosk.store.reading() as unit:
        latest = unit.updates.latest()
    origin = kiosk.site.origin
    with hub.centre.engine.connect() as connection:
        found = orders_after(connection, origin, latest)
    ended = [apply(update) for update in checked_updates(found, origin, latest, hub.centre.key.public_key)]
    hub.take(kiosk)
    return ended


@contextmanager
def at_kiosk(folder: Path) -> Iterator[AtKiosk]:
    """Have a counter on the store of a kiosk."""
    kiosk = a_kiosk_of_the_site(folder / "a2", "A2")
    yield AtKiosk(kiosk, kiosk.desk, kiosk.file_work, kiosk.person_rights, kiosk.duplicates)
    kiosk.store.close()


@contextmanager
def at_hub(folder: Path, database: str = "") -> Iterator[AtHub]:
    """Have a counter at a hub that answers over HTTP, and a kiosk of its site."""
    clock, kiosk = FixedClock(), a_kiosk_of_the_site(folder / "a2", "A2")
    kiosk.clock = clock
    with a_hub_at_work(folder, lambda: clock.utc, database=database) as hub:
        link, words = hub.link(), A_HALL.read_file
        yield AtHub(
            kiosk,
            hub.http_desk(link),
            HttpFileWork(link, words),
            HttpPersonRights(link, words),
            HttpDuplicates(link, words),
            hub=hub,
        )
    kiosk.store.close()


WORKPLACES: Final[Mapping[str, Callable[[Path], AbstractContextManager[AWorkplace]]]] = {
    "kiosk": at_kiosk,
    "hub": at_hub,
}
