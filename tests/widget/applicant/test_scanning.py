"""A document on the reader instead of typing: fewer taps, nothing kept of the zone, and writing is always as good."""

import gc
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel
from structlog.testing import LogCapture

from kiosk.journal.entry import EntryType
from kiosk.workflows.visit import Question
from tests.fakes.documents import a_permit
from tests.fakes.visits import AScreen, visit_steps
from ui.devices.wedge_scanner import BURST_MS, WedgeScanner

MakeScreen = Callable[..., AScreen]
MOST_TAPS = 12


@pytest.fixture
def screen(make_screen: MakeScreen) -> AScreen:
    return make_screen(has_scanner=True)


def at_the_reader(screen: AScreen) -> int:
    """Go to the page that asks for a document, and return how many taps that took."""
    taps = 0
    for page, act in visit_steps("fr"):
        if page == "names":
            break
        screen.until_page(page)
        act(screen)
        taps += 1
    screen.until_page("document")
    return taps


def shown(screen: AScreen, question: Question) -> str:
    """Return what the page says was read."""
    label = screen.window.page.findChild(QLabel, f"read_{question.value}")
    assert label is not None
    return label.text()


def test_a_renewal_with_a_scan_takes_at_most_twelve_taps(screen: AScreen) -> None:
    """From the welcome to the ticket, with the permit's end, the number and the names filed as they stand on it."""
    taps = at_the_reader(screen)
    screen.window.scanned.emit(a_permit())
    screen.until_page("reading")
    assert shown(screen, Question.NAMES) == "BENALI\nAMINA, LINA"
    for name in ("that_is_me", "continue", "confirm"):
        screen.tap(name)
        taps += 1
        QApplication.processEvents()
    screen.until_page("ticket_out")
    assert taps <= MOST_TAPS
    with screen.kiosk.store.reading() as unit:
        facts = [p.facts for e, p in unit.journal.entries_after(0, 50) if e.type == EntryType.REQUEST_FILED and p]
    content = facts[0]["content"]
    assert isinstance(content, dict)
    assert (content["birth_name"], content["given_names"]) == ("BENALI", ["AMINA", "LINA"])
    assert content["birth_date"] == "1990-04-12"
    assert content["nationality"] == "DZ"
    assert content["permit_expires_on"] == "2027-02-28"
    assert content["foreigner_number"] == "9901234567"


def test_a_damaged_line_leads_to_typing_with_what_was_read(screen: AScreen) -> None:
    at_the_reader(screen)
    screen.window.scanned.emit(a_permit().replace("900412", "9O0X12"))
    screen.until_page("reading")
    assert screen.window.page.findChild(QLabel, "read_birth_date") is None
    assert screen.window.page.findChild(QFrame, "doubtful") is not None
    screen.tap("that_is_me")
    screen.until_page("names")
    assert screen.window.journey.draft.birth_name == "BENALI"


def test_who_is_not_sure_of_the_reading_is_asked_everything(screen: AScreen) -> None:
    at_the_reader(screen)
    screen.window.scanned.emit(a_permit())
    screen.until_page("reading")
    screen.tap("correct")
    screen.until_page("names")

    draft = screen.window.journey.draft
    assert (draft.birth_name, draft.foreigner_number) == ("BENALI", "9901234567")


def test_nobody_must_have_a_document(screen: AScreen) -> None:
    at_the_reader(screen)
    screen.tap("write")
    screen.until_page("names")
    asked = screen.window.page.name
    screen.tap("back")
    screen.until_page("document")

    assert (asked, screen.window.journey.draft.birth_name) == ("names", "")


def test_something_else_on_the_reader_gets_one_sentence(screen: AScreen) -> None:
    at_the_reader(screen)
    screen.window.scanned.emit("3017620422003")
    screen.tap("unreadable_scan_close")
    assert screen.window.page.name == "document"


def test_a_scan_outside_of_the_questions_changes_nothing(screen: AScreen) -> None:
    screen.window.scanned.emit(a_permit())
    QApplication.processEvents()
    assert screen.window.page.name == "welcome"
    assert screen.window.journey.draft.birth_name == ""


def test_nothing_of_the_zone_is_kept(screen: AScreen, log: LogCapture) -> None:
    """Not in the draft, not in the log, not anywhere that Python can reach."""
    at_the_reader(screen)
    zone = a_permit()
    line = zone.splitlines()[1]
    screen.window.scanned.emit(zone)
    screen.until_page("reading")
    del zone
    gc.collect()
    assert "ABC123456" not in repr(screen.window.journey.draft)
    assert line[:12] not in repr(log.entries)
    assert [event["event"] for event in log.entries if "scan" in event["event"]] == ["scan.taken"]


def test_a_reader_that_types_is_told_from_fingers(screen: AScreen) -> None:
    """A burst is a scan and reaches no field; single keys reach the field that has the focus."""
    scans: list[str] = []
    WedgeScanner(screen.window).scanned.connect(scans.append)
    at_the_reader(screen)
    screen.tap("write")
    screen.until_page("names")
    field = screen.window.page.entries[0]
    for text in "ZOÉ":
        QApplication.sendEvent(field, QKeyEvent(QKeyEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, text))
        wait(screen, BURST_MS * 2)
    for text in a_permit():
        key = Qt.Key.Key_Return if text == "\n" else 0
        QApplication.sendEvent(field, QKeyEvent(QKeyEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text))
    screen.until(lambda: bool(scans))
    assert scans == [a_permit()]
    assert field.text() == "ZOÉ"


def wait(screen: AScreen, milliseconds: int) -> None:
    """Let the screen live for a moment."""
    with pytest.raises(TimeoutError):
        screen.until(lambda: False, milliseconds / 1000)
