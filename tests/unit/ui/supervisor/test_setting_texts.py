"""What is typed becomes a value, and a value becomes what people write."""

import pytest

from kiosk.journal.canonical import JsonValue
from ui.supervisor.setting_texts import DAYS, LETTER, LINES, NAMES, SPANS, WHOLE, TextForm


@pytest.mark.parametrize(
    ("form", "typed", "value"),
    [
        (SPANS, "08:30-12:00", ["08:30-12:00"]),
        (SPANS, "8h30 à 12h ; 13:30 – 16:00", ["08:30-12:00", "13:30-16:00"]),
        (SPANS, "8-12", ["08:00-12:00"]),
        (SPANS, "matin", ["matin"]),
        (SPANS, " , ", []),
        (DAYS, "08/05/2027\n07/05/2027\n", ["2027-05-07", "2027-05-08"]),
        (DAYS, "31/02/2027", ["31/02/2027"]),
        (NAMES, "1, 2,Accueil Nord", ["1", "2", "Accueil Nord"]),
        (LINES, " 12 place de Verdun \n\n38000 Grenoble", ["12 place de Verdun", "38000 Grenoble"]),
        (WHOLE, " 45 ", 45),
        (WHOLE, "-3", "-3"),
        (WHOLE, "45 jours", "45 jours"),
        (WHOLE, "9" * 40, "9" * 40),
        (LETTER, "c ", "C"),
    ],
)
def test_a_text_is_a_value(form: TextForm, typed: str, value: JsonValue) -> None:
    """What is no value stays text, which the check refuses under its own key."""
    assert form.value(typed) == value


@pytest.mark.parametrize(
    ("form", "value", "shown"),
    [
        (SPANS, ["08:30-12:00", "13:30-16:00"], "08:30-12:00, 13:30-16:00"),
        (DAYS, ["2027-05-07", "tomorrow"], "07/05/2027\ntomorrow"),
        (WHOLE, 45, "45"),
        (NAMES, None, ""),
    ],
)
def test_a_value_is_shown_as_people_write_it(form: TextForm, value: JsonValue, shown: str) -> None:
    """Days as in French."""
    assert form.text(value) == shown
