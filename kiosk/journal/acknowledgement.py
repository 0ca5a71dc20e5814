"""The centre's signed word, read back as evidence: that it held an entry of this hash at that time."""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from kiosk.errors import ArchiveBrokenError
from kiosk.journal.canonical import canonical_bytes
from kiosk.journal.signature import is_signed_by


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What an acknowledgement says.

    Attributes:
        accepted_to: last entry that the centre held.
        head: its hash.
        received_at: the centre's clock, ISO 8601.
        key_id: of the centre's key.
        is_signed: whether a known key of the centre signed it; False when none of that name is known.
    """

    accepted_to: int
    head: str
    received_at: str
    key_id: str
    is_signed: bool


def checked_acknowledgement(
    line: bytes, origin: str, centre_keys: Mapping[str, EllipticCurvePublicKey]
) -> Acknowledged:
    """Return what a stored acknowledgement says.

    Args:
        line: the document, canonical, with its end of line.
        origin: whose entries; a later stream of the same origin, ``38-A2.2``, counts too.
        centre_keys: by identifier.

    Raises:
        ArchiveBrokenError: it cannot be read, is about another origin, or is not what the centre signed.
    """
    try:
        document = json.loads(line)
        body = document["body"]
        said = (int(body["accepted_to"]), str(body["head"]), str(body["received_at"]), str(body["key_id"]))
        signature = base64.b64decode(document["signature"], validate=True)
        stream = str(body["origin"])
        if canonical_bytes(document) + b"\n" != line or base64.b64encode(signature).decode() != document["signature"]:
            raise ArchiveBrokenError("an acknowledgement that is not in its canonical form")
    except (ValueError, KeyError, TypeError, RecursionError, binascii.Error) as error:
        raise ArchiveBrokenError("an acknowledgement that cannot be read") from error
    if stream.partition(".")[0] != origin:
        raise ArchiveBrokenError(f"an acknowledgement of {stream}, not of {origin}")
    key = centre_keys.get(said[3])
    if key is not None and not is_signed_by(key, signature, canonical_bytes(body)):
        raise ArchiveBrokenError(f"the acknowledgement of entry {said[0]} is not what the centre signed")
    return Acknowledged(*said, is_signed=key is not None)
