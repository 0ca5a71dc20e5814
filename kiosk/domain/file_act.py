"""What staff do with a person's file beside changing the request: each act is an entry, and nothing is overwritten."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from kiosk.domain.names import harmless
from kiosk.errors import InputError

LONGEST_NOTE: Final = 2000


class IdentityResult(StrEnum):
    """What an agent saw of the person's identity at the counter (domain dossier 11.2)."""

    MATCH = "match"  # the document is that of the person who filed
    MISMATCH = "mismatch"  # it is somebody else's
    NO_DOCUMENT = "no_document"


class ImpossibilityGround(StrEnum):
    """Why the online way was impossible for somebody who used the help offered (CESEDA R. 431-2)."""

    SERVICE_FAILS = "service_fails"
    ACCOUNT_BLOCKED = "account_blocked"
    CATEGORY_MISSING = "category_missing"
    DOCUMENT_REFUSED = "document_refused"
    NO_SLOT = "no_slot"
    HELP_FAILED = "help_failed"  # contact centre and help point were asked, and it still does not work
    OTHER = "other"  # said in the detail


class CounterMessage(StrEnum):
    """What staff have said to the applicant at the next scan: fixed sentences, for all languages."""

    COME_TO_COUNTER = "come_to_counter"
    BRING_PAPERS = "bring_papers"
    GIVE_CONTACT = "give_contact"
    LETTER_SENT = "letter_sent"
    CARD_READY = "card_ready"
    NOTHING_TO_DO = "nothing_to_do"


@dataclass(frozen=True, slots=True)
class ActMark:
    """Who did something, and when.

    Attributes:
        at: UTC instant.
        by: name of the account; empty once it was forgotten.
    """

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class IdentityCheck:
    """An identity was looked at."""

    mark: ActMark
    result: IdentityResult


@dataclass(frozen=True, slots=True)
class Note:
    """Something staff wrote for their colleagues."""

    mark: ActMark
    text: str


@dataclass(frozen=True, slots=True)
class Impossibility:
    """« Impossibilité constatée »: the online way was impossible.

    Attributes:
        mark: of the agent.
        ground: why.
        detail: in the agent's words; may be empty.
    """

    mark: ActMark
    ground: ImpossibilityGround
    detail: str


@dataclass(frozen=True, slots=True)
class PapersSeen:
    """Which papers an agent has seen until now.

    Attributes:
        mark: of the agent who looked last.
        codes: keys of ``procedures.toml``.
    """

    mark: ActMark
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PapersAsked:
    """What is missing, and until when it may be brought (CRPA L. 114-5).

    Attributes:
        mark: of the agent.
        codes: keys of ``procedures.toml``.
        others: further ones, in the agent's words.
        bring_by: last day.
    """

    mark: ActMark
    codes: tuple[str, ...]
    others: str
    bring_by: date


@dataclass(frozen=True, slots=True)
class LeftMessage:
    """What the kiosk says to the person at the next scan."""

    mark: ActMark
    message: CounterMessage


@dataclass(frozen=True, slots=True)
class FileActs:
    """All that staff did with a file, oldest first; of what replaces itself, the newest.

    Attributes:
        identity: every check.
        notes: every note.
        impossibilities: every one that was recorded.
        papers_seen: the newest list; None while nobody looked.
        papers_asked: the newest list; None while nothing was asked for.
        message: None when there is none, or it was taken away.
    """

    identity: tuple[IdentityCheck, ...] = ()
    notes: tuple[Note, ...] = ()
    impossibilities: tuple[Impossibility, ...] = ()
    papers_seen: PapersSeen | None = None
    papers_asked: PapersAsked | None = None
    message: LeftMessage | None = None


def labels_of(asked: PapersAsked, papers: Mapping[str, str]) -> tuple[str, ...]:
    """Return what is missing in French.

    Args:
        asked: what is missing.
        papers: of the procedure, code to label.
    """
    return tuple(filter(None, [*(papers.get(code, code) for code in asked.codes), asked.others]))


def cleaned_note(text: str) -> str:
    """Return a note as it is kept: its lines as typed, without what can hide in a text.

    Raises:
        InputError: nothing is left, or it is longer than :data:`LONGEST_NOTE` characters.
    """
    note = harmless(text).strip()
    if not note:
        raise InputError("text", "a note that is not empty")
    if len(note) > LONGEST_NOTE:
        raise InputError("text", f"at most {LONGEST_NOTE} characters, not {len(note)}")
    return note
