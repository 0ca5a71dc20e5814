"""Holidays of every zone, against the published vectors and against an independent calendar."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import holidays as independent
import pytest

from kiosk.domain.holidays import Calendar
from kiosk.errors import ConfigurationError
from kiosk.resource_files import resource_path
from kiosk.store.places_file import load_calendar, load_places

VECTORS: list[dict[str, Any]] = tomllib.loads(resource_path("samples", "deadlines.toml").read_text(encoding="utf-8"))[
    "easter"
]
YEARS = range(2024, 2036)
# Our zone: the other calendar's subdivisions that make it.
SUBDIVISIONS = {
    "FR": None,
    "FR-ALSACE-MOSELLE": "57",
    "FR-971": "971",
    "FR-972": "972",
    "FR-973": "973",
    "FR-974": "974",
    "FR-976": "976",
    "FR-977": "BL",
    "FR-978": "MF",
}


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return load_calendar()


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: str(vector["sunday"].year))
def test_movable_days_follow_the_published_table(calendar: Calendar, vector: dict[str, date]) -> None:
    """Easter Monday, Ascension and Whit Monday everywhere; Good Friday in Alsace-Moselle alone."""
    year = vector["sunday"].year
    days = calendar.holidays("FR", year)

    assert {vector["easter_monday"], vector["ascension"], vector["whit_monday"]} <= days
    assert vector["good_friday"] not in days
    assert vector["good_friday"] in calendar.holidays("FR-ALSACE-MOSELLE", year)


def test_two_holidays_on_one_day_are_one_day(calendar: Calendar) -> None:
    """In 2008 Ascension fell on Labour Day."""
    assert len(calendar.holidays("FR", 2008)) == 10


@pytest.mark.parametrize(("zone", "subdivision"), SUBDIVISIONS.items())
def test_an_independent_calendar_agrees(calendar: Calendar, zone: str, subdivision: str | None) -> None:
    """Where it does not, the difference is written here with its reason."""
    for year in YEARS:
        theirs = set(independent.country_holidays("FR", subdiv=subdivision, years=year))
        ours = set(calendar.holidays(zone, year))
        if zone == "FR-978":  # 27 May in the text of 2019, 28 May in use and over there: a site's file decides
            ours = (ours - {date(year, 5, 27)}) | {date(year, 5, 28)}
        # In the Caribbean it also lists days of usage (Good Friday...) that no text makes a jour férié.
        if zone in ("FR-971", "FR-972", "FR-973", "FR-977", "FR-978"):
            theirs -= {day for day in theirs - ours if day not in calendar.holidays("FR", year)}
        assert ours == theirs, (zone, year, sorted(ours ^ theirs))


def test_every_departement_has_a_known_zone(calendar: Calendar) -> None:
    """A zone in one file that the other does not know would stop a kiosk on its first ticket."""
    zones = {departement.holiday_zone for departement in load_places().departements.values()}

    assert zones <= calendar.zones


def test_an_unknown_zone_is_named(calendar: Calendar) -> None:
    """One clear line, not a wrong date."""
    with pytest.raises(ConfigurationError, match="FR-999"):
        calendar.holidays("FR-999", 2027)


def test_a_site_adds_and_removes_days(tmp_path: Path) -> None:
    """Lunar feasts of Mayotte are entered every year; Saint-Martin can follow its usage."""
    site = tmp_path / "holidays.toml"
    site.write_text(
        '[added]\n"FR-976" = ["2027-03-10"]\n"FR-978" = ["2027-05-28"]\n[removed]\n"FR-978" = ["2027-05-27"]\n',
        encoding="utf-8",
    )
    calendar = load_calendar(site)

    assert not calendar.is_working_day("FR-976", date(2027, 3, 10))
    assert calendar.is_working_day("FR", date(2027, 3, 10))
    assert calendar.is_working_day("FR-978", date(2027, 5, 27))
    assert not calendar.is_working_day("FR-978", date(2027, 5, 28))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('[more]\n"FR" = []\n', "more"),
        ('[added]\n"FR-999" = []\n', "added.FR-999"),
        ('[added]\n"FR" = ["2027-02-30"]\n', "added.FR"),
        ("[added\n", "holidays.toml"),
    ],
)
def test_a_wrong_site_file_is_refused_by_name(tmp_path: Path, text: str, place: str) -> None:
    """Says which table, zone or day is wrong."""
    site = tmp_path / "holidays.toml"
    site.write_text(text, encoding="utf-8")

    with pytest.raises(ConfigurationError, match=place):
        load_calendar(site)
