"""What staff at a hub order of a printer: done once, refused when it says nothing that can be done."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kiosk.errors import InputError
from kiosk.journal.canonical import JsonValue
from kiosk.ports.centre import CentreUpdate, UpdateKind
from kiosk.ports.printer_test import PrintOrder
from kiosk.services.tend_as_ordered import TENDED_WITHIN, TendAsOrdered
from kiosk.store.printer_test_file import PrinterTestFile
from tests.fakes.kiosks import AKiosk
from tests.fakes.requests import A_MORNING
from tests.fakes.stores import a_store

WHO = "a.martin@HUB-38"


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[AKiosk]:
    found = AKiosk(a_store(tmp_path))
    yield found
    found.store.close()


def an_update(kind: UpdateKind, content: dict[str, JsonValue], at: datetime = A_MORNING) -> CentreUpdate:
    return CentreUpdate(1, kind, at, content, b"{}")


def tending(kiosk: AKiosk, folder: Path) -> TendAsOrdered:
    return TendAsOrdered(kiosk.change_roll, PrinterTestFile(folder), kiosk.clock)


@pytest.mark.parametrize(
    "content",
    [
        {"tickets": 40},
        {"account": "", "tickets": 40},
        {"account": WHO, "tickets": 0},
        {"account": WHO, "tickets": 10_001},
        {"account": WHO, "tickets": "forty"},
    ],
)
def test_a_roll_that_says_nothing_is_refused(kiosk: AKiosk, tmp_path: Path, content: dict[str, JsonValue]) -> None:
    """Without a name, or with a number of tickets that no roll gives."""
    with kiosk.store.units() as unit, pytest.raises(InputError):
        tending(kiosk, tmp_path).change_roll(unit, an_update(UpdateKind.NEW_ROLL, content))


@pytest.mark.parametrize("content", [{"order": "x"}, {"account": WHO}, {"account": WHO, "order": 7}])
def test_a_test_that_says_nothing_is_refused(kiosk: AKiosk, tmp_path: Path, content: dict[str, JsonValue]) -> None:
    """Which, and for whom."""
    with pytest.raises(InputError):
        tending(kiosk, tmp_path).test_asked(an_update(UpdateKind.TEST_PRINT, content))


def test_what_nobody_waits_for_any_more_is_refused(kiosk: AKiosk, tmp_path: Path) -> None:
    """By the hour of the order."""
    content: dict[str, JsonValue] = {"account": WHO, "order": "x"}
    old = an_update(UpdateKind.TEST_PRINT, content, A_MORNING - TENDED_WITHIN - timedelta(seconds=1))
    with pytest.raises(InputError, match="issued_at"):
        tending(kiosk, tmp_path).test_asked(old)


def test_a_test_is_left_to_what_prints_under_its_own_name(kiosk: AKiosk, tmp_path: Path) -> None:
    """From the moment at which it came, by this machine's clock."""
    tend = tending(kiosk, tmp_path)
    tend.put(tend.test_asked(an_update(UpdateKind.TEST_PRINT, {"account": WHO, "order": "x"})))

    assert PrinterTestFile(tmp_path).take() == PrintOrder("x", WHO, kiosk.clock.read().utc)
