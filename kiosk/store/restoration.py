"""The store is put back from a copy at a start, while nobody else works on it; what stood there is kept aside.

Three files in the data directory say how far it is, in an order that a power cut cannot spoil: the copy and its marker
wait; the store is moved aside and the copy takes its place; the marker becomes the note that the restored journal is
still to hear of it.
"""

import json
from pathlib import Path
from typing import Final

from kiosk.domain.moment import parse_instant
from kiosk.durable_files import replace_durably, sync_directory
from kiosk.store.store import DATABASE_NAME

WAITING_NAME: Final = "restore.db"
MARKER_NAME: Final = "restore.json"
DONE_NAME: Final = "restored.json"
ASIDE_NAME: Final = "set-aside"
LOCK_NAME: Final = "store.lock"
_WITH_LOG: Final = ("", "-wal", "-shm")


def is_restoration_prepared(data_dir: Path) -> bool:
    """Whether a copy waits for a start."""
    return (data_dir / MARKER_NAME).exists()


def restore_prepared(data_dir: Path) -> None:
    """Put the copy that waits in the place of the store; the caller is alone on the data.

    Raises:
        OSError, ValueError: it cannot go on; the next start goes on from where it is.
    """
    waiting, marker, store = data_dir / WAITING_NAME, data_dir / MARKER_NAME, data_dir / DATABASE_NAME
    if waiting.exists():
        said = json.loads(marker.read_text(encoding="utf-8"))
        # Named by the order, so that a start after a power cut goes on in the same folder.
        aside = data_dir / ASIDE_NAME / f"{parse_instant(said['prepared_at']):%Y%m%d-%H%M%S}"
        aside.mkdir(mode=0o700, parents=True, exist_ok=True)
        # The log first: without its database it is nothing, a database with a foreign log would be spoilt.
        for ending in reversed(_WITH_LOG):
            part = data_dir / f"{DATABASE_NAME}{ending}"
            if part.exists():
                part.rename(aside / part.name)
        sync_directory(aside)
        replace_durably(marker, json.dumps(said | {"set_aside": str(aside)}).encode())
        waiting.rename(store)
        sync_directory(data_dir)
    marker.rename(data_dir / DONE_NAME)
    sync_directory(data_dir)


def forget_prepared(data_dir: Path) -> None:
    """Let the next start go on with the store as it is."""
    (data_dir / MARKER_NAME).unlink(missing_ok=True)
    (data_dir / WAITING_NAME).unlink(missing_ok=True)
    sync_directory(data_dir)
