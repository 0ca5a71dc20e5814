"""Checking the word of a time-stamp authority (RFC 3161) for the hash of an entry.

The message imprint is the entry's ``hash``, so ``openssl ts -verify -digest`` checks the same.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.x509 import Certificate
from rfc3161_client import TimeStampResponse, VerificationError, VerifierBuilder, decode_timestamp_response

from kiosk.errors import TimeStampError


def stamped_at(
    token: bytes, digest: bytes, authorities: Sequence[Certificate], *, nonce: int | None = None
) -> datetime:
    """Return when the authority saw a hash, UTC, whole milliseconds; its certificates count as of that moment.

    Signature, certificates up to the root, extended key usage, hash and nonce are checked.

    Args:
        token: the authority's whole answer (TimeStampResp, DER).
        digest: SHA-256 that was to be stamped, 32 bytes.
        authorities: roots to trust; certificates between them and the signer are in the token.
        nonce: of the request, so that an old answer is not taken for a new one; None when a kept token is checked.

    Raises:
        TimeStampError: not a token, a refusal, of another authority, or for something else.
    """
    response = _decoded(token)
    verifier = VerifierBuilder(roots=list(authorities), nonce=nonce).build()
    try:
        verifier.verify(response, digest)
        instant = response.tst_info.gen_time.astimezone(UTC)
    except (VerificationError, UnsupportedAlgorithm, ValueError, TypeError, AssertionError) as error:
        raise TimeStampError(f"not a genuine token of the time-stamp authority: {error}") from error
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


def _decoded(token: bytes) -> TimeStampResponse:
    try:
        response = decode_timestamp_response(token)
        if response.status not in (0, 1):
            raise TimeStampError(f"the time-stamp authority refused: {', '.join(response.status_string)}")
        if response.as_bytes() != token:
            raise TimeStampError("a time-stamp token that is not in its one form (DER)")
    except ValueError as error:
        raise TimeStampError("an answer that is no time-stamp token") from error
    return response
