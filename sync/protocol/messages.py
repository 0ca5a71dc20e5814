"""What the two sides say to each other: ``docs/protocol.md`` as types.

Unknown members are refused on the way in, so that a misunderstanding shows at once.
"""

import base64
import binascii
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from kiosk.domain.moment import ClockQuality
from kiosk.errors import InputError
from kiosk.journal.canonical import LARGEST_WHOLE, JsonValue, canonical_bytes
from kiosk.journal.entry import Entry, Payload, entry_document, entry_from_json, entry_to_json
from sync.protocol.forms import DAY, INSTANT, WORD
from sync.protocol.machine_facts import ToldFacts
from sync.protocol.wire_message import WireMessage

MOST_ENTRIES: Final = 5000
MOST_ROTATIONS: Final = 50
PROBLEM_TYPE: Final = "application/problem+json"
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


class AcknowledgementBody(WireMessage):
    """What the centre signs: the canonical form of this object (RFC 8785).

    Attributes:
        origin: whose entries.
        accepted_to: the centre holds every entry up to this number.
        head: hash of that entry.
        received_at: the centre's clock, UTC, milliseconds.
        key_id: the centre's key.
    """

    origin: str
    accepted_to: int
    head: str
    received_at: str
    key_id: str


class Acknowledgement(WireMessage):
    """The signed word of the centre.

    Attributes:
        body: what is signed.
        signature: Base64 of r||s over the canonical bytes of ``body``.
    """

    body: AcknowledgementBody
    signature: str


class Accepted(WireMessage):
    """Answer 200.

    Attributes:
        accepted_to: the centre holds every entry up to this number.
        head: hash of that entry.
        received_at: the centre's clock.
        acknowledgement: the same, signed; to be kept as evidence.
        quarantined: numbers of entries whose facts do not fit their hash; entry kept, facts set aside.
    """

    accepted_to: int
    head: str
    received_at: str
    acknowledgement: Acknowledgement
    quarantined: list[int] = Field(default_factory=list)


class UpdateBody(WireMessage):
    """What the centre signs of an order: the canonical form of this object.

    Attributes:
        origin: the machine that it is for.
        number: 1, 2, 3... for each machine, without gap.
        kind: see :class:`kiosk.ports.centre.UpdateKind`.
        issued_at: the centre's clock, UTC.
        content: what it says, by kind.
        key_id: the centre's key.
    """

    origin: str
    number: int
    kind: str
    issued_at: str
    content: dict[str, Any]
    key_id: str


class Update(WireMessage):
    """An order with the centre's signature.

    Attributes:
        body: what is signed.
        signature: Base64 of r||s over the canonical bytes of ``body``.
    """

    body: UpdateBody
    signature: str


class Updates(WireMessage):
    """Answer of ``GET /v1/origins/{origin}/updates``: the next orders, in their order; empty when there are none."""

    updates: list[Update]


class ProblemCode(StrEnum):
    """Why the centre says no."""

    CONFLICT = "conflict"  # same number, other bytes: kept as evidence
    GAP = "gap"  # entries before these are missing; ``expected_seq`` says which
    UNAUTHENTICATED = "unauthenticated"  # the request carries no signature that fits
    STALE_SIGNATURE = "stale_signature"  # signed too long ago or ahead; ``centre_time`` is the centre's clock
    UNKNOWN_ORIGIN = "unknown_origin"  # no key is registered for it
    REVOKED = "revoked"  # its key was revoked
    FORBIDDEN = "forbidden"  # known, but not allowed this
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"  # the address has others; ``Allow`` says which
    SIGN_IN_REFUSED = "sign_in_refused"  # a counter's name and password do not fit
    CODE_NEEDED = "code_needed"  # name and password fit, and the account also asks for a code: the same, with it
    PLACE_MOVED = "place_moved"  # the place in the hall is not where the counter thought it was
    NOT_ACCEPTED = "not_accepted"  # a value of the right form that cannot be; the detail names the field
    BAD_ENTRY = "bad_entry"  # an entry is not authentic; ``seq`` says which
    BAD_REQUEST = "bad_request"  # not a batch
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"  # requests in a short time
    UNAVAILABLE = "unavailable"  # the centre's own store failed; try again later


