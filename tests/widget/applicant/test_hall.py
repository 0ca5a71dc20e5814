"""What stands on the screen while nobody is there, and what changes it: the clock, the disk, the printer, the time."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.domain.opening_hours import OpeningHours
from kiosk.errors import StoreFullError
from kiosk.ports.readiness import Readiness, StoreCondition
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.services.watch_readiness import ReadinessWatch
from kiosk.services.watched_printer import PrinterWatch, WatchedPrinter
from kiosk.settings import ScreenSettings
from kiosk.store.store_probe import DiskProbe
from kiosk.translation import TextDomain, Translator
from tests.fakes.answering import words
from tests.fakes.clocks import FixedClock
from tests.fakes.emulated import Bench, on_the_bench
from tests.fakes.visits import AScreen, walk

MakeScreen = Callable[..., AScreen]

# The sample's Friday, 20 November 2026, nine in the morning: the counters close at noon and open again on Monday.
HOURS = OpeningHours.of({"friday": ("08:30-12:00",), "monday": ("08:30-12:00",)}, timezone="Europe/Paris")
NOON = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
MONDAY_MORNING = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
ONE_MOMENT = timedelta(milliseconds=1)
PAPER_OUT = Readiness(printer=PrinterCondition.PAPER_OUT)
DISK_FULL = Readiness(StoreCondition.FULL)
NO_PAPER = "Pas de papier. Déposez maintenant : votre numéro s'affiche à l'écran."
LIMIT_S = 2.0


def at(screen: AScreen, moment: datetime) -> None:
    """Let it be that time, and the screen look at its clock."""
    clock = screen.kiosk.clock
    assert isinstance(clock, FixedClock)
    clock.jump_to(moment)
    screen.window.hall.look()


# Hours ---------------------------------------------------------------------------------------------------------------


def test_the_closed_door_says_when_it_opens_in_every_language(make_screen: MakeScreen) -> None:
    """One word in all of them at once, the sentences in French and by turns."""
    screen = make_screen(hours=HOURS)
    assert screen.window.page.name == "welcome"
    at(screen, NOON)
    said = words(screen)

    assert screen.window.page.name == "closed"
    assert "La borne est fermée." in said
    assert "lundi 23 novembre 2026 · 08:30" in said
    assert "04 76 60 34 00" in said
    for code in ScreenSettings().languages:
        tr = Translator.of(code, TextDomain.SCREENS)
        assert tr.text("closed", "Fermé") in said
        screen.window.page.take_turn(code)
        assert tr.text("closed", "La borne est fermée.") in words(screen)
        assert "La borne est fermée." in words(screen)


def test_tomorrow_and_today_are_words(make_screen: MakeScreen) -> None:
    """Nobody has to know the date."""
    screen = make_screen(hours=HOURS)
    at(screen, MONDAY_MORNING - timedelta(hours=12))
    assert "Demain · lundi 23 novembre 2026 · 08:30" in words(screen)

    at(screen, MONDAY_MORNING - timedelta(minutes=1))

    assert "Aujourd'hui · 08:30" in words(screen)


def test_it_opens_by_itself_also_from_its_rest(make_screen: MakeScreen) -> None:
    """In the minute that the door says, and not before."""
    screen = make_screen(hours=HOURS)
    at(screen, NOON)
    screen.window.idle.rest()
    at(screen, MONDAY_MORNING - ONE_MOMENT)
    before = screen.window.page.name, screen.window.idle.is_resting
    at(screen, MONDAY_MORNING)

    assert before == ("closed", True)
    assert (screen.window.page.name, screen.window.idle.is_resting) == ("welcome", False)


def test_a_visit_that_has_begun_is_filed_at_its_true_moment(make_screen: MakeScreen) -> None:
    """The door closes behind the last visitor."""
    screen = make_screen(hours=HOURS)
    at(screen, NOON - ONE_MOMENT)
    walk(screen, "fr", until="review")
    at(screen, NOON + timedelta(minutes=4))
    still_there = screen.window.page.name
    screen.tap("confirm")
    screen.until_page("ticket_out")
    outcome = screen.window.journey.outcome
    screen.window.journey.leave()

    assert still_there == "review"
    assert outcome is not None
    assert outcome.request.received.utc == NOON + timedelta(minutes=4)
    assert screen.window.page.name == "closed"


def test_a_tap_on_the_welcome_counts_until_the_door_is_seen(make_screen: MakeScreen) -> None:
    """The clock has passed noon, the screen has not looked yet: whoever touched what was there is served."""
    screen = make_screen(hours=HOURS)
    clock = screen.kiosk.clock
    assert isinstance(clock, FixedClock)
    clock.jump_to(NOON)
    screen.tap("language_fr")

    assert screen.window.page.name == "notice"


def test_nobody_is_called_and_nothing_begins_behind_a_closed_door(make_screen: MakeScreen) -> None:
    """The agent's button is there and off; a language is only for reading."""
    screen = make_screen(hours=HOURS)
    at(screen, NOON)
    screen.tap("agent")
    screen.tap("language")
    screen.tap("language_ar")
    pinned = words(screen)
    screen.window.journey.leave()

    assert screen.agent_calls == []
    assert screen.visits == []
    assert "الجهاز مغلق." in pinned
    assert screen.window.journey.draft.language == "fr"
    assert screen.window.page.name == "closed"


