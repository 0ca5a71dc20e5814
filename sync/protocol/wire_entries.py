"""Entries as they travel: batches, the changes of key that introduce one, and what is read of them."""

import base64
import re
from collections.abc import Sequence
from typing import Annotated, Any, Final

from pydantic import ConfigDict, Field, WithJsonSchema

from kiosk.domain.moment import ClockQuality
from kiosk.errors import InputError
from kiosk.journal.canonical import LARGEST_WHOLE, JsonValue, canonical_bytes
from kiosk.journal.entry import Entry, Payload, entry_document, entry_from_json, entry_to_json
from sync.protocol.forms import DAY, INSTANT
from sync.protocol.signed_forms import base64_bytes
from sync.protocol.wire_message import WireMessage

MOST_ENTRIES: Final = 5000
MOST_ROTATIONS: Final = 50
_HEX_64: Final = re.compile(r"[0-9a-f]{64}")
_FORMS: Final = {
    "origin": re.compile(r"[0-9A-Z-]{4,32}"),
    "type": re.compile(r"[a-z_]{1,40}"),
    "subject": re.compile(r"[0-9A-Za-z-]{1,64}"),
    "key_id": re.compile(r"[2-7A-Z]{4}"),
    "hash": _HEX_64,
    "previous_hash": _HEX_64,
    "payload_hash": _HEX_64,
    "boot_id": re.compile(r"[0-9A-Za-z-]{1,64}"),
    "zone": re.compile(r"[0-9A-Za-z_/+-]{1,64}"),
}
# All of them at once, a line each: of a million entries hardly one is refused. No text of any form holds a line's end.
_WHOLE_FORM: Final = re.compile(
    "\n".join(f"(?:{pattern.pattern}){'?' * (name == 'subject')}" for name, pattern in _FORMS.items())
)
_BASE64: Final = r"^([0-9A-Za-z+/]{4})*([0-9A-Za-z+/]{2}==|[0-9A-Za-z+/]{3}=)?$"
_WHOLE: Final[dict[str, JsonValue]] = {"type": "integer", "minimum": 0, "maximum": LARGEST_WHOLE}
_ENTRY_FIELDS: Final[dict[str, JsonValue]] = {
    **{name: {"type": "string", "pattern": f"^{pattern.pattern}$"} for name, pattern in _FORMS.items()},
    "seq": _WHOLE | {"minimum": 1},
    "subject": {"anyOf": [{"type": "string", "pattern": f"^{_FORMS['subject'].pattern}$"}, {"type": "null"}]},
    "recorded_at": {"type": "string", "pattern": INSTANT},
    "civil_date": {"type": "string", "pattern": f"^{DAY}$"},
    "clock": {"enum": [quality.value for quality in ClockQuality]},
    "monotonic_ms": _WHOLE,
    "signature": {"type": "string", "pattern": _BASE64},
}
# For readers of the description; what is read is checked by entry_from_json, which is three times faster.
_ENTRY_FORM: Final[dict[str, Any]] = {
    "type": "object",
    "properties": _ENTRY_FIELDS,
    "required": sorted(_ENTRY_FIELDS),
    "additionalProperties": False,
}
_NULL: Final = {"type": "null"}
_TOGETHER: Final[dict[str, Any]] = {
    "oneOf": [
        {"properties": {"payload": _NULL, "salt": _NULL}},
        {"properties": {"payload": {"type": "object"}, "salt": {"type": "string"}}, "required": ["payload", "salt"]},
    ]
}


class WireEntry(WireMessage):
    """An entry with what lies beside it.

    Attributes:
        entry: all fields of the entry, as :func:`kiosk.journal.entry.entry_to_json` writes them.
        payload: the facts; null when they were erased.
        salt: Base64; null together with the payload.
    """

    model_config = ConfigDict(json_schema_extra=_TOGETHER)

    entry: Annotated[dict[str, Any], WithJsonSchema(_ENTRY_FORM)]
    payload: dict[str, Any] | None = None
    salt: Annotated[str | None, WithJsonSchema({"type": ["string", "null"], "pattern": _BASE64})] = None


class Batch(WireMessage):
    """Body of ``PUT /v1/origins/{origin}/entries``: contiguous entries in order."""

    entries: list[WireEntry] = Field(min_length=1, max_length=MOST_ENTRIES)


class KeyIntroduction(WireMessage):
    """Body of ``PUT /v1/origins/{origin}/keys``: the ``key_rotated`` entries that lead to the key of this request.

    Attributes:
        rotations: oldest first; each is signed with a key that the centre knows or that one before it names.
    """

    rotations: list[WireEntry] = Field(min_length=1, max_length=MOST_ROTATIONS)


class KnownKeys(WireMessage):
    """Answer to an introduction.

    Attributes:
        origin: whose keys.
        key_ids: all that the centre knows of it.
    """

    origin: str
    key_ids: list[str]


def batch_bytes(entries: Sequence[tuple[Entry, Payload | None]]) -> bytes:
    """Return the JSON body of a batch, written directly: a backlog has a million entries."""
    return b'{"entries":[' + b",".join(_wire_bytes(entry, payload) for entry, payload in entries) + b"]}"


def introduction_bytes(rotations: Sequence[tuple[Entry, Payload | None]]) -> bytes:
    """Return the JSON body that introduces a key; of very many changes, the newest."""
    wires = [wire_entry(entry, payload) for entry, payload in rotations[-MOST_ROTATIONS:]]
    return KeyIntroduction(rotations=wires).model_dump_json().encode()


def entry_of(wire: WireEntry) -> tuple[Entry, Payload | None]:
    """Return what a wire entry holds.

    Raises:
        InputError: a field is missing, unknown or of the wrong form.
    """
    if (wire.payload is None) != (wire.salt is None):
        raise InputError("payload", "together with its salt, or neither")
    entry = entry_from_json(wire.entry)
    _require_form(entry)
    if wire.payload is None or wire.salt is None:
        return entry, None
    return entry, Payload(base64_bytes("salt", wire.salt), wire.payload)


def _require_form(entry: Entry) -> None:
    """Refuse what no entry of ours looks like, whoever signed it, before it reaches a column of limited width."""
    if not 1 <= entry.seq <= LARGEST_WHOLE:
        raise InputError("seq", "a whole number from 1 on, below 2**53")
    if entry.monotonic_ms > LARGEST_WHOLE:
        raise InputError("monotonic_ms", "a whole number below 2**53")
    if entry.subject != "" and _WHOLE_FORM.fullmatch("\n".join(getattr(entry, name) or "" for name in _FORMS)):
        return
    for name, pattern in _FORMS.items():
        value = getattr(entry, name)
        if value is not None and not pattern.fullmatch(value):
            raise InputError(name, f"a text like {pattern.pattern}")


def _wire_bytes(entry: Entry, payload: Payload | None) -> bytes:
    document = entry_document(entry)
    if payload is None:
        return b'{"entry":' + document + b',"payload":null,"salt":null}'
    facts = canonical_bytes(payload.facts)
    return b"".join(
        (b'{"entry":', document, b',"payload":', facts, b',"salt":"', base64.b64encode(payload.salt), b'"}')
    )


def wire_entry(entry: Entry, payload: Payload | None) -> WireEntry:
    """Return an entry as it travels."""
    if payload is None:
        return WireEntry(entry=entry_to_json(entry))
    salt = base64.b64encode(payload.salt).decode()
    return WireEntry(entry=entry_to_json(entry), payload=dict(payload.facts), salt=salt)
