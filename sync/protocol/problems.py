"""Why a centre says no (RFC 9457)."""

from enum import StrEnum
from typing import Final

from sync.protocol.wire_message import WireMessage

PROBLEM_TYPE: Final = "application/problem+json"


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
