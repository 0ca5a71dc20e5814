import itertools

from hypothesis import given
from hypothesis import strategies as st

from kiosk.ports.ticket_printer import PrinterCondition
from printing.escpos.status import AnswerReader, AutomaticStatus, RealTimeStatuses, condition_of

A_BYTE = st.none() | st.integers(0, 255)


@given(st.binary(max_size=300), st.lists(st.integers(0, 300), max_size=8))
def test_any_bytes_in_any_pieces_give_the_same_answers(data: bytes, cuts: list[int]) -> None:
    """A printer, a cable or a stranger may send anything: nothing crashes and the pieces do not matter."""
    whole = AnswerReader().feed(data)
    reader = AnswerReader()
    edges = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]

    pieces = [answer for first, last in itertools.pairwise(edges) for answer in reader.feed(data[first:last])]

    assert pieces == whole


@given(A_BYTE, A_BYTE, A_BYTE, A_BYTE)
def test_every_combination_of_answers_has_one_condition(
    a: int | None, b: int | None, c: int | None, d: int | None
) -> None:
    """Total function; and health needs an answer to every question that decides."""
    condition = condition_of(RealTimeStatuses(a, b, c, d))

    assert isinstance(condition, PrinterCondition)
    assert not (condition.can_print and None in (a, b, d))


@given(st.binary(min_size=4, max_size=4))
def test_every_automatic_status_has_one_condition(data: bytes) -> None:
    """Total function."""
    assert isinstance(AutomaticStatus(data).condition, PrinterCondition)
