"""Answers that a reader may keep: with a tag of their bytes, and without a body when the reader has them already."""

import hashlib
from collections.abc import Mapping

from fastapi import Request, Response


def kept_answer(request: Request, body: bytes, media_type: str, headers: Mapping[str, str]) -> Response:
    """Return a body with its ``ETag``, or 304 when the reader's ``If-None-Match`` names it (RFC 9110, 13.1.2).

    Args:
        request: of the reader.
        body: what is answered.
        media_type: of the body.
        headers: more of them, sent with both answers.
    """
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    held = [name.strip().removeprefix("W/") for name in request.headers.get("if-none-match", "").split(",")]
    all_headers = {**headers, "ETag": tag}
    if tag in held or "*" in held:
        return Response(status_code=304, headers=all_headers)
    return Response(body, headers=all_headers, media_type=media_type)
