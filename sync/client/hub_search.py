"""The staff's search at a hub, over HTTP: a :class:`kiosk.ports.request_search.RequestSearch` for a counter."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from pydantic import BaseModel

from kiosk.errors import HubLostError
from kiosk.ports.desk import PersonFile, StaffSession
from kiosk.ports.finding import FoundRequest, ListOrder, RequestFilter
from kiosk.ports.request_search import Findings, ListExport, ListPage, ListTarget
from kiosk.services.export_list import write_list
from sync.client.hub_link import HubLink, require_done, understood
from sync.protocol.hall_search import (
    EndedExport,
    ExportedLines,
    HallFindings,
    HallListPage,
    WantedExport,
    WantedFindings,
    WantedPage,
    WireFilter,
    found_lines,
)

_PATH = "/v1/hall/search"
Message = TypeVar("Message", bound=BaseModel)


class HttpSearch:
    """Finds and lists at the hub; nothing is held here, so that nothing is found while the link is lost."""

    def __init__(self, link: HubLink, open_file: Callable[[StaffSession, str], PersonFile]) -> None:
        """Take what a counter works with.

        Args:
            link: to the hub.
            open_file: opens a file there, with its entry.
        """
        self._link, self._open_file = link, open_file

    def find(self, session: StaffSession, text: str, wanted: RequestFilter) -> Findings:
        """Return the wanted requests that a text can mean; no file is opened."""
        asked = WantedFindings.of(text, wanted)
        return understood(HallFindings.findings, self._read(HallFindings, "/findings", asked, session))

    def page(self, session: StaffSession, wanted: RequestFilter, order: ListOrder, beyond: str | None) -> ListPage:
        """Return the next wanted requests of the list of all."""
        asked = WantedPage(filter=WireFilter.of(wanted), order=order.value, beyond=beyond)
        return understood(HallListPage.page, self._read(HallListPage, "/pages", asked, session))

    def open_file(self, session: StaffSession, reference: str) -> PersonFile:
        """Return all that is held of a request; that it was opened is an entry of the hub."""
        return self._open_file(session, reference)

    def export(
        self, session: StaffSession, export: ListExport, target: ListTarget, goes_on: Callable[[int], bool]
    ) -> int | None:
        """Write a list into a file on this machine; the hub counts its lines and records it.

        Raises:
            HubLostError: the link was lost; no file is left, and the hub records by itself what it had sent.
            OSError: the file cannot be written.
        """
        try:
            first = self._read(ExportedLines, "/exports", WantedExport.of(export), session)
        except BaseException:
            target.discard()
            raise
        path = f"{_PATH}/exports/{first.export_id}"

        def record(_count: int, is_whole: bool) -> None:
            require_done(self._link.act(f"{path}/end", EndedExport(is_whole=is_whole), session.token))

        return write_list(self._pages(first, session), target, goes_on, record)

    def _pages(self, lines: ExportedLines, session: StaffSession) -> Iterator[Sequence[FoundRequest]]:
        yield understood(_requests_of, lines)
        while not lines.is_last:
            lines = self._read(ExportedLines, f"/exports/{lines.export_id}/pages", None, session)
            yield understood(_requests_of, lines)

    def _read(self, kind: type[Message], path: str, body: BaseModel | None, session: StaffSession) -> Message:
        """Ask for something that changes nothing anybody waits for: a lost answer is only an answer that is missing."""
        try:
            return self._link.read(kind, self._link.act(f"{_PATH}{path}", body, session.token))
        except HubLostError as error:
            raise HubLostError(error.since) from error


def _requests_of(lines: ExportedLines) -> tuple[FoundRequest, ...]:
    return found_lines(lines.requests)
