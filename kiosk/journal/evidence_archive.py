"""The form of an exported journal: files whose lines have one form only, and a signed manifest of them.

An archive is checked without us (``docs/evidence.md``): every file is named in the manifest with its SHA-256, the
manifest is signed by the kiosk, and the entries in it are the very bytes that were hashed and signed.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kiosk.errors import InputError
from kiosk.journal.canonical import JsonValue, canonical_bytes
from kiosk.journal.closure import Closure, closure_of
from kiosk.journal.entry import Entry, EntryType, Payload, entry_from_json, entry_to_json

FORM: Final = "borne-evidence-1"

MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "manifest.sig"  # DER: `openssl dgst -verify` reads it as it is
ENTRIES: Final = "entries.jsonl"
PAYLOADS: Final = "payloads.jsonl"
CLOSURES: Final = "closures.jsonl"
ACKNOWLEDGEMENTS: Final = "acknowledgements.jsonl"
STAMP_ENDING: Final = ".tsr"
AUTHORITY: Final = "time_stamps/authority.pem"
README: Final = "README.md"
PAGE: Final = "journal.html"
REPORT: Final = "journal.pdf"

# Facts of these entries are about machines: they stay when personal data are left out.
IMPERSONAL_TYPES: Final = frozenset(
    {EntryType.GENESIS.value, EntryType.TIME_STAMPED.value, EntryType.KEY_ROTATED.value}
)
# Who may close a period without being a person.
NOBODY: Final = frozenset({"borne", ""})

KIOSK_KEY: Final = "kiosk"
CENTRE_KEY: Final = "centre"


def key_name(key_id: str) -> str:
    """Return where the public key of an identifier lies."""
    return f"keys/{key_id}.pem"


def stamp_name(seq: int) -> str:
    """Return where the time stamp of an entry lies."""
    return f"time_stamps/{seq:09d}{STAMP_ENDING}"


def is_impersonal(entry: Entry, payload: Payload) -> bool:
    """Tell whether the facts of an entry name no person, neither visitor nor agent."""
    if entry.type == EntryType.CLOSURE_MADE:
        return payload.facts.get("closed_by") in NOBODY
    return entry.type in IMPERSONAL_TYPES


def entry_line(entry: Entry) -> bytes:
    """Return an entry as its line."""
    return canonical_bytes(entry_to_json(entry)) + b"\n"


def entry_of(line: bytes) -> Entry:
    """Return the entry of a line.

    Raises:
        InputError: not an entry, or not in the one form that an entry has.
    """
    entry = entry_from_json(_object(line))
    try:
        is_only_form = entry_line(entry) == line
    except (ValueError, TypeError) as error:
        raise InputError("entry", f"a canonical entry ({error})") from error
    if not is_only_form:
        raise InputError("entry", f"the canonical form of entry {entry.seq}")
    return entry


def payload_line(seq: int, payload: Payload) -> bytes:
    """Return the facts beside an entry as their line."""
    salt = base64.b64encode(payload.salt).decode()
    return canonical_bytes({"facts": payload.facts, "salt": salt, "seq": seq}) + b"\n"


def payload_of(line: bytes) -> tuple[int, Payload]:
    """Return the number of the entry and the facts of a line.

    Raises:
        InputError: not facts, or not in their one form.
    """
    match _object(line):
        case {"facts": dict(facts), "salt": str(salt), "seq": int(seq), **more} if not more:
            pass
        case _:
            raise InputError("payload", "facts, salt and seq")
    try:
        payload = Payload(base64.b64decode(salt, validate=True), facts)
        is_only_form = payload_line(seq, payload) == line
    except (binascii.Error, ValueError, TypeError) as error:
        raise InputError("payload", f"canonical facts ({error})") from error
    if not is_only_form:
        raise InputError("payload", f"the canonical form of the facts of entry {seq}")
    return seq, payload


def closure_line(seq: int, closure: Closure, *, with_name: bool) -> bytes:
    """Return a closure as its line.

    Args:
        seq: of the entry that recorded it.
        closure: as recorded.
        with_name: leave the agent's name in it.
    """
    facts = closure.facts()
    if not with_name and closure.closed_by not in NOBODY:
        facts["closed_by"] = ""
    return canonical_bytes({"closure": facts, "seq": seq}) + b"\n"


def closure_facts_of(line: bytes) -> tuple[int, Mapping[str, JsonValue]]:
    """Return the number of the entry and the closure of a line.

    Raises:
        InputError: not a closure, or not in its one form.
    """
    match _object(line):
        case {"closure": dict(facts), "seq": int(seq), **more} if not more:
            pass
        case _:
            raise InputError("closure", "closure and seq")
    try:
        is_only_form = closure_line(seq, closure_of(facts), with_name=True) == line
    except (ValueError, TypeError) as error:
        raise InputError("closure", str(error)) from error
    if not is_only_form:
        raise InputError("closure", f"the canonical form of the closure of entry {seq}")
    return seq, facts


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive says of itself.

    Attributes:
        origin: whose journal.
        exported_at: UTC, as text.
        software: version that wrote it.
        first_seq: first entry; 1 unless it is an excerpt.
        previous_hash: hash of the entry before the first one; zeros before entry 1.
        last_seq: last entry.
        head: its hash.
        with_payloads: False when the facts about persons were left out.
        key_id: key that signs the manifest.
        keys: holder of each public key: ``kiosk`` or ``centre``.
        files: SHA-256 of every other file, lower-case hex.
    """

    origin: str
    exported_at: str
    software: str
    first_seq: int
    previous_hash: str
    last_seq: int
    head: str
    with_payloads: bool
    key_id: str
    keys: Mapping[str, str]
    files: Mapping[str, str]

    def document(self) -> bytes:
        """Return the bytes that are signed."""
        return canonical_bytes(
            {
                "exported_at": self.exported_at,
                "files": dict(self.files),
                "first_seq": self.first_seq,
                "form": FORM,
                "head": self.head,
                "key_id": self.key_id,
                "keys": dict(self.keys),
                "last_seq": self.last_seq,
                "origin": self.origin,
                "previous_hash": self.previous_hash,
                "software": self.software,
                "with_payloads": self.with_payloads,
            }
        )


