"""Copies of the whole store, for the day on which its disk dies: written, looked at, and laid ready for a start."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class StoreCopy:
    """One copy.

    Attributes:
        folder: where it lies.
        origin: of the machine.
        made_at: UTC instant.
        entries: how many entries of the journal it holds.
        head: hash of the last one.
        size_bytes: of the database.
    """

    folder: Path
    origin: str
    made_at: datetime
    entries: int
    head: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class PreparedRestoration:
    """A copy that the next start puts in the place of the store.

    Attributes:
        copy: which.
        prepared_at: UTC instant.
        by: account, or who typed the command.
    """

    copy: StoreCopy
    prepared_at: datetime
    by: str


class StoreCopies(Protocol):
    """Everything here reads and writes whole databases: never on the thread that paints.

    Methods raise ``InputError`` with one of these fields, so that a screen can say it in words: ``folder`` (there is
    none, or nothing can be written there), ``room`` (too little is left), ``copy`` (not whole, or not what was
    copied), ``origin`` (of another machine), ``key`` (made with other keys), ``version`` (of a newer Borne).
    """

    def write(self, folder: Path, made_at: datetime) -> StoreCopy:
        """Write a copy into a folder of its own, open it again and verify its whole chain; it is there whole or not.

        Visitors go on filing meanwhile.
        """
        ...

    def found(self, folder: Path) -> Sequence[StoreCopy]:
        """Return the copies in a folder, the newest first; only looked at, not verified."""
        ...

    def prepare(self, copy: Path, prepared_at: datetime, by: str) -> PreparedRestoration:
        """Verify a copy and lay it beside the store for the next start."""
        ...

    def prepared(self) -> PreparedRestoration | None:
        """Return what waits for the next start."""
        ...

    def cancel(self) -> None:
        """Let the next start go on with the store as it is."""
        ...
