"""« Je préfère le papier »: a form to be filled in by hand, and the truth about whether it came out."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from structlog.testing import LogCapture

from tests.fakes.answering import words
from tests.fakes.printers import PrinterMood, ScriptedPrinter
from tests.fakes.visits import AScreen, walk

MakeScreen = Callable[..., AScreen]


def at_the_groups(screen: AScreen, language: str = "ta") -> None:
    for control in (f"language_{language}", "continue"):
        screen.tap(control)


def test_a_form_in_the_visitors_language_comes_out(screen: AScreen) -> None:
    """Nothing is filed, the visit stays where it is, and the journal holds the language and nothing of a person."""
    at_the_groups(screen, "fr")
    screen.tap("paper")
    screen.until(lambda: "Prenez votre feuille" in words(screen))
    screen.tap("blank_form_close")

    printer = screen.kiosk.printer
    assert isinstance(printer, ScriptedPrinter)
    assert [form.language for form in printer.forms] == ["fr"]
    assert screen.window.page.name == "groups"
    assert screen.kiosk.entry_types() == ["form_printed"]


def test_it_is_offered_wherever_an_agent_is_called(screen: AScreen) -> None:
    """On every page of the visit until something is filed, and not after."""
    walk(screen, "fr", until="birth_date")
    screen.tap("agent")
    screen.tap("prefer_paper")
    screen.until(lambda: "Prenez votre feuille" in words(screen))
    screen.tap("blank_form_close")
    assert screen.window.page.name == "birth_date"
    screen.window.journey.leave()
    walk(screen, "fr")
    screen.until_page("ticket_out")
    screen.tap("agent")
    QApplication.processEvents()
    shown = [each for each in screen.window.findChildren(QPushButton, "prefer_paper") if each.isVisible()]

    assert shown == []


@pytest.mark.parametrize("mood", [PrinterMood.REFUSE, PrinterMood.LOSE_THE_ANSWER, PrinterMood.RAISE_IN_THE_MIDDLE])
def test_a_form_that_did_not_come_out_calls_an_agent(make_screen: MakeScreen, mood: PrinterMood) -> None:
    """Nobody is sent to a sheet that is not there."""
    screen = make_screen(printer=ScriptedPrinter(mood))
    at_the_groups(screen, "fr")
    screen.tap("paper")
    screen.until(lambda: "La feuille n'est pas sortie" in words(screen))
    screen.until(lambda: screen.agent_calls == ["groups"])

    assert "Prenez votre feuille" not in words(screen)
    assert "Un agent est prévenu." in words(screen)


def test_one_form_in_a_visit(screen: AScreen) -> None:
    """A child that taps and taps empties no roll; the next visitor gets one again."""
    at_the_groups(screen)
    printer = screen.kiosk.printer
    assert isinstance(printer, ScriptedPrinter)
    for _ in range(3):
        screen.window.journey.prefer_paper()
    screen.until(lambda: len(printer.forms) == 1)
    screen.until(lambda: "form_printed" in screen.kiosk.entry_types())
    QApplication.processEvents()
    screen.window.journey.prefer_paper()
    screen.window.journey.leave()
    at_the_groups(screen)
    screen.tap("paper")
    screen.until(lambda: len(printer.forms) == 2)

    assert screen.kiosk.entry_types().count("form_printed") <= 2


def test_what_is_printed_for_one_visitor_is_not_told_to_the_next(make_screen: MakeScreen) -> None:
    """The message belongs to the visit."""
    printer = ScriptedPrinter()
    screen = make_screen(printer=printer)
    at_the_groups(screen, "fr")
    screen.window.journey.prefer_paper()
    screen.window.journey.leave()
    screen.until(lambda: "form_printed" in screen.kiosk.entry_types())
    QApplication.processEvents()

    assert screen.window.message_above is None


def test_the_log_says_how_it_ended_and_nothing_else(screen: AScreen, log: LogCapture) -> None:
    """A verdict and a condition."""
    at_the_groups(screen, "fr")
    screen.tap("paper")
    screen.until(lambda: "Prenez votre feuille" in words(screen))

    told = [entry for entry in log.entries if entry["event"] == "form.printed"]
    assert [(entry["verdict"], entry["condition"]) for entry in told] == [("confirmed", "ready")]
