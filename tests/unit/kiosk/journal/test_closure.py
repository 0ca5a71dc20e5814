from collections.abc import Mapping
from pathlib import Path

import pytest

from kiosk.journal.canonical import JsonValue
from kiosk.journal.closure import ClosureKind, closure_of
from kiosk.journal.entry import EntryType
from kiosk.journal.verification import BreakReason
from kiosk.services.close_period import ClosePeriod
from kiosk.services.recording import EntryWriter
from tests.fakes.kiosks import AKiosk, a_kiosk
from tests.fakes.requests import A_MORNING


def closed_kiosk(folder: Path) -> AKiosk:
    kiosk = a_kiosk(folder)
    kiosk.file()
    ClosePeriod(**kiosk.parts)(ClosureKind.DAY, A_MORNING.date(), by="Claire Martin")
    return kiosk


def append_closure(kiosk: AKiosk, changes: Mapping[str, JsonValue]) -> None:
    """Append what a bad program would: a closure, rightly chained and signed, that says something wrong."""
    parts = kiosk.parts
    writer = EntryWriter(clock=parts["clock"], entropy=parts["entropy"], site=parts["site"])
    with kiosk.store.units() as unit:
        head = unit.journal.head()
        facts: dict[str, JsonValue] = {
            "kind": "day",
            "period": "2026-11-20",
            "number": 2,
            "first_seq": 3,
            "last_seq": head.seq,
            "head": head.hash,
            "counts": {"closure_made": 1},
            "perpetual_total": 1,
            "closed_by": "borne",
        }
        unit.journal.append(writer.draft(EntryType.CLOSURE_MADE, {**facts, **changes}))
        unit.commit()


def test_a_closure_that_continues_the_one_before_verifies(tmp_path: Path) -> None:
    """The base line of the cases below."""
    kiosk = closed_kiosk(tmp_path)
    append_closure(kiosk, {})

    assert kiosk.verified().is_whole


@pytest.mark.parametrize(
    "changes",
    [
        {"number": 3},
        {"first_seq": 2},
        {"last_seq": 9},
        {"counts": {"closure_made": 1, "request_filed": 1}},
        {"counts": {}},
        {"head": "0" * 64},
        {"perpetual_total": 0},
        {"kind": "week"},
        {"counts": "many"},
    ],
)
def test_a_closure_that_does_not_tell_the_truth_is_found(tmp_path: Path, changes: dict[str, JsonValue]) -> None:
    """Number, range, counts, head, total: whoever holds the key cannot make a day that never was."""
    kiosk = closed_kiosk(tmp_path)
    append_closure(kiosk, changes)

    found = kiosk.verified().first_break
    assert found is not None
    assert (found.seq, found.reason) == (4, BreakReason.CLOSURE)


def test_facts_and_closure_are_the_same_thing(tmp_path: Path) -> None:
    """What is written is what is read."""
    kiosk = closed_kiosk(tmp_path)
    with kiosk.store.reading() as unit:
        _, payload = next(unit.journal.newest_of(EntryType.CLOSURE_MADE))
    assert payload is not None

    assert closure_of(payload.facts).facts() == payload.facts


@pytest.mark.parametrize(("kind", "period"), [("day", "2026-11-20"), ("month", "2026-11"), ("year", "2026")])
def test_a_day_lies_in_its_periods(kind: str, period: str) -> None:
    """Periods sort as texts."""
    assert ClosureKind(kind).period_of(A_MORNING.date()) == period
