"""Whole visits through the real screens and a real store; only the printer is a stand-in."""

import sqlite3
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from structlog.testing import LogCapture

from kiosk.domain.identity import Identity, PartialDate
from kiosk.domain.request import FiledRequest, Filing, FilingOutcome, RequestContent
from kiosk.domain.ticket import Ticket
from kiosk.errors import StoreError
from kiosk.services.file_request import FileRequest
from kiosk.settings import ScreenSettings
from tests.fakes.answering import filings, saved, words
from tests.fakes.printers import PrinterMood, ScriptedPrinter
from tests.fakes.visits import PERSONS, AScreen, walk

MakeScreen = Callable[..., AScreen]
FileWith = Callable[[RequestContent, str], FilingOutcome]

NOT_OUT = [
    (PrinterMood.REFUSE, "L'imprimante ne marche pas."),
    (PrinterMood.REFUSE_AFTER_START, "L'imprimante ne marche pas."),
    (PrinterMood.LOSE_THE_ANSWER, "L'imprimante n'a pas confirmé votre ticket."),
    (PrinterMood.RAISE_BEFORE, "L'imprimante ne marche pas."),
    (PrinterMood.RAISE_IN_THE_MIDDLE, "L'imprimante n'a pas confirmé votre ticket."),
]


@pytest.mark.parametrize("language", list(PERSONS))
def test_what_was_typed_is_on_disk_and_the_ticket_comes_out(screen: AScreen, language: str) -> None:
    """From the first touch to the paper, in every language."""
    walk(screen, language)
    screen.until_page("ticket_out")

    person, (request,) = PERSONS[language], saved(screen.kiosk)
    assert request.content.language == language
    assert request.content.procedure == "REN-VPF"
    assert request.content.identity == Identity(
        birth_name=person.birth_name,
        given_names=tuple(name.strip() for name in person.given_names.split(",")),
        birth_date=PartialDate(1990, 4),
        nationality="DZ",
    )
    assert str(request.content.permit_expires_on) == "2027-02-28"
    assert (request.content.foreigner_number, request.content.phone) == ("9901234567", "0612345678")
    assert request.reference in words(screen)
    printer = screen.kiosk.printer
    assert isinstance(printer, ScriptedPrinter)
    assert [ticket.request.reference for ticket in printer.on_paper] == [request.reference]


def test_saved_is_said_only_after_the_service_has_answered(make_screen: MakeScreen) -> None:
    """Promise 1 on the screen: between the tap and the disk nothing is promised."""
    may_go_on = threading.Event()
    services: list[FileWith] = []

    def slow(content: RequestContent, key: str) -> FilingOutcome:
        may_go_on.wait(10)
        return services[0](content, key)

    screen = make_screen(file_request=slow)
    services.append(FileRequest(**screen.kiosk.parts, catalogue=screen.kiosk.catalogue))
    walk(screen, "fr")
    screen.until_page("saving")
    QTest.qWait(50)
    said_before = words(screen)
    may_go_on.set()
    screen.until_page("ticket_out")

    assert "Un instant…" in said_before
    assert "enregistrée" not in said_before
    assert "Votre demande est enregistrée." in words(screen)


def test_two_strikes_on_the_confirmation_are_one_filing_and_one_ticket(make_screen: MakeScreen) -> None:
    """A nervous finger changes nothing, and does not take the last screen away."""
    screen = make_screen(settings=ScreenSettings(), printer=ScriptedPrinter(PrinterMood.REFUSE))
    screen.window.journey.choose_language("fr")
    walk_by_journey(screen)
    screen.until_page("review")
    QTest.qWait(screen.window.page.services.settings.double_tap_ms + 250)  # after the page was laid out
    place = screen.control("confirm").mapTo(screen.window, screen.control("confirm").rect().center())
    for _ in range(2):
        strike(screen, place)
    screen.until_page("ticket_shown")
    QApplication.processEvents()
    strike(screen, place)  # the page came up below the finger

    assert screen.window.page.name == "ticket_shown"
    assert filings(screen.kiosk) == 1


def strike(screen: AScreen, place: QPoint) -> None:
    """Tap the glass, whatever is there."""
    handle = screen.window.windowHandle()
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def walk_by_journey(screen: AScreen) -> None:
    """Answer with a name alone, without a finger."""
    journey = screen.window.journey
    journey.read_notice()
    journey.choose_group("renouveler")
    journey.choose_procedure(screen.kiosk.catalogue.procedures["REN-VPF"])
    journey.begin_telling()
    journey.draft.birth_name = "KONE"
    while screen.window.page.name != "review":
        journey.answer()


def test_a_second_strike_does_not_act_on_the_page_that_came_up(make_screen: MakeScreen) -> None:
    """« J'ai compris » tapped twice leaves the choice of the group to the person."""
    screen = make_screen(settings=ScreenSettings())
    screen.window.journey.choose_language("fr")
    screen.window.journey.read_notice()
    card = screen.control("group_renouveler")

    strike(screen, card.mapTo(screen.window, card.rect().center()))

    assert screen.window.page.name == "groups"


def test_two_calls_of_the_confirmation_are_one_filing(screen: AScreen) -> None:
    """The journey itself takes the first one only."""
    walk(screen, "fr", until="review")
    screen.window.journey.confirm()
    screen.window.journey.confirm()
    screen.until_page("ticket_out")

    printer = screen.kiosk.printer
    assert isinstance(printer, ScriptedPrinter)
    assert (filings(screen.kiosk), len(printer.on_paper)) == (1, 1)


