"""Signs that fill their whole cell, so that neighbours join: lines, blocks, shades, the two halves of an integral."""

import unicodedata
from collections.abc import Iterator
from typing import Final

from PIL import Image, ImageDraw

_STROKE: Final = 2  # dots
_APART: Final = 3  # from the middle to each line of a double one, in dots
_SIDES: Final = {"VERTICAL": ("UP", "DOWN"), "HORIZONTAL": ("LEFT", "RIGHT")}
_OPPOSITE: Final = {"UP": "DOWN", "DOWN": "UP", "LEFT": "RIGHT", "RIGHT": "LEFT"}

# Fractions of the cell: left, top, right, bottom.
_BLOCKS: Final = {
    "▀": (0.0, 0.0, 1.0, 0.5),
    "▄": (0.0, 0.5, 1.0, 1.0),
    "█": (0.0, 0.0, 1.0, 1.0),
    "▌": (0.0, 0.0, 0.5, 1.0),
    "▐": (0.5, 0.0, 1.0, 1.0),
    "■": (0.1, 0.25, 0.9, 0.75),
}
# Which dots of a square of four are black.
_SHADES: Final = {"░": ((0, 0),), "▒": ((0, 0), (1, 1)), "▓": ((0, 0), (1, 1), (1, 0))}


def drawn_glyph(character: str, width: int, height: int) -> Image.Image | None:
    """Return such a sign as a picture of mode ``1``; None for every other character."""
    picture = Image.new("1", (width, height))
    draw = ImageDraw.Draw(picture)
    if character in _BLOCKS:
        left, top, right, bottom = _BLOCKS[character]
        draw.rectangle(
            (round(left * width), round(top * height), round(right * width) - 1, round(bottom * height) - 1), 1
        )
    elif character in _SHADES:
        draw.point([(x, y) for y in range(height) for x in range(width) if (x % 2, y % 2) in _SHADES[character]], 1)
    elif character in "⌠⌡":
        _half_integral(draw, width, height, is_top=character == "⌠")
    elif unicodedata.name(character, "").startswith("BOX DRAWINGS"):
        for line in _strokes(_arms(character), width, height):
            draw.rectangle(line, 1)
    else:
        return None
    return picture


def _half_integral(draw: ImageDraw.ImageDraw, width: int, height: int, *, is_top: bool) -> None:
    middle, end = width // 2, 3 if is_top else height - 4
    draw.line((middle, end, middle, height - 1 if is_top else 0), 1, _STROKE)
    hook = (middle, end - 3, middle + 5, end + 3) if is_top else (middle - 5, end - 3, middle, end + 3)
    draw.arc(hook, *((180, 350) if is_top else (0, 170)), 1, _STROKE)


def _arms(character: str) -> dict[str, bool]:
    """Return the sides that lines go to and whether each is double, from the character's name in Unicode."""
    arms: dict[str, bool] = {}
    words = unicodedata.name(character).split()[2:]
    everywhere = words.pop(0) == "DOUBLE" if words[0] in {"LIGHT", "DOUBLE"} else None
    for part in " ".join(words).split(" AND "):
        side, _, weight = part.partition(" ")
        for arm in _SIDES.get(side, (side,)):
            arms[arm] = weight == "DOUBLE" if everywhere is None else everywhere
    return arms


def _strokes(arms: dict[str, bool], width: int, height: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield rectangles from the middle of the cell to its edges."""
    for side, is_double in arms.items():
        for offset in (-_APART, _APART) if is_double else (0,):
            start = _start(arms, side, offset)
            if side in {"UP", "DOWN"}:
                x = (width - _STROKE) // 2 + offset
                y = (height - _STROKE) // 2 + (start if side == "DOWN" else -start)
                yield (
                    (x, y, x + _STROKE - 1, height - 1) if side == "DOWN" else (x, 0, x + _STROKE - 1, y + _STROKE - 1)
                )
            else:
                x = (width - _STROKE) // 2 + (start if side == "RIGHT" else -start)
                y = (height - _STROKE) // 2 + offset
                yield (
                    (x, y, width - 1, y + _STROKE - 1) if side == "RIGHT" else (0, y, x + _STROKE - 1, y + _STROKE - 1)
                )


def _start(arms: dict[str, bool], side: str, offset: int) -> int:
    """Return how far from the middle a line begins, so that corners close and double lines leave a gap between them."""
    before, after = ("LEFT", "RIGHT") if side in {"UP", "DOWN"} else ("UP", "DOWN")
    reach = _APART if arms.get(before) or arms.get(after) else 0
    if offset == 0:
        if _OPPOSITE[side] in arms:
            return 0
        return reach if before in arms and after in arms else -reach
    return reach if (after if offset > 0 else before) in arms else -reach
