"""The machine's two keys, as files outside the data directory: made once, never silently made again.

``store.key`` holds the raw key of the database as 64 hexadecimal digits, ``signing.pem`` the private key of the
journal and the seals. Both are readable by their owner alone. Where a database exists and its key does not, a new
key would be a lie: the program stops with one clear line instead.
"""

import os
import secrets
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from kiosk.errors import ConfigurationError
from kiosk.store.connections import KEY_BYTES
from kiosk.store.local_signer import LocalSigner
from kiosk.store.store import DATABASE_NAME

STORE_KEY_NAME: Final = "store.key"
SIGNING_KEY_NAME: Final = "signing.pem"

_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class MachineKeys:
    """The keys of one machine.

    Attributes:
        store_key: raw key of the database, None when it is not encrypted.
        signer: signs entries and seals.
    """

    store_key: bytes | None
    signer: LocalSigner

    def __repr__(self) -> str:
        return f"MachineKeys(key_id={self.signer.key_id!r})"  # never the secret


def keys_directory_of(data_dir: Path) -> Path:
    """Return where the keys of a data directory lie: beside it, so that a copy of the data holds no key."""
    absolute = data_dir.absolute()
    return absolute.with_name(f"{absolute.name}.keys")


def load_or_create_keys(
    data_dir: Path,
    *,
    encrypted: bool = True,
    store_key_file: Path | None = None,
    signing_key_file: Path | None = None,
) -> MachineKeys:
    """Return the keys of a machine; make them when there is no database yet.

    Args:
        data_dir: where the database is or will be.
        encrypted: whether the database has a key at all.
        store_key_file: another place than the keys directory.
        signing_key_file: another place than the keys directory.

    Raises:
        ConfigurationError: a key file is missing beside a database, readable by others, or not a key.
    """
    directory = keys_directory_of(data_dir)
    has_database = (data_dir / DATABASE_NAME).exists()
    store_key = None
    if encrypted:
        store_key = _load_or_create(
            "store.key_file",
            store_key_file or directory / STORE_KEY_NAME,
            has_database=has_database,
            parse=_parsed_store_key,
            make=_new_store_key,
        )
    signing_key = _load_or_create(
        "signing.key_file",
        signing_key_file or directory / SIGNING_KEY_NAME,
        has_database=has_database,
        parse=_parsed_signing_key,
        make=_new_signing_key,
    )
    return MachineKeys(store_key, LocalSigner(signing_key))


def _load_or_create(
    setting: str,
    path: Path,
    *,
    has_database: bool,
    parse: Callable[[bytes], _Key],
    make: Callable[[], bytes],
) -> _Key:
    if not path.exists():
        if has_database:
            raise ConfigurationError(setting, f"the key of the existing database at {path}; it is not there")
        _create(setting, path, make())
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        document = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(setting, f"a file that can be read at {path}: {error.strerror}") from error
    if mode & 0o077:
        raise ConfigurationError(setting, f"a file that its owner alone can read (mode 600); {path} has {mode:03o}")
    try:
        return parse(document)
    except ValueError as error:
        raise ConfigurationError(setting, f"{error}; {path} holds something else") from error


def _create(setting: str, path: Path, document: bytes) -> None:
    """Write a key durably under its final name, whole or not at all; if another process is faster, its key counts."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(document)
                file.flush()
                os.fsync(file.fileno())
            _link_unless_there(draft, path)
        finally:
            draft.unlink()
        _sync_directory(path.parent)
    except OSError as error:
        raise ConfigurationError(setting, f"a place where the key can be written; {path}: {error.strerror}") from error


def _link_unless_there(draft: Path, path: Path) -> None:
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return  # another process made the key while we did; everybody uses that one


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _new_store_key() -> bytes:
    return f"{secrets.token_hex(KEY_BYTES)}\n".encode()


def _parsed_store_key(document: bytes) -> bytes:
    try:
        key = bytes.fromhex(document.decode("ascii").strip())
    except ValueError as error:
        raise ValueError(f"{2 * KEY_BYTES} hexadecimal digits") from error
    if len(key) != KEY_BYTES:
        raise ValueError(f"{2 * KEY_BYTES} hexadecimal digits")
    return key


def _new_signing_key() -> bytes:
    return ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _parsed_signing_key(document: bytes) -> ec.EllipticCurvePrivateKey:
    expectation = "a P-256 private key in PEM (PKCS 8), without a password"
    try:
        key = serialization.load_pem_private_key(document, password=None)
    except (ValueError, TypeError) as error:
        raise ValueError(expectation) from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise ValueError(expectation)  # noqa: TRY004  # a wrong key is a wrong value
    return key
