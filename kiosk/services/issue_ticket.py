"""Making the ticket of a filing: a function of what is on disk, so that a reprint says the same."""

import dataclasses
from collections.abc import Sequence
from datetime import date
from typing import Final

from kiosk.domain.file_act import ActMark, labels_of
from kiosk.domain.holidays import Calendar
from kiosk.domain.missing_papers import MissingPapers
from kiosk.domain.opening_hours import ALWAYS_OPEN, OpeningHours
from kiosk.domain.place import Places, Site
from kiosk.domain.procedure import Catalogue, Procedure
from kiosk.domain.request import FiledRequest, Filing, RequestContent
from kiosk.domain.request_change import RequestChange, as_it_stands
from kiosk.domain.slip import OrderedSlip, PassageList, Proof, SlipKind
from kiosk.domain.ticket import Reprint, Ticket
from kiosk.journal.act_facts import asked_from_facts
from kiosk.journal.closure import FILING_TYPES, closure_of
from kiosk.journal.entry import EntryType
from kiosk.journal.seal import make_seal
from kiosk.ports.signer import Signer
from kiosk.ports.unit_of_work import UnitOfWorkFactory
from kiosk.services.draw_up_ticket import DrawUpTicket, corrected

# Between the last closure and the first filing of a day lie a few starts and stops; further back nobody looks.
_NEAR_ENTRIES: Final = 20


class IssueTicket:
    """Brings together everything that a ticket states: deadlines, court, seal."""

    def __init__(
        self,
        *,
        signer: Signer,
        site: Site,
        places: Places,
        catalogue: Catalogue,
        calendar: Calendar,
        verify_url: str = "",
        reading: UnitOfWorkFactory | None = None,
        calling: OpeningHours = ALWAYS_OPEN,
    ) -> None:
        """Take what a ticket is made of.

        Args:
            signer: signs the seal.
            site: where the kiosk stands.
            places: départements, for the court.
            catalogue: procedures.
            calendar: holidays.
            verify_url: put before the seal in its code.
            reading: gives units that only read, for the head of the day before; None leaves it out (specimens).
            calling: when people who file are called; always, where nobody can file while the counters are closed.
        """
        self._signer = signer
        self._site = site
        self._draw_up = DrawUpTicket(site=site, places=places, catalogue=catalogue, calendar=calendar)
        self._verify_url = verify_url
        self._reading = reading
        self._calling = calling

    def __call__(
        self,
        request: FiledRequest,
        filing: Filing,
        reprint: Reprint | None = None,
        changes: Sequence[RequestChange] = (),
    ) -> Ticket:
        """Return the ticket of a filing, dated by the request's first confirmation.

        Args:
            request: as the store returned it.
            filing: the visit that the ticket is for.
            reprint: None for the original.
            changes: what happened to the request later; a duplicate says what an agent put right, and when. What was
                added is on its own paper.

        Raises:
            ConfigurationError: the procedure is no longer in the catalogue.
        """
        seal = make_seal(corrected(request, changes), filing, self._site.origin, self._signer, self._verify_url)
        ticket = self._draw_up(request, filing, seal, changes)
        return dataclasses.replace(
            ticket,
            reprint=reprint,
            previous_head=self._previous_head(filing),
            is_hall_closed=not self._calling.is_open(filing.filed.utc),
        )

    def slip(
        self, request: FiledRequest, changes: Sequence[RequestChange], ordered: OrderedSlip
    ) -> Proof | PassageList | MissingPapers:
        """Return another paper about a request, as it stood when the paper was ordered.

        Raises:
            ConfigurationError: the procedure is in no catalogue any more.
        """
        procedure = self._draw_up.procedure_of(request)
        until = [change for change in changes if change.journal_seq <= ordered.journal_seq]
        content = as_it_stands(request.content, until)
        if ordered.kind is SlipKind.PASSAGES:
            filed = tuple(filing for filing in request.filings if filing.journal_seq <= ordered.journal_seq)
            seen = dataclasses.replace(request, filings=filed)
            return PassageList(seen, content, until, procedure, self._site, ordered.language, ordered.ordered)
        missing = self._missing(request, content, procedure, ordered)
        return missing or Proof(request, content, until[-1], procedure, self._site, ordered.language)

    def _missing(
        self, request: FiledRequest, content: RequestContent, procedure: Procedure, ordered: OrderedSlip
    ) -> MissingPapers | None:
        """Return the list of missing papers, if it is what an entry ordered."""
        if self._reading is None:
            return None
        with self._reading() as unit:
            ((entry, payload),) = unit.journal.entries_after(ordered.journal_seq - 1, 1)
        if entry.type != EntryType.MISSING_LISTED or payload is None:
            return None
        asked = asked_from_facts(ActMark(entry.recorded_at, ""), payload.facts)
        return MissingPapers(
            request=request,
            content=content,
            procedure_label=procedure.label_fr,
            labels=labels_of(asked, {document.code: document.label_fr for document in procedure.documents}),
            asked_on=date.fromisoformat(str(payload.facts["asked_on"])),
            bring_by=asked.bring_by,
            site=self._site,
            language=ordered.language,
        )

    def _previous_head(self, filing: Filing) -> str:
        """Return the head at the last closure for the first filing of a day; whoever keeps both papers can compare."""
        if self._reading is None or filing.journal_seq <= 1:
            return ""
        with self._reading() as unit:
            since = max(0, filing.journal_seq - _NEAR_ENTRIES)
            between = unit.journal.entries_after(since, filing.journal_seq - since - 1)
        head = ""
        for entry, payload in between:
            if entry.type in FILING_TYPES and entry.civil_date == filing.filed.civil_date:
                return ""
            if entry.type == EntryType.CLOSURE_MADE and payload is not None:
                head = closure_of(payload.facts).head
        return head
