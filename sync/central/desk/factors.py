"""Second factors of the centre's accounts as they lie in its database: the secret sealed, of the codes on paper hashes.

A secret is sealed (AES-256-GCM) with a key that follows from the centre's signing key, which is no part of the
database: a dump alone makes no code. The name of the account is part of the seal, so that one account's secret is
worth nothing in the row of another.
"""

import os
from typing import Any, Final

import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kiosk.domain.second_factor import SecondFactor
from kiosk.one_time_codes import SECRET_BYTES
from sync.central.tables import account_sessions, accounts
from sync.central.trust.centre_key import CentreKey

_PURPOSE: Final = b"borne second factors 1"
_NONCE_BYTES: Final = 12
_NOTHING: Final = dict.fromkeys(("totp_secret", "totp_step", "recovery_hashes"))


class SealedFactors:
    """Reads and makes the columns of second factors."""

    def __init__(self, key: CentreKey) -> None:
        self._cipher = AESGCM(key.derived(_PURPOSE))

    def of_row(self, row: sa.Row[Any]) -> SecondFactor | None:
        """Return the second factor of a row of ``accounts``; None when the account asks for nothing.

        One that does not open, because the centre has another key, is still asked for: no code is right, a recovery
        code is, and whoever runs the centre can take it away.
        """
        if row.totp_secret is None:
            return None
        secret = self.opened(row.name, row.totp_secret)
        return SecondFactor(secret or os.urandom(SECRET_BYTES), row.totp_step, tuple(row.recovery_hashes.split()))

    def values(self, name: str, factor: SecondFactor | None) -> dict[str, Any]:
        """Return the columns of a second factor; a secret that is there stays as it was sealed."""
        if factor is None:
            return dict(_NOTHING)
        sealed = sa.func.coalesce(accounts.c.totp_secret, self.sealed(name, factor.secret))
        return {
            "totp_secret": sealed,
            "totp_step": factor.used_step,
            "recovery_hashes": " ".join(factor.recovery_hashes),
        }

    def sealed(self, name: str, secret: bytes) -> bytes:
        """Return a secret as it may lie in a database."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, secret, name.encode())

    def opened(self, name: str, sealed: bytes) -> bytes | None:
        """Return a secret; None when it was sealed with another key, or for another account."""
        try:
            return self._cipher.decrypt(bytes(sealed[:_NONCE_BYTES]), bytes(sealed[_NONCE_BYTES:]), name.encode())
        except (InvalidTag, ValueError):
            return None


def forget_factor(connection: sa.Connection, name: str) -> None:
    """Let an account ask for no code, and forget what was offered to it."""
    connection.execute(sa.update(accounts).where(accounts.c.name == name).values(**_NOTHING))
    connection.execute(sa.update(account_sessions).where(account_sessions.c.name == name).values(totp_offer=None))
