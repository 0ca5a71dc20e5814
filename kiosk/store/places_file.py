"""Reading the lists of départements, countries and holidays."""

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from kiosk.domain.holidays import Calendar, HolidayRule
from kiosk.domain.place import Country, Departement, Places
from kiosk.errors import ConfigurationError
from kiosk.resource_files import resource_path
from kiosk.store.toml_file import toml_tables


@cache
def load_places() -> Places:
    """Return the départements and countries of the shipped lists."""
    departements = {
        row["code"]: Departement(
            code=row["code"],
            name=row["name"],
            prefecture_town=row["prefecture_town"],
            authority=row["authority"],
            administrative_court=row["tribunal_administratif"],
            holiday_zone=row["holiday_zone"],
            timezone=row["timezone"],
        )
        for row in _rows("departements.csv")
    }
    countries = {
        _code_of(row): Country(
            alpha2=_code_of(row),
            alpha3=row["alpha3"],
            name_fr=row["name_fr"],
            group=row["group"],
            mrz_code=row["mrz_code"],
            kind=row["kind"],
            aliases=tuple(filter(None, row["search_alias"].split("|"))),
        )
        for row in _rows("countries.csv")
    }
    return Places(departements, countries)


def _code_of(row: Mapping[str, str]) -> str:
    """Return the alpha-2 code; stateless persons and refugees have none, and go by the code of their documents."""
    return row["alpha2"] or row["alpha3"]


def load_calendar(overrides: Path | None = None) -> Calendar:
    """Return the holidays, with the days that a site's file adds to a zone or removes from it.

    Raises:
        ConfigurationError: a file is not readable, or a zone or day in it does not exist.
    """
    shipped = toml_tables(resource_path("holidays.toml"))
    zones = frozenset(shipped["zones"])
    rules = tuple(_rule(row) for row in shipped["rule"])
    site = toml_tables(overrides) if overrides is not None else {}
    for name in site:
        if name not in ("added", "removed"):
            raise ConfigurationError(f"{overrides}: {name}", "a table [added] or [removed]")
    added, removed = (_days(site.get(name, {}), zones, f"{overrides}: {name}") for name in ("added", "removed"))
    return Calendar(rules, zones, added, removed)


def _rule(row: Mapping[str, str | int]) -> HolidayRule:
    offset = row.get("easter_offset")
    if isinstance(offset, int):
        return HolidayRule(str(row["key"]), str(row["zone"]), easter_offset=offset)
    month, day = map(int, str(row["day"]).split("-"))
    return HolidayRule(str(row["key"]), str(row["zone"]), month, day)


def _days(table: Mapping[str, list[object]], zones: frozenset[str], place: str) -> dict[str, frozenset[date]]:
    days = {}
    for zone, values in table.items():
        if zone not in zones:
            raise ConfigurationError(f"{place}.{zone}", f"one of {', '.join(sorted(zones))}")
        try:
            days[zone] = frozenset(date.fromisoformat(str(value)) for value in values)
        except ValueError as error:
            raise ConfigurationError(f"{place}.{zone}", f"days such as 2027-05-28 ({error})") from error
    return days


def _rows(name: str) -> Iterator[dict[str, str]]:
    with resource_path(name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(line for line in file if not line.startswith("#"))
