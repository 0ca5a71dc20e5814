import pytest

from kiosk.domain.paper_roll import NEAR_END_MM, USUAL_TICKET_MM, PaperRoll


def test_a_new_roll_gives_as_many_tickets_as_usual_ones_fit() -> None:
    """Nothing is known of this kiosk's tickets yet."""
    assert PaperRoll(80_000).tickets_left(is_near_end=False) == 80_000 // USUAL_TICKET_MM


def test_the_count_follows_the_tickets_of_this_kiosk() -> None:
    """After a few tickets their own length counts: 40 m used by 100 tickets leave 100."""
    assert PaperRoll(80_000, 40_000, 100).tickets_left(is_near_end=False) == 100


@pytest.mark.parametrize(
    ("used_mm", "is_near_end", "left_mm"),
    [(10_000, True, NEAR_END_MM), (79_000, True, 1_000), (79_000, False, NEAR_END_MM), (90_000, True, 0)],
)
def test_the_sensor_is_a_second_opinion(used_mm: int, is_near_end: bool, left_mm: int) -> None:
    """Where the two cannot both be right, the sensor that sees the paper is believed."""
    assert PaperRoll(80_000, used_mm, 50).left_mm(is_near_end=is_near_end) == left_mm
