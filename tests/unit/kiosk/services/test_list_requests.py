"""The list of all requests: in the order in which they came, page by page, and only those that are wanted."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.domain.request import FilingOutcome
from kiosk.domain.request_change import CorrectedField
from kiosk.domain.ticket import ReprintReason, WindowPosition
from kiosk.ports.finding import EVERYTHING, FoundRequest, ListOrder, RequestFilter, RequestState
from kiosk.ports.requests import PersonKey
from kiosk.services import list_requests
from kiosk.services.erase_request import EraseRequest, ErasureReason
from kiosk.services.record_change import ChangeOrder
from kiosk.store import listing_rows
from kiosk.workflows.hall_place import PlaceState
from kiosk.workflows.print_job import PrintState
from tests.fakes.clocks import FixedClock
from tests.fakes.kiosks import AKiosk
from tests.fakes.requests import a_request_content
from tests.fakes.stores import a_store


@pytest.fixture
def kiosk(tmp_path: Path) -> AKiosk:
    return AKiosk(a_store(tmp_path), clock=FixedClock())


def file(kiosk: AKiosk, name: str, **said: object) -> FilingOutcome:
    content = a_request_content(birth_name=name, given_names=(), foreigner_number=None)
    return kiosk.file(replace(content, **said))  # type: ignore[arg-type]


def pages(
    kiosk: AKiosk, wanted: RequestFilter = EVERYTHING, order: ListOrder = ListOrder.NEWEST_FIRST
) -> Iterator[list[str]]:
    beyond = None
    while True:
        page = kiosk.list_all(wanted, order, beyond)
        yield [request.applicant for request in page.requests]
        beyond = page.beyond
        if beyond is None:
            return


def listed(kiosk: AKiosk, wanted: RequestFilter = EVERYTHING, order: ListOrder = ListOrder.NEWEST_FIRST) -> list[str]:
    return [name for page in pages(kiosk, wanted, order) for name in page]


def only(kiosk: AKiosk) -> FoundRequest:
    (found,) = kiosk.list_all(EVERYTHING).requests
    return found


def test_an_empty_machine_lists_nobody(kiosk: AKiosk) -> None:
    """Whatever is asked."""
    assert list(pages(kiosk)) == [[]]
    assert listed(kiosk, RequestFilter(first=date(2026, 1, 1), last=date(2026, 12, 31))) == []


def test_a_line_says_enough_to_choose_and_opens_nothing(kiosk: AKiosk) -> None:
    """Like a finding, without a reason."""
    outcome = kiosk.file()
    before = kiosk.entry_types()

    found = only(kiosk)

    assert (found.reference, found.applicant, found.match) == (outcome.request.reference, "DIALLO Aminata", None)
    assert (found.received, found.language, found.service) == (outcome.request.received, "fr", "A")
    assert (found.state, found.window, found.ticket) == (
        RequestState.OPEN,
        WindowPosition.IN_TIME,
        PrintState.SAVED,
    )
    assert (found.call_number, found.place_state) == ("A001", PlaceState.WAITING)
    assert kiosk.entry_types() == before


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (ListOrder.NEWEST_FIRST, [["G", "F", "E"], ["D", "C", "B"], ["A"]]),
        (ListOrder.OLDEST_FIRST, [["A", "B", "C"], ["D", "E", "F"], ["G"]]),
    ],
)
def test_pages_follow_each_other_without_a_gap(
    kiosk: AKiosk, order: ListOrder, expected: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also while people file: the newest ones are before the first page, or after the last."""
    monkeypatch.setattr(list_requests, "PAGE", 3)
    for name in "ABCDEFG":
        file(kiosk, name)

    assert list(pages(kiosk, order=order)) == expected


def test_who_comes_again_stands_once_where_they_stood(kiosk: AKiosk) -> None:
    """A second visit is no second request."""
    for name in ("A", "B", "A"):
        file(kiosk, name)

    assert listed(kiosk) == ["B", "A"]


