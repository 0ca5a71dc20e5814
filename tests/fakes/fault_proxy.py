"""A bad network between kiosks and their centre: a real TCP proxy that fails in every way that one can, and counts.

It speaks HTTP just enough to know where a request and an answer begin, and end; everything else goes through as bytes.
Faults are dealt from a deck that a seed shuffled, so that each kind comes after a known number of requests.
"""

import asyncio
import contextlib
import random
import socket
import struct
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final


class Fault(StrEnum):
    """What may happen to one request."""

    NONE = "none"
    DELAY = "delay"  # before it is passed on
    DRIP = "drip"  # the answer comes a byte at a time, longer than anybody waits
    RESET_BEFORE_REQUEST = "reset_before_request"
    RESET_INSIDE_REQUEST = "reset_inside_request"  # the centre gets the first half of it
    RESET_BEFORE_RESPONSE = "reset_before_response"  # the centre took it, and nobody hears
    RESET_INSIDE_RESPONSE = "reset_inside_response"
    TRUNCATE = "truncate"  # half of the answer, then an orderly end
    DUPLICATE = "duplicate"  # to the centre twice at once
    REORDER = "reorder"  # held back, and brought to the centre after a later one
    UNAVAILABLE = "unavailable"  # 503 with Retry-After
    TOO_LARGE = "too_large"  # 413 of a middlebox, without a word of the centre
    REDIRECT = "redirect"  # 302 to a foreign host
    PORTAL = "portal"  # 200 with a page that wants a click


