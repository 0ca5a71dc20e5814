"""A line of the page of keys."""

from dataclasses import dataclass

from kiosk.domain.staff import Permission


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A key, what it does, and who may.

    Attributes:
        key: as shortcuts are written.
        does: as the screen calls it.
        needs: whoever may not is not told of it; None for everybody.
    """

    key: str
    does: str
    needs: Permission | None = None
