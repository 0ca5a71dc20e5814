"""The blocks that a ticket is made of: what is said and how loud, nothing about dots or bytes."""

from dataclasses import dataclass
from enum import StrEnum


class Size(StrEnum):
    """How large a text stands on paper; the painter gives each its millimetres."""

    BODY = "body"
    TITLE = "title"
    LARGE = "large"
    HUGE = "huge"


class Weight(StrEnum):
    """Contrast is made by weight, never by grey (thermal paper)."""

    REGULAR = "regular"
    BOLD = "bold"


class Align(StrEnum):
    """Where lines stand; ``START`` is left, and right for a right-to-left language."""

    START = "start"
    CENTRE = "centre"


class Direction(StrEnum):
    """Base direction of a paragraph."""

    LEFT_TO_RIGHT = "ltr"
    RIGHT_TO_LEFT = "rtl"


@dataclass(frozen=True, slots=True)
class Speech:
    """In which language a block speaks.

    Attributes:
        language: BCP 47 code; chooses the shapes of letters.
        direction: base direction of its paragraphs.
    """

    language: str = "fr"
    direction: Direction = Direction.LEFT_TO_RIGHT


FRENCH = Speech()


@dataclass(frozen=True, slots=True)
class Title:
    """The one title of the ticket, or of its translation."""

    text: str
    speech: Speech = FRENCH


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph.

    Attributes:
        one_line: never broken: letters get smaller until it fits (references, call numbers).
    """

    text: str
    size: Size = Size.BODY
    weight: Weight = Weight.REGULAR
    align: Align = Align.START
    speech: Speech = FRENCH
    one_line: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One point of a list."""

    text: str
    speech: Speech = FRENCH


@dataclass(frozen=True, slots=True)
class KeyValue:
    """A label and what it says, the latter in bold unless ``is_plain``."""

    key: str
    value: str
    speech: Speech = FRENCH
    is_plain: bool = False


@dataclass(frozen=True, slots=True)
class Banner:
    """A word in a frame that nobody overlooks: SPÉCIMEN, DUPLICATA."""

    text: str
    speech: Speech = FRENCH


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper; heavy between the French text and its translation."""

    is_heavy: bool = False


@dataclass(frozen=True, slots=True)
class Space:
    """Blank paper, in millimetres."""

    height_mm: float


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code.

    Attributes:
        text: what a reader reads.
    """

    text: str


@dataclass(frozen=True, slots=True)
class Cut:
    """The end of the slip."""


Block = Title | Text | Item | KeyValue | Banner | Rule | Space | Code | Cut


@dataclass(frozen=True, slots=True)
class Document:
    """A ticket as blocks, from top to bottom.

    Attributes:
        blocks: what is printed.
        language: of the translation part, ``fr`` when there is none.
    """

    blocks: tuple[Block, ...]
    language: str = "fr"

    @property
    def words(self) -> str:
        """All that can be read, line by line; for tests and for screen readers."""
        return "\n".join(line for block in self.blocks for line in _words_of(block))


def _words_of(block: Block) -> tuple[str, ...]:
    match block:
        case Title() | Text() | Item() | Banner():
            return (block.text,)
        case KeyValue():
            return (block.key, block.value)
        case Rule() | Space() | Code() | Cut():
            return ()
