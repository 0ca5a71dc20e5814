"""Copies of a kiosk's database in folders: an encrypted file as the store is, and beside it what it holds."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from sqlcipher3 import dbapi2 as sqlcipher

from kiosk.domain.moment import instant_text, parse_instant
from kiosk.durable_files import replace_durably, sync_directory
from kiosk.errors import InputError, NewerStoreError, StoreError
from kiosk.journal.signature import key_id_of
from kiosk.ports.store_copies import PreparedRestoration, StoreCopy
from kiosk.store.connections import READING, open_connection
from kiosk.store.restoration import MARKER_NAME, WAITING_NAME, forget_prepared
from kiosk.store.sqlite_errors import sorted_error
from kiosk.store.store import DATABASE_NAME, open_store

MANIFEST_NAME: Final = "copy.json"
_PREFIX: Final = "borne-"
_UNFINISHED: Final = ".part"
_ROOM: Final = 1.05
_BUSY_TIMEOUT_S: Final = 10.0
_CHUNK: Final = 1 << 20
_MOST_IN_A_SECOND: Final = 1000


class StoreCopiesInFolders:
    """The :class:`kiosk.ports.store_copies.StoreCopies` of one machine."""

    def __init__(
        self,
        data_dir: Path,
        *,
        key: bytes | None,
        origin: str,
        keys: Callable[[], Sequence[EllipticCurvePublicKey]],
    ) -> None:
        """Take what it works with.

        Args:
            data_dir: where the store lies.
            key: raw key of the database, None when it is not encrypted; the copies have the same.
            origin: of the machine.
            keys: that signed its journal, the present one last.
        """
        self._data_dir, self._key, self._origin, self._keys = data_dir, key, origin, keys

    def write(self, folder: Path, made_at: datetime) -> StoreCopy:
        """Write a copy and verify it."""
        self._require_room(folder, (self._data_dir / DATABASE_NAME).stat().st_size)
        whole = _free_name(folder, f"{_PREFIX}{self._origin}-{made_at:%Y%m%d-%H%M%S}")
        unfinished = whole.with_name(f"{whole.name}{_UNFINISHED}")
        try:
            unfinished.mkdir()
            copy = self._written(unfinished, made_at)
            unfinished.rename(whole)
            sync_directory(folder)
        except OSError as error:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise InputError("folder", f"a folder that can be written ({error.strerror})") from error
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
        return _in_folder(copy, whole)

    def found(self, folder: Path) -> Sequence[StoreCopy]:
        """Return the copies in a folder, the newest first."""
        _require_folder(folder)
        manifests = folder.glob(f"{_PREFIX}*/{MANIFEST_NAME}")
        copies = [copy for copy in map(_read, manifests) if copy is not None]
        return sorted(copies, key=lambda copy: copy.made_at, reverse=True)

    def prepare(self, copy: Path, prepared_at: datetime, by: str) -> PreparedRestoration:
        """Verify a copy and lay it beside the store for the next start."""
        known = _read(copy / MANIFEST_NAME)
        if known is None:
            raise InputError("copy", f"a folder with {MANIFEST_NAME}")
        if known.origin != self._origin:
            raise InputError("origin", f"a copy of {self._origin}, not of {known.origin}")
        self._require_room(self._data_dir, known.size_bytes)
        waiting = self._data_dir / WAITING_NAME
        try:
            _copy_file(copy / DATABASE_NAME, waiting)
            self._require_same(waiting, known)
            prepared = PreparedRestoration(known, prepared_at, by)
            replace_durably(self._data_dir / MARKER_NAME, json.dumps(_prepared_json(prepared)).encode())
        except OSError as error:
            waiting.unlink(missing_ok=True)
            raise InputError("copy", f"a file that can be read ({error.strerror})") from error
        except BaseException:
            waiting.unlink(missing_ok=True)
            raise
        return prepared

    def prepared(self) -> PreparedRestoration | None:
        """Return what waits for the next start."""
        return read_prepared(self._data_dir / MARKER_NAME)

    def cancel(self) -> None:
        """Let the next start go on with the store as it is."""
        forget_prepared(self._data_dir)

    def _written(self, folder: Path, made_at: datetime) -> StoreCopy:
        target = folder / DATABASE_NAME
        self._copy_database(target)
        entries, head = self._checked(target)
        copy = StoreCopy(folder, self._origin, made_at, entries, head, target.stat().st_size)
        manifest = _json(copy) | {"sha256": _digest(target)}
        replace_durably(folder / MANIFEST_NAME, json.dumps(manifest, indent=1).encode())
        return copy

    def _copy_database(self, target: Path) -> None:
        """Copy one state of the store by SQLite's online backup, which no writer waits for."""
        source = open_connection(
            self._data_dir / DATABASE_NAME, self._key, READING, busy_timeout_s=_BUSY_TIMEOUT_S, mode="rw"
        )
        try:
            copy = open_connection(target, self._key, (), busy_timeout_s=_BUSY_TIMEOUT_S, mode="rwc")
            try:
                source.driver.backup(copy.driver)
                copy.rows("PRAGMA journal_mode = DELETE")  # one file, whole
            finally:
                copy.close()
        except sqlcipher.Error as error:
            raise sorted_error(error, target) or error from error
        finally:
            source.close()
        _sync_file(target)

    def _checked(self, database: Path) -> tuple[int, str]:
        """Open a database, verify its chain, and return how long it is and its head."""
        keys = self._keys()
        try:
            store = open_store(database, self._key, None, self._origin)
        except NewerStoreError as error:
            raise InputError("version", "a copy of this version of Borne or of an earlier one") from error
        except StoreError as error:
            raise InputError("copy", f"a database that the machine's key opens ({type(error).__name__})") from error
        try:
            report = store.verify_journal(keys)
            with store.reading() as unit:
                last = list(unit.journal.entries_after(report.head.seq - 1, 1)) if report.head.seq else []
        finally:
            store.close()
        if not report.is_whole or not last:
            raise InputError("copy", f"a whole journal ({report.first_break})")
        if last[0][0].key_id != key_id_of(keys[-1]):
            raise InputError("key", "a copy made since the machine has its present signing key")
        return report.head.seq, report.head.hash

    def _require_same(self, database: Path, known: StoreCopy) -> None:
        if _digest(database) != _digest_said(known.folder / MANIFEST_NAME):
            raise InputError("copy", "the very bytes that were written")
        if self._checked(database) != (known.entries, known.head):
            raise InputError("copy", "what was copied: the journal in it is another one")

    def _require_room(self, folder: Path, size_bytes: int) -> None:
        _require_folder(folder)
        if shutil.disk_usage(folder).free < size_bytes * _ROOM:
            raise InputError("room", f"{size_bytes} free bytes")


