"""The ways out of every page, back to the one before, and back to an answer."""

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kiosk.domain.request import FilingOutcome, RequestContent
from kiosk.errors import StoreError
from kiosk.services.file_request import FileRequest
from tests.fakes.answering import saved, words
from tests.fakes.printers import PrinterMood, ScriptedPrinter
from tests.fakes.visits import AScreen, visit_steps, walk

MakeScreen = Callable[..., AScreen]

PAGES = [name for name, _ in visit_steps("fr")]


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
    screen.until(lambda: "Un agent est prévenu." in words(screen))

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
    if page == "ticket_shown":
        screen.until(lambda: screen.window.journey.ticket is not None)  # with it the page is shown anew
    screen.tap("agent")
    release.set()
    screen.until(lambda: screen.agent_calls == [page])

    if page != "saving":
        screen.until(lambda: "Un agent est prévenu." in words(screen))


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


@pytest.mark.parametrize(
    ("question", "typed"), [("names", {"birth_name": ""}), ("birth_date", {"year": "1"}), ("permit", {"day": "31"})]
)
def test_a_correction_that_is_given_up_changes_nothing(screen: AScreen, question: str, typed: dict[str, str]) -> None:
    """Half a date on the review would be nothing that can be shown, or filed."""
    walk(screen, "fr", until="review")
    before = screen.window.journey.draft.content()
    screen.tap(f"change_{question}")
    for name, text in typed.items():
        screen.type_in(name, text)
    screen.tap("back")
    screen.until_page("review")

    assert screen.window.journey.draft.content() == before
    screen.tap("confirm")
    screen.until_page("ticket_out")


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
