"""``GET /verify``: the page that checks a ticket's seal in the reader's browser.

The seal stands behind ``#`` or is typed into the page: it never reaches this server, and nothing here could take it.
"""

import csv
import hashlib
import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Final

from fastapi import APIRouter, HTTPException, Request, Response

from kiosk.resource_files import resource_path
from sync.central.conditional import kept_answer

FILES: Final = Path(__file__).parent / "pages" / "verify"
PAGE: Final = "index.html"
# A seal's address is printed in upper case, to keep its QR code small.
ADDRESSES: Final = ("/verify", "/VERIFY")
HEADERS: Final = {
    "Cache-Control": "no-cache",  # kept, and asked about each time: a mended page reaches readers at once
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_MEDIA_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
_USUAL_ZONE: Final = "Europe/Paris"


def verify_router() -> APIRouter:
    """Return the addresses of the page and of its parts, read once."""
    router = APIRouter(include_in_schema=False)
    shipped = {path.name: path.read_bytes() for path in sorted(FILES.iterdir()) if path.suffix in _MEDIA_TYPES}

    async def page(request: Request) -> Response:
        return _answer(request, PAGE, shipped[PAGE])

    for address in ADDRESSES:
        router.add_api_route(address, page, methods=["GET", "HEAD"])

    @router.head("/verify/{name}")
    @router.get("/verify/{name}")
    def part(request: Request, name: str) -> Response:
        if name == "catalogue.json":
            return _answer(request, name, _catalogue())
        if name == "shell.js":
            return _answer(request, name, _shell(shipped))
        if name not in shipped or name == PAGE:
            raise HTTPException(404)
        return _answer(request, name, shipped[name])

    return router


def _answer(request: Request, name: str, body: bytes) -> Response:
    # The worker lies below the page and serves it in both spellings.
    scope = {"Service-Worker-Allowed": "../"} if name == "service_worker.js" else {}
    return kept_answer(request, body, _MEDIA_TYPES[Path(name).suffix], HEADERS | scope)


def _shell(shipped: dict[str, bytes]) -> bytes:
    """Return the list of what the page needs without a network, named by the bytes of all of it."""
    digest = hashlib.sha256(_catalogue())
    for name, body in shipped.items():
        digest.update(name.encode() + body)
    names = ["verify", *(f"verify/{name}" for name in shipped if name not in (PAGE, "service_worker.js"))]
    shell = {"version": digest.hexdigest()[:16], "files": [*names, "verify/catalogue.json"]}
    return f"self.SHELL = {json.dumps(shell)};\n".encode()


def _catalogue() -> bytes:
    """Return what a seal's codes mean, as the data files say now."""
    files = resource_path("procedures.toml"), resource_path("departements.csv")
    return _catalogue_of(*files, tuple(file.stat().st_mtime_ns for file in files))


@cache
def _catalogue_of(procedures: Path, departements: Path, _as_of: tuple[int, ...]) -> bytes:
    rows = tomllib.loads(procedures.read_text(encoding="utf-8"))["procedure"]
    with departements.open(encoding="utf-8", newline="") as file:
        places = list(csv.DictReader(line for line in file if not line.startswith("#")))
    meanings = {
        "procedures": {row["code"]: row["label_fr"] for row in rows},
        "departements": {place["code"]: place["name"] for place in places},
        "zones": {place["code"]: place["timezone"] for place in places if place["timezone"] != _USUAL_ZONE},
    }
    return json.dumps(meanings, ensure_ascii=False, separators=(",", ":")).encode()
