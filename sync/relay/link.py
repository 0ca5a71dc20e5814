"""The link of a hub to the centre above: who it is there, and the thread that keeps that centre up to date."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk.settings import CentreSettings
from sync.central.context import CentreContext
from sync.client.centre_pin import CentrePin
from sync.client.condition import TellCondition
from sync.client.enrolling import enrol
from sync.client.http_centre import HttpCentre
from sync.client.key_list import KeptKeyList
from sync.client.worker import SyncWorker
from sync.protocol.enrolments import Enrolled
from sync.relay.conditions import PassOnConditions
from sync.relay.key_list import KeepKeysAbove
from sync.relay.relay import Relay

UPSTREAM_PIN_NAME: Final = "upstream.pem"
UPSTREAM_AUTHORITY_NAME: Final = "upstream-authority.pem"
UPSTREAM_KEYS_NAME: Final = "upstream.keys.json"
# Entries come in by other processes too, so the hub looks often; a look is one small query.
_LOOK_S: Final = 1.0


@dataclass(frozen=True, slots=True)
class UpstreamLink:
    """Where the centre above is, and where what it told us lies.

    Attributes:
        settings: address, deadlines, proxy; as those of a kiosk.
        data_dir: of the hub.
    """

    settings: CentreSettings
    data_dir: Path

    @property
    def pin_file(self) -> Path:
        """The public key of the centre above."""
        return self.data_dir / UPSTREAM_PIN_NAME

    @property
    def authority_file(self) -> Path:
        """The authority that it named at the enrolment."""
        return self.data_dir / UPSTREAM_AUTHORITY_NAME

    def enrolled(self, centre: CentreContext, code: str) -> Enrolled:
        """Register this hub above with a one-time code.

        Raises:
            ConfigurationError: the code is no code.
            CentreError: the centre above could not be reached, refused, or is not the one that made the code.
        """
        return enrol(
            self.settings,
            centre.name,
            centre.key,
            code,
            pin_file=self.pin_file,
            authority_file=self.authority_file,
        )

    def relay(self, centre: CentreContext, *, orders_every_s: float = 0.0) -> Relay:
        """Return what sends; nothing is sent before it is called.

        Args:
            centre: this hub.
            orders_every_s: pause between two looks for orders that found none, in seconds.

        Raises:
            ConfigurationError: the address is no HTTP address.
        """
        settings = self.settings
        if settings.authority_file is None and self.authority_file.exists():
            settings = settings.model_copy(update={"authority_file": self.authority_file})
        upstream = HttpCentre(settings, centre.name, centre.key, self.pin_file)
        conditions = PassOnConditions(
            centre.engine, lambda origin: TellCondition(settings, origin, centre.key, sender=centre.name)
        )
        kept = KeptKeyList(settings, CentrePin(settings, self.pin_file), self.data_dir / UPSTREAM_KEYS_NAME)
        keep_keys = KeepKeysAbove(centre.engine, kept)
        return Relay(
            centre,
            upstream,
            batch_entries=settings.batch_entries,
            orders_every_s=orders_every_s,
            beside=(conditions, keep_keys),
        )

    @contextlib.contextmanager
    def relaying(self, centre: CentreContext) -> Iterator[SyncWorker]:
        """Relay in a thread for as long as the block runs."""
        # What kiosks brought is looked for in our own database, every second; orders cost a request for each kiosk.
        relay = self.relay(centre, orders_every_s=self.settings.idle_poll_s)
        settings = self.settings.model_copy(update={"idle_poll_s": min(self.settings.idle_poll_s, _LOOK_S)})
        worker = SyncWorker(relay, settings)
        worker.start()
        try:
            yield worker
        finally:
            worker.stop()
            relay.close()
