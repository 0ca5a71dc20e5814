"""A ticket as a file, for whoever needs it on office paper: the same proof, the same seal; who made it is an entry."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.domain.place import Site
from kiosk.domain.request import FiledRequest
from kiosk.domain.request_change import RequestChange
from kiosk.domain.ticket import OfficeCopy, Ticket
from kiosk.errors import InputError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EntryType
from kiosk.ports.clock import Clock
from kiosk.ports.desk_units import FileUnit
from kiosk.ports.entropy import Entropy
from kiosk.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from kiosk.services.held_requests import readable_request_with
from kiosk.services.issue_ticket import IssueTicket
from kiosk.services.recording import EntryWriter


@dataclass(frozen=True, slots=True)
class CopiedRequest:
    """What a file is made of.

    Attributes:
        request: as it was filed.
        changes: what happened to it later.
        copy: when the file was made, and by whom.
    """

    request: FiledRequest
    changes: Sequence[RequestChange]
    copy: OfficeCopy


class RecordOfficeCopy:
    """Writes down that somebody of the staff makes a file of a ticket; at a kiosk and at a hub alike."""

    def __init__(self, *, clock: Clock, entropy: Entropy, site: Site) -> None:
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)

    def __call__(self, unit: FileUnit, reference: str, agent: str, counter: str) -> CopiedRequest:
        """Record it inside a caller's transaction, and return what the file is made of.

        Raises:
            InputError: no such request here, its data were erased, or no agent.
        """
        agent = agent.strip()
        if not agent:
            raise InputError("agent", "the name of the person who makes the copy")
        request_id = readable_request_with(unit, reference)
        request, changes = unit.requests.get(request_id), unit.changes.of(request_id)
        reading, moment = self._entries.now()
        facts: dict[str, JsonValue] = {"reference": request.reference, "agent": agent, "counter": counter}
        draft = self._entries.draft(EntryType.OFFICE_COPY_MADE, facts, subject=request_id, at=(reading, moment))
        unit.journal.append(draft)
        return CopiedRequest(request, changes, OfficeCopy(moment, agent))


class MakeOfficeCopy:
    """Returns the ticket of a request's newest visit, as it stands with what agents put right."""

    def __init__(
        self, *, units: UnitOfWorkFactory, clock: Clock, entropy: Entropy, site: Site, issue: IssueTicket
    ) -> None:
        self._units = units
        self._issue = issue
        self._record = RecordOfficeCopy(clock=clock, entropy=entropy, site=site)

    def __call__(self, reference: str, *, agent: str, counter: str = "") -> Ticket:
        """Return what the file is to say, once it is recorded who made it.

        Args:
            reference: of the request.
            agent: who makes it; named in the file.
            counter: where the agent sits, if at one.

        Raises:
            InputError: no such request here, its data were erased, or no agent.
            ConfigurationError: the procedure is no longer in the catalogue.
            StoreError: it could not be recorded.
        """
        with self._units() as unit:
            ticket = self.within(unit, reference, agent, counter)
            unit.commit()
        return ticket

    def within(self, unit: UnitOfWork, reference: str, agent: str, counter: str) -> Ticket:
        """Record and return it inside a caller's transaction; see :meth:`__call__`."""
        copied = self._record(unit, reference, agent, counter)
        ticket = self._issue(copied.request, copied.request.filings[-1], changes=copied.changes)
        return dataclasses.replace(ticket, office_copy=copied.copy)
