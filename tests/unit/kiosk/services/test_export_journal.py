"""The journal as an archive: everything that may leave is there, and nothing else."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kiosk.errors import InputError
from kiosk.journal.entry import EntryType
from kiosk.journal.evidence_archive import ACKNOWLEDGEMENTS, ENTRIES, PAGE, PAYLOADS, REPORT
from kiosk.journal.signature import load_public_pem
from kiosk.ports.evidence_archive import MOST_LISTED, Days
from kiosk.services.verify_archive import verify_archive
from tests.fakes.centres import a_link, drained
from tests.fakes.clocks import a_signer
from tests.fakes.evidence import ArchiveInMemory, acknowledge, exported, live_for_three_days
from tests.fakes.kiosks import AKiosk, a_kiosk
from tests.fakes.requests import a_request_content
from tests.fakes.time_stamp_authorities import AServedAuthority, served

SECOND_DAY = date(2026, 11, 21)


@pytest.fixture
def kiosk(tmp_path: Path) -> AKiosk:
    """Three days old: genesis, then a filing and a closure on each day."""
    aged = a_kiosk(tmp_path)
    live_for_three_days(aged)
    return aged


@pytest.fixture
def authority() -> Iterator[AServedAuthority]:
    """A real one."""
    with served() as running:
        yield running


def everything(archive: ArchiveInMemory) -> str:
    """All that can be read in an archive."""
    return "\n".join(content.decode("utf-8", "replace") for content in archive.files.values())


def seqs(archive: ArchiveInMemory, name: str) -> list[int]:
    """The numbers of the entries that a file speaks of."""
    return [json.loads(line)["seq"] for line in archive.lines(name)]


def test_the_whole_journal_leaves_and_verifies(tmp_path: Path, authority: AServedAuthority) -> None:
    """Entries, facts, closures, what the centre said, tokens; a report and a page to read."""
    kiosk = a_kiosk(tmp_path)
    live_for_three_days(kiosk, authority)

    archive, manifest = exported(kiosk, authority_pem=authority.authority.root.read_bytes())
    report = verify_archive(archive, [a_signer().public_key])

    assert report.fault is None
    assert report.manifest == manifest
    assert (report.entries, report.absent_payloads) == (10, 0)
    assert (report.closures, report.acknowledgements, report.time_stamps) == (3, 3, 3)
    assert (report.unchecked_acknowledgements, report.unchecked_time_stamps) == (0, 0)
    assert seqs(archive, ENTRIES) == list(range(1, 11))
    assert archive.files[REPORT].startswith(b"%PDF")
    assert "Diallo" in archive.files[PAGE].decode()


def test_an_export_is_recorded_with_who_made_it(kiosk: AKiosk) -> None:
    """The copy that left can be named later by the hash of its manifest."""
    _, manifest = exported(kiosk)

    with kiosk.store.reading() as unit:
        entry, payload = next(unit.journal.newest_of(EntryType.JOURNAL_EXPORTED))
    assert entry.seq == manifest.last_seq + 1
    assert payload is not None
    assert (payload.facts["exported_by"], payload.facts["last_seq"]) == ("Claire Martin", manifest.last_seq)
    assert kiosk.verified().is_whole


def test_without_facts_nobody_is_named(kiosk: AKiosk) -> None:
    """Neither visitor nor agent, in no file; the chain and the counts of the closures verify all the same."""
    archive, _ = exported(kiosk, with_payloads=False)
    report = verify_archive(archive)

    assert not [
        name for name in ("Diallo", "ller", "Nguy", "Aminata", "9912345678", "Claire") if name in everything(archive)
    ]
    assert (report.fault, report.closures, report.absent_payloads) == (None, 3, 6)


def test_an_excerpt_holds_its_days_and_reaches_to_the_next_word_from_outside(kiosk: AKiosk) -> None:
    """The chain goes on, without facts, up to the entry that the centre acknowledged."""
    kiosk.file(a_request_content(birth_name="Unacknowledged"))
    archive, manifest = exported(kiosk, days=Days(SECOND_DAY, SECOND_DAY))
    report = verify_archive(archive, [a_signer().public_key])

    assert report.fault is None
    assert (manifest.first_seq, manifest.last_seq) == (4, 5)
    assert seqs(archive, PAYLOADS) == [4, 5]
    assert report.acknowledgements == 1
    assert "Diallo" not in everything(archive)
    assert "ller" in everything(archive)


def test_a_day_that_the_centre_did_not_acknowledge_is_followed_up_to_where_it_did(tmp_path: Path) -> None:
    """Facts of the days after it stay at home."""
    kiosk = a_kiosk(tmp_path)
    kiosk.file(a_request_content(birth_name="Lefevre"))
    live_for_three_days(kiosk)

    archive, manifest = exported(kiosk, days=Days(last=date(2026, 11, 20)))
    unwitnessed, _ = exported(kiosk, days=Days(date(2026, 11, 23)))

    assert manifest.last_seq == 4
    assert verify_archive(archive).fault is None
    assert verify_archive(unwitnessed).fault is None
    assert seqs(archive, PAYLOADS) == [1, 2, 3, 4]


def test_the_word_of_a_real_centre_verifies_with_its_key_and_is_counted_apart_without(tmp_path: Path) -> None:
    """As it was kept when the entries were sent."""
    with a_link(tmp_path, f"sqlite:///{tmp_path}/centre.db") as link:
        drained(link.drain(batch_entries=2))
        pinned = load_public_pem((link.folder / "centre.pem").read_text())
        known, _ = exported(link.kiosk, centre_key=pinned)
        unknown, _ = exported(link.kiosk)

    reports = [verify_archive(archive, [a_signer().public_key]) for archive in (known, unknown)]
    assert [report.fault for report in reports] == [None, None]
    assert [(each.acknowledgements, each.unchecked_acknowledgements) for each in reports] == [(3, 0), (0, 3)]


def test_days_without_entries_are_refused(kiosk: AKiosk) -> None:
    """No archive of nothing."""
    with pytest.raises(InputError, match="--from, --to"):
        exported(kiosk, days=Days(date(2027, 1, 1)))


def test_a_long_list_of_acknowledgements_is_whole_in_the_archive_and_short_in_the_report(tmp_path: Path) -> None:
    """A centre acknowledges every batch for years."""
    kiosk = a_kiosk(tmp_path)
    for number in range(MOST_LISTED + 5):
        kiosk.file(a_request_content(birth_name=f"Diallo{chr(65 + number // 26)}{chr(65 + number % 26)}"))
        acknowledge(kiosk)

    archive, _ = exported(kiosk)

    assert len(archive.files[ACKNOWLEDGEMENTS].splitlines()) == MOST_LISTED + 5
    assert verify_archive(archive).acknowledgements == MOST_LISTED + 5


def test_what_a_visitor_typed_is_shown_and_never_run(tmp_path: Path) -> None:
    """The page is opened by lawyers and experts, with what strangers wrote in it."""
    kiosk = a_kiosk(tmp_path)
    kiosk.file(a_request_content(birth_name="</pre><script>alert(1)</script>"))

    archive, _ = exported(kiosk)
    page = archive.files[PAGE].decode()

    assert "<script" not in page
    assert "&lt;script&gt;" in page
