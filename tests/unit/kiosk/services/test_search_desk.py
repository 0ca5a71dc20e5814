"""The staff's search: for whoever is signed in and awake; exports are for supervisors, recorded and never half."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from kiosk.domain.staff import Role
from kiosk.errors import NotAllowedError, NotSignedInError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EntryType
from kiosk.journal.seal import make_seal
from kiosk.journal.seal_verdict import Verdict
from kiosk.ports.desk import StaffSession
from kiosk.ports.finding import EVERYTHING, ListOrder, RequestFilter
from kiosk.ports.request_search import ListExport, ListFormat
from kiosk.services import list_requests
from tests.fakes.clocks import a_signer
from tests.fakes.kiosks import AKiosk, a_kiosk
from tests.fakes.list_files import AListFile
from tests.fakes.requests import a_request_content
from tests.fakes.staff import signed_in

ALL = ListExport(ListFormat.CSV, EVERYTHING)


@pytest.fixture
def kiosk(tmp_path: Path) -> AKiosk:
    return a_kiosk(tmp_path)


@pytest.fixture
def agent(kiosk: AKiosk) -> StaffSession:
    return signed_in(kiosk.desk)


@pytest.fixture
def chief(kiosk: AKiosk) -> StaffSession:
    return signed_in(kiosk.desk, "b.chef", Role.SUPERVISOR)


def exports(kiosk: AKiosk) -> list[Mapping[str, JsonValue]]:
    return kiosk.facts_of(EntryType.LIST_EXPORTED)


def always(_count: int) -> bool:
    return True


@pytest.mark.parametrize(
    "asks",
    [
        lambda kiosk, session: kiosk.search.find(session, "diallo", EVERYTHING),
        lambda kiosk, session: kiosk.search.page(session, EVERYTHING, ListOrder.NEWEST_FIRST, None),
        lambda kiosk, session: kiosk.search.open_file(session, "38-A2-261120-0001-9"),
        lambda kiosk, session: kiosk.search.export(session, ALL, AListFile(), always),
    ],
)
def test_nothing_is_told_behind_a_lock(
    kiosk: AKiosk, chief: StaffSession, asks: Callable[[AKiosk, StaffSession], object]
) -> None:
    """Nor once the session is over."""
    kiosk.desk.lock(chief)
    with pytest.raises(NotSignedInError):
        asks(kiosk, chief)
    kiosk.desk.sign_out(chief)
    with pytest.raises(NotSignedInError):
        asks(kiosk, chief)


def test_filters_reach_beyond_the_surest_fifty(kiosk: AKiosk, agent: StaffSession) -> None:
    """The only one in Arabic is the last of sixty with that name."""
    for number in range(60):
        language = "ar" if number == 59 else "fr"
        kiosk.file(
            a_request_content(
                birth_name="DIALLO", given_names=(f"N{number:02d}",), foreigner_number=None, language=language
            )
        )
    unfiltered = kiosk.search.find(agent, "diallo", EVERYTHING)
    filtered = kiosk.search.find(agent, "diallo", RequestFilter(language="ar"))

    assert (len(unfiltered.requests), unfiltered.are_all) == (50, False)
    assert ([each.applicant for each in filtered.requests], filtered.are_all) == (["DIALLO N59"], True)


def test_a_genuine_ticket_finds_its_request_whatever_the_filters_say(kiosk: AKiosk, agent: StaffSession) -> None:
    """The paper is in somebody's hand."""
    filed = kiosk.file()
    seal = make_seal(filed.request, filed.filing, "38-A2", a_signer(), "https://centre.example/verify")

    found = kiosk.search.find(agent, seal, RequestFilter(language="ar"))

    assert (found.seal, found.reference) == (Verdict.AUTHENTIC, filed.request.reference)
    assert [each.reference for each in found.requests] == [filed.request.reference]


@pytest.mark.parametrize("slip", [0, -20, -1])
def test_a_ticket_whose_code_was_changed_finds_nobody(kiosk: AKiosk, agent: StaffSession, slip: int) -> None:
    """One character in the body or in the signature, or the end left out: nothing in it can be believed."""
    filed = kiosk.file()
    seal = make_seal(filed.request, filed.filing, "38-A2", a_signer())
    at = seal.index(".") + 12 if slip == 0 else len(seal) + slip
    forged = seal[:-1] if slip == -1 else seal[:at] + ("A" if seal[at] != "A" else "B") + seal[at + 1 :]

    found = kiosk.search.find(agent, forged, EVERYTHING)

    assert (found.requests, found.seal, found.reference) == ((), Verdict.ALTERED, "")


