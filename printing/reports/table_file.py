"""Tables as files for a spreadsheet, line by line: CSV (RFC 4180) or XLSX. However long, they are never in memory."""

import csv
import io
import shutil
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Protocol

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from kiosk.durable_files import DraftFile

Cell = str | datetime

# A spreadsheet takes a cell that begins so for a formula, and runs it (CWE-1236).
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
_BYTE_ORDER_MARK: Final = "\ufeff"  # without it Excel takes UTF-8 for the code page of the machine
_ROWS_OF_SHEET: Final = 1_048_576
_MOMENT_CSV: Final = "%d/%m/%Y %H:%M"
_MOMENT_XLSX: Final = "dd/mm/yyyy hh:mm"
_WIDEST: Final = 60


class TableFile(Protocol):
    """A table that is being written."""

    def write(self, row: Sequence[Cell]) -> None:
        """Append a line.

        Raises:
            OSError: there is no room.
        """
        ...

    def finish(self) -> None:
        """Bring everything onto the disk, not yet under the final name.

        Raises:
            OSError: there is no room.
        """
        ...

    def keep(self) -> None:
        """Give the finished file its name.

        Raises:
            OSError: there is no right.
        """
        ...

    def discard(self) -> None:
        """Leave nothing of a file that was not kept."""
        ...


class CsvFile:
    """Commas, quotes where needed, CR LF; UTF-8 with a byte order mark."""

    def __init__(self, path: Path, headings: Sequence[str]) -> None:
        """Begin a file.

        Raises:
            OSError: it cannot be made.
        """
        self._draft = DraftFile(path)
        self._text = io.TextIOWrapper(self._draft.file, encoding="utf-8", newline="", write_through=True)
        self._text.write(_BYTE_ORDER_MARK)
        self._csv = csv.writer(self._text)
        self.write(headings)

    def write(self, row: Sequence[Cell]) -> None:
        """Append a line, in which no cell is a formula."""
        self._csv.writerow([_harmless(cell) for cell in row])

    def finish(self) -> None:
        """Bring everything onto the disk."""
        self._text.flush()
        self._draft.finish()

    def keep(self) -> None:
        """Give the finished file its name."""
        self._draft.keep()

    def discard(self) -> None:
        """Leave nothing of a file that was not kept."""
        self._draft.discard()


class XlsxFile:
    """A workbook: one sheet after the other, each of a million lines at most; every cell is a text or a date."""

    def __init__(self, path: Path, headings: Sequence[str]) -> None:
        """Begin a file; what waits to be packed lies beside it, in a folder that only its owner reads.

        Raises:
            OSError: it cannot be made.
        """
        self._draft = DraftFile(path)
        self._headings = headings
        try:
            self._waiting = tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.parent)
        except OSError:
            self._draft.discard()
            raise
        self._book = Workbook(self._draft.file, {"constant_memory": True, "tmpdir": self._waiting})
        self._book.use_zip64()
        self._bold = self._book.add_format({"bold": True})
        self._moment = self._book.add_format({"num_format": _MOMENT_XLSX})
        self._sheet: Any = None
        self._at = 0
        self._new_sheet()

    def write(self, row: Sequence[Cell]) -> None:
        """Append a line."""
        if self._at == _ROWS_OF_SHEET:
            self._new_sheet()
        for column, cell in enumerate(row):
            if isinstance(cell, datetime):
                self._sheet.write_datetime(self._at, column, cell.replace(tzinfo=None), self._moment)
            else:
                self._sheet.write_string(self._at, column, cell)
        self._at += 1

    def finish(self) -> None:
        """Pack everything and bring it onto the disk."""
        try:
            self._book.close()
        except FileCreateError as error:
            raise OSError(str(error)) from error
        self._draft.finish()

    def keep(self) -> None:
        """Give the finished file its name."""
        self._draft.keep()

    def discard(self) -> None:
        """Leave nothing of a file that was not kept, nor of what waited to be packed."""
        for sheet in self._book.worksheets():
            sheet.row_data_fh.close()
        shutil.rmtree(self._waiting, ignore_errors=True)
        self._draft.discard()

    def _new_sheet(self) -> None:
        self._sheet = self._book.add_worksheet()
        self._sheet.freeze_panes(1, 0)
        for column, heading in enumerate(self._headings):
            self._sheet.set_column(column, column, min(_WIDEST, max(16, len(heading) + 4)))
        for column, heading in enumerate(self._headings):
            self._sheet.write_string(0, column, heading, self._bold)
        self._at = 1


def _harmless(cell: Cell) -> str:
    text = cell.strftime(_MOMENT_CSV) if isinstance(cell, datetime) else cell
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
