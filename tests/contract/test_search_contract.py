"""The staff's search answers the same on a kiosk's own store and over HTTP at a hub, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from kiosk.domain.request import FilingOutcome
from kiosk.domain.request_change import Completion, CorrectedField
from kiosk.domain.search import Match
from kiosk.domain.staff import Role
from kiosk.domain.ticket import WindowPosition
from kiosk.errors import InputError, NotAllowedError, NotSignedInError
from kiosk.journal.seal import make_seal
from kiosk.journal.seal_verdict import Verdict
from kiosk.ports.desk import StaffSession
from kiosk.ports.finding import EVERYTHING, ListOrder, RequestFilter, RequestState
from kiosk.ports.request_search import ListExport, ListFormat
from kiosk.services import list_requests
from kiosk.services.record_change import ChangeOrder
from kiosk.store import listing_rows
from kiosk.workflows.hall_place import PlaceState
from kiosk.workflows.print_job import PrintState
from sync.central.hall import listing
from tests.fakes.clocks import a_signer
from tests.fakes.list_files import AListFile
from tests.fakes.postgres import a_new_centre_s_database
from tests.fakes.requests import a_request_content
from tests.fakes.searches import ASearch, a_search_at_a_hub, a_search_of_a_kiosk

OLDEST_FIRST = ListOrder.OLDEST_FIRST
_DAY = timedelta(days=1)


def _file(at: ASearch, name: str, **said: Any) -> FilingOutcome:
    usual = a_request_content(birth_name=name, given_names=(), foreigner_number=None)
    outcome = at.kiosk.file(replace(usual, **said))
    at.people[name] = outcome.request.reference
    at.kiosk.pass_time(timedelta(seconds=1))
    return outcome


def _fill(at: ASearch) -> None:
    """Let people of many tongues file, and let something happen to some of them later."""
    kiosk = at.kiosk
    _file(at, "DIALLO", phone="06 12 34 56 78", foreigner_number="9912345678", permit_expires_on=date(2026, 1, 1))
    _file(at, "Ковальчук", language="ru")
    _file(at, "محمد", language="ar")
    usual = a_request_content(birth_name="Nguyễn", given_names=("Thị",), usage_name="Martin", foreigner_number=None)
    at.people["Nguyễn"] = kiosk.file(usual).request.reference
    kiosk.pass_time(_DAY)
    printed = _file(at, "PRINTED", procedure=_another_procedure(at))
    kiosk.print(printed.filing.print_job_id)
    for name in ("WITHDRAWN", "WRONG", "LATER"):
        _file(at, name)
    kiosk.expire(_file(at, "ERASED").filing.print_job_id)  # a ticket that may still be printed keeps a request
    at.send()  # what happens next comes with another batch
    kiosk.withdraw(ChangeOrder(at.people["WITHDRAWN"], "w", "fr"))
    right = {CorrectedField.BIRTH_NAME: "Żółć", CorrectedField.FOREIGNER_NUMBER: "5551234567"}
    kiosk.correct(ChangeOrder(at.people["WRONG"], "c", "fr"), right, agent="a.martin", reason="passeport")
    kiosk.complete(ChangeOrder(at.people["LATER"], "p", "fr"), Completion(phone="+33 7 99 88 77 66"))
    at.send()
    at.erase(at.people["ERASED"])


def _another_procedure(at: ASearch) -> str:
    return next(code for code in at.kiosk.catalogue.procedures if code != "REN-SALARIE")


@pytest.fixture(scope="module", params=["kiosk", "hub", "hub_on_postgresql"])
def at(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ASearch]:
    """A search of each kind, and the same people behind it."""
    folder = tmp_path_factory.mktemp("search")
    with ExitStack() as stack:
        if request.param == "kiosk":
            found = stack.enter_context(a_search_of_a_kiosk(folder))
        else:
            on_postgres = request.param == "hub_on_postgresql"
            database = a_new_centre_s_database(request.getfixturevalue("postgres")) if on_postgres else ""
            found = stack.enter_context(a_search_at_a_hub(folder, database))
        _fill(found)
        yield found


@pytest.fixture(scope="module")
def agent(at: ASearch) -> StaffSession:
    """Somebody at a counter."""
    return at.sign_in("a.martin")


@pytest.fixture(scope="module")
def chief(at: ASearch) -> StaffSession:
    """Somebody who may export."""
    return at.sign_in("s.blanc", Role.SUPERVISOR)


def _names(at: ASearch, requests: Any) -> list[str]:
    by_reference = {reference: name for name, reference in at.people.items()}
    return [by_reference[request.reference] for request in requests]


@pytest.mark.parametrize(
    ("typed", "name", "match"),
    [
        ("diallo", "DIALLO", Match.NAME),
        ("0612345678", "DIALLO", Match.PHONE),
        ("+33 6 12 34", "DIALLO", Match.PHONE),
        ("99123456", "DIALLO", Match.FOREIGNER_NUMBER),
        ("kovalchuk", "Ковальчук", Match.NAME),
        ("Ковал", "Ковальчук", Match.NAME),
        ("Mohamed", "محمد", Match.SOUND_OF_NAME),
        ("nguyen thi", "Nguyễn", Match.NAME),
        ("thi nguyen", "Nguyễn", Match.NAME),
        ("martin", "Nguyễn", Match.NAME),
        ("zolc", "WRONG", Match.NAME),
        ("5551234567", "WRONG", Match.FOREIGNER_NUMBER),
        ("07 99 88 77 66", "LATER", Match.PHONE),
        ("A001", "PRINTED", Match.CALL_NUMBER),
        ("a 2", "WITHDRAWN", Match.CALL_NUMBER),
    ],
)
def test_people_are_found_by_whatever_staff_know_of_them(
    at: ASearch, agent: StaffSession, typed: str, name: str, match: Match
) -> None:
    """In any script, by a number of today's hall, and by what was put right or added later."""
    found = at.search.find(agent, typed, EVERYTHING)

    assert (_names(at, found.requests)[:1], found.requests[0].match) == ([name], match)
    assert (found.are_all, found.seal) == (True, None)


