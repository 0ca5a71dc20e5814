"""What happened elsewhere: days, help, evidence; nothing of it is required."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from kiosk.domain.attempt_weeks import distinct_weeks
from kiosk.domain.identity import PartialDate
from kiosk.domain.request import (
    Attempt,
    AttemptOutcome,
    Evidence,
    HelpChannel,
    HelpContact,
)
from tests.fakes.answering import (
    OF_AGE,
    at_the_procedure,
    at_the_review,
    born,
    filed,
    words,
)
from tests.fakes.visits import AScreen

NOT_OVER = [("31", "2", ""), ("1", "", ""), ("21", "11", "2026"), ("", "", "2027"), ("", "13", "")]


def at_the_attempts(screen: AScreen, *ticked: str) -> None:
    at_the_procedure(screen, "ANEF-BLOCAGE")
    screen.tap("continue")
    born(screen, OF_AGE)
    while screen.window.page.name != "attempts":
        screen.tap("unknown")
    for name in ticked:
        screen.tap(f"attempt_{name}")
    screen.tap("continue")


def test_attempts_are_kept_with_their_days_help_and_evidence(screen: AScreen) -> None:
    """A day, a month, nothing; the year may be left out; what was asked of whom, and what shows it."""
    at_the_attempts(screen, "page_erreur", "plus_de_creneau", "autre")
    for part, value in (("day", "12"), ("month", "10")):
        screen.type_in(part, value)
    screen.tap("continue")
    screen.type_in("month", "12")  # of last year: this year's is still to come
    screen.tap("continue")
    screen.tap("unknown")
    screen.until_page("attempt_help")
    for name in ("help_ccc", "evidence_capture", "evidence_sms"):
        screen.tap(name)
    screen.tap("continue")
    screen.until_page("help_when")
    screen.type_in("year", "26")
    screen.type_in("reference", "A 123")
    screen.tap("continue")
    at_the_review(screen)
    content = filed(screen)

    assert [str(attempt.on or attempt.around) for attempt in content.attempts] == ["2026-10-12", "2025-12-00", "None"]
    assert content.attempts[2] == Attempt(None, AttemptOutcome.OTHER)
    assert content.help_contacts == (
        HelpContact(HelpChannel.CONTACT_CENTRE, None, PartialDate(2026), reference="A 123"),
    )
    assert content.evidence == (Evidence.SCREENSHOT, Evidence.SMS)


def test_every_page_about_attempts_is_left_by_one_tap(screen: AScreen) -> None:
    """Nothing of it is required."""
    at_the_attempts(screen, "page_erreur")
    screen.until_page("attempt_when")
    screen.tap("continue")
    screen.until_page("attempt_help")
    screen.tap("continue")
    screen.until_page("contact")
    at_the_review(screen)
    content = filed(screen)

    assert content.attempts == (Attempt(None, AttemptOutcome.ERROR_PAGE),)
    assert (content.help_contacts, content.evidence) == ((), ())


def test_tries_on_several_days_are_several_tries(screen: AScreen) -> None:
    """What a judge looks for: different weeks. A day given twice counts once, and the page says what it has."""
    at_the_attempts(screen, "plus_de_creneau")
    for day in ("2", "9", "9"):
        screen.type_in("day", day)
        screen.type_in("month", "11")
        screen.tap("another_day")
    noted = words(screen)
    screen.type_in("month", "10")
    screen.tap("continue")
    screen.tap("continue")
    at_the_review(screen)
    attempts = filed(screen).attempts

    assert "Déjà noté : 2 novembre 2026 · 9 novembre 2026" in noted
    assert [str(attempt.on or attempt.around) for attempt in attempts] == ["2026-10-00", "2026-11-02", "2026-11-09"]
    assert {attempt.outcome for attempt in attempts} == {AttemptOutcome.NO_SLOT}
    assert distinct_weeks(attempts) == 3


def test_days_can_be_taken_back(screen: AScreen) -> None:
    """By « Je ne sais pas », or by taking the tick away."""
    at_the_attempts(screen, "plus_de_creneau")
    screen.type_in("year", "2025")
    screen.tap("another_day")
    screen.tap("unknown")
    screen.tap("back")
    screen.type_in("year", "2024")
    screen.tap("another_day")
    screen.tap("back")
    for _ in range(2):
        screen.tap("attempt_plus_de_creneau")
    screen.tap("continue")

    assert not screen.window.findChild(QLabel, "noted").isVisibleTo(screen.window)  # type: ignore[union-attr]
    assert screen.window.journey.draft.content().attempts == (Attempt(None, AttemptOutcome.NO_SLOT),)


def test_a_wrong_day_is_not_noted(screen: AScreen) -> None:
    """It is refused as it is when going on; and a list has an end."""
    at_the_attempts(screen, "plus_de_creneau")
    screen.type_in("day", "31")
    screen.type_in("month", "2")
    screen.tap("another_day")
    refused = words(screen)
    for year in range(2015, 2020):
        screen.type_in("day", "")
        screen.type_in("month", "")
        screen.type_in("year", str(year))
        screen.tap("another_day")
    QApplication.processEvents()
    more = screen.window.findChild(QPushButton, "another_day")

    assert "Cette date n'existe pas." in refused
    assert more is not None
    assert not more.isVisibleTo(screen.window)


def test_nothing_ticked_asks_nothing_more(screen: AScreen) -> None:
    """The shortest way stays the shortest."""
    at_the_attempts(screen)

    assert screen.window.page.name == "contact"


@pytest.mark.parametrize(
    "typed", [("31", "2", ""), ("1", "", ""), ("21", "11", "2026"), ("", "", "2027"), ("", "13", "")]
)
def test_a_day_that_is_not_over_is_refused_with_a_sentence(screen: AScreen, typed: tuple[str, str, str]) -> None:
    """Also one that does not exist."""
    at_the_attempts(screen, "page_erreur")
    for part, value in zip(("day", "month", "year"), typed, strict=True):
        screen.type_in(part, value)
    screen.tap("continue")

    assert screen.window.page.name == "attempt_when"
    assert "Cette date n'existe pas." in words(screen)


def test_a_corrected_list_brings_its_pages_and_shows_what_they_say(screen: AScreen) -> None:
    """And what is no longer ticked leaves nothing behind."""
    at_the_attempts(screen, "page_erreur")
    at_the_review(screen)
    screen.tap("change_attempts")
    screen.tap("attempt_page_erreur")
    screen.tap("attempt_compte_bloque")
    screen.tap("continue")
    screen.until_page("attempt_when")
    screen.type_in("year", "2025")
    screen.tap("continue")
    screen.tap("continue")
    screen.until_page("review")
    QTest.mousePress(screen.control("hold_to_read"), Qt.MouseButton.LeftButton)

    assert "Mon compte est bloqué · 2025" in words(screen)
    assert "Le site affiche une erreur" not in words(screen)
    QTest.mouseRelease(screen.control("hold_to_read"), Qt.MouseButton.LeftButton)
    assert filed(screen).attempts == (Attempt(None, AttemptOutcome.BLOCKED_ACCOUNT, around=PartialDate(2025)),)
