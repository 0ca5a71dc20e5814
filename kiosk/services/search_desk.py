"""The staff's search on this machine's own store, for whoever is signed in and awake."""

from collections.abc import Callable

from kiosk.domain.staff import Permission
from kiosk.ports.desk import PersonFile, StaffSession
from kiosk.ports.desk_units import StaffUnits
from kiosk.ports.finding import ListOrder, RequestFilter
from kiosk.ports.request_search import Findings, ListExport, ListPage, ListTarget
from kiosk.services.export_list import ExportList
from kiosk.services.list_requests import ListRequests
from kiosk.services.search_findings import SearchFindings
from kiosk.services.staff import require
from kiosk.services.staff_sessions import StaffSessions

Opening = Callable[[StaffSession, str], PersonFile]


class SearchDesk:
    """The :class:`kiosk.ports.request_search.RequestSearch` of one machine."""

    def __init__(
        self,
        *,
        sessions: StaffSessions,
        reading: StaffUnits,
        find: SearchFindings,
        list_all: ListRequests,
        export_list: ExportList,
        open_file: Opening,
    ) -> None:
        """Take what it works with.

        Args:
            sessions: says who acts.
            reading: gives units that never wait for a writer.
            find: finds by what was typed or scanned.
            list_all: lists page by page.
            export_list: writes a list into a file.
            open_file: opens a file, with its entry.
        """
        self._sessions, self._reading = sessions, reading
        self._find, self._list = find, list_all
        self._export_list, self._open_file = export_list, open_file

    def find(self, session: StaffSession, text: str, wanted: RequestFilter) -> Findings:
        """Return the wanted requests that a text can mean."""
        self._require(session)
        return self._find(text, wanted)

    def page(self, session: StaffSession, wanted: RequestFilter, order: ListOrder, beyond: str | None) -> ListPage:
        """Return the next wanted requests of the list of all."""
        self._require(session)
        return self._list(wanted, order, beyond)

    def open_file(self, session: StaffSession, reference: str) -> PersonFile:
        """Return all that is held of a request; that it was opened is an entry."""
        return self._open_file(session, reference)

    def export(
        self, session: StaffSession, export: ListExport, target: ListTarget, goes_on: Callable[[int], bool]
    ) -> int | None:
        """Write a list into a file; who did it, which list and how many lines is an entry."""
        return self._export_list(self._sessions.actor(session), export, target, goes_on)

    def _require(self, session: StaffSession) -> None:
        actor = self._sessions.actor(session)
        with self._reading() as unit:
            require(unit, actor.name, Permission.SERVE)
