"""The search of a site's counters, at its hub: the verbs of a kiosk's search, on the requests of all its kiosks."""

from kiosk.domain.staff import Permission
from kiosk.ports.finding import ListOrder, RequestFilter
from kiosk.ports.request_search import Findings, ListPage
from kiosk.services.find_requests import FindRequests
from kiosk.services.find_ticket import FindTicket
from kiosk.services.list_requests import ListRequests
from kiosk.services.search_findings import SearchFindings
from kiosk.services.staff import require
from sync.central.hall.bench import HallBench
from sync.central.hall.exports import HallExports
from sync.central.hall.scope import kiosks_of
from sync.central.trust.key_list import known_keys


class HubSearch:
    """What counters find and list; a file is opened as from the hall, by :meth:`HubDesk.open_file`.

    Attributes:
        exports: lists that leave the hub.
    """

    def __init__(self, bench: HallBench) -> None:
        """Join the verbs with the hub's database."""
        self._sessions, self._reading = bench.sessions, bench.reading
        engine, hall, clock, site = bench.centre.engine, bench.hall, bench.clock, bench.site
        find = FindRequests(
            reading=bench.reading,
            clock=clock,
            site=site,
            catalogue=hall.catalogue,
            origins=lambda: kiosks_of(engine, hall),
        )
        find_ticket = FindTicket(
            reading=bench.reading, clock=clock, origin=site.origin, keys=lambda: known_keys(engine)
        )
        self._find = SearchFindings(find, find_ticket)
        self._list = ListRequests(reading=bench.reading, clock=clock, site=site, catalogue=hall.catalogue)
        self.exports = HallExports(bench, find, self._list)

    def find(self, token: str, text: str, wanted: RequestFilter) -> Findings:
        """Return the wanted requests that a text can mean; no file is opened."""
        self._require(token)
        return self._find(text, wanted)

    def page(self, token: str, wanted: RequestFilter, order: ListOrder, beyond: str | None) -> ListPage:
        """Return the next wanted requests of the list of all."""
        self._require(token)
        if beyond is None:
            self.exports.record_abandoned()  # now and then somebody looks, and it need not be who left
        return self._list(wanted, order, beyond)

    def _require(self, token: str) -> None:
        actor = self._sessions.actor(token)
        with self._reading() as unit:
            require(unit, actor.name, Permission.SERVE)
