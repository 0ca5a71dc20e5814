import pytest

from printing.escpos.identity import Identity, identity_in, transmit_printer_id


def test_the_question_is_gs_i() -> None:
    """Function 67: type of the printer's name."""
    assert transmit_printer_id(Identity.MODEL) == b"\x1dIC"


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (b"_TM-T88V\x00", "TM-T88V"),
        (b"\x10\x00\x00\x00_TM-T20II \x00", "TM-T20II"),
        (b"", None),
        (b"_TM-T88V", None),
        (b"\x12\x00", None),
        (b"_\xff\xfe\x00", None),
        (b"_" + b"x" * 100 + b"\x00", None),
    ],
)
def test_an_answer_is_its_text_or_nothing(answer: bytes, text: str | None) -> None:
    """Header, text, NUL; other answers may come before; rubbish is no name."""
    assert identity_in(answer) == text