@pytest.mark.parametrize("typed", ["erased", "wrong", "\0", "%", "😀", "x" * 5000, "38-A2-261120-9999-9", "A999"])
def test_nobody_is_found_by_what_nobody_is(at: ASearch, agent: StaffSession, typed: str) -> None:
    """Neither by the name that was erased, nor by the one that was wrong."""
    assert not at.search.find(agent, typed, EVERYTHING).requests


def test_a_reference_is_found_whole_mistyped_and_by_a_part(at: ASearch, agent: StaffSession) -> None:
    """Also by its end alone, as it is read out from a ticket."""
    reference = at.people["DIALLO"]
    mistyped = reference.replace("0001", "0007")
    how = {typed: at.search.find(agent, typed, EVERYTHING).requests for typed in (reference, mistyped, reference[6:17])}

    assert [found[0].reference for found in how.values()] == [reference] * 3
    assert [found[0].match for found in how.values()] == [Match.REFERENCE, Match.SUGGESTION, Match.PART_OF_REFERENCE]


def test_a_line_says_enough_to_choose(at: ASearch, agent: StaffSession) -> None:
    """The names as they stand, the place of today, the ticket, the window."""
    by_name = {name: at.search.find(agent, at.people[name], EVERYTHING).requests[0] for name in at.people}
    diallo, printed = by_name["DIALLO"], by_name["PRINTED"]

    assert (diallo.applicant, diallo.procedure, diallo.service) == ("DIALLO", "REN-SALARIE", "A")
    assert (diallo.received_on, diallo.received.zone) == (date(2026, 11, 20), "Europe/Paris")
    assert (diallo.window, diallo.language, diallo.call_number) == (WindowPosition.LATE, "fr", "")
    assert (printed.ticket, printed.call_number, printed.place_state) == (
        PrintState.CONFIRMED,
        "A001",
        PlaceState.WAITING,
    )
    assert by_name["WRONG"].applicant == "Żółć"
    assert by_name["Nguyễn"].applicant == "Nguyễn Thị"
    assert (by_name["ERASED"].applicant, by_name["ERASED"].state) == ("", RequestState.ERASED)
    assert by_name["WITHDRAWN"].is_withdrawn


