"""What staff do with a file, on a kiosk's own store and at the hub of a site over HTTP: the same acts, and as one."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.domain.file_act import CounterMessage, IdentityResult, ImpossibilityGround
from kiosk.domain.identity import PartialDate
from kiosk.domain.request import Attempt, AttemptOutcome, PrintJobId
from kiosk.domain.request_change import ChangeKind, Completion, Contact, CorrectedField, RemovedContact
from kiosk.domain.staff import Role
from kiosk.errors import HubLostError, InputError, NotSignedInError
from kiosk.journal.entry import EntryType
from kiosk.ports.desk import PersonFile, StaffSession
from kiosk.services.apply_update import APPLIED, REFUSED
from kiosk.services.recognise_holder import RecogniseHolder
from kiosk.services.record_change import ChangeOrder
from kiosk.workflows.hall_place import PlaceState
from kiosk.workflows.print_job import PrintState
from sync.central.hall.work_doors import file_work_at
from sync.client.hub_file_work import HttpFileWork
from sync.client.hub_link import HubLink
from tests.fakes.halls import A_HALL, a_hall, a_kiosk_of_the_site
from tests.fakes.requests import a_request_content
from tests.fakes.workplaces import AtHub, AtKiosk, AWorkplace, at_hub, facts_held, followed

TERM = date(2026, 12, 20)
Act = Callable[[AWorkplace, StaffSession, str], PersonFile]
ACTS: dict[EntryType, Act] = {
    EntryType.IDENTITY_CHECKED: lambda at, who, of: at.files.check_identity(who, of, IdentityResult.MATCH),
    EntryType.NOTE_ADDED: lambda at, who, of: at.files.add_note(who, of, "Revient demain\nدوسية"),
    EntryType.IMPOSSIBILITY_RECORDED: lambda at, who, of: at.files.record_impossibility(
        who, of, ImpossibilityGround.OTHER, "compte au nom du cousin"
    ),
    EntryType.PAPERS_CHECKED: lambda at, who, of: at.files.tick_papers(who, of, ["passeport"]),
    EntryType.PAPERS_ASKED: lambda at, who, of: at.files.ask_papers(who, of, ["titre"], "Livret de famille", TERM),
    EntryType.MISSING_LISTED: lambda at, who, of: at.files.print_missing(who, of),
    EntryType.MESSAGE_LEFT: lambda at, who, of: at.files.leave_message(who, of, CounterMessage.BRING_PAPERS),
    EntryType.REQUEST_CORRECTED: lambda at, who, of: at.files.correct(
        who, of, {CorrectedField.BIRTH_NAME: "DIALO", CorrectedField.BIRTH_DATE: "1990-04-13"}, "passeport vu"
    ),
    EntryType.REQUEST_COMPLETED: lambda at, who, of: at.files.complete(who, of, Completion(phone="0612345678")),
    EntryType.REQUEST_WITHDRAWN: lambda at, who, of: at.files.withdraw(who, of),
}


def filed(place: AWorkplace, **said: object) -> str:
    reference = place.kiosk.file(a_request_content(**said)).request.reference  # type: ignore[arg-type]
    place.told()
    return reference


def test_each_act_is_one_entry_with_its_author_and_shows_at_once(place: AWorkplace) -> None:
    """Whoever opens the file next sees all of them too."""
    reference, session = filed(place), place.session()
    for kind, act in ACTS.items():
        file = act(place, session, reference)
        (facts,) = place.facts_of(kind)

        assert (file.timeline[-1].type, facts["by"], facts["reference"]) == (kind, "a.martin", reference)
    file = place.desk.open_file(session, reference)
    assert [line.type for line in file.timeline[-11:-1]] == [*ACTS]
    assert file.acts.identity[-1].result is IdentityResult.MATCH
    assert file.acts.notes[-1].text == "Revient demain\nدوسية"
    assert file.acts.papers_seen is not None
    assert file.acts.papers_seen.codes == ("passeport",)
    assert file.acts.papers_asked is not None
    assert (file.acts.papers_asked.codes, file.acts.papers_asked.bring_by) == (("titre",), TERM)
    assert file.content.identity.birth_name == "DIALO"
    assert file.content.phone == "0612345678"
    assert [change.kind for change in file.changes] == [
        ChangeKind.CORRECTED,
        ChangeKind.COMPLETED,
        ChangeKind.WITHDRAWN,
    ]


def test_what_is_no_good_is_refused_by_its_field(place: AWorkplace) -> None:
    """And nothing is written."""
    reference, session = filed(place), place.session()
    files = place.files
    refused: dict[str, Callable[[], object]] = {
        "text": lambda: files.add_note(session, reference, " "),
        "detail": lambda: files.record_impossibility(session, reference, ImpossibilityGround.OTHER, ""),
        "missing": lambda: files.ask_papers(session, reference, [], "", TERM),
        "bring_by": lambda: files.ask_papers(session, reference, ["titre"], "", date(2026, 1, 1)),
        "reason": lambda: files.correct(session, reference, {CorrectedField.BIRTH_NAME: "X"}, ""),
        "corrections": lambda: files.correct(session, reference, {CorrectedField.BIRTH_NAME: "DIALLO"}, "vu"),
        "birth_date": lambda: files.correct(session, reference, {CorrectedField.BIRTH_DATE: "1990-13-40"}, "vu"),
        "added": lambda: files.complete(session, reference, Completion(documents=("passeport",))),
        "documents": lambda: files.complete(session, reference, Completion(documents=("lune",))),
        "reference": lambda: files.withdraw(session, "38-A2-261120-9999-X"),
    }
    for field, act in refused.items():
        with pytest.raises(InputError) as error:
            act()
        assert error.value.field == field
    assert [kind for kind in ACTS if place.facts_of(kind)] == []


def test_a_contact_is_taken_out_with_a_reason_and_only_the_journal_keeps_it(place: AWorkplace) -> None:
    """Without one nothing is done; the file says what went, when, by whom and why."""
    reference, session = filed(place, phone="0611223344", email="a@exemple.fr"), place.session()
    gone = Completion(removed=(RemovedContact(Contact.PHONE),))
    with pytest.raises(InputError) as error:
        place.files.complete(session, reference, gone)
    file = place.files.complete(session, reference, gone, reason="numéro d'un voisin")

    assert error.value.field == "reason"
    assert (file.content.phone, file.content.email) == (None, "a@exemple.fr")
    (change,) = file.changes
    assert (change.added.removed, change.by, change.reason) == (
        (RemovedContact(Contact.PHONE, "0611223344"),),
        "a.martin",
        "numéro d'un voisin",
    )
    (facts,) = place.facts_of(EntryType.REQUEST_COMPLETED)
    assert (facts["added"], facts["reason"]) == ({"removed": {"phone": {"old": "0611223344"}}}, "numéro d'un voisin")


def test_what_was_added_stands_in_each_file_that_is_opened(place: AWorkplace) -> None:
    """Also where the file comes over the wire: papers, contacts and tries elsewhere."""
    reference, session = filed(place, documents=("passeport",)), place.session()
    tried = Attempt(date(2026, 11, 3), AttemptOutcome.NO_SLOT)
    added = Completion(documents=("titre",), attempts=(tried,), phone="0612345678")
    place.files.complete(session, reference, added)

    (change,) = place.desk.open_file(session, reference).changes

    assert change.added == added


def test_a_locked_screen_does_nothing(place: AWorkplace) -> None:
    """Nor somebody who signed out."""
    reference, session = filed(place), place.session()
    place.desk.lock(session)
    for act in ACTS.values():
        with pytest.raises(NotSignedInError):
            act(place, session, reference)
    place.desk.sign_out(session)
    with pytest.raises(NotSignedInError):
        place.files.add_note(session, reference, "x")

    assert [kind for kind in ACTS if place.facts_of(kind)] == []


def test_a_request_is_withdrawn_once_and_its_person_called_no_more(place: AWorkplace) -> None:
    """Neither completed nor corrected after it."""
    reference, session = filed(place), place.session()
    place.files.withdraw(session, reference)
    for act in (EntryType.REQUEST_WITHDRAWN, EntryType.REQUEST_COMPLETED, EntryType.REQUEST_CORRECTED):
        with pytest.raises(InputError, match="reference"):
            ACTS[act](place, session, reference)

    assert [row.standing.state for row in place.desk.hall(session)] == [PlaceState.FINISHED]
    assert place.desk.call_next(session) is None


def test_a_correction_never_makes_two_requests_of_one_person(place: AWorkplace) -> None:
    """The two are for somebody to merge."""
    filed(place)
    other, session = filed(place, birth_name="DIALO"), place.session()
    with pytest.raises(InputError, match="reference"):
        place.files.correct(session, other, {CorrectedField.BIRTH_NAME: "DIALLO"}, "passeport vu")

    assert place.facts_of(EntryType.REQUEST_CORRECTED) == []


def test_a_kiosk_follows_what_its_hub_did(hub: AtHub, tmp_path: Path) -> None:
    """What it says to the person, by what it knows them, and that the request lives no longer; each once."""
    reference, session = filed(hub), hub.session()
    for kind in (EntryType.MESSAGE_LEFT, EntryType.REQUEST_CORRECTED, EntryType.REQUEST_COMPLETED):
        ACTS[kind](hub, session, reference)
    assert followed(hub.hub, hub.kiosk, tmp_path) == [APPLIED] * 3
    recognise = RecogniseHolder(reading=hub.kiosk.store.reading, clock=hub.kiosk.clock, catalogue=hub.kiosk.catalogue)
    found = recognise(reference, PartialDate.parse("1990-04-13"))
    assert found is not None
    assert (found.message, found.content.identity.birth_name) == (CounterMessage.BRING_PAPERS, "DIALO")
    hub.files.withdraw(session, reference)
    assert followed(hub.hub, hub.kiosk, tmp_path) == [APPLIED]
    again = hub.kiosk.file(a_request_content(birth_name="DIALO", birth_date="1990-04-13"))
    hub.told()
    file = hub.desk.open_file(session, reference)

    assert again.request.reference != reference
    assert [change.kind.value for change in file.changes] == ["corrected", "completed", "withdrawn"]
    assert [line.type for line in file.timeline].count("message_left") == 1
    assert hub.kiosk.verified().is_whole
    assert hub.hub.verified().is_whole
    assert [facts["follows"] for facts in facts_held(hub.hub, "38-A2", EntryType.REQUEST_WITHDRAWN)]


def test_a_list_comes_out_at_the_kiosk_while_somebody_waits_for_it(hub: AtHub, tmp_path: Path) -> None:
    """Not after ten minutes: nobody stands there any more."""
    reference, session = filed(hub), hub.session()
    ACTS[EntryType.PAPERS_ASKED](hub, session, reference)
    hub.files.print_missing(session, reference)
    printed: list[PrintJobId] = []
    assert followed(hub.hub, hub.kiosk, tmp_path, printed) == [APPLIED]
    hub.kiosk.take_up()
    hub.files.print_missing(session, reference)
    hub.kiosk.pass_time(timedelta(minutes=11))

    assert followed(hub.hub, hub.kiosk, tmp_path, printed) == [REFUSED]
    assert [hub.kiosk.state_of(job) for job in printed] == [PrintState.CONFIRMED]


def test_who_asked_again_meanwhile_keeps_the_request(hub: AtHub, tmp_path: Path) -> None:
    """Withdrawn at the counter, filed again before the kiosk heard of it: the kiosk refuses, and says why."""
    reference, session = filed(hub), hub.session()
    hub.files.withdraw(session, reference)
    hub.kiosk.pass_time(timedelta(seconds=1))
    again = hub.kiosk.file()

    assert followed(hub.hub, hub.kiosk, tmp_path) == [REFUSED]
    assert again.request.reference == reference
    (facts,) = hub.kiosk.facts_of(EntryType.UPDATE_RECEIVED)
    assert str(facts["reason"]).startswith("changed_at")


def test_requests_of_another_site_are_none_here(tmp_path: Path) -> None:
    """Although its kiosk sends to the same hub."""
    kiosk = a_kiosk_of_the_site(tmp_path / "c3", "C3")
    site = replace(A_HALL, kiosks=("38-A2",))
    with a_hall(tmp_path, f"sqlite:///{tmp_path / 'hub.db'}", hall=site) as hall:
        reference = kiosk.file().request.reference
        hall.take(kiosk)
        session = hall.desk.session(hall.sign_in())
        at = AtKiosk(kiosk, kiosk.desk, file_work_at(hall.bench), kiosk.person_rights, kiosk.duplicates)
        for kind, act in ACTS.items():
            with pytest.raises(InputError, match="reference"):
                act(at, session, reference)
            assert hall.own_entries(kind) == []
    kiosk.store.close()


def test_without_a_link_nothing_is_done(hub: AtHub) -> None:
    """And it is said since when."""
    reference, session = filed(hub), hub.session()
    link: HubLink = hub.hub.link("http://127.0.0.1:1")
    files = HttpFileWork(link, A_HALL.read_file)
    for _ in range(2):
        with pytest.raises(HubLostError):
            files.add_note(session, reference, "x")

    assert hub.facts_of(EntryType.NOTE_ADDED) == []
    assert link.lost_since is not None


def test_counters_on_one_file_lose_and_double_nothing(database: str, tmp_path: Path) -> None:
    """Notes of all stand there, a telephone is added once, and one of them withdraws, while the kiosk sends."""
    with at_hub(tmp_path, database) as hub:
        reference = filed(hub)
        sessions = [hub.session(f"agent.{n}", Role.AGENT, str(n + 1)) for n in range(3)]
        refused: list[str] = []

        def work(session: StaffSession) -> None:
            for n in range(4):
                hub.files.add_note(session, reference, f"{session.name} {n}")
            for act in (EntryType.REQUEST_COMPLETED, EntryType.REQUEST_WITHDRAWN):
                try:
                    ACTS[act](hub, session, reference)
                except InputError as error:
                    refused.append(error.field)

        threads = [threading.Thread(target=work, args=(session,)) for session in sessions]
        for thread in threads:
            thread.start()
        for number in range(5):
            hub.kiosk.file(a_request_content(birth_name=f"N{number}", foreigner_number=None))
            hub.told()
        for thread in threads:
            thread.join(60)
        notes = [str(facts["text"]) for facts in hub.facts_of(EntryType.NOTE_ADDED)]

        assert sorted(notes) == sorted(f"agent.{who} {n}" for who in range(3) for n in range(4))
        assert len(hub.facts_of(EntryType.REQUEST_COMPLETED)) == 1
        assert len(hub.facts_of(EntryType.REQUEST_WITHDRAWN)) == 1
        assert len(refused) == 4
        assert hub.hub.verified().is_whole
        assert followed(hub.hub, hub.kiosk, tmp_path) == [APPLIED] * 2


def test_a_holder_who_was_faster_at_the_kiosk_is_right(hub: AtHub, tmp_path: Path) -> None:
    """Withdrawn there, corrected here before the hub heard of it: the kiosk refuses the correction."""
    reference, session = filed(hub), hub.session()
    hub.kiosk.withdraw(ChangeOrder(reference, "w", "fr"))
    ACTS[EntryType.REQUEST_CORRECTED](hub, session, reference)

    assert followed(hub.hub, hub.kiosk, tmp_path) == [REFUSED]
    assert len(hub.desk.open_file(session, reference).changes) == 2
