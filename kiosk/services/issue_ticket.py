"""Making the ticket of a filing: a function of what is on disk, so that a reprint says the same."""

from kiosk.domain.deadlines import deadlines_of
from kiosk.domain.holidays import Calendar
from kiosk.domain.place import Departement, Places, Site
from kiosk.domain.procedure import Catalogue
from kiosk.domain.request import FiledRequest, Filing
from kiosk.domain.ticket import Reprint, Ticket
from kiosk.errors import ConfigurationError
from kiosk.journal.seal import make_seal
from kiosk.ports.signer import Signer


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
    ) -> None:
        self._signer = signer
        self._site = site
        self._places = places
        self._catalogue = catalogue
        self._calendar = calendar
        self._verify_url = verify_url

    def __call__(self, request: FiledRequest, filing: Filing, reprint: Reprint | None = None) -> Ticket:
        """Return the ticket of a filing, dated by the request's first confirmation.

        Args:
            request: as the store returned it.
            filing: the visit that the ticket is for.
            reprint: None for the original.

        Raises:
            ConfigurationError: the procedure is no longer in the catalogue.
        """
        procedure = self._catalogue.procedures.get(request.content.procedure)
        if procedure is None:
            raise ConfigurationError(
                "procedures_file", f"the procedure {request.content.procedure}, already filed here"
            )
        residence = self._residence_of(request)
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
            seal=make_seal(request, filing, self._site.origin, self._signer, self._verify_url),
            reprint=reprint,
        )

    def _residence_of(self, request: FiledRequest) -> Departement:
        """The département whose administrative court is competent (CJA R. 312-8); the kiosk's own if none was said."""
        return self._places.departements.get(request.content.departement or "", self._site.departement)
