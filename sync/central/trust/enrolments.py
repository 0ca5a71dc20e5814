"""Registering a machine with a one-time code: an administrator makes the code, somebody types it at the machine.

The code holds 80 random bits, and the first 40 bits of the SHA-256 of the centre's public key: so the machine knows
whom it speaks to before it trusts any certificate. Only a hash of it is stored; it works once, for one machine, for a
day.
"""

import base64
import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import sqlalchemy as sa

from kiosk.domain.moment import instant_text
from kiosk.journal.entry import EntryType
from kiosk.journal.signature import key_id_of, load_public_pem
from sync.central.context import CentreContext
from sync.central.receiving.streams import register_origin
from sync.central.refusals import RefusedRequestError
from sync.central.tables import enrolment_codes, origins
from sync.central.trust.senders import HUB_ROLE, KIOSK_ROLE, OriginKey
from sync.protocol.enrolment_codes import fingerprint_of, normal_code
from sync.protocol.enrolments import Enrolled, Enrolment
from sync.protocol.key_lists import PublishedCentre, PublishedEncryptionKey, public_text, signed_encryption_key
from sync.protocol.problems import ProblemCode

VALID_FOR: Final = timedelta(days=1)
_SECRET_BYTES: Final = 10


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time code, as it is told to whoever installs the machine.

    Attributes:
        code: in groups of four.
        origin: the machine that may use it.
        expires_at: UTC text.
    """

    code: str
    origin: str
    expires_at: str


def invite(
    centre: CentreContext, origin: str, *, role: str = KIOSK_ROLE, departement: str | None = None, by: str
) -> Invitation:
    """Make a code with which a machine can register its key; codes made before for it no longer work.

    Args:
        centre: database, key, clock, journal.
        origin: the machine.
        role: ``kiosk`` or ``hub``.
        departement: whose counters may read it; of a kiosk, its own unless given.
        by: the administrator, for the journal.
    """
    now = centre.now()
    secret = base64.b32encode(secrets.token_bytes(_SECRET_BYTES)).decode()
    code = secret + fingerprint_of(centre.key.public_key)
    expires_at = instant_text(now + VALID_FOR)
    with centre.engine.begin() as connection:
        connection.execute(
            sa.delete(enrolment_codes).where(enrolment_codes.c.origin == origin, enrolment_codes.c.used_at.is_(None))
        )
        connection.execute(
            sa.insert(enrolment_codes).values(
                code_hash=_hash(code),
                origin=origin,
                role=role,
                departement=departement or (origin.partition("-")[0] if role == KIOSK_ROLE else None),
                issued_at=instant_text(now),
                expires_at=expires_at,
            )
        )
        centre.journal.append(connection, EntryType.MACHINE_INVITED, {"origin": origin, "role": role, "by": by})
    return Invitation("-".join(code[at : at + 4] for at in range(0, len(code), 4)), origin, expires_at)


def enrol(centre: CentreContext, message: Enrolment, certificate_authority: str | None) -> Enrolled:
    """Register the key of a machine that knows its code; the same code and key again give the same answer.

    The caller has checked that the request is signed with the key that it brings.

    Raises:
        RefusedRequestError: the code is wrong, used up, out of date, or of another machine.
    """
    public_key = load_public_pem(message.public_key)
    key = OriginKey(key_id_of(public_key), public_key, from_seq=1, to_seq=None, revoked_at=None)
    at = instant_text(centre.now())
    with centre.engine.begin() as connection:
        row = _invitation(connection, message, key.key_id, at)
        if row.used_at is None:
            _register(centre, connection, row, key, at)
    return Enrolled(
        origin=message.origin,
        role=row.role,
        key_id=key.key_id,
        centre=PublishedCentre(key_id=centre.key.key_id, public_key=public_text(centre.key.public_key)),
        certificate_authority=certificate_authority,
        centre_time=at,
        encryption=published_encryption_key(centre),
    )


def published_encryption_key(centre: CentreContext) -> PublishedEncryptionKey:
    """Return the key to which carried entries are sealed, signed by the centre."""
    return signed_encryption_key(centre.opening_keys.current().public_key(), centre.key.public_key, centre.key.sign)


def _invitation(connection: sa.Connection, message: Enrolment, key_id: str, at: str) -> sa.Row[tuple[object, ...]]:
    query = sa.select(enrolment_codes).where(enrolment_codes.c.code_hash == _hash(normal_code(message.code)))
    row = connection.execute(query.with_for_update()).one_or_none()
    is_repeated = row is not None and row.used_at is not None and row.key_id == key_id
    if row is None or row.origin != message.origin or not (is_repeated or row.used_at is None):
        raise RefusedRequestError(ProblemCode.FORBIDDEN, "this code does not enrol this machine")
    if not is_repeated and row.expires_at < at:
        raise RefusedRequestError(ProblemCode.FORBIDDEN, "this code is out of date; ask for a new one")
    return row


def _register(
    centre: CentreContext, connection: sa.Connection, row: sa.Row[tuple[object, ...]], key: OriginKey, at: str
) -> None:
    known = connection.execute(sa.select(origins).where(origins.c.origin == row.origin)).one_or_none()
    if known is not None:
        raise RefusedRequestError(
            ProblemCode.FORBIDDEN, f"{row.origin} is registered already; rotate its key, or give the machine a new name"
        )
    register_origin(connection, str(row.origin), key, at, by="enrolment", role=row.role, departement=row.departement)
    connection.execute(
        sa.update(enrolment_codes)
        .where(enrolment_codes.c.code_hash == row.code_hash)
        .values(used_at=at, key_id=key.key_id)
    )
    facts = {"origin": row.origin, "role": row.role, "key_id": key.key_id}
    centre.journal.append(connection, EntryType.MACHINE_ENROLLED, facts)


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


ROLES: Final = (KIOSK_ROLE, HUB_ROLE)
