"""Asking what is attached: does it answer, at which speed, and what does it call itself?"""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from kiosk.errors import PrinterUnreachableError
from printing.discovery.attached import Candidate, Kind
from printing.discovery.proposal import guessed_profile
from printing.transports.hearing import Hearing, hear, names_of
from printing.transports.serial_options import SerialOptions
from printing.transports.serial_speeds import LIKELY_SPEEDS, answering_speed
from printing.transports.transport import Deadline
from printing.transports.urls import open_transport

_OPENING_S: Final = 2.0
_ASKING_S: Final = 2.0
_AT_ONCE: Final = 8


@dataclass(frozen=True, slots=True)
class Found:
    """Something attached, and what came of asking it.

    Attributes:
        kind: how it is attached.
        url: for ``printer.url``, with the speed at which it answers.
        description: what the system says it is.
        answers: whether it answers as an ESC/POS printer does.
        maker: who made it, as it says itself; None when it does not.
        model: what it calls itself; None when it does not.
        profile: the profile that fits.
        reason: why this profile; or what keeps it from answering.
    """

    kind: Kind
    url: str
    description: str
    answers: bool
    maker: str | None
    model: str | None
    profile: str
    reason: str


def ask_all(candidates: Iterable[Candidate]) -> list[Found]:
    """Ask everything that is attached, several at a time; those that answer come first.

    Each takes some seconds at most. What is no printer gets a few bytes that mean nothing to it.
    """
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="discovery") as pool:
        found = list(pool.map(_ask, candidates))
    return sorted(found, key=lambda one: not one.answers)


def _ask(candidate: Candidate) -> Found:
    try:
        url = _answering_url(candidate)
        if url is None:
            return _unanswered(candidate, _SILENCE[candidate.kind])
        maker, model = _names_at(url)
    except PrinterUnreachableError as error:
        return _unanswered(candidate, str(error).removeprefix(f"{candidate.url}: "))
    model = model or candidate.model
    profile, reason = guessed_profile(model)
    return Found(candidate.kind, url, candidate.description, True, maker, model, profile, reason)


_SILENCE: Final = {
    Kind.USB: "never answers: switch it off and on; or it is no ESC/POS printer",
    Kind.FILE: "never answers: switch it off and on; or it is no ESC/POS printer",
    Kind.SERIAL: f"answers at none of {', '.join(map(str, LIKELY_SPEEDS))} baud: switched off, or no printer",
    Kind.NETWORK: "never answers: another computer is printing on it, or it is no ESC/POS printer",
}


def _unanswered(candidate: Candidate, reason: str) -> Found:
    profile, _ = guessed_profile(candidate.model)
    return Found(candidate.kind, candidate.url, candidate.description, False, None, candidate.model, profile, reason)


def _answering_url(candidate: Candidate) -> str | None:
    """Return the address at which it answers; None when it does not."""
    if candidate.kind is Kind.SERIAL:
        speed = answering_speed(urlsplit(candidate.url).path, SerialOptions())
        return None if speed is None else f"{candidate.url}?baud={speed}"
    transport = open_transport(candidate.url, Deadline.within(_OPENING_S))
    try:
        is_answer = hear(transport, Deadline.within(_ASKING_S)) is Hearing.ANSWER
    finally:
        transport.close()
    return candidate.url if is_answer else None


def _names_at(url: str) -> tuple[str | None, str | None]:
    transport = open_transport(url, Deadline.within(_OPENING_S))
    try:
        return names_of(transport, Deadline.within(_ASKING_S))
    finally:
        transport.close()
