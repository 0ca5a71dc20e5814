"""A person's file at a counter of a hub: the forms of a kiosk, over HTTP, also while the line is cut."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from kiosk.domain.staff import Role
from kiosk.journal.entry import EntryType
from kiosk.settings_loading import load_settings
from sync.client.hub_desk import hub_hall
from sync.client.hub_machines import HttpMachines
from tests.fakes.fault_proxy import Fault
from tests.fakes.file_screens import AnOpenFile
from tests.fakes.hubs import HUB
from tests.fakes.workplaces import facts_held
from tests.widget.test_staff_at_hub import AScreenAtHub
from ui.composition.hub import Hub
from ui.composition.hub_file_work import file_actions_at_hub
from ui.composition.site_data import load_site
from ui.supervisor.window import FilePartsMaker, SectionMaker, SupervisorWindow


class AFileScreenAtHub(AScreenAtHub):
    """A window at a counter, whose files have what the program gives them at a hub."""

    def _new_window(
        self, lock_after_s: int, sections: Sequence[SectionMaker], file_parts: FilePartsMaker
    ) -> SupervisorWindow:
        del file_parts
        settings = load_settings()
        desk = self.hub.http_desk(self.link)
        machines = HttpMachines(self.link)
        hub = Hub(settings, load_site(settings), self.clock, self.link, desk, hub_hall(self.link), machines)
        return super()._new_window(lock_after_s, sections, lambda work: (file_actions_at_hub(hub, work),))


@pytest.fixture
def screen(qtbot: QtBot, fonts: tuple[str, ...], tmp_path: Path) -> Iterator[AFileScreenAtHub]:
    """A window at a hub, and two people of one name who wait."""
    found = AFileScreenAtHub(qtbot, tmp_path)
    found.file("DIALLO", "DIALO")
    yield found
    assert found.hub.verified().is_whole
    found.close()


def test_a_note_stands_in_the_history_and_in_the_hub_s_journal(screen: AFileScreenAtHub) -> None:
    """At once, as at a kiosk."""
    screen.sign_in()
    file = AnOpenFile(screen)
    file.open("note")
    file.write_lines("noteText", "Revient demain")
    file.send("note")

    assert file.notice == "Note ajoutée."
    assert "Revient demain" in file.says
    assert "Note ajoutée · guichet 1 · a.martin" in file.happened
    assert [facts["text"] for facts in facts_held(screen.hub, HUB, EntryType.NOTE_ADDED)] == ["Revient demain"]


def test_the_file_says_what_was_added_and_taken_out(screen: AFileScreenAtHub) -> None:
    """In the row of what was completed, with the reason; what was taken out is not on the screen any more."""
    screen.sign_in()
    file = AnOpenFile(screen)
    for phone, reason in (("0611223344", ""), ("", "numéro d'un voisin")):
        file.open("complete")
        screen.write("completePhone", phone)
        screen.write("completeEmail", "a@exemple.fr")
        screen.write("completeReason", reason)
        file.send("complete")

    assert "Complété" in file.says
    row = file.says.split("Complété", 1)[1]
    assert "a@exemple.fr" in row
    assert "téléphone effacé" in row
    assert "a.martin · numéro d'un voisin" in row
    assert "0611223344" not in file.says


def test_without_the_line_nothing_is_done_and_what_was_typed_stays(screen: AFileScreenAtHub) -> None:
    """It is said, and sent again when the line is back."""
    screen.sign_in()
    file = AnOpenFile(screen)
    file.open("note")
    file.write_lines("noteText", "Revient demain")
    screen.line.always(Fault.RESET_BEFORE_REQUEST)
    screen.look()
    file.send("note")
    said, typed = file.complaint("note"), screen.widget("noteText", QPlainTextEdit).toPlainText()
    screen.line.calm()
    screen.look()
    file.send("note")

    assert (said, typed) == ("Pas de lien avec le serveur : rien n'a été fait.", "Revient demain")
    assert len(facts_held(screen.hub, HUB, EntryType.NOTE_ADDED)) == 1


def test_the_list_of_what_is_missing_is_saved_as_pdf(screen: AFileScreenAtHub, tmp_path: Path) -> None:
    """Made at the counter, of what the hub answered."""
    screen.sign_in()
    file = AnOpenFile(screen)
    file.open("missing")
    file.send("missing")
    file.open("missing")
    screen.click("missingSave")
    file.save_as(tmp_path / "liste.pdf")
    screen.until((tmp_path / "liste.pdf").exists)

    assert len(facts_held(screen.hub, HUB, EntryType.PAPERS_ASKED)) == 1
    assert (tmp_path / "liste.pdf").read_bytes().startswith(b"%PDF")


def test_an_agent_neither_merges_nor_erases(screen: AFileScreenAtHub) -> None:
    """Whoever may, finds the buttons open."""
    screen.sign_in()
    agent = AnOpenFile(screen)
    agents = [agent.button(name).isEnabled() for name in ("note", "duplicates", "erase")]
    screen.window.sign_out()
    screen.sign_in("s.blanc", Role.SUPERVISOR)
    chief = AnOpenFile(screen)

    assert agents == [True, False, False]
    assert [chief.button(name).isEnabled() for name in ("note", "duplicates", "erase")] == [True, True, True]
