"""An exported journal as one ZIP file."""

import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from kiosk.durable_files import DraftFile
from kiosk.errors import ArchiveBrokenError, ConfigurationError

_PRIVATE: Final = 0o600
_CHUNK_BYTES: Final = 1 << 16
_LONGEST_LINE: Final = 1 << 22
# The archive says itself when it was made; the same journal gives the same bytes.
_NO_DATE: Final = (1980, 1, 1, 0, 0, 0)


class ZipArchiveWriter:
    """A :class:`kiosk.ports.evidence_archive.ArchiveWriter`."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file

    def add(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write a file, compressed."""
        info = zipfile.ZipInfo(name, _NO_DATE)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = _PRIVATE << 16
        with self._file.open(info, "w", force_zip64=True) as out:
            for chunk in chunks:
                out.write(chunk)


@contextmanager
def new_archive(path: Path) -> Iterator[ZipArchiveWriter]:
    """Write an archive that only its owner can read; it has its name only when it is whole and on the disk.

    Raises:
        ConfigurationError: something lies there already, or it cannot be written.
    """
    if path.exists():
        raise ConfigurationError("--out", f"a file that does not exist yet, not {path}")
    try:
        draft = DraftFile(path)
        try:
            with zipfile.ZipFile(draft.file, "w") as file:
                yield ZipArchiveWriter(file)
            draft.finish()
            draft.keep()
        finally:
            draft.discard()
    except OSError as error:
        raise ConfigurationError("--out", f"a place to write to, not {path} ({error.strerror})") from error


class ZipArchive:
    """A :class:`kiosk.ports.evidence_archive.ArchiveReader`."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file

    def names(self) -> Sequence[str]:
        """Return the names of all files, each as often as it is there; folders are not files."""
        return [info.filename for info in self._file.infolist() if not info.is_dir()]

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield a file in parts."""
        with _readable(name), self._file.open(name) as content:
            while chunk := content.read(_CHUNK_BYTES):
                yield chunk

    def lines(self, name: str) -> Iterator[bytes]:
        """Yield a file line by line, each with its end."""
        with _readable(name), self._file.open(name) as content:
            while line := content.readline(_LONGEST_LINE):
                yield line


@contextmanager
def opened_archive(path: Path) -> Iterator[ZipArchive]:
    """Open an archive for checking.

    Raises:
        ConfigurationError: no such file.
        ArchiveBrokenError: no ZIP file.
    """
    try:
        file = zipfile.ZipFile(path)
    except OSError as error:
        raise ConfigurationError("--archive", f"a file that can be read, not {path} ({error.strerror})") from error
    except (zipfile.BadZipFile, ValueError) as error:
        raise ArchiveBrokenError(f"{path}: is no archive of Borne ({error})") from error
    with file:
        yield ZipArchive(file)


@contextmanager
def _readable(name: str) -> Iterator[None]:
    """Say every way in which a file can be unreadable in one word of ours."""
    try:
        yield
    except KeyError as error:
        raise ArchiveBrokenError(f"{name}: is missing") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise ArchiveBrokenError(f"{name}: cannot be read ({error})") from error
