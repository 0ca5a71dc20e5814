"""All requests in the order in which they came, page by page: a million are as fluid as a thousand."""

from datetime import date
from typing import Final

from kiosk.domain.place import Site
from kiosk.domain.procedure import Catalogue
from kiosk.ports.clock import Clock
from kiosk.ports.desk_units import SearchUnit, SearchUnits
from kiosk.ports.finding import FoundRequest, ListOrder, RequestFilter
from kiosk.ports.request_search import ListPage
from kiosk.services.found_requests import found_request
from kiosk.services.hall import day_of_hall

PAGE: Final = 300
# Of some thousand requests each: a page is there within a fraction of a second, also when few are wanted.
_MOST_STEPS: Final = 8


class ListRequests:
    """Reads the list of all requests, or of those that somebody wants to see."""

    def __init__(self, *, reading: SearchUnits, clock: Clock, site: Site, catalogue: Catalogue) -> None:
        """Take what it works with.

        Args:
            reading: gives units that never wait for a writer.
            clock: says which day is today.
            site: gives the legal time.
            catalogue: gives labels and windows.
        """
        self._reading, self._clock, self._site, self._catalogue = reading, clock, site, catalogue

    def __call__(
        self, wanted: RequestFilter, order: ListOrder = ListOrder.NEWEST_FIRST, beyond: str | None = None
    ) -> ListPage:
        """Return the next requests.

        Args:
            wanted: which.
            order: how they are listed.
            beyond: where the page before ended; None for the first page.

        Raises:
            InputError: no page ended there.
            StoreError: the store cannot be read.
        """
        civil_date = self._clock.read().moment(self._site.departement.timezone).civil_date
        with self._reading() as unit:
            return self._page(unit, wanted, order, day_of_hall(unit, civil_date), beyond)

    def _page(
        self, unit: SearchUnit, wanted: RequestFilter, order: ListOrder, today: date, beyond: str | None
    ) -> ListPage:
        found: list[FoundRequest] = []
        looked_to = None
        for _ in range(_MOST_STEPS):
            listed = unit.listing.step(wanted, order, today, beyond=beyond, most=PAGE)
            shown = (found_request(unit, row, None, self._catalogue) for row in listed.rows)
            found += filter(wanted.takes, shown)
            beyond, looked_to = listed.beyond, listed.looked_to
            if beyond is None or len(found) >= PAGE:
                break
        return ListPage(tuple(found), beyond, looked_to)
