"""The centre over HTTP: a :class:`kiosk.ports.centre.Centre`."""

import gzip
from collections.abc import Sequence
from pathlib import Path
from typing import Final, TypeVar

from pydantic import BaseModel

from kiosk.errors import ConfigurationError
from kiosk.journal.chain import EntrySigner
from kiosk.journal.entry import Entry, Payload
from kiosk.ports.centre import EntryMark, StreamView
from kiosk.ports.unit_of_work import AcknowledgementRecord
from kiosk.settings import CentreSettings
from sync.client.answers import Answer, acknowledged, parsed, problem_error
from sync.client.centre_pin import CentrePin
from sync.client.signed_exchange import SignedExchange
from sync.protocol.messages import EntryPlace, OpenSegment, StreamState, batch_bytes

_HEADERS: Final = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
_FAST_COMPRESSION: Final = 1
_Message = TypeVar("_Message", bound=BaseModel)


class HttpCentre:
    """Sends batches; every answer is checked against the centre's key."""

    def __init__(
        self, settings: CentreSettings, origin: str, signer: EntrySigner, pin_file: Path | None = None
    ) -> None:
        """Prepare a link.

        Args:
            settings: address, deadline, and the file of the centre's public key.
            origin: the machine that sends.
            signer: signs every request.
            pin_file: where the key is kept that the first contact showed, when no key file is configured.

        Raises:
            ConfigurationError: the address is no HTTP address.
        """
        if not settings.url.startswith(("http://", "https://")):
            raise ConfigurationError("central.url", f"http:// or https:// and a host, not {settings.url!r}")
        self._origin = origin
        self._send = SignedExchange(settings, origin, signer)
        self._centre_key = CentrePin(settings, pin_file)

    def put_entries(self, stream: str, entries: Sequence[tuple[Entry, Payload | None]]) -> AcknowledgementRecord:
        """Send a contiguous batch and return the verified acknowledgement; see the port for what is raised."""
        public_key = self._centre_key()
        body = gzip.compress(batch_bytes(entries), _FAST_COMPRESSION)
        answer = self._send("PUT", f"/v1/origins/{stream}/entries", body, _HEADERS)
        return acknowledged(answer, stream, public_key)

    def stream(self, stream: str) -> StreamView:
        """Return where a stream stands at the centre."""
        state = _read(StreamState, self._send("GET", f"/v1/origins/{stream}"), 200)
        return StreamView(state.stream, state.first_seq, EntryMark(state.accepted_to, state.head))

    def entry_at(self, stream: str, seq: int) -> EntryMark:
        """Return the entry that the centre holds under a number."""
        place = _read(EntryPlace, self._send("GET", f"/v1/origins/{stream}/entries/{seq}"), 200)
        return EntryMark(place.seq, place.hash)

    def open_segment(self, follows: EntryMark) -> StreamView:
        """Ask for another stream whose first entry follows a given one."""
        body = OpenSegment(follows=EntryPlace(seq=follows.seq, hash=follows.hash)).model_dump_json().encode()
        answer = self._send("POST", f"/v1/origins/{self._origin}/segments", body, {"Content-Type": "application/json"})
        state = _read(StreamState, answer, 201)
        return StreamView(state.stream, state.first_seq, EntryMark(state.accepted_to, state.head))


def _read(kind: type[_Message], answer: Answer, status: int) -> _Message:
    if answer.status != status:
        raise problem_error(answer)
    return parsed(kind, answer.body)
