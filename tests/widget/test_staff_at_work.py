"""A morning at the counter, by keys alone: the real window on a real desk and a real store."""

from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kiosk.domain.identity import PartialDate
from kiosk.domain.request import Attempt, AttemptOutcome, Guardian, GuardianTie, HelpChannel, HelpContact
from kiosk.domain.staff import Role
from kiosk.journal.entry import EntryType
from kiosk.workflows.hall_place import Move, PlaceEvent
from printing.render.fonts import missing_glyphs
from tests.fakes.requests import a_request_content
from tests.fakes.staff import signed_in
from tests.fakes.staff_windows import AStaffScreen
from ui.supervisor.actions import KEYS, ON_A_PLACE, Action, key_said

ACTIONS_OF_A_PLACE = [action.value for action in ON_A_PLACE]


@pytest.fixture
def screen(qtbot: QtBot, fonts: tuple[str, ...], tmp_path: Path) -> Iterator[AStaffScreen]:
    """An agent at counter 1, and three people who wait."""
    screen = AStaffScreen(qtbot, tmp_path)
    screen.sign_in()
    screen.file("DIALLO", "KEITA", "ZHANG")
    screen.look()
    yield screen
    assert screen.kiosk.verified().is_whole
    screen.close()


def states(screen: AStaffScreen) -> dict[str, str]:
    return {row[3]: row[2] for row in screen.cells()}


def test_a_visit_by_keys(screen: AStaffScreen) -> None:
    """Call next, call again, serve, finish: the person before the eyes is the one who was called."""
    screen.press(Qt.Key.Key_F2)
    assert (screen.said("panelNumber"), screen.said("panelState")) == ("A001", "À votre guichet")
    assert states(screen)["DIALLO"] == "Appelé, guichet 1"
    assert screen.said("noticeText") == "A001 : appelé"
    screen.press(Qt.Key.Key_F4)
    screen.press(Qt.Key.Key_F5)
    assert states(screen)["DIALLO"] == "Au guichet 1"
    screen.choose_in_menu("finish", "Pièces manquantes")

    assert "DIALLO" not in states(screen)
    kinds = [kind for kind in screen.kiosk.entry_types() if kind.startswith("place_")]
    assert kinds == ["place_called", "place_recalled", "place_served", "place_finished"]


def test_a_second_call_waits_until_the_first_is_finished(screen: AStaffScreen) -> None:
    """A key pressed twice calls one person, and the screen says why."""
    screen.press(Qt.Key.Key_F2)
    screen.press(Qt.Key.Key_F2)

    assert screen.said("noticeText") == "A001 est encore à votre guichet : terminez d'abord (F6)."
    assert states(screen) == {"DIALLO": "Appelé, guichet 1", "KEITA": "En attente", "ZHANG": "En attente"}


def test_nobody_is_called_twice_before_the_screen_has_caught_up(screen: AStaffScreen) -> None:
    """Between what was done and what is shown a second press does nothing."""
    screen.clock.pass_time(timedelta(seconds=1))
    screen.window._hall._call_next("")
    screen.settle()
    screen.window._hall._call_next("")
    screen.settle()
    screen.look()

    assert list(states(screen).values()).count("En attente") == 2


def test_a_move_is_taken_back_with_a_key_for_a_minute(screen: AStaffScreen) -> None:
    """The seconds are on the screen."""
    screen.press(Qt.Key.Key_F2)
    screen.press(Qt.Key.Key_F7)
    assert "KEITA" in states(screen)
    assert "DIALLO" not in states(screen)
    screen.clock.pass_time(timedelta(seconds=20))
    screen.look()
    assert screen.widget("undo", QPushButton).text() == "Annuler A001 (Ctrl+Z), encore 40 s"
    screen.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert states(screen)["DIALLO"] == "Appelé, guichet 1"
    screen.press(Qt.Key.Key_F7)
    screen.clock.pass_time(timedelta(seconds=61))
    screen.look()

    assert not screen.widget("undo", QPushButton).isVisibleTo(screen.window)
    assert screen.said("noticeText") == ""


def test_somebody_is_put_aside_and_brought_back(screen: AStaffScreen) -> None:
    """The same key, and the button says which of the two it does."""
    screen.window._hall.page.choose(screen.window._hall.page.rows[1].place_id)
    screen.press(Qt.Key.Key_F8)
    assert screen.said("noticeText") == "A002 : mis de côté"
    assert screen.widget("park", QPushButton).text() == "F8  Remettre en attente"
    screen.press(Qt.Key.Key_F8)

    assert screen.said("noticeText") == "A002 : remis en attente"
    assert states(screen)["KEITA"] == "En attente"


def test_a_number_is_called_out_of_its_turn_from_the_list(screen: AStaffScreen) -> None:
    """Found by its name; the journal says over how many heads."""
    screen.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    screen.write("search", "zhang")
    screen.window._hall.page.choose(screen.window._hall.page.rows[2].place_id)
    screen.press(Qt.Key.Key_F3)

    with screen.kiosk.store.reading() as unit:
        ((_, payload),) = unit.journal.newest_of(EntryType.PLACE_CALLED)
    assert payload is not None
    assert (payload.facts["call_number"], payload.facts["passed_over"]) == ("A003", 2)


def test_somebody_is_handed_over_to_another_counter(screen: AStaffScreen) -> None:
    """And waits for that one."""
    screen.press(Qt.Key.Key_F2)
    screen.choose_in_menu("hand_over", "Guichet 3")

    assert states(screen)["DIALLO"] == "Attend le guichet 3"