def test_a_genuine_ticket_of_another_machine_is_said(kiosk: AKiosk, agent: StaffSession) -> None:
    """Its request is not here; the reference is."""
    filed = kiosk.file()
    seal = make_seal(filed.request, filed.filing, "38-B1", a_signer())
    reference = "38-B1" + filed.request.reference[5:]

    found = kiosk.search.find(agent, seal, EVERYTHING)

    assert found.seal is Verdict.AUTHENTIC
    assert found.reference in (reference, filed.request.reference)


def test_only_supervisors_and_administrators_export(kiosk: AKiosk, agent: StaffSession) -> None:
    """Not a line is written for an agent, and nothing is recorded as if it were."""
    kiosk.file()
    target = AListFile()

    with pytest.raises(NotAllowedError):
        kiosk.search.export(agent, ALL, target, always)
    assert (target.rows, target.is_kept, exports(kiosk)) == ([], False, [])


def test_an_export_is_recorded_with_who_which_and_how_many(
    kiosk: AKiosk, chief: StaffSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Page by page, all of them, in the order of the list."""
    monkeypatch.setattr(list_requests, "PAGE", 2)
    for name in "ABCDE":
        kiosk.file(a_request_content(birth_name=name, given_names=(), foreigner_number=None))
    target, counts = AListFile(), list[int]()

    def goes_on(count: int) -> bool:
        counts.append(count)
        return True

    export = ListExport(ListFormat.XLSX, RequestFilter(language="fr", service="A"))
    assert kiosk.search.export(chief, export, target, goes_on) == 5
    assert [each.applicant for each in target.rows] == ["E", "D", "C", "B", "A"]
    assert (target.is_finished, target.is_kept, counts) == (True, True, [2, 4, 5, 5])
    assert exports(kiosk) == [
        {
            "account": "b.chef",
            "counter": "1",
            "format": "xlsx",
            "filter": {"language": "fr", "service": "A"},
            "is_searched": False,
            "rows": 5,
            "is_whole": True,
        }
    ]


def test_a_name_that_was_searched_is_not_in_the_journal(kiosk: AKiosk, chief: StaffSession) -> None:
    """Only that something was."""
    for name in ("DIALLO", "KEITA"):
        kiosk.file(a_request_content(birth_name=name, given_names=(), foreigner_number=None))
    target = AListFile()

    assert kiosk.search.export(chief, ListExport(ListFormat.CSV, EVERYTHING, "diallo"), target, always) == 1
    (facts,) = exports(kiosk)
    assert [each.applicant for each in target.rows] == ["DIALLO"]
    assert (facts["is_searched"], "diallo" in str(facts).lower()) == (True, False)


def test_an_export_that_is_given_up_leaves_no_file_and_is_recorded(kiosk: AKiosk, chief: StaffSession) -> None:
    """Also at the very end, when everything was written already."""
    kiosk.file()
    for stops_at in (1, 2):
        asked = list[int]()

        def goes_on(count: int, asked: list[int] = asked, stops_at: int = stops_at) -> bool:
            asked.append(count)
            return len(asked) < stops_at

        target = AListFile()
        assert kiosk.search.export(chief, ALL, target, goes_on) is None
        assert (target.rows, target.is_kept) == ([], False)
    assert [(each["rows"], each["is_whole"]) for each in exports(kiosk)] == [(1, False), (1, False)]


def test_an_export_that_finds_no_room_leaves_no_file_and_is_recorded(kiosk: AKiosk, chief: StaffSession) -> None:
    """The person is told, and the next one may work."""
    kiosk.file()
    target = AListFile(fails_at=0)

    with pytest.raises(OSError, match="no space"):
        kiosk.search.export(chief, ALL, target, always)
    assert (target.is_kept, [each["is_whole"] for each in exports(kiosk)]) == (False, [False])


def test_who_lost_the_role_meanwhile_gets_no_file(kiosk: AKiosk, chief: StaffSession) -> None:
    """The role is looked up again where the export is recorded."""
    kiosk.file()
    target = AListFile()

    asked = list[int]()

    def disabled_meanwhile(count: int) -> bool:
        if not asked:
            kiosk.desk.accounts.disable("b.chef", by="chef")
        asked.append(count)
        return True

    with pytest.raises(NotSignedInError):
        kiosk.search.export(chief, ALL, target, disabled_meanwhile)
    assert (target.rows, target.is_kept, exports(kiosk)) == ([], False, [])
