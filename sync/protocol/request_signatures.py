"""Who sends a request: RFC 9421 HTTP message signatures by the sender's journal key, over method, path, query and body.

A reverse proxy may change the host that the centre sees, so the host is not signed; the acknowledgement of the answer
names the centre instead. The body is covered by its ``Content-Digest`` (RFC 9530).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from http_message_signatures import (
    HTTPMessageSigner,
    HTTPMessageVerifier,
    HTTPSignatureKeyResolver,
    InvalidSignature,
    SigningKey,
)
from http_message_signatures.algorithms import ECDSA_P256_SHA256

from kiosk.errors import BorneError
from kiosk.journal.chain import EntrySigner

TAG: Final = "borne"
COVERED: Final = ("@method", "@path", "@query")
MOST_SKEW: Final = timedelta(minutes=15)
# Only the path and the query of this address are signed.
_ANY_HOST: Final = "https://centre.invalid"
_ANY_AGE: Final = timedelta(days=36500)


class UnsignedRequestError(BorneError):
    """A request carries no signature that verifies."""


@dataclass(frozen=True, slots=True)
class KeyName:
    """A key, named for everybody: identifiers of keys are short, and unique within an origin only.

    Attributes:
        origin: the machine.
        key_id: four characters.
    """

    origin: str
    key_id: str

    def __str__(self) -> str:
        return f"{self.origin}/{self.key_id}"

    @classmethod
    def parse(cls, text: str) -> "KeyName":
        """Return the name of a text such as ``38-A2/I7RH``; of any other text, a name that nobody has."""
        origin, _, key_id = text.partition("/")
        return cls(origin, key_id)


@dataclass(frozen=True, slots=True)
class SignedBy:
    """Who signed a request, and when by its own clock.

    Attributes:
        key: as in the signature's ``keyid``.
        created: UTC, whole seconds.
    """

    key: KeyName
    created: datetime


@dataclass(frozen=True, slots=True)
class _Message:
    """What the library looks at."""

    method: str
    url: str
    headers: dict[str, str]


def signature_headers(
    method: str, path_and_query: str, body: bytes, *, origin: str, signer: EntrySigner, created: datetime, nonce: str
) -> dict[str, str]:
    """Return the headers that sign a request.

    Args:
        origin: the machine that signs.
        method: upper case.
        path_and_query: as sent, from the slash on.
        body: as sent, after its content encoding; empty for none.
        signer: the machine's key.
        created: aware; whole seconds count.
        nonce: never used before with this key.
    """
    message = _Message(method, _ANY_HOST + path_and_query, {})
    signing = HTTPMessageSigner(signature_algorithm=ECDSA_P256_SHA256)
    prepared = signing.prepare(
        message,
        key_id=str(KeyName(origin, signer.key_id)),
        created=created,
        nonce=nonce,
        label="borne",
        tag=TAG,
        covered_component_ids=COVERED,
        body=body or None,
    )
    signing.apply(message, prepared, signer.sign(prepared.signature_base))
    return message.headers


def signed_by(
    method: str,
    path_and_query: str,
    headers: Mapping[str, str],
    body: bytes,
    key_of: Callable[[KeyName], EllipticCurvePublicKey | None],
) -> SignedBy:
    """Return who signed a request; the age of the signature is the caller's to judge.

    Args:
        method: upper case.
        path_and_query: as received.
        headers: of the request, at least the three of the signature.
        body: as received, before decoding.
        key_of: returns the public key of a name, None when it is not known.

    Raises:
        UnsignedRequestError: no signature, an unknown key, or it does not fit.
    """
    named = {name: headers[name] for name in ("signature", "signature-input", "content-digest") if name in headers}
    message = _Message(method, _ANY_HOST + path_and_query, named)
    verifying = _Verifier(signature_algorithm=ECDSA_P256_SHA256, key_resolver=_Keys(key_of))
    try:
        found = verifying.verify(message, max_age=_ANY_AGE, expect_tag=TAG, require_components=COVERED, body=body)
    except InvalidSignature as error:
        raise UnsignedRequestError(f"no signature that fits: {error}") from error
    if len(found) != 1:
        raise UnsignedRequestError(f"one signature is expected, not {len(found)}")
    parameters = found[0].parameters
    return SignedBy(KeyName.parse(str(parameters["keyid"])), datetime.fromtimestamp(int(parameters["created"]), UTC))


def named_key(headers: Mapping[str, str]) -> KeyName | None:
    """Return the key that a request says it is signed with, before anything is checked."""
    _, found, rest = headers.get("signature-input", "").partition('keyid="')
    return KeyName.parse(rest.partition('"')[0]) if found else None


class _Verifier(HTTPMessageVerifier):
    """The library judges a signature's age by its own clock; the centre judges it by the clock it was given."""

    max_clock_skew = _ANY_AGE


class _Keys(HTTPSignatureKeyResolver):
    """Finds public keys only: nothing is signed here with a key of the library."""

    def __init__(self, key_of: Callable[[KeyName], EllipticCurvePublicKey | None]) -> None:
        self._key_of = key_of

    def resolve_public_key(self, key_id: str) -> EllipticCurvePublicKey:
        """Return a known key."""
        key = self._key_of(KeyName.parse(key_id))
        if key is None:
            raise InvalidSignature(f"the key {key_id[:40]!r} is not known")
        return key

    def resolve_private_key(self, key_id: str) -> SigningKey | Any:
        """Never called: signatures are made by the machine's signer."""
        raise InvalidSignature(f"no private key {key_id[:8]!r} is here")
