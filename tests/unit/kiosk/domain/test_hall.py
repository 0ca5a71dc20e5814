"""What an agent should know before calling, and the words of the order."""

from datetime import date

import pytest

from kiosk.domain.hall import HallFlag, Priority, Visits, flags_of, is_minor, visits_on
from kiosk.domain.identity import PartialDate
from kiosk.domain.staff import MAY, Permission, Role, lock_after
from tests.fakes.requests import a_procedure, a_request_content

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("ends_on", "flags"),
    [
        (None, set()),
        (date(2026, 11, 19), {HallFlag.PERMIT_ENDED, HallFlag.LATE}),
        (date(2026, 11, 20), {HallFlag.PERMIT_ENDS_SOON}),
        (date(2026, 12, 5), {HallFlag.PERMIT_ENDS_SOON}),
        (date(2026, 12, 6), set()),
    ],
)
def test_rights_that_end_within_fifteen_days_are_flagged(ends_on: date | None, flags: set[HallFlag]) -> None:
    """Domain dossier 11.2."""
    content = a_request_content(permit_expires_on=ends_on)

    assert flags_of(content, a_procedure(), received_on=TODAY, on=TODAY, has_ticket=True) == flags


def test_somebody_who_filed_in_time_is_not_late_on_a_later_visit() -> None:
    """The first filing counts."""
    content = a_request_content(permit_expires_on=date(2026, 11, 19))
    found = flags_of(content, a_procedure(), received_on=date(2026, 11, 1), on=TODAY, has_ticket=False)

    assert found == {HallFlag.PERMIT_ENDED, HallFlag.NO_TICKET}


@pytest.mark.parametrize(
    ("born", "minor"),
    [("2008-11-20", False), ("2008-11-21", True), ("2008-00-00", True), ("2007-00-00", False), ("2008-11-00", True)],
)
def test_a_birth_date_known_in_part_is_read_as_the_youngest(born: str, minor: bool) -> None:
    """An agent rather asks once too often."""
    assert is_minor(PartialDate.parse(born), TODAY) is minor
    assert not is_minor(None, TODAY)


def test_visits_are_counted_by_weeks_of_the_calendar() -> None:
    """ISO 8601: the first days of January may belong to the year before."""
    days = [date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 4), date(2027, 1, 4)]

    assert visits_on(days) == Visits(4, 2)


def test_priorities_come_before_everybody_else_and_weigh_the_same() -> None:
    """Among them who came first is called first."""
    assert {priority.queue_class for priority in Priority} == {0, 1}
    assert Priority.NONE.queue_class == 1


def test_each_role_may_do_what_the_one_below_may() -> None:
    """An agent serves and tends the printer, a supervisor changes the order, an administrator makes accounts."""
    assert MAY[Role.AGENT] == {Permission.SERVE, Permission.TEND_PRINTER}
    assert MAY[Role.AGENT] < MAY[Role.SUPERVISOR] < MAY[Role.ADMINISTRATOR] == set(Permission)


def test_locks_grow_from_the_fifth_failure_on() -> None:
    """One minute, then twice as long each time, an hour at most."""
    minutes = [lock.total_seconds() / 60 if (lock := lock_after(n)) else None for n in (1, 4, 5, 6, 7, 11, 50)]

    assert minutes == [None, None, 1, 2, 4, 60, 60]
