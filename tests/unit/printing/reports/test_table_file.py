"""Tables for a spreadsheet: whole or not there, no cell is a formula, and they are read back as they were written."""

import csv
import tracemalloc
import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest

from printing.reports import table_file
from printing.reports.table_file import Cell, CsvFile, TableFile, XlsxFile

MOMENT = datetime(2026, 11, 20, 9, 5, tzinfo=UTC).astimezone(ZoneInfo("Europe/Paris"))
HARMFUL = ["=1+1", "+33612345678", "-1", "@SUM(A1)", "\t=1", "\r=1"]
Maker = Callable[[Path, Sequence[str]], TableFile]
KINDS = pytest.mark.parametrize(("make", "name"), [(CsvFile, "liste.csv"), (XlsxFile, "liste.xlsx")])
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def written(make: Maker, path: Path, rows: Sequence[Sequence[Cell]]) -> Path:
    table = make(path, ["Référence", "Reçue le"])
    for row in rows:
        table.write(row)
    table.finish()
    table.keep()
    table.discard()
    return path


def sheets(path: Path) -> list[list[list[str]]]:
    """The cells of each sheet, as the file has them."""
    with zipfile.ZipFile(path) as packed:
        assert packed.testzip() is None
        names = sorted(name for name in packed.namelist() if name.startswith("xl/worksheets/sheet"))
        roots = [ET.fromstring(packed.read(name)) for name in names]
    return [[["".join(cell.itertext()) for cell in row] for row in root.iter(f"{_SHEET}row")] for root in roots]


def test_csv_is_rfc_4180_with_a_byte_order_mark(tmp_path: Path) -> None:
    """CR LF, commas, quotes doubled; Excel takes it for UTF-8."""
    path = written(CsvFile, tmp_path / "liste.csv", [['O"Neil, Zoë', MOMENT], ["王", MOMENT]])
    raw = path.read_bytes()

    assert raw == ('\ufeffRéférence,Reçue le\r\n"O""Neil, Zoë",20/11/2026 10:05\r\n王,20/11/2026 10:05\r\n'.encode())
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[1] == ['O"Neil, Zoë', "20/11/2026 10:05"]


def test_no_cell_of_a_csv_is_taken_for_a_formula(tmp_path: Path) -> None:
    """An apostrophe makes it a text; what is harmless stays as it is."""
    path = written(CsvFile, tmp_path / "liste.csv", [[text, "a=b"] for text in HARMFUL])
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))[1:]

    assert rows == [[f"'{text}", "a=b"] for text in HARMFUL]


def test_no_cell_of_a_workbook_is_a_formula(tmp_path: Path) -> None:
    """Texts are texts there, without an apostrophe; instants are dates of the spreadsheet."""
    path = written(XlsxFile, tmp_path / "liste.xlsx", [[text, MOMENT] for text in HARMFUL[:4]])
    (rows,) = sheets(path)

    assert [row[0] for row in rows] == ["Référence", *HARMFUL[:4]]
    assert float(rows[1][1]) == pytest.approx(46346 + (10 * 60 + 5) / 1440)
    with zipfile.ZipFile(path) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")


def test_a_workbook_goes_on_on_another_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet has a million lines; each has its headings."""
    monkeypatch.setattr(table_file, "_ROWS_OF_SHEET", 3)
    path = written(XlsxFile, tmp_path / "liste.xlsx", [[str(number), MOMENT] for number in range(5)])

    assert [[row[0] for row in sheet] for sheet in sheets(path)] == [
        ["Référence", "0", "1"],
        ["Référence", "2", "3"],
        ["Référence", "4"],
    ]


@KINDS
def test_a_file_that_is_given_up_leaves_nothing(make: Maker, name: str, tmp_path: Path) -> None:
    """Nor does it touch what was there under the same name."""
    (tmp_path / name).write_text("old", encoding="utf-8")
    for is_finished in (False, True):
        table = make(tmp_path / name, ["Référence"])
        table.write(["DIALLO"])
        if is_finished:
            table.finish()
        table.discard()

        assert [path.name for path in tmp_path.iterdir()] == [name]
        assert (tmp_path / name).read_text(encoding="utf-8") == "old"


@KINDS
def test_until_it_is_kept_there_is_no_file_of_that_name_and_only_its_owner_reads_it(
    make: Maker, name: str, tmp_path: Path
) -> None:
    """It holds names."""
    table = make(tmp_path / name, ["Référence"])
    table.write(["DIALLO"])
    assert not (tmp_path / name).exists()
    assert all(path.stat().st_mode & 0o077 == 0 for path in tmp_path.iterdir())
    table.finish()
    assert not (tmp_path / name).exists()
    table.keep()
    table.discard()

    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).stat().st_mode & 0o777 == 0o600


@KINDS
def test_where_nobody_may_write_is_an_error_and_nothing_else(make: Maker, name: str, tmp_path: Path) -> None:
    """The folder is not there."""
    with pytest.raises(OSError, match=name):
        make(tmp_path / "nowhere" / name, ["Référence"])


@KINDS
def test_a_long_table_is_never_in_memory(make: Maker, name: str, tmp_path: Path) -> None:
    """Twenty times as many lines need no more of it."""

    def peak(count: int) -> int:
        table = make(tmp_path / name, ["Référence", "Personne"])
        tracemalloc.start()
        for number in range(count):
            table.write([f"38-A2-261120-{number:04d}", "DIALLO Aminata"])
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        table.discard()
        return most

    peak(10)
    assert peak(20_000) < peak(1_000) + 100_000
