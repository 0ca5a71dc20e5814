"""What can be told to go wrong while the printer works."""

from dataclasses import dataclass


@dataclass
class Faults:
    """What was told to go wrong. Numbers of bytes and rows count from the beginning of a slip.

    Attributes:
        silent: take everything, answer nothing.
        garbage: answer rubbish before each answer.
        stall_after: stop reading after so many bytes; None never.
        disconnect_after: close the line after so many bytes, once; None never.
        half_close_after: close the answering half of the line after so many bytes, once; None never.
        paper_out_after_rows: the roll ends after so many rows; None never.
        cover_open_after_rows: the cover opens after so many rows, once; None never.
        jam_at_next_cut: the cutter jams when it is used the next time.
        refuses_connections: close each line at once.
        unplugged: there is no line at all.
        baud: bits per second of the line; None as fast as it goes.
        answer_delay_ms: how late each answer leaves.
        lost_answers: how many of the next answers never leave.
        status_burst: Automatic Status blocks that nobody asked for, sent before the next answer.
        stale_status: send an Automatic Status of another state before the next answer.
    """

    silent: bool = False
    garbage: bool = False
    stall_after: int | None = None
    disconnect_after: int | None = None
    half_close_after: int | None = None
    paper_out_after_rows: int | None = None
    cover_open_after_rows: int | None = None
    jam_at_next_cut: bool = False
    refuses_connections: bool = False
    unplugged: bool = False
    baud: int | None = None
    answer_delay_ms: int = 0
    lost_answers: int = 0
    status_burst: int = 0
    stale_status: bool = False
