"""The centre's signed list of public keys, kept here: a ticket of another kiosk can be checked without a link."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import structlog
from pydantic import ValidationError

from kiosk.domain.moment import parse_instant
from kiosk.durable_files import replace_durably
from kiosk.errors import BorneError, CentreError, NotOurCentreError
from kiosk.journal.seal_verdict import KnownKey
from kiosk.log_events import LogEvent
from kiosk.settings import CentreSettings
from sync.client.answers import parsed, problem_error
from sync.client.centre_pin import CentrePin
from sync.client.exchange import exchange
from sync.protocol.key_lists import KeyList, are_genuine, public_key_of

KEY_LIST_NAME: Final = "centre.keys.json"
_AGAIN_S: Final = 3600.0  # the list counts whole hours


class KeptKeyList:
    """Asks for the list from time to time, and reads what is here when there is no link."""

    def __init__(
        self,
        settings: CentreSettings,
        pin: CentrePin,
        file: Path,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take where it comes from and where it is kept.

        Args:
            settings: address and deadline.
            pin: knows the centre's key.
            file: where the list lies, as it was signed.
            monotonic: seconds, to know when to ask again.
        """
        self._settings = settings
        self._pin = pin
        self._file = file
        self._monotonic = monotonic
        self._asked_at: float | None = None

    def learn_if_due(self) -> None:
        """Ask once an hour; a centre that cannot tell now is asked again an hour later, and the old list stays."""
        now = self._monotonic()
        if self._asked_at is not None and now - self._asked_at < _AGAIN_S:
            return
        self._asked_at = now
        try:
            self.learn()
        except (CentreError, OSError) as error:
            structlog.get_logger().warning(LogEvent.SYNC_FAILED, error=type(error).__name__, reason="key_list")

    def learn(self) -> None:
        """Ask for the list and keep it, unless it is older than the one that is here: it might hide a revocation.

        Raises:
            CentreError: no answer, or a list that our centre did not sign.
            OSError: it could not be written.
        """
        answer = exchange(
            "GET",
            self._settings.url.rstrip("/") + "/keys",
            deadline_s=self._settings.deadline_s,
            proxy_url=self._settings.proxy_url or None,
            authority_file=self._settings.authority_file,
        )
        if answer.status != 200:
            raise problem_error(answer)
        brought = parsed(KeyList, answer.body)
        if not self._is_ours(brought):
            raise NotOurCentreError("a key list that our centre did not sign")
        held = self._held()
        if held is None or parse_instant(brought.issued_at) >= parse_instant(held.issued_at):
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            replace_durably(self._file, brought.model_dump_json().encode("ascii"))

    def keys(self) -> Sequence[KnownKey]:
        """Return the keys of the list that is here, of all kiosks; none without a list that our centre signed."""
        held = self._held()
        if held is None:
            return ()
        return [KnownKey(public_key_of(key.public_key), key.origin, _instant(key.revoked_at)) for key in held.keys]

    def _held(self) -> KeyList | None:
        try:
            held = KeyList.model_validate_json(self._file.read_bytes())
        except (OSError, ValidationError):
            return None
        return held if self._is_ours(held) else None

    def _is_ours(self, keys: KeyList) -> bool:
        try:
            centre = self._pin.known()
            return centre is not None and are_genuine(keys, centre)
        except (BorneError, ValueError):
            return False


def _instant(text: str | None) -> datetime | None:
    return None if text is None else parse_instant(text)
