"""Coming back with a ticket: seen only by its holder, every act recorded once, dated and proved on paper."""

import dataclasses
import threading
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from structlog.testing import LogCapture

from kiosk.domain.request import PrintJobId
from kiosk.domain.slip import PassageList, Proof
from kiosk.errors import StoreError
from kiosk.journal.entry import EntryType
from kiosk.ports.centre_records import RequestStatus
from kiosk.workflows.print_job import PrintState
from kiosk.workflows.return_visit import ReturnState
from kiosk.workflows.visit import VisitState
from tests.fakes.knives import Knife
from tests.fakes.printers import PrinterMood, ScriptedPrinter
from tests.fakes.requests import a_request_content
from tests.fakes.returning import came_back, cards, recognised, shown, told_wrong, typed
from tests.fakes.visits import RETURNING, AScreen, walk_back

MakeScreen = Callable[..., AScreen]
CHANGES = (
    EntryType.REQUEST_COMPLETED,
    EntryType.REQUEST_COMPLETED,
    EntryType.CORRECTION_ASKED,
    EntryType.REPRINT_ORDERED,
    EntryType.VISITS_LISTED,
    EntryType.REQUEST_WITHDRAWN,
)


def test_every_act_is_recorded_once_in_its_order_and_has_its_paper(screen: AScreen) -> None:
    """From the reference to the withdrawal, with a paper for each act."""
    printer = screen.kiosk.printer
    assert isinstance(printer, ScriptedPrinter)

    walk_back(screen, "fr")
    screen.until_page("welcome")

    assert [kind for kind in screen.kiosk.entry_types() if kind in CHANGES] == list(CHANGES)
    assert [type(slip) for slip in printer.slips] == [Proof, Proof, Proof, PassageList, Proof]
    assert [ticket.reprint and (ticket.reprint.agent, ticket.reprint.reason) for ticket in printer.on_paper] == [
        ("kiosk", "holder")
    ]
    with screen.kiosk.store.reading() as unit:
        assert unit.print_jobs.in_states([PrintState.SENDING]) == []
    assert screen.kiosk.verified().is_whole


def test_the_way_back_is_offered_among_the_groups_and_where_files_are_running(screen: AScreen) -> None:
    screen.tap("language_fr")
    screen.tap("continue")
    for page, way in (("groups", "group_attente"), ("procedures", "came_back")):
        screen.until_page(page)
        assert screen.control("came_back").isVisible()
        screen.tap(way)
    screen.until_page("type_reference")
    screen.tap("back")
    screen.until_page("groups")
    screen.tap("group_renouveler")
    screen.until_page("procedures")
    assert screen.window.page.findChild(QPushButton, "came_back") is None


def test_only_as_much_is_shown_as_the_holder_needs(screen: AScreen) -> None:
    """Domain dossier 6.4: an initial, the last digits; the dates of the ticket; the weeks."""
    recognised(screen, screen.kiosk.file(a_request_content(procedure="REN-VPF", phone="0611111234")))

    everything = " ".join(label.text() for label in screen.window.page.findChildren(QLabel))
    assert "D•••" in everything
    assert "•••678" in everything
    assert "•••234" in everything
    for hidden in ("DIALLO", "Aminata", "9912345678", "0611111234", "1990"):
        assert hidden not in everything
    assert "20 mars 2027" in shown(screen, "silence")
    assert "20 mai 2027" in shown(screen, "appeal")
    assert shown(screen, "weeks").endswith("1")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("in_progress", "étudie"),
        ("incomplete", "manque"),
        ("completed", "finie"),
        ("a word of tomorrow", "Un agent peut vous dire"),
    ],
)
def test_the_centre_s_word_is_said_in_easy_words(screen: AScreen, status: str, words: str) -> None:
    outcome = screen.kiosk.file(RETURNING)
    with screen.kiosk.store.units() as unit:
        unit.updates.set_status(outcome.request.request_id, RequestStatus(status, screen.kiosk.clock.read().utc))
        unit.commit()

    recognised(screen, outcome)

    assert words in shown(screen, "status")


def test_a_double_tap_records_once(screen: AScreen) -> None:
    outcome = recognised(screen)
    screen.tap("act_contact")
    screen.type_in("phone", "0699999999")
    returning = screen.window.journey.returning
    assert returning is not None

    returning.change_contact()
    returning.change_contact()

    screen.until_page("act_done")
    with screen.kiosk.store.reading() as unit:
        assert len(unit.changes.of(outcome.request.request_id)) == 1


