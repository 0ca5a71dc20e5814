"""Whose request it is: the machines that the centre knows, their keys, and the check of a request's signature."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from fastapi import Request

from kiosk.domain.moment import instant_text
from kiosk.journal.signature import load_public_pem
from sync.central.refusals import RefusedRequestError
from sync.central.tables import origin_keys, origins
from sync.protocol.problems import ProblemCode
from sync.protocol.request_signatures import MOST_SKEW, KeyName, UnsignedRequestError, named_key, signed_by

STREAM_PATTERN: Final = (
    r"^([0-9A-Z]{2,3}-[0-9A-Z]{2}|CENTRE-[0-9A-Z]{2,3}|HUB-[0-9A-Z]{2,8})(\.[2-9]|\.[1-9][0-9]{1,3})?$"
)
ORIGIN_PATTERN: Final = r"^([0-9A-Z]{2,3}-[0-9A-Z]{2}|HUB-[0-9A-Z]{2,8})$"
KIOSK_ROLE: Final = "kiosk"
HUB_ROLE: Final = "hub"
HUB_PREFIX: Final = "HUB-"
_STREAM: Final = re.compile(STREAM_PATTERN)


@dataclass(frozen=True, slots=True)
class Sender:
    """A machine whose signature on a request was checked.

    Attributes:
        origin: the machine; a hub may speak for others.
        role: ``kiosk`` or ``hub``.
        departement: whose it is; None for a hub of all.
    """

    origin: str
    role: str
    departement: str | None


@dataclass(frozen=True, slots=True)
class OriginKey:
    """One key of an origin.

    Attributes:
        key_id: its identifier.
        public_key: the key.
        from_seq: first entry that it may sign.
        to_seq: last one; None while it is in use.
        revoked_at: from then on it proves nothing; None while it does.
    """

    key_id: str
    public_key: EllipticCurvePublicKey
    from_seq: int
    to_seq: int | None
    revoked_at: str | None

    def may_sign(self, seq: int) -> bool:
        """Whether an entry with this number may carry this key's signature."""
        return self.from_seq <= seq and (self.to_seq is None or seq <= self.to_seq)


def origin_of(stream: str) -> str:
    """Return the machine that writes a stream: ``38-A2`` for ``38-A2.2``."""
    return stream.partition(".")[0]


def keys_of(connection: sa.Connection, origin: str) -> dict[str, OriginKey]:
    """Return the keys of an origin by their identifiers; empty when it is not known."""
    rows = connection.execute(sa.select(origin_keys).where(origin_keys.c.origin == origin))
    return {
        row.key_id: OriginKey(row.key_id, load_public_pem(row.public_key), row.from_seq, row.to_seq, row.revoked_at)
        for row in rows
    }


def sender_of(connection: sa.Connection, request: Request, body: bytes, now: datetime) -> Sender:
    """Return who signed a request.

    Args:
        connection: to the centre's database.
        request: with its headers.
        body: as received, before decoding.
        now: the centre's clock.

    Raises:
        RefusedRequestError: ``unauthenticated``, ``stale_signature``, or ``revoked``.
    """
    name = named_key(request.headers)
    row = _named_sender(connection, name)
    check_signature(request, body, KeyName(row.origin, row.key_id), load_public_pem(row.public_key), now)
    if row.revoked_at is not None:
        raise RefusedRequestError(ProblemCode.REVOKED, f"the key {row.key_id} of {row.origin} was revoked")
    return Sender(row.origin, row.role, row.departement)


def check_signature(request: Request, body: bytes, name: KeyName, key: EllipticCurvePublicKey, now: datetime) -> None:
    """Check that a request was signed with a key, and just now.

    Raises:
        RefusedRequestError: it does not verify with this key, or is older or newer than a quarter of an hour.
    """
    query = f"?{request.url.query}" if request.url.query else ""
    path = request.scope.get("raw_path", request.url.path.encode()).decode("ascii", "replace")
    try:
        found = signed_by(
            request.method, path + query, request.headers, body, lambda named: key if named == name else None
        )
    except UnsignedRequestError as error:
        raise RefusedRequestError(ProblemCode.UNAUTHENTICATED, str(error)) from error
    if abs(found.created - now) > MOST_SKEW:
        raise RefusedRequestError(
            ProblemCode.STALE_SIGNATURE,
            "the request was signed more than a quarter of an hour from now, by the centre's clock",
            centre_time=instant_text(now),
        )


def require_speaker(sender: Sender, stream: str, connection: sa.Connection) -> None:
    """Refuse a sender that may not speak for a stream: a kiosk speaks for itself, a hub for what it relays.

    Raises:
        RefusedRequestError: ``unauthenticated``.
    """
    if not _STREAM.fullmatch(stream):
        raise RefusedRequestError(ProblemCode.BAD_REQUEST, "no such stream")
    origin = origin_of(stream)
    if sender.origin == origin:
        return
    if sender.role == HUB_ROLE:
        row = connection.execute(sa.select(origins).where(origins.c.origin == origin)).one_or_none()
        if row.relayed_by == sender.origin if row is not None else _may_introduce(sender, origin):
            return
    raise RefusedRequestError(ProblemCode.UNAUTHENTICATED, f"{sender.origin} does not speak for {origin}")


def _may_introduce(hub: Sender, origin: str) -> bool:
    """Whether a hub may bring a machine that nobody knows: one of its own département, if it has one."""
    return hub.departement is None or origin.partition("-")[0] == hub.departement


def _named_sender(connection: sa.Connection, name: KeyName | None) -> sa.Row[tuple[object, ...]]:
    if name is None:
        raise RefusedRequestError(ProblemCode.UNAUTHENTICATED, "the request is not signed (RFC 9421)")
    query = (
        sa.select(
            origins.c.origin,
            origins.c.role,
            origins.c.departement,
            origin_keys.c.key_id,
            origin_keys.c.public_key,
            origin_keys.c.revoked_at,
        )
        .join_from(origins, origin_keys, origins.c.origin == origin_keys.c.origin)
        .where(origin_keys.c.origin == name.origin, origin_keys.c.key_id == name.key_id)
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        raise RefusedRequestError(ProblemCode.UNKNOWN_ORIGIN, f"no machine is registered with the key {name}")
    return row
