"""What an administrator changes is checked as a start would, numbered, signed, written down, and can be taken back."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.domain.staff import Role
from kiosk.errors import InputError, NotAllowedError, NotSignedInError, SettingsRefusedError, VersionMovedError
from kiosk.journal.entry import EntryType
from kiosk.journal.site_configuration import Change, configuration_of, document_hash, is_genuine
from kiosk.ports.configuration import ValueSource
from kiosk.ports.desk import StaffSession
from kiosk.services.configure_site import ConfigureSite
from kiosk.settings_loading import load_settings
from tests.fakes.clocks import FixedClock, a_signer
from tests.fakes.configurations import changed, configuring
from tests.fakes.kiosks import AKiosk
from tests.fakes.staff import signed_in
from tests.fakes.stores import a_store
from ui.composition.received_files import PROCEDURES_NAME, SETTINGS_NAME, STAFF_NAME, ConfigurationWatch, chosen_in
from ui.composition.site_data import load_site

MORNING = ["08:30-12:00"]


@pytest.fixture
def kiosk(tmp_path: Path) -> AKiosk:
    return AKiosk(a_store(tmp_path), clock=FixedClock())


@pytest.fixture
def service(kiosk: AKiosk, tmp_path: Path) -> ConfigureSite:
    return configuring(kiosk, tmp_path)


@pytest.fixture
def chief(kiosk: AKiosk) -> StaffSession:
    return signed_in(kiosk.desk, "b.chef", Role.ADMINISTRATOR)


def test_a_change_is_a_signed_version_that_the_next_start_takes_over(
    kiosk: AKiosk, service: ConfigureSite, chief: StaffSession, tmp_path: Path
) -> None:
    """Settings and procedures alike; the file is the document that the store holds."""
    version = changed(service, chief, {"hours.monday": MORNING, "procedures.ASILE.enabled": False})
    chosen = chosen_in(tmp_path)
    settings = load_settings(None, chosen=chosen.settings)

    assert version == 1
    assert settings.hours.monday == tuple(MORNING)
    assert "ASILE" not in load_site(settings, tmp_path).catalogue.procedures
    with kiosk.store.reading() as unit:
        stored = unit.configurations.get(1)
    assert stored is not None
    assert stored.document == (tmp_path / STAFF_NAME).read_bytes()
    assert is_genuine(stored.document, kiosk.site.origin, [a_signer().public_key])
    assert not is_genuine(stored.document.replace(b"08:30", b"08:00"), kiosk.site.origin, [a_signer().public_key])


def test_the_journal_says_who_changed_what_from_what_to_what(
    kiosk: AKiosk, service: ConfigureSite, chief: StaffSession, tmp_path: Path
) -> None:
    """And which document it was."""
    changed(service, chief, {"hours.monday": MORNING})

    assert kiosk.facts_of(EntryType.CONFIGURATION_CHANGED) == [
        {
            "account": "b.chef",
            "version": 1,
            "document": document_hash((tmp_path / STAFF_NAME).read_bytes()),
            "changes": [{"key": "hours.monday", "old": [], "new": MORNING}],
        }
    ]
    assert kiosk.verified().is_whole


def test_going_back_is_a_new_version_with_the_values_of_an_old_one(
    kiosk: AKiosk, service: ConfigureSite, chief: StaffSession
) -> None:
    """Nothing of the history is changed; before the first version only the machine's own files count."""
    changed(service, chief, {"hours.monday": MORNING})
    changed(service, chief, {"hours.monday": ["09:00-11:00"], "hall.counters": ["A", "B"]})

    reviewed = service.review_return(chief, 1)
    version = service.return_to(chief, 1)
    assert {each.key: each.new for each in reviewed} == {
        "hours.monday": MORNING,
        "hall.counters": ["1", "2", "3", "4"],
    }
    assert version == 3
    assert service.standing(chief).values["hours.monday"].value == MORNING
    assert service.return_to(chief, 0) == 4
    assert service.standing(chief).values["hours.monday"].source is ValueSource.SITE
    assert [(seen.version, seen.returns_to, seen.made_by) for seen in service.history(chief)] == [
        (4, 0, "b.chef"),
        (3, 1, "b.chef"),
        (2, None, "b.chef"),
        (1, None, "b.chef"),
        (0, None, ""),
    ]
    assert kiosk.facts_of(EntryType.CONFIGURATION_CHANGED)[2]["returns_to"] == 1


