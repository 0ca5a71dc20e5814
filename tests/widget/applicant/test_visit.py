"""Whole visits through the real screens and a real store; only the printer is a stand-in."""

import sqlite3
import threading
import unicodedata
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from structlog.testing import LogCapture

from kiosk.domain.identity import Identity, PartialDate
from kiosk.domain.request import FiledRequest, Filing, FilingOutcome, RequestContent
from kiosk.domain.ticket import Ticket
from kiosk.errors import StoreError
from kiosk.services.file_request import FileRequest
from kiosk.settings import ScreenSettings
from kiosk.store.catalogue_file import load_catalogue
from tests.fakes.kiosks import AKiosk
from tests.fakes.printers import PrinterMood, ScriptedPrinter
from tests.fakes.visits import PERSONS, AScreen, visit_steps, walk

MakeScreen = Callable[..., AScreen]
FileWith = Callable[[RequestContent, str], FilingOutcome]

PAGES = [name for name, _ in visit_steps("fr")]
NOT_OUT = [
    (PrinterMood.REFUSE, "L'imprimante ne marche pas."),
    (PrinterMood.REFUSE_AFTER_START, "L'imprimante ne marche pas."),
    (PrinterMood.LOSE_THE_ANSWER, "L'imprimante n'a pas confirmé votre ticket."),
    (PrinterMood.RAISE_BEFORE, "L'imprimante ne marche pas."),
    (PrinterMood.RAISE_IN_THE_MIDDLE, "L'imprimante n'a pas confirmé votre ticket."),
]


def words(screen: AScreen) -> str:
    """Every sentence that can be read now."""
    QApplication.processEvents()  # a new page is laid out by the event loop
    labels = screen.window.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisibleTo(screen.window))


def saved(kiosk: AKiosk) -> list[FiledRequest]:
    """Every request on disk."""
    with kiosk.store.reading() as unit:
        entries = [entry for entry, _ in unit.journal.entries_after(1, 10_000) if entry.type == "request_filed"]
        return [unit.requests.get(entry.subject) for entry in entries if entry.subject]  # type: ignore[arg-type]


def filings(kiosk: AKiosk) -> int:
    """How often something was filed."""
    return sum(kind in {"request_filed", "filing_repeated"} for kind in kiosk.entry_types())


def choose(screen: AScreen, procedure: str, group: str) -> None:
    """Walk to the page of a procedure, in French."""
    for control in ("language_fr", "continue", f"group_{group}", f"procedure_{procedure}"):
        screen.tap(control)


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


@pytest.mark.parametrize("page", [page for page in PAGES if page != "welcome"])
def test_erase_and_leave_is_on_every_page(screen: AScreen, page: str) -> None:
    """One tap ends the visit, wherever it stands."""
    walk(screen, "ar", until=page)
    screen.tap("erase_and_leave")

    assert screen.window.page.name == "welcome"
    assert screen.window.journey.draft.birth_name == ""
    assert not saved(screen.kiosk)


@pytest.mark.parametrize("page", PAGES)
def test_an_agent_can_be_called_on_every_page(screen: AScreen, page: str) -> None:
    """The visit stays where it is, and the staff know on which screen help is needed."""
    walk(screen, "fr", until=page)
    screen.tap("agent")
    screen.until(lambda: screen.agent_calls == [page])

    assert "Un agent est prévenu." in words(screen)
    screen.tap("agent_called_close")
    assert screen.window.page.name == page


@pytest.mark.parametrize("page", ["saving", "not_saved", "ticket_shown"])
def test_an_agent_can_be_called_when_something_went_wrong(make_screen: MakeScreen, page: str) -> None:
    """Above all then."""
    release = threading.Event()

    def refusing(content: RequestContent, key: str) -> FilingOutcome:
        if page == "saving":
            release.wait(10)
        if page != "ticket_shown":
            raise StoreError("the disk is full")
        return FileRequest(**screen.kiosk.parts, catalogue=screen.kiosk.catalogue)(content, key)

    screen = make_screen(file_request=refusing, printer=ScriptedPrinter(PrinterMood.REFUSE))
    walk(screen, "fr")
    screen.until_page(page)
    screen.tap("agent")
    release.set()
    screen.until(lambda: screen.agent_calls == [page])

    assert "Un agent est prévenu." in words(screen) or page == "saving"


