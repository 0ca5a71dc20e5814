"""The journal read and checked without Qt, printer or network."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from kiosk.domain.chain_check import ChainCheck
from kiosk.errors import ConfigurationError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import entry_to_json
from kiosk.journal.signature import load_public_pem
from kiosk.settings import Settings
from kiosk.store.chain_check_file import ChainCheckFile
from kiosk.store.store import DATABASE_NAME, Store, open_store
from kiosk.store.system_clock import SystemClock
from ui.composition import keys_of, load_site

_BATCH = 500


def verified(settings: Settings, data_dir: Path, public_key: Path | None) -> dict[str, JsonValue]:
    """Check the whole journal and return ``{verified, entries, head, erased_payloads, first_bad_seq, reason}``."""
    store, own_keys = _existing_store(settings, data_dir)
    with closing(store):
        report = store.verify_journal([read_public_key(public_key)] if public_key else own_keys)
    found = report.first_break
    if public_key is None:  # with another's key it says nothing about this machine
        check = ChainCheck(SystemClock().read().utc, report.entries, found.seq if found else None)
        ChainCheckFile(data_dir).write(check)
    return {
        "verified": report.is_whole,
        "entries": report.entries,
        "head": report.head.hash,
        "erased_payloads": report.erased_payloads,
        "first_bad_seq": found.seq if found else None,
        "reason": f"{found.reason.value}: {found.detail}" if found else None,
    }


def shown(settings: Settings, data_dir: Path, *, after: int, limit: int | None) -> Iterator[dict[str, JsonValue]]:
    """Yield entries in order, as the protocol writes them."""
    store, _ = _existing_store(settings, data_dir)
    left = limit
    with closing(store), store.reading() as unit:
        while left is None or left > 0:
            batch = unit.journal.entries_after(after, _BATCH if left is None else min(left, _BATCH))
            if not batch:
                return
            for entry, _payload in batch:
                yield entry_to_json(entry)
            after = batch[-1][0].seq
            left = None if left is None else left - len(batch)


def read_public_key(path: Path) -> EllipticCurvePublicKey:
    """Return the public key of a PEM file, or of the JSON that ``keys show --json`` writes.

    Raises:
        ConfigurationError: the file cannot be read or holds something else.
    """
    try:
        text = path.read_text(encoding="ascii")
        return load_public_pem(json.loads(text)["public_key"] if text.lstrip().startswith("{") else text)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigurationError("--public-key", f"a PEM file with a P-256 public key, not {path}") from error


def _existing_store(settings: Settings, data_dir: Path) -> tuple[Store, list[EllipticCurvePublicKey]]:
    path = data_dir / DATABASE_NAME
    if not path.exists():
        raise ConfigurationError("--data-dir", f"a directory that holds {DATABASE_NAME}, not {data_dir}")
    keys = keys_of(settings, data_dir)
    origin = load_site(settings).site.origin
    return open_store(path, key=keys.store_key, signer=None, origin=origin), [*keys.retired, keys.signer.public_key]