def test_few_that_are_wanted_are_found_in_bounded_steps(kiosk: AKiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page may be empty, says how far it looked, and the next one goes on from there."""
    monkeypatch.setattr(listing_rows, "_LOOKED_THROUGH", 2)
    monkeypatch.setattr(list_requests, "_MOST_STEPS", 2)
    file(kiosk, "WANTED", language="ar")
    for number in range(9):
        file(kiosk, f"N{number}")
    arabic = RequestFilter(language="ar")

    first = kiosk.list_all(arabic)
    assert (first.requests, first.looked_to) == ((), date(2026, 11, 20))
    assert [len(page) for page in pages(kiosk, arabic)] == [0, 0, 1]
    assert listed(kiosk, arabic, ListOrder.OLDEST_FIRST) == ["WANTED"]


def test_days_are_first_and_last_day_included(tmp_path: Path) -> None:
    """One request a day, with days on which nobody came."""
    clock = FixedClock()
    kiosk = AKiosk(a_store(tmp_path), clock=clock)
    for name in ("20", "22", "24"):
        file(kiosk, name)
        clock.pass_time(timedelta(days=2))

    def between(first: int | None, last: int | None) -> list[str]:
        wanted = RequestFilter(
            first=date(2026, 11, first) if first else None, last=date(2026, 11, last) if last else None
        )
        assert sorted(listed(kiosk, wanted)) == listed(kiosk, wanted, ListOrder.OLDEST_FIRST)
        return listed(kiosk, wanted)

    assert between(None, None) == ["24", "22", "20"]
    assert between(21, None) == ["24", "22"]
    assert between(None, 23) == ["22", "20"]
    assert between(22, 22) == ["22"]
    assert between(21, 21) == []
    assert between(25, None) == []
    assert between(None, 19) == []


def test_each_choice_leaves_the_others_out(kiosk: AKiosk) -> None:
    """Procedure, language, service and window, alone and together."""
    file(kiosk, "A", language="ar")
    file(kiosk, "B", permit_expires_on=date(2026, 1, 1))
    file(kiosk, "C", permit_expires_on=None)
    other = next(code for code in kiosk.catalogue.procedures if code != "REN-SALARIE")
    file(kiosk, "D", procedure=other)

    assert listed(kiosk, RequestFilter(procedure="REN-SALARIE")) == ["C", "B", "A"]
    assert listed(kiosk, RequestFilter(procedure=other)) == ["D"]
    assert listed(kiosk, RequestFilter(language="ar")) == ["A"]
    assert listed(kiosk, RequestFilter(window=WindowPosition.LATE, procedure="REN-SALARIE")) == ["B"]
    assert listed(kiosk, RequestFilter(window=WindowPosition.UNKNOWN, procedure="REN-SALARIE")) == ["C"]
    assert listed(kiosk, RequestFilter(service="A", language="ar")) == ["A"]
    assert listed(kiosk, RequestFilter(service="Z")) == []


def test_withdrawn_and_erased_requests_are_told_from_open_ones(kiosk: AKiosk) -> None:
    """Erased wins: nothing is known any more of who withdrew it."""
    outcomes = {name: file(kiosk, name) for name in ("OPEN", "WITHDRAWN", "ERASED", "BOTH")}
    references = {name: outcome.request.reference for name, outcome in outcomes.items()}
    for name in ("WITHDRAWN", "BOTH"):
        kiosk.withdraw(ChangeOrder(references[name], f"w-{name}", "fr", has_slip=False))
    for name in ("ERASED", "BOTH"):
        kiosk.print(outcomes[name].filing.print_job_id)
        EraseRequest(**kiosk.parts)(references[name], ErasureReason.RIGHT, by="a.martin")

    assert listed(kiosk, RequestFilter(state=RequestState.OPEN)) == ["OPEN"]
    assert listed(kiosk, RequestFilter(state=RequestState.WITHDRAWN)) == ["WITHDRAWN"]
    assert listed(kiosk, RequestFilter(state=RequestState.ERASED)) == ["", ""]
    erased = kiosk.list_all(RequestFilter(state=RequestState.ERASED)).requests
    assert {(each.reference, each.window) for each in erased} == {
        (references[name], WindowPosition.UNKNOWN) for name in ("ERASED", "BOTH")
    }


def test_a_request_that_was_merged_is_not_open(kiosk: AKiosk) -> None:
    """The earlier one stands for both."""
    kept, merged = file(kiosk, "KEPT").request, file(kiosk, "MERGED").request
    with kiosk.store.units() as unit:
        unit.merges.add(merged.request_id, kept.request_id, PersonKey(None, None), merged.received.utc)
        unit.commit()

    assert listed(kiosk, RequestFilter(state=RequestState.OPEN)) == ["KEPT"]
    assert listed(kiosk, RequestFilter(state=RequestState.MERGED)) == ["MERGED"]


def test_the_newest_ticket_counts_duplicates_included(kiosk: AKiosk) -> None:
    """An unconfirmed ticket that was printed again is not to be printed a third time."""
    outcome = kiosk.file()
    kiosk.print(outcome.filing.print_job_id)
    assert only(kiosk).ticket is PrintState.CONFIRMED

    again = kiosk.order_reprint(outcome.request.reference, agent="a.martin", reason=ReprintReason.LOST)
    assert only(kiosk).ticket is PrintState.SAVED
    assert listed(kiosk, RequestFilter(ticket=PrintState.CONFIRMED)) == []
    kiosk.print(again.print_job_id)
    assert listed(kiosk, RequestFilter(ticket=PrintState.CONFIRMED)) == ["DIALLO Aminata"]


def test_a_corrected_request_is_listed_as_it_stands(kiosk: AKiosk) -> None:
    """The name that an agent put right, and the window that the right birth date gives."""
    reference = kiosk.file().request.reference
    order = ChangeOrder(reference, "c1", "fr")
    kiosk.correct(order, {CorrectedField.BIRTH_NAME: "DIALLO BA"}, agent="a.martin", reason="passeport")

    assert only(kiosk).applicant == "DIALLO BA Aminata"
