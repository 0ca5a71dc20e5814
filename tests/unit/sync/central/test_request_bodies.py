"""Bodies that want to fill the memory, or that are not what they say: refused, and cheaply."""

import asyncio
import gzip
import tracemalloc
import zlib
from collections.abc import Iterator
from typing import Any

import pytest
import zstandard
from fastapi import Request

from sync.central.receiving.request_bodies import MOST_BODY_BYTES, decompressed, parsed_batch, read_limited
from sync.central.refusals import RefusedRequestError
from sync.protocol.problems import ProblemCode

MIB = 1 << 20
PLAIN = b'{"entries": []}' * 4000


def refusal(encoding: str, body: bytes) -> ProblemCode:
    """Return why a body is refused."""
    with pytest.raises(RefusedRequestError) as caught:
        decompressed(body, encoding)
    return caught.value.code


@pytest.mark.parametrize("encoding", ["gzip", "zstd"])
def test_a_bomb_is_refused_with_no_more_memory_than_a_large_body_may_take(encoding: str) -> None:
    """A quarter of a gibibyte of zeros in less than half a mebibyte."""
    bomb = _bomb(encoding, 256)
    assert len(bomb) < MIB // 2
    tracemalloc.start()
    try:
        assert refusal(encoding, bomb) is ProblemCode.TOO_LARGE
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 4 * MOST_BODY_BYTES


@pytest.mark.parametrize(("encoding", "body"), [("gzip", gzip.compress(PLAIN)), ("zstd", zstandard.compress(PLAIN))])
def test_what_is_cut_short_is_refused_wherever_it_was_cut(encoding: str, body: bytes) -> None:
    assert decompressed(body, encoding) == PLAIN
    for end in range(len(body)):
        assert refusal(encoding, body[:end]) is ProblemCode.BAD_REQUEST


def test_a_frame_that_asks_for_a_wide_window_is_refused() -> None:
    """RFC 9659: a reader need not hold more than 8 MiB."""
    wide = zstandard.ZstdCompressionParameters(window_log=27, compression_level=1)
    machine = zstandard.ZstdCompressor(compression_params=wide).compressobj()

    assert refusal("zstd", machine.compress(PLAIN) + machine.flush()) is ProblemCode.BAD_REQUEST


@pytest.mark.parametrize("encoding", ["gzip", "zstd", "br", "gzip, gzip", "deflate", "é" * 9000])
def test_a_body_in_another_encoding_than_it_says_is_refused(encoding: str) -> None:
    assert refusal(encoding, PLAIN) is ProblemCode.BAD_REQUEST


@pytest.mark.parametrize(
    "body",
    [
        b'{"entries":' * 100_000,
        b"[" * MIB,
        b'{"entries": [{"entry": {}, "payload": ' + b'{"a":' * 5000 + b"1" + b"}" * 5000 + b"}]}",
        '{"entries": "é"}'.encode("latin-1"),
        '{"entries": []}'.encode("utf-16"),
        b"\xff\xfe\x00",
    ],
    ids=["objects", "lists", "whole and deep", "latin-1", "utf-16", "no text"],
)
def test_deep_json_and_other_bytes_than_utf_8_are_no_batch(body: bytes) -> None:
    with pytest.raises(RefusedRequestError) as caught:
        parsed_batch(body)

    assert caught.value.code is ProblemCode.BAD_REQUEST


def test_a_body_that_says_it_is_too_large_is_refused_before_a_byte_is_read() -> None:
    for announced in (b"1001", b"9" * 5000):
        request = Coming(iter([b"x"]), content_length=announced)
        assert request.refusal(most_bytes=1000) is ProblemCode.TOO_LARGE
        assert request.taken == 0


def test_a_body_without_length_is_read_to_the_limit_and_no_further() -> None:
    """Chunked, and without end."""
    request = Coming(iter(lambda: b"x" * 400, b""))

    assert request.refusal(most_bytes=1000) is ProblemCode.TOO_LARGE
    assert request.taken == 3


class Coming:
    """A request whose body comes piece by piece, as a server hands it on; counts the pieces that were taken."""

    def __init__(self, pieces: Iterator[bytes], *, content_length: bytes | None = None) -> None:
        self.taken = 0
        self._pieces = pieces
        headers = [] if content_length is None else [(b"content-length", content_length)]
        self._scope: dict[str, Any] = {"type": "http", "method": "PUT", "path": "/", "headers": headers}

    async def _receive(self) -> dict[str, Any]:
        self.taken += 1
        return {"type": "http.request", "body": next(self._pieces), "more_body": True}

    def refusal(self, most_bytes: int) -> ProblemCode:
        """Return why the body is refused."""
        with pytest.raises(RefusedRequestError) as caught:
            asyncio.run(read_limited(Request(self._scope, self._receive), most_bytes))
        return caught.value.code


def _bomb(encoding: str, mebibytes: int) -> bytes:
    machine = zlib.compressobj(wbits=31) if encoding == "gzip" else zstandard.ZstdCompressor().compressobj()
    return b"".join(machine.compress(bytes(MIB)) for _ in range(mebibytes)) + machine.flush()
