"""Chance and identity as arguments."""

from typing import Protocol


class Entropy(Protocol):
    """Gives unpredictable bytes and identifiers; never blocks."""

    def salt(self, count: int) -> bytes:
        """Return ``count`` random bytes from the operating system."""
        ...

    def identifier(self) -> str:
        """Return a new identifier, sortable by time (UUID version 7, text)."""
        ...