def read_prepared(marker: Path) -> PreparedRestoration | None:
    """Return what a marker says; None when there is none, or nobody can read it."""
    try:
        said = json.loads(marker.read_text(encoding="utf-8"))
        return PreparedRestoration(_copy_of(said["copy"]), parse_instant(said["prepared_at"]), str(said["by"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _free_name(folder: Path, name: str) -> Path:
    """Return a path that nobody has yet; two copies in one second are two copies."""
    names = (name, *(f"{name}-{rank}" for rank in range(2, _MOST_IN_A_SECOND)))
    return next(path for path in map(folder.joinpath, names) if not path.exists())


def _digest_said(manifest: Path) -> str:
    try:
        return str(json.loads(manifest.read_text(encoding="utf-8"))["sha256"])
    except (ValueError, KeyError, TypeError):
        return ""


def _prepared_json(prepared: PreparedRestoration) -> dict[str, object]:
    return {"copy": _json(prepared.copy), "prepared_at": instant_text(prepared.prepared_at), "by": prepared.by}


def _read(manifest: Path) -> StoreCopy | None:
    try:
        said = json.loads(manifest.read_text(encoding="utf-8"))
        return _in_folder(_copy_of(said), manifest.parent)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _copy_of(said: dict[str, object]) -> StoreCopy:
    return StoreCopy(
        Path(str(said["folder"])),
        str(said["origin"]),
        parse_instant(str(said["made_at"])),
        int(str(said["entries"])),
        str(said["head"]),
        int(str(said["size_bytes"])),
    )


def _json(copy: StoreCopy) -> dict[str, object]:
    return {
        "folder": str(copy.folder),
        "origin": copy.origin,
        "made_at": instant_text(copy.made_at),
        "entries": copy.entries,
        "head": copy.head,
        "size_bytes": copy.size_bytes,
    }


def _in_folder(copy: StoreCopy, folder: Path) -> StoreCopy:
    return StoreCopy(folder, copy.origin, copy.made_at, copy.entries, copy.head, copy.size_bytes)


def _require_folder(folder: Path) -> None:
    try:
        is_there = folder.is_dir()
    except OSError:
        is_there = False
    if not is_there:
        raise InputError("folder", f"a folder that is there, not {folder}")


def _copy_file(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with source.open("rb") as read, os.fdopen(descriptor, "wb") as written:
        shutil.copyfileobj(read, written, _CHUNK)
    _sync_file(target)
    if _digest(source) != _digest(target):
        raise InputError("copy", "a file that reads twice the same")


def _sync_file(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def mounted_places(roots: Iterable[Path] = (Path("/media"), Path("/run/media"), Path("/mnt"))) -> Sequence[Path]:
    """Return where sticks and disks are mounted, one and two levels below the usual folders."""
    found = []
    for root in roots:
        for pattern in ("*", "*/*"):
            found += [place for place in sorted(root.glob(pattern)) if _is_mounted(place)]
    return found


def _is_mounted(place: Path) -> bool:
    try:
        return place.is_mount()
    except OSError:
        return False
