"""The file into which a list of requests goes: the lines of the screen as a table."""

from collections.abc import Sequence
from pathlib import Path

from kiosk.ports.finding import FoundRequest
from kiosk.ports.request_search import ListFormat
from printing.reports.table_file import CsvFile, TableFile, XlsxFile
from ui.supervisor.search_wording import cells, headings
from ui.supervisor.wording import staff_translator


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