def test_everything_that_is_wrong_is_named_and_nothing_is_kept(
    service: ConfigureSite, chief: StaffSession, tmp_path: Path
) -> None:
    """Hours, numbers, letters, languages, addresses: each under its own key."""
    wrong = {
        "hours.monday": ["12:00-08:30"],
        "hall.counters": ["1", "1"],
        "screen.languages": ["ar"],
        "printer.url": "carrier-pigeon://attic",
    }
    with pytest.raises(SettingsRefusedError) as refusal:
        changed(service, chief, wrong)
    for change in (
        {"retention.request_days": 0},
        {"hours.closed_days": ["tomorrow"]},
        {"letters.renouveler": "AB"},
        {"procedures.REN-VPF.documents": ["crown"]},
        {"procedures.REN-VPF.local_label_fr": "x" * 200},
    ):
        with pytest.raises(SettingsRefusedError) as one:
            changed(service, chief, change)
        assert set(one.value.problems) == set(change)

    assert set(refusal.value.problems) == set(wrong)
    assert not (tmp_path / STAFF_NAME).exists()
    assert service.standing(chief).version == 0


def test_a_kiosk_without_any_procedure_is_refused(service: ConfigureSite, chief: StaffSession) -> None:
    """There would be nothing to choose."""
    all_off = {key: False for key in service.standing(chief).values if key.endswith(".enabled")}

    with pytest.raises(SettingsRefusedError, match="at least one procedure"):
        changed(service, chief, all_off)


def test_only_what_staff_may_decide_can_be_changed(service: ConfigureSite, chief: StaffSession) -> None:
    """Neither keys nor the centre's address, whatever a screen asks for."""
    for key in ("central.url", "store.encrypted", "procedures.REN-VPF.channel", "site.departement"):
        with pytest.raises(SettingsRefusedError):
            changed(service, chief, {key: "x"})