def test_filters_leave_the_others_out(at: ASearch, agent: StaffSession) -> None:
    """Each, and two together; the day is that of the site."""

    def listed(**wanted: Any) -> list[str]:
        return _names(at, at.listed(agent, RequestFilter(**wanted), OLDEST_FIRST))

    assert listed(language="ar") == ["محمد"]
    assert listed(procedure=_another_procedure(at)) == ["PRINTED"]
    assert listed(ticket=PrintState.CONFIRMED) == ["PRINTED"]
    assert listed(state=RequestState.WITHDRAWN) == ["WITHDRAWN"]
    assert listed(state=RequestState.ERASED) == ["ERASED"]
    assert listed(state=RequestState.MERGED) == []
    assert listed(window=WindowPosition.LATE) == ["DIALLO"]
    assert listed(last=date(2026, 11, 20)) == ["DIALLO", "Ковальчук", "محمد", "Nguyễn"]
    assert listed(first=date(2026, 11, 21), state=RequestState.OPEN) == ["PRINTED", "WRONG", "LATER"]
    assert listed(first=date(2026, 11, 22)) == []
    assert listed(service="Z") == []
    assert _names(at, at.search.find(agent, "nguyen", RequestFilter(language="ar")).requests) == []


def test_pages_follow_each_other_in_either_order(
    at: ASearch, agent: StaffSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody twice, nobody left out, however short pages and steps are; and a place that is none is refused."""
    monkeypatch.setattr(list_requests, "PAGE", 2)
    for module in (listing_rows, listing):
        monkeypatch.setattr(module, "_LOOKED_THROUGH", 3)
    newest, oldest = at.listed(agent), at.listed(agent, order=OLDEST_FIRST)
    first = at.search.page(agent, EVERYTHING, ListOrder.NEWEST_FIRST, None)

    assert _names(at, oldest) == list(at.people)
    assert list(reversed(newest)) == oldest
    assert (len(first.requests), first.looked_to) == (2, date(2026, 11, 21))
    with pytest.raises(InputError):
        at.search.page(agent, EVERYTHING, ListOrder.NEWEST_FIRST, "nowhere")


def test_a_filter_that_fits_few_looks_on_in_bounded_steps(
    at: ASearch, agent: StaffSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page may be empty; it says how far it looked."""
    for module in (listing_rows, listing):
        monkeypatch.setattr(module, "_LOOKED_THROUGH", 2)
    monkeypatch.setattr(list_requests, "_MOST_STEPS", 1)
    late = RequestFilter(window=WindowPosition.LATE)
    page = at.search.page(agent, late, ListOrder.NEWEST_FIRST, None)

    assert (page.requests, page.looked_to) == ((), date(2026, 11, 21))
    assert _names(at, at.listed(agent, late)) == ["DIALLO"]


def test_a_scanned_ticket_finds_its_request_and_a_forged_one_nobody(at: ASearch, agent: StaffSession) -> None:
    """Whatever the filters say: the paper is in somebody's hand."""
    with at.kiosk.store.reading() as unit:
        request_id = unit.requests.by_reference(at.people["DIALLO"])
        assert request_id is not None
        request = unit.requests.get(request_id)
    seal = make_seal(request, request.filings[0], "38-A2", a_signer(), "https://centre.example/verify")
    found = at.search.find(agent, seal, RequestFilter(language="ar"))
    forged = at.search.find(agent, seal[:-20] + ("A" if seal[-20] != "A" else "B") + seal[-19:], EVERYTHING)

    assert (found.seal, found.reference, _names(at, found.requests)) == (
        Verdict.AUTHENTIC,
        at.people["DIALLO"],
        ["DIALLO"],
    )
    assert (forged.requests, forged.seal, forged.reference) == ((), Verdict.ALTERED, "")


def test_opening_a_file_is_one_entry(at: ASearch, agent: StaffSession) -> None:
    """Whoever looks at the search alone leaves none."""
    reference = at.people["Ковальчук"]
    at.search.find(agent, reference, EVERYTHING)
    at.search.page(agent, EVERYTHING, ListOrder.NEWEST_FIRST, None)
    file = at.search.open_file(agent, reference)

    assert file.content.identity.birth_name == "Ковальчук"
    assert [line.type for line in file.timeline].count("file_opened") == 1
    with pytest.raises(InputError):
        at.search.open_file(agent, "38-A2-261120-9999-9")


def test_an_export_is_for_supervisors_whole_and_recorded(
    at: ASearch, agent: StaffSession, chief: StaffSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who, which list, how many lines; never what was typed."""
    monkeypatch.setattr(list_requests, "PAGE", 4)
    refused, whole, searched = AListFile(), AListFile(), AListFile()
    before = len(at.exports())
    with pytest.raises(NotAllowedError):
        at.search.export(agent, ListExport(ListFormat.CSV, EVERYTHING), refused, lambda _count: True)
    counts = list[int]()

    def goes_on(count: int) -> bool:
        counts.append(count)
        return True

    everything = ListExport(ListFormat.XLSX, RequestFilter(service="A"), order=OLDEST_FIRST)
    count = at.search.export(chief, everything, whole, goes_on)
    at.search.export(chief, ListExport(ListFormat.CSV, EVERYTHING, "diallo"), searched, lambda _count: True)

    assert (refused.rows, refused.is_kept) == ([], False)
    assert (_names(at, whole.rows), count, whole.is_kept) == (list(at.people), len(at.people), True)
    assert counts == [4, 8, 9, 9]
    assert (_names(at, searched.rows), searched.is_kept) == (["DIALLO"], True)
    who = {"account": "s.blanc", "counter": "1"}
    assert at.exports()[before:] == [
        {**who, "format": "xlsx", "filter": {"service": "A"}, "is_searched": False, "rows": 9, "is_whole": True},
        {**who, "format": "csv", "filter": {}, "is_searched": True, "rows": 1, "is_whole": True},
    ]


def test_an_export_that_ends_early_leaves_no_file_and_is_recorded(
    at: ASearch, chief: StaffSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given up, or without room on the disk: with the lines that somebody had seen by then."""
    monkeypatch.setattr(list_requests, "PAGE", 4)
    given_up, full = AListFile(), AListFile(fails_at=5)
    before = len(at.exports())
    export = ListExport(ListFormat.CSV, EVERYTHING)

    assert at.search.export(chief, export, given_up, lambda count: count < 4) is None
    with pytest.raises(OSError, match="no space"):
        at.search.export(chief, export, full, lambda _count: True)
    assert (given_up.rows, given_up.is_kept, full.rows, full.is_kept) == ([], False, [], False)
    assert [facts["is_whole"] for facts in at.exports()[before:]] == [False, False]
    assert [facts["rows"] for facts in at.exports()[before:]][:1] == [4]


def test_nothing_is_told_behind_a_lock(at: ASearch) -> None:
    """Nor once the session is over; an export leaves no file."""
    session, target = at.sign_in("l.verrou", Role.SUPERVISOR), AListFile()
    for end in (at.desk.lock, at.desk.sign_out):
        end(session)
        for ask in (
            lambda: at.search.find(session, "diallo", EVERYTHING),
            lambda: at.search.page(session, EVERYTHING, ListOrder.NEWEST_FIRST, None),
            lambda: at.search.open_file(session, at.people["DIALLO"]),
            lambda: at.search.export(session, ListExport(ListFormat.CSV, EVERYTHING), target, lambda _count: True),
        ):
            with pytest.raises(NotSignedInError):
                ask()
    assert (target.rows, target.is_kept) == ([], False)
