"""What an administrator chose at the staff screen: one signed document for each version.

The body says whose configuration it is, the number of the version, when it was made, every value that was chosen so
far by its dotted key, and what this version changed. ``key_id`` names the machine's key that signed the canonical body.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from kiosk.domain.moment import instant_text, parse_instant
from kiosk.errors import InputError
from kiosk.journal.canonical import JsonValue, canonical_bytes
from kiosk.journal.signature import is_signed_by, key_id_of

NO_VERSION: Final = 0


@dataclass(frozen=True, slots=True)
class Change:
    """One value that a version changed.

    Attributes:
        key: dotted, for example ``hours.monday`` or ``procedures.REN-VPF.enabled``.
        old: what stood before, wherever it was said.
        new: what stands since.
    """

    key: str
    old: JsonValue
    new: JsonValue


@dataclass(frozen=True, slots=True)
class SiteConfiguration:
    """One version.

    Attributes:
        origin: of the machine.
        version: 1, 2, 3...; 0 for nothing that was ever chosen.
        made_at: UTC instant.
        values: dotted key to value, all that was chosen at the screen so far.
        changes: what this version changed.
        returns_to: the version whose values it has again; None when it has new ones.
    """

    origin: str
    version: int
    made_at: datetime
    values: Mapping[str, JsonValue]
    changes: tuple[Change, ...] = ()
    returns_to: int | None = None

    def body(self) -> dict[str, JsonValue]:
        """Return what is signed."""
        return {
            "origin": self.origin,
            "version": self.version,
            "made_at": instant_text(self.made_at),
            "values": dict(self.values),
            "changes": [{"key": each.key, "old": each.old, "new": each.new} for each in self.changes],
            "returns_to": self.returns_to,
        }


def signed_document(configuration: SiteConfiguration, key_id: str, signature: bytes) -> bytes:
    """Return a version with its signature over :meth:`SiteConfiguration.body`, canonical."""
    signed: JsonValue = configuration.body()
    return canonical_bytes({"body": signed, "key_id": key_id, "signature": base64.b64encode(signature).decode()})


def document_hash(document: bytes) -> str:
    """Return what the journal says of a document: SHA-256, lower-case hex."""
    return hashlib.sha256(document).hexdigest()


def configuration_of(document: bytes) -> SiteConfiguration:
    """Read a document; whether anybody signed it is not asked.

    Raises:
        InputError: it is none.
    """
    try:
        body = json.loads(document)["body"]
        return SiteConfiguration(
            origin=str(body["origin"]),
            version=int(body["version"]),
            made_at=parse_instant(body["made_at"]),
            values=dict(body["values"]),
            changes=tuple(Change(str(each["key"]), each["old"], each["new"]) for each in body["changes"]),
            returns_to=None if body["returns_to"] is None else int(body["returns_to"]),
        )
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError("configuration", f"a document of the staff screen ({type(error).__name__})") from error


def is_genuine(document: bytes, origin: str, keys: Iterable[EllipticCurvePublicKey]) -> bool:
    """Tell whether one of these keys signed a document, for this machine."""
    try:
        said = json.loads(document)
        body, key_id = said["body"], said["key_id"]
        signature = base64.b64decode(said["signature"], validate=True)
        signed, owner = canonical_bytes(body), body["origin"]
    except (ValueError, KeyError, TypeError, RecursionError, binascii.Error):
        return False
    known = [key for key in keys if key_id_of(key) == key_id]
    return owner == origin and any(is_signed_by(key, signature, signed) for key in known)
