"""A centre that knows the kiosks of the published vectors, with the page that checks their seals."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from kiosk.domain.moment import instant_text
from sync.central.receiving.streams import register_origin
from sync.central.schema import open_database
from sync.central.serve import RunningCentre, background_centre
from sync.central.tables import origin_keys
from sync.central.trust.centre_key import CENTRE_KEY_NAME
from sync.central.trust.senders import OriginKey
from tests.fakes.seal_vectors import CENTRE_NUMBER, KEYS, VALID_FROM


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
            for origin, signer, revoked_at in KEYS:
                first_key = OriginKey(signer.key_id, signer.public_key, from_seq=1, to_seq=None, revoked_at=None)
                register_origin(connection, origin, first_key, instant_text(VALID_FROM), by="enrolment")
                if revoked_at is not None:
                    revoke(connection, origin, revoked_at)
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


def revoke(connection: sa.Connection, origin: str, at: datetime) -> None:
    """Revoke an origin's keys from an instant that may be long past."""
    changed = sa.update(origin_keys).where(origin_keys.c.origin == origin)
    connection.execute(changed.values(revoked_at=instant_text(at)))
