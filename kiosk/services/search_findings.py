"""What one text in the search box finds: by whatever it can mean, or by the code of a ticket, whose seal is judged."""

from kiosk.errors import InputError
from kiosk.journal.seal import seal_in
from kiosk.journal.seal_verdict import Verdict, has_mark
from kiosk.ports.finding import EVERYTHING, RequestFilter
from kiosk.ports.request_search import Findings
from kiosk.services.find_requests import MOST_FINDINGS, FindRequests
from kiosk.services.find_ticket import FindTicket


class SearchFindings:
    """Finds for whoever may; the caller has asked who that is."""

    def __init__(self, find: FindRequests, find_ticket: FindTicket) -> None:
        """Take what it works with.

        Args:
            find: finds by what was typed.
            find_ticket: judges the seal of a scanned ticket.
        """
        self._find, self._find_ticket = find, find_ticket

    def __call__(self, text: str, wanted: RequestFilter) -> Findings:
        """Return the wanted requests that a text can mean.

        Raises:
            StoreError: the store cannot be read.
        """
        scanned = seal_in(text)
        if has_mark(scanned):
            return self._of_ticket(scanned)
        found = self._find(text, wanted)
        return Findings(found, are_all=len(found) < MOST_FINDINGS)

    def _of_ticket(self, scanned: str) -> Findings:
        """Find the request of a ticket whatever the filters say: somebody holds the paper in their hand."""
        try:
            ticket = self._find_ticket(scanned)
        except InputError:
            return Findings((), seal=Verdict.ALTERED)
        return Findings(self._find(ticket.reference, EVERYTHING)[:1], seal=ticket.verdict, reference=ticket.reference)
