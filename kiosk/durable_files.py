"""Files that are there whole or not at all, also after a power cut."""

import os
import secrets
from pathlib import Path
from typing import Final

_PRIVATE: Final = 0o600


def replace_durably(path: Path, document: bytes) -> None:
    """Write a file that only its owner can read, in place of the one that is there.

    Raises:
        OSError: it cannot be written; what was there is still there.
    """
    draft = _draft(path, document)
    try:
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    sync_directory(path.parent)


def create_durably(path: Path, document: bytes) -> None:
    """Write a file that only its owner can read, unless another process was faster: then that one stays.

    Raises:
        OSError: it cannot be written.
    """
    draft = _draft(path, document)
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return
    finally:
        draft.unlink()
    sync_directory(path.parent)


def _draft(path: Path, document: bytes) -> Path:
    """Write a document beside its final name, onto the disk, and return where."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(document)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    return draft


def sync_directory(directory: Path) -> None:
    """Bring the names in a directory onto the disk."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
