"""The centre's list of keys, kept in a hub's database: its counters check tickets of kiosks that send elsewhere."""

import time
from collections.abc import Callable, Sequence
from typing import Final

import sqlalchemy as sa

from kiosk.domain.moment import instant_text
from kiosk.journal.seal_verdict import KnownKey
from kiosk.journal.signature import key_id_of
from sync.central.tables import upstream_keys
from sync.client.key_list import KeptKeyList
from sync.protocol.key_lists import public_text

_AGAIN_S: Final = 3600.0  # as a kiosk asks its centre


class KeepKeysAbove:
    """Asks for the list once an hour, checks it as a kiosk does, and keeps what it says for every worker of the hub."""

    def __init__(self, engine: sa.Engine, kept: KeptKeyList, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Take what it works with.

        Args:
            engine: of the hub.
            kept: asks for the list, and holds it as it was signed.
            clock: monotonic, seconds.
        """
        self._engine, self._kept, self._clock = engine, kept, clock
        self._next_s = clock()

    def __call__(self) -> None:
        """Keep the list when it is time; one that cannot be had now leaves the old one."""
        if self._clock() < self._next_s:
            return
        self._next_s = self._clock() + _AGAIN_S
        self._kept.learn_if_due()
        keys = self._kept.keys()
        if keys:
            self._keep(keys)

    def _keep(self, keys: Sequence[KnownKey]) -> None:
        rows = [
            {
                "origin": str(key.origin),
                "key_id": key_id_of(key.public_key),
                "public_key": public_text(key.public_key),
                "revoked_at": None if key.revoked_at is None else instant_text(key.revoked_at),
            }
            for key in keys
        ]
        with self._engine.begin() as connection:
            connection.execute(sa.delete(upstream_keys))
            connection.execute(sa.insert(upstream_keys), rows)
