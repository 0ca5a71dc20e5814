"""Drawing up a ticket from what is on disk and a seal that was made: deadlines, court, what agents put right."""

import dataclasses
from collections.abc import Sequence

from kiosk.domain.deadlines import deadlines_of
from kiosk.domain.holidays import Calendar
from kiosk.domain.place import Departement, Places, Site
from kiosk.domain.procedure import Catalogue, Procedure
from kiosk.domain.request import FiledRequest, Filing
from kiosk.domain.request_change import ChangeKind, RequestChange, as_it_stands
from kiosk.domain.ticket import Ticket
from kiosk.errors import ConfigurationError


class DrawUpTicket:
    """Says what a ticket says; makes no seal."""

    def __init__(self, *, site: Site, places: Places, catalogue: Catalogue, calendar: Calendar) -> None:
        """Take what a ticket is made of.

        Args:
            site: where the kiosk stands.
            places: départements, for the court.
            catalogue: procedures.
            calendar: holidays.
        """
        self._site, self._places, self._catalogue, self._calendar = site, places, catalogue, calendar

    def __call__(
        self, request: FiledRequest, filing: Filing, seal: str, changes: Sequence[RequestChange] = ()
    ) -> Ticket:
        """Return the ticket of a filing, dated by the request's first confirmation.

        Args:
            request: as the store returned it.
            filing: the visit that the ticket is for.
            seal: of the ticket; empty where it cannot be had, which the ticket then says.
            changes: what happened to the request later; it says what an agent put right, and when. What was added is on
                its own paper.

        Raises:
            ConfigurationError: the procedure is no longer in the catalogue.
        """
        corrections = [change for change in changes if change.kind is ChangeKind.CORRECTED]
        request = corrected(request, changes)
        procedure, residence = self.procedure_of(request), self._residence_of(request)
        deadlines = deadlines_of(
            procedure,
            request.received.civil_date,
            zone=residence.holiday_zone,
            calendar=self._calendar,
            permit_expires_on=request.content.permit_expires_on,
            birth_date=request.content.identity.birth_date,
        )
        return Ticket(
            request=request,
            filing=filing,
            procedure=procedure,
            site=self._site,
            residence=residence,
            deadlines=deadlines,
            seal=seal,
            corrected=corrections[-1].changed if corrections else None,
        )

    def procedure_of(self, request: FiledRequest) -> Procedure:
        """Return the procedure of a request.

        Raises:
            ConfigurationError: it is no longer in the catalogue.
        """
        procedure = self._catalogue.procedures.get(request.content.procedure)
        if procedure is None:
            raise ConfigurationError(
                "procedures_file", f"the procedure {request.content.procedure}, already filed here"
            )
        return procedure

    def _residence_of(self, request: FiledRequest) -> Departement:
        """The département whose administrative court is competent (CJA R. 312-8); the kiosk's own if none was said."""
        return self._places.departements.get(request.content.departement or "", self._site.departement)


def corrected(request: FiledRequest, changes: Sequence[RequestChange]) -> FiledRequest:
    """Return a request as agents put it right: what its newest ticket and seal say of the person."""
    corrections = [change for change in changes if change.kind is ChangeKind.CORRECTED]
    return dataclasses.replace(request, content=as_it_stands(request.content, corrections))
