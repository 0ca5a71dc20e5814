"""The centre over HTTP: a :class:`kiosk.ports.centre.Centre`."""

import gzip
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final, TypeVar

import structlog
from pydantic import BaseModel

from kiosk.errors import CentreError, ConfigurationError
from kiosk.journal.chain import EntrySigner
from kiosk.journal.entry import Entry, Payload
from kiosk.log_events import LogEvent
from kiosk.ports.centre import CentreUpdate, EntryMark, StreamView
from kiosk.ports.centre_records import AcknowledgementRecord
from kiosk.settings import CentreSettings
from sync.client.answers import Answer, acknowledged, parsed, problem_error
from sync.client.centre_pin import CentrePin
from sync.client.signed_exchange import SignedExchange
from sync.client.updates import checked_updates
from sync.protocol.streams import EntryPlace, OpenSegment, StreamState
from sync.protocol.updates import Updates
from sync.protocol.wire_entries import batch_bytes, introduction_bytes

_HEADERS: Final = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
_JSON: Final = {"Content-Type": "application/json"}
_FAST_COMPRESSION: Final = 1
Rotations = Callable[[], Iterable[tuple[Entry, Payload | None]]]
_Message = TypeVar("_Message", bound=BaseModel)


class HttpCentre:
    """Sends batches; every answer is checked against the centre's key."""

    def __init__(
        self,
        settings: CentreSettings,
        origin: str,
        signer: EntrySigner,
        pin_file: Path | None = None,
        *,
        rotations: Rotations = tuple,
    ) -> None:
        """Prepare a link.

        Args:
            settings: address, deadline, and the file of the centre's public key.
            origin: the machine that sends.
            signer: signs every request.
            pin_file: where the key is kept that the first contact showed, when no key file is configured.
            rotations: return the entries that name each new key of this machine, oldest first.

        Raises:
            ConfigurationError: the address is no HTTP address.
        """
        if not settings.url.startswith(("http://", "https://")):
            raise ConfigurationError("central.url", f"http:// or https:// and a host, not {settings.url!r}")
        self._origin = origin
        self._exchange = SignedExchange(settings, origin, signer)
        self._rotations = rotations
        self._centre_key = CentrePin(settings, pin_file)

    def put_entries(self, stream: str, entries: Sequence[tuple[Entry, Payload | None]]) -> AcknowledgementRecord:
        """Send a contiguous batch and return the verified acknowledgement; see the port for what is raised."""
        public_key = self._centre_key()
        body = gzip.compress(batch_bytes(entries), _FAST_COMPRESSION)
        answer = self._send("PUT", f"/v1/origins/{stream}/entries", body, _HEADERS)
        if answer.status == 200:
            self._learn_encryption_key()
        return acknowledged(answer, stream, public_key)

    def stream(self, stream: str) -> StreamView:
        """Return where a stream stands at the centre."""
        state = _read(StreamState, self._send("GET", f"/v1/origins/{stream}"), 200)
        return StreamView(state.stream, state.first_seq, EntryMark(state.accepted_to, state.head))

    def entry_at(self, stream: str, seq: int) -> EntryMark:
        """Return the entry that the centre holds under a number."""
        place = _read(EntryPlace, self._send("GET", f"/v1/origins/{stream}/entries/{seq}"), 200)
        return EntryMark(place.seq, place.hash)

    def open_segment(self, follows: EntryMark, *, origin: str | None = None) -> StreamView:
        """Ask for another stream whose first entry follows a given one; a hub asks for the machine that wrote it."""
        body = OpenSegment(follows=EntryPlace(seq=follows.seq, hash=follows.hash)).model_dump_json().encode()
        answer = self._send("POST", f"/v1/origins/{origin or self._origin}/segments", body, _JSON)
        state = _read(StreamState, answer, 201)
        return StreamView(state.stream, state.first_seq, EntryMark(state.accepted_to, state.head))

    def updates_after(self, number: int, *, origin: str | None = None) -> Sequence[CentreUpdate]:
        """Return what the centre ordered after a number, checked; a hub asks for one of its machines."""
        machine = origin or self._origin
        answer = self._send("GET", f"/v1/origins/{machine}/updates?after={number}")
        if answer.status == 404:
            return []  # a centre of an older version has nothing to order
        return checked_updates(_read(Updates, answer, 200).updates, machine, number, self._centre_key())

    def _send(self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> Answer:
        """Send a request; to a centre that does not know our key yet, introduce it first."""
        answer = self._exchange(method, path, body, headers)
        if answer.status == 403 and self._introduced():
            return self._exchange(method, path, body, headers)
        return answer

    def _learn_encryption_key(self) -> None:
        """Be ready for days without a link; a centre that cannot tell its key now is asked after another batch."""
        try:
            self._centre_key.learn_encryption_key()
        except CentreError as error:
            structlog.get_logger().warning(LogEvent.SYNC_FAILED, error=type(error).__name__, reason="encryption_key")

    def _introduced(self) -> bool:
        """Say which key we changed to while there was no link; tell whether the centre believes it."""
        changes = list(self._rotations())
        if not changes:
            return False
        path = f"/v1/origins/{self._origin}/keys"
        return self._exchange("PUT", path, introduction_bytes(changes), _JSON).status == 200


def _read(kind: type[_Message], answer: Answer, status: int) -> _Message:
    if answer.status != status:
        raise problem_error(answer)
    return parsed(kind, answer.body)
