"""Somebody comes back to say what was tried since, or to have a contact taken out: recorded, proved, shown to staff."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from kiosk.domain.request import Attempt, AttemptOutcome, Evidence, FilingOutcome, HelpChannel, RequestContent
from kiosk.domain.request_change import Completion, Contact, RemovedContact, as_it_stands
from kiosk.domain.slip import Proof
from tests.fakes.printers import ScriptedPrinter
from tests.fakes.requests import a_request_content
from tests.fakes.returning import recognised
from tests.fakes.visits import RETURNING, STUCK, AScreen


def came_back(screen: AScreen, content: RequestContent = STUCK) -> FilingOutcome:
    """Come back to a request and be recognised."""
    return recognised(screen, screen.kiosk.file(content))


def tapped(screen: AScreen, *names: str) -> None:
    for name in names:
        screen.tap(name)
        QApplication.processEvents()


def added(screen: AScreen, outcome: FilingOutcome) -> list[Completion]:
    with screen.kiosk.store.reading() as unit:
        return [change.added for change in unit.changes.of(outcome.request.request_id)]


def stands(screen: AScreen, outcome: FilingOutcome) -> RequestContent:
    with screen.kiosk.store.reading() as unit:
        changes = unit.changes.of(outcome.request.request_id)
        return as_it_stands(unit.requests.get(outcome.request.request_id).content, changes)


def shown(screen: AScreen, name: str) -> list[str]:
    labels = screen.window.page.findChildren(QLabel, name)
    plain = (label.text() for label in labels if label.isVisibleTo(screen.window))
    return [text.replace("\u2066", "").replace("\u2068", "").replace("\u2069", "") for text in plain]


def dated(screen: AScreen, day: str, month: str) -> None:
    for part, value in (("day", day), ("month", month)):
        screen.type_in(part, value)
    screen.tap("continue")


def test_what_was_tried_since_is_asked_on_the_same_screens_and_added(screen: AScreen) -> None:
    """With its days, whom was asked, what shows it; a paper names it, and the date of the request stays."""
    outcome = came_back(screen)
    tapped(screen, "act_attempts", "attempt_plus_de_creneau", "continue")
    screen.until_page("attempt_when")
    screen.type_in("day", "3")
    screen.type_in("month", "11")
    screen.tap("another_day")
    dated(screen, "12", "11")
    tapped(screen, "help_ccc", "evidence_sms", "continue")
    screen.until_page("help_when")
    tapped(screen, "unknown")
    screen.until_page("check_attempts")
    lines = shown(screen, "told_attempt")
    screen.tap("continue")
    screen.until_page("act_done")

    (completion,) = added(screen, outcome)
    assert [str(attempt.on) for attempt in completion.attempts] == ["2026-11-03", "2026-11-12"]
    assert {attempt.outcome for attempt in completion.attempts} == {AttemptOutcome.NO_SLOT}
    assert [each.channel for each in completion.help_contacts] == [HelpChannel.CONTACT_CENTRE]
    assert completion.evidence == (Evidence.SMS,)
    assert "3 novembre 2026 · 12 novembre 2026" in lines[0]
    assert shown(screen, "heading") == ["C'est noté : vos essais sont ajoutés."]
    assert shown(screen, "date_stays")
    printer = screen.kiosk.printer
    assert isinstance(printer, ScriptedPrinter)
    (proof,) = printer.slips
    assert isinstance(proof, Proof)
    assert proof.change.added == completion
    assert screen.kiosk.verified().is_whole


def test_nothing_told_or_nothing_new_is_not_recorded(screen: AScreen) -> None:
    known = Attempt(screen.kiosk.clock.read().utc.date(), AttemptOutcome.OTHER)
    outcome = came_back(screen, a_request_content(procedure="ANEF-BLOCAGE", documents=(), attempts=(known,)))
    tapped(screen, "act_attempts", "continue")
    assert shown(screen, "error") == ["Touchez au moins une ligne."]

    tapped(screen, "attempt_autre", "continue")
    dated(screen, "20", "11")
    tapped(screen, "continue")
    screen.until_page("check_attempts")
    tapped(screen, "continue")

    assert shown(screen, "error") == ["Ces essais sont déjà notés."]
    assert added(screen, outcome) == []
    tapped(screen, "change_attempts")
    assert screen.window.page.name == "attempts"
    assert screen.control("attempt_autre").isChecked()


def test_the_way_back_leads_through_every_screen_and_leaves_nothing(screen: AScreen) -> None:
    """What was ticked stays while one goes back and forth, and is forgotten when one leaves it."""
    came_back(screen)
    tapped(screen, "act_attempts", "attempt_autre", "continue")
    screen.until_page("attempt_when")
    tapped(screen, "unknown", "help_pan", "continue", "unknown")
    pages = []
    while screen.window.page.name != "your_request":
        pages.append(screen.window.page.name)
        tapped(screen, "back")

    assert pages == ["check_attempts", "help_when", "attempt_help", "attempt_when", "attempts"]
    tapped(screen, "act_attempts")
    assert not screen.control("attempt_autre").isChecked()


def test_tries_are_asked_where_the_procedure_asks_for_them(screen: AScreen) -> None:
    """Data minimisation: no questions that lead nowhere."""
    came_back(screen, RETURNING)

    assert screen.window.page.findChild(QPushButton, "act_attempts") is None


def test_a_contact_is_taken_out_with_two_taps(screen: AScreen) -> None:
    """The screen and the paper say so, the request has it no more, the entry remembers it."""
    outcome = came_back(screen)
    tapped(screen, "act_contact")
    assert "•••••••111" in screen.control("erase_phone").accessibleName().replace("\u2066", "").replace("\u2069", "")
    tapped(screen, "erase_phone", "continue")
    screen.until_page("act_done")

    assert added(screen, outcome) == [Completion(removed=(RemovedContact(Contact.PHONE, "0611111111"),))]
    assert shown(screen, "phone_erased") == ["Votre téléphone est effacé."]
    assert (stands(screen, outcome).phone, stands(screen, outcome).email) == (None, "aminata@boite.example")
    tapped(screen, "look_again")
    screen.until_page("your_request")
    assert shown(screen, "shown_phone") == []
    tapped(screen, "act_contact")
    assert screen.window.page.findChild(QPushButton, "erase_phone") is None
    assert screen.window.page.findChild(QPushButton, "erase_email") is not None


def test_a_new_number_and_erasing_the_old_one_exclude_each_other(screen: AScreen) -> None:
    """Whatever came last counts."""
    outcome = came_back(screen)
    tapped(screen, "act_contact", "erase_phone")
    screen.type_in("phone", "0699999999")
    assert not screen.control("erase_phone").isChecked()
    tapped(screen, "erase_phone", "erase_email")
    assert screen.window.page.entries[0].text() == ""
    screen.type_in("phone", "0699999999")
    tapped(screen, "continue")
    screen.until_page("act_done")

    assert added(screen, outcome) == [
        Completion(phone="0699999999", removed=(RemovedContact(Contact.EMAIL, "aminata@boite.example"),))
    ]


def test_erasing_goes_by_keys_alone(screen: AScreen) -> None:
    """Tab and space, as with the five keys."""
    outcome = came_back(screen)
    tapped(screen, "act_contact")
    for name in ("erase_email", "continue"):
        screen.control(name).setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(screen.control(name), Qt.Key.Key_Space)
    screen.until_page("act_done")

    assert stands(screen, outcome).email is None
