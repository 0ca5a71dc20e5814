"""What displays of a site show: ``docs/protocol.md`` and ``/openapi.json``."""

from datetime import datetime, timedelta

from kiosk.domain.moment import instant_text, parse_instant
from kiosk.ports.call_board import CallBoard, HallCall
from sync.protocol.wire_message import WireMessage


class BoardCall(WireMessage):
    """A number that was called, as a display shows it; see :class:`kiosk.ports.call_board.HallCall`."""

    seq: int
    call_number: str
    counter: str
    called_at: str
    times: int
    language: str


class HallBoard(WireMessage):
    """Answer of ``GET /v1/hall/board``: numbers, counters, languages; nobody's name.

    Attributes:
        change: number of the last change that is in it; the next look says it.
        calls: newest first.
        waiting_languages: codes of those who wait, each once.
        is_closed: the day was closed.
        read_at: by the hub's clock; empty from a hub of an earlier version.
    """

    change: int
    calls: list[BoardCall]
    waiting_languages: list[str]
    is_closed: bool
    read_at: str = ""

    @classmethod
    def of(cls, board: CallBoard, change: int, read_at: datetime) -> "HallBoard":
        """Return the message about a board."""
        return cls(
            change=change,
            calls=[
                BoardCall(
                    seq=call.seq,
                    call_number=call.call_number,
                    counter=call.counter,
                    called_at=instant_text(call.called_at),
                    times=call.times,
                    language=call.language,
                )
                for call in board.calls
            ],
            waiting_languages=list(board.waiting_languages),
            is_closed=board.is_closed,
            read_at=instant_text(read_at),
        )

    def board(self, hub_ahead: timedelta = timedelta(0)) -> CallBoard:
        """Return the board, with its instants by a clock that the hub's is ahead of."""
        calls = tuple(
            HallCall(
                seq=call.seq,
                call_number=call.call_number,
                counter=call.counter,
                called_at=parse_instant(call.called_at) - hub_ahead,
                times=call.times,
                language=call.language,
            )
            for call in self.calls
        )
        return CallBoard(calls, tuple(self.waiting_languages), self.is_closed)
