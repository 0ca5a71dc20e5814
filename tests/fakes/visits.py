"""A visitor: walks the real screens by the names of their controls."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from kiosk.domain.opening_hours import ALWAYS_OPEN, OpeningHours
from kiosk.domain.place import Site
from kiosk.domain.request import FilingOutcome, PrintJobId, RequestContent
from kiosk.domain.ticket import ReprintReason
from kiosk.journal.seal_verdict import KnownKey
from kiosk.ports.speech import Speech
from kiosk.services.file_request import FileRequest
from kiosk.services.find_ticket import FindTicket
from kiosk.services.recognise_holder import RecogniseHolder
from kiosk.services.reprint_ticket import BY_SCREEN
from kiosk.settings import ScreenSettings
from kiosk.store.catalogue_file import load_catalogue
from kiosk.store.places_file import load_calendar, load_places
from kiosk.workflows.print_job import PrintState
from tests.fakes.clocks import a_signer
from tests.fakes.kiosks import AKiosk
from tests.fakes.printers import ScriptedPrinter
from tests.fakes.requests import a_request_content
from tests.fakes.stores import a_store
from ui.applicant.return_services import ReturnServices
from ui.applicant.services import ApplicantServices
from ui.applicant.window import ApplicantWindow
from ui.kit.text_entry import TextEntry

Control = TypeVar("Control", bound=QWidget)
Seen = Callable[[str, QWidget], None]  # is shown each page, by name, before anything is done on it


@dataclass
class AScreen:
    """A kiosk with its window, on a real store in a folder.

    Attributes:
        agent_calls: pages on which a person was asked for.
        visits: what was told of visits: True when one began, False when it was over.
    """

    kiosk: AKiosk
    window: ApplicantWindow
    services: ApplicantServices
    agent_calls: list[str] = field(default_factory=list)
    visits: list[bool] = field(default_factory=list)

    def control(self, name: str) -> QPushButton:
        """Return a button that can be seen, by name."""
        return self._shown(QPushButton, name)

    def _shown(self, kind: type[Control], name: str) -> Control:
        """Return what can be seen: the page is laid out, and the one before it deleted, by the event loop."""
        found: list[Control] = []

        def is_there() -> bool:
            found[:] = [each for each in self.window.findChildren(kind, name) if each.isVisibleTo(self.window)]
            return bool(found)

        self.until(is_there)
        return found[0]

    def tap(self, name: str) -> None:
        """Tap a button by its name."""
        self.control(name).click()

    def type_in(self, name: str, text: str) -> None:
        """Type a text as an input method does, in any script."""
        entry = self._shown(TextEntry, name)
        entry.setFocus()
        entry.clear()
        entry.type_in(text)

    def until(self, condition: Callable[[], bool], limit_s: float = 10.0) -> None:
        """Let the screen live until a condition holds."""
        loop = QEventLoop()
        watch = QTimer(interval=5)
        watch.timeout.connect(lambda: loop.quit() if condition() else None)
        watch.start()
        QTimer.singleShot(round(limit_s * 1000), loop.quit)
        if not condition():
            loop.exec()
        watch.stop()
        if not condition():
            raise TimeoutError(f"still on {self.window.page.name}")

    def until_page(self, name: str) -> None:
        """Wait for a page."""
        self.until(lambda: self.window.page.name == name)


def a_screen(
    folder: Path,
    *,
    printer: ScriptedPrinter | None = None,
    settings: ScreenSettings | None = None,
    file_request: Callable[[RequestContent, str], FilingOutcome] | None = None,
    print_ticket: Callable[[PrintJobId], PrintState] | None = None,
    expire_print_job: Callable[[PrintJobId], object] = lambda job: job,
    has_scanner: bool = False,
    speech: Speech | None = None,
    hours: OpeningHours = ALWAYS_OPEN,
    files_when_closed: bool = False,
    call_agent: Callable[[str], object] | None = None,
    keep_days: int | None = 30,
    has_printer: bool = True,
    site: Site | None = None,
) -> AScreen:
    """Return a window on real services and a real store; only the printer is a stand-in."""
    kiosk = AKiosk(a_store(folder), printer=printer or ScriptedPrinter(), catalogue=load_catalogue())
    keys = count(1)
    agent_calls: list[str] = []
    visits: list[bool] = []
    services = ApplicantServices(
        catalogue=kiosk.catalogue,
        places=load_places(),
        calendar=load_calendar(),
        site=site or kiosk.site,
        settings=settings or ScreenSettings(double_tap_ms=0, fade_ms=0),
        clock=kiosk.clock,
        new_key=lambda: f"visit-{next(keys)}",
        file_request=file_request or FileRequest(**kiosk.parts, catalogue=kiosk.catalogue),
        issue_ticket=kiosk.issue,
        print_ticket=print_ticket or kiosk.print,
        print_form=kiosk.print_form,
        expire_print_job=expire_print_job,
        call_agent=call_agent or agent_calls.append,
        tell_visit=visits.append,
        returning=_returning(kiosk),
        keep_days=keep_days,
        hours=hours,
        files_when_closed=files_when_closed,
        has_scanner=has_scanner,
        has_printer=has_printer,
        speech=speech,
    )
    window = ApplicantWindow(services)
    window.show()
    QApplication.processEvents()
    return AScreen(kiosk, window, services, agent_calls, visits)


def _returning(kiosk: AKiosk) -> ReturnServices:
    """What the screens need for who comes back, on the kiosk's own store."""
    recognise = RecogniseHolder(reading=kiosk.store.reading, clock=kiosk.clock, catalogue=kiosk.catalogue)
    keys = [KnownKey(a_signer().public_key, kiosk.site.origin)]
    return ReturnServices(
        find=FindTicket(reading=kiosk.store.reading, clock=kiosk.clock, origin=kiosk.site.origin, keys=lambda: keys),
        recognise=recognise,
        look_again=recognise.again,
        complete=kiosk.complete,
        ask_correction=kiosk.ask_correction,
        withdraw=kiosk.withdraw,
        reprint=lambda reference: (
            kiosk.order_reprint(reference, agent=BY_SCREEN, reason=ReprintReason.HOLDER).print_job_id
        ),
        list_passages=kiosk.list_passages,
    )