@pytest.mark.parametrize(("mood", "sentence"), NOT_OUT, ids=[mood.name for mood, _ in NOT_OUT])
def test_without_sure_paper_the_ticket_is_on_the_screen(
    make_screen: MakeScreen, mood: PrinterMood, sentence: str
) -> None:
    """Promises 4 and 7: nobody is told to take what may not be there; the reference and the code are shown."""
    screen = make_screen(printer=ScriptedPrinter(mood))
    walk(screen, "fr")
    screen.until_page("ticket_shown")

    (request,) = saved(screen.kiosk)
    said = words(screen)
    assert sentence in said
    assert "Prenez votre ticket" not in said
    assert request.reference in said
    code = screen.window.findChild(QLabel, "seal")
    assert code is not None
    assert code.pixmap().width() > 200


def test_a_print_service_that_breaks_never_says_that_paper_came(make_screen: MakeScreen) -> None:
    """Not even the state of the ticket could be saved."""

    def broken(_: object) -> None:
        raise StoreError("the disk is full")

    screen = make_screen(print_ticket=broken)
    walk(screen, "fr")
    screen.until_page("ticket_shown")

    assert "L'imprimante n'a pas confirmé votre ticket." in words(screen)
    assert screen.window.findChild(QLabel, "seal") is not None


def test_what_the_store_refused_is_filed_once_by_trying_again(make_screen: MakeScreen) -> None:
    """The answers and the key are kept; what was saved without an answer is not filed twice."""
    keys: list[str] = []
    services: list[FileWith] = []

    def flaky(content: RequestContent, key: str) -> FilingOutcome:
        keys.append(key)
        if len(keys) == 1:
            raise StoreError("the disk is full")
        outcome = services[0](content, key)
        if len(keys) == 2:
            raise sqlite3.OperationalError("the answer was lost")
        return outcome

    screen = make_screen(file_request=flaky)
    services.append(FileRequest(**screen.kiosk.parts, catalogue=screen.kiosk.catalogue))
    walk(screen, "fr")
    screen.until_page("not_saved")
    said = words(screen)
    nothing_yet = filings(screen.kiosk)
    screen.tap("retry")
    screen.until(lambda: len(keys) == 2)
    screen.until_page("not_saved")
    screen.tap("retry")
    screen.until_page("ticket_out")

    assert nothing_yet == 0
    assert "pas encore enregistrée" in said
    assert "Votre demande est enregistrée." not in said
    assert len(set(keys)) == 1
    assert filings(screen.kiosk) == 1


def test_a_second_request_of_the_same_person_keeps_the_first_date(screen: AScreen) -> None:
    """Promise 8, said kindly."""
    walk(screen, "fr")
    screen.until_page("ticket_out")
    first = saved(screen.kiosk)[0].reference
    screen.tap("finish")
    walk(screen, "fr")
    screen.until_page("ticket_out")

    assert "Votre première date est gardée." in words(screen)
    assert first in words(screen)


def test_what_works_beside_the_screen_knows_when_somebody_is_there(screen: AScreen) -> None:
    """So that it can make way; a change of language in the middle is no second visit."""
    journey = screen.window.journey
    journey.choose_language("ar")
    journey.choose_language("fr")
    assert screen.visits == [True]
    journey.leave()
    assert screen.visits == [True, False]


def test_the_log_tells_of_a_visit_without_the_visitor(screen: AScreen, log: LogCapture) -> None:
    """Where it began and ended, in words that name nobody."""
    walk(screen, "fr")
    screen.until_page("ticket_out")
    screen.tap("finish")

    events = [entry["event"] for entry in log.entries]
    assert (events[0], events[-1]) == ("visit.started", "visit.ended")
    assert "Guessan" not in str(log.entries)


def test_the_tap_that_answers_the_warning_touches_nothing_below_it(screen: AScreen) -> None:
    """« Je suis là » said anywhere on the glass never erases the visit."""
    walk(screen, "fr", until="birth_date")
    leave = screen.control("erase_and_leave")
    QTest.qWait(50)
    place = leave.mapTo(screen.window, leave.rect().center())
    screen.window._watch.begin_warning()
    warned = words(screen)
    strike(screen, place)
    QApplication.processEvents()

    assert "Êtes-vous toujours là ?" in warned
    assert "Êtes-vous toujours là ?" not in words(screen)
    assert screen.window.page.name == "birth_date"
    assert screen.window.journey.draft.birth_name


@pytest.mark.parametrize("called", ["agent", "comfort"])
def test_a_message_that_was_left_on_the_welcome_screen_goes_away(screen: AScreen, called: str) -> None:
    """The next visitor finds the languages, not somebody else's message in French; and then nothing is asked."""
    watch = screen.window._watch
    screen.tap(called)
    QApplication.processEvents()
    is_watched = watch._quiet.isActive()
    watch.begin_warning()
    for _ in range(20):
        watch._tick()

    assert is_watched
    assert screen.window.message_above is None
    screen.tap(called)
    screen.tap({"agent": "agent_called_close", "comfort": "comfort_panel_close"}[called])
    watch._quiet.timeout.emit()
    assert screen.window.message_above is None
    assert not watch.is_warning


def test_a_code_that_comes_after_the_refusal_is_still_shown(make_screen: MakeScreen) -> None:
    """The ticket's facts and the printer work at the same time; whichever is later, the code is on the screen."""
    may_issue = threading.Event()
    screen = make_screen(printer=ScriptedPrinter(PrinterMood.REFUSE))
    services = screen.window.journey._services
    issue = services.issue_ticket

    def late(request: FiledRequest, filing: Filing) -> Ticket:
        may_issue.wait(10)
        return issue(request, filing)

    screen.window.journey._services = replace(services, issue_ticket=late)
    walk(screen, "fr")
    screen.until_page("ticket_shown")
    without = screen.window.findChild(QLabel, "seal")
    may_issue.set()
    screen.until(lambda: screen.window.findChild(QLabel, "seal") is not None)

    assert without is None
