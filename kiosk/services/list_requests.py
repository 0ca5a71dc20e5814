"""All requests in the order in which they came, page by page: a million are as fluid as a thousand."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from kiosk.domain.moment import Moment
from kiosk.domain.place import Site
from kiosk.domain.procedure import Catalogue
from kiosk.ports.clock import Clock
from kiosk.ports.finding import FoundRequest, ListedRows, ListOrder, RequestFilter
from kiosk.ports.request_search import ListPage
from kiosk.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from kiosk.services.found_requests import found_request
from kiosk.services.hall import day_of_hall

PAGE: Final = 300
# Of some thousand requests each: a page is there within a fraction of a second, also when few are wanted.
_MOST_STEPS: Final = 8


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is read in one transaction."""

    unit: UnitOfWork
    wanted: RequestFilter
    order: ListOrder
    ends: tuple[int, int]
    today: date

    def start(self) -> int:
        """Return the number before the first that counts, in this order."""
        lowest, highest = self.ends
        return highest + 1 if self.order is ListOrder.NEWEST_FIRST else lowest - 1

    def step(self, beyond: int, most: int) -> ListedRows:
        lowest, highest = self.ends
        listing = self.unit.listing
        if self.order is ListOrder.NEWEST_FIRST:
            return listing.newest_first(self.wanted, self.today, beyond=beyond, down_to=lowest, most=most)
        return listing.oldest_first(self.wanted, self.today, beyond=beyond, up_to=highest, most=most)


class ListRequests:
    """Reads the list of all requests, or of those that somebody wants to see."""

    def __init__(self, *, reading: UnitOfWorkFactory, clock: Clock, site: Site, catalogue: Catalogue) -> None:
        """Take what it works with.

        Args:
            reading: gives units that never wait for a writer.
            clock: says which day is today.
            site: gives the legal time.
            catalogue: gives labels and windows.
        """
        self._reading, self._clock, self._site, self._catalogue = reading, clock, site, catalogue

    def __call__(
        self, wanted: RequestFilter, order: ListOrder = ListOrder.NEWEST_FIRST, beyond: int | None = None
    ) -> ListPage:
        """Return the next requests.

        Args:
            wanted: which.
            order: how they are listed.
            beyond: where the page before ended; None for the first page.

        Raises:
            StoreError: the store cannot be read.
        """
        reading = self._clock.read()
        civil_date = Moment.of(reading.utc, self._site.departement.timezone, reading.quality).civil_date
        with self._reading() as unit:
            ends = unit.listing.ends(wanted.first, wanted.last)
            if ends is None:
                return ListPage((), None)
            return self._page(_Asked(unit, wanted, order, ends, day_of_hall(unit, civil_date)), beyond)

    def _page(self, asked: _Asked, beyond: int | None) -> ListPage:
        at = asked.start() if beyond is None else beyond
        found: list[FoundRequest] = []
        for _ in range(_MOST_STEPS):
            listed = asked.step(at, PAGE)
            shown = (found_request(asked.unit, row, None, self._catalogue) for row in listed.rows)
            found += filter(asked.wanted.takes, shown)
            if listed.beyond is None:
                return ListPage(tuple(found), None)
            at = listed.beyond
            if len(found) >= PAGE:
                break
        return ListPage(tuple(found), at, asked.unit.listing.day_of(at))
