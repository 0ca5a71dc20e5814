"""The seal of a ticket: a signed text in a QR code that anybody can check with the public key alone.

``[<verify URL>#]PREFTKT1.<Base32 of canonical CBOR>.<Base32 of ES256 signature>``. The signature covers the ASCII text
from ``PREFTKT1.`` up to, not including, the last dot. No name, number or nationality is in it in clear: the identity is
a salted hash that typing name and birth date can match.
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import cbor2
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from kiosk.domain.identity import PartialDate, sealed_identity
from kiosk.domain.request import FiledRequest, Filing
from kiosk.errors import SealError
from kiosk.journal.canonical import canonical_bytes
from kiosk.journal.chain import EntrySigner
from kiosk.journal.signature import is_signed_by, key_id_of

MARK: Final = "PREFTKT1"
IDENTITY_HASH_BYTES: Final = 10
ENTRY_HASH_BYTES: Final = 8
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FORM: Final = re.compile(rf"{MARK}\.([A-Z2-7]+)\.([A-Z2-7]{{103}})")
_LONGEST_SEAL: Final = 4096
# What the American keys of a seal's characters give on the French layout; what stands before the seal may be rubbish.
_FROM_AZERTY: Final = str.maketrans("&é\"'(-èQAWZ?:", "1234567AQZWM.")


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal taken apart; nothing in it is trusted before :func:`is_authentic`.

    Attributes:
        kiosk: origin that sealed, for example ``38-A2``.
        key_id: its key.
        reference: of the request.
        received_at: UTC instant of receipt, whole minutes.
        procedure: code.
        identity_salt: of the identity hash.
        identity_hash: first 10 bytes of SHA-256(salt || canonical identity).
        journal_seq: number of the journal's entry.
        entry_hash_prefix: first 8 bytes of that entry's hash.
        signed_text: what the signature covers.
        signature: r||s.
    """

    kiosk: str
    key_id: str
    reference: str
    received_at: datetime
    procedure: str
    identity_salt: bytes
    identity_hash: bytes
    journal_seq: int
    entry_hash_prefix: bytes
    signed_text: str
    signature: bytes


def make_seal(request: FiledRequest, filing: Filing, site_kiosk: str, signer: EntrySigner, verify_url: str = "") -> str:
    """Return the seal of a filing's ticket.

    Args:
        request: gives reference, date of receipt and identity.
        filing: gives the journal entry.
        site_kiosk: origin of the kiosk.
        signer: the kiosk's key.
        verify_url: page that checks seals; empty for none.
    """
    text = _text_of(request, filing, site_kiosk, signer.key_id)
    return with_address(f"{text}.{_base32(signer.sign(text.encode('ascii')))}", verify_url)


def rebuilt_seal(
    request: FiledRequest, filing: Filing, site_kiosk: str, public_key: EllipticCurvePublicKey, signature: bytes
) -> str | None:
    """Return the seal that a kiosk made, from what it was made of and its signature; None where they do not fit.

    Whoever holds a kiosk's entries has all of it but the key, and so can say the seal again, and make none.

    Args:
        request: gives reference, date of receipt and identity, as the ticket said them.
        filing: gives the journal entry.
        site_kiosk: origin of the kiosk.
        public_key: the kiosk's.
        signature: r||s, as the kiosk made it.
    """
    text = _text_of(request, filing, site_kiosk, key_id_of(public_key))
    return f"{text}.{_base32(signature)}" if is_signed_by(public_key, signature, text.encode("ascii")) else None


def with_address(seal: str, verify_url: str) -> str:
    """Return a seal behind the address of a page that checks seals, as it stands in a code.

    The address is in upper case, so that the code stays alphanumeric, which is safe for scheme and host.
    """
    return f"{verify_url.upper()}#{seal}" if verify_url else seal


