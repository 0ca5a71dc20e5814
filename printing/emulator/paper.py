"""The strip of paper: dots below dots, cut into slips that are saved as they fall."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from PIL import Image

_MOST_COMPLAINTS: Final = 200


@dataclass(frozen=True, slots=True)
class Slip:
    """A piece of paper that lies in the tray.

    Attributes:
        number: 1, 2, 3... in its directory.
        binary: the bytes that made it.
        picture: its PNG.
        rows: height in dots.
        complaints: what a real printer would have misread.
        is_complete: whether it was cut; False for what was torn off in the middle.
    """

    number: int
    binary: Path
    picture: Path
    rows: int
    complaints: tuple[str, ...]
    is_complete: bool


@dataclass
class Strip:
    """The paper that is coming out now.

    Attributes:
        width_dots: printable width.
        rows: one ``bytes`` per row of dots, leftmost dot in the highest bit, 1 = black.
        made_of: bytes received for it.
        complaints: about those bytes.
    """

    width_dots: int
    rows: list[bytes] = field(default_factory=list)
    made_of: bytearray = field(default_factory=bytearray)
    complaints: list[str] = field(default_factory=list)

    @property
    def blank_row(self) -> bytes:
        """A row without ink."""
        return bytes(self.width_dots // 8)

    @property
    def is_untouched(self) -> bool:
        """Whether nothing came out since the last cut."""
        return not self.rows

    def append(self, row: bytes) -> None:
        """Let one printed row come out; what lies beyond the edge is lost."""
        self.rows.append(row[: len(self.blank_row)].ljust(len(self.blank_row), b"\0"))

    def complain(self, sentence: str) -> None:
        """Note what a real printer would misread; a slip of nothing but rubbish is not listed byte by byte."""
        if len(self.complaints) < _MOST_COMPLAINTS:
            self.complaints.append(sentence)
        elif len(self.complaints) == _MOST_COMPLAINTS:
            self.complaints.append("and more of the same")


class Tray:
    """Where slips fall: a directory of ``slip-0001.bin``, ``.png`` and ``.json``.

    Each file appears whole or not at all, the ``.json`` last: a reader who sees it can read the others.
    """

    def __init__(self, directory: Path, dots_per_inch: int) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self.directory = directory
        self._dots_per_inch = dots_per_inch
        numbers = (int(path.stem[5:]) for path in directory.glob("slip-*.bin") if path.stem[5:].isdecimal())
        self._last = max(numbers, default=0)
        self.slips: list[Slip] = []

    def take(self, strip: Strip, *, is_complete: bool) -> Slip:
        """Save a piece of paper and return it."""
        self._last += 1
        stem = self.directory / f"slip-{self._last:04d}"
        binary, picture = stem.with_suffix(".bin"), stem.with_suffix(".png")
        _write_whole(binary, bytes(strip.made_of))
        _save_picture(picture, strip.width_dots, strip.rows, self._dots_per_inch)
        slip = Slip(self._last, binary, picture, len(strip.rows), tuple(strip.complaints), is_complete)
        facts = {
            "complaints": list(slip.complaints),
            "complete": is_complete,
            "millimetres": round(len(strip.rows) * 25.4 / self._dots_per_inch),
            "rows": slip.rows,
            "bytes": len(strip.made_of),
        }
        _write_whole(stem.with_suffix(".json"), json.dumps(facts, ensure_ascii=False, indent=1).encode())
        self.slips.append(slip)
        return slip


def picture_of(width_dots: int, rows: Sequence[bytes]) -> Image.Image:
    """Return rows of dots as a picture, black on white."""
    inverted = b"".join(rows).translate(bytes(255 - value for value in range(256)))
    return Image.frombytes("1", (width_dots, max(len(rows), 1)), inverted or b"\xff" * (width_dots // 8))


def _save_picture(path: Path, width_dots: int, rows: Sequence[bytes], dots_per_inch: int) -> None:
    partial = path.with_suffix(".partial")
    picture_of(width_dots, rows).save(partial, format="PNG", dpi=(dots_per_inch, dots_per_inch))
    partial.replace(path)


def _write_whole(path: Path, content: bytes) -> None:
    partial = path.with_suffix(".partial")
    partial.write_bytes(content)
    partial.replace(path)
