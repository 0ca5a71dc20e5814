"""A unit of work with a knife: something happens just before or just after a certain commit."""

from collections.abc import Callable
from types import TracebackType
from typing import Self

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
from kiosk.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory


class Knife:
    """A ``UnitOfWorkFactory`` around a real one; counts the commits of all its units."""

    def __init__(self, units: UnitOfWorkFactory, *, commit: int, cut: Callable[[], None], before: bool) -> None:
        """Prepare the cut.

        Args:
            units: the real ones.
            commit: which one, counted from 1.
            cut: what happens there: a death, an error.
            before: just before that commit, or just after it.
        """
        self._units = units
        self._commit = commit
        self._cut = cut
        self._before = before
        self._seen = 0

    def __call__(self) -> UnitOfWork:
        """Return a unit under the knife."""
        return _CutUnit(self._units(), self)

    def around(self, commit: Callable[[], None]) -> None:
        """Commit, with the cut in its place."""
        self._seen += 1
        if self._seen == self._commit and self._before:
            self._cut()
        commit()
        if self._seen == self._commit and not self._before:
            self._cut()


class _CutUnit:
    """Passes everything on but the commit."""

    def __init__(self, unit: UnitOfWork, knife: Knife) -> None:
        self._unit = unit
        self._knife = knife

    @property
    def journal(self) -> JournalTable:
        return self._unit.journal

    @property
    def requests(self) -> RequestTable:
        return self._unit.requests

    @property
    def merges(self) -> MergeTable:
        return self._unit.merges

    @property
    def changes(self) -> ChangeTable:
        return self._unit.changes

    @property
    def numbers(self) -> NumberTable:
        return self._unit.numbers

    @property
    def print_jobs(self) -> PrintJobTable:
        return self._unit.print_jobs

    @property
    def presentations(self) -> PresentationTable:
        return self._unit.presentations

    @property
    def paper(self) -> PaperTable:
        return self._unit.paper

    @property
    def acknowledgements(self) -> AcknowledgementTable:
        return self._unit.acknowledgements

    @property
    def time_stamps(self) -> TimeStampTable:
        return self._unit.time_stamps

    @property
    def segments(self) -> SegmentTable:
        return self._unit.segments

    @property
    def erasures(self) -> ErasureTable:
        return self._unit.erasures

    @property
    def updates(self) -> UpdateTable:
        return self._unit.updates

    @property
    def places(self) -> PlaceTable:
        return self._unit.places

    @property
    def finding(self) -> FindingTable:
        return self._unit.finding

    @property
    def listing(self) -> ListingTable:
        return self._unit.listing

    @property
    def figures(self) -> FigureTable:
        return self._unit.figures

    @property
    def agents(self) -> AgentTable:
        return self._unit.agents

    @property
    def sign_in_guards(self) -> SignInGuardTable:
        return self._unit.sign_in_guards

    @property
    def configurations(self) -> ConfigurationTable:
        return self._unit.configurations

    def commit(self) -> None:
        self._knife.around(self._unit.commit)

    def __enter__(self) -> Self:
        self._unit.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._unit.__exit__(kind, error, trace)