FAULTS: Final = tuple(fault for fault in Fault if fault is not Fault.NONE)
_MADE_UP: Final = {
    Fault.UNAVAILABLE: "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 0.2\r\n",
    Fault.TOO_LARGE: "HTTP/1.1 413 Content Too Large\r\nContent-Type: text/html\r\n",
    Fault.REDIRECT: "HTTP/1.1 302 Found\r\nLocation: http://portal.invalid/login\r\n",
    Fault.PORTAL: "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n",
}
_PAGE: Final = b"<!doctype html><title>Bienvenue</title><p>Acceptez les conditions pour continuer."
_DRIP_PAUSE_S: Final = 0.05
_NETWORK_ERRORS: Final = (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError)
_MOST_HEAD_BYTES: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class _Message:
    """A whole request or answer.

    Attributes:
        head: up to and with the empty line.
        body: after it.
    """

    head: bytes
    body: bytes

    @property
    def whole(self) -> bytes:
        return self.head + self.body

    @property
    def half(self) -> bytes:
        return self.whole[: len(self.head) + len(self.body) // 2]

    @property
    def address(self) -> bytes:
        return self.head.partition(b"\r\n")[0]


class FaultProxy:
    """Between kiosks and a centre; made by :func:`a_fault_proxy`."""

    def __init__(self, upstream: tuple[str, int], *, seed: int, faults: Sequence[Fault], good_share: float) -> None:
        self._upstream = upstream
        self._random = random.Random(seed)
        self._faults = faults
        self._good_share = good_share
        self._deck: list[Fault] = []
        self._held: dict[bytes, list[bytes]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_calm = False
        self._always: Fault | None = None
        self.counts: Counter[Fault] = Counter()
        self.url = ""

    def calm(self) -> None:
        """From now on pass everything on as it is."""
        self._is_calm, self._always = True, None

    def always(self, fault: Fault) -> None:
        """From now on do the same to every request."""
        self._always = fault

    async def serve(self, ready: threading.Event, ending: asyncio.Event) -> None:
        """Answer until told to end."""
        server = await asyncio.start_server(self._accepted, "127.0.0.1", 0, limit=_MOST_HEAD_BYTES)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        ready.set()
        await ending.wait()
        server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _accepted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._background(self._one(reader, writer))

    def _background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _deal(self) -> Fault:
        if self._always is not None:
            return self._always
        if self._is_calm:
            return Fault.NONE
        if not self._deck:
            good = round(len(self._faults) * self._good_share / (1 - self._good_share))
            self._deck = [*self._faults, *[Fault.NONE] * good]
            self._random.shuffle(self._deck)
        return self._deck.pop()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take one request and do to it what was dealt."""
        try:
            fault = self._deal()
            if fault is Fault.RESET_BEFORE_REQUEST:
                await reader.read(1)
                self.counts[fault] += 1
                _reset(writer)
            else:
                request = await _read_message(reader)
                self.counts[fault] += 1
                await self._suffer(fault, request, writer)
        except _NETWORK_ERRORS:
            _reset(writer)  # the kiosk was killed, or the centre is
        finally:
            writer.close()

    async def _suffer(self, fault: Fault, request: _Message, writer: asyncio.StreamWriter) -> None:
        if fault in _MADE_UP:
            writer.write(f"{_MADE_UP[fault]}Content-Length: {len(_PAGE)}\r\nConnection: close\r\n\r\n".encode() + _PAGE)
            await writer.drain()
        elif fault is Fault.RESET_INSIDE_REQUEST:
            await self._half_sent(request)
            _reset(writer)
        elif fault is Fault.REORDER:
            self._held.setdefault(request.address, []).append(request.whole)
            _reset(writer)
        else:
            await _ANSWERING.get(fault, _answer)(await self._asked(fault, request), writer)
        if fault is not Fault.REORDER:
            self._bring_late(request.address)

    async def _asked(self, fault: Fault, request: _Message) -> _Message:
        if fault is Fault.DELAY:
            await asyncio.sleep(self._random.uniform(0.02, 0.2))
        if fault is Fault.DUPLICATE:
            answers = await asyncio.gather(self._sent(request.whole), self._sent(request.whole))
            return self._random.choice(answers)
        return await self._sent(request.whole)

    async def _sent(self, request: bytes) -> _Message:
        reader, writer = await asyncio.open_connection(*self._upstream, limit=_MOST_HEAD_BYTES)
        try:
            writer.write(request)
            await writer.drain()
            return await _read_message(reader)
        finally:
            writer.close()

    async def _half_sent(self, request: _Message) -> None:
        _, writer = await asyncio.open_connection(*self._upstream)
        writer.write(request.half)
        await writer.drain()
        _reset(writer)

    def _bring_late(self, address: bytes) -> None:
        for request in self._held.pop(address, []):
            self._background(self._late(request))

    async def _late(self, request: bytes) -> None:
        with contextlib.suppress(*_NETWORK_ERRORS):
            await self._sent(request)


async def _answer(answer: _Message, writer: asyncio.StreamWriter) -> None:
    writer.write(answer.whole)
    await writer.drain()


async def _drip(answer: _Message, writer: asyncio.StreamWriter) -> None:
    for byte in answer.whole:
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(_DRIP_PAUSE_S)


async def _say_nothing(_answer: _Message, writer: asyncio.StreamWriter) -> None:
    _reset(writer)


async def _half_and_reset(answer: _Message, writer: asyncio.StreamWriter) -> None:
    await _half(answer, writer)
    _reset(writer)


async def _half(answer: _Message, writer: asyncio.StreamWriter) -> None:
    writer.write(answer.half)
    await writer.drain()


_ANSWERING: Final[dict[Fault, Callable[[_Message, asyncio.StreamWriter], Awaitable[None]]]] = {
    Fault.DRIP: _drip,
    Fault.RESET_BEFORE_RESPONSE: _say_nothing,
    Fault.RESET_INSIDE_RESPONSE: _half_and_reset,
    Fault.TRUNCATE: _half,
}


async def _read_message(reader: asyncio.StreamReader) -> _Message:
    """Read a request or an answer, whose length a header says; without one it has no body."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return _Message(head, await reader.readexactly(length))


def _reset(writer: asyncio.StreamWriter) -> None:
    """Break a connection as a cut line does: RST, not FIN."""
    connection = writer.get_extra_info("socket")
    with contextlib.suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


@contextmanager
def a_fault_proxy(
    port: int, *, seed: int = 1, faults: Sequence[Fault] = FAULTS, good_share: float = 0.5
) -> Iterator[FaultProxy]:
    """Run a proxy on loopback before a centre.

    Args:
        port: of the centre, on loopback.
        seed: of the order in which faults come.
        faults: that come, each as often as any other.
        good_share: of requests that nothing happens to, 0 to below 1.
    """
    proxy = FaultProxy(("127.0.0.1", port), seed=seed, faults=faults, good_share=good_share)
    ready, loop, ending = threading.Event(), asyncio.new_event_loop(), asyncio.Event()
    thread = threading.Thread(target=lambda: loop.run_until_complete(proxy.serve(ready, ending)), name="fault proxy")
    thread.start()
    try:
        if not ready.wait(10):
            raise AssertionError("the proxy did not start")
        yield proxy
    finally:
        loop.call_soon_threadsafe(ending.set)
        thread.join()
        loop.close()
