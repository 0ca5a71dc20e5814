"""Chance from the operating system, for the entries of a hub."""

import os
import uuid


class HubEntropy:
    """The :class:`kiosk.ports.entropy.Entropy` of a hub."""

    def salt(self, count: int) -> bytes:
        """Return ``count`` random bytes from the operating system."""
        return os.urandom(count)

    def identifier(self) -> str:
        """Return a new identifier; at a hub nothing is sorted by it."""
        return str(uuid.uuid4())
