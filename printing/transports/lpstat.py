"""What ``lpstat -p NAME -a NAME -o NAME`` says, in the C locale, as one value."""

import re
from dataclasses import dataclass
from typing import Final

_REASON: Final = re.compile(r"\n\t+(.+)")


@dataclass(frozen=True, slots=True)
class QueueState:
    """One print queue.

    Attributes:
        is_known: whether the spooler has a queue of this name.
        is_enabled: whether it sends jobs to its printer.
        is_accepting: whether it takes new jobs.
        reason: what it says about itself, for example "Waiting for printer to become available."
        jobs: identifiers of the jobs that have not ended, oldest first.
    """

    is_known: bool
    is_enabled: bool
    is_accepting: bool
    reason: str
    jobs: tuple[str, ...]


def queue_state(name: str, said: str) -> QueueState:
    """Return the state of a queue from the words of ``lpstat``.

    Args:
        name: of the queue; upper and lower case are the same to CUPS.
        said: standard output.
    """
    word = re.escape(name)
    printer = re.search(rf"^printer {word} (?:is|now|disabled)\b.*$", said, re.MULTILINE | re.IGNORECASE)
    accepting = re.search(rf"^{word} accepting requests", said, re.MULTILINE | re.IGNORECASE)
    after = _REASON.match(said, printer.end()) if printer else None
    return QueueState(
        is_known=printer is not None,
        is_enabled=printer is not None and " disabled since " not in printer.group(),
        is_accepting=accepting is not None,
        reason=after.group(1).strip() if after else "no reason given",
        jobs=tuple(re.findall(rf"^({word}-\d+)\s", said, re.MULTILINE | re.IGNORECASE)),
    )


def job_of(said: str) -> str | None:
    """Return the identifier in what ``lp`` says about a job that it made; None when it made none."""
    found = re.search(r"request id is (\S+-\d+)", said)
    return found.group(1) if found else None
