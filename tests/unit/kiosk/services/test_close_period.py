from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.errors import InputError
from kiosk.journal.closure import ClosureKind
from kiosk.journal.entry import EntryType
from kiosk.services.close_period import BY_KIOSK, CloseEarlierPeriods
from tests.fakes.clocks import FixedClock
from tests.fakes.kiosks import AKiosk, a_kiosk
from tests.fakes.requests import a_request_content

TODAY = date(2026, 11, 20)
ONE_DAY = timedelta(days=1)


def file_for(kiosk: AKiosk, *names: str) -> None:
    for name in names:
        kiosk.print(kiosk.file(a_request_content(birth_name=name)).filing.print_job_id)


def pass_days(kiosk: AKiosk, days: int) -> None:
    assert isinstance(kiosk.clock, FixedClock)
    kiosk.clock.pass_time(days * ONE_DAY)


def test_a_day_is_counted_and_its_head_named(tmp_path: Path) -> None:
    """Everything since the founding, by type, with the hash of the last entry and who closed."""
    kiosk = a_kiosk(tmp_path)
    file_for(kiosk, "A", "B", "A")
    with kiosk.store.reading() as unit:
        head = unit.journal.head()

    closure = kiosk.close_period(ClosureKind.DAY, TODAY, by="Claire Martin")

    assert (closure.number, closure.first_seq, closure.last_seq, closure.head) == (1, 1, head.seq, head.hash)
    assert closure.counts[EntryType.REQUEST_FILED] == 2
    assert closure.counts[EntryType.FILING_REPEATED] == 1
    assert (closure.filings, closure.perpetual_total, closure.closed_by) == (3, 3, "Claire Martin")
    assert kiosk.verified().is_whole


def test_the_perpetual_total_never_resets(tmp_path: Path) -> None:
    """Days, months and years are numbered each on their own, and none begins at zero again."""
    kiosk = a_kiosk(tmp_path)
    days = []
    for day, names in enumerate((("A", "B"), (), ("C",))):
        file_for(kiosk, *names)
        days.append(kiosk.close_period(ClosureKind.DAY, TODAY + day * ONE_DAY, by=BY_KIOSK))
        pass_days(kiosk, 1)
    month = kiosk.close_period(ClosureKind.MONTH, TODAY, by=BY_KIOSK)
    year = kiosk.close_period(ClosureKind.YEAR, TODAY, by=BY_KIOSK)

    assert [closure.number for closure in days] == [1, 2, 3]
    assert [each.perpetual_total for each in (*days, month, year)] == [2, 2, 3, 3, 3]
    assert (month.number, month.period, year.period) == (1, "2026-11", "2026")
    assert month.counts[EntryType.CLOSURE_MADE] == 3
    assert kiosk.verified().is_whole


def test_a_day_closed_twice_is_supplemented_or_refused(tmp_path: Path) -> None:
    """Whoever comes after the closing is counted in a second one; without anybody there is nothing to close."""
    kiosk = a_kiosk(tmp_path)
    file_for(kiosk, "A")
    kiosk.close_period(ClosureKind.DAY, TODAY, by="Claire Martin")
    with pytest.raises(InputError, match="not closed yet"):
        kiosk.close_period(ClosureKind.DAY, TODAY, by="Claire Martin")
    file_for(kiosk, "B")

    second = kiosk.close_period(ClosureKind.DAY, TODAY, by="Claire Martin")

    assert (second.number, second.period, second.filings, second.perpetual_total) == (2, "2026-11-20", 1, 2)


def test_a_day_that_lies_ahead_is_not_closed(tmp_path: Path) -> None:
    """One message; nothing is written."""
    kiosk = a_kiosk(tmp_path)
    before = kiosk.entry_types()

    with pytest.raises(InputError, match="has begun"):
        kiosk.close_period(ClosureKind.DAY, TODAY + ONE_DAY, by="Claire Martin")

    assert kiosk.entry_types() == before


def test_days_that_nobody_closed_are_closed_at_the_next_start(tmp_path: Path) -> None:
    """Each for itself, by the kiosk, without today."""
    kiosk = a_kiosk(tmp_path)
    file_for(kiosk, "A")
    pass_days(kiosk, 3)
    file_for(kiosk, "B", "C")
    pass_days(kiosk, 1)

    made = CloseEarlierPeriods(**kiosk.parts)()

    assert [(closure.period, closure.filings, closure.closed_by) for closure in made] == [
        ("2026-11-20", 1, BY_KIOSK),
        ("2026-11-23", 2, BY_KIOSK),
    ]
    assert CloseEarlierPeriods(**kiosk.parts)() == ()
    assert kiosk.verified().is_whole


def test_months_and_years_that_nobody_closed_are_closed_at_the_next_start(tmp_path: Path) -> None:
    """Days first, then their months, then their years: each counts the closures that it holds."""
    kiosk = a_kiosk(tmp_path)
    file_for(kiosk, "A")
    pass_days(kiosk, 20)
    file_for(kiosk, "B", "C")
    pass_days(kiosk, 40)

    made = CloseEarlierPeriods(**kiosk.parts)()

    assert [(closure.period, closure.filings, closure.perpetual_total) for closure in made] == [
        ("2026-11-20", 1, 1),
        ("2026-12-10", 2, 3),
        ("2026-11", 1, 1),
        ("2026-12", 2, 3),
        ("2026", 3, 3),
    ]
    assert CloseEarlierPeriods(**kiosk.parts)() == ()
    assert kiosk.verified().is_whole


def test_the_first_ticket_of_a_day_names_the_head_of_the_day_before(tmp_path: Path) -> None:
    """Whoever keeps that paper and the register can tell that no history was rewritten in between."""
    kiosk = a_kiosk(tmp_path)
    first = kiosk.file(a_request_content(birth_name="A"))
    closure = kiosk.close_period(ClosureKind.DAY, TODAY, by=BY_KIOSK)
    pass_days(kiosk, 1)
    second, third = (kiosk.file(a_request_content(birth_name=name)) for name in "BC")

    heads = [kiosk.issue(each.request, each.filing).previous_head for each in (first, second, third)]

    assert heads == ["", closure.head, ""]
