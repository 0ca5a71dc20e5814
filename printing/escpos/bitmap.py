"""A picture of one bit for each dot."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bitmap:
    """Rows of dots from top to bottom.

    Attributes:
        width_dots: dots in a row, a multiple of 8.
        height_dots: number of rows.
        rows: ``width_dots / 8`` bytes for each row, leftmost dot in the highest bit, 1 = black.
    """

    width_dots: int
    height_dots: int
    rows: bytes

    def __post_init__(self) -> None:
        if self.width_dots % 8 or len(self.rows) != self.row_bytes * self.height_dots:
            raise ValueError(f"{len(self.rows)} bytes are not {self.height_dots} rows of {self.width_dots} dots")

    @property
    def row_bytes(self) -> int:
        """Bytes in one row."""
        return self.width_dots // 8
