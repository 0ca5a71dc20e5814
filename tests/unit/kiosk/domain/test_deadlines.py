"""Every vector of the counting rules, through the functions that the ticket uses."""

import tomllib
from datetime import date, timedelta
from typing import Any

import pytest

from kiosk.domain.deadlines import (
    appeal_legal_last_day,
    appeal_safe_day,
    deadlines_of,
)
from kiosk.domain.identity import PartialDate
from kiosk.domain.periods import CivilPeriod
from kiosk.domain.procedure import Catalogue
from kiosk.domain.ticket import WindowPosition
from kiosk.resource_files import resource_path
from kiosk.store.catalogue_file import load_catalogue
from kiosk.store.places_file import load_calendar

VECTORS: dict[str, list[dict[str, Any]]] = tomllib.loads(
    resource_path("samples", "deadlines.toml").read_text(encoding="utf-8")
)
CALENDAR = load_calendar()


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.mark.parametrize("vector", VECTORS["silence"], ids=lambda vector: str(vector["received"]))
def test_silence_and_appeal_follow_the_published_vectors(vector: dict[str, date]) -> None:
    """Months de quantième à quantième, chained; the safe day moves back, the legal last day moves on."""
    rejection = CivilPeriod(months=4).after(vector["received"])

    assert rejection == vector["plus_4_months"]
    assert CivilPeriod(months=2).after(rejection) == vector["plus_2_months"]
    assert CivilPeriod(months=2).after(rejection) + timedelta(days=1) == vector["franc_last_day"]
    assert appeal_safe_day(rejection, "FR", CALENDAR) == vector["safe_day"]
    assert appeal_legal_last_day(rejection, "FR", CALENDAR) == vector["legal_last_day"]
    assert CivilPeriod(days=90).after(vector["received"]) == vector["plus_90_days"]
    assert CivilPeriod(days=60).after(vector["received"]) == vector["plus_60_days"]


@pytest.mark.parametrize("vector", VECTORS["expiry"], ids=lambda vector: str(vector["expires"]))
def test_windows_before_an_expiry_follow_the_published_vectors(vector: dict[str, date]) -> None:
    """120th and 60th day, two months before; three and six months after."""
    expires = vector["expires"]

    assert CivilPeriod(days=120).before(expires) == vector["day_120"]
    assert CivilPeriod(days=60).before(expires) == vector["day_60"]
    assert CivilPeriod(months=2).before(expires) == vector["two_months_before"]
    assert CivilPeriod(months=3).after(expires) == vector["kept_rights_until"]
    assert CivilPeriod(months=6).after(expires) == vector["entry_conditions_from"]


@pytest.mark.parametrize(
    ("day", "position"),
    [
        (date(2027, 3, 1), WindowPosition.EARLY),
        (date(2027, 3, 2), WindowPosition.IN_TIME),
        (date(2027, 5, 1), WindowPosition.IN_TIME),
        (date(2027, 5, 2), WindowPosition.LATE),
    ],
)
def test_an_online_renewal_is_early_in_time_or_late(catalogue: Catalogue, day: date, position: WindowPosition) -> None:
    """From the 120th to the 60th day, both included (CESEDA R. 431-5)."""
    found = deadlines_of(
        catalogue.procedures["REN-ETUDIANT"],
        day,
        zone="FR",
        calendar=CALENDAR,
        permit_expires_on=date(2027, 6, 30),
    )

    assert found.window is position


@pytest.mark.parametrize(
    ("day", "position"),
    [
        (date(2027, 3, 1), WindowPosition.EARLY),
        (date(2027, 3, 2), WindowPosition.IN_TIME),
        (date(2027, 6, 30), WindowPosition.IN_TIME),
        (date(2027, 7, 1), WindowPosition.LATE),
    ],
)
def test_where_two_windows_may_apply_nobody_is_wrongly_called_late(
    catalogue: Catalogue, day: date, position: WindowPosition
) -> None:
    """A mixed procedure is judged by the wider bounds."""
    found = deadlines_of(
        catalogue.procedures["REN-SALARIE"],
        day,
        zone="FR",
        calendar=CALENDAR,
        permit_expires_on=date(2027, 6, 30),
    )

    assert found.window is position


def test_without_the_deciding_date_the_window_is_unknown(catalogue: Catalogue) -> None:
    """A missing expiry date is no fault of the person."""
    found = deadlines_of(catalogue.procedures["REN-ETUDIANT"], date(2027, 3, 1), zone="FR", calendar=CALENDAR)

    assert found.window is WindowPosition.UNKNOWN


def test_a_trace_states_no_rejection_and_no_appeal(catalogue: Catalogue) -> None:
    """Silence decides nothing there, so no date is printed."""
    found = deadlines_of(catalogue.procedures["RENDEZ-VOUS"], date(2027, 3, 1), zone="FR", calendar=CALENDAR)

    assert (found.implicit_rejection_on, found.appeal_safe_day, found.appeal_legal_last_day) == (None, None, None)
    assert found.window is WindowPosition.OPEN


def test_a_young_person_is_in_time_until_the_day_before_the_birthday(catalogue: Catalogue) -> None:
    """CESEDA R. 431-5 2°: at the latest the day before the 19th birthday."""
    procedure = catalogue.procedures["PREM-18ANS"]
    born = PartialDate(2008, 3, 10)
    eve = deadlines_of(procedure, date(2027, 3, 9), zone="FR", calendar=CALENDAR, birth_date=born)
    birthday = deadlines_of(procedure, date(2027, 3, 10), zone="FR", calendar=CALENDAR, birth_date=born)
    unsure = deadlines_of(procedure, date(2027, 3, 9), zone="FR", calendar=CALENDAR, birth_date=PartialDate(2008))

    assert (eve.window, birthday.window) == (WindowPosition.IN_TIME, WindowPosition.LATE)
    assert unsure.window is WindowPosition.UNKNOWN


def test_a_local_holiday_moves_both_days_in_its_zone_only() -> None:
    """In Martinique the 22nd of May is a holiday: the safe day moves back, the legal last day moves on."""
    rejection = date(2028, 3, 22)

    assert appeal_safe_day(rejection, "FR", CALENDAR) == date(2028, 5, 22)
    assert appeal_safe_day(rejection, "FR-972", CALENDAR) == date(2028, 5, 19)
    assert appeal_legal_last_day(date(2028, 3, 21), "FR", CALENDAR) == date(2028, 5, 22)
    assert appeal_legal_last_day(date(2028, 3, 21), "FR-972", CALENDAR) == date(2028, 5, 23)


@pytest.mark.parametrize(("code", "is_sourced"), [("REN-SALARIE", True), ("DCEM", False), ("MEMBRE-UE", False)])
def test_a_rule_of_silence_without_a_source_is_known_as_such(
    catalogue: Catalogue, code: str, *, is_sourced: bool
) -> None:
    """Nobody may be told as certain when a silence is a refusal."""
    dates = deadlines_of(catalogue.procedures[code], date(2026, 11, 20), zone="FR", calendar=load_calendar())

    assert dates.implicit_rejection_on is not None
    assert dates.is_silence_sourced is is_sourced
