"""The staff's search, wired: its services on a machine, its section, and the files into which lists go."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.ports.finding import FoundRequest
from kiosk.ports.request_search import ListFormat
from kiosk.services.export_list import ExportList
from kiosk.services.list_requests import ListRequests
from kiosk.services.search_desk import SearchDesk
from printing.reports.table_file import CsvFile, TableFile, XlsxFile
from ui.supervisor.file_page import FilePage
from ui.supervisor.list_export import ListExportBar
from ui.supervisor.search_filters import SearchFilters
from ui.supervisor.search_page import SearchPage
from ui.supervisor.search_section import SearchSection
from ui.supervisor.search_wording import cells, headings
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
        find=machine.find_requests,
        list_all=list_all,
        find_ticket=machine.find_ticket,
        export_list=ExportList(
            machine.find_requests, list_all, units=store.units, clock=clock, entropy=machine.entropy, site=site
        ),
        open_file=machine.desk.open_file,
    )


def search_section(machine: "Machine", work: StaffWork, file_page: FilePage) -> SearchSection:
    """Return the section of a machine's staff window."""
    tr, search, today = staff_translator(), search_desk(machine), machine.period_figures.today
    procedures = {code: procedure.label_fr for code, procedure in machine.catalogue.procedures.items()}
    filters = SearchFilters(tr, procedures, machine.desk.services(), today)
    export = ListExportBar(tr, work, search, target=RequestListFile, today=today)
    return SearchSection(tr, work, search, SearchPage(tr, filters, export), file_page)


class RequestListFile:
    """A :class:`kiosk.ports.request_search.ListTarget`: the lines of the screen as a table."""

    def __init__(self, path: Path, kind: ListFormat) -> None:
        """Begin a file.

        Raises:
            OSError: it cannot be made.
        """
        self._tr = staff_translator()
        names = headings(self._tr)
        self._file: TableFile = CsvFile(path, names) if kind is ListFormat.CSV else XlsxFile(path, names)

    def write(self, requests: Sequence[FoundRequest]) -> None:
        """Append some lines."""
        for request in requests:
            self._file.write(cells(self._tr, request))

    def finish(self) -> None:
        """Bring everything onto the disk."""
        self._file.finish()

    def keep(self) -> None:
        """Give the file its name."""
        self._file.keep()

    def discard(self) -> None:
        """Leave nothing of a file that was not kept."""
        self._file.discard()
