"""The staff's search on this machine's own store, for whoever is signed in and awake."""

from collections.abc import Callable

from kiosk.domain.staff import Permission
from kiosk.errors import InputError
from kiosk.journal.seal import seal_in
from kiosk.journal.seal_verdict import Verdict, has_mark
from kiosk.ports.desk import PersonFile, StaffSession
from kiosk.ports.finding import EVERYTHING, ListOrder, RequestFilter
from kiosk.ports.request_search import Findings, ListExport, ListPage, ListTarget
from kiosk.ports.unit_of_work import UnitOfWorkFactory
from kiosk.services.export_list import ExportList
from kiosk.services.find_requests import MOST_FINDINGS, FindRequests
from kiosk.services.find_ticket import FindTicket
from kiosk.services.list_requests import ListRequests
from kiosk.services.staff import require
from kiosk.services.staff_sessions import StaffSessions

Opening = Callable[[StaffSession, str], PersonFile]


class SearchDesk:
    """The :class:`kiosk.ports.request_search.RequestSearch` of one machine."""

    def __init__(
        self,
        *,
        sessions: StaffSessions,
        reading: UnitOfWorkFactory,
        find: FindRequests,
        list_all: ListRequests,
        find_ticket: FindTicket,
        export_list: ExportList,
        open_file: Opening,
    ) -> None:
        """Take what it works with.

        Args:
            sessions: says who acts.
            reading: gives units that never wait for a writer.
            find: finds by what was typed.
            list_all: lists page by page.
            find_ticket: judges the seal of a scanned ticket.
            export_list: writes a list into a file.
            open_file: opens a file, with its entry.
        """
        self._sessions, self._reading = sessions, reading
        self._find, self._list, self._find_ticket = find, list_all, find_ticket
        self._export_list, self._open_file = export_list, open_file

    def find(self, session: StaffSession, text: str, wanted: RequestFilter) -> Findings:
        """Return the wanted requests that a text can mean."""
        self._require(session)
        scanned = seal_in(text)
        if has_mark(scanned):
            return self._of_ticket(scanned)
        found = self._find(text, wanted)
        return Findings(found, are_all=len(found) < MOST_FINDINGS)

    def page(self, session: StaffSession, wanted: RequestFilter, order: ListOrder, beyond: int | None) -> ListPage:
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

    def _of_ticket(self, scanned: str) -> Findings:
        """Find the request of a ticket whatever the filters say: somebody holds the paper in their hand."""
        try:
            ticket = self._find_ticket(scanned)
        except InputError:
            return Findings((), seal=Verdict.ALTERED)
        return Findings(self._find(ticket.reference, EVERYTHING)[:1], seal=ticket.verdict, reference=ticket.reference)

    def _require(self, session: StaffSession) -> None:
        actor = self._sessions.actor(session)
        with self._reading() as unit:
            require(unit, actor.name, Permission.SERVE)