@pytest.mark.parametrize(("page", "before"), list(zip(PAGES[2:], PAGES[1:-1], strict=True)))
def test_back_leads_one_page_back(screen: AScreen, page: str, before: str) -> None:
    """And what was said on it is still there."""
    walk(screen, "en", until=page)
    name = screen.window.journey.draft.birth_name
    screen.tap("back")

    assert screen.window.page.name == before
    assert screen.window.journey.draft.birth_name == name


def test_back_from_the_notice_is_the_welcome(screen: AScreen) -> None:
    """Who chose the wrong language chooses again."""
    screen.tap("language_ar")
    screen.tap("back")

    assert screen.window.page.name == "welcome"


@pytest.mark.parametrize("question", PAGES[5:11])
@pytest.mark.parametrize("way", ["continue", "back"])
def test_a_correction_returns_to_the_review(screen: AScreen, question: str, way: str) -> None:
    """One answer is changed, the others need not be given again."""
    walk(screen, "fr", until="review")
    screen.tap(f"change_{question}")
    there = screen.window.page.name
    screen.tap(way)

    assert (there, screen.window.page.name) == (question, "review")


def test_a_corrected_name_is_the_one_that_is_filed(screen: AScreen) -> None:
    """The review shows it while the button is held, and only then."""
    walk(screen, "fr", until="review")
    screen.tap("change_names")
    screen.type_in("birth_name", "TRAORÉ")
    screen.tap("continue")
    hidden = words(screen)
    hold = screen.control("hold_to_read")
    QTest.mousePress(hold, Qt.MouseButton.LeftButton)
    read = words(screen)
    QTest.mouseRelease(hold, Qt.MouseButton.LeftButton)
    after = words(screen)
    screen.tap("confirm")
    screen.until_page("ticket_out")

    assert ["TRAORÉ" in text for text in (hidden, read, after)] == [False, True, False]
    assert "avril 1990" in read
    assert saved(screen.kiosk)[0].content.identity.birth_name == "TRAORÉ"


