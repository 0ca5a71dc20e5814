"""``journal close`` and ``journal register``: every closure has its paper, which is the same whenever it is made."""

import json
from pathlib import Path

import pytest

from tests.fakes.pdf_files import text_of
from tests.fakes.programs import asked, filed


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """A sample, filed today."""
    folder = tmp_path_factory.mktemp("machine")
    filed(folder, 0)
    return ["--data-dir", str(folder)]


def test_a_day_that_is_open_has_a_provisional_register(data: list[str], tmp_path: Path) -> None:
    """Under no closure."""
    out = tmp_path / "open.pdf"
    report = json.loads(asked("journal", "register", "--out", str(out), "--json", *data).out)

    assert report["closure"] is None
    assert "provisoire" in text_of(out.read_bytes())


def test_the_register_of_a_closing_is_made_again_byte_by_byte(data: list[str], tmp_path: Path) -> None:
    """By the closing itself, and by the command for a day."""
    first, again = tmp_path / "first.pdf", tmp_path / "again.pdf"
    closed = asked("journal", "close", "--agent", "c.petit", "--register", str(first), "--json", *data)
    report = json.loads(asked("journal", "register", "--out", str(again), "--json", *data).out)

    assert json.loads(closed.out)["number"] == report["closure"] == 1
    assert first.read_bytes() == again.read_bytes()
    said = text_of(first.read_bytes())
    assert "c.petit" in said
    assert "1 dépôt." in said


@pytest.mark.parametrize(("option", "length", "title"), [("--month", 7, "Registre du mois"), ("--year", 4, "l'année")])
def test_a_month_and_a_year_have_a_register(
    option: str, length: int, title: str, data: list[str], tmp_path: Path
) -> None:
    """Of the period that is closed."""
    out = tmp_path / "period.pdf"
    period = json.loads(asked("journal", "register", "--out", str(tmp_path / "x.pdf"), "--json", *data).out)["day"]
    done = asked("journal", "close", option, str(period)[:length], "--register", str(out), *data)

    assert done.code == 0
    assert title in text_of(out.read_bytes())


def test_a_place_that_cannot_be_written_is_one_line(data: list[str]) -> None:
    """Exit 2."""
    done = asked("journal", "register", "--out", "/nowhere/x.pdf", *data)

    assert (done.code, "--register" in done.last_line) == (2, True)
