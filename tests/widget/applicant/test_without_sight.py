"""From the welcome to the ticket with five keys and a headset, without a look at the screen."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kiosk.journal.entry import EntryType
from tests.fakes.speaking import Heard
from tests.fakes.visits import RETURNING, AScreen, walk
from ui.applicant.controls import controls_of
from ui.kit.comfort import USUAL

MakeScreen = Callable[..., AScreen]
DOWN, UP, CHOOSE, BACK, HELP = Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_F1
MOST_STEPS = 60


class ABlindPerson:
    """Knows what was said and has five keys."""

    def __init__(self, screen: AScreen, heard: Heard) -> None:
        self.screen, self.heard = screen, heard

    def press(self, key: Qt.Key) -> None:
        """Press a key of the pad."""
        target = QApplication.focusWidget() or self.screen.window
        QTest.keyClick(target, key)
        QApplication.processEvents()

    def go_to(self, words: str) -> None:
        """Go on until the voice says some words."""
        for _ in range(MOST_STEPS):
            self.press(DOWN)
            if words in self.heard.last:
                return
        raise AssertionError(f"never heard {words!r}; heard {self.heard.texts[-MOST_STEPS:]}")

    def choose(self, words: str) -> None:
        """Go to something and choose it."""
        self.go_to(words)
        self.press(CHOOSE)

    def write(self, field: str, text: str) -> None:
        """Write with rows and keys."""
        self.go_to(field)
        self.press(CHOOSE)
        for letter in text:
            self._find(letter)  # its row
            self.press(CHOOSE)
            self._find(letter, alone=True)
            self.press(CHOOSE)
            self.press(BACK)
        self.press(BACK)

    def _find(self, letter: str, *, alone: bool = False) -> None:
        for _ in range(MOST_STEPS):
            said = self.heard.last.split(", ")
            if letter in said and (len(said) == 1 or not alone):
                return
            self.press(DOWN)
        raise AssertionError(f"not found; heard {self.heard.texts[-MOST_STEPS:]}")


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def person(make_screen: MakeScreen, heard: Heard) -> ABlindPerson:
    screen = make_screen(speech=heard)
    screen.window.activateWindow()
    QApplication.processEvents()
    return ABlindPerson(screen, heard)


def test_a_blind_person_files_alone_and_hears_the_number(person: ABlindPerson) -> None:
    """Statement 4.2.1, usage without vision; checklist 1, 3, 6, 15 and 18."""
    screen, heard = person.screen, person.heard
    assert heard.texts == []
    person.press(DOWN)  # the first key wakes the voice
    assert "Touche du bas" in heard.last
    person.choose("Français.")
    screen.until_page("notice")
    assert "Vos données" in heard.last
    person.choose("continuer")
    person.choose("Renouveler")
    person.choose("vie privée")
    screen.until_page("procedure")
    person.choose("Faire cette demande")
    screen.until_page("names")
    assert "champ à remplir. vide" in heard.last
    person.write("Nom de naissance", "Ba")
    person.choose("Continuer")
    for page in ("birth_date", "nationality", "permit", "number", "contact"):
        screen.until_page(page)
        person.choose("Continuer" if page == "contact" else "Je ne sais pas")
    screen.until_page("review")
    person.go_to("Nom et prénoms")
    assert "Ba" in heard.last
    person.choose("Déposer ma demande")
    screen.until_page("ticket_out")
    QApplication.processEvents()
    with screen.kiosk.store.reading() as unit:
        filed = [p.facts for e, p in unit.journal.entries_after(0, 50) if e.type == EntryType.REQUEST_FILED and p]
    assert len(filed) == 1
    assert str(filed[0]["call_number"]) in heard.last
    assert str(filed[0]["reference"]) in heard.last.replace("\u2066", "").replace("\u2069", "")


def test_help_repeats_and_everything_is_as_before_after_the_visit(person: ABlindPerson) -> None:
    """Checklist 6, 12 (volume back to default) and 47."""
    person.press(DOWN)
    said = person.heard.last
    person.press(HELP)
    assert person.heard.texts[-2:] == [said, said]
    person.press(Qt.Key.Key_VolumeUp)
    assert person.heard.paces[-1] == 1.25
    person.choose("Français.")
    person.screen.until_page("notice")
    person.screen.window.journey.leave()
    QApplication.processEvents()
    assert person.heard.is_silent
    assert person.screen.window.journey.comfort == USUAL
    person.press(DOWN)
    assert person.heard.paces[-1] == 1.0


def test_each_language_says_its_name_in_its_own_voice_and_then_speaks(person: ABlindPerson) -> None:
    """Checklist 13."""
    person.press(DOWN)
    person.go_to("العربية")
    assert person.heard.voices[-1] == "ar"
    person.press(CHOOSE)
    person.screen.until_page("notice")
    assert person.heard.voices[-1] == "ar"


def test_an_error_and_a_warning_are_said(person: ABlindPerson) -> None:
    """Checklist 14 and 41."""
    person.press(DOWN)
    screen = person.screen
    for name in ("language_fr", "continue", "group_renouveler", "procedure_REN-VPF", "continue"):
        screen.tap(name)
        QApplication.processEvents()
    screen.until_page("names")
    person.choose("Continuer")
    assert "Écrivez votre nom" in person.heard.last
    screen.window._watch.begin_warning()
    assert "Êtes-vous toujours là" in person.heard.last
    person.press(CHOOSE)
    screen.until(lambda: screen.window.message_above is None)


@pytest.mark.parametrize("page", ["welcome", "groups", "names", "review"])
def test_every_control_has_a_name_and_the_order_is_that_of_reading(screen: AScreen, page: str) -> None:
    """Checklist 36, 40 and 46."""
    walk(screen, "fr", until=page)
    QApplication.processEvents()
    controls = controls_of(screen.window.page)
    assert all(control.accessibleName().strip() for control in controls)
    tops = [control.mapTo(screen.window, control.rect().topLeft()).y() for control in controls]
    assert tops == sorted(tops)


def test_who_sees_and_touches_hears_and_notices_nothing(make_screen: MakeScreen) -> None:
    heard = Heard()
    screen = make_screen(speech=heard)
    screen.tap("language_fr")
    screen.until_page("notice")
    assert heard.texts == []


def test_a_blind_person_comes_back_and_withdraws_alone(person: ABlindPerson) -> None:
    """Reference and birth date written with five keys, the request heard, and the withdrawal with its proof."""
    screen, heard = person.screen, person.heard
    reference = screen.kiosk.file(RETURNING).request.reference
    person.press(DOWN)
    person.choose("Français.")
    screen.until_page("notice")
    person.choose("continuer")
    person.choose("J'ai déjà un ticket")
    screen.until_page("type_reference")
    assert "champ à remplir. vide" in heard.last
    person.write("Référence", reference.replace("-", ""))
    person.choose("Continuer")
    screen.until_page("prove_birth_date")
    for field, digits in (("Jour", "12"), ("Mois", "04"), ("Année", "1990")):
        person.write(field, digits)
    person.choose("Continuer")
    screen.until_page("your_request")
    QApplication.processEvents()
    assert "La préfecture a reçu votre demande" in heard.last
    assert "DIALLO" not in heard.last
    person.choose("Retirer ma demande")
    screen.until_page("withdraw")
    assert "Vous perdez la date" in heard.last
    person.choose("Continuer le retrait")
    screen.until_page("withdraw_confirm")
    person.choose("Oui, retirer")
    screen.until_page("act_done")
    QApplication.processEvents()
    assert "Votre demande est retirée" in heard.last
    assert reference in heard.last.replace("\u2066", "").replace("\u2069", "")
    assert screen.kiosk.entry_types().count(EntryType.REQUEST_WITHDRAWN) == 1


def test_every_page_of_a_return_is_reached_and_left_with_the_pad(person: ABlindPerson) -> None:
    """Back leads from each act to the request, and every act is heard by its name."""
    screen, heard = person.screen, person.heard
    outcome = screen.kiosk.file(RETURNING)
    screen.window.journey.choose_language("fr")
    screen.window.journey.read_notice()
    screen.window.journey.come_back()
    screen.type_in("reference", outcome.request.reference)
    screen.tap("continue")
    screen.until_page("prove_birth_date")
    for part, value in (("day", "12"), ("month", "04"), ("year", "1990")):
        screen.type_in(part, value)
    screen.tap("continue")
    screen.until_page("your_request")
    person.press(DOWN)  # wakes the voice
    for card, page in (
        ("J'apporte des papiers", "bring_papers"),
        ("Changer mon téléphone", "change_contact"),
        ("Mon nom ou ma date", "what_is_wrong"),
        ("Retirer ma demande", "withdraw"),
    ):
        person.choose(card)
        screen.until_page(page)
        assert heard.last
        person.press(BACK)
        screen.until_page("your_request")
    person.press(BACK)
    screen.until_page("groups")