def test_what_the_centre_or_the_machine_decided_wins_and_cannot_be_changed(
    service: ConfigureSite, chief: StaffSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What had been chosen here before comes back when the centre decides no more."""
    changed(service, chief, {"retention.request_days": 12, "procedures.ASILE.enabled": False})
    (tmp_path / SETTINGS_NAME).write_text('{"retention": {"request_days": 60}}')
    (tmp_path / PROCEDURES_NAME).write_text('[[procedure]]\ncode = "ASILE"\nenabled = true\n')
    monkeypatch.setenv("BORNE_PRINTER__URL", "tcp://10.0.0.7:9100")
    standing = service.standing(chief).values

    assert (standing["retention.request_days"].value, standing["retention.request_days"].source) == (
        60,
        ValueSource.CENTRE,
    )
    assert (standing["procedures.ASILE.enabled"].value, standing["procedures.ASILE.enabled"].source) == (
        True,
        ValueSource.CENTRE,
    )
    assert standing["printer.url"].source is ValueSource.ENVIRONMENT
    for change in ({"retention.request_days": 5}, {"procedures.ASILE.enabled": False}, {"printer.url": "none:"}):
        with pytest.raises(SettingsRefusedError):
            changed(service, chief, change)
    (tmp_path / SETTINGS_NAME).unlink()
    assert service.standing(chief).values["retention.request_days"].value == 12


def test_two_administrators_do_not_overwrite_each_other(
    kiosk: AKiosk, service: ConfigureSite, chief: StaffSession
) -> None:
    """The second one sees what the first did before saving."""
    other = signed_in(kiosk.desk, "c.autre", Role.ADMINISTRATOR)
    seen = service.standing(other).version
    changed(service, chief, {"hours.monday": MORNING})

    with pytest.raises(VersionMovedError):
        service.review(other, seen, {"hours.tuesday": MORNING})
    with pytest.raises(VersionMovedError):
        service.change(other, seen, {"hours.tuesday": MORNING})


def test_what_stands_already_is_no_version(service: ConfigureSite, chief: StaffSession) -> None:
    """The history holds changes."""
    with pytest.raises(InputError, match="changes"):
        changed(service, chief, {"hall.counters": ["1", "2", "3", "4"]})


@pytest.mark.parametrize("role", [Role.AGENT, Role.SUPERVISOR])
def test_only_administrators_see_or_change_anything(
    kiosk: AKiosk, service: ConfigureSite, chief: StaffSession, role: Role
) -> None:
    """The role of the account is looked up in each transaction; a locked session does nothing at all."""
    changed(service, chief, {"hours.monday": MORNING})
    session = signed_in(kiosk.desk, "d.agent", role)
    for verb in (
        service.standing,
        service.history,
        lambda who: service.review(who, 1, {}),
        lambda who: service.change(who, 1, {"hours.monday": []}),
        lambda who: service.review_return(who, 0),
        lambda who: service.return_to(who, 0),
    ):
        with pytest.raises(NotAllowedError):
            verb(session)
    kiosk.desk.lock(chief)
    with pytest.raises(NotSignedInError):
        service.standing(chief)


def test_a_version_that_this_machine_did_not_sign_is_no_way_back(
    kiosk: AKiosk, service: ConfigureSite, chief: StaffSession
) -> None:
    """Whoever writes into the store cannot sign."""
    changed(service, chief, {"hours.monday": MORNING})
    with kiosk.store.units() as unit:
        stored = unit.configurations.get(1)
        assert stored is not None
        forged = json.loads(stored.document)
        forged["body"]["version"] = 2
        document = json.dumps(forged, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        unit.configurations.add(type(stored)(2, stored.made_at, "", document))
        unit.commit()

    with pytest.raises(InputError, match="signed"):
        service.return_to(chief, 2)
    with pytest.raises(InputError, match="signed"):
        service.return_to(chief, 9)


def test_programs_see_that_something_was_decided_since_they_began(
    service: ConfigureSite, chief: StaffSession, tmp_path: Path
) -> None:
    """At the staff screen or by the centre."""
    watch = ConfigurationWatch(tmp_path)
    assert not watch.has_changed()

    changed(service, chief, {"hours.monday": MORNING})
    assert watch.has_changed()
    watch = ConfigurationWatch(tmp_path)
    (tmp_path / SETTINGS_NAME).write_text("{}")
    assert watch.has_changed()


def test_the_document_says_everything_that_was_chosen(
    service: ConfigureSite, chief: StaffSession, tmp_path: Path
) -> None:
    """Also what earlier versions chose: one document is enough for a start."""
    changed(service, chief, {"hours.monday": MORNING})
    changed(service, chief, {"hall.counters": ["A"]})
    made = configuration_of((tmp_path / STAFF_NAME).read_bytes())

    assert made.values == {"hours.monday": MORNING, "hall.counters": ["A"]}
    assert made.changes == (Change("hall.counters", ["1", "2", "3", "4"], ["A"]),)


def test_names_of_administrators_go_with_those_of_the_rest_of_the_staff(
    kiosk: AKiosk, service: ConfigureSite, chief: StaffSession
) -> None:
    """The versions stay; who made them does not stay for ever."""
    changed(service, chief, {"hours.monday": MORNING})
    with kiosk.store.units() as unit:
        unit.erasures.forget_staff((), kiosk.clock.read().utc + timedelta(days=1), 0)
        unit.commit()

    assert [seen.made_by for seen in service.history(chief)] == ["", ""]
