"""A hub with counters, and the kiosks of its site; what they file comes by the real receiving verb."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from kiosk.domain.hall import PlaceId
from kiosk.domain.staff import Role
from kiosk.journal.entry import EntryType, entry_from_json
from kiosk.journal.verification import VerificationReport, verify_chain
from kiosk.services.machine import FoundJournal
from kiosk.settings import HallSettings
from kiosk.store.store import DATABASE_NAME, open_store
from sync.central.context import CentreContext
from sync.central.desk.accounts import AccountRole, add_account
from sync.central.hall.bench import hall_bench
from sync.central.hall.desk import HubDesk
from sync.central.hall.site import HallSite
from sync.central.receiver import receiver
from sync.central.serve import CentreOptions, RunningCentre, background_centre, open_centre
from sync.central.tables import entries, payloads
from sync.client.hub_desk import HttpDesk, hub_hall
from sync.client.hub_link import HubLink
from sync.relay.stream_unit import StreamEntries
from tests.fakes.centre_files import with_its_tables
from tests.fakes.clocks import FixedClock, FixedSigner, SeededEntropy
from tests.fakes.hubs import HUB
from tests.fakes.kiosks import AKiosk, files_read_at
from tests.fakes.requests import a_catalogue, a_request_content, a_site
from tests.fakes.staff import A_FIRST_PASSWORD, A_PASSWORD, COUNTERS, quick_passwords
from tests.fakes.stores import A_VERSION, a_store

A_HALL: Final = HallSite(a_site(), a_catalogue(), COUNTERS, files_read_at(a_site(), a_catalogue()))


@dataclass
class AHall:
    """A hub whose counters work on what its kiosks file.

    Attributes:
        centre: the hub.
        hall: its site.
        bench: what the verbs of the counters work with.
        desk: what counters work against, in this process.
        sent: how far each kiosk sent, by origin.
    """

    centre: CentreContext
    hall: HallSite
    sent: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.bench = hall_bench(self.centre, self.hall, quick_passwords())
        self.desk = HubDesk(self.bench)
        self._receive = receiver(self.centre)

    def take(self, kiosk: AKiosk) -> None:
        """Let a kiosk send what it has."""
        origin = kiosk.site.origin
        with kiosk.store.reading() as unit:
            batch = list(unit.journal.entries_after(self.sent.get(origin, 0), 5000))
        if batch:
            self.sent[origin] = self._receive(origin, batch).accepted_to

    def account(self, name: str = "a.martin", role: Role = Role.AGENT) -> str:
        """Make an account whose owner has changed the password already, and return its name."""
        an_account_at(self.centre, self.desk, name, role)
        return name

    def sign_in(self, name: str = "a.martin", role: Role = Role.AGENT, counter: str = COUNTERS[0]) -> str:
        """Make an account, sign its owner in and return the token."""
        return self.desk.sign_in(self.account(name, role), A_PASSWORD, counter).token

    def own_entries(self, kind: EntryType) -> list[str | None]:
        """Return the subjects of the hub's own entries of a type, in order."""
        query = sa.select(entries.c.document).where(entries.c.stream == HUB, entries.c.type == kind.value)
        with self.centre.engine.connect() as connection:
            found = connection.execute(query.order_by(entries.c.seq)).scalars()
            return [entry_from_json(json.loads(document)).subject for document in found]

    def own_facts(self, kind: EntryType) -> list[dict[str, Any]]:
        """Return what the hub's own entries of a type say, in order."""
        beside = sa.and_(payloads.c.stream == entries.c.stream, payloads.c.seq == entries.c.seq)
        query = sa.select(payloads.c.facts).select_from(entries.join(payloads, beside))
        mine = query.where(entries.c.stream == HUB, entries.c.type == kind.value).order_by(entries.c.seq)
        with self.centre.engine.connect() as connection:
            return [json.loads(facts) for facts in connection.execute(mine).scalars()]

    def verified(self) -> VerificationReport:
        """Verify the hub's own journal with every signature."""
        with self.centre.engine.connect() as connection:
            own = StreamEntries(connection, HUB).entries_after(0, 100_000)
        return verify_chain(own, [self.centre.key.public_key])


