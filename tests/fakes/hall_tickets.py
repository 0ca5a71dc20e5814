"""Tickets at a counter, of a kiosk or of a hub: the same ports, so that the same promises are asked of both."""

from functools import cache
from pathlib import Path

from kiosk.domain.place import Site
from kiosk.domain.request import FilingOutcome
from kiosk.domain.staff import Role
from kiosk.domain.ticket import Ticket
from kiosk.ports.desk import Desk, PersonFile, StaffSession
from kiosk.ports.reprint_desk import ReprintDesk
from kiosk.ports.ticket_checks import TicketChecks
from kiosk.services.apply_update import ApplyUpdate
from kiosk.services.draw_up_ticket import DrawUpTicket
from kiosk.store.places_file import load_calendar, load_places
from printing.document.compose import compose
from sync.central.updates.orders import orders_after
from sync.client.hub_link import HubLink
from sync.client.hub_tickets import HttpReprintDesk, HttpTicketChecks
from sync.client.updates import checked_updates
from tests.fakes.clocks import FixedClock
from tests.fakes.halls import A_HALL, AHall, AHubAtWork, a_kiosk_of_the_site
from tests.fakes.kiosks import AKiosk
from tests.fakes.requests import a_catalogue, a_request_content
from tests.fakes.staff import A_PASSWORD, COUNTERS, an_account
from ui.composition.received_files import ReceivedInDirectory


class ATicketCounter:
    """A counter of a kiosk, which is its own hall.

    Attributes:
        clock: of all machines.
        kiosk: where people file and tickets come out.
        desk: behind the door.
        checks: judges codes.
        reprints: orders duplicates and gives files.
    """

    desk: Desk
    checks: TicketChecks
    reprints: ReprintDesk

    def __init__(self, folder: Path) -> None:
        self.folder, self.clock = folder, FixedClock()
        self.kiosk = a_kiosk_of_the_site(folder / "a2", "A2")
        self.kiosk.clock = self.clock
        self.desk, self.checks, self.reprints = self.kiosk.desk, self.kiosk.checks, self.kiosk.reprint_desk

    def account(self, name: str, role: Role) -> str:
        """Make an account whose owner has changed the password already, and return its name."""
        return an_account(self.kiosk.desk, name, role)

    def sign_in(self, name: str = "a.martin", role: Role = Role.AGENT, counter: str = COUNTERS[0]) -> StaffSession:
        """Make an account and sign its owner in."""
        return self.desk.sign_in(self.account(name, role), A_PASSWORD, counter)

    def file(self, name: str = "DIALLO", *, prints: bool = True) -> FilingOutcome:
        """Let somebody file, and the ticket come out."""
        filed = self.kiosk.file(a_request_content(birth_name=name, given_names=(), foreigner_number=None))
        if prints:
            self.kiosk.print(filed.filing.print_job_id)
        self.exchange()
        return filed

    def seal(self, filed: FilingOutcome) -> str:
        """Return what stands in the code of a ticket."""
        return self.kiosk.issue(filed.request, filed.filing).seal

    def exchange(self) -> None:
        """Let the kiosk do what it does within a minute: take up what was ordered, print, and tell of it."""
        self.kiosk.take_up()

    def close(self) -> None:
        """Let go of the stores."""
        self.kiosk.store.close()


class AHubTicketCounter(ATicketCounter):
    """A counter of a hub, and a kiosk that exchanges with it when the test says so."""

    def __init__(self, folder: Path, hub: AHubAtWork, clock: FixedClock) -> None:
        super().__init__(folder)
        self.hub, self.clock = hub, clock
        self.kiosk.clock = clock
        self.link: HubLink = hub.link()
        self.desk = hub.http_desk(self.link)
        self.checks = HttpTicketChecks(self.link)
        self.reprints = HttpReprintDesk(self.link, A_HALL.read_file, drawn_up, words_of)

    def account(self, name: str, role: Role) -> str:
        return self.hub.account(name, role)

    def exchange(self) -> None:
        self.hub.take(self.kiosk)
        fetched(self.kiosk, self.hub, self.folder)
        super().exchange()
        self.hub.take(self.kiosk)


def fetched(kiosk: AKiosk, hub: AHall, folder: Path) -> list[str]:
    """Let a kiosk fetch its orders and do them, and return what came of each.

    Nothing is printed yet, and the hub does not hear of it yet.
    """
    origin = kiosk.site.origin
    with kiosk.store.reading() as unit:
        latest = unit.updates.latest()
    with hub.centre.engine.connect() as connection:
        found = orders_after(connection, origin, latest)
    apply = ApplyUpdate(**kiosk.parts, files=ReceivedInDirectory(folder), print_ticket=lambda _: None)
    return [apply(update) for update in checked_updates(found, origin, latest, hub.centre.key.public_key)]


def drawn_up(file: PersonFile, kiosk: str, seal: str) -> Ticket:
    """Draw a ticket up as a counter of the site does."""
    assert kiosk == A_HALL.site.origin
    site: Site = A_HALL.site
    draw_up = DrawUpTicket(site=site, places=_places(), catalogue=a_catalogue(), calendar=_calendar())
    return draw_up(file.request, file.request.filings[-1], seal, file.changes)


_places = cache(load_places)
_calendar = cache(load_calendar)


def words_of(ticket: Ticket) -> bytes:
    """Return what stands on a paper, and in its code."""
    document = compose(ticket)
    return f"{document.words}\n{ticket.seal}".encode()
