"""Requests of one person, and what a person may ask of their data: on a kiosk's store and at a hub over HTTP."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.domain.file_act import CounterMessage, IdentityResult
from kiosk.domain.request_change import Completion, Contact, CorrectedField, RemovedContact
from kiosk.domain.staff import Role
from kiosk.errors import InputError, NotAllowedError, NotSignedInError
from kiosk.journal.entry import EntryType
from kiosk.ports.desk import StaffSession
from kiosk.services.apply_update import APPLIED, REFUSED
from sync.central.tables import metadata
from tests.fakes.halls import a_kiosk_of_the_site
from tests.fakes.requests import a_request_content
from tests.fakes.workplaces import AtHub, AWorkplace, followed
from ui.composition.handed_out import handed_out
from ui.composition.readable_person import readable, readable_lines

NOTE = "vient avec sa soeur Fatoumata"


def filed(place: AWorkplace, name: str = "DIALLO", **said: str | None) -> str:
    place.kiosk.pass_time(timedelta(minutes=1))
    content = a_request_content(birth_name=name, **({"foreigner_number": None} | said))  # type: ignore[arg-type]
    outcome = place.kiosk.file(content)
    place.kiosk.print(outcome.filing.print_job_id)
    place.told()
    return outcome.request.reference


def test_requests_of_one_person_are_found_made_one_and_parted(place: AWorkplace) -> None:
    """The earliest date stays, and both references lead to it."""
    first, second, stranger = filed(place), filed(place, "DIALO"), filed(place, "NGUYEN")
    chief = place.session("s.blanc", Role.SUPERVISOR)
    found = place.duplicates.of(chief, second)
    kept = place.duplicates.merge(chief, second, first)

    assert [(each.reference, each.identity.birth_name, each.can_merge) for each in found] == [(first, "DIALLO", True)]
    assert (kept.request.reference, [each.reference for each in kept.merged]) == (first, [second])
    assert place.desk.open_file(chief, second).request.reference == first
    assert [*place.duplicates.of(chief, first)] == []
    with pytest.raises(InputError, match="other"):
        place.duplicates.merge(chief, first, stranger)
    with pytest.raises(InputError, match="merged"):
        place.duplicates.part(chief, first, stranger)
    parted = place.duplicates.part(chief, first, second)

    assert list(parted.merged) == []
    assert place.desk.open_file(chief, second).request.reference == second
    for kind in (EntryType.REQUEST_MERGED, EntryType.MERGE_UNDONE):
        assert [facts["by"] for facts in place.facts_of(kind)] == ["s.blanc"]


def test_roles_and_locks_are_those_of_the_verbs(place: AWorkplace) -> None:
    """An agent neither merges nor erases, nobody does anything while locked; no trace of a refusal."""
    first, second = filed(place), filed(place, "DIALO")
    agent, chief = place.session(), place.session("s.blanc", Role.SUPERVISOR)
    verbs: dict[str, Callable[[StaffSession], object]] = {
        "merge": lambda session: place.duplicates.merge(session, first, second),
        "part": lambda session: place.duplicates.part(session, first, second),
        "erase": lambda session: place.rights.erase(session, first, first),
        "of": lambda session: place.duplicates.of(session, first),
        "export": lambda session: place.rights.export(session, first),
    }
    for name in ("merge", "part", "erase"):
        with pytest.raises(NotAllowedError):
            verbs[name](agent)
    place.desk.lock(chief)
    for verb in verbs.values():
        with pytest.raises(NotSignedInError):
            verb(chief)

    kinds = (EntryType.REQUEST_MERGED, EntryType.DATA_ERASED, EntryType.PERSON_EXPORTED)
    assert [kind for kind in kinds if place.facts_of(kind)] == []


def test_all_that_is_held_is_handed_out_to_whom_it_is_about(place: AWorkplace) -> None:
    """Not before a document was seen; notes, corrections, the ticket, and what was merged with it."""
    reference, second = filed(place, phone="0611111111"), filed(place, "DIALO")
    agent, chief = place.session(), place.session("s.blanc", Role.SUPERVISOR)
    with pytest.raises(InputError, match="identity"):
        place.rights.export(agent, reference)
    place.duplicates.merge(chief, second, reference)
    place.files.add_note(agent, reference, NOTE)
    place.files.correct(agent, reference, {CorrectedField.BIRTH_NAME: "BALDÉ"}, "passeport vu")
    place.files.check_identity(agent, reference, IdentityResult.MATCH)
    held = place.rights.export(agent, reference)
    words = readable(held)

    assert (held["reference"], held["erased"], len(held["filings"])) == (reference, False, 1)  # type: ignore[arg-type]
    for word in (NOTE, "BALDÉ", "DIALLO", "0611111111", "confirmed", second, "match"):
        assert word in words
    assert [facts["by"] for facts in place.facts_of(EntryType.PERSON_EXPORTED)] == ["a.martin"]


def test_what_is_handed_out_can_be_read_and_leaves_nothing_out(place: AWorkplace) -> None:
    """First as staff see it, in words; then the rights, in the person's language too; then every fact by its name."""
    reference = filed(place, "الحسيني", language="ar", phone="0611111111")
    agent = place.session()
    place.files.check_identity(agent, reference, IdentityResult.MATCH)
    place.files.correct(agent, reference, {CorrectedField.BIRTH_NAME: "BALDÉ"}, "passeport vu")
    gone = Completion(removed=(RemovedContact(Contact.PHONE),))
    place.files.complete(agent, reference, gone, reason="numéro d'un voisin")
    file = place.desk.open_file(agent, reference)
    held = place.rights.export(agent, reference)
    words = handed_out(place.kiosk.site, 30, file, held).words
    seen, _, annex = words.partition("Annexe")

    for word in (
        "الحسيني",
        "BALDÉ",
        "numéro d'un voisin",
        "Identité vérifiée",
        "Remis le 20/11/2026",
        "CNIL",
        "بياناتك",
    ):
        assert word in seen
    assert "0611111111" in annex
    labels = {line.strip(" \u00a0").partition(" :")[0] for line in annex.splitlines()}
    assert all(line in annex.replace("\u00a0", "") for _, line in readable_lines(held))
    assert labels & set(names_in(held)) == set()


