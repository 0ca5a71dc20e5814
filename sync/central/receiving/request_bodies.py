"""Reading a request body: with limits before and after decompression, so that a small body cannot fill the memory."""

import zlib
from typing import Final, TypeVar

import zstandard
from fastapi import Request
from pydantic import BaseModel, ValidationError

from kiosk.errors import InputError
from kiosk.journal.entry import Entry, Payload
from sync.central.refusals import RefusedRequestError
from sync.protocol.problems import ProblemCode
from sync.protocol.wire_entries import Batch, entry_of

MOST_SENT_BYTES: Final = 8 << 20
MOST_BODY_BYTES: Final = 32 << 20
_MOST_WINDOW_BYTES: Final = 8 << 20  # RFC 9659, 3: what a content encoding may ask of its reader
_ZSTD_STEP_BYTES: Final = 512  # four bytes may stand for 128 KiB: one step makes 16 MiB at most

Message = TypeVar("Message", bound=BaseModel)


async def read_limited(request: Request, most_bytes: int = MOST_SENT_BYTES) -> bytes:
    """Return the bytes of a body as sent.

    Raises:
        RefusedRequestError: more than ``most_bytes``.
    """
    too_large = RefusedRequestError(ProblemCode.TOO_LARGE, f"a body has at most {most_bytes} bytes")
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and (len(announced) > 18 or int(announced) > most_bytes):
        raise too_large  # before a byte of it is read
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most_bytes:
            raise too_large
    return bytes(body)


def decompressed(body: bytes, encoding: str) -> bytes:
    """Return a body without its content encoding.

    Raises:
        RefusedRequestError: an unknown encoding, damaged data, or more than 32 MiB inside.
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
                plain, is_whole = _without_zstd(body)
            case other:
                raise RefusedRequestError(ProblemCode.BAD_REQUEST, f"content encoding gzip or zstd, not {other[:20]!r}")
    except (zlib.error, zstandard.ZstdError) as error:
        raise RefusedRequestError(ProblemCode.BAD_REQUEST, f"the body is not {encoding}") from error
    if len(plain) > MOST_BODY_BYTES:
        raise RefusedRequestError(ProblemCode.TOO_LARGE, f"a body has at most {MOST_BODY_BYTES} bytes inside")
    if not is_whole:
        raise RefusedRequestError(ProblemCode.BAD_REQUEST, f"the body ends in the middle of its {encoding}")
    return plain


def _without_zstd(body: bytes) -> tuple[bytes, bool]:
    """Return what is inside, up to a little more than 32 MiB, and whether its end was reached."""
    machine = zstandard.ZstdDecompressor(max_window_size=_MOST_WINDOW_BYTES).decompressobj()
    plain, at = bytearray(), 0
    while at < len(body) and not machine.eof and len(plain) <= MOST_BODY_BYTES:
        plain += machine.decompress(body[at : at + _ZSTD_STEP_BYTES])
        at += _ZSTD_STEP_BYTES
    return bytes(plain), machine.eof


def parsed_batch(body: bytes) -> list[tuple[Entry, Payload | None]]:
    """Return the entries of a batch.

    Raises:
        RefusedRequestError: not JSON, not a batch, or a field is wrong; says which, without quoting values.
    """
    batch = parsed_message(Batch, body)
    entries = []
    for rank, wire in enumerate(batch.entries):
        try:
            entries.append(entry_of(wire))
        except InputError as error:
            raise RefusedRequestError(
                ProblemCode.BAD_REQUEST, f"entries.{rank}.{error.field}: {error.expectation}"
            ) from error
    return entries


def parsed_message(kind: type[Message], body: bytes) -> Message:
    """Return a message of the protocol.

    Raises:
        RefusedRequestError: not JSON, or not such a message; says which field, without quoting values.
    """
    try:
        return kind.model_validate_json(body)  # deeper than 200 levels, or half a surrogate pair, is no JSON to it
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        if first["type"] == "json_invalid":
            raise RefusedRequestError(ProblemCode.BAD_REQUEST, "the body is not JSON") from error
        place = ".".join(map(str, first["loc"]))
        raise RefusedRequestError(ProblemCode.BAD_REQUEST, f"{place}: {first['msg']}") from error
