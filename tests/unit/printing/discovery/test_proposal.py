import tomllib

import pytest

from kiosk.settings import PrinterSettings
from printing.discovery import guessed_profile, settings_text
from printing.escpos.profile import profile_of, profiles, python_escpos_names


@pytest.mark.parametrize(
    ("model", "profile", "why"),
    [
        ("TM-T88V", "epson-tm-t88", "this model"),
        ("tm-t20iii", "epson-tm-t20", "this model"),
        ("TM-T88VII", "epson-tm-t88", "same family"),
        ("TM-T20X", "epson-tm-t20", "same family"),
        ("TM-T88III", "TM-T88III", "python-escpos"),
        ("TSP600", "TSP600", "python-escpos"),
        ("TM-T203", "generic-80", "no profile is known"),
        ("Imprimante simul?e", "generic-80", "no profile is known"),
        ("", "generic-80", "does not say its model"),
        (None, "generic-80", "does not say its model"),
    ],
)
def test_a_model_gets_the_profile_that_fits(model: str | None, profile: str, why: str) -> None:
    """The nearest that is known, and why."""
    found, reason = guessed_profile(model)

    assert found == profile
    assert why in reason


def test_every_proposal_is_a_profile_that_exists() -> None:
    """What is pasted works."""
    known = {*profiles(), *python_escpos_names()}

    assert {guessed_profile(name)[0] for name in [*python_escpos_names(), "TM-T88V", "nothing"]} <= known


def test_the_settings_can_be_pasted() -> None:
    """TOML that the kiosk accepts."""
    section = tomllib.loads(settings_text("serial:///dev/ttyUSB0?baud=9600", "epson-tm-t88"))["printer"]

    assert profile_of(PrinterSettings(**section)).width_dots == 512
