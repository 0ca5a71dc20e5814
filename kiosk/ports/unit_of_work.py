"""The store, as the services see it: one unit of work is one transaction."""

from collections.abc import Callable
from types import TracebackType
from typing import Protocol, Self

from kiosk.ports.centre_records import AcknowledgementTable, SegmentTable, UpdateTable
from kiosk.ports.configuration import ConfigurationTable
from kiosk.ports.erasures import ErasureTable
from kiosk.ports.figures import FigureTable
from kiosk.ports.finding import FindingTable, ListingTable
from kiosk.ports.hall import PlaceTable
from kiosk.ports.journal import JournalTable
from kiosk.ports.presentations import PresentationTable
from kiosk.ports.print_jobs import PaperTable, PrintJobTable
from kiosk.ports.requests import ChangeTable, MergeTable, NumberTable, RequestTable
from kiosk.ports.staff import AgentTable, SignInGuardTable
from kiosk.ports.time_stamps import TimeStampTable


class UnitOfWork(Protocol):
    """One transaction; leaving it without :meth:`commit` rolls back.

    Entering takes the writer's place on SQLite, waits at most the configured time and raises ``StoreBusyError``.
    """

    @property
    def journal(self) -> JournalTable: ...

    @property
    def requests(self) -> RequestTable: ...

    @property
    def merges(self) -> MergeTable: ...

    @property
    def changes(self) -> ChangeTable: ...

    @property
    def numbers(self) -> NumberTable: ...

    @property
    def print_jobs(self) -> PrintJobTable: ...

    @property
    def presentations(self) -> PresentationTable: ...

    @property
    def paper(self) -> PaperTable: ...

    @property
    def acknowledgements(self) -> AcknowledgementTable: ...

    @property
    def segments(self) -> SegmentTable: ...

    @property
    def erasures(self) -> ErasureTable: ...

    @property
    def updates(self) -> UpdateTable: ...

    @property
    def time_stamps(self) -> TimeStampTable: ...

    @property
    def places(self) -> PlaceTable: ...

    @property
    def finding(self) -> FindingTable: ...

    @property
    def listing(self) -> ListingTable: ...

    @property
    def figures(self) -> FigureTable: ...

    @property
    def agents(self) -> AgentTable: ...

    @property
    def sign_in_guards(self) -> SignInGuardTable: ...

    @property
    def configurations(self) -> ConfigurationTable: ...

    def commit(self) -> None:
        """Make everything durable (fsync) or raise a ``StoreError``; after it the unit is over."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


UnitOfWorkFactory = Callable[[], UnitOfWork]
