"""When the hall is open and when it opens next, on every kind of day."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kiosk.domain.opening_hours import ALWAYS_OPEN, OpeningHours, Span
from kiosk.errors import ConfigurationError
from kiosk.store.places_file import load_calendar, load_places

OFFICE = ("08:30-12:00", "13:30-16:00")
WEEK = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), OFFICE)
EVERY_DAY = dict.fromkeys((*WEEK, "saturday", "sunday"), OFFICE)


def hours_in(departement: str, weekly: Mapping[str, tuple[str, ...]] = WEEK, *closed: date) -> OpeningHours:
    """Return the hours of an office of a département, closed on its holidays."""
    place = load_places().departements[departement]
    return OpeningHours.of(
        weekly,
        timezone=place.timezone,
        closed_days=closed,
        calendar=load_calendar(),
        holiday_zone=place.holiday_zone,
    )


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def wall(instant: datetime | None) -> str:
    assert instant is not None
    return instant.strftime("%Y-%m-%d %H:%M")


def test_without_hours_the_kiosk_is_always_open() -> None:
    """As before anybody configured any."""
    assert ALWAYS_OPEN.is_always_open
    assert ALWAYS_OPEN.is_open(utc("2026-12-25 03:00"))


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        ("2026-11-27 07:29", False),  # Friday, 8:29 in Grenoble
        ("2026-11-27 07:30", True),
        ("2026-11-27 10:59", True),
        ("2026-11-27 11:00", False),  # noon
        ("2026-11-27 12:29", False),
        ("2026-11-27 12:30", True),
        ("2026-11-27 15:00", False),
        ("2026-11-28 09:00", False),  # Saturday
    ],
)
def test_a_day_with_two_spans_opens_and_closes_twice(at: str, is_open: bool) -> None:
    """The first minute of a span is open, the last one named is closed."""
    assert hours_in("38").is_open(utc(at)) is is_open


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        ("2026-11-27 03:00", "2026-11-27 08:30"),
        ("2026-11-27 11:00", "2026-11-27 13:30"),
        ("2026-11-27 15:00", "2026-11-30 08:30"),  # Friday evening: Monday
        ("2026-12-24 16:00", "2026-12-28 08:30"),  # Christmas is a Friday
        ("2026-12-31 23:59", "2027-01-04 08:30"),  # over the end of the year
    ],
)
def test_it_tells_when_it_opens_next(at: str, opens: str) -> None:
    """Over noon, night, weekend and holidays."""
    assert wall(hours_in("38").opens_next(utc(at))) == opens


def test_an_open_hall_opens_now() -> None:
    """Nobody is told to come back later."""
    at = utc("2026-11-27 09:00")

    assert hours_in("38").opens_next(at) == at


def test_closing_days_of_the_office_are_kept() -> None:
    """A bridge day: 7 May 2027 follows no holiday, the 8th is one."""
    hours = hours_in("38", WEEK, date(2027, 5, 7))

    assert not hours.is_open(utc("2027-05-07 08:00"))
    assert wall(hours.opens_next(utc("2027-05-06 20:00"))) == "2027-05-10 08:30"


@pytest.mark.parametrize(
    ("departement", "day", "is_open"),
    [
        ("67", "2025-12-26", False),  # Saint Stephen, in Alsace
        ("57", "2027-03-26", False),  # Good Friday, in Moselle
        ("38", "2025-12-26", True),
        ("38", "2027-03-26", True),
        ("976", "2026-04-27", False),  # abolition of slavery, in Mayotte
        ("972", "2026-05-22", False),
        ("971", "2026-05-27", False),
        ("973", "2026-06-10", False),
        ("974", "2026-12-20", False),
        ("38", "2026-04-27", True),
    ],
)
def test_holidays_are_those_of_the_departement(departement: str, day: str, is_open: bool) -> None:
    """At eleven in the morning of its own clock."""
    hours = hours_in(departement, EVERY_DAY)
    eleven = datetime.fromisoformat(f"{day} 11:00").replace(tzinfo=ZoneInfo(hours.timezone))

    assert hours.is_open(eleven) is is_open


def test_an_office_may_open_on_holidays() -> None:
    """Without a calendar only its own closing days count."""
    hours = OpeningHours.of(WEEK, timezone="Europe/Paris")

    assert hours.is_open(utc("2026-12-25 09:00"))


@pytest.mark.parametrize(
    ("departement", "at", "is_open"),
    [
        ("974", "2026-11-27 04:29", False),  # La Réunion is four hours ahead
        ("974", "2026-11-27 04:30", True),
        ("973", "2026-11-27 11:30", True),  # Cayenne is three hours behind
        ("973", "2026-11-27 11:29", False),
        ("975", "2026-11-27 11:59", True),  # Saint-Pierre-et-Miquelon
    ],
)
def test_hours_are_legal_time_of_the_departement(departement: str, at: str, is_open: bool) -> None:
    """Whatever the machine's own zone is."""
    assert hours_in(departement).is_open(utc(at)) is is_open


