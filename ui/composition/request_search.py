"""The staff's search, wired: its services on a machine and its section."""

from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.ports.request_search import ListFormat, ListTarget
from kiosk.services.export_list import ExportList
from kiosk.services.list_requests import ListRequests
from kiosk.services.search_desk import SearchDesk
from ui.supervisor.file_page import FilePage
from ui.supervisor.list_export import ListExportBar
from ui.supervisor.search_filters import SearchFilters
from ui.supervisor.search_page import SearchPage
from ui.supervisor.search_section import SearchSection
from ui.supervisor.staff_work import StaffWork
from ui.supervisor.wording import staff_translator

if TYPE_CHECKING:
    from ui.composition.machine import Machine


def search_desk(machine: "Machine") -> SearchDesk:
    """Return the search of a machine's staff."""
    clock, site, store = machine.clock, machine.site, machine.store
    list_all = ListRequests(reading=store.searching, clock=clock, site=site, catalogue=machine.catalogue)
    return SearchDesk(
        sessions=machine.desk.sessions,
        reading=store.reading,
        find=machine.staff.find_requests,
        list_all=list_all,
        find_ticket=machine.visitors.find_ticket,
        export_list=ExportList(
            machine.staff.find_requests, list_all, units=store.units, clock=clock, entropy=machine.entropy, site=site
        ),
        open_file=machine.desk.open_file,
    )


def search_section(machine: "Machine", work: StaffWork, file_page: FilePage) -> SearchSection:
    """Return the section of a machine's staff window."""
    tr, search, today = staff_translator(), search_desk(machine), machine.staff.period_figures.today
    procedures = {code: procedure.shown_fr for code, procedure in machine.catalogue.procedures.items()}
    filters = SearchFilters(tr, procedures, machine.desk.services(), today)
    export = ListExportBar(tr, work, search, target=_list_file, today=today)
    return SearchSection(tr, work, search, SearchPage(tr, filters, export), file_page)


def _list_file(path: Path, kind: ListFormat) -> ListTarget:
    from ui.composition.request_list_file import RequestListFile  # noqa: PLC0415  # loads a library of spreadsheets

    return RequestListFile(path, kind)
