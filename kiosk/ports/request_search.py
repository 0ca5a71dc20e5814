"""What the staff's search works against: one box, filters, and the list of all requests page by page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from kiosk.journal.seal_verdict import Verdict
from kiosk.ports.desk import PersonFile, StaffSession
from kiosk.ports.finding import FoundRequest, ListOrder, RequestFilter


@dataclass(frozen=True, slots=True)
class Findings:
    """What a text finds.

    Attributes:
        requests: the surest first.
        are_all: whether there are no more than these.
        seal: on the seal of a scanned ticket; None when something else was asked.
        reference: that a genuine seal names; empty otherwise.
    """

    requests: Sequence[FoundRequest]
    are_all: bool = True
    seal: Verdict | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class ListPage:
    """Some requests of a list.

    Attributes:
        requests: in order; fewer than a page when few were wanted among those that were looked through.
        beyond: where the next page begins; None at the end of the list.
        looked_to: day up to which was looked; None at the end.
    """

    requests: Sequence[FoundRequest]
    beyond: str | None
    looked_to: date | None = None


class ListFormat(StrEnum):
    """As what a list leaves the machine."""

    CSV = "csv"
    XLSX = "xlsx"
    TERMINAL = "terminal"  # the command line's ``find``


@dataclass(frozen=True, slots=True)
class ListExport:
    """Which list is to be exported, and as what.

    Attributes:
        format: of the file.
        wanted: which requests.
        text: of the box; empty for the list of all.
        order: of the list of all.
    """

    format: ListFormat
    wanted: RequestFilter
    text: str = ""
    order: ListOrder = ListOrder.NEWEST_FIRST


class ListTarget(Protocol):
    """A file that gets its name when it is whole; until then it can be given up without a trace."""

    def write(self, requests: Sequence[FoundRequest]) -> None:
        """Append some lines.

        Raises:
            OSError: there is no room, or no right.
        """
        ...

    def finish(self) -> None:
        """Bring everything onto the disk, not yet under the final name.

        Raises:
            OSError: there is no room, or no right.
        """
        ...

    def keep(self) -> None:
        """Give the file its name.

        Raises:
            OSError: there is no right.
        """
        ...

    def discard(self) -> None:
        """Leave nothing; after :meth:`keep` it does nothing."""
        ...


class RequestSearch(Protocol):
    """The verbs of the search.

    Each raises ``NotSignedInError`` when the session is locked or over, ``NotAllowedError`` when the role does not
    allow it, and ``StoreError`` when the store cannot be used.
    """

    def find(self, session: StaffSession, text: str, wanted: RequestFilter) -> Findings:
        """Return the wanted requests that a text can mean; no file is opened."""
        ...

    def page(self, session: StaffSession, wanted: RequestFilter, order: ListOrder, beyond: str | None) -> ListPage:
        """Return the next wanted requests of the list of all; ``beyond`` is None for the first page."""
        ...

    def open_file(self, session: StaffSession, reference: str) -> PersonFile:
        """Return all that is held of a request; that it was opened, and by whom, is an entry.

        Raises:
            InputError: there is no such request here.
        """
        ...

    def export(
        self, session: StaffSession, export: ListExport, target: ListTarget, goes_on: Callable[[int], bool]
    ) -> int | None:
        """Write a list into a file; who did it, which list and how many lines is an entry.

        Args:
            session: who exports.
            export: which list.
            target: the file; it has its name when this returns a number, and is gone otherwise.
            goes_on: is told the count of lines now and then, and says whether to go on.

        Returns:
            How many lines were written; None when it was not to go on.

        Raises:
            OSError: the file cannot be written.
        """
        ...
