"""A silence lies on one coming of an alarm, for as long as was chosen."""

from datetime import UTC, datetime, timedelta

import pytest

from kiosk.domain.alarm import Alarm, AlarmKind, Severity, Silence, SilenceFor, silence_of, silenced_until
from kiosk.domain.moment import ClockQuality, Moment
from tests.fakes.requests import A_MORNING

AN_ALARM = Alarm(AlarmKind.LINK, Severity.SOON, "2026-11-20T08:00:00.000Z")
A_SILENCE = Silence(AlarmKind.LINK, AN_ALARM.occurrence, A_MORNING + timedelta(hours=1), "s.blanc", "coupure annoncée")


def test_a_silence_lasts_until_its_time() -> None:
    """Not a minute longer."""
    just_before, then = A_SILENCE.until - timedelta(milliseconds=1), A_SILENCE.until

    assert silence_of(AN_ALARM, [A_SILENCE], just_before) is A_SILENCE
    assert silence_of(AN_ALARM, [A_SILENCE], then) is None


@pytest.mark.parametrize(
    "other",
    [
        Alarm(AlarmKind.LINK, Severity.SOON, "2026-11-20T08:20:00.000Z"),
        Alarm(AlarmKind.PRINTER, Severity.URGENT, AN_ALARM.occurrence),
    ],
)
def test_another_coming_and_another_alarm_sound(other: Alarm) -> None:
    """It ended and came again: that is news."""
    assert silence_of(other, [A_SILENCE], A_MORNING) is None


@pytest.mark.parametrize(
    ("now", "zone", "until"),
    [
        (datetime(2026, 11, 20, 8, 3, tzinfo=UTC), "Europe/Paris", datetime(2026, 11, 20, 23, 0, tzinfo=UTC)),
        (datetime(2026, 10, 24, 21, 0, tzinfo=UTC), "Europe/Paris", datetime(2026, 10, 24, 22, 0, tzinfo=UTC)),
        (datetime(2026, 10, 25, 8, 0, tzinfo=UTC), "Europe/Paris", datetime(2026, 10, 25, 23, 0, tzinfo=UTC)),
        (datetime(2026, 3, 28, 23, 30, tzinfo=UTC), "Europe/Paris", datetime(2026, 3, 29, 22, 0, tzinfo=UTC)),
        (datetime(2026, 12, 31, 12, 0, tzinfo=UTC), "America/Cayenne", datetime(2027, 1, 1, 3, 0, tzinfo=UTC)),
    ],
)
def test_the_day_ends_at_midnight_in_legal_time(now: datetime, zone: str, until: datetime) -> None:
    """Also on the two days of the year that are longer or shorter."""
    assert silenced_until(SilenceFor.DAY, Moment.of(now, zone, ClockQuality.SYNCED)) == until
    assert silenced_until(SilenceFor.HOUR, Moment.of(now, zone, ClockQuality.SYNCED)) == now + timedelta(hours=1)
