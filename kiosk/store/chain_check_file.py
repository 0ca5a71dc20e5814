"""The outcome of the last verification of the journal, left by ``journal verify`` for whoever tells of it.

It is a note, not evidence: who doubts verifies again.
"""

from pathlib import Path
from typing import Final

from kiosk.domain.chain_check import ChainCheck
from kiosk.domain.moment import instant_text, parse_instant
from kiosk.store.told_file import ToldFile

CHAIN_CHECK_NAME: Final = "journal-verification.json"


class ChainCheckFile:
    """One note in the data directory."""

    def __init__(self, data_dir: Path) -> None:
        self._file = ToldFile(data_dir / CHAIN_CHECK_NAME)

    def write(self, check: ChainCheck) -> None:
        """Keep an outcome; where it cannot be kept, the verification counts all the same."""
        self._file.write({"at": instant_text(check.at), "entries": check.entries, "broken_at": check.broken_at})

    def read(self) -> ChainCheck | None:
        """Return the last outcome, None when the journal was never verified or the note cannot be read."""
        told = self._file.read()
        if told is None:
            return None
        try:
            at, entries, broken_at = parse_instant(str(told["at"])), told["entries"], told["broken_at"]
        except (ValueError, KeyError):
            return None
        if not isinstance(entries, int) or not isinstance(broken_at, int | None):
            return None
        return ChainCheck(at, entries, broken_at)
