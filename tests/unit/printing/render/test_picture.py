import threading

import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

from printing.document.blocks import Align, Code, Direction, Document, Rule, Size, Space, Speech, Text, Weight
from printing.document.compose import compose
from printing.escpos.bitmap import Bitmap
from printing.render.paper import Paper
from printing.render.picture import render
from tests.fakes.read_codes import codes_on
from tests.fakes.tickets import A_SEAL, a_ticket

ARABIC = Speech("ar", Direction.RIGHT_TO_LEFT)


def picture(bitmap: Bitmap) -> Image.Image:
    """Dots as a picture, black on white."""
    return Image.frombytes("1", (bitmap.width_dots, bitmap.height_dots), bytes(byte ^ 0xFF for byte in bitmap.rows))


def ink(bitmap: Bitmap) -> tuple[int, int, int, int]:
    """Left, top, right and bottom edge of everything black."""
    box = picture(bitmap).convert("L").point(lambda value: 255 - value).getbbox()
    assert box is not None
    return box


@pytest.mark.parametrize(("width", "dpi"), [(384, 203), (512, 180), (576, 203)])
@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_the_seal_is_read_back_from_the_dots(qapp: QApplication, width: int, dpi: int, language: str) -> None:
    """Promise 5 begins on paper: an independent reader reads the code at every width."""
    bitmap = render(compose(a_ticket(language=language)), Paper(width, dpi))

    assert codes_on(picture(bitmap)) == [A_SEAL]
    assert bitmap.width_dots == width


@pytest.mark.parametrize("width", [384, 512, 576])
def test_nothing_is_wider_than_the_paper(qapp: QApplication, width: int) -> None:
    """A long word breaks, a reference shrinks; neither loses a letter at the edge."""
    reference = Text("38-A2-261120-0042-K" * 2, Size.LARGE, Weight.BOLD, Align.CENTRE, one_line=True)
    word = Text("Donaudampfschifffahrtsgesellschaftskapitänsmütze" * 3)

    left, _, right, _ = ink(render(Document((reference, word)), Paper(width)))

    assert left >= 0
    assert right <= width
    assert right > width * 0.8


def test_body_text_is_at_least_three_and_a_half_millimetres_high(qapp: QApplication) -> None:
    """Domain dossier 8.3: measured from the top of an l to the bottom of a p."""
    for paper in (Paper(576, 203), Paper(512, 180)):
        _, top, _, bottom = ink(render(Document((Text("lp"),)), paper))

        assert paper.millimetres(bottom - top) >= 3.4  # within a dot


def test_arabic_stands_at_the_right_edge(qapp: QApplication) -> None:
    """Right-to-left paragraphs start at the right."""
    left, _, right, _ = ink(render(Document((Text("رقم دورك", speech=ARABIC),)), Paper()))

    assert right > 570
    assert left > 400


def test_arabic_letters_are_joined(qapp: QApplication) -> None:
    """Shaping: a joined word is narrower than its letters apart."""

    def width(text: str) -> int:
        left, _, right, _ = ink(render(Document((Text(text, speech=ARABIC),)), Paper()))
        return right - left

    assert width("سسسسس") < width("س\u200cس\u200cس\u200cس\u200cس") * 0.95


def test_blank_paper_and_rules_have_their_size(qapp: QApplication) -> None:
    """Spaces are given in millimetres: 10 mm are 80 dots at 203 dpi."""
    bitmap = render(Document((Space(10), Rule())), Paper())

    _, top, right, _ = ink(bitmap)
    assert top >= 80
    assert right == 576


def test_the_code_is_centred_with_its_quiet_zone(qapp: QApplication) -> None:
    """Four white modules around the code, as the standard wants, and the same room left and right."""
    left, top, right, bottom = ink(render(Document((Code(A_SEAL),)), Paper()))

    assert top == 4 * 6
    assert abs(left - (576 - right)) <= 2
    assert (right - left) % 6 == (bottom - top) % 6 == 0


def test_the_same_slip_is_the_same_dots_whatever_was_painted_before(qapp: QApplication) -> None:
    """Expected pictures would be worth nothing otherwise: large letters once depended on the letters before them."""
    document = compose(a_ticket())
    before = render(document, Paper())
    render(Document((Text("Zwölf Boxkämpfer jagen Viktor quer", weight=Weight.BOLD),)), Paper(512, 180))

    assert render(document, Paper()) == before


def test_a_thread_of_its_own_paints_the_same_dots(qapp: QApplication) -> None:
    """Painting never needs the screen's thread, and several at once do not disturb each other."""
    document = compose(a_ticket(language="ar"))
    expected = render(document, Paper())
    painted: list[Bitmap] = []

    threads = [threading.Thread(target=lambda: painted.append(render(document, Paper()))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert painted == [expected] * 3
