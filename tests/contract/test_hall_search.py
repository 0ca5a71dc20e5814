"""The search of a hall at its hub: whose requests it finds, and what becomes of lists on their way to a counter."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa

from kiosk.domain.file_act import IdentityResult
from kiosk.domain.request_change import Completion, CorrectedField
from kiosk.domain.staff import Role
from kiosk.errors import HubLostError, InputError, NotAllowedError, NotSignedInError
from kiosk.journal.entry import EntryType
from kiosk.ports.finding import EVERYTHING, ListOrder
from kiosk.ports.request_search import ListExport, ListFormat
from kiosk.services import list_requests
from sync.central.desk.accounts import disable_account
from sync.central.hall.exports import ABANDONED_AFTER
from sync.central.hall.search import HubSearch
from sync.central.hall.work_doors import file_work_at
from sync.central.tables import hall_exports
from sync.client.hub_search import HttpSearch
from tests.fakes.clocks import FixedClock
from tests.fakes.fault_proxy import Fault, a_fault_proxy
from tests.fakes.halls import A_HALL, AHall, a_hall, a_hub_at_work, a_kiosk_of_the_site
from tests.fakes.kiosks import AKiosk
from tests.fakes.list_files import AListFile
from tests.fakes.requests import a_request_content
from tests.fakes.staff import A_PASSWORD, COUNTERS

ALL = ListExport(ListFormat.CSV, EVERYTHING)


class ASite:
    """Two kiosks, whose people file by turns, and their hub."""

    def __init__(self, hall: AHall, kiosks: tuple[AKiosk, AKiosk], clock: FixedClock) -> None:
        self.hall, self.kiosks, self.clock = hall, kiosks, clock
        self.search = HubSearch(hall.bench)

    def file(self, *names: str) -> list[str]:
        """Let people file, the first at the first kiosk, and send; return their references."""
        filed = []
        for rank, name in enumerate(names):
            self.clock.pass_time(timedelta(seconds=1))
            content = a_request_content(birth_name=name, given_names=(), foreigner_number=None)
            filed.append(self.kiosks[rank % 2].file(content).request.reference)
        for kiosk in self.kiosks:
            self.hall.take(kiosk)
        return filed

    def listed(self, token: str) -> list[str]:
        """Return the newest names of the list."""
        page = self.search.page(token, EVERYTHING, ListOrder.NEWEST_FIRST, None)
        return [request.applicant for request in page.requests]

    def recorded(self) -> list[tuple[object, object, object]]:
        """Return of each list that left: who had it, how many lines, whether all."""
        found = self.hall.own_facts(EntryType.LIST_EXPORTED)
        return [(facts["account"], facts["rows"], facts["is_whole"]) for facts in found]


@pytest.fixture
def site(tmp_path: Path, database: str, request: pytest.FixtureRequest) -> Iterator[ASite]:
    """A site whose hub runs on each kind of database; the test may say which kiosks stand in the hall."""
    clock = FixedClock()
    kiosks = (a_kiosk_of_the_site(tmp_path / "a2", "A2"), a_kiosk_of_the_site(tmp_path / "b1", "B1"))
    for kiosk in kiosks:
        kiosk.clock = clock
    hall_site = replace(A_HALL, kiosks=getattr(request, "param", ()))
    with a_hall(tmp_path, database, now=lambda: clock.utc, hall=hall_site) as hall:
        yield ASite(hall, kiosks, clock)
    for kiosk in kiosks:
        kiosk.store.close()


def test_one_list_and_one_box_are_for_all_kiosks_of_the_hall(site: ASite) -> None:
    """In order of receipt; a part of a reference that two kiosks gave finds both."""
    first, second = site.file("A", "B", "C", "D")[:2]
    token = site.hall.sign_in()
    found = site.search.find(token, first[6:17], EVERYTHING)

    assert first[6:17] == second[6:17]
    assert site.listed(token) == ["D", "C", "B", "A"]
    assert {request.reference for request in found.requests} == {first, second}


@pytest.mark.parametrize("site", [("38-A2",)], indirect=True)
def test_what_others_filed_who_send_here_is_not_found(site: ASite) -> None:
    """Neither by name, number of the day or reference, nor in the list, nor in a file; nor is it opened."""
    ours, theirs = site.file("OURS", "THEIRS")
    token = site.hall.sign_in("s.blanc", Role.SUPERVISOR)
    for typed in ("theirs", theirs, theirs[:12], theirs.replace("0001", "0002")):
        assert theirs not in [each.reference for each in site.search.find(token, typed, EVERYTHING).requests]

    assert [each.reference for each in site.search.find(token, "A001", EVERYTHING).requests] == [ours]
    assert site.listed(token) == ["OURS"]
    assert [each.applicant for each in site.search.exports.begin(token, ALL).requests] == ["OURS"]
    with pytest.raises(InputError):
        site.hall.desk.open_file(token, theirs)
    assert site.hall.desk.open_file(token, ours).content.identity.birth_name == "OURS"


def test_a_name_that_a_counter_puts_right_is_found_at_once(site: ASite) -> None:
    """Nobody waits for the kiosk to follow; the wrong name finds nobody any more."""
    (reference,) = site.file("WRONG")
    token = site.hall.sign_in()
    session, files = site.hall.desk.session(token), file_work_at(site.hall.bench)
    files.check_identity(session, reference, IdentityResult.MATCH)
    files.correct(session, reference, {CorrectedField.BIRTH_NAME: "Ковальчук"}, "passeport vu")
    files.complete(session, reference, Completion(phone="07 99 88 77 66"))
    found = {typed: site.search.find(token, typed, EVERYTHING).requests for typed in ("kovalchuk", "079988", "wrong")}

    assert [[each.applicant for each in requests] for requests in found.values()] == [["Ковальчук"], ["Ковальчук"], []]


def test_an_export_belongs_to_who_began_it_and_ends_after_its_last_line(
    site: ASite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not whole before, and has no lines after; a name that was typed is kept nowhere."""
    monkeypatch.setattr(list_requests, "PAGE", 2)
    site.file("A", "B", "C")
    chief, other = site.hall.sign_in("s.blanc", Role.SUPERVISOR), site.hall.sign_in("b.noir", Role.SUPERVISOR)
    agent, exports = site.hall.sign_in(), site.search.exports
    with pytest.raises(NotAllowedError):
        exports.begin(agent, ALL)
    sent = exports.begin(chief, ALL)
    for refused in (
        lambda: exports.more(other, sent.export_id),
        lambda: exports.end(other, sent.export_id, is_whole=False),
        lambda: exports.more(chief, "none"),
        lambda: exports.end(chief, sent.export_id, is_whole=True),
    ):
        with pytest.raises(InputError):
            refused()
    more = exports.more(chief, sent.export_id)
    with pytest.raises(InputError):
        exports.more(chief, sent.export_id)
    exports.end(chief, sent.export_id, is_whole=True)
    with pytest.raises(InputError):
        exports.end(chief, sent.export_id, is_whole=True)
    exports.begin(chief, ListExport(ListFormat.CSV, EVERYTHING, "durandal"))

    assert [each.applicant for each in (*sent.requests, *more.requests)] == ["C", "B", "A"]
    assert (sent.is_last, more.is_last) == (False, True)
    assert site.recorded() == [("s.blanc", 3, True)]
    with site.hall.centre.engine.connect() as connection:
        assert "durandal" not in str(connection.execute(sa.select(hall_exports)).all())
    assert site.hall.verified().is_whole


