"""Real stores in a test's own folder, copied from a migrated and founded database that is made once per process."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Final

from kiosk.journal.chain import EntrySigner
from kiosk.services.machine import FoundJournal
from kiosk.store.store import DATABASE_NAME, Store, open_store
from tests.fakes.clocks import FixedClock, SeededEntropy, a_signer
from tests.fakes.requests import a_site

A_STORE_KEY: Final = bytes(range(32))
A_VERSION: Final = "0.1.0"


def a_store(folder: Path, *, encrypted: bool = True, signer: EntrySigner | None = None) -> Store:
    """Return a founded store (entry 1 is the genesis) at ``folder/borne.db``; the test closes it or lets it go."""
    path = folder / DATABASE_NAME
    if not path.exists():
        shutil.copyfile(_template(encrypted), path)
    return reopened(folder, encrypted=encrypted, signer=signer)


def reopened(folder: Path, *, encrypted: bool = True, signer: EntrySigner | None = None) -> Store:
    """Return another store object on the same file, as a second process would have."""
    key = A_STORE_KEY if encrypted else None
    return open_store(folder / DATABASE_NAME, key, signer or a_signer(), a_site().origin, 10.0)


@cache
def _template(encrypted: bool) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="borne-template-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    store = reopened(folder, encrypted=encrypted)
    FoundJournal(
        units=store.units,
        clock=FixedClock(),
        entropy=SeededEntropy(0),
        site=a_site(),
        signer=a_signer(),
        software_version=A_VERSION,
    )()
    store.close()
    return folder / DATABASE_NAME
