"""The printer's own letters: every character of its code pages as dots in a cell.

A real printer has a hand-made bitmap for each. Here the outlines of a bundled font are fitted into the cell: each
letter keeps its height, gives way in width, and is moved by parts of a dot until its strokes fall on whole dots.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

from PIL import Image, ImageChops, ImageDraw, ImageFont

from kiosk.resource_files import resource_path
from printing.emulator.line_drawing import drawn_glyph

_FINE: Final = 8  # parts of a dot in which outlines are drawn
_INK: Final = 105  # of 255: how much of a dot must be covered for the head to burn it
# Letters are narrower here than in the font; what is thin already (full stop, hyphen) stays as it is.
_NARROWED: Final = 0.82
_THIN_EM: Final = 0.4
# Thickness of an upright stroke of the font, and how much of what narrowing takes from it is given back.
_STROKE_EM: Final = 0.09
_GIVEN_BACK: Final = 0.6
_FILES: Final = ("BorneSans-Regular.ttf", "BorneSansMath-Regular.ttf", "BorneSansSymbols2-Regular.ttf")
_NO_CHARACTER: Final = "\uffff"


@dataclass(frozen=True, slots=True)
class CellFont:
    """One of the printer's fonts.

    Attributes:
        width: of a cell, in dots.
        height: of a cell, in dots.
        baseline: rows above the foot of a capital letter.
        em: size of the outlines, in dots.
    """

    width: int
    height: int
    baseline: int
    em: int


FONT_A: Final = CellFont(12, 24, 19, 22)
FONT_B: Final = CellFont(9, 17, 13, 15)


@cache
def glyph(character: str, font: CellFont) -> Image.Image:
    """Return a character as a picture of mode ``1``, as large as the cell, ink set."""
    drawn = drawn_glyph(character, font.width, font.height)
    if drawn is not None:
        return drawn
    if character == "⌐":
        return glyph("¬", font).transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    return _fitted(_outline(character, font.em), font)


@dataclass(frozen=True, slots=True)
class _Outline:
    """A letter in fine dots.

    Attributes:
        ink: the letter alone, grey.
        ascent: from the baseline up, in cell dots.
        descent: from the baseline down, in cell dots; negative when the letter stands above it.
    """

    ink: Image.Image
    ascent: float
    descent: float


@cache
def _faces(size: int) -> tuple[ImageFont.FreeTypeFont, ...]:
    return tuple(ImageFont.truetype(str(resource_path("fonts", name)), size) for name in _FILES)


def _outline(character: str, em: int) -> _Outline:
    faces = _faces(em * _FINE)
    face = next((face for face in faces if not _is_missing(face, character)), faces[0])
    left, top, right, bottom = (round(edge) for edge in face.getbbox(character, anchor="ls"))
    ink = Image.new("L", (max(0, right - left), max(0, bottom - top)))
    if ink.width and ink.height:
        ImageDraw.Draw(ink).text((-left, -top), character, fill=255, font=face, anchor="ls")
    return _Outline(ink, -top / _FINE, bottom / _FINE)


def _is_missing(face: ImageFont.FreeTypeFont, character: str) -> bool:
    """Whether a font has only its sign for "no such letter"."""
    if character.isspace():
        return False
    return bytes(face.getmask(character)) == bytes(face.getmask(_NO_CHARACTER))


def _fitted(outline: _Outline, font: CellFont) -> Image.Image:
    """Return the letter in its cell, at the place where most dots are clearly black or clearly white."""
    if not outline.ink.width or not outline.ink.height:
        return Image.new("1", (font.width, font.height))
    width = outline.ink.width / _FINE
    if width > _THIN_EM * font.em:
        width *= _NARROWED
    outline = _thickened(outline, min(width, font.width - 1.0), font.em)
    candidates: list[tuple[float, int, Image.Image]] = []
    for wider in (0.0, -0.3, 0.3):
        fitting = min(max(width + wider, 1.0), font.width - 1.0)
        for shift in range(-_FINE // 2, _FINE // 2):
            left = (font.width - 1 - fitting) / 2 + shift / _FINE
            if 0 <= left <= font.width - fitting:
                grey = _placed(outline, font, left, fitting)
                candidates.append((_vagueness(grey) + 8 * abs(shift) + 60 * abs(wider), len(candidates), grey))
    return min(candidates)[2].point([255 * (value >= _INK) for value in range(256)]).convert("1")


def _thickened(outline: _Outline, width: float, em: int) -> _Outline:
    """Return a letter whose upright strokes are still strokes when it has been made so narrow, in cell dots."""
    ink = outline.ink
    lost = ink.width / (width * _FINE) - 1
    extra = round(_GIVEN_BACK * _STROKE_EM * em * _FINE * lost)
    thick = Image.new("L", (ink.width + max(0, extra), ink.height))
    for shift in range(max(0, extra) + 1):
        moved = Image.new("L", thick.size)
        moved.paste(ink, (shift, 0))
        thick = ImageChops.lighter(thick, moved)
    return _Outline(thick, outline.ascent, outline.descent)


def _placed(outline: _Outline, font: CellFont, left: float, width: float) -> Image.Image:
    """Return the cell in grey, with the letter at a place given in parts of a dot; what is too high gives way."""
    ascent = min(outline.ascent, float(font.baseline))
    descent = min(outline.descent, float(font.height - font.baseline))
    fine = Image.new("L", (font.width * _FINE, font.height * _FINE))
    size = max(1, round(width * _FINE)), max(1, round((ascent + descent) * _FINE))
    corner = round(left * _FINE), round((font.baseline - ascent) * _FINE)
    fine.paste(outline.ink.resize(size, Image.Resampling.BILINEAR), corner)
    return fine.resize((font.width, font.height), Image.Resampling.BOX)


def _vagueness(grey: Image.Image) -> int:
    """Sum over all dots of how far each is from black or white."""
    return sum(count * min(value, 255 - value) for value, count in enumerate(grey.histogram()))