def test_an_export_whose_counter_is_gone_is_recorded_with_what_it_had(
    site: ASite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once, by whoever lists something later; an export that goes on is not."""
    monkeypatch.setattr(list_requests, "PAGE", 2)
    site.file("A", "B", "C")
    chief, agent = site.hall.sign_in("s.blanc", Role.SUPERVISOR), site.hall.sign_in()
    site.search.exports.begin(chief, ALL)
    site.clock.pass_time(ABANDONED_AFTER + timedelta(seconds=1))
    going_on = site.search.exports.begin(chief, ALL)
    site.listed(agent)
    site.listed(agent)

    assert site.recorded() == [("s.blanc", 2, False)]
    assert not going_on.is_last
    assert site.search.exports.more(chief, going_on.export_id).is_last


def test_who_may_not_any_more_gets_no_further_line(site: ASite, monkeypatch: pytest.MonkeyPatch) -> None:
    """What went out by then is recorded all the same."""
    monkeypatch.setattr(list_requests, "PAGE", 2)
    site.file("A", "B", "C")
    chief = site.hall.sign_in("s.blanc", Role.SUPERVISOR)
    sent = site.search.exports.begin(chief, ALL)
    disable_account(site.hall.centre, "s.blanc", by="test")
    for refused in (
        lambda: site.search.exports.more(chief, sent.export_id),
        lambda: site.search.exports.end(chief, sent.export_id, is_whole=True),
    ):
        with pytest.raises(NotSignedInError):
            refused()
    site.clock.pass_time(ABANDONED_AFTER + timedelta(seconds=1))
    site.listed(site.hall.sign_in())

    assert site.recorded() == [("s.blanc", 2, False)]


def test_a_link_that_is_lost_in_the_middle_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The counter is told; nothing is found meanwhile; the hub records what it had sent."""
    monkeypatch.setattr(list_requests, "PAGE", 2)
    clock, target = FixedClock(), AListFile()
    kiosk = a_kiosk_of_the_site(tmp_path / "a2", "A2")
    kiosk.clock = clock
    with a_hub_at_work(tmp_path, lambda: clock.utc) as hub, a_fault_proxy(urlsplit(hub.running.url).port or 0) as line:
        for name in "ABCDE":
            kiosk.file(a_request_content(birth_name=name, given_names=(), foreigner_number=None))
        hub.take(kiosk)
        line.calm()
        link = hub.link(line.url, 2.0)
        desk = hub.http_desk(link)
        search = HttpSearch(link, desk.open_file)
        chief = desk.sign_in(hub.account("s.blanc", Role.SUPERVISOR), A_PASSWORD, COUNTERS[0])

        def cut(count: int) -> bool:
            if count == 4:
                line.always(Fault.RESET_BEFORE_RESPONSE)
            return True

        with pytest.raises(HubLostError) as lost:
            search.export(chief, ALL, target, cut)
        with pytest.raises(HubLostError):
            search.find(chief, "A", EVERYTHING)
        line.calm()
        desk.hall(chief)
        clock.pass_time(ABANDONED_AFTER + timedelta(seconds=1))
        found = search.page(chief, EVERYTHING, ListOrder.NEWEST_FIRST, None)
        recorded = hub.own_facts(EntryType.LIST_EXPORTED)
    kiosk.store.close()

    assert (target.rows, target.is_kept, lost.value.may_be_done) == ([], False, False)
    assert [each.applicant for each in found.requests] == ["E", "D"]
    # The last line went out as well, as far as the hub can know.
    assert [(facts["account"], facts["rows"], facts["is_whole"]) for facts in recorded] == [("s.blanc", 5, False)]
