"""Closures: what a day, a month or a year came to, recorded in the chain itself (the pattern of cash registers).

A closure counts entries by type between the one before it and the end of its period, names the hash of the last of
them, and carries a total of filings that never resets. So a journal that lost a day says so, even to somebody who only
has the closures.
"""

import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EMPTY_CHAIN, ChainHead, Entry, EntryType

FILING_TYPES = (EntryType.REQUEST_FILED, EntryType.FILING_REPEATED)


class ClosureKind(StrEnum):
    """How long a closure looks back; each kind is numbered and chained on its own."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"

    def period_of(self, day: date) -> str:
        """Return the name of the period that a day lies in: ``2026-11-20``, ``2026-11``, ``2026``."""
        length = {ClosureKind.DAY: 10, ClosureKind.MONTH: 7, ClosureKind.YEAR: 4}[self]
        return day.isoformat()[:length]


@dataclass(frozen=True, slots=True)
class Closure:
    """One closure.

    Attributes:
        kind: day, month or year.
        period: ``2026-11-20``, ``2026-11`` or ``2026``.
        number: 1, 2, 3... without gap within an origin and a kind.
        first_seq: first entry that it counts.
        last_seq: last one; one less than ``first_seq`` when there is none.
        head: hash of the entry ``last_seq``, zeros before the first.
        counts: entries by type.
        perpetual_total: filings since the founding, never reset.
        closed_by: name of the agent, or ``borne``.
    """

    kind: ClosureKind
    period: str
    number: int
    first_seq: int
    last_seq: int
    head: str
    counts: Mapping[str, int]
    perpetual_total: int
    closed_by: str

    @property
    def filings(self) -> int:
        """First filings and repeated ones in this period."""
        return sum(self.counts.get(kind, 0) for kind in FILING_TYPES)

    def facts(self) -> dict[str, JsonValue]:
        """Return what lies beside the entry."""
        return {
            "kind": self.kind.value,
            "period": self.period,
            "number": self.number,
            "first_seq": self.first_seq,
            "last_seq": self.last_seq,
            "head": self.head,
            "counts": dict(sorted(self.counts.items())),
            "perpetual_total": self.perpetual_total,
            "closed_by": self.closed_by,
        }


def closure_of(facts: Mapping[str, JsonValue]) -> Closure:
    """Return the closure that facts describe.

    Raises:
        ValueError: they describe none.
    """
    counts = facts.get("counts")
    if not isinstance(counts, Mapping):
        raise ValueError("no closure: counts are missing")  # noqa: TRY004  # a wrong document is a wrong value
    try:
        return Closure(
            kind=ClosureKind(str(facts["kind"])),
            period=str(facts["period"]),
            number=int(str(facts["number"])),
            first_seq=int(str(facts["first_seq"])),
            last_seq=int(str(facts["last_seq"])),
            head=str(facts["head"]),
            counts={str(kind): int(str(count)) for kind, count in counts.items()},
            perpetual_total=int(str(facts["perpetual_total"])),
            closed_by=str(facts["closed_by"]),
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"no closure: {error}") from error


@dataclass
class ClosureCheck:
    """Follows a chain and tells whether each closure says the truth about what came before it.

    Attributes:
        start: the entry before the first one taken; of an excerpt, a closure is held only against what is in it.
    """

    start: ChainHead = EMPTY_CHAIN
    _types: list[str] = field(default_factory=list)
    _ends: dict[int, str] = field(default_factory=dict)
    _date: date | None = None
    _hash: str = ""
    _latest: dict[ClosureKind, Closure] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._hash = self.start.hash

    @property
    def _seq(self) -> int:
        """Last entry that was taken."""
        return self.start.seq + len(self._types)

    def take(self, entry: Entry, facts: Mapping[str, JsonValue] | None) -> str | None:
        """Take the next entry in; return what is wrong with it if it is a closure, else None.

        Args:
            entry: verified already.
            facts: of a closure; None when it is none, or when its facts were erased.
        """
        fault = self._judged(facts) if facts is not None else None
        if entry.civil_date != self._date:
            self._ends[self._seq] = self._hash  # a day ended here: a closure may name it later
            self._date = entry.civil_date
        self._types.append(sys.intern(entry.type))  # of a million entries, some fifty words
        self._hash = entry.hash
        return fault

    def _judged(self, facts: Mapping[str, JsonValue]) -> str | None:
        try:
            closure = closure_of(facts)
        except ValueError as error:
            return str(error)
        before = self._latest.get(closure.kind)
        self._latest[closure.kind] = closure
        return self._continues(closure, before) or self._counts_right(closure, before)

    def _continues(self, closure: Closure, before: Closure | None) -> str | None:
        if before is None and self.start.seq > 0:
            number, first = closure.number, closure.first_seq  # the closure before it is not in the excerpt
        else:
            number, first = (before.number + 1, before.last_seq + 1) if before else (1, 1)
        if closure.number != number:
            return f"is closure {closure.number} of its kind, not {number}"
        if closure.first_seq != first or not first - 1 <= closure.last_seq <= self._seq:
            return f"counts entries {closure.first_seq} to {closure.last_seq}, not from {first}"
        return None

    def _counts_right(self, closure: Closure, before: Closure | None) -> str | None:
        if closure.first_seq > self.start.seq:
            counted = Counter(self._types[closure.first_seq - self.start.seq - 1 : closure.last_seq - self.start.seq])
            if dict(counted) != dict(closure.counts):
                return f"counts {dict(closure.counts)}, not {dict(counted)}"
        head = self._hash if closure.last_seq == self._seq else self._ends.get(closure.last_seq)
        if closure.head != head and closure.last_seq >= self.start.seq:
            return f"names {closure.head[:16]}... as the head of entry {closure.last_seq}, not {(head or '')[:16]}..."
        total = (before.perpetual_total if before else 0) + closure.filings
        if closure.perpetual_total != total and (before is not None or self.start.seq == 0):
            return f"totals {closure.perpetual_total} filings, not {total}"
        return None
