"""What the OpenAPI document says of answers that say no."""

from typing import Any, Final

from sync.central.refusals import STATUS
from sync.protocol.messages import PROBLEM_TYPE, Problem

PROBLEMS: Final[dict[int | str, dict[str, Any]]] = {
    status: {"model": Problem, "content": {PROBLEM_TYPE: {}}} for status in sorted(set(STATUS.values()))
}
