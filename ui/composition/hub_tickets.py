"""Tickets at a counter of a hub, joined to the hub: the section « Tickets », and the ticket part of a file."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from kiosk.domain.ticket import Ticket
from kiosk.journal.seal import with_address
from kiosk.ports.desk import PersonFile
from kiosk.ports.reprint_desk import ReprintDesk
from kiosk.services.draw_up_ticket import DrawUpTicket
from ui.composition.hub import Hub
from ui.composition.tickets import office_pdf
from ui.supervisor.file_page import FilePage
from ui.supervisor.file_part import FilePart
from ui.supervisor.section import Section
from ui.supervisor.staff_work import StaffWork
from ui.supervisor.tickets_section import TicketsSection
from ui.supervisor.wording import staff_translator

LOOK_EVERY_MS: Final = 1500  # a kiosk exchanges with its hub now and then: to look more often would see nothing sooner


def hub_tickets_section(hub: Hub, work: StaffWork, parts: Sequence[FilePart]) -> Section:
    """Return the section in which tickets are checked.

    Args:
        hub: of the site.
        work: does and reads.
        parts: of the files that are opened from there.
    """
    from sync.client.hub_tickets import HttpTicketChecks  # noqa: PLC0415  # without a hub nothing of HTTP is loaded

    zone = hub.data.site.departement.timezone

    def today() -> date:
        return hub.clock.read().utc.astimezone(ZoneInfo(zone)).date()

    page = FilePage(staff_translator(), zone, parts)
    checks = HttpTicketChecks(hub.link)
    return TicketsSection(staff_translator(), zone, work, checks, desk=hub.desk, file_page=page, today=today)


def hub_reprint_desk(hub: Hub) -> ReprintDesk:
    """Return what has tickets printed again at their kiosk, and writes them as files here."""
    from sync.client.hub_tickets import HttpReprintDesk  # noqa: PLC0415

    return HttpReprintDesk(hub.link, hub.data.read_file, lambda *ticket: drawn_up(hub, *ticket), office_pdf)


def drawn_up(hub: Hub, file: PersonFile, kiosk: str, seal: str) -> Ticket:
    """Return the ticket of a file, with this site's catalogue and dates, in the name of the kiosk that issued it.

    Args:
        hub: of the site.
        file: as the hub told it.
        kiosk: at which the request was filed.
        seal: that the kiosk made; empty where it cannot be had.

    Raises:
        ConfigurationError: this site's catalogue has no such procedure any more.
    """
    data = hub.data
    # Where the kiosk stands in the building is not known at a counter.
    site = replace(data.site, kiosk_id=kiosk.partition("-")[2], kiosk_place="")
    draw_up = DrawUpTicket(site=site, places=data.places, catalogue=data.catalogue, calendar=data.calendar)
    code = with_address(seal, hub.settings.seal.verify_url) if seal else ""
    return draw_up(file.request, file.request.filings[-1], code, file.changes)
