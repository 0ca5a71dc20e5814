"""The pages that not every visit comes by: search, a helper, a minor, a European, what happened elsewhere, paper."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from kiosk.domain.request import AttemptOutcome, GuardianTie
from kiosk.workflows.visit import Filer
from tests.fakes.visits import AScreen
from ui.applicant.form_state import FormState

Look = Callable[[str, QWidget], None]
OUTCOMES = (AttemptOutcome.ERROR_PAGE, AttemptOutcome.MISSING_CATEGORY)


def look_at_other_ways(screen: AScreen, language: str, look: Look) -> None:
    """Show each of these pages once, as full as it gets, and look at it."""
    window, journey = screen.window, screen.window.journey
    comfort = journey.comfort
    journey.choose_language(language)
    journey.read_notice()
    _search(screen, look)
    journey.choose_procedure(screen.kiosk.catalogue.procedures["REN-VPF"])
    _company(screen, look)
    journey.choose_comfort(comfort)  # which ended with the visit
    journey.choose_language(language)
    journey.read_notice()
    journey.choose_procedure(screen.kiosk.catalogue.procedures["ANEF-BLOCAGE"])
    _attempts(screen, look)
    journey.leave()
    journey.choose_comfort(comfort)
    journey.choose_language(language)
    journey.read_notice()
    journey.choose_procedure(screen.kiosk.catalogue.procedures["RENDEZ-VOUS"])
    _target(screen, look)
    screen.tap("agent")
    look("agent_called", window)
    screen.tap("prefer_paper")
    look("form_printing", window)
    screen.until(lambda: journey.form is FormState.OUT)
    for state in (FormState.OUT, FormState.MISSING):
        window.messages.show_form(state)
        look(f"form_{state.value}", window)
    journey.leave()


def _search(screen: AScreen, look: Look) -> None:
    screen.window.journey.look_for_words()
    look("search", screen.window)
    screen.type_in("procedure_search", "carte")
    look("search found", screen.window)
    screen.type_in("procedure_search", "zzz")
    look("search nothing", screen.window)


def _company(screen: AScreen, look: Look) -> None:
    window, journey = screen.window, screen.window.journey
    journey.begin_for_another()
    look("helper", window)
    journey.draft.filer = Filer.HELPER
    journey.answer()
    look("helper_name", window)
    journey.draft.helper_name = "Association"
    journey.answer()
    look("names of somebody else", window)
    screen.tap("continue")
    look("names of somebody else refused", window)
    journey.draft.birth_name = "Ramanathan"
    journey.answer()
    look("birth_date of somebody else", window)
    journey.draft.birth.year = "2015"
    journey.answer()
    look("guardian", window)
    journey.draft.guardian_name, journey.draft.guardian_tie = "Priya", GuardianTie.SOCIAL_WORKER
    journey.answer()
    journey.draft.nationality = "PT"
    journey.answer()
    look("european", window)
    while window.page.name != "review":
        journey.answer()
    look("review of a minor with a helper", window)
    journey.leave()


def _attempts(screen: AScreen, look: Look) -> None:
    window, journey = screen.window, screen.window.journey
    journey.begin_telling()
    journey.draft.birth_name = "O"
    while window.page.name != "attempts":
        journey.answer()
    journey.draft.attempts = set(OUTCOMES)
    journey.answer()
    look("attempt_when", window)
    screen.type_in("day", "31")
    screen.type_in("month", "2")
    screen.tap("continue")
    look("attempt_when refused", window)
    screen.type_in("month", "3")
    screen.tap("another_day")
    screen.type_in("month", "10")
    screen.tap("another_day")
    look("attempt_when twice", window)
    screen.tap("continue")
    screen.tap("unknown")
    look("attempt_help", window)
    for name in ("help_ccc", "help_pan", "evidence_capture", "evidence_courriel", "evidence_sms"):
        screen.tap(name)
    screen.tap("continue")
    look("help_when", window)
    screen.type_in("year", "2099")
    screen.tap("continue")
    look("help_when refused", window)
    screen.tap("unknown")
    screen.tap("unknown")
    while window.page.name != "review":
        journey.answer()
    look("review of attempts", window)


def _target(screen: AScreen, look: Look) -> None:
    window, journey = screen.window, screen.window.journey
    journey.begin_telling()
    journey.draft.birth_name = "O"
    while window.page.name != "target":
        journey.answer()
    look("target", window)
