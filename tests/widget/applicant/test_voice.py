"""The voice beside a finger and a plain keyboard: what is reached, written, failed; and how it is made silent."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from kiosk.ports.speech import VoiceCondition
from tests.fakes.blind_person import CHOOSE, DOWN, HELP
from tests.fakes.speaking import Heard
from tests.fakes.visits import AScreen, walk
from ui.kit.comfort import Comfort, Voice
from ui.kit.text_entry import TextEntry

MakeScreen = Callable[..., AScreen]
NAME = "Nom de naissance"
FAILED = "La voix ne marche pas. Appelez un agent."


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def screen(make_screen: MakeScreen, heard: Heard) -> AScreen:
    """A screen with a voice that somebody chose in the panel, at the page of the names."""
    made = make_screen(speech=heard)
    made.window.activateWindow()
    QApplication.processEvents()
    made.window.journey.choose_comfort(Comfort(voice=Voice.SLOW))
    walk(made, "fr", until="names")
    QApplication.processEvents()
    return made


def focused() -> QWidget:
    """Where the person is."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def entry(screen: AScreen, name: str) -> TextEntry:
    """Return a line of the page."""
    (found,) = [each for each in screen.window.findChildren(TextEntry, name) if each.isVisibleTo(screen.window)]
    return found


def touch(widget: QWidget) -> None:
    """Touch and let go, as a finger does."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def test_a_new_page_says_its_title_and_its_step_first(screen: AScreen, heard: Heard) -> None:
    """Checklist 3: once, not again when the same page is shown otherwise."""
    done, total = screen.window.journey.progress
    assert heard.last.startswith(f"Comment vous appelez-vous ? Étape {done} sur {total}. Écrivez comme")
    assert sum(f"Étape {done} sur" in text for text in heard.texts) == 1
    screen.window.journey.choose_comfort(Comfort(voice=Voice.FAST))
    assert heard.last.startswith("Comment vous appelez-vous ? Écrivez comme")


def test_going_back_says_the_step_that_one_is_at(screen: AScreen, heard: Heard) -> None:
    """It is another step."""
    done, total = screen.window.journey.progress
    screen.window.journey.go_back()
    assert f" Étape {done - 1} sur {total}." in heard.last


def test_the_questions_of_the_comfort_panel_are_said_with_each_answer(screen: AScreen, heard: Heard) -> None:
    """Checklist 3: an answer without its question would be « Non » or « Normales »."""
    screen.tap("comfort")
    assert heard.last == "Confort. Les lettres. Les couleurs. La place des boutons. La voix dans le casque."
    QTest.keyClick(focused(), DOWN)
    assert heard.last.startswith("Les lettres : Normales. coché.")
    QTest.keyClick(focused(), DOWN)
    assert heard.last.startswith("Les lettres : Grandes. pas coché.")
    QTest.keyClick(focused(), CHOOSE)
    assert heard.last == "Les lettres : Grandes. coché. 2 sur 11."
    assert focused().objectName() == "letters_large"


def test_what_tab_reaches_is_said(screen: AScreen, heard: Heard) -> None:
    """Checklist 3 and 40: forth and back, as the pad would."""
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert heard.last.startswith("Prénoms")
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert heard.last.startswith("J'ai un seul nom. pas coché.")
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    assert focused().property("checked") is True
    QTest.keyClick(focused(), Qt.Key.Key_Backtab)
    assert heard.last.startswith(NAME)


def test_a_tick_is_said_when_it_changes(screen: AScreen, heard: Heard) -> None:
    """By a finger, by the space key, by the pad: its new state."""
    touch(screen.control("one_name"))
    assert heard.last.startswith("J'ai un seul nom. coché.")
    screen.control("one_name").setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    assert heard.last.startswith("J'ai un seul nom. pas coché.")


def test_a_touched_line_is_said(screen: AScreen, heard: Heard) -> None:
    """Who sees little touches a line and hears which one it is."""
    touch(entry(screen, "given_names"))
    assert heard.last.startswith("Prénoms")


def test_letters_are_said_when_a_finger_writes_them(screen: AScreen, heard: Heard) -> None:
    """Checklist 3: and what the erasing key took away."""
    for key in ("key_b", "key_a", "key_-", "key_space"):
        touch(screen.control(key))
    assert heard.texts[-4:] == ["B", "a", "tiret", "espace"]
    touch(screen.control("key_backspace"))
    touch(screen.control("key_backspace"))
    assert heard.texts[-2:] == ["effacé : espace", "effacé : tiret"]


def test_letters_are_said_when_a_keyboard_writes_them(screen: AScreen, heard: Heard) -> None:
    """A plain keyboard, and what an input method or a scanner writes at once."""
    QTest.keyClicks(focused(), "Do")
    assert heard.texts[-2:] == ["D", "o"]
    QTest.keyClick(focused(), Qt.Key.Key_Backspace)
    assert heard.last == "effacé : o"
    entry(screen, "birth_name").type_in("علي")
    assert heard.last == "علي"


def test_a_full_field_hands_on_and_says_where(screen: AScreen, heard: Heard) -> None:
    """The figure first, then the next field: nobody writes a month into nothing."""
    screen.window.journey.draft.birth_name = "O"
    screen.window.journey.answer()
    screen.until_page("birth_date")
    QTest.keyClicks(focused(), "14")
    assert heard.last.startswith("4 Mois. champ à remplir. vide.")


def test_numbers_are_said_as_they_are_written_and_only_in_the_headset(screen: AScreen, heard: Heard) -> None:
    """Checklist 10: the speech goes to the named device alone (``test_espeak.py``); the line itself is not masked."""
    while screen.window.page.name != "number":
        screen.window.journey.answer()
    QTest.keyClicks(focused(), "99")
    assert heard.texts[-2:] == ["9", "9"]


@pytest.mark.parametrize("name", ["agent", "heading"])
def test_a_touch_ends_what_is_being_said(screen: AScreen, heard: Heard, name: str) -> None:
    """Checklist 7: on a control or beside one, when the finger comes down."""
    widget = next(w for w in screen.window.findChildren(QWidget, name) if w.isVisibleTo(screen.window))
    heard.is_silent = False
    QTest.mousePress(widget, Qt.MouseButton.LeftButton)
    assert heard.is_silent


def test_a_key_ends_what_is_being_said(screen: AScreen, heard: Heard) -> None:
    """Checklist 7: also one that says nothing itself, like the control key of people used to screen readers."""
    QTest.keyPress(focused(), Qt.Key.Key_Control)
    assert heard.is_silent


@pytest.mark.parametrize("key", [Qt.Key.Key_F2, Qt.Key.Key_VolumeMute, Qt.Key.Key_MediaStop])
def test_a_key_of_the_pad_is_for_silence(screen: AScreen, heard: Heard, key: Qt.Key) -> None:
    """Checklist 6: it says nothing, and what was said can be heard again."""
    said = heard.last
    QTest.keyClick(focused(), key)
    assert heard.is_silent
    QTest.keyClick(focused(), HELP)
    assert (heard.last, heard.is_silent) == (said, False)


def test_the_key_for_silence_does_not_begin_to_speak(make_screen: MakeScreen, heard: Heard) -> None:
    """Every other key of the pad does."""
    made = make_screen(speech=heard)
    made.window.activateWindow()
    QApplication.processEvents()
    QTest.keyClick(made.window, Qt.Key.Key_VolumeMute)
    assert heard.texts == []


def test_help_twice_is_silence_and_once_more_repeats(screen: AScreen, heard: Heard) -> None:
    """Checklist 6: with five keys alone."""
    said, silences = heard.last, []
    for _ in range(3):
        QTest.keyClick(focused(), HELP)
        silences.append(heard.is_silent)
    assert silences == [False, True, False]
    assert heard.last == said


def test_listen_reads_the_page_again_with_its_step(screen: AScreen, heard: Heard) -> None:
    """Checklist 6: whatever was said in between."""
    page = heard.last.split(" champ à remplir")[0].removesuffix(f"{NAME}.")
    QTest.keyClicks(focused(), "Ba")
    touch(screen.control("listen"))
    assert heard.last.startswith(page.strip())


def test_listen_is_on_every_page_and_wakes_the_voice(make_screen: MakeScreen, heard: Heard) -> None:
    """Checklist 20: who reads badly touches one button; nobody must find a panel."""
    screen = make_screen(speech=heard)
    pages: list[str] = []

    def look(page: str, window: QWidget) -> None:
        (button,) = [b for b in window.findChildren(QPushButton, "listen") if b.isVisibleTo(window)]
        assert button.accessibleName() == "Écouter"
        pages.append(page)

    walk(screen, "fr", seen=look)
    assert len(pages) == 12
    assert heard.texts == []
    screen.until_page("ticket_out")
    touch(screen.control("listen"))
    assert "Prenez votre ticket" in heard.last
    assert screen.window.journey.comfort.voice is Voice.SLOW


def test_without_a_voice_there_is_nothing_to_listen_to(make_screen: MakeScreen) -> None:
    """The button would promise what the site has not."""
    assert make_screen().window.findChildren(QPushButton, "listen") == []


# The voice itself ----------------------------------------------------------------------------------------------------


def overlay_texts(screen: AScreen) -> Iterator[str]:
    """Yield what a message over the page says."""
    above = screen.window.message_above
    if above is not None:
        yield from (label.text() for label in above.findChildren(QLabel) if label.isVisibleTo(above))


@pytest.mark.parametrize("condition", [VoiceCondition.MISSING, VoiceCondition.FAILED, VoiceCondition.STUCK])
def test_a_voice_that_fails_is_told_in_writing_once(screen: AScreen, heard: Heard, condition: VoiceCondition) -> None:
    """Checklist 14: the middle key calls a person then; a second trouble does not come in between again."""
    heard.become(condition)
    QApplication.processEvents()
    assert list(overlay_texts(screen)) == [FAILED]
    QTest.keyClick(focused(), CHOOSE)
    screen.until(lambda: screen.agent_calls == ["names"])
    QTest.keyClick(focused(), CHOOSE)
    assert screen.window.message_above is None
    heard.become(VoiceCondition.STUCK)
    QApplication.processEvents()
    assert screen.window.message_above is None


def test_the_next_visitor_is_told_again(screen: AScreen, heard: Heard) -> None:
    """Nobody has mended it meanwhile, and this one waits for a voice as well."""
    heard.become(VoiceCondition.FAILED)
    QApplication.processEvents()
    screen.window.journey.leave()
    screen.tap("language_fr")
    screen.until_page("notice")
    screen.tap("listen")
    heard.become(VoiceCondition.FAILED)
    QApplication.processEvents()
    assert list(overlay_texts(screen)) == [FAILED]


@pytest.mark.parametrize(("is_on", "condition"), [(True, VoiceCondition.WORKING), (False, VoiceCondition.FAILED)])
def test_nobody_is_bothered_who_does_not_miss_the_voice(
    screen: AScreen, heard: Heard, condition: VoiceCondition, *, is_on: bool
) -> None:
    """It works, or the person reads."""
    screen.window.journey.choose_comfort(Comfort(voice=Voice.SLOW if is_on else Voice.OFF))
    heard.become(condition)
    QApplication.processEvents()
    assert screen.window.message_above is None
