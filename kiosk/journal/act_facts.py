"""The facts that lie beside the entries of what staff did with a file."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Final, TypeVar

from kiosk.domain.file_act import (
    ActMark,
    CounterMessage,
    FileActs,
    IdentityCheck,
    IdentityResult,
    Impossibility,
    ImpossibilityGround,
    LeftMessage,
    Note,
    PapersAsked,
    PapersSeen,
)
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import Entry, EntryType, Payload

# What they say of somebody goes with the rest of that person's data.
ACT_TYPES: Final = (
    EntryType.IDENTITY_CHECKED,
    EntryType.NOTE_ADDED,
    EntryType.IMPOSSIBILITY_RECORDED,
    EntryType.PAPERS_CHECKED,
    EntryType.PAPERS_ASKED,
    EntryType.MISSING_LISTED,
    EntryType.MESSAGE_LEFT,
)
# In the facts of a kiosk's entry: the hub's entry whose act it repeats, so that who reads both counts one.
FOLLOWS: Final = "follows"
_KINDS: Final = frozenset(kind.value for kind in ACT_TYPES)

_Entries = Sequence[tuple[str, ActMark, Mapping[str, JsonValue]]]
_Act = TypeVar("_Act")


def is_act(entry: Entry) -> bool:
    """Whether an entry says what staff did with a file."""
    return entry.type in _KINDS


def asked_facts(codes: Sequence[str], others: str, bring_by: date) -> dict[str, JsonValue]:
    """Return what is missing, and until when it may be brought."""
    facts: dict[str, JsonValue] = {"missing": [*codes], "bring_by": bring_by.isoformat()}
    return facts | {"others": others} if others else facts


def acts_in(entries: Iterable[tuple[Entry, Payload | None]]) -> FileActs:
    """Return what staff did, from the entries about a request in their order.

    What was erased, or was said in words of a newer version, is left out.
    """
    there = ((entry, payload) for entry, payload in entries if payload is not None)
    return acts_told((entry.type, entry.recorded_at, payload.facts) for entry, payload in there)


def acts_told(lines: Iterable[tuple[str, datetime, Mapping[str, JsonValue]]]) -> FileActs:
    """Return what staff did, from the lines of a file's history: type, instant, and facts, none once erased."""
    told = [
        (kind, ActMark(at, str(facts.get("by", ""))), facts) for kind, at, facts in lines if facts and kind in _KINDS
    ]
    seen = _made(told, EntryType.PAPERS_CHECKED, lambda mark, facts: PapersSeen(mark, _codes(facts, "seen")))
    asked = _made(told, EntryType.PAPERS_ASKED, asked_from_facts)
    return FileActs(
        identity=_made(told, EntryType.IDENTITY_CHECKED, _identity),
        notes=_made(told, EntryType.NOTE_ADDED, lambda mark, facts: Note(mark, str(facts.get("text", "")))),
        impossibilities=_made(told, EntryType.IMPOSSIBILITY_RECORDED, _impossibility),
        papers_seen=seen[-1] if seen else None,
        papers_asked=asked[-1] if asked and asked[-1].codes + tuple(filter(None, [asked[-1].others])) else None,
        message=_message(told),
    )


def _made(
    told: _Entries, kind: EntryType, make: Callable[[ActMark, Mapping[str, JsonValue]], _Act]
) -> tuple[_Act, ...]:
    found = []
    for told_kind, mark, facts in told:
        if told_kind == kind:
            try:
                found.append(make(mark, facts))
            except ValueError:  # a word of a newer version
                continue
    return tuple(found)


def _identity(mark: ActMark, facts: Mapping[str, JsonValue]) -> IdentityCheck:
    return IdentityCheck(mark, IdentityResult(str(facts.get("result"))))


def _impossibility(mark: ActMark, facts: Mapping[str, JsonValue]) -> Impossibility:
    return Impossibility(mark, ImpossibilityGround(str(facts.get("ground"))), str(facts.get("detail", "")))


def asked_from_facts(mark: ActMark, facts: Mapping[str, JsonValue]) -> PapersAsked:
    """Return what is missing, as :func:`asked_facts` wrote it.

    Raises:
        ValueError: no day stands there.
    """
    bring_by = date.fromisoformat(str(facts.get("bring_by")))
    return PapersAsked(mark, _codes(facts, "missing"), str(facts.get("others", "")), bring_by)


def _message(told: _Entries) -> LeftMessage | None:
    left = [(mark, facts.get("message")) for kind, mark, facts in told if kind == EntryType.MESSAGE_LEFT]
    if not left or not left[-1][1]:
        return None
    mark, message = left[-1]
    try:
        return LeftMessage(mark, CounterMessage(str(message)))
    except ValueError:
        return None


def _codes(facts: Mapping[str, JsonValue], name: str) -> tuple[str, ...]:
    codes = facts.get(name)
    return tuple(map(str, codes)) if isinstance(codes, Sequence) and not isinstance(codes, str) else ()
