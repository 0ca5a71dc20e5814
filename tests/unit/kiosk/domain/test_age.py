"""Who may be under eighteen: also with an unknown day or month, and on 29 February."""

from datetime import date

import pytest

from kiosk.domain.age import may_be_minor
from kiosk.domain.identity import PartialDate


@pytest.mark.parametrize(
    ("birth", "today", "minor"),
    [
        ("2008-11-20", date(2026, 11, 19), True),
        ("2008-11-20", date(2026, 11, 20), False),
        ("2008-02-29", date(2026, 2, 28), True),  # 2026 has no such day: of age on 1 March
        ("2008-02-29", date(2026, 3, 1), False),
        ("2012-02-29", date(2030, 2, 28), True),
        ("2008-11-00", date(2026, 11, 29), True),  # born on the 30th at the latest
        ("2008-11-00", date(2026, 11, 30), False),
        ("2008-02-00", date(2026, 2, 28), True),
        ("2008-02-00", date(2026, 3, 1), False),
        ("2008-00-00", date(2026, 12, 30), True),
        ("2008-00-00", date(2026, 12, 31), False),
        ("2007-00-00", date(2026, 1, 1), False),
        ("1850-00-00", date(2026, 1, 1), False),
        ("2026-11-21", date(2026, 11, 20), True),
    ],
)
def test_the_latest_day_that_the_date_can_mean_decides(birth: str, today: date, minor: bool) -> None:
    """Nobody who may be a minor is taken for an adult."""
    assert may_be_minor(PartialDate.parse(birth), today) is minor


def test_a_date_that_nobody_knows_says_nothing() -> None:
    """Who cannot tell their birth date is not asked for a guardian."""
    assert not may_be_minor(None, date(2026, 11, 20))
