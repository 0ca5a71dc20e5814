"""From the welcome to the ticket with five keys and a headset, without a look at the screen."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.journal.entry import EntryType
from tests.fakes.blind_person import BACK, CHOOSE, DOWN, HELP, ABlindPerson
from tests.fakes.other_ways import look_at_other_ways
from tests.fakes.returning import answered, typed
from tests.fakes.speaking import Heard
from tests.fakes.visits import RETURNING, AScreen, walk
from ui.applicant.controls import controls_of
from ui.kit.comfort import USUAL
from ui.kit.scrolling import ScrollColumn

MakeScreen = Callable[..., AScreen]


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


def test_a_date_is_written_with_five_keys_and_a_part_may_stay_empty(person: ABlindPerson) -> None:
    """Checklist 18: a full field hands on to the next one, which is said; who does not know the day passes it."""
    screen, heard = person.screen, person.heard
    go_to_page(person, "birth_date")
    assert "Si vous ne savez pas le jour ou le mois, laissez vide." in heard.last
    assert "Jour. champ à remplir. vide" in heard.last
    person.begin_to_write("Mois")
    assert heard.last == "1, 2, 3"
    person.strike("0")
    person.strike("4")
    assert any(text.startswith("4 Année. champ à remplir") for text in heard.texts[-3:])
    for figure in "1990":
        person.strike(figure)
    person.press(BACK)
    assert heard.last.startswith("Année. champ à remplir. 1990.")
    person.choose("Continuer")
    screen.until_page("nationality")
    assert str(screen.window.journey.draft.birth.partial()) == "1990-04-00"


def test_a_country_is_found_with_five_keys(person: ABlindPerson) -> None:
    """Checklist 18: what came up below the field is reached like everything else."""
    screen = person.screen
    go_to_page(person, "nationality")
    person.write("Écrivez le nom du pays", "Sri")
    person.choose("Sri Lanka")
    screen.until_page("permit")
    assert screen.window.journey.draft.nationality == "LK"


def test_a_person_is_called_with_the_pad_and_the_visit_goes_on(person: ABlindPerson) -> None:
    """Checklist 18: help held calls, its release repeats nothing; the middle key goes on where one was."""
    screen, heard = person.screen, person.heard
    go_to_page(person, "number")
    person.go_to("Continuer")
    before = QApplication.focusWidget()
    person.hold(HELP, 1700)
    screen.until(lambda: bool(screen.agent_calls))
    assert screen.agent_calls == ["number"]
    assert "Un agent est prévenu." in heard.last
    person.press(CHOOSE)
    assert screen.window.message_above is None
    assert QApplication.focusWidget() is before
    person.press(CHOOSE)
    screen.until_page("contact")


def test_letters_with_accents_are_reached_by_holding_the_middle_key(person: ABlindPerson) -> None:
    """Checklist 18: said once how, each offered letter by its name; back leaves them without writing."""
    screen, heard = person.screen, person.heard
    go_to_page(person, "names")
    person.begin_to_write("Nom de naissance")
    person.strike("Z")
    assert sum("Gardez la touche du milieu" in text for text in heard.texts) == 1
    person.strike("o tréma", of="o")
    person.strike("e accent aigu", of="e")
    assert any(text == "e accent aigu" for text in heard.texts)
    person.strike("l")
    assert screen.window.journey.draft.birth_name == "Zöél"
    assert sum("Gardez la touche du milieu" in text for text in heard.texts) == 1


def test_the_letters_of_a_held_key_are_left_without_writing(person: ABlindPerson) -> None:
    """Back leads to the key again."""
    screen, heard = person.screen, person.heard
    go_to_page(person, "names")
    person.begin_to_write("Nom de naissance")
    person.press(CHOOSE)
    assert heard.last.startswith("A")
    person.hold(CHOOSE, 700)
    assert heard.last == "A accent grave"
    person.press(BACK)
    assert heard.last == "A"
    assert screen.window.keyboard is not None
    assert not screen.window.keyboard.is_offering
    assert screen.window.journey.draft.birth_name == ""


def go_to_page(person: ABlindPerson, page: str) -> None:
    """Wake the voice and come to a page of the questions, by the shortest way."""
    screen = person.screen
    person.press(DOWN)
    journey = screen.window.journey
    journey.choose_language("fr")
    journey.read_notice()
    journey.choose_procedure(screen.kiosk.catalogue.procedures["REN-VPF"])
    journey.begin_telling()
    while screen.window.page.name != page:
        journey.answer()
    QApplication.processEvents()


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


def seen_at(control: QWidget, window: QWidget) -> int:
    """How far down a control stands; what a list hides stands at the end of the list."""
    top = control.mapTo(window, control.rect().topLeft()).y()
    above = control.parentWidget()
    while above is not None and not isinstance(above, ScrollColumn):
        above = above.parentWidget()
    return top if above is None else min(top, above.mapTo(window, above.rect().bottomLeft()).y())


def test_the_pages_that_not_every_visit_comes_by_are_read_in_order_as_well(screen: AScreen) -> None:
    """Search, a helper, a minor, a European, what happened elsewhere, paper: checklist 36, 40 and 46."""
    faults: list[str] = []

    def look(page: str, window: QWidget) -> None:
        QApplication.processEvents()
        controls = controls_of(screen.window.message_above or screen.window.page)
        faults.extend(f"{page}: {one.objectName()}" for one in controls if not one.accessibleName().strip())
        tops = [seen_at(control, window) for control in controls]
        if tops != sorted(tops) or not controls:
            faults.append(f"{page}: {tops}")

    look_at_other_ways(screen, "fr", look)

    assert faults == []


def test_a_blind_person_finds_a_procedure_by_a_word_and_comes_for_somebody_else(person: ABlindPerson) -> None:
    """With five keys, as everything."""
    screen = person.screen
    person.press(DOWN)
    person.choose("Français.")
    person.choose("continuer")
    person.choose("Chercher avec un mot")
    screen.until_page("search")
    screen.type_in("procedure_search", "zz")
    assert "rien trouvé" in person.heard.last
    screen.type_in("procedure_search", "")
    person.write("Écrivez un mot", "Vol")
    person.choose("Titre perdu, volé ou abîmé")
    screen.until_page("procedure")
    person.choose("Pour une autre personne")
    screen.until_page("helper")
    person.choose("Pour mon enfant")
    screen.until_page("names")
    assert "Répondez pour votre enfant." in person.heard.last
    screen.window.journey.draft.birth_name = "Ba"
    person.choose("Continuer")
    person.choose("Je ne sais pas")
    screen.until_page("guardian")
    person.choose("Parent. pas coché")
    assert "coché" in person.heard.last
    person.choose("Continuer")
    screen.until_page("nationality")


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
    typed(screen, outcome.request.reference)
    answered(screen)
    screen.until_page("your_request")
    person.press(DOWN)  # wakes the voice
    for card, page in (
        ("J'apporte des papiers", "bring_papers"),
        ("Changer ou effacer mon téléphone", "change_contact"),
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


def test_a_key_of_the_pad_is_a_sign_of_life(person: ABlindPerson) -> None:
    """Who walks with five keys is there: the warning goes, and the time begins anew."""
    window = person.screen.window
    walk(person.screen, "fr", until="names")
    person.press(DOWN)  # wakes the voice
    window._watch.begin_warning()
    was_warned = window.message_above is not None
    person.press(DOWN)

    assert was_warned
    assert not window._watch.is_warning
    assert window.message_above is None
    assert window.page.name == "names"
