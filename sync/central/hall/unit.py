"""One transaction of a hub's hall, as the staff's verbs see it."""

from collections.abc import Callable, Iterable, Sequence
from types import TracebackType
from typing import Self

import sqlalchemy as sa

from kiosk.domain.request import RequestId
from kiosk.journal.entry import ChainHead, Entry, EntryDraft, Payload
from sync.central.context import CentreContext
from sync.central.hall.figure_rows import HallFigures
from sync.central.hall.filings import HallFilings
from sync.central.hall.finding import HallFinding
from sync.central.hall.listing import HallListing
from sync.central.hall.places import HallPlaces, number_changes
from sync.central.hall.site import HallSite
from sync.central.hall.staff import HallAgents, HallSignInGuards
from sync.central.journal import CentreJournal
from sync.central.reading import for_reading
from sync.central.receiving.writing import sent_together


class HallJournal:
    """The hub's own chain, to which the staff's acts are appended, in one transaction."""

    def __init__(self, connection: sa.Connection, journal: CentreJournal, filings: HallFilings) -> None:
        self._connection, self._journal, self._filings = connection, journal, filings

    def head(self) -> ChainHead:
        """Return the last entry's number, hash and date."""
        return self._journal.head(self._connection)

    def append(self, draft: EntryDraft) -> Entry:
        """Number, link, hash, sign and insert an entry; visible to others after commit."""
        return self._journal.append_draft(self._connection, draft)

    def about(self, subject: RequestId, filed_at: Iterable[int]) -> Sequence[tuple[Entry, Payload | None]]:
        """Return the entries about a request, the kiosk's and the hub's own; here every entry names its subject."""
        del filed_at
        return self._filings.about(subject)


class HallUnit:
    """A :class:`kiosk.ports.desk_units.SearchUnit` at a hub; leaving it without :meth:`commit` rolls back."""

    def __init__(self, centre: CentreContext, hall: HallSite, engine: sa.Engine, *, reads_only: bool) -> None:
        self._centre, self._hall, self._engine, self._reads_only = centre, hall, engine, reads_only

    def __enter__(self) -> Self:
        self.connection = self._engine.connect()
        self.places = HallPlaces(self.connection, locks=not self._reads_only)
        self.requests = self.changes = self.print_jobs = self.merges = self.erasures = HallFilings(
            self.connection, {}, self._hall
        )
        self.figures = HallFigures(self.connection, self._hall, self.requests, self._centre.name)
        self.finding = HallFinding(self.connection, self._hall)
        self.listing = HallListing(self.connection, self._hall)
        self.journal = HallJournal(self.connection, self._centre.journal, self.requests)
        self.agents = HallAgents(self.connection, self._hall, self._centre.factors)
        self.sign_in_guards = HallSignInGuards(self.connection)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.close()

    def commit(self) -> None:
        """Number what changed in the hall and make everything durable."""
        with sent_together(self.connection):
            number_changes(self.connection, self.places.touched)
            self.connection.commit()


def units_of(centre: CentreContext, hall: HallSite, *, reads_only: bool = False) -> Callable[[], HallUnit]:
    """Return a factory of transactions on a hub's hall."""
    engine = for_reading(centre.engine) if reads_only else centre.engine
    return lambda: HallUnit(centre, hall, engine, reads_only=reads_only)