def test_an_agent_sees_that_priorities_are_for_supervisors(screen: AStaffScreen) -> None:
    """The button cannot be pressed and says why; nor does its key do anything."""
    screen.window._hall.page.choose(screen.window._hall.page.rows[2].place_id)
    before = screen.kiosk.desk.backlog().last_seq
    screen.press(Qt.Key.Key_F10)

    assert not screen.can("priority")
    assert screen.widget("priority", QPushButton).toolTip() == "Réservé aux superviseurs"
    assert screen.kiosk.desk.backlog().last_seq == before


def test_a_supervisor_gives_a_priority_with_its_reason(screen: AStaffScreen) -> None:
    """The list shows it first from then on."""
    screen.sign_in("s.blanc", Role.SUPERVISOR)
    screen.window._hall.page.choose(screen.window._hall.page.rows[2].place_id)
    screen.choose_in_menu("priority", "vulnérable")

    assert [row[3] for row in screen.cells()] == ["ZHANG", "DIALLO", "KEITA"]
    assert screen.cells()[0][6] == "prioritaire"


def test_whoever_was_faster_is_right_and_the_screen_says_so(screen: AStaffScreen) -> None:
    """Another counter called the person whom the agent had before the eyes."""
    row = screen.window._hall.page.rows[0]
    screen.window._hall.page.choose(row.place_id)
    other = signed_in(screen.kiosk.desk, "b.petit", counter="2")
    screen.kiosk.desk.move(other, row.place_id, Move(PlaceEvent.CALLED, counter="2"))
    screen.press(Qt.Key.Key_F3)
    screen.look()

    assert "plus rapide" in screen.said("noticeText")
    assert states(screen)["DIALLO"] == "Appelé, guichet 2"


def test_nobody_waits(screen: AStaffScreen) -> None:
    """The screen says so instead of doing nothing."""
    for _ in range(3):
        screen.press(Qt.Key.Key_F2)
        screen.choose_in_menu("finish", "Reçu")
    screen.press(Qt.Key.Key_F2)

    assert screen.said("noticeText") == "Personne n'attend."


def test_a_file_shows_who_was_there_and_in_how_many_weeks_somebody_tried(screen: AStaffScreen) -> None:
    """Domain dossier 3.5, points 4 and 5: what an agent looks for before saying that the online way was impossible."""
    tries = (
        Attempt(date(2026, 11, 2), AttemptOutcome.NO_SLOT),
        Attempt(date(2026, 11, 4), AttemptOutcome.NO_SLOT),  # the same week
        Attempt(None, AttemptOutcome.ERROR_PAGE, around=PartialDate(2026, 9)),
    )
    helped = HelpContact(HelpChannel.CONTACT_CENTRE, date(2026, 11, 3), reference="A-12")
    content = a_request_content(
        birth_name="BA", attempts=tries, guardian=Guardian("Mme BA", GuardianTie.PARENT), help_contacts=(helped,)
    )
    screen.kiosk.file(content)
    screen.look()
    screen.window._hall.page.choose(screen.window._hall.page.rows[-1].place_id)
    screen.press(Qt.Key.Key_F11)
    said = screen.said("fileSaid")

    for words in ("Mme BA · parent", "03/11/2026 · centre de contact citoyens · A-12", "09/2026 · page d'erreur"):
        assert words in unescape(said)
    assert "sur 3 semaines différentes" in said  # two of tries, one of this visit


def test_a_file_shows_what_was_said_and_the_journal_says_who_looked(screen: AStaffScreen) -> None:
    """Escape goes back to the list, and nothing of the file stays behind."""
    screen.window._hall.page.choose(screen.window._hall.page.rows[1].place_id)
    screen.press(Qt.Key.Key_F11)
    said, history = screen.said("fileSaid"), screen.said("fileHistory")
    assert "KEITA" in said
    assert "Sénégal" in said
    assert "Dossier ouvert · guichet 1 · a.martin" in history
    assert screen.said("fileHeading").startswith("Dossier 38-A2-261120-0002")
    screen.window._hall.page.go_back()

    assert (screen.said("fileSaid"), screen.said("fileHistory"), screen.said("fileHeading")) == ("", "", "")
    with screen.kiosk.store.reading() as unit:
        ((entry, payload),) = unit.journal.newest_of(EntryType.FILE_OPENED)
    assert payload is not None
    assert payload.facts["account"] == "a.martin"
    assert entry.subject is not None


def test_every_key_is_on_the_page_of_keys_and_has_a_button_or_a_place(screen: AStaffScreen) -> None:
    """F1 shows them; no two actions share one."""
    screen.press(Qt.Key.Key_F1)
    page = screen.widget("helpPage", QWidget)
    shown = [label.text() for label in page.findChildren(QLabel)]

    assert len(set(KEYS.values())) == len(Action) == len(KEYS)
    assert set(map(key_said, KEYS.values())) <= set(shown)
    assert missing_glyphs("".join(shown)) == []


def test_every_control_has_a_name_for_who_cannot_see_it(screen: AStaffScreen) -> None:
    """Buttons say what they do, without the key."""
    screen.window._hall.page.choose(screen.window._hall.page.rows[0].place_id)
    names = {name: screen.widget(name, QPushButton).accessibleName() for name in ACTIONS_OF_A_PLACE}

    assert names["call"] == "Appeler"
    assert all(names.values())