def test_a_disk_that_refuses_is_said_and_the_same_act_goes_through_later(screen: AScreen) -> None:
    """Nothing is said to be recorded, nothing that was said is lost, nobody leaves while it is being recorded."""
    outcome = recognised(screen)
    printer = screen.kiosk.printer
    assert isinstance(printer, ScriptedPrinter)

    def fail() -> None:
        raise StoreError("the disk is full")

    services = screen.window.journey.returning
    assert services is not None
    screen.tap("act_bring")
    screen.until_page("bring_papers")
    screen.tap("document_domicile")
    knife = Knife(screen.kiosk.store.units, commit=1, cut=fail, before=True)
    screen.kiosk.units = knife
    refusing = dataclasses.replace(screen.services.returning, complete=screen.kiosk.complete)
    services._services = dataclasses.replace(screen.services, returning=refusing)
    screen.tap("continue")
    screen.until_page("not_recorded")
    assert EntryType.REQUEST_COMPLETED not in screen.kiosk.entry_types()
    assert printer.slips == []

    screen.tap("retry")

    screen.until_page("act_done")
    with screen.kiosk.store.reading() as unit:
        (change,) = unit.changes.of(outcome.request.request_id)
    assert change.added.documents == ("domicile",)


@pytest.mark.parametrize(
    ("mood", "word"),
    [
        (PrinterMood.CONFIRM, "Prenez"),
        (PrinterMood.REFUSE, "photo de cet écran"),
        (PrinterMood.LOSE_THE_ANSWER, "photo de cet écran"),
    ],
)
def test_printed_means_the_printer_said_so_and_the_screen_proves_the_rest(
    make_screen: MakeScreen, mood: PrinterMood, word: str
) -> None:
    """Reference, number of the entry, day and time stand on the screen whatever the printer does."""
    screen = make_screen(printer=ScriptedPrinter(mood))
    outcome = recognised(screen)
    for name in ("act_withdraw", "go_on", "withdraw_now"):
        screen.tap(name)
        QApplication.processEvents()
    screen.until_page("act_done")

    assert word in shown(screen, "paper_state")
    with screen.kiosk.store.reading() as unit:
        (change,) = unit.changes.of(outcome.request.request_id)
    plain = shown(screen, "proof").replace("\u2066", "").replace("\u2069", "")
    assert outcome.request.reference in plain
    assert f"n° {change.journal_seq}" in plain
    assert not shown(screen, "date_stays")


def test_a_paper_alone_is_not_said_to_be_out_when_it_is_not(make_screen: MakeScreen) -> None:
    screen = make_screen(printer=ScriptedPrinter(PrinterMood.REFUSE))
    recognised(screen)
    screen.tap("act_list_passages")
    screen.until_page("act_done")

    assert shown(screen, "heading") == "Le papier n'est pas sorti"
    screen.tap("look_again")
    screen.until_page("your_request")
    assert "list_passages" not in cards(screen)


def test_a_withdrawn_request_can_only_be_proved(screen: AScreen) -> None:
    outcome = screen.kiosk.file(RETURNING)
    recognised(screen, outcome)
    assert cards(screen) == ["bring", "contact", "correct", "reprint", "list_passages", "withdraw"]
    for name in ("act_withdraw", "keep", "act_withdraw", "go_on", "keep"):
        screen.tap(name)
        QApplication.processEvents()
    assert screen.window.page.name == "your_request"
    for name in ("act_withdraw", "go_on", "withdraw_now"):
        screen.tap(name)
        QApplication.processEvents()
    screen.until_page("act_done")
    screen.tap("look_again")
    screen.until_page("your_request")

    assert "retiré" in shown(screen, "status")
    assert cards(screen) == ["reprint", "list_passages"]


