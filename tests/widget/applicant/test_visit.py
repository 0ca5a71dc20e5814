"""Visits through the real screens, on a real store: what the person sees, says and leaves."""

import threading

import pytest
from PySide6.QtWidgets import QLabel
from structlog.testing import LogCapture

from kiosk.domain.identity import PartialDate
from kiosk.domain.request import FilingOutcome, RequestContent
from kiosk.errors import StoreFullError
from kiosk.store.catalogue_file import load_catalogue
from kiosk.workflows.print_job import PrintState
from kiosk.workflows.visit import questions_of
from tests.fakes.printers import PrinterMood, ScriptedPrinter
from tests.fakes.visits import PERSONS, AScreen, visit_steps, walk
from tests.widget.applicant.conftest import ScreenMaker


def seen(screen: AScreen) -> str:
    """Everything that can be read on the page."""
    return "\n".join(label.text() for label in screen.window.page.findChildren(QLabel))


def filed(screen: AScreen) -> list[RequestContent]:
    with screen.kiosk.store.reading() as unit:
        day = screen.kiosk.clock.read().utc.date()
        return [request.content for request in unit.requests.filed_on(day)]


@pytest.mark.parametrize("language", PERSONS)
def test_what_was_said_is_on_disk_and_the_ticket_comes_out(screen: AScreen, language: str) -> None:
    """From the first touch to the ticket, in each language."""
    walk(screen, language)
    screen.until_page("ticket_out")
    (content,) = filed(screen)
    person = PERSONS[language]

    assert content.identity.birth_name == person.birth_name
    assert content.identity.given_names == tuple(name.strip() for name in person.given_names.split(","))
    assert content.identity.birth_date == PartialDate(1990, 4)
    assert (content.identity.nationality, content.language, content.phone) == ("DZ", language, "0612345678")
    assert str(content.permit_expires_on) == "2027-02-28"
    assert screen.window.journey.outcome is not None
    assert screen.window.journey.outcome.request.reference in seen(screen)


def test_nothing_is_said_to_be_saved_before_it_is(make_screen: ScreenMaker) -> None:
    """The page that says so appears only when the service returned."""
    may_go_on = threading.Event()
    screen = make_screen()
    service = screen.window._services.file_request

    def slow(content: RequestContent, key: str) -> FilingOutcome:
        may_go_on.wait(10)
        return service(content, key)

    object.__setattr__(screen.window._services, "file_request", slow)
    walk(screen, "fr")
    screen.until_page("saving")
    while_waiting = seen(screen)
    may_go_on.set()
    screen.until_page("ticket_out")

    assert "enregistrée" not in while_waiting
    assert "enregistrée" in seen(screen)


def test_a_double_tap_on_confirm_files_once_and_prints_once(make_screen: ScreenMaker) -> None:
    """Two clicks on the button and two calls of the intent: one filing, one ticket."""
    printer = ScriptedPrinter()
    screen = make_screen(printer=printer)
    walk(screen, "fr", until="review")
    confirm = screen.control("confirm")
    confirm.click()
    confirm.click()
    screen.window.journey.confirm()
    screen.until_page("ticket_out")

    assert len(filed(screen)) == 1
    assert len(printer.on_paper) == 1


@pytest.mark.parametrize(
    ("mood", "state"),
    [
        (PrinterMood.REFUSE, PrintState.FAILED),
        (PrinterMood.LOSE_THE_ANSWER, PrintState.UNCONFIRMED),
        (PrinterMood.RAISE_IN_THE_MIDDLE, PrintState.UNCONFIRMED),
        (PrinterMood.RAISE_BEFORE, PrintState.FAILED),
    ],
)
def test_without_a_confirmed_slip_the_ticket_is_on_the_screen(
    make_screen: ScreenMaker, mood: PrinterMood, state: PrintState
) -> None:
    """Filed all the same; the reference is there, and nothing claims to be printed."""
    screen = make_screen(printer=ScriptedPrinter(mood))
    walk(screen, "fr")
    screen.until_page("ticket_shown")
    outcome = screen.window.journey.outcome

    assert screen.window.journey.print_state is state
    assert len(filed(screen)) == 1
    assert outcome is not None
    assert outcome.request.reference in seen(screen)
    assert outcome.filing.call_number in seen(screen)
    assert "Prenez votre ticket" not in seen(screen)
    assert ("n'a pas confirmé" in seen(screen)) == (state is PrintState.UNCONFIRMED)
    assert screen.window.findChild(QLabel, "seal") is not None


def test_a_store_that_refuses_keeps_the_answers_and_offers_a_person(make_screen: ScreenMaker) -> None:
    """Not saved is said as such; trying again with the same key files once."""
    screen = make_screen()
    service = screen.window._services.file_request
    failures = [StoreFullError("no room"), StoreFullError("no room")]

    def failing(content: RequestContent, key: str) -> FilingOutcome:
        if failures:
            raise failures.pop()
        return service(content, key)

    object.__setattr__(screen.window._services, "file_request", failing)
    walk(screen, "fr")
    screen.until_page("not_saved")
    assert "pas encore enregistrée" in seen(screen)
    screen.tap("retry")
    screen.until(lambda: not failures and screen.window.page.name == "not_saved")
    screen.tap("retry")
    screen.until_page("ticket_out")

    assert len(filed(screen)) == 1