def names_in(value: object) -> Iterator[str]:
    """Every name by which something is kept."""
    if isinstance(value, Mapping):
        yield from map(str, value)
    if isinstance(value, Mapping | list):
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from names_in(inner)


def test_an_erasure_leaves_the_reference_and_nothing_of_the_person(place: AWorkplace) -> None:
    """For whoever repeats the reference; nothing can be done with the file after it."""
    reference = filed(place)
    admin = place.session("m.admin", Role.ADMINISTRATOR)
    place.files.add_note(admin, reference, NOTE)
    with pytest.raises(InputError, match="repeated"):
        place.rights.erase(admin, reference, "38-A2-000000-0000-0")
    left = place.rights.erase(admin, reference, reference.lower())
    again = place.desk.open_file(admin, reference)

    assert (left.is_erased, again.is_erased) == (True, True)
    assert (again.content.identity.birth_name, list(again.acts.notes)) == ("", [])
    with pytest.raises(InputError, match="reference"):
        place.files.add_note(admin, reference, "x")


def test_an_erasure_at_a_hub_reaches_its_kiosk_and_every_table(hub: AtHub, tmp_path: Path) -> None:
    """What was merged too, and what an order said that the kiosk has not fetched; both chains still verify."""
    reference, second = filed(hub), filed(hub, "DIALO")
    admin = hub.session("m.admin", Role.ADMINISTRATOR)
    hub.files.add_note(admin, reference, NOTE)
    hub.files.leave_message(admin, reference, CounterMessage.BRING_PAPERS)
    hub.duplicates.merge(admin, reference, second)
    hub.files.correct(admin, second, {CorrectedField.BIRTH_NAME: "BALDÉ"}, "passeport vu")
    assert followed(hub.hub, hub.kiosk, tmp_path) == [APPLIED] * 3
    hub.files.complete(admin, reference, Completion(phone="0612345678"))
    hub.rights.erase(admin, reference, reference)

    assert words_at(hub) == []
    assert followed(hub.hub, hub.kiosk, tmp_path) == [REFUSED, APPLIED, APPLIED]
    with hub.kiosk.store.reading() as unit:
        ids = [unit.requests.by_reference(each) for each in (reference, second)]
        assert all(unit.erasures.is_erased(each) for each in ids if each)
    assert words_at(hub) == []
    assert hub.hub.verified().is_whole
    assert hub.kiosk.verified().is_whole


def words_at(hub: AtHub) -> list[str]:
    """Return the words of the person that any table of the hub still has."""
    with hub.hub.centre.engine.connect() as connection:
        held = json.dumps([[str(row) for row in connection.execute(t.select())] for t in metadata.tables.values()])
    return [word for word in (NOTE, "BALD", "DIALLO", "DIALO", "0612345678", "passeport vu") if word in held]


def test_requests_of_two_kiosks_are_made_one(hub: AtHub, tmp_path: Path) -> None:
    """What a kiosk alone cannot see; each kiosk goes on with what it has."""
    other = a_kiosk_of_the_site(tmp_path / "b1", "B1")
    other.clock = hub.kiosk.clock
    first = filed(hub)
    hub.kiosk.pass_time(timedelta(minutes=1))
    second = other.file(a_request_content(birth_name="DIALO", foreigner_number=None)).request.reference
    hub.hub.take(other)
    chief = hub.session("s.blanc", Role.SUPERVISOR)
    assert [each.reference for each in hub.duplicates.of(chief, first)] == [second]
    kept = hub.duplicates.merge(chief, second, first)

    assert (kept.request.reference, [each.reference for each in kept.merged]) == (first, [second])
    assert followed(hub.hub, other, tmp_path / "b1") == [APPLIED]
    again = other.file(a_request_content(birth_name="DIALO", foreigner_number=None))
    assert again.request.reference == second
    hub.hub.take(other)
    assert len(hub.desk.open_file(chief, second).merged[0].filings) == 2
    other.store.close()


def test_a_merge_at_the_hub_is_followed_by_the_kiosk_of_both(hub: AtHub, tmp_path: Path) -> None:
    """A person who comes again finds the earliest request, until they are parted."""
    first, second = filed(hub), filed(hub, "DIALO")
    chief = hub.session("s.blanc", Role.SUPERVISOR)
    found = []
    for act in (hub.duplicates.merge, hub.duplicates.part):
        act(chief, first, second)
        assert followed(hub.hub, hub.kiosk, tmp_path) == [APPLIED]
        with hub.kiosk.store.reading() as unit:
            request_id = unit.requests.by_reference(second)
            assert request_id is not None
            found.append(unit.requests.get(request_id).reference)

    assert found == [first, second]
