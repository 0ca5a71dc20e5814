"""What the centre answers, checked: nothing that it did not sign counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from pydantic import BaseModel, ValidationError

from kiosk.domain.moment import parse_instant
from kiosk.errors import CentreRefusedError, CentreUnreachableError, InputError, NotOurCentreError
from kiosk.ports.centre_records import AcknowledgementRecord
from sync.protocol.acknowledgements import Accepted, is_genuine
from sync.protocol.problems import Problem, ProblemCode
from sync.protocol.signed_forms import canonical_form

Message = TypeVar("Message", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer, read whole.

    Attributes:
        status: code.
        body: bytes, bounded.
        retry_after_s: what the server asked to wait, None when it did not say.
        headers: of the answer, by their names in small letters.
    """

    status: int
    body: bytes
    retry_after_s: float | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


class GapError(CentreRefusedError):
    """The centre misses entries before the ones that were sent.

    Attributes:
        expected_seq: where to resume.
    """

    def __init__(self, detail: str, expected_seq: int) -> None:
        super().__init__(detail)
        self.expected_seq = expected_seq


class BadBatchError(CentreRefusedError):
    """The centre cannot read the batch, or it is too large: a smaller one may pass."""


class TooLargeError(BadBatchError):
    """The centre, or something on the way to it, takes no bodies of this size."""


class ConflictError(CentreRefusedError):
    """The centre holds another history under this origin: staff must look, nothing is sent over it."""


class DeadlineError(CentreUnreachableError):
    """No whole answer in time: the link may be too slow for so much at once."""


class BusyCentreError(CentreUnreachableError):
    """The centre answered that it cannot now.

    Attributes:
        retry_after_s: what it asked to wait.
    """

    def __init__(self, detail: str, retry_after_s: float | None) -> None:
        super().__init__(detail)
        self.retry_after_s = retry_after_s


def acknowledged(answer: Answer, origin: str, public_key: EllipticCurvePublicKey) -> AcknowledgementRecord:
    """Return the acknowledgement of an answer.

    Raises:
        CentreRefusedError, CentreUnreachableError: the centre said no.
        NotOurCentreError: anything that our centre would not have sent.
    """
    if answer.status != 200:
        raise problem_error(answer)
    accepted = parsed(Accepted, answer.body)
    body = accepted.acknowledgement.body
    try:
        is_signed = is_genuine(accepted.acknowledgement, public_key)
        received_at = parse_instant(body.received_at)
    except (InputError, ValueError) as error:
        raise NotOurCentreError("an acknowledgement that cannot be read") from error
    said = (accepted.accepted_to, accepted.head, accepted.received_at)
    if not is_signed or body.origin != origin or said != (body.accepted_to, body.head, body.received_at):
        raise NotOurCentreError("an acknowledgement that our centre did not sign for us")
    document = canonical_form(accepted.acknowledgement)
    return AcknowledgementRecord(body.accepted_to, body.head, received_at, document, tuple(accepted.quarantined))


def problem_error(answer: Answer) -> CentreRefusedError | CentreUnreachableError | NotOurCentreError:
    """Return what an answer other than 200 means."""
    if answer.status in (502, 503, 504, 429, 408):
        return BusyCentreError(f"the centre answered {answer.status}", answer.retry_after_s)
    if answer.status == 413:  # of a server before the centre it is a page, and a smaller batch passes all the same
        return TooLargeError("a body of this size is not taken")
    try:
        problem = parsed(Problem, answer.body)
    except NotOurCentreError as error:
        return NotOurCentreError(f"status {answer.status} without a word of our centre ({error})")
    match problem.code:
        case ProblemCode.GAP if problem.expected_seq is not None:
            return GapError(problem.detail, problem.expected_seq)
        case ProblemCode.BAD_REQUEST:
            return BadBatchError(f"{problem.code.value}: {problem.detail}")
        case ProblemCode.CONFLICT:
            return ConflictError(problem.detail)
        case _:
            return CentreRefusedError(f"{problem.code.value}: {problem.detail}")


def parsed(kind: type[Message], body: bytes) -> Message:
    """Return a message of the protocol.

    Raises:
        NotOurCentreError: something else, for example the page of a captive portal.
    """
    try:
        return kind.model_validate_json(body)
    except ValidationError as error:
        raise NotOurCentreError(f"an answer that is no {kind.__name__}") from error