def an_account_at(centre: CentreContext, desk: HubDesk, name: str, role: Role = Role.AGENT) -> None:
    """Make an account of the hub's département, and let its owner choose the password."""
    passwords = quick_passwords()
    add_account(centre, name, AccountRole(role.value), ("38",), A_FIRST_PASSWORD, by="test", passwords=passwords)
    token = desk.sign_in(name, A_FIRST_PASSWORD, COUNTERS[0]).token
    desk.change_password(token, A_FIRST_PASSWORD, A_PASSWORD)
    desk.sign_out(token)


@contextmanager
def a_hall(
    folder: Path,
    database: str,
    *,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    hall: HallSite = A_HALL,
) -> Iterator[AHall]:
    """Open a hub with counters."""
    with open_centre(CentreOptions(with_its_tables(database), folder / "hub", HUB, hall=hall), now=now) as centre:
        yield AHall(centre, hall)


@contextmanager
def a_hub_at_work(
    folder: Path,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    *,
    database: str = "",
    port: int = 0,
    hall: HallSite = A_HALL,
) -> Iterator["AHubAtWork"]:
    """Run a hub with counters, which answers over HTTP."""
    url = database or f"sqlite:///{folder / 'hub.db'}"
    with background_centre(with_its_tables(url), folder / "hub", port=port, name=HUB, now=now, hall=hall) as running:
        yield AHubAtWork(running.context, hall, running=running, now=now)


@dataclass(kw_only=True)
class AHubAtWork(AHall):
    """A hub that answers over HTTP.

    Attributes:
        running: where.
        now: the clock of the counters.
    """

    running: RunningCentre
    now: Callable[[], datetime]

    def link(self, url: str = "", deadline_s: float = 5.0) -> HubLink:
        """Return the link of a counter, through something else if an address is given."""
        return HubLink(HallSettings(hub_url=url or self.running.url, hub_deadline_s=deadline_s), self.now)

    def http_desk(self, link: HubLink | None = None) -> HttpDesk:
        """Return what a counter works against."""
        link = link or self.link()
        return HttpDesk(link, hub_hall(link), A_HALL.read_file)


def a_kiosk_of_the_site(folder: Path, kiosk_id: str = "B1") -> AKiosk:
    """Return another kiosk of the same département, with a store and a key of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    if kiosk_id == "A2":
        return AKiosk(a_store(folder))
    site, signer = a_site(kiosk_id=kiosk_id), FixedSigner(sum(map(ord, kiosk_id)))
    store = open_store(folder / DATABASE_NAME, None, signer, site.origin, 10.0)
    kiosk = AKiosk(store, site=site, entropy=SeededEntropy(sum(map(ord, kiosk_id))))
    FoundJournal(**kiosk.parts, signer=signer, software_version=A_VERSION)()
    return kiosk


def filed_at_two_kiosks(folder: Path, hall: AHall, people: int) -> list[PlaceId]:
    """Let people file by turns at two kiosks, just now; return their places in the order of arrival."""
    kiosks = [a_kiosk_of_the_site(folder / kiosk_id, kiosk_id) for kiosk_id in ("A2", "B1")]
    clock = FixedClock(datetime.now(UTC).replace(microsecond=0) - timedelta(milliseconds=people))
    places = []
    for number in range(people):
        kiosk = kiosks[number % 2]
        kiosk.clock = clock
        clock.pass_time(timedelta(milliseconds=1))
        content = a_request_content(birth_name=f"N{number}", foreigner_number=None)
        places.append(PlaceId(kiosk.file(content).filing.filing_id))
    for kiosk in kiosks:
        hall.take(kiosk)
        kiosk.store.close()
    return places
