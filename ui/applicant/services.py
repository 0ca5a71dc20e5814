"""What the applicant's screens need from the rest of Borne; the composition fills it in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kiosk.domain.holidays import Calendar
from kiosk.domain.opening_hours import ALWAYS_OPEN, OpeningHours
from kiosk.domain.place import Places, Site
from kiosk.domain.procedure import Catalogue
from kiosk.domain.request import FiledRequest, Filing, FilingOutcome, PrintJobId, RequestContent
from kiosk.domain.ticket import Ticket
from kiosk.ports.clock import Clock
from kiosk.ports.speech import Speech
from kiosk.ports.ticket_printer import PrintVerdict
from kiosk.settings import ScreenSettings
from kiosk.workflows.print_job import PrintState
from ui.applicant.return_services import ReturnServices


@dataclass(frozen=True, slots=True)
class ApplicantServices:
    """Values to show and verbs to call; verbs may be slow and are called on a background thread.

    Attributes:
        catalogue: procedures.
        places: départements and countries.
        calendar: holidays, for the dates that are shown.
        site: where the kiosk stands.
        settings: of the screens.
        clock: for today's date.
        new_key: makes a fresh idempotency key for a visit.
        file_request: content and key to an outcome; returns only when durable.
        issue_ticket: request and filing to the ticket's facts.
        print_ticket: prints a job and says how it ended.
        print_form: prints a blank form in French and a language, and says how that ended; nothing is filed.
        expire_print_job: the visitor has left; a job not yet sent never will be.
        call_agent: records that somebody asked for a person on a screen.
        tell_visit: told True when a visit begins and False when it is over; never blocks.
        returning: for people who come back with a ticket.
        keep_days: for so long after a filing the kiosk keeps what was said; None: without an end.
        hours: when the hall is open.
        files_when_closed: whether requests can be filed also outside these hours.
        has_scanner: whether documents can be read here.
        has_printer: whether the kiosk was ever meant to print.
        speech: the voice in the headset; None when the kiosk has none.
    """

    catalogue: Catalogue
    places: Places
    calendar: Calendar
    site: Site
    settings: ScreenSettings
    clock: Clock
    new_key: Callable[[], str]
    file_request: Callable[[RequestContent, str], FilingOutcome]
    issue_ticket: Callable[[FiledRequest, Filing], Ticket]
    print_ticket: Callable[[PrintJobId], PrintState]
    print_form: Callable[[str], PrintVerdict]
    expire_print_job: Callable[[PrintJobId], object]
    call_agent: Callable[[str], object]
    tell_visit: Callable[[bool], object]
    returning: ReturnServices
    keep_days: int | None
    hours: OpeningHours = ALWAYS_OPEN
    files_when_closed: bool = False
    has_scanner: bool = False
    has_printer: bool = True
    speech: Speech | None = None

    def are_counters_closed(self) -> bool:
        """Whether nobody is at the counters now."""
        return not self.hours.is_open(self.clock.read().utc)

    def today(self) -> date:
        """Return the civil date at the site."""
        return self.clock.read().moment(self.site.departement.timezone).civil_date