@pytest.mark.parametrize("letter", ["Ñ", "ع", "கி", "\u09dc"])
def test_a_name_of_two_hundred_letters_is_filed(screen: AScreen, letter: str) -> None:
    """Promise 7: nobody is refused for a long name, also where a letter is stored as two signs."""
    walk(screen, "fr", until="names")
    screen.type_in("birth_name", letter * 200)
    screen.tap("continue")
    screen.window.journey.draft.given_names = ""
    while screen.window.page.name != "review":
        screen.window.journey.answer()
    screen.tap("confirm")
    screen.until_page("ticket_out")

    whole = unicodedata.normalize("NFC", letter)
    assert saved(screen.kiosk)[0].content.identity.birth_name == whole * (200 // len(whole))


def test_one_name_and_no_birth_date_are_enough(screen: AScreen) -> None:
    """Promise 7: what a person does not have is not asked twice."""
    choose(screen, "REN-VPF", "renouveler")
    screen.tap("continue")
    screen.tap("one_name")
    entry_is_shown = screen.window.page.entries[1].isVisibleTo(screen.window)
    screen.type_in("birth_name", "O")
    screen.tap("continue")
    for page in ("birth_date", "nationality", "permit", "number", "contact"):
        screen.until_page(page)
        screen.tap("unknown")
    screen.tap("confirm")
    screen.until_page("ticket_out")

    assert not entry_is_shown
    assert saved(screen.kiosk)[0].content.identity == Identity("O")


def test_a_name_is_the_only_thing_that_is_asked_for(screen: AScreen) -> None:
    """A sentence says so, without a code and without a red field alone."""
    choose(screen, "REN-VPF", "renouveler")
    screen.tap("continue")
    screen.type_in("birth_name", " - ")
    screen.tap("continue")

    assert screen.window.page.name == "names"
    assert "Écrivez votre nom. Une seule lettre suffit." in words(screen)


@pytest.mark.parametrize(
    "typed", [("31", "02", "1990"), ("12", "", "1990"), ("1", "1", ""), ("01", "01", "0090"), ("1", "1", "2990")]
)
def test_a_birth_date_that_cannot_be_is_refused_with_a_sentence(screen: AScreen, typed: tuple[str, str, str]) -> None:
    """It never reaches the ticket, and the person stays where it can be changed."""
    walk(screen, "fr", until="birth_date")
    for part, value in zip(("day", "month", "year"), typed, strict=True):
        screen.type_in(part, value)
    screen.tap("continue")

    assert screen.window.page.name == "birth_date"
    assert "Cette date n'existe pas." in words(screen)


@pytest.mark.parametrize("typed", [("30", "02", "2027"), ("", "02", "2027"), ("1", "1", "27"), ("1", "1", "0001")])
def test_an_end_of_permit_that_cannot_be_is_refused_with_a_sentence(
    screen: AScreen, typed: tuple[str, str, str]
) -> None:
    """A window cannot be counted from it."""
    walk(screen, "fr", until="permit")
    for part, value in zip(("day", "month", "year"), typed, strict=True):
        screen.type_in(part, value)
    screen.tap("continue")

    assert screen.window.page.name == "permit"
    assert "Écrivez le jour, le mois et l'année, ou rien." in words(screen)


def test_a_search_finds_a_country_in_the_persons_language(screen: AScreen) -> None:
    """Any letters of the name, in the script of the person or in French."""
    walk(screen, "ar", until="nationality")
    screen.type_in("country_search", "السودان")
    in_arabic = screen.control("country_SD")
    screen.type_in("country_search", "sri")
    screen.tap("country_LK")

    assert in_arabic is not None
    assert screen.window.journey.draft.nationality == "LK"


def test_asylum_asks_no_name(screen: AScreen) -> None:
    """One touch gives a number; nothing about the person is kept (CESEDA L. 521-1 is another service's)."""
    procedure = screen.kiosk.catalogue.procedures["ASILE"]
    choose(screen, "ASILE", procedure.group)
    screen.tap("continue")
    screen.until_page("guidance")
    said = words(screen)
    screen.tap("take_number")
    screen.until_page("ticket_out")

    assert "Nous ne demandons pas votre nom." in said
    assert saved(screen.kiosk)[0].content.identity == Identity("")


@pytest.mark.parametrize("code", ["NATURALISATION"])
def test_another_services_procedure_leaves_a_trace_all_the_same(screen: AScreen, code: str) -> None:
    """Told where to go, and still able to prove the visit."""
    procedure = screen.kiosk.catalogue.procedures[code]
    choose(screen, code, procedure.group)
    screen.tap("continue")
    screen.until_page("guidance")
    screen.tap("call_agent_here")
    screen.tap("agent_called_close")
    screen.tap("keep_trace")
    to_the_review(screen)
    screen.tap("confirm")
    screen.until_page("ticket_out")

    assert screen.agent_calls == ["guidance"]
    assert saved(screen.kiosk)[0].content.procedure == code


def to_the_review(screen: AScreen) -> None:
    """Give a name and nothing else."""
    while screen.window.page.name != "review":
        page = screen.window.page.name
        if page == "names":
            screen.type_in("birth_name", "KONÉ")
        unknown = screen.window.page.findChild(QPushButton, "unknown")
        screen.tap("unknown" if unknown is not None else "continue")
        assert screen.window.page.name != page


@pytest.mark.parametrize("code", sorted(load_catalogue().procedures))
def test_every_procedure_leads_to_a_number(screen: AScreen, code: str) -> None:
    """With a name and nothing more, each of them can be filed."""
    procedure = screen.kiosk.catalogue.procedures[code]
    choose(screen, code, procedure.group)
    screen.tap("continue")
    if screen.window.page.name == "guidance":
        screen.tap("take_number" if procedure.stores_no_identity else "keep_trace")
    if not procedure.stores_no_identity:
        to_the_review(screen)
        screen.tap("confirm")
    screen.until_page("ticket_out")

    assert [request.content.procedure for request in saved(screen.kiosk)] == [code]


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
