"""What staff do with a person's file: each form in place, each act journalled and shown."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from kiosk.journal.entry import EntryType
from kiosk.services.erase_request import EraseRequest, ErasureReason
from tests.fakes.file_screens import AnOpenFile, file_parts_of
from tests.fakes.staff_windows import AStaffScreen
from ui.supervisor.file_forms.form import FileForm

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def screen(qtbot: QtBot, fonts: tuple[str, ...], tmp_path: Path) -> Iterator[AStaffScreen]:
    """An agent at counter 1, and somebody who waits."""
    screen = AStaffScreen(qtbot, tmp_path, file_parts=file_parts_of)
    screen.sign_in()
    screen.file("DIALLO")
    yield screen
    assert screen.kiosk.verified().is_whole
    screen.close()


def test_an_identity_check_is_journalled_and_shown_with_date_and_agent(screen: AStaffScreen) -> None:
    """Who looked, when, and what they saw."""
    file = AnOpenFile(screen)
    file.open("identity")
    file.choose("identityResult_mismatch")
    file.send("identity")

    assert "Pièce d'une autre personne · 20/11/2026 09:03 · a.martin" in file.says
    assert file.notice == "Contrôle d'identité enregistré."
    assert "Identité vérifiée · guichet 1 · a.martin" in file.happened
    (facts,) = screen.kiosk.facts_of(EntryType.IDENTITY_CHECKED)
    assert (facts["result"], facts["by"]) == ("mismatch", "a.martin")


def test_nobody_confirms_an_identity_without_choosing(screen: AStaffScreen) -> None:
    """Enter alone records nothing and says why."""
    file = AnOpenFile(screen)
    file.press(Qt.Key.Key_I, ALT)
    file.press(Qt.Key.Key_Return)

    assert file.complaint("identity") == "Choisissez une réponse."
    assert screen.kiosk.facts_of(EntryType.IDENTITY_CHECKED) == []


def test_a_form_is_filled_in_by_keys_alone(screen: AStaffScreen) -> None:
    """Its key opens it, Space chooses, Enter sends; the keyboard is back on its button."""
    file = AnOpenFile(screen)
    file.press(Qt.Key.Key_I, ALT)
    file.press(Qt.Key.Key_Space)
    file.press(Qt.Key.Key_Return)

    assert "Pièce conforme au dossier" in file.says
    assert file.button("identity").hasFocus()


def test_escape_leaves_the_form_first_and_then_the_file(screen: AStaffScreen) -> None:
    """What was typed is gone, and the file stays open until Escape is pressed again."""
    file = AnOpenFile(screen)
    file.press(Qt.Key.Key_N, ALT)
    file.write_lines("noteText", "Secret")
    file.press(Qt.Key.Key_Escape)
    assert not file.is_open("note")
    assert screen.said("fileHeading") != ""
    file.press(Qt.Key.Key_Escape)

    assert screen.said("fileHeading") == ""
    assert screen.kiosk.facts_of(EntryType.NOTE_ADDED) == []


def test_a_note_keeps_its_lines_its_author_and_its_date(screen: AStaffScreen) -> None:
    """Newest first; Ctrl and Enter send what Enter alone would break into lines."""
    file = AnOpenFile(screen)
    file.open("note")
    file.write_lines("noteText", "Première ligne\nدوسية")
    file.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    file.open("note")
    file.write_lines("noteText", "Deuxième")
    file.send("note")

    assert "20/11/2026 09:03 · a.martin" in file.says
    assert file.says.index("Deuxième") < file.says.index("Première ligne") < file.says.index("دوسية")


def test_a_note_has_two_thousand_characters_at_most(screen: AStaffScreen) -> None:
    """The form says so; nothing is cut in silence."""
    file = AnOpenFile(screen)
    file.open("note")
    file.write_lines("noteText", "x" * 2001)
    assert screen.said("noteLeft") == "Caractères en trop : 1"
    file.send("note")

    assert file.complaint("note") == "Note trop longue : 2000 caractères au plus."
    assert screen.kiosk.facts_of(EntryType.NOTE_ADDED) == []


def test_a_locked_screen_keeps_nothing_of_a_form(screen: AStaffScreen) -> None:
    """Nor of the file behind it."""
    file = AnOpenFile(screen)
    file.open("note")
    file.write_lines("noteText", "Secret")
    screen.window.lock()

    assert not file.is_open("note")
    assert screen.widget("noteText", QPlainTextEdit).toPlainText() == ""


def test_of_an_erased_person_nothing_can_be_noted(screen: AStaffScreen) -> None:
    """The buttons say so before anybody presses them."""
    screen.look()
    reference = screen.window._hall.page.rows[0].reference
    with screen.kiosk.store.units() as unit:
        request_id = unit.requests.by_reference(reference)
        assert request_id is not None
        EraseRequest(**screen.kiosk.parts).within(unit, request_id, ErasureReason.RIGHT, "a.martin")
        unit.commit()
    file = AnOpenFile(screen)

    assert not file.button("note").isEnabled()
    file.press(Qt.Key.Key_N, ALT)
    assert not file.is_open("note")


def test_the_window_never_grows_for_a_form(screen: AStaffScreen) -> None:
    """Each form fits a screen of 1366 by 768, with its buttons before the eyes; what is long scrolls."""
    file = AnOpenFile(screen)
    part = screen.widget("fileActions", QWidget)
    for form in part.findChildren(FileForm):
        if file.button(form.name).isEnabled():
            file.open(form.name)
            QApplication.processEvents()
            assert screen.window.height() == 768
            assert form.send_button.visibleRegion().boundingRect() == form.send_button.rect()
            file.press(Qt.Key.Key_Escape)
