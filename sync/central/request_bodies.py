"""Reading a request body: with limits before and after decompression, so that a small body cannot fill the memory."""

import json
import zlib
from collections.abc import AsyncIterator
from typing import Final

import zstandard
from pydantic import ValidationError

from kiosk.errors import InputError
from kiosk.journal.entry import Entry, Payload
from sync.central.receive import RefusedBatchError
from sync.protocol.messages import Batch, ProblemCode, entry_of

MOST_SENT_BYTES: Final = 8 << 20
MOST_BODY_BYTES: Final = 32 << 20


async def read_limited(stream: AsyncIterator[bytes]) -> bytes:
    """Return the bytes of a body as sent.

    Raises:
        RefusedBatchError: more than 8 MiB.
    """
    body = bytearray()
    async for chunk in stream:
        body += chunk
        if len(body) > MOST_SENT_BYTES:
            raise RefusedBatchError(ProblemCode.TOO_LARGE, f"a body has at most {MOST_SENT_BYTES} bytes")
    return bytes(body)


def decompressed(body: bytes, encoding: str) -> bytes:
    """Return a body without its content encoding.

    Raises:
        RefusedBatchError: an unknown encoding, damaged data, or more than 32 MiB inside.
    """
    try:
        match encoding.strip().lower():
            case "" | "identity":
                return body
            case "gzip":
                machine = zlib.decompressobj(wbits=31)
                plain = machine.decompress(body, MOST_BODY_BYTES + 1)
                is_whole = machine.eof
            case "zstd":
                reader = zstandard.ZstdDecompressor().stream_reader(body)
                plain, is_whole = reader.read(MOST_BODY_BYTES + 1), True
            case other:
                raise RefusedBatchError(ProblemCode.BAD_REQUEST, f"content encoding gzip or zstd, not {other[:20]!r}")
    except (zlib.error, zstandard.ZstdError) as error:
        raise RefusedBatchError(ProblemCode.BAD_REQUEST, f"the body is not {encoding}") from error
    if len(plain) > MOST_BODY_BYTES:
        raise RefusedBatchError(ProblemCode.TOO_LARGE, f"a body has at most {MOST_BODY_BYTES} bytes inside")
    if not is_whole:
        raise RefusedBatchError(ProblemCode.BAD_REQUEST, f"the body ends in the middle of its {encoding}")
    return plain


def parsed_batch(body: bytes) -> list[tuple[Entry, Payload | None]]:
    """Return the entries of a batch.

    Raises:
        RefusedBatchError: not JSON, not a batch, or a field is wrong; says which, without quoting values.
    """
    try:
        batch = Batch.model_validate(json.loads(body))
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RefusedBatchError(ProblemCode.BAD_REQUEST, "the body is not JSON") from error
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise RefusedBatchError(ProblemCode.BAD_REQUEST, f"{place}: {first['msg']}") from error
    entries = []
    for rank, wire in enumerate(batch.entries):
        try:
            entries.append(entry_of(wire))
        except InputError as error:
            raise RefusedBatchError(
                ProblemCode.BAD_REQUEST, f"entries.{rank}.{error.field}: {error.expectation}"
            ) from error
    return entries