def test_staff_may_let_people_file_while_the_counters_are_closed(make_screen: MakeScreen) -> None:
    """With a word about it."""
    screen = make_screen(hours=HOURS, files_when_closed=True)
    usual = words(screen)
    at(screen, NOON)

    assert "Guichets fermés" not in usual
    assert screen.window.page.name == "welcome"
    assert "Guichets fermés. Vous pouvez déposer une demande." in words(screen)
    assert "The counters are closed. You can file a request." in words(screen)
    walk(screen, "fr")
    screen.until_page("ticket_out")


# Readiness -----------------------------------------------------------------------------------------------------------


def test_no_paper_is_said_at_the_welcome_and_again_before_the_commitment(screen: AScreen) -> None:
    """And taken back when there is paper again."""
    screen.window.hall.told.emit(PAPER_OUT)
    at_welcome = words(screen)
    walk(screen, "fr", until="review")
    at_review = words(screen)
    screen.window.hall.told.emit(Readiness(printer=PrinterCondition.READY))

    assert NO_PAPER in at_welcome
    assert NO_PAPER in at_review
    assert NO_PAPER not in words(screen)


def test_a_printer_that_does_not_answer_is_not_called_a_lack_of_paper(screen: AScreen) -> None:
    """Staff would look for the wrong thing."""
    screen.window.hall.told.emit(Readiness(printer=PrinterCondition.SILENT))

    assert "L'imprimante ne marche pas. Déposez maintenant : votre numéro s'affiche à l'écran." in words(screen)


def test_without_a_way_to_save_nobody_is_asked_anything(screen: AScreen) -> None:
    """A person, paper and an address instead; the welcome is back as soon as it can be."""
    screen.window.hall.told.emit(DISK_FULL)
    said = words(screen)
    screen.tap("agent")
    screen.window.hall.told.emit(Readiness())

    assert "Allez à l'accueil : un agent vous aide." in said
    assert "12 place de Verdun" in said
    assert screen.agent_calls == []
    assert screen.window.page.name == "welcome"


def test_who_is_in_the_middle_of_it_is_told_and_loses_nothing(screen: AScreen) -> None:
    """Before everything is typed, and only once."""
    walk(screen, "fr", until="number")
    screen.window.hall.told.emit(DISK_FULL)
    said = words(screen)
    screen.tap("not_able_close")
    screen.window.hall.told.emit(Readiness(StoreCondition.NOT_WRITABLE))

    assert "Allez à l'accueil, ou attendez un peu : vos réponses restent ici." in said
    assert screen.window.message_above is None
    assert screen.window.page.name == "number"
    assert screen.window.journey.draft.birth_name


def test_a_call_that_reached_nobody_is_taken_back(make_screen: MakeScreen) -> None:
    """Nobody waits for an agent who does not come."""

    def refused(_screen: str) -> None:
        raise StoreFullError("the disk is full")

    screen = make_screen(call_agent=refused)
    screen.tap("agent")
    screen.until(lambda: "La borne ne peut pas prévenir un agent." in words(screen))

    assert "Un agent est prévenu." not in words(screen)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """An emulated printer on a socket."""
    with on_the_bench("tcp", tmp_path) as made:
        yield made


@pytest.fixture
def watched(make_screen: MakeScreen, bench: Bench, tmp_path: Path) -> Iterator[AScreen]:
    """A screen with the real watches beside it, as in the kiosk's process."""
    screen = make_screen()
    with ExitStack() as stack:
        heard = threading.Event()
        printer = WatchedPrinter(bench.printer, lambda _: heard.set())
        probe = DiskProbe(tmp_path, screen.kiosk.store.units)
        readiness = ReadinessWatch(probe, lambda: printer.latest, screen.window.hall.told.emit, nudge=heard)
        for thread in (PrinterWatch(printer), readiness):
            thread.start()
            stack.callback(thread.stop)
        screen.until(lambda: screen.window.hall.readiness.printer is PrinterCondition.READY)
        yield screen


@pytest.mark.parametrize(
    ("fault", "end", "said"),
    [
        ("paper out", "paper ok", NO_PAPER),
        ("silent on", "silent off", "L'imprimante ne marche pas."),
    ],
)
def test_paper_and_printer_are_on_the_screen_within_two_seconds(
    watched: AScreen, bench: Bench, fault: str, end: str, said: str
) -> None:
    """The whole chain: wire, driver, watch, window; there and back."""
    began = time.monotonic()
    bench.fault(fault)
    watched.until(lambda: said in words(watched))
    seen = time.monotonic()
    bench.fault(end)
    watched.until(lambda: said not in words(watched))

    assert seen - began <= LIMIT_S
    assert time.monotonic() - seen <= LIMIT_S


def test_a_disk_that_goes_away_is_on_the_screen_within_two_seconds(watched: AScreen, tmp_path: Path) -> None:
    """There and back, with nobody touching anything."""
    began = time.monotonic()
    tmp_path.rename(tmp_path.with_name("away"))
    watched.until_page("out_of_service")
    seen = time.monotonic()
    tmp_path.with_name("away").rename(tmp_path)
    watched.until_page("welcome")

    assert seen - began <= LIMIT_S
    assert time.monotonic() - seen <= LIMIT_S
