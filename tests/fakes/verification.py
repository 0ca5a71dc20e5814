"""A centre that knows the kiosks of the published vectors, with the page that checks their seals."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from kiosk.domain.moment import instant_text
from kiosk.journal.signature import public_pem
from sync.central.centre_key import CENTRE_KEY_NAME
from sync.central.schema import open_database
from sync.central.serve import RunningCentre, background_centre
from sync.central.tables import origins
from tests.fakes.clocks import FixedSigner
from tests.fakes.seal_vectors import CENTRE_NUMBER, KEYS, VALID_FROM

_NO_ENTRIES: Final = {"accepted_to": 0, "head": "0" * 64}


@contextmanager
def a_verifying_centre(folder: Path, *, port: int = 0, centre_number: int = CENTRE_NUMBER) -> Iterator[RunningCentre]:
    """Run a centre on loopback.

    Args:
        folder: of its key and database; the same folder again is the same centre.
        port: 0 takes a free one.
        centre_number: its key follows from this.
    """
    database = f"sqlite:///{folder / 'centre.db'}"
    folder.mkdir(exist_ok=True)
    key_file = folder / CENTRE_KEY_NAME
    if not key_file.exists():
        key = ec.derive_private_key(centre_number, ec.SECP256R1())
        key_file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        key_file.chmod(0o600)
        with origins_of(database) as connection:
            connection.execute(sa.insert(origins), [_row(*known) for known in KEYS])
    with background_centre(database, folder, port=port) as centre:
        yield centre


@contextmanager
def origins_of(database: str) -> Iterator[sa.Connection]:
    """Let a test write what the administration would."""
    engine = open_database(database)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _row(origin: str, signer: FixedSigner, revoked_at: datetime | None) -> dict[str, object]:
    return {
        **_NO_ENTRIES,
        "origin": origin,
        "key_id": signer.key_id,
        "public_key": public_pem(signer.public_key),
        "registered_at": instant_text(VALID_FROM),
        "registered_by": "administrator",
        "revoked_at": instant_text(revoked_at) if revoked_at else None,
    }
