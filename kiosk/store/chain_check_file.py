"""The outcome of the last verification of the journal, left by ``journal verify`` for whoever tells of it.

It is a note, not evidence: who doubts verifies again.
"""

import json
import os
from pathlib import Path
from typing import Final

import structlog

from kiosk.domain.chain_check import ChainCheck
from kiosk.domain.moment import instant_text, parse_instant
from kiosk.log_events import LogEvent

CHAIN_CHECK_NAME: Final = "journal-verification.json"


class ChainCheckFile:
    """One file in the data directory, replaced in one step."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / CHAIN_CHECK_NAME

    def write(self, check: ChainCheck) -> None:
        """Keep an outcome; a directory that cannot be written to is logged, the verification counts all the same."""
        told = {"at": instant_text(check.at), "entries": check.entries, "broken_at": check.broken_at}
        fresh = self._path.with_name(f".{CHAIN_CHECK_NAME}.{os.getpid()}")
        try:
            fresh.write_text(json.dumps(told), encoding="ascii")
            fresh.replace(self._path)
        except OSError as error:
            structlog.get_logger().warning(LogEvent.UNEXPECTED_ERROR, error=type(error).__name__, path=CHAIN_CHECK_NAME)

    def read(self) -> ChainCheck | None:
        """Return the last outcome, None when the journal was never verified or the note cannot be read."""
        try:
            told = json.loads(self._path.read_text(encoding="ascii"))
            broken_at = told["broken_at"]
            return ChainCheck(
                parse_instant(told["at"]), int(told["entries"]), None if broken_at is None else int(broken_at)
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None