# A page's name, and what is done on it.
Step = tuple[str, Callable[[AScreen], None]]


def walk_back(screen: AScreen, language: str, *, until: str = "", seen: Seen | None = None) -> None:
    """Come back with the ticket of a person who filed before, up to a page or to the request withdrawn."""
    _walk(screen, return_steps(language), until, seen)


def return_steps(language: str) -> Iterator[Step]:
    """Yield each page's name, and what a person who comes back does on it, with every act once."""
    filed: list[str] = []

    def tapped(*names: str) -> Callable[[AScreen], None]:
        def tap(screen: AScreen) -> None:
            for name in names:
                screen.tap(name)
                QApplication.processEvents()

        return tap

    def type_reference(screen: AScreen) -> None:
        filed.append(screen.kiosk.file(RETURNING).request.reference)
        screen.type_in("reference", filed[0].lower())
        screen.tap("continue")

    def typed(then: str, **texts: str) -> Callable[[AScreen], None]:
        def enter(screen: AScreen) -> None:
            for name, text in texts.items():
                screen.type_in(name, text)
            screen.tap(then)

        return enter

    yield "welcome", tapped(f"language_{language}")
    yield "notice", tapped("continue")
    yield "groups", tapped("came_back")
    yield "type_reference", type_reference
    yield "prove_birth_date", typed("continue", day="12", month="04", year="1990")
    yield "your_request", tapped("act_bring")
    yield "bring_papers", tapped("document_domicile", "continue")
    yield "act_done", tapped("look_again")
    yield "your_request", tapped("act_contact")
    yield "change_contact", typed("continue", phone="0698765432")
    yield "act_done", tapped("look_again")
    yield "your_request", tapped("act_correct")
    yield "what_is_wrong", tapped("wrong_birth_name")
    yield "right_name", typed("continue", birth_name="DIALLOU")
    yield "act_done", tapped("look_again")
    yield "your_request", tapped("act_reprint")
    yield "act_done", tapped("look_again")
    yield "your_request", tapped("act_list_passages")
    yield "act_done", tapped("look_again")
    yield "your_request", tapped("act_withdraw")
    yield "withdraw", tapped("go_on")
    yield "withdraw_confirm", tapped("withdraw_now")
    yield "act_done", tapped("look_again")
    yield "your_request", tapped("finish")


STUCK = a_request_content(procedure="ANEF-BLOCAGE", documents=(), phone="0611111111", email="aminata@boite.example")
RETURNING = a_request_content(procedure="REN-VPF", documents=("passeport",), phone="0611111111")


@dataclass(frozen=True)
class Person:
    """Whom the visitor says to be."""

    birth_name: str
    given_names: str
    language: str


PERSONS = {
    "fr": Person("N'Guessan-Kouamé", "Marie Aya, Ange", "fr"),
    "ar": Person("بن عبد القادر", "محمد الأمين", "ar"),
    "en": Person("Ramanathan", "Priya", "en"),
}


def visit_steps(language: str, *, procedure: str = "REN-VPF", group: str = "renouveler") -> Iterator[Step]:
    """Yield each page's name, and what the person does on it to come to the next."""
    person = PERSONS.get(language, PERSONS["fr"])

    def names(screen: AScreen) -> None:
        screen.type_in("birth_name", person.birth_name)
        screen.type_in("given_names", person.given_names)
        screen.tap("continue")

    def date_of(day: str, month: str, year: str) -> Callable[[AScreen], None]:
        def enter(screen: AScreen) -> None:
            for part, value in (("day", day), ("month", month), ("year", year)):
                screen.type_in(part, value)
            screen.tap("continue")

        return enter

    def typed(name: str, text: str) -> Callable[[AScreen], None]:
        def enter(screen: AScreen) -> None:
            screen.type_in(name, text)
            screen.tap("continue")

        return enter

    def tapped(name: str) -> Callable[[AScreen], None]:
        return lambda screen: screen.tap(name)

    yield "welcome", tapped(f"language_{language}")
    yield "notice", tapped("continue")
    yield "groups", tapped(f"group_{group}")
    yield "procedures", tapped(f"procedure_{procedure}")
    yield "procedure", tapped("continue")
    yield "names", names
    yield "birth_date", date_of("", "04", "1990")
    yield "nationality", tapped("country_DZ")
    yield "permit", date_of("28", "02", "2027")
    yield "number", typed("foreigner_number", "9901234567")
    yield "contact", typed("phone", "0612345678")
    yield "review", tapped("confirm")


def walk(screen: AScreen, language: str, *, until: str = "", seen: Seen | None = None) -> None:
    """Walk through a visit, up to a page or to the confirmation."""
    _walk(screen, visit_steps(language), until, seen)


def _walk(screen: AScreen, steps: Iterator[Step], until: str, seen: Seen | None) -> None:
    for page, act in steps:
        screen.until_page(page)
        if seen is not None:
            seen(page, screen.window)
        if page == until:
            return
        act(screen)
