"""The dates that follow from a filing: silence, appeal, and where the filing falls in its window.

Every date is a civil date in the legal time of the département. Nothing here refuses a filing: it informs.
"""

from datetime import date, timedelta
from typing import Final

from kiosk.domain.holidays import Calendar
from kiosk.domain.identity import PartialDate
from kiosk.domain.periods import CivilPeriod
from kiosk.domain.procedure import Channel, FactStatus, FilingWindow, Procedure
from kiosk.domain.ticket import Deadlines, WindowPosition

APPEAL_PERIOD: Final = CivilPeriod(months=2)  # CJA R. 421-1, R. 421-2


def deadlines_of(
    procedure: Procedure,
    received_on: date,
    *,
    zone: str,
    calendar: Calendar,
    permit_expires_on: date | None = None,
    birth_date: PartialDate | None = None,
) -> Deadlines:
    """Return the dates of a filing.

    Args:
        procedure: with its silence rule and windows.
        received_on: civil day of the first confirmation tap, never of a sync or reprint.
        zone: holiday zone of the département.
        calendar: holidays.
        permit_expires_on: end of the current permit, if known.
        birth_date: for windows that count from a birthday.
    """
    rejection, safe, legal = None, None, None
    if procedure.silence.period is not None:
        rejection = procedure.silence.period.after(received_on)
        safe = appeal_safe_day(rejection, zone, calendar)
        legal = appeal_legal_last_day(rejection, zone, calendar)
    opens, closes = window_bounds(procedure, permit_expires_on, birth_date)
    position = window_position(procedure, received_on, permit_expires_on, birth_date)
    return Deadlines(
        implicit_rejection_on=rejection,
        appeal_safe_day=safe,
        appeal_legal_last_day=legal,
        window=position,
        window_opens_on=opens,
        window_closes_on=closes,
        is_silence_sourced=procedure.silence.status is FactStatus.SOURCED,
    )


def appeal_safe_day(implicit_rejection_on: date, zone: str, calendar: Calendar) -> date:
    """Return the last day to appeal that is safe whatever the reading: the day to print.

    Two months from the implicit rejection, no franc day, moved back when it is no working day.
    """
    return calendar.working_day_until(zone, APPEAL_PERIOD.after(implicit_rejection_on))


def appeal_legal_last_day(implicit_rejection_on: date, zone: str, calendar: Calendar) -> date:
    """Return the last day of the délai franc, moved on to the next working day: for staff, « indicatif ».

    Source: CJA R. 421-1 and R. 421-2; CPC art. 641 and 642; CE 19 Sept. 2014 n° 362568.
    """
    franc_last_day = APPEAL_PERIOD.after(implicit_rejection_on) + timedelta(days=1)
    return calendar.working_day_from(zone, franc_last_day)


def window_position(
    procedure: Procedure, received_on: date, permit_expires_on: date | None, birth_date: PartialDate | None
) -> WindowPosition:
    """Return where a filing falls in the window of its procedure.

    Args:
        procedure: with its windows.
        received_on: civil day of the first confirmation tap.
        permit_expires_on: end of the current permit, if known.
        birth_date: for windows that count from a birthday.
    """
    opens, closes = window_bounds(procedure, permit_expires_on, birth_date)
    return _position(procedure.window, received_on, opens, closes)


def window_bounds(
    procedure: Procedure, permit_expires_on: date | None, birth_date: PartialDate | None
) -> tuple[date | None, date | None]:
    """Return first and last day of the window, None where it has no bound or cannot be computed.

    For a ``mixed`` channel both windows may apply: the bounds then span the two, so that nobody is wrongly called
    early or late.
    """
    windows = [procedure.window]
    if procedure.channel is Channel.MIXED and procedure.window_if_online is not None:
        windows.append(procedure.window_if_online)
    bounds = [_bounds(window, permit_expires_on, birth_date) for window in windows]
    opens = [first for first, _ in bounds if first is not None]
    closes = [last for _, last in bounds if last is not None]
    return min(opens, default=None), max(closes, default=None)


def _bounds(
    window: FilingWindow, permit_expires_on: date | None, birth_date: PartialDate | None
) -> tuple[date | None, date | None]:
    if window.from_before_expiry is not None and permit_expires_on is not None:
        last = window.to_before_expiry or CivilPeriod()
        return window.from_before_expiry.before(permit_expires_on), last.before(permit_expires_on)
    if window.before_birthday is not None and birth_date is not None and birth_date.day is not None:
        birthday = CivilPeriod(months=12 * window.before_birthday).after(birth_date.latest)
        return None, birthday - timedelta(days=1)
    return None, None


def _position(window: FilingWindow, on: date, opens: date | None, closes: date | None) -> WindowPosition:
    if closes is None:
        is_bounded = window.needs_expiry or window.after_entry or window.after_event or window.before_birthday
        return WindowPosition.UNKNOWN if is_bounded else WindowPosition.OPEN
    if opens is not None and on < opens:
        return WindowPosition.EARLY
    return WindowPosition.LATE if on > closes else WindowPosition.IN_TIME
