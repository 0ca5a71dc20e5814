"""Walks that show every page there is, for whoever looks at all of them: the test of the layout, the contact sheets."""

import dataclasses
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final, NoReturn, Protocol

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.domain.opening_hours import OpeningHours
from kiosk.domain.request import AttemptOutcome, FilingOutcome, PrintJobId, RequestContent
from kiosk.errors import StoreError
from kiosk.ports.readiness import Readiness, StoreCondition
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.services.file_request import FileRequest
from kiosk.settings import ScreenSettings
from kiosk.translation import languages
from kiosk.workflows.print_job import PrintState
from tests.fakes.documents import a_permit
from tests.fakes.other_ways import look_at_other_ways
from tests.fakes.printers import PrinterMood, ScriptedPrinter
from tests.fakes.returning import answered, is_asking, typed
from tests.fakes.speaking import Heard
from tests.fakes.visits import RETURNING, STUCK, AScreen, a_screen, walk, walk_back
from ui.applicant.form_state import FormState
from ui.applicant.window import ApplicantWindow
from ui.kit.comfort import USUAL, Comfort

CLOSED: Final = OpeningHours.of({"monday": ("08:30-12:00",)}, timezone="Europe/Paris")
PAPER_OUT: Final = Readiness(printer=PrinterCondition.PAPER_OUT)
ELSEWHERE, MISTYPED = "38-B1-261120-0042-X", "38-A2-261120-0042-J"
DISK_FULL: Final = Readiness(StoreCondition.FULL)


@dataclass(frozen=True)
class View:
    """How the pages are looked at, and in which languages.

    Attributes:
        size: of the window.
        comfort: of the visitor.
        languages: in which each page is looked at.
        beside: other views of the same pages, in the same walk: a walk takes longer than a look.
    """

    size: tuple[int, int]
    comfort: Comfort = USUAL
    languages: tuple[str, ...] = field(default_factory=lambda: tuple(languages()))
    beside: tuple["View", ...] = ()

    @property
    def name(self) -> str:
        """For example ``1080x1920-largest``."""
        return f"{self.size[0]}x{self.size[1]}-{self.comfort.text_size}"


class See(Protocol):
    """What is done with a page in one language."""

    def __call__(self, window: ApplicantWindow, page: str, language: str) -> None:
        """Look at what is shown."""
        ...


class Look:
    """Shows a page in every language, as a visitor can change it, and hands each to whoever sees."""

    def __init__(self, view: View, see: See) -> None:
        self.view, self._see = view, see

    def __call__(self, screen: AScreen, page: str, then: Callable[[], object] = lambda: None) -> None:
        """Show the page that is shown in every language.

        Args:
            screen: shows the page.
            page: how to call it.
            then: makes a page anew what it was: refused, held, with a message above.
        """
        for view in (self.view, *self.view.beside):
            _seen_as(screen, view)
            for language in view.languages:
                self._show(screen, language)
                then()
                self._settle_and_see(screen.window, page, language)
        self._as_it_was(screen)

    def at_turns(self, screen: AScreen, page: str, turn: Callable[[str], object]) -> None:
        """Show what nobody in particular sees while the languages take turns: only as long as all is usual."""
        self._settle_and_see(screen.window, page, "fr")
        for language in self.view.languages if self.view.comfort == USUAL else ():
            turn(language)
            self._settle_and_see(screen.window, page, language)
        for view in self.view.beside:
            _seen_as(screen, view)
            self._show(screen, "fr")
            self._settle_and_see(screen.window, page, "fr")
        if self.view.beside:
            self._as_it_was(screen)

    def _as_it_was(self, screen: AScreen) -> None:
        _seen_as(screen, self.view)
        self._show(screen, "fr")

    @staticmethod
    def _show(screen: AScreen, language: str) -> None:
        screen.window.journey.draft.language = language
        screen.window.show_page()

    def _settle_and_see(self, window: ApplicantWindow, page: str, language: str) -> None:
        for _ in range(3):  # shown, given its style, laid out
            QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # pages of the past
        self._see(window, page, language)


