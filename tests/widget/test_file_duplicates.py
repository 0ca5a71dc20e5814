"""Requests that may be one: said on the button of the file, merged and parted in place."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kiosk.domain.staff import Role
from kiosk.journal.entry import EntryType
from tests.fakes.file_screens import AnOpenFile, file_parts_of
from tests.fakes.requests import a_request_content
from tests.fakes.staff_windows import AStaffScreen


@pytest.fixture
def screen(qtbot: QtBot, fonts: tuple[str, ...], tmp_path: Path) -> Iterator[AStaffScreen]:
    """Somebody who filed twice with one letter more."""
    screen = AStaffScreen(qtbot, tmp_path, file_parts=file_parts_of)
    for name in ("DIALLO", "DIALO", "KEITA"):
        screen.kiosk.file(a_request_content(birth_name=name, foreigner_number=None))
    yield screen
    assert screen.kiosk.verified().is_whole
    screen.close()


def opened(screen: AStaffScreen, row: int, title: str) -> AnOpenFile:
    """Open a file and wait for what its button says of duplicates."""
    file = AnOpenFile(screen, row)
    screen.until(lambda: file.button("duplicates").text().startswith(title))
    return file


def test_a_supervisor_merges_and_parts(screen: AStaffScreen) -> None:
    """The file that stands is the older one; the other is named in it until they are parted."""
    screen.sign_in(role=Role.SUPERVISOR)
    file = opened(screen, 1, "Demandes en double : 1 possible")
    first, second = (row.reference for row in screen.window._hall.page.rows[:2])
    file.open("duplicates")
    file.choose(f"duplicate_merge {first}")
    file.send("duplicates")
    assert screen.said("fileHeading") == f"Dossier {first}"
    assert f"Demandes réunies</td><td><b>{second} · 20/11/2026 09:03 · DIALO Aminata" in file.says
    assert "Demande réunie · guichet 1 · a.martin" in file.happened
    file.open("duplicates")
    file.choose(f"duplicate_part {second}")
    file.send("duplicates")

    assert "Demandes réunies</td>" not in file.says
    assert len(screen.kiosk.facts_of(EntryType.MERGE_UNDONE)) == 1


def test_an_agent_sees_that_there_is_one_and_calls_a_supervisor(screen: AStaffScreen) -> None:
    """The button says so and cannot be pressed."""
    screen.sign_in()
    file = opened(screen, 0, "Demandes en double : 1 possible")

    assert not file.button("duplicates").isEnabled()


def test_somebody_with_one_request_has_no_duplicate(screen: AStaffScreen) -> None:
    """The form says so."""
    screen.sign_in(role=Role.SUPERVISOR)
    file = opened(screen, 2, "Demandes en double  (Alt+U)")
    file.open("duplicates")
    file.send("duplicates")

    assert file.complaint("duplicates") == "Choisissez une demande."
    assert screen.said("duplicatesNone").startswith("Aucune demande")
