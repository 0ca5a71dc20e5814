"""What the notice says to everybody before the first question (RGPD art. 13)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from kiosk.settings import CentreSettings, RetentionSettings, Settings
from kiosk.translation import TextDomain, Translator, languages
from tests.fakes.visits import AScreen
from ui.applicant.keeping_words import kept_said
from ui.composition import open_machine
from ui.composition.screens import applicant_services


@pytest.mark.parametrize("days", [1, 45, None])
def test_the_notice_says_for_how_long_this_kiosk_keeps_it(
    make_screen: Callable[..., AScreen], days: int | None
) -> None:
    """As the administrator set it; without a centre there is no end."""
    screen = make_screen(keep_days=days)
    screen.window.journey.choose_language("fr")

    said = [label.text() for label in screen.window.page.findChildren(QLabel)]
    assert kept_said(Translator.of("fr", TextDomain.SCREENS), days) in said


@pytest.mark.parametrize("language", list(languages()))
def test_a_number_of_days_stands_in_every_language_and_a_single_day_has_its_own_words(language: str) -> None:
    """Nobody reads « 1 jours »."""
    tr = Translator.of(language, TextDomain.SCREENS)

    assert "45" in kept_said(tr, 45)
    assert not any(character.isdecimal() for character in kept_said(tr, 1))
    assert not any(character.isdecimal() for character in kept_said(tr, None))


@pytest.mark.parametrize(("url", "days"), [("https://centre.example", 45), ("", None)], ids=["centre", "alone"])
def test_the_days_are_those_by_which_the_data_are_erased(tmp_path: Path, url: str, days: int | None) -> None:
    """One setting for both; what no centre holds is never erased by itself (docs/erasure.md)."""
    settings = Settings(central=CentreSettings(url=url), retention=RetentionSettings(request_days=45))

    with open_machine(settings, tmp_path / "data") as machine:
        assert applicant_services(machine).keep_days == days