def manifest_of(document: bytes) -> Manifest:
    """Return the manifest of a document.

    Raises:
        InputError: not a manifest, of another form, or not canonical.
    """
    fields = _object(document)
    if fields.get("form") != FORM:
        raise InputError(MANIFEST, f"the form {FORM}")
    match fields:
        case {
            "exported_at": str(exported_at),
            "files": dict(files),
            "first_seq": int(first_seq),
            "head": str(head),
            "key_id": str(key_id),
            "keys": dict(keys),
            "last_seq": int(last_seq),
            "origin": str(origin),
            "previous_hash": str(previous_hash),
            "software": str(software),
            "with_payloads": bool(with_payloads),
        }:
            manifest = Manifest(
                origin=origin,
                exported_at=exported_at,
                software=software,
                first_seq=first_seq,
                previous_hash=previous_hash,
                last_seq=last_seq,
                head=head,
                with_payloads=with_payloads,
                key_id=key_id,
                keys=_texts(keys),
                files=_texts(files),
            )
        case _:
            raise InputError(MANIFEST, "all members of a manifest")
    try:
        is_only_form = manifest.document() == document
    except (ValueError, TypeError) as error:
        raise InputError(MANIFEST, f"a canonical manifest ({error})") from error
    if not is_only_form:
        raise InputError(MANIFEST, "its canonical form")
    return manifest


def _texts(values: Mapping[object, object]) -> dict[str, str]:
    return {str(name): str(value) for name, value in values.items()}


def _object(line: bytes) -> dict[str, object]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError("line", "JSON in UTF-8") from error
    if not isinstance(value, dict):
        raise InputError("line", "a JSON object")
    return value