def show_every_page(view: View, see: See, folder: Path) -> None:
    """Show every page in every language of a view.

    Args:
        view: size, letters and languages.
        see: is called for each.
        folder: where the stores of the walks may lie.
    """
    look = Look(view, see)
    for number, visit in enumerate(VISITS):
        place = folder / f"visit-{number}"
        place.mkdir()
        visit(place, look)


def _nobody_here(folder: Path, look: Look) -> None:
    """The welcome at all times, the screen at rest, the excuse, the closed door."""
    screen = _sized(a_screen(folder, speech=Heard(), hours=CLOSED, files_when_closed=True), look.view)
    window = screen.window
    look.at_turns(screen, "welcome_counters_closed", window.page.take_turn)
    window.hall.told.emit(PAPER_OUT)
    window.page.take_turn(None)
    look.at_turns(screen, "welcome_no_paper", window.page.take_turn)
    if look.view.comfort == USUAL:  # it does not rest for who changed something
        window.idle.rest()
        offered = ScreenSettings().languages
        look.at_turns(screen, "rest", lambda language: window.idle.take_turn(offered.index(language)))
    window.hall.told.emit(DISK_FULL)
    look(screen, "out_of_service")
    _end(screen)
    screen = _sized(a_screen(folder, speech=Heard(), hours=CLOSED), look.view)
    look(screen, "closed")
    look.at_turns(screen, "closed_turns", screen.window.page.take_turn)
    _end(screen)


def _without_answer(folder: Path, look: Look) -> None:
    """Every page of a visit; the disk refuses a first time, and then the printer says nothing."""
    service: list[Callable[[RequestContent, str], FilingOutcome]] = []
    may_refuse = threading.Event()

    def refused_once(content: RequestContent, key: str) -> FilingOutcome:
        if not service:
            service.append(FileRequest(**screen.kiosk.parts, catalogue=screen.kiosk.catalogue))
            may_refuse.wait(60)
            raise StoreError("the disk is full")
        return service[0](content, key)

    def seen(page: str, window: QWidget) -> None:
        if page == "welcome":
            look.at_turns(screen, page, window.page.take_turn)  # type: ignore[attr-defined]  # ours
        else:
            look(screen, page)
        if page == "review":
            look(screen, "review_held", lambda: _hold(screen))

    printer = ScriptedPrinter(PrinterMood.LOSE_THE_ANSWER)
    screen = _sized(a_screen(folder, speech=Heard(), printer=printer, file_request=refused_once), look.view)
    walk(screen, "fr", seen=seen)
    screen.until_page("saving")
    look(screen, "saving")
    may_refuse.set()
    screen.until_page("not_saved")
    look(screen, "not_saved")
    screen.tap("retry")
    screen.until_page("ticket_shown")
    screen.until(lambda: screen.window.journey.ticket is not None)
    look(screen, "ticket_not_sure")
    _end(screen)


def _without_paper(folder: Path, look: Look) -> None:
    """The printer refuses, when it has been watched for a while."""
    may_print = threading.Event()

    def refuse() -> None:
        may_print.wait(60)

    printer = ScriptedPrinter(PrinterMood.REFUSE, when_asked=refuse)
    screen = _sized(a_screen(folder, speech=Heard(), printer=printer), look.view)
    walk(screen, "fr")
    screen.until_page("printing")
    look(screen, "printing")
    may_print.set()
    screen.until_page("ticket_shown")
    screen.until(lambda: screen.window.journey.ticket is not None)
    look(screen, "ticket_shown")
    _end(screen)


