"""Files that are there whole or not at all, also after a power cut."""

import contextlib
import os
import secrets
from pathlib import Path
from typing import BinaryIO, Final

_PRIVATE: Final = 0o600


class DraftFile:
    """A file that is written little by little under another name, and gets its own when it is whole."""

    def __init__(self, path: Path, mode: int = _PRIVATE) -> None:
        """Begin a file beside its final name.

        Args:
            path: its final name.
            mode: who may read it, as far as the process's mask lets them; its owner alone.

        Raises:
            OSError: it cannot be made.
        """
        self._path = path
        self.draft = _draft_name(path)
        descriptor = os.open(self.draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, mode)
        self.file: BinaryIO = os.fdopen(descriptor, "w+b")

    def finish(self) -> None:
        """Bring what was written onto the disk.

        Raises:
            OSError: there is no room.
        """
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()

    def keep(self) -> None:
        """Give a finished file its name, in place of what is there.

        Raises:
            OSError: there is no right; what was there is still there.
        """
        self.draft.replace(self._path)
        sync_directory(self._path.parent)

    def discard(self) -> None:
        """Leave nothing of a file that was not kept."""
        with contextlib.suppress(OSError):  # what could not be written cannot be flushed either
            self.file.close()
        self.draft.unlink(missing_ok=True)


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
    draft = _draft_name(path)
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


def _draft_name(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")


def sync_directory(directory: Path) -> None:
    """Bring the names in a directory onto the disk."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
