"""The staff's search on a kiosk of the tests, as a section."""

from collections.abc import Callable
from pathlib import Path

from kiosk.ports.request_search import ListFormat
from tests.fakes.kiosks import AKiosk
from ui.composition.request_list_file import RequestListFile
from ui.supervisor.file_page import FilePage
from ui.supervisor.list_export import ListExportBar
from ui.supervisor.search_filters import SearchFilters
from ui.supervisor.search_page import SearchPage
from ui.supervisor.search_section import SearchSection
from ui.supervisor.staff_work import StaffWork
from ui.supervisor.window import SectionMaker
from ui.supervisor.wording import staff_translator


def search_section_of(
    kiosk: AKiosk,
    target: Callable[[Path, ListFormat], RequestListFile] = RequestListFile,
) -> SectionMaker:
    """Return how the search section of a kiosk is made.

    Args:
        kiosk: whose requests are searched.
        target: makes the exported file.
    """

    def make(work: StaffWork) -> SearchSection:
        tr = staff_translator()
        procedures = {code: each.label_fr for code, each in kiosk.catalogue.procedures.items()}
        filters = SearchFilters(tr, procedures, kiosk.desk.services(), kiosk.figures.today)
        export = ListExportBar(tr, work, kiosk.search, target=target, today=kiosk.figures.today)
        file_page = FilePage(tr, kiosk.site.departement.timezone)
        return SearchSection(tr, work, kiosk.search, SearchPage(tr, filters, export), file_page)

    return make
