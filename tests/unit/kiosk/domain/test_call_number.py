"""Numbers that several kiosks of one hall give without asking each other."""

from itertools import chain

import pytest

from kiosk.domain.call_number import KioskRank, make_call_number, parse_call_number
from kiosk.errors import ConfigurationError


def test_kiosks_of_one_hall_share_the_numbers_without_one_twice() -> None:
    """And they stay as short as there are people, whichever kiosk is busy."""
    given = [[KioskRank(rank, 3).number(count) for count in range(1, 5)] for rank in (1, 2, 3)]

    assert given[0] == [1, 4, 7, 10]
    assert sorted(chain.from_iterable(given)) == list(range(1, 13))


def test_the_only_kiosk_of_a_hall_counts_one_by_one() -> None:
    """As before there were several."""
    assert [KioskRank().number(count) for count in (1, 2, 42)] == [1, 2, 42]


@pytest.mark.parametrize(("rank", "kiosks"), [(0, 1), (2, 1), (4, 3)])
def test_a_rank_that_there_is_not_is_refused(rank: int, kiosks: int) -> None:
    """It names the setting."""
    with pytest.raises(ConfigurationError, match=r"hall\.kiosk_rank"):
        KioskRank(rank, kiosks)


def test_a_call_number_is_read_as_it_is_written() -> None:
    """Above 999 it grows."""
    assert [parse_call_number(make_call_number("A", number)) for number in (1, 42, 1234)] == [
        ("A", 1),
        ("A", 42),
        ("A", 1234),
    ]