def _text_of(request: FiledRequest, filing: Filing, site_kiosk: str, key_id: str) -> str:
    """Return what the signature covers."""
    identity = sealed_identity(request.content.identity.birth_name, request.content.identity.birth_date)
    fields = [
        site_kiosk,
        key_id,
        request.reference,
        (request.received.utc - _EPOCH) // timedelta(minutes=1),
        request.content.procedure,
        request.identity_salt,
        _identity_hash(request.identity_salt, identity),
        filing.journal_seq,
        bytes.fromhex(filing.entry_hash)[:ENTRY_HASH_BYTES],
    ]
    return f"{MARK}.{_base32(cbor2.dumps(fields, canonical=True))}"


def read_seal(text: str) -> Seal:
    """Return the parts of a seal as scanned or typed; spaces, case and what stands before ``#`` do not matter.

    Raises:
        SealError: not a seal of ours.
    """
    if len(text) > _LONGEST_SEAL:
        raise SealError("not a seal: far too long")
    match = _FORM.fullmatch(re.sub(r"\s+", "", text.rpartition("#")[2]).upper())
    if match is None:
        raise SealError(f"not a seal: expected {MARK}, a body and a signature between dots")
    body, signature = (_from_base32(part) for part in match.groups())
    return _seal_of(_fields(body), match[0].rpartition(".")[0], signature)


def seal_in(text: str) -> str:
    """Return a scan with its seal legible, also when the machine took the reader's keys for those of another layout.

    A reader set to the American layout types ``PREFTKT&:`` on a machine with the French one. A text without any seal
    comes back as it is.
    """
    if f"{MARK}." in text.upper():
        return text
    american = text.translate(_FROM_AZERTY)
    before, mark, seal = american.partition(f"{MARK}.")
    return f"{before}#{mark}{seal}" if mark else text


def is_authentic(seal: Seal, public_key: EllipticCurvePublicKey) -> bool:
    """Tell whether this key made the seal and no character of it was changed."""
    return seal.key_id == key_id_of(public_key) and is_signed_by(public_key, seal.signature, seal.signed_text.encode())


def matches_identity(seal: Seal, birth_name: str, birth_date: PartialDate | None) -> bool:
    """Tell whether the ticket was made for a person of that birth name and birth date."""
    return _identity_hash(seal.identity_salt, sealed_identity(birth_name, birth_date)) == seal.identity_hash


def _identity_hash(salt: bytes, identity: dict[str, str]) -> bytes:
    return hashlib.sha256(salt + canonical_bytes(identity)).digest()[:IDENTITY_HASH_BYTES]


def _fields(body: bytes) -> list[object]:
    try:
        fields = cbor2.loads(body)
    except Exception as error:  # whatever a decoder raises on hostile bytes: it is no seal
        raise SealError("not a seal: its body cannot be read") from error
    if not isinstance(fields, list) or cbor2.dumps(fields, canonical=True) != body:
        raise SealError("not a seal: its body is not in canonical form")
    return fields


def _seal_of(fields: list[object], signed_text: str, signature: bytes) -> Seal:
    match fields:
        case [
            str(kiosk),
            str(key_id),
            str(reference),
            int(minutes),
            str(procedure),
            bytes(salt),
            bytes(identity_hash),
            int(seq),
            bytes(entry_hash),
        ] if 0 <= minutes < 2**32:
            received_at = _EPOCH + timedelta(minutes=minutes)
            return Seal(
                kiosk,
                key_id,
                reference,
                received_at,
                procedure,
                salt,
                identity_hash,
                seq,
                entry_hash,
                signed_text,
                signature,
            )
        case _:
            raise SealError("not a seal: its body has other fields")


def _base32(data: bytes) -> str:
    return base64.b32encode(data).decode().rstrip("=")


def _from_base32(text: str) -> bytes:
    try:
        data = base64.b32decode(text + "=" * (-len(text) % 8))
    except binascii.Error as error:
        raise SealError("not a seal: not Base32") from error
    if _base32(data) != text:
        raise SealError("not a seal: a last character that nobody writes")
    return data
