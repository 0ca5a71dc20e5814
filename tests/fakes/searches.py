"""The staff's search where it can be: on a kiosk's own store, and over HTTP at the hub of its site."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.domain.staff import Role
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EntryType
from kiosk.ports.desk import Desk, StaffSession
from kiosk.ports.finding import EVERYTHING, FoundRequest, ListOrder, RequestFilter
from kiosk.ports.request_search import RequestSearch
from kiosk.services.erase_request import EraseRequest, ErasureReason
from sync.central.erasure.erase import erase_by_reference
from sync.client.hub_search import HttpSearch
from tests.fakes.clocks import FixedClock
from tests.fakes.halls import a_hub_at_work, a_kiosk_of_the_site
from tests.fakes.kiosks import AKiosk
from tests.fakes.staff import A_PASSWORD, COUNTERS, an_account


@dataclass
class ASearch:
    """A kiosk where people file, and the search that finds them.

    Attributes:
        kiosk: of the site.
        search: on its store, or at the hub.
        desk: where staff sign in.
        send: lets the hub hear of what happened; does nothing on the kiosk's own store.
        account: makes an account.
        erase: takes somebody's data out.
        exports: facts of the entries about lists that left, oldest first.
        people: references by the name that each filed under.
    """

    kiosk: AKiosk
    search: RequestSearch
    desk: Desk
    send: Callable[[], None]
    account: Callable[[str, Role], object]
    erase: Callable[[str], object]
    exports: Callable[[], list[dict[str, JsonValue]]]
    people: dict[str, str] = field(default_factory=dict)

    def sign_in(self, name: str, role: Role = Role.AGENT) -> StaffSession:
        """Make an account and sign its owner in."""
        self.account(name, role)
        return self.desk.sign_in(name, A_PASSWORD, COUNTERS[0])

    def listed(
        self, session: StaffSession, wanted: RequestFilter = EVERYTHING, order: ListOrder = ListOrder.NEWEST_FIRST
    ) -> list[FoundRequest]:
        """Return every line of a list, read page by page."""
        found: list[FoundRequest] = []
        beyond = None
        while True:
            page = self.search.page(session, wanted, order, beyond)
            found += page.requests
            beyond = page.beyond
            if beyond is None:
                return found


@contextmanager
def a_search_of_a_kiosk(folder: Path) -> Iterator[ASearch]:
    """Have a search on a kiosk's own store."""
    kiosk = a_kiosk_of_the_site(folder, "A2")
    kiosk.clock = FixedClock()
    yield ASearch(
        kiosk,
        kiosk.search,
        kiosk.desk,
        lambda: None,
        lambda name, role: an_account(kiosk.desk, name, role),
        lambda reference: EraseRequest(**kiosk.parts)(reference, ErasureReason.RIGHT, by="test"),
        lambda: [dict(facts) for facts in kiosk.facts_of(EntryType.LIST_EXPORTED)],
    )
    kiosk.store.close()


@contextmanager
def a_search_at_a_hub(folder: Path, database: str = "") -> Iterator[ASearch]:
    """Have a search at the hub of a kiosk's site, over HTTP."""
    kiosk = a_kiosk_of_the_site(folder / "kiosk", "A2")
    clock = kiosk.clock = FixedClock()
    with a_hub_at_work(folder, lambda: clock.utc, database=database) as hub:
        link = hub.link()
        desk = hub.http_desk(link)
        yield ASearch(
            kiosk,
            HttpSearch(link, desk.open_file),
            desk,
            lambda: hub.take(kiosk),
            hub.account,
            lambda reference: erase_by_reference(hub.centre, reference, reason="right", by="test"),
            lambda: hub.own_facts(EntryType.LIST_EXPORTED),
        )
    kiosk.store.close()