@pytest.mark.parametrize("stop", [name for name, _ in visit_steps("fr")][1:])
def test_every_page_has_both_ways_out(screen: AScreen, quiet_logs: LogCapture, stop: str) -> None:
    """« Je veux parler à un agent » and « Effacer et quitter », and the way back."""
    walk(screen, "fr", until=stop)
    screen.tap("agent")
    assert screen.window.findChild(QLabel, "agent_called_title") is not None
    assert {"event": "agent.called", "screen": stop, "log_level": "info"} in quiet_logs.entries
    screen.control("agent_called_close").click()
    screen.control("back")
    screen.tap("erase_and_leave")

    assert screen.window.page.name == "welcome"
    assert filed(screen) == []


def test_back_leads_through_every_page_to_the_welcome(screen: AScreen) -> None:
    """No page is a trap."""
    walk(screen, "fr", until="review")
    pages = []
    for _ in range(20):
        pages.append(screen.window.page.name)
        if pages[-1] == "welcome":
            break
        screen.tap("back")

    assert pages[::-1] == [name for name, _ in visit_steps("fr")]


def test_a_correction_comes_back_to_the_review_and_counts(screen: AScreen) -> None:
    """Change one answer without saying the others again."""
    walk(screen, "fr", until="review")
    screen.tap("change_names")
    screen.type_in("birth_name", "O")
    screen.tap("continue")
    assert screen.window.page.name == "review"
    screen.tap("confirm")
    screen.until_page("ticket_out")

    assert filed(screen)[0].identity.birth_name == "O"


def test_answers_can_be_read_only_while_the_button_is_held(screen: AScreen) -> None:
    """Whoever stands behind sees nothing."""
    walk(screen, "fr", until="review")
    hold = screen.control("hold_to_read")
    before = seen(screen)
    hold.pressed.emit()
    during = seen(screen)
    hold.released.emit()

    assert PERSONS["fr"].birth_name not in before
    assert PERSONS["fr"].birth_name in during
    assert "9901234567" not in during  # only the last three characters
    assert "567" in during
    assert PERSONS["fr"].birth_name not in seen(screen)


def test_one_name_no_birth_date_no_number_no_phone(screen: AScreen) -> None:
    """« Je ne sais pas » everywhere but for a name of one letter."""
    for page, act in visit_steps("fr"):
        screen.until_page(page)
        if page == "names":
            screen.type_in("birth_name", "Ng")
            screen.tap("one_name")
            screen.tap("continue")
        elif page in ("birth_date", "nationality", "permit", "number", "contact"):
            screen.tap("unknown")
        else:
            act(screen)
    screen.until_page("ticket_out")
    (content,) = filed(screen)

    assert (content.identity.birth_name, content.identity.given_names) == ("Ng", ())
    assert content.identity.birth_date is None
    assert content.phone is None
    assert content.foreigner_number is None


def test_a_missing_name_and_an_impossible_date_are_explained(screen: AScreen) -> None:
    """In words, beside the field, and the person can go on."""
    walk(screen, "fr", until="names")
    screen.tap("continue")
    assert "Une seule lettre suffit" in seen(screen)
    screen.type_in("birth_name", "Li")
    screen.tap("continue")
    for part, value in (("day", "31"), ("month", "02"), ("year", "1990")):
        screen.type_in(part, value)
    screen.tap("continue")

    assert screen.window.page.name == "birth_date"
    assert "n'existe pas" in seen(screen)


def test_asylum_asks_no_identity_and_still_gives_a_number(screen: AScreen) -> None:
    """Nobody's name is asked or kept for this choice."""
    screen.tap("language_fr")
    screen.tap("continue")
    screen.tap("group_autre")
    screen.tap("procedure_ASILE")
    screen.tap("continue")
    assert "Nous ne demandons pas votre nom" in seen(screen)
    screen.tap("take_number")
    screen.until_page("ticket_out")
    (content,) = filed(screen)

    assert content.identity.birth_name == ""


def test_a_hand_off_gives_the_address_and_can_leave_a_trace(screen: AScreen) -> None:
    """Naturalisation is elsewhere; the visit can be proved all the same."""
    screen.tap("language_fr")
    screen.tap("continue")
    screen.tap("group_autre")
    screen.tap("procedure_NATURALISATION")
    screen.tap("continue")
    assert screen.window._services.site.service_name in seen(screen)
    screen.tap("keep_trace")

    assert screen.window.page.name == "names"


@pytest.mark.parametrize("code", load_catalogue().procedures)
def test_every_procedure_leads_to_its_review(screen: AScreen, code: str) -> None:
    """All of the catalogue, with a name alone."""
    procedure = screen.kiosk.catalogue.procedures[code]
    screen.tap("language_fr")
    screen.tap("continue")
    screen.tap(f"group_{procedure.group}")
    screen.tap(f"procedure_{code}")
    screen.tap("continue")
    if procedure.handoff:
        assert screen.window.page.name == "guidance"
        return
    for question in questions_of(procedure):
        screen.until_page(question.value)
        if question.value == "names":
            screen.type_in("birth_name", "O")
        screen.tap("continue")

    assert screen.window.page.name == "review"


def test_the_language_can_change_in_the_middle(screen: AScreen) -> None:
    """The same page, the same answers, other words."""
    walk(screen, "fr", until="permit")
    screen.window.journey.choose_language("en")

    assert screen.window.page.name == "permit"
    assert "When does your residence permit end?" in seen(screen)
    assert screen.window.journey.draft.birth_name == PERSONS["fr"].birth_name
