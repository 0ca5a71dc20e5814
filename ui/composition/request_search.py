"""The staff's search, wired: its services on a machine or at a hub, and its section."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.domain.procedure import Catalogue
from kiosk.ports.request_search import ListFormat, ListTarget, RequestSearch
from kiosk.services.export_list import ExportList
from kiosk.services.list_requests import ListRequests
from kiosk.services.search_desk import SearchDesk
from kiosk.services.search_findings import SearchFindings
from ui.supervisor.file_page import FilePage
from ui.supervisor.list_export import ListExportBar
from ui.supervisor.search_filters import SearchFilters
from ui.supervisor.search_page import SearchPage
from ui.supervisor.search_section import SearchSection
from ui.supervisor.staff_work import StaffWork
from ui.supervisor.wording import staff_translator

if TYPE_CHECKING:
    from ui.composition.hub import Hub
    from ui.composition.machine import Machine


def search_desk(machine: "Machine") -> SearchDesk:
    """Return the search of a machine's staff."""
    clock, site, store = machine.clock, machine.site, machine.store
    list_all = ListRequests(reading=store.searching, clock=clock, site=site, catalogue=machine.catalogue)
    return SearchDesk(
        sessions=machine.desk.sessions,
        reading=store.reading,
        find=SearchFindings(machine.staff.find_requests, machine.visitors.find_ticket),
        list_all=list_all,
        export_list=ExportList(
            machine.staff.find_requests, list_all, units=store.units, clock=clock, entropy=machine.entropy, site=site
        ),
        open_file=machine.desk.open_file,
    )


def search_section(machine: "Machine", work: StaffWork, file_page: FilePage) -> SearchSection:
    """Return the section of a machine's staff window."""
    asked = _Asked(machine.catalogue, machine.desk.services(), machine.staff.period_figures.today)
    return _section(search_desk(machine), asked, work, file_page)


def hub_search_section(hub: "Hub", work: StaffWork, file_page: FilePage) -> SearchSection:
    """Return the section of a staff window at a hub: what is found is of all kiosks of the hall."""
    from sync.client.hub_search import HttpSearch  # noqa: PLC0415  # without a hub nothing of HTTP is loaded

    asked = _Asked(hub.data.catalogue, hub.desk.services(), hub.today)
    return _section(HttpSearch(hub.link, hub.desk.open_file), asked, work, file_page)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the filters of a section offer."""

    catalogue: Catalogue
    services: Mapping[str, str]
    today: Callable[[], date]


def _section(search: RequestSearch, asked: _Asked, work: StaffWork, file_page: FilePage) -> SearchSection:
    tr = staff_translator()
    procedures = {code: procedure.shown_fr for code, procedure in asked.catalogue.procedures.items()}
    filters = SearchFilters(tr, procedures, asked.services, asked.today)
    export = ListExportBar(tr, work, search, target=_list_file, today=asked.today)
    return SearchSection(tr, work, search, SearchPage(tr, filters, export), file_page)


def _list_file(path: Path, kind: ListFormat) -> ListTarget:
    from ui.composition.request_list_file import RequestListFile  # noqa: PLC0415  # loads a library of spreadsheets

    return RequestListFile(path, kind)
