"""What is said follows what is: counters that are closed, a kiosk that prints nothing, nobody to write to."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QPushButton

from kiosk.domain.opening_hours import OpeningHours
from kiosk.errors import StoreFullError
from kiosk.ports.readiness import Readiness, StoreCondition
from kiosk.workflows.print_job import PrintState
from tests.fakes import visits
from tests.fakes.answering import words
from tests.fakes.clocks import FixedClock
from tests.fakes.requests import a_site
from tests.fakes.visits import AScreen, walk, walk_back

MakeScreen = Callable[..., AScreen]
HOURS = OpeningHours.of({"friday": ("08:30-12:00",), "monday": ("08:30-12:00",)}, timezone="Europe/Paris")
NOON = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
HE_COMES = "Restez ici, il arrive. Vous pouvez aussi continuer."


def _close_counters(screen: AScreen) -> None:
    assert isinstance(screen.kiosk.clock, FixedClock)
    screen.kiosk.clock.jump_to(NOON)
    screen.window.hall.look()


def test_nobody_is_promised_behind_closed_counters(make_screen: MakeScreen) -> None:
    """The call is an entry all the same: somebody may still be there."""
    screen = make_screen(hours=HOURS, files_when_closed=True)
    screen.tap("language_fr")
    screen.tap("agent")
    while_open = words(screen)
    screen.window.journey.leave()
    _close_counters(screen)
    screen.tap("language_fr")
    screen.tap("agent")
    screen.until(lambda: len(screen.agent_calls) == 2)
    while_closed = words(screen)

    assert HE_COMES in while_open
    assert HE_COMES not in while_closed
    assert "Un agent est prévenu." not in while_closed
    assert "Votre appel est noté. Si personne ne vient, revenez à l'ouverture." in while_closed


def test_a_form_that_does_not_come_out_is_asked_for_when_the_counters_open(make_screen: MakeScreen) -> None:
    """Nobody brings one before, and a kiosk that prints nothing never says that it does."""
    screen = make_screen(hours=HOURS, files_when_closed=True, has_printer=False)
    _close_counters(screen)
    walk(screen, "fr", until="groups")
    screen.tap("paper")
    said = words(screen)

    assert "Les guichets sont fermés. Demandez une feuille à l'ouverture." in said
    assert "Votre feuille s'imprime…" not in said
    assert screen.agent_calls


@pytest.mark.parametrize("is_closed", [False, True])
def test_a_broken_kiosk_sends_to_an_agent_only_while_there_is_one(make_screen: MakeScreen, *, is_closed: bool) -> None:
    """The reception is closed as well."""
    screen = make_screen(hours=HOURS)
    if is_closed:
        _close_counters(screen)
    screen.window.hall.told.emit(Readiness(StoreCondition.FULL))
    said = words(screen)

    assert screen.window.page.name == "out_of_service"
    assert ("Allez à l'accueil : un agent vous aide." in said) is not is_closed
    assert ("Les guichets sont fermés." in said) is is_closed


def test_a_kiosk_that_was_never_meant_to_print_calls_no_printer_broken(make_screen: MakeScreen) -> None:
    """« L'imprimante ne marche pas » would send staff to look for one."""
    screen = make_screen(has_printer=False, print_ticket=lambda _job: PrintState.FAILED)
    walk(screen, "fr", until="review")
    screen.tap("confirm")
    screen.until_page("ticket_shown")

    assert "Cette borne n'imprime pas. Voici votre ticket sur l'écran." in words(screen)
    assert "L'imprimante" not in words(screen)


def test_a_kiosk_without_a_printer_offers_no_print(make_screen: MakeScreen) -> None:
    """To whoever comes back."""
    screen = make_screen(has_printer=False)
    walk_back(screen, "fr", until="your_request")
    offered = {button.objectName() for button in screen.window.page.findChildren(QPushButton)}

    assert "act_bring" in offered
    assert not offered & {"act_reprint", "act_list_passages"}


@pytest.mark.parametrize(
    ("site", "contact"),
    [
        (a_site(), "dpo@isere.example"),
        (replace(a_site(), data_protection_contact=""), "etrangers@isere.example"),
        (
            replace(a_site(), data_protection_contact="", service_email=""),
            "Service de l'immigration et de l'intégration, 12 place de Verdun, 38000 Grenoble",
        ),
    ],
    ids=["officer", "service", "letter"],
)
def test_there_is_always_somebody_to_write_to(make_screen: MakeScreen, site: object, contact: str) -> None:
    """RGPD art. 13, 2 b: « Écrivez à . » would be no right."""
    screen = make_screen(site=site)
    screen.tap("language_fr")
    screen.until_page("notice")

    assert f"Écrivez à {contact}." in words(screen).replace("\u2068", "").replace("\u2069", "")


@pytest.mark.parametrize(("procedure", "is_sourced"), [("REN-VPF", True), ("DUPLICATA", False)])
def test_who_comes_back_hears_that_a_rule_without_a_source_is_to_be_confirmed(
    make_screen: MakeScreen, monkeypatch: pytest.MonkeyPatch, procedure: str, *, is_sourced: bool
) -> None:
    """As on the ticket."""
    brought = replace(visits.RETURNING, procedure=procedure)
    monkeypatch.setattr(visits, "RETURNING", brought)
    screen = make_screen()
    walk_back(screen, "fr", until="your_request")
    said = words(screen)

    assert "votre demande est considérée comme refusée" in said
    assert ("Un agent doit confirmer cette règle et cette date." in said) is not is_sourced


def test_a_call_that_failed_sends_nobody_to_a_closed_reception(make_screen: MakeScreen) -> None:
    """That nobody was told is true; that somebody is there is not."""

    def fail(_screen: str) -> None:
        raise StoreFullError("no room")

    screen = make_screen(hours=HOURS, files_when_closed=True, call_agent=fail)
    _close_counters(screen)
    screen.tap("language_fr")
    screen.tap("agent")
    screen.until(lambda: "La borne ne peut pas prévenir un agent." in words(screen))

    assert "Allez à l'accueil" not in words(screen)
    assert "Les guichets sont fermés." in words(screen)


@pytest.mark.parametrize("code", ["ASILE", "NATURALISATION"])
def test_the_address_of_this_service_never_passes_for_that_of_another(make_screen: MakeScreen, code: str) -> None:
    """« Un agent vous donne l'adresse », and the only one on the page was the wrong one."""
    screen = make_screen()
    journey = screen.window.journey
    journey.choose_language("fr")
    journey.read_notice()
    journey.choose_procedure(screen.kiosk.catalogue.procedures[code])
    journey.hand_off()
    screen.until_page("guidance")

    assert "Un agent vous" in words(screen)
    assert "12 place de Verdun" not in words(screen)
