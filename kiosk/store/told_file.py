"""Small facts that one process of a machine tells the others: one JSON object in a file, replaced in one step.

They are no evidence and are not synced to disk; whoever reads one decides how long it believes it.
"""

import json
import os
import threading
from collections.abc import Mapping
from pathlib import Path

import structlog

from kiosk.journal.canonical import JsonValue
from kiosk.log_events import LogEvent


class ToldFile:
    """One file in the data directory; written by one process, read by others at any moment."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writing = threading.Lock()

    def write(self, facts: Mapping[str, JsonValue]) -> None:
        """Replace what the file says."""
        fresh = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        try:
            with self._writing:
                fresh.write_text(json.dumps(dict(facts)), encoding="ascii")
                fresh.replace(self._path)
        except OSError as error:
            # A full disk must stop nothing; the reader sees that the file has become old.
            structlog.get_logger().warning(LogEvent.UNEXPECTED_ERROR, error=str(error.errno), path=self._path.name)

    def read(self) -> dict[str, JsonValue] | None:
        """Return what the file says, None when there is none or it is damaged."""
        try:
            told = json.loads(self._path.read_text(encoding="ascii"))
        except (OSError, ValueError):
            return None
        return told if isinstance(told, dict) else None
