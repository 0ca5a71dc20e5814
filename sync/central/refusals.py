"""How the centre says no: one error for every refusal, one form of answer (RFC 9457)."""

from typing import Final

from fastapi.responses import JSONResponse

from sync.protocol.problems import PROBLEM_TYPE, Problem, ProblemCode

STATUS: Final = {
    ProblemCode.CONFLICT: 409,
    ProblemCode.GAP: 409,
    ProblemCode.UNAUTHENTICATED: 401,
    ProblemCode.STALE_SIGNATURE: 401,
    ProblemCode.UNKNOWN_ORIGIN: 403,
    ProblemCode.REVOKED: 403,
    ProblemCode.FORBIDDEN: 403,
    ProblemCode.NOT_FOUND: 404,
    ProblemCode.METHOD_NOT_ALLOWED: 405,
    ProblemCode.SIGN_IN_REFUSED: 403,
    ProblemCode.CODE_NEEDED: 403,
    ProblemCode.PLACE_MOVED: 409,
    ProblemCode.NOT_ACCEPTED: 422,
    ProblemCode.BAD_ENTRY: 422,
    ProblemCode.BAD_REQUEST: 400,
    ProblemCode.TOO_LARGE: 413,
    ProblemCode.TOO_MANY: 429,
    ProblemCode.UNAVAILABLE: 503,
}
_RETRY_AFTER_S: Final = {503: "30", 429: "5"}


class RefusedRequestError(Exception):
    """The centre says no; what it took before the refusal stays taken.

    Attributes:
        code: of the problem.
        detail: for the sender's staff; no personal data.
        expected_seq: with a gap.
        seq: the entry in question.
        centre_time: the centre's clock, with a stale signature.
        retry_after_s: how long to wait, where that is known better than the usual.
    """

    def __init__(
        self,
        code: ProblemCode,
        detail: str,
        *,
        expected_seq: int | None = None,
        seq: int | None = None,
        centre_time: str | None = None,
        retry_after_s: int | None = None,
    ) -> None:
        super().__init__(detail)
        self.code, self.detail, self.expected_seq, self.seq = code, detail, expected_seq, seq
        self.centre_time, self.retry_after_s = centre_time, retry_after_s


def problem_answer(refusal: RefusedRequestError) -> JSONResponse:
    """Return the answer that says no."""
    status = STATUS[refusal.code]
    problem = Problem(
        title=refusal.code.value.replace("_", " "),
        status=status,
        code=refusal.code,
        detail=refusal.detail,
        expected_seq=refusal.expected_seq,
        seq=refusal.seq,
        centre_time=refusal.centre_time,
    )
    wait = _RETRY_AFTER_S.get(status) if refusal.retry_after_s is None else str(refusal.retry_after_s)
    headers = None if wait is None else {"Retry-After": wait}
    return JSONResponse(problem.model_dump(mode="json"), status, headers, media_type=PROBLEM_TYPE)
