import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing.transports.hearing import Hearing, hearing_of


@pytest.mark.parametrize(
    ("data", "hearing"),
    [
        (b"", Hearing.NOTHING),
        (b"\x12", Hearing.ANSWER),
        (b"\x7e", Hearing.ANSWER),
        (b"\x10\x00\x00\x00\x12", Hearing.ANSWER),
        (b"\x12\x14\x00\x0f\x00", Hearing.ANSWER),
        (b"\x00", Hearing.RUBBISH),
        (b"\x12\x12", Hearing.RUBBISH),
        (b"\xff\x12", Hearing.RUBBISH),
        (b"\x10\x00\x00\x00", Hearing.RUBBISH),
        (b"HTTP/1.1 400", Hearing.RUBBISH),
    ],
)
def test_one_question_has_one_answer(data: bytes, hearing: Hearing) -> None:
    """With whatever the printer said of its own accord around it; everything else is rubbish."""
    assert hearing_of(data) is hearing


@given(st.binary())
def test_any_bytes_are_heard_as_something(data: bytes) -> None:
    """No noise raises."""
    assert hearing_of(data) in Hearing