class Problem(WireMessage):
    """Answer 4xx and 5xx (RFC 9457).

    Attributes:
        type: ``about:blank``; ``code`` says more.
        title: one line in English.
        status: as in the status line.
        code: see :class:`ProblemCode`.
        detail: what was wrong, without personal data.
        expected_seq: with ``gap``, the number to resume at.
        seq: with ``conflict`` and ``bad_entry``, the entry.
        centre_time: with ``stale_signature``, the centre's clock, UTC.
    """

    type: str = "about:blank"
    title: str
    status: int
    code: ProblemCode
    detail: str = ""
    expected_seq: int | None = None
    seq: int | None = None
    centre_time: str | None = None


class StreamState(WireMessage):
    """Answer of ``GET /v1/origins/{stream}``: what the centre holds of it.

    Attributes:
        stream: ``38-A2``, or a later segment, ``38-A2.2``.
        origin: the machine that writes it.
        first_seq: number of its first entry.
        accepted_to: number of the last entry held; ``first_seq - 1`` while it is empty.
        head: hash of that entry, or of the one that the first must follow.
    """

    stream: str
    origin: str
    first_seq: int
    accepted_to: int
    head: str


class EntryPlace(WireMessage):
    """An entry by number and hash; 0 and 64 zeros for "before the first"."""

    seq: int = Field(ge=0, le=LARGEST_WHOLE)
    hash: str = Field(pattern=r"^[0-9a-f]{64}$")


class OpenSegment(WireMessage):
    """Body of ``POST /v1/origins/{origin}/segments``: the last entry that both sides hold."""

    follows: EntryPlace


# Headers of the answer to a condition: how often the receiver wants to hear, in seconds, and the newest order.
TELL_EVERY: Final = "borne-tell-every"
NEWEST_ORDER: Final = "borne-newest-order"
# Members of a condition that an earlier version refuses.
LATER_MEMBERS: Final = {"told_every_s", "facts"}


class Condition(WireMessage):
    """Body of ``PUT /v1/origins/{origin}/condition``: what a machine says of itself. Nothing personal.

    Attributes:
        told_at: the machine's clock, UTC.
        version: of its software.
        head_seq: last entry of its journal.
        head: hash of that entry; zeros before the first.
        pending: entries that the centre has not acknowledged.
        oldest_unsent_at: when the oldest of them was recorded, UTC; null when there is none.
        link: what its sending side is about: ``idle``, ``sending``, ``refused``...
        printer: condition of its printer, ``ready``, ``paper_out``...; null when nothing is heard of it.
        tickets_left: what the roll still gives, about; null when nobody said when it was put in.
        clock: what its clock is worth: ``synced``, ``holdover``, ``suspect``, ``agent_confirmed``.
        chain: what the last verification of its journal found: ``whole``, ``broken``, or ``never`` verified.
        chain_verified_at: when that was, UTC; null with ``never``.
        chain_broken_at: first entry that did not verify; null unless ``broken``.
        told_every_s: the longest pause between two such words while all is well, in seconds.
        facts: all that its staff see of it; null from an older machine, and of one that its hub speaks for.
    """

    told_at: str = Field(pattern=INSTANT)
    version: str = Field(pattern=r"^[0-9A-Za-z.+-]{1,32}$")
    head_seq: int = Field(ge=0, le=LARGEST_WHOLE)
    head: str = Field(pattern=r"^[0-9a-f]{64}$")
    pending: int = Field(ge=0, le=LARGEST_WHOLE)
    oldest_unsent_at: str | None = Field(None, pattern=INSTANT)
    link: str = Field(pattern=WORD)
    printer: str | None = Field(None, pattern=WORD)
    tickets_left: int | None = Field(None, ge=0, le=1_000_000)
    clock: str = Field(pattern=WORD)
    chain: Literal["whole", "broken", "never"]
    chain_verified_at: str | None = Field(None, pattern=INSTANT)
    chain_broken_at: int | None = Field(None, ge=1, le=LARGEST_WHOLE)
    told_every_s: int = Field(60, ge=1, le=86_400)
    facts: ToldFacts | None = None


