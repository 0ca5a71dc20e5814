"""Copies of the store: whole and verified or not there, put back at a start, and nothing lost of what stood there."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.domain.staff import Role
from kiosk.errors import ConfigurationError, InputError, NotAllowedError
from kiosk.journal.entry import EntryType
from kiosk.ports.desk import StaffSession
from kiosk.ports.store_copies import StoreCopy
from kiosk.services.back_up import BackUp
from kiosk.settings_loading import load_settings
from kiosk.store.restoration import DONE_NAME, MARKER_NAME, WAITING_NAME, restore_prepared
from kiosk.store.store import DATABASE_NAME
from kiosk.store.store_copies import MANIFEST_NAME
from tests.fakes.requests import a_request_content
from tests.fakes.staff import A_PASSWORD, an_account
from ui.composition import Machine, founded, open_machine, rotate_key
from ui.composition.received_files import STAFF_NAME, chosen_in
from ui.composition.restoring import back_up_of
from ui.composition.settings_wiring import configure_site, public_keys_of

CHIEF = "b.chef"


@dataclass(frozen=True)
class AnOffice:
    """A machine as one program has it open, and an administrator at it."""

    machine: Machine
    chief: StaffSession

    @property
    def back_up(self) -> BackUp:
        """The service."""
        return back_up_of(self.machine)

    def file(self, name: str) -> str:
        """File for somebody, and return the reference."""
        content = a_request_content(birth_name=name, given_names=(), foreigner_number=None)
        return self.machine.visitors.file_request(content, f"key-{name}").request.reference

    def knows(self, reference: str) -> bool:
        """Whether a request is in the store."""
        with self.machine.store.reading() as unit:
            return unit.requests.by_reference(reference) is not None

    def facts_of(self, kind: EntryType) -> list[dict[str, object]]:
        """What the journal says, newest first."""
        with self.machine.store.reading() as unit:
            return [dict(payload.facts) for _, payload in unit.journal.newest_of(kind) if payload]

    def is_whole(self) -> bool:
        """Whether the whole journal verifies."""
        return self.machine.store.verify_journal(public_keys_of(self.machine)).is_whole


@contextmanager
def an_office(data_dir: Path) -> Iterator[AnOffice]:
    """Open a machine as a start does."""
    with open_machine(load_settings(), data_dir) as machine:
        founded(machine)
        if not machine.desk.has_accounts():
            an_account(machine.desk, CHIEF, Role.ADMINISTRATOR)
        yield AnOffice(machine, machine.desk.sign_in(CHIEF, A_PASSWORD, "1"))


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def test_a_copy_is_whole_verified_encrypted_and_in_the_journal(data: Path, stick: Path) -> None:
    """One file as the store is, and beside it what it holds; no key goes with it."""
    with an_office(data) as office:
        office.file("DIALLO")
        copy = office.back_up.make(office.chief, stick)
        (facts,) = office.facts_of(EntryType.STORE_COPIED)

        assert office.back_up.found(office.chief, stick) == [copy]
        assert office.is_whole()
    assert sorted(path.name for path in copy.folder.iterdir()) == [DATABASE_NAME, MANIFEST_NAME]
    assert b"SQLite" not in (copy.folder / DATABASE_NAME).read_bytes()[:16]
    assert list(stick.iterdir()) == [copy.folder]
    assert (facts["account"], facts["entries"], facts["head"]) == (CHIEF, copy.entries, copy.head)


def test_a_copy_is_put_back_at_the_next_start_and_what_stood_there_is_kept_aside(data: Path, stick: Path) -> None:
    """The journal goes on where the copy ended, says so, and leaves out numbers that the lost time may have given."""
    with an_office(data) as office:
        before = office.file("DIALLO")
        copy = office.back_up.make(office.chief, stick)
        lost = office.file("LOST")
        office.back_up.prepare(office.chief, copy.folder)
        assert office.knows(lost)
        assert office.facts_of(EntryType.RESTORATION_PREPARED)[0]["entries"] == copy.entries

    with an_office(data) as restored:
        (facts,) = restored.facts_of(EntryType.STORE_RESTORED)
        after = restored.file("AFTER")
        assert (restored.knows(before), restored.knows(lost), restored.is_whole()) == (True, False, True)
    assert (facts["account"], facts["entries"], facts["head"]) == (CHIEF, copy.entries, copy.head)
    assert (Path(str(facts["set_aside"])) / DATABASE_NAME).exists()
    assert int(after.split("-")[3]) > int(lost.split("-")[3]) + 400
    assert not {MARKER_NAME, WAITING_NAME, DONE_NAME} & {path.name for path in data.iterdir()}
    with an_office(data) as again:
        assert len(again.facts_of(EntryType.STORE_RESTORED)) == 1


def test_nothing_is_put_back_while_another_program_works_on_the_store(data: Path, stick: Path) -> None:
    """Its entries would go into a file that nobody reads any more."""
    with an_office(data) as office:
        copy = office.back_up.make(office.chief, stick)
        lost = office.file("LOST")
        office.back_up.prepare(office.chief, copy.folder)
        with an_office(data) as beside:
            assert beside.knows(lost)
            assert beside.back_up.prepared(beside.chief) is not None

    with an_office(data) as restored:
        assert not restored.knows(lost)


def test_a_power_cut_in_the_middle_is_finished_by_the_next_start(data: Path, stick: Path) -> None:
    """Wherever it comes: before the store was moved, between, or before the journal was told."""
    with an_office(data) as office:
        copy = office.back_up.make(office.chief, stick)
        lost = office.file("LOST")
        office.back_up.prepare(office.chief, copy.folder)
    set_aside = data / "set-aside" / "half"
    set_aside.mkdir(parents=True)
    (data / DATABASE_NAME).rename(set_aside / DATABASE_NAME)
    with an_office(data) as restored:
        assert not restored.knows(lost)

        restored.back_up.prepare(restored.chief, copy.folder)
    restore_prepared(data)
    (data / DONE_NAME).rename(data / MARKER_NAME)
    with an_office(data) as again:
        assert len(again.facts_of(EntryType.STORE_RESTORED)) == 1
        assert again.is_whole()


def test_a_prepared_restoration_can_be_called_off(data: Path, stick: Path) -> None:
    """The next start is like any other, and the journal says who decided."""
    with an_office(data) as office:
        copy = office.back_up.make(office.chief, stick)
        kept = office.file("KEPT")
        office.back_up.prepare(office.chief, copy.folder)
        with pytest.raises(ConfigurationError, match="waits to be put back"):
            rotate_key(office.machine)
        office.back_up.cancel(office.chief)
        assert office.back_up.prepared(office.chief) is None
        assert office.facts_of(EntryType.RESTORATION_PREPARED)[0] == {"account": CHIEF, "cancelled": True}

    with an_office(data) as again:
        assert again.knows(kept)


def test_settings_of_the_copy_come_back_with_it(data: Path, stick: Path) -> None:
    """The store counts: what was chosen later is gone, as the rest of the lost time."""
    with an_office(data) as office:
        configure = configure_site(office.machine)
        configure.change(office.chief, 0, {"hall.counters": ["A"]})
        copy = office.back_up.make(office.chief, stick)
        configure.change(office.chief, 1, {"hall.counters": ["B"]})
        office.back_up.prepare(office.chief, copy.folder)
        assert (data / STAFF_NAME).exists()

    with an_office(data):
        assert chosen_in(data).settings == {"hall.counters": ["A"]}


def changed_byte(copy: StoreCopy) -> None:
    database = copy.folder / DATABASE_NAME
    content = bytearray(database.read_bytes())
    content[len(content) // 2] ^= 1
    database.write_bytes(content)


def other_manifest(**said: object) -> Callable[[StoreCopy], None]:
    def change(copy: StoreCopy) -> None:
        manifest = copy.folder / MANIFEST_NAME
        manifest.write_text(json.dumps(json.loads(manifest.read_text()) | said))

    return change


@pytest.mark.parametrize(
    ("spoil", "field"),
    [
        (changed_byte, "copy"),
        (other_manifest(entries=99), "copy"),
        (other_manifest(head="0" * 64), "copy"),
        (other_manifest(origin="75-B1"), "origin"),
        (lambda copy: (copy.folder / DATABASE_NAME).unlink(), "copy"),
        (lambda copy: (copy.folder / MANIFEST_NAME).write_text("{"), "copy"),
        (other_manifest(size_bytes=1 << 60), "room"),
    ],
)
def test_a_copy_that_is_not_what_was_copied_is_refused(
    data: Path, stick: Path, spoil: Callable[[StoreCopy], object], field: str
) -> None:
    """Long before the day on which it would be needed; nothing is laid ready."""
    with an_office(data) as office:
        office.file("DIALLO")
        copy = office.back_up.make(office.chief, stick)
        spoil(copy)

        with pytest.raises(InputError) as refusal:
            office.back_up.prepare(office.chief, copy.folder)
        assert refusal.value.field == field
        assert office.back_up.prepared(office.chief) is None
    assert not (data / WAITING_NAME).exists()


def test_a_copy_from_before_a_change_of_keys_is_refused(data: Path, stick: Path) -> None:
    """The machine could not go on writing into it."""
    with an_office(data) as office:
        copy = office.back_up.make(office.chief, stick)
        rotate_key(office.machine)
    with an_office(data) as office:
        with pytest.raises(InputError) as refusal:
            office.back_up.prepare(office.chief, copy.folder)
        assert refusal.value.field == "key"
        office.back_up.prepare(office.chief, office.back_up.make(office.chief, stick).folder)


def test_folders_that_are_not_there_or_full_are_named(
    data: Path, tmp_path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing half stays behind."""
    with an_office(data) as office:
        for verb in (office.back_up.make, office.back_up.found):
            with pytest.raises(InputError) as refusal:
                verb(office.chief, tmp_path / "nowhere")
            assert refusal.value.field == "folder"
        full = os.statvfs(stick)
        monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": full.f_bsize})())
        with pytest.raises(InputError) as refusal:
            office.back_up.make(office.chief, stick)
    assert refusal.value.field == "room"
    assert list(stick.iterdir()) == []


