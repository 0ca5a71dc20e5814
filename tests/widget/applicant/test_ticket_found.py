"""A ticket is found and its holder recognised: a slip costs nothing, a guess leads to an agent."""

import dataclasses
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel

from kiosk.domain.file_act import CounterMessage
from kiosk.journal.seal import make_seal
from tests.fakes.clocks import FixedSigner, a_signer
from tests.fakes.requests import a_request_content
from tests.fakes.returning import answered, came_back, is_asking, recognised, shown, told_wrong, typed
from tests.fakes.staff import signed_in
from tests.fakes.visits import RETURNING, AScreen
from ui.devices.wedge_scanner import WedgeScanner

MakeScreen = Callable[..., AScreen]


def test_a_mistyped_reference_gets_a_clear_sentence_and_stays_to_be_mended(screen: AScreen) -> None:
    came_back(screen)

    typed(screen, "38-A2-261120-0042-J")

    assert "chaque lettre" in told_wrong(screen)
    assert screen.window.page.entries[0].text() == "38-A2-261120-0042-J"


def test_an_unknown_reference_and_a_wrong_date_look_the_same_and_end_at_an_agent(
    make_screen: MakeScreen,
) -> None:
    """At most three tries; no word on whether the reference exists."""
    said = []
    screen = make_screen()
    for reference in (screen.kiosk.file(RETURNING).request.reference, "38-A2-261120-9999-E"):
        came_back(screen)
        typed(screen, reference)
        for _ in range(2):
            answered(screen, year="1999")
            said.append(told_wrong(screen))
        answered(screen, year="1999")
        screen.until_page("agent_needed")
        screen.tap("call_agent_here")
        screen.tap("agent_called_close")
        screen.tap("finish")
    assert len(set(said)) == 1
    screen.until(lambda: screen.agent_calls == ["agent_needed"] * 2)


def test_beginning_again_gives_no_further_tries(screen: AScreen) -> None:
    reference, last = screen.kiosk.file(RETURNING).request.reference, ""
    for tries in (2, 1):
        came_back(screen)
        typed(screen, reference)
        for _ in range(tries):
            answered(screen, year="1999")
            screen.until(lambda: not is_asking(screen))
        last = screen.window.page.name
        screen.window.journey.leave()
    assert last == "agent_needed"


def test_who_gave_no_birth_date_is_recognised_by_the_name(screen: AScreen) -> None:
    outcome = screen.kiosk.file(a_request_content(procedure="REN-VPF", birth_name="N'Guessan", birth_date=None))
    came_back(screen)
    typed(screen, outcome.request.reference)
    screen.until_page("prove_birth_date")
    screen.tap("no_birth_date")
    screen.type_in("birth_name", "nguessan")
    screen.tap("continue")
    screen.until_page("your_request")

    returning = screen.window.journey.returning
    assert returning is not None
    assert returning.yours is not None
    assert returning.yours.request.request_id == outcome.request.request_id


def test_what_staff_left_is_said_at_the_next_scan_and_no_more_once_taken_away(screen: AScreen) -> None:
    """One of the fixed sentences, in the language of the screen."""
    outcome = screen.kiosk.file(RETURNING)
    session = signed_in(screen.kiosk.desk)
    screen.kiosk.file_work.leave_message(session, outcome.request.reference, CounterMessage.CARD_READY)
    recognised(screen, outcome)
    assert shown(screen, "message") == "Votre carte est prête. Demandez à un agent où la prendre."
    screen.tap("finish")
    screen.until_page("welcome")
    screen.kiosk.file_work.leave_message(session, outcome.request.reference, None)
    recognised(screen, outcome)

    assert screen.window.findChildren(QLabel, "message") == []


def test_a_date_that_cannot_be_costs_no_try(screen: AScreen) -> None:
    came_back(screen)
    typed(screen, screen.kiosk.file(RETURNING).request.reference)
    for _ in range(5):
        answered(screen, day="31", month="02")
        assert "n'existe pas" in told_wrong(screen)
    answered(screen)
    screen.until_page("your_request")


def test_the_code_on_the_reader_finds_the_request_also_from_the_groups(make_screen: MakeScreen) -> None:
    screen = make_screen(has_scanner=True)
    outcome = screen.kiosk.file(RETURNING)
    seal = make_seal(outcome.request, outcome.filing, "38-A2", a_signer(), "https://titres.example/verify")
    for name in ("language_fr", "continue"):
        screen.tap(name)
        QApplication.processEvents()
    screen.until_page("groups")

    screen.window.scanned.emit(seal)

    answered(screen)
    screen.until_page("your_request")
    assert outcome.request.reference in shown(screen, "reference").strip("\u2066\u2069")


def test_a_reader_that_types_hands_over_a_whole_code(make_screen: MakeScreen) -> None:
    """Some three hundred keys in one burst, none of them in the field."""
    screen = make_screen(has_scanner=True)
    WedgeScanner(screen.window).scanned.connect(screen.window.scanned)
    outcome = screen.kiosk.file(RETURNING)
    came_back(screen)
    screen.tap("type_reference")
    screen.until_page("type_reference")
    field = screen.window.page.entries[0]
    for text in make_seal(outcome.request, outcome.filing, "38-A2", a_signer()) + "\n":
        key = Qt.Key.Key_Return if text == "\n" else 0
        QApplication.sendEvent(field, QKeyEvent(QKeyEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text))

    screen.until_page("prove_birth_date")
    assert screen.window.journey.returning is not None
    assert screen.window.journey.returning.said.reference == ""


def test_a_document_or_a_changed_code_gets_one_sentence(make_screen: MakeScreen) -> None:
    screen = make_screen(has_scanner=True)
    outcome = screen.kiosk.file(RETURNING)
    seal = make_seal(outcome.request, outcome.filing, "38-A2", a_signer())
    came_back(screen)
    for text in ("P<FRADUPONT<<JEAN<<<<<", seal[:-1] + ("A" if seal[-1] != "A" else "Q")):
        screen.window.scanned.emit(text)
        screen.tap("unreadable_scan_close")
        assert screen.window.page.name == "find_ticket"


@pytest.mark.parametrize(
    ("reference", "kiosk", "is_valid"),
    [("38-A2-251120-0042-0", "38-A2", True), ("38-B1-261120-0042-X", "38-B1", False)],
    ids=["erased here", "another kiosk"],
)
def test_a_request_that_is_not_here_is_not_known_and_an_agent_can_look(
    make_screen: MakeScreen, reference: str, kiosk: str, is_valid: bool
) -> None:
    """A ticket is only called valid when its seal shows it, with the keys that are known here."""
    screen = make_screen(has_scanner=True)
    outcome = screen.kiosk.file(RETURNING)
    moved = dataclasses.replace(outcome.request, reference=reference)
    came_back(screen)

    screen.window.scanned.emit(make_seal(moved, outcome.filing, kiosk, a_signer() if is_valid else FixedSigner(3)))

    screen.until_page("request_elsewhere")
    assert bool(shown(screen, "valid")) is is_valid
    assert "agent" in shown(screen, "unknown_here")
    screen.tap("call_agent_here")
    screen.until(lambda: screen.agent_calls == ["request_elsewhere"])
