"""The machine's two keys, as files outside the data directory: made once, never silently made again.

``store.key`` holds the raw key of the database as 64 hexadecimal digits, ``signing.pem`` the private key of the
journal and the seals. Both are readable by their owner alone. Where a database exists and its key does not, a new
key would be a lie: the program stops with one clear line instead.

When the signing key is changed, its successor waits in ``signing.next.pem`` until the journal names it; the public half
of the old one stays in ``retired.pem``, to check what it signed, and its private half is gone.
"""

import secrets
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from cryptography.hazmat.primitives.asymmetric import ec

from kiosk.durable_files import create_durably, replace_durably, sync_directory
from kiosk.errors import ConfigurationError
from kiosk.journal.signature import load_private_pem, load_public_pem, new_private_pem, public_pem
from kiosk.store.connections import KEY_BYTES
from kiosk.store.local_signer import LocalSigner
from kiosk.store.store import DATABASE_NAME

STORE_KEY_NAME: Final = "store.key"
SIGNING_KEY_NAME: Final = "signing.pem"
NEXT_KEY_NAME: Final = "signing.next.pem"
RETIRED_KEYS_NAME: Final = "retired.pem"

_PEM_END: Final = "-----END PUBLIC KEY-----\n"
_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class MachineKeys:
    """The keys of one machine.

    Attributes:
        store_key: raw key of the database, None when it is not encrypted.
        signer: signs entries and seals.
        retired: public halves of the keys that signed before it, oldest first.
    """

    store_key: bytes | None
    signer: LocalSigner
    retired: tuple[ec.EllipticCurvePublicKey, ...] = ()

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
    signing_path = signing_key_file or directory / SIGNING_KEY_NAME
    signing_key = _load_or_create(
        "signing.key_file",
        signing_path,
        has_database=has_database,
        parse=_parsed_signing_key,
        make=new_private_pem,
    )
    return MachineKeys(store_key, LocalSigner(signing_key), retired_keys(signing_path))


def waiting_successor(signing_path: Path) -> LocalSigner | None:
    """Return the key that waits to take over, None when none does.

    Raises:
        ConfigurationError: its file is readable by others, or holds no key.
    """
    path = signing_path.with_name(NEXT_KEY_NAME)
    return make_successor(signing_path) if path.exists() else None


def make_successor(signing_path: Path) -> LocalSigner:
    """Return the key that waits to take over; a new one when none does.

    Raises:
        ConfigurationError: it cannot be written, is readable by others, or is no key.
    """
    key = _load_or_create(
        "signing.key_file",
        signing_path.with_name(NEXT_KEY_NAME),
        has_database=False,
        parse=_parsed_signing_key,
        make=new_private_pem,
    )
    return LocalSigner(key)


def take_over(signing_path: Path, old: ec.EllipticCurvePublicKey) -> None:
    """Let the waiting key take the place of the old one, once the journal names it; safe to repeat after a power cut.

    Args:
        signing_path: of the old key.
        old: its public half, kept among the retired ones.

    Raises:
        ConfigurationError: the files cannot be written; the old key may still be in its place.
    """
    retired = signing_path.with_name(RETIRED_KEYS_NAME)
    try:
        kept = retired.read_text(encoding="ascii") if retired.exists() else ""
        if public_pem(old) not in kept:
            replace_durably(retired, (kept + public_pem(old)).encode())
        signing_path.with_name(NEXT_KEY_NAME).replace(signing_path)
        sync_directory(signing_path.parent)
    except OSError as error:
        raise ConfigurationError("signing.key_file", f"a place where keys can be changed ({error.strerror})") from error


def retired_keys(signing_path: Path) -> tuple[ec.EllipticCurvePublicKey, ...]:
    """Return the public keys that signed before, oldest first.

    Raises:
        ConfigurationError: their file holds something else.
    """
    path = signing_path.with_name(RETIRED_KEYS_NAME)
    if not path.exists():
        return ()
    try:
        blocks = path.read_text(encoding="ascii").split(_PEM_END)
        return tuple(load_public_pem(block + _PEM_END) for block in blocks if block.strip())
    except (OSError, ValueError) as error:
        raise ConfigurationError("signing.key_file", f"public keys in PEM at {path} ({error})") from error


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
        create_durably(path, document)
    except OSError as error:
        raise ConfigurationError(setting, f"a place where the key can be written; {path}: {error.strerror}") from error


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


def _parsed_signing_key(document: bytes) -> ec.EllipticCurvePrivateKey:
    try:
        return load_private_pem(document)
    except ValueError as error:
        raise ValueError("a P-256 private key in PEM (PKCS 8), without a password") from error
