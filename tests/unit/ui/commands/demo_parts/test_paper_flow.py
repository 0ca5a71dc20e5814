"""How the paper comes into sight: at a printer's speed, never before it is printed, one slip after the other."""

from hypothesis import given
from hypothesis import strategies as st

from ui.commands.demo_parts.paper_flow import PAPER_SPEED_MM_PER_S, PaperFlow

DOTS_PER_MM = 8.0
ROWS_PER_S = PAPER_SPEED_MM_PER_S * DOTS_PER_MM


def test_paper_rises_at_the_speed_of_a_printer() -> None:
    """150 mm in a second."""
    flow = PaperFlow(DOTS_PER_MM)
    flow.follow([], 5000)
    flow.advance(1.0)

    assert (flow.risen_dots, flow.is_still) == (ROWS_PER_S, False)


def test_paper_waits_for_a_slow_line() -> None:
    """Only what is printed can come out, and the rest follows when it is."""
    flow = PaperFlow(DOTS_PER_MM)
    flow.follow([], 100)
    flow.advance(1.0)
    assert (flow.risen_dots, flow.is_still) == (100, True)
    flow.follow([], 130)
    flow.advance(0.01)

    assert flow.risen_dots == 112


def test_a_finished_slip_is_seen_before_the_next_one_comes() -> None:
    """Whole, for a moment; then the next begins at the slot."""
    flow = PaperFlow(DOTS_PER_MM)
    flow.follow([1200], 600)
    flow.advance(1.5)
    assert (flow.sheet, flow.risen_dots) == (0, 1200)
    flow.advance(0.55)

    assert flow.sheet == 1
    assert 0 < flow.risen_dots < 600
    assert not flow.is_cut


def test_the_last_slip_stays_in_sight() -> None:
    """Nothing follows: it hangs in the slot."""
    flow = PaperFlow(DOTS_PER_MM)
    flow.follow([1200], 0)
    flow.advance(60.0)

    assert (flow.sheet, flow.risen_dots, flow.is_cut, flow.is_still) == (0, 1200, True, True)


@given(
    st.lists(st.integers(0, 3000), max_size=5), st.integers(0, 3000), st.lists(st.floats(0, 3), min_size=1, max_size=20)
)
def test_never_more_is_out_than_was_printed_and_in_the_end_all_of_it(
    fallen: list[int], printed: int, steps: list[float]
) -> None:
    """However unevenly the screen is painted."""
    flow = PaperFlow(DOTS_PER_MM)
    flow.follow(fallen, printed)
    for seconds in steps:
        flow.advance(seconds)
        assert flow.risen_dots <= flow.height
    flow.advance(1000.0)

    assert flow.is_still