def test_spans_that_touch_midnight_are_one_night() -> None:
    """Open from ten in the evening to two in the morning, without a gap."""
    hours = OpeningHours.of({"monday": ("22:00-24:00",), "tuesday": ("00:00-02:00",)}, timezone="Europe/Paris")
    minutes = [utc("2026-11-23 20:59") + timedelta(minutes=passed) for passed in range(243)]

    states = [hours.is_open(minute) for minute in minutes]

    assert states == [False] + [True] * 240 + [False, False]
    assert wall(hours.opens_next(minutes[-1])) == "2026-11-30 22:00"


def test_hours_follow_the_wall_when_the_clock_goes_forward() -> None:
    """29 March 2026 has no half past two: a span that begins then begins at three."""
    hours = OpeningHours.of({"sunday": ("02:30-05:00",)}, timezone="Europe/Paris")
    before = utc("2026-03-29 00:00")

    assert wall(hours.opens_next(before)) == "2026-03-29 03:00"
    assert hours.opens_next(before) == utc("2026-03-29 01:00")
    assert not hours.is_open(utc("2026-03-29 00:59"))
    assert hours.is_open(utc("2026-03-29 01:00"))


def test_hours_follow_the_wall_when_the_clock_goes_back() -> None:
    """25 October 2026 has two hours of two o'clock: open in both."""
    hours = OpeningHours.of({"sunday": ("02:00-02:30", "08:00-09:00")}, timezone="Europe/Paris")

    opens = [hours.opens_next(utc(f"2026-10-{at}")) for at in ("24 23:00", "25 00:30", "25 01:30")]

    assert [each and each.astimezone(UTC) for each in opens] == [
        utc("2026-10-25 00:00"),
        utc("2026-10-25 01:00"),
        utc("2026-10-25 07:00"),
    ]


def test_the_day_after_a_change_of_the_clock_opens_at_its_wall_time() -> None:
    """Eight thirty is eight thirty, in summer and in winter."""
    hours = hours_in("38")

    assert hours.opens_next(utc("2026-10-23 20:00")) == utc("2026-10-26 07:30")
    assert hours.opens_next(utc("2026-10-22 20:00")) == utc("2026-10-23 06:30")


def test_a_hall_that_is_never_open_says_so() -> None:
    """A week whose only day is always a holiday or a closing day."""
    days = tuple(date(2026, 11, 23) + timedelta(days=7 * week) for week in range(80))
    hours = hours_in("38", {"monday": OFFICE}, *days)

    assert hours.opens_next(utc("2026-11-22 12:00")) is None


@pytest.mark.parametrize(
    "text", ["8:30-12:00", "08:30", "08:30-12:60", "25:00-26:00", "12:00-08:30", "09:00-09:00", ""]
)
def test_a_wrong_span_is_refused_with_its_key(text: str) -> None:
    """One clear line: which key, what was expected."""
    with pytest.raises(ConfigurationError) as caught:
        OpeningHours.of({"tuesday": ("08:00-09:00", text)}, timezone="Europe/Paris")

    assert caught.value.field == "hours.tuesday"
    assert repr(text) in str(caught.value)


@pytest.mark.parametrize("texts", [("08:00-12:00", "11:59-16:00"), ("13:00-16:00", "08:00-12:00")])
def test_spans_that_overlap_or_come_in_another_order_are_refused(texts: tuple[str, ...]) -> None:
    """A typing error in an hour is more likely than a wish."""
    with pytest.raises(ConfigurationError, match=r"hours\.friday: spans in order"):
        OpeningHours.of({"friday": texts}, timezone="Europe/Paris")


def test_closing_days_without_hours_are_refused() -> None:
    """Who names a closing day believes that the kiosk closes."""
    with pytest.raises(ConfigurationError, match=r"hours\.closed_days"):
        OpeningHours.of({}, timezone="Europe/Paris", closed_days=[date(2026, 12, 24)])


def test_midnight_ends_a_day() -> None:
    """The whole day can be named."""
    assert Span.parse("00:00-24:00") == Span(0, 1440)