def _another_service(folder: Path, look: Look) -> None:
    """Guidance, attempts, questions refused, what can stand above a page, and at last a ticket."""
    screen = _sized(a_screen(folder, speech=Heard()), look.view)
    window, journey = screen.window, screen.window.journey
    journey.choose_language("fr")
    journey.read_notice()
    procedures = screen.kiosk.catalogue.procedures
    for code in ("ASILE", "NATURALISATION"):
        journey.choose_procedure(procedures[code])
        journey.hand_off()
        look(screen, f"guidance_{code}")
        journey.go_back()
    journey.choose_procedure(next(p for p in procedures.values() if p.ask_evidence))
    journey.begin_telling()
    look(screen, "names_refused", lambda: screen.tap("continue"))
    journey.draft.birth_name = "O"
    journey.answer()
    screen.type_in("year", "1")
    look(screen, "birth_date_refused", lambda: screen.tap("continue"))
    journey.draft.birth.year = ""
    while window.page.name != "attempts":
        journey.answer()
    look(screen, "attempts")
    for name, show in {
        "agent_called": window.messages.show_agent_called,
        "agent_not_called": window.messages.show_agent_not_called,
        "cannot_save": window.messages.show_not_able,
        "unreadable_scan": window.messages.show_unreadable_scan,
        "still_there": window._warn,
        "comfort": window.messages.ask_comfort,
        "languages": window.messages.ask_language,
    }.items():
        look(screen, name, show)
    while window.page.name != "review":
        journey.answer()
    window.hall.told.emit(PAPER_OUT)
    look(screen, "review_no_paper")
    screen.tap("confirm")
    screen.until_page("ticket_out")
    look(screen, "ticket_out")
    _end(screen)


def _with_a_reader(folder: Path, look: Look) -> None:
    """A document on a reader, and what it said."""
    screen = _sized(a_screen(folder, speech=Heard(), has_scanner=True), look.view)
    walk(screen, "fr", until="procedure")
    screen.tap("continue")
    look(screen, "document")
    screen.window.scanned.emit(a_permit())
    look(screen, "reading")
    _end(screen)


def _other_ways(folder: Path, look: Look) -> None:
    """Search, helper, minor, European, what happened elsewhere, paper."""
    screen = _sized(a_screen(folder, speech=Heard()), look.view)
    window = screen.window
    again: dict[str, Callable[[], object]] = {
        "search found": lambda: screen.type_in("procedure_search", "carte"),
        "search nothing": lambda: screen.type_in("procedure_search", "zzz"),
        "agent_called": window.messages.show_agent_called,
        **{f"form_{state.value}": partial(window.messages.show_form, state) for state in FormState},
    }

    def seen(page: str, _window: QWidget) -> None:
        then = again.get(page, partial(screen.tap, "continue") if page.endswith("refused") else lambda: None)
        look(screen, page.replace(" ", "_"), then)
        then()  # as the walk expects it

    look_at_other_ways(screen, "fr", seen)
    _end(screen)


def _back_with_a_ticket(folder: Path, look: Look) -> None:
    """Every page of a return, with every act; nothing comes out of the printer."""
    printer = ScriptedPrinter(PrinterMood.REFUSE)
    screen = _sized(a_screen(folder, printer=printer, speech=Heard()), look.view)
    pages: set[str] = set()

    def seen(page: str, _window: QWidget) -> None:
        if page not in {*pages, "welcome", "notice", "groups"}:
            look(screen, f"back_{page}")
        pages.add(page)

    walk_back(screen, "fr", seen=seen)
    _end(screen)


def _back_when_things_go_wrong(folder: Path, look: Look) -> None:
    """Other corrections, a paper that waits for its printer, and a disk that refuses."""
    may_print = threading.Event()

    def slow(_: PrintJobId) -> PrintState:
        may_print.wait(60)
        return PrintState.UNCONFIRMED

    def refuse(*_: object) -> NoReturn:
        raise StoreError("the disk is full")

    screen = _sized(a_screen(folder, speech=Heard(), print_ticket=slow), look.view)
    walk_back(screen, "fr", until="your_request")
    for wrong in ("birth_date", "foreigner_number"):
        for button in ("act_correct", f"wrong_{wrong}"):
            screen.tap(button)
        look(screen, f"back_right_{wrong}")
        for _ in range(2):
            screen.window.journey.go_back()
    screen.tap("act_list_passages")
    screen.until_page("paper_printing")
    look(screen, "back_paper_printing")
    may_print.set()
    screen.until_page("act_done")
    look(screen, "back_paper_missing")
    screen.tap("look_again")
    screen.until_page("your_request")
    returning = screen.window.journey.returning
    assert returning is not None
    refusing = dataclasses.replace(screen.services.returning, complete=refuse)
    returning._services = dataclasses.replace(screen.services, returning=refusing)
    for button in ("act_bring", "document_domicile", "continue"):
        screen.tap(button)
    screen.until_page("not_recorded")
    look(screen, "back_not_recorded")
    _end(screen)