@pytest.mark.parametrize(
    ("wrong", "page", "texts", "expected"),
    [
        ("birth_name", "right_name", {"given_names": "Aminata, Fatou"}, {"given_names": ("Aminata", "Aminata, Fatou")}),
        (
            "birth_date",
            "right_birth_date",
            {"day": "13", "month": "04", "year": "1990"},
            {"birth_date": ("1990-04-12", "1990-04-13")},
        ),
        (
            "foreigner_number",
            "right_number",
            {"foreigner_number": "9900000001"},
            {"foreigner_number": ("9912345678", "9900000001")},
        ),
    ],
)
def test_a_correction_is_asked_for_and_left_to_an_agent(
    screen: AScreen, wrong: str, page: str, texts: dict[str, str], expected: dict[str, tuple[str, str]]
) -> None:
    """The old value stands beside the new one, and the request says what it said."""
    recognised(screen)
    screen.tap("act_correct")
    screen.tap(f"wrong_{wrong}")
    screen.until_page(page)
    screen.tap("continue")
    assert "différent" in told_wrong(screen)
    for name, text in texts.items():
        screen.type_in(name, text)
    screen.tap("continue")
    screen.until_page("act_done")

    (facts,) = screen.kiosk.facts_of(EntryType.CORRECTION_ASKED)
    assert facts["corrections"] == {name: {"old": old, "new": new} for name, (old, new) in expected.items()}
    screen.tap("look_again")
    screen.until_page("your_request")
    assert shown(screen, "correction_asked")


def test_nothing_is_recorded_before_something_is_said(screen: AScreen) -> None:
    recognised(screen)
    screen.tap("act_bring")
    screen.until_page("bring_papers")
    screen.tap("continue")
    assert told_wrong(screen)
    screen.tap("back")
    screen.tap("act_contact")
    screen.until_page("change_contact")
    screen.type_in("phone", "0611111111")  # the one that is known
    screen.tap("continue")
    assert told_wrong(screen)
    assert not {*CHANGES} & {*screen.kiosk.entry_types()}


def test_each_page_leads_back_to_where_it_came_from(make_screen: MakeScreen) -> None:
    screen = make_screen(has_scanner=True)
    came_back(screen)
    screen.tap("type_reference")
    typed(screen, screen.kiosk.file(RETURNING).request.reference)
    screen.until_page("prove_birth_date")
    screen.tap("no_birth_date")
    for page in ("prove_birth_date", "find_ticket", "groups"):
        screen.tap("back")
        screen.until_page(page)
    assert screen.window.journey.returning is None


def test_nothing_of_a_return_is_left_for_the_next_visitor(screen: AScreen, log: LogCapture) -> None:
    """Not in the journey, not in a field, not in a log; a paper that did not begin to print never comes."""
    outcome = recognised(screen)
    screen.tap("act_contact")
    screen.until_page("change_contact")
    screen.type_in("phone", "0698765432")

    screen.window.journey.leave()
    QApplication.processEvents()

    assert screen.window.page.name == "welcome"
    assert screen.window.journey.returning is None
    assert screen.visits == [True, False]
    for word in (outcome.request.reference, "0698765432", "DIALLO", "1990"):
        assert word not in repr(log.entries)


def test_leaving_while_a_paper_waits_says_nothing_to_the_next_visitor(make_screen: MakeScreen) -> None:
    """What the printer answers later belongs to a visit that is over."""
    may_print = threading.Event()
    expired: list[PrintJobId] = []

    def slow(job: PrintJobId) -> PrintState:
        may_print.wait(10)
        return screen.kiosk.print(job)

    screen = make_screen(print_ticket=slow, expire_print_job=expired.append)
    recognised(screen)
    screen.tap("act_list_passages")
    screen.until_page("paper_printing")

    screen.window.journey.leave()
    screen.until(lambda: bool(expired))
    may_print.set()

    screen.until_page("welcome")
    QApplication.processEvents()
    assert screen.window.journey.state is VisitState.IDLE


def test_nobody_leaves_while_something_is_being_recorded(make_screen: MakeScreen) -> None:
    screen = make_screen()
    recognised(screen)
    returning = screen.window.journey.returning
    assert returning is not None
    returning.state = ReturnState.RECORDING

    screen.window.journey.leave()

    assert screen.window.journey.returning is returning
    returning.state = ReturnState.LOOKING


def test_the_language_can_be_changed_in_the_middle(screen: AScreen) -> None:
    recognised(screen)

    screen.window.journey.choose_language("en")

    assert shown(screen, "heading") == "Your request"
    screen.tap("act_withdraw")
    assert "Withdraw" in shown(screen, "heading")