def test_only_administrators_copy_or_put_back(data: Path, stick: Path) -> None:
    """A copy is everything that anybody ever said."""
    with an_office(data) as office:
        copy = office.back_up.make(office.chief, stick)
        agent = office.machine.desk.sign_in(an_account_of(office, "a.martin"), A_PASSWORD, "1")
        for verb in (
            lambda: office.back_up.make(agent, stick),
            lambda: office.back_up.found(agent, stick),
            lambda: office.back_up.prepare(agent, copy.folder),
            lambda: office.back_up.prepared(agent),
            lambda: office.back_up.cancel(agent),
        ):
            with pytest.raises(NotAllowedError):
                verb()


def an_account_of(office: AnOffice, name: str) -> str:
    """Make an account of an agent."""
    return an_account(office.machine.desk, name)


def test_the_newest_copy_comes_first(data: Path, stick: Path) -> None:
    """What is no copy is left out."""
    (stick / "borne-holiday-pictures").mkdir()
    with an_office(data) as office:
        first = office.back_up.make(office.chief, stick)
        later = first.made_at + timedelta(days=1)
        (stick / "borne-later").mkdir()
        manifest = json.loads((first.folder / MANIFEST_NAME).read_text())
        (stick / "borne-later" / MANIFEST_NAME).write_text(
            json.dumps(manifest | {"made_at": f"{later:%Y-%m-%dT%H:%M:%S.000Z}"})
        )

        found = office.back_up.found(office.chief, stick)
    assert [copy.made_at for copy in found] == [later.replace(microsecond=0), first.made_at]