def _back_to_say_more(folder: Path, look: Look) -> None:
    """What was tried since, and contacts that go; the request is one about tries."""
    screen = _sized(a_screen(folder, speech=Heard()), look.view)
    window, journey = screen.window, screen.window.journey
    journey.choose_language("fr")
    journey.read_notice()
    journey.come_back()
    typed(screen, screen.kiosk.file(STUCK).request.reference)
    answered(screen)
    screen.until_page("your_request")
    look(screen, "back_your_request_about_tries")
    screen.tap("act_attempts")
    look(screen, "back_attempts_refused", lambda: screen.tap("continue"))
    journey.answers.attempts = set(AttemptOutcome)
    journey.answer()
    while window.page.name != "attempt_help":
        screen.type_in("day", "3")
        screen.type_in("month", "11")
        screen.tap("continue")
    for name in ("help_ccc", "evidence_capture", "evidence_sms", "continue", "continue"):
        screen.tap(name)
    look(screen, "back_check_attempts")
    screen.tap("continue")
    screen.until_page("act_done")
    look(screen, "back_attempts_added")
    screen.tap("look_again")
    screen.tap("act_contact")
    look(screen, "back_change_contact_refused", lambda: screen.tap("continue"))
    for name in ("erase_phone", "erase_email"):
        screen.tap(name)
    look(screen, "back_erasing")
    screen.tap("continue")
    screen.until_page("act_done")
    look(screen, "back_contact_erased")
    _end(screen)


def _not_recognised(folder: Path, look: Look) -> None:
    """A ticket of another kiosk, slips of the finger, wrong answers."""
    screen = _sized(a_screen(folder, has_scanner=True, speech=Heard()), look.view)
    journey = screen.window.journey
    journey.choose_language("fr")
    journey.read_notice()
    journey.come_back()
    look(screen, "find_ticket")
    screen.tap("type_reference")
    look(screen, "type_reference_refused", lambda: _refused(screen, reference=MISTYPED))
    journey.scanned(ELSEWHERE)
    screen.until_page("request_elsewhere")
    look(screen, "request_elsewhere")
    journey.go_back()
    journey.scanned(screen.kiosk.file(RETURNING).request.reference)
    screen.until_page("prove_birth_date")
    look(screen, "prove_birth_date")
    screen.tap("no_birth_date")
    look(screen, "prove_name")
    for _ in range(3):
        screen.type_in("birth_name", "O")
        screen.tap("continue")
        screen.until(lambda: not is_asking(screen))
    look(screen, "agent_needed")
    _end(screen)


VISITS: Final = (
    _nobody_here,
    _without_answer,
    _without_paper,
    _another_service,
    _with_a_reader,
    _other_ways,
    _back_with_a_ticket,
    _back_when_things_go_wrong,
    _back_to_say_more,
    _not_recognised,
)


def _refused(screen: AScreen, **entries: str) -> None:
    """Type what is refused."""
    for name, text in entries.items():
        screen.type_in(name, text)
    screen.tap("continue")
    screen.until(lambda: not is_asking(screen))


def _hold(screen: AScreen) -> None:
    """Press the button of the page that is shown now, and do not let go."""
    screen.control("hold_to_read").pressed.emit()


def _sized(screen: AScreen, view: View) -> AScreen:
    _seen_as(screen, view)
    screen.window.show_page()
    QApplication.processEvents()
    return screen


def _seen_as(screen: AScreen, view: View) -> None:
    """Let the next page be shown so."""
    screen.window.resize(*view.size)
    screen.window.journey.comfort = view.comfort


def _end(screen: AScreen) -> None:
    screen.window.close()
    screen.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
