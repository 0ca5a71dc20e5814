"""One transaction of the store, as the services see it."""

import threading
from types import TracebackType
from typing import Self

from kiosk.domain.request import OriginId
from kiosk.errors import StoreBusyError
from kiosk.journal.chain import EntrySigner
from kiosk.store.change_rows import ChangeRows
from kiosk.store.configuration_rows import ConfigurationRows
from kiosk.store.connections import Connection, ConnectionPool
from kiosk.store.day_rows import AcknowledgementRows, NumberRows
from kiosk.store.erasure_rows import ErasureRows
from kiosk.store.figure_rows import FigureRows
from kiosk.store.finding_rows import FindingRows
from kiosk.store.journal_rows import JournalRows
from kiosk.store.listing_rows import ListingRows
from kiosk.store.merge_rows import MergeRows
from kiosk.store.paper_rows import PaperRows
from kiosk.store.place_rows import PlaceRows
from kiosk.store.presentation_rows import PresentationRows
from kiosk.store.print_job_rows import PrintJobRows
from kiosk.store.request_rows import RequestRows
from kiosk.store.segment_rows import SegmentRows
from kiosk.store.staff_rows import AgentRows, SignInGuardRows
from kiosk.store.time_stamp_rows import TimeStampRows
from kiosk.store.update_rows import UpdateRows


class WritersPlace:
    """Lets the threads of one process write one after the other, without polling the file's lock.

    Other processes are kept out by SQLite itself, when the transaction begins.
    """

    def __init__(self, timeout_s: float) -> None:
        self._lock = threading.Lock()
        self._timeout_s = timeout_s

    def take(self) -> None:
        """Wait for the place.

        Raises:
            StoreBusyError: another thread kept it for longer than the limit.
        """
        if not self._lock.acquire(timeout=self._timeout_s):
            raise StoreBusyError(f"another thread kept writing for {self._timeout_s:g} s")

    def leave(self) -> None:
        """Give the place to the next."""
        self._lock.release()


class SqlUnitOfWork:
    """A :class:`kiosk.ports.unit_of_work.UnitOfWork` on one connection; used by one thread, once."""

    journal: JournalRows
    requests: RequestRows
    merges: MergeRows
    changes: ChangeRows
    numbers: NumberRows
    print_jobs: PrintJobRows
    presentations: PresentationRows
    paper: PaperRows
    acknowledgements: AcknowledgementRows
    segments: SegmentRows
    erasures: ErasureRows
    updates: UpdateRows
    time_stamps: TimeStampRows
    places: PlaceRows
    finding: FindingRows
    listing: ListingRows
    figures: FigureRows
    agents: AgentRows
    sign_in_guards: SignInGuardRows
    configurations: ConfigurationRows

    def __init__(
        self, pool: ConnectionPool, origin: OriginId, signer: EntrySigner | None, place: WritersPlace | None
    ) -> None:
        self._pool = pool
        self._origin = origin
        self._signer = signer
        self._place = place
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        if self._place is not None:
            self._place.take()
        try:
            self._connection = self._begun()
        except BaseException:
            if self._place is not None:
                self._place.leave()
            raise
        self.journal = JournalRows(self._connection, self._origin, self._signer)
        self.requests = RequestRows(self._connection, self._origin)
        self.merges = MergeRows(self._connection)
        self.changes = ChangeRows(self._connection, self._origin)
        self.numbers = NumberRows(self._connection)
        self.print_jobs = PrintJobRows(self._connection, self._origin)
        self.presentations = PresentationRows(self._connection)
        self.paper = PaperRows(self._connection)
        self.acknowledgements = AcknowledgementRows(self._connection)
        self.segments = SegmentRows(self._connection, self._origin)
        self.erasures = ErasureRows(self._connection)
        self.updates = UpdateRows(self._connection)
        self.time_stamps = TimeStampRows(self._connection)
        self.places = PlaceRows(self._connection)
        self.finding = FindingRows(self._connection)
        self.listing = ListingRows(self._connection, self._origin)
        self.figures = FigureRows(self._connection, self._origin)
        self.agents = AgentRows(self._connection)
        self.sign_in_guards = SignInGuardRows(self._connection)
        self.configurations = ConfigurationRows(self._connection)
        return self

    def commit(self) -> None:
        """Make everything durable (fsync) or raise a ``StoreError``; after it the unit is over."""
        if self._connection is None:
            raise RuntimeError("commit() outside of the unit of work")
        self.journal.remember_head()
        self._connection.run("COMMIT")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        connection, self._connection = self._connection, None
        try:
            if connection is not None:
                self._leave(connection)
        finally:
            if self._place is not None:
                self._place.leave()

    def _begun(self) -> Connection:
        connection = self._pool.take()
        try:
            connection.run("BEGIN" if self._place is None else "BEGIN IMMEDIATE")
        except BaseException:
            self._pool.give_back(connection)
            raise
        return connection

    def _leave(self, connection: Connection) -> None:
        try:
            if connection.driver.in_transaction:
                connection.run("ROLLBACK")
        finally:
            self._pool.give_back(connection)
