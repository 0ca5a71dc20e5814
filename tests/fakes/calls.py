"""Calls and boards as a display reads them, without a store."""

from datetime import datetime, timedelta

from kiosk.ports.call_board import CallBoard, HallCall
from tests.fakes.requests import A_MORNING


def a_call(
    number: int = 42,
    counter: str = "3",
    *,
    language: str = "fr",
    called_at: datetime = A_MORNING,
    seq: int | None = None,
    times: int = 1,
) -> HallCall:
    """Return a call; unless told, a greater number was called later."""
    return HallCall(seq or number, f"A{number:03d}", counter, called_at, times, language)


def a_board(*numbers: int, waiting: tuple[str, ...] = (), is_closed: bool = False) -> CallBoard:
    """Return a board with some numbers, newest first, each called a second after the next one."""
    calls = (a_call(number, called_at=A_MORNING - timedelta(seconds=rank)) for rank, number in enumerate(numbers))
    return CallBoard(tuple(calls), waiting, is_closed)