class Enrolment(WireMessage):
    """Body of ``POST /v1/enrolments``, signed with the key that it brings.

    Attributes:
        code: told once by an administrator.
        origin: the machine.
        public_key: PEM (SubjectPublicKeyInfo) of a P-256 key.
    """

    code: str = Field(min_length=8, max_length=64)
    origin: str
    public_key: str = Field(max_length=1000)


class Enrolled(WireMessage):
    """Answer 201 of an enrolment.

    Attributes:
        origin: the machine, as registered.
        role: ``kiosk`` or ``hub``.
        key_id: of the registered key.
        centre: the key that signs acknowledgements, to be pinned.
        certificate_authority: PEM of the authority that signs the centre's TLS certificate; null without one.
        centre_time: the centre's clock, UTC.
        encryption: the key to which carried entries are sealed.
    """

    origin: str
    role: str
    key_id: str
    centre: "PublishedCentre"
    certificate_authority: str | None
    centre_time: str
    encryption: "PublishedEncryptionKey"


class PublishedKey(WireMessage):
    """The public key of an origin.

    Attributes:
        origin: the machine that signs with it, for example ``38-A2``.
        key_id: names the key in seals and entries.
        public_key: Base64 of the DER (SubjectPublicKeyInfo), as WebCrypto and every other library takes it.
        valid_from: UTC instant of the first entry signed with it.
        revoked_at: UTC instant from which it proves nothing; null while it does.
    """

    origin: str
    key_id: str
    public_key: str
    valid_from: str
    revoked_at: str | None


class PublishedCentre(WireMessage):
    """The key that signs the list; a reader pins it at the first contact."""

    key_id: str
    public_key: str


class PublishedEncryptionKey(WireMessage):
    """Answer of ``GET /keys/encryption``: the key to which entries that travel by hand are sealed.

    Attributes:
        version: of this form.
        centre: key id of the signature, the centre's.
        public_key: Base64 of the DER (SubjectPublicKeyInfo) of a P-256 key; it only encrypts.
        signature: Base64 of r||s over the canonical bytes of all the other members.
    """

    version: Literal[1] = 1
    centre: str
    public_key: str
    signature: str


class KeyList(WireMessage):
    """Answer of ``GET /keys``: the keys of the origins and the centre's own, signed by the centre.

    Attributes:
        version: of this form.
        issued_at: UTC, whole hours, so that an unchanged list stays the same bytes for an hour; a reader that holds a
            list refuses an older one, which might hide a revocation.
        centre: whose signature it is.
        keys: sorted by origin and key id.
        signature: Base64 of r||s over the canonical bytes of all the other members.
    """

    version: Literal[1] = 1
    issued_at: str
    centre: PublishedCentre
    keys: list[PublishedKey]
    signature: str


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
    return entry, Payload(_decoded("salt", wire.salt), wire.payload)


def signature_bytes(text: str) -> bytes:
    """Return the bytes of a Base64 signature.

    Raises:
        InputError: not Base64.
    """
    return _decoded("signature", text)


def plain(message: BaseModel | Mapping[str, JsonValue]) -> dict[str, Any]:
    """Return a message as JSON values, for canonical bytes."""
    return message.model_dump(mode="json") if isinstance(message, BaseModel) else dict(message)


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


def _decoded(field: str, text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise InputError(field, "Base64") from error
