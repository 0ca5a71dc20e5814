"""A copied journal of which one bit was changed is found out, and so are the lies of somebody who has a key."""

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.domain.moment import ClockQuality, Moment
from kiosk.domain.request import OriginId
from kiosk.errors import ArchiveBrokenError, InputError
from kiosk.journal.chain import head_after, next_entry
from kiosk.journal.entry import EMPTY_CHAIN, ChainHead, EntryDraft, EntryType, Payload
from kiosk.journal.evidence_archive import (
    ACKNOWLEDGEMENTS,
    CLOSURES,
    ENTRIES,
    MANIFEST,
    PAYLOADS,
    entry_line,
    entry_of,
    manifest_of,
    payload_of,
)
from kiosk.journal.verification import verify_chain
from kiosk.services.rotate_key import RotateKey
from kiosk.services.verify_archive import verify_archive
from kiosk.store.archive_file import new_archive, opened_archive
from tests.fakes.clocks import FixedClock, FixedSigner, a_signer
from tests.fakes.evidence import ArchiveInMemory, archive_in, exported, flipped, live_for_three_days
from tests.fakes.kiosks import AKiosk, a_kiosk
from tests.fakes.requests import A_MORNING
from tests.fakes.stores import reopened

KEYS = [a_signer().public_key]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> ArchiveInMemory:
    """Seven entries of three days, with facts, closures and acknowledgements."""
    kiosk = a_kiosk(tmp_path_factory.mktemp("kiosk"))
    live_for_three_days(kiosk)
    return exported(kiosk)[0]


def is_found(line: bytes, start: ChainHead, payload: Payload | None) -> bool:
    """Whether the chain alone says that a line is not what was written after ``start``."""
    try:
        entry = entry_of(line)
    except InputError:
        return True
    return verify_chain([(entry, payload)], KEYS, origin="38-A2", start=start).first_break is not None


def test_every_changed_bit_of_every_entry_is_found(archive: ArchiveInMemory) -> None:
    """By the chain and the signatures alone, without the manifest: also in a copy that is nothing but the lines."""
    payloads = dict(payload_of(line) for line in archive.lines(PAYLOADS))
    start, tried = EMPTY_CHAIN, 0
    for line in archive.lines(ENTRIES):
        entry = entry_of(line)
        assert not is_found(line, start, payloads[entry.seq])
        for bit in range(8 * len(line)):
            assert is_found(flipped(line, bit), start, None), f"bit {bit} of entry {entry.seq}"
        tried += 8 * len(line)
        start = head_after(entry)

    assert tried > 30_000


def test_every_changed_byte_of_the_facts_is_found(archive: ArchiveInMemory) -> None:
    """They lie beside the chain and are bound to it."""
    entries = {entry.seq: entry for entry in map(entry_of, archive.lines(ENTRIES))}
    for line in archive.lines(PAYLOADS):
        for byte in range(len(line)):
            altered = flipped(line, 8 * byte + byte % 8)
            try:
                seq, payload = payload_of(altered)
            except InputError:
                continue
            entry = entries.get(seq)
            assert entry is None or payload.hash != entry.payload_hash, altered


def test_a_changed_bit_of_a_large_journal_is_found() -> None:
    """A sample over 2,000 entries; each is checked from the entry before it on."""
    clock, chance = FixedClock(), random.Random(20_261_120)
    moment = Moment.of(A_MORNING, "Europe/Paris", ClockQuality.SYNCED)
    lines, starts, head = [], [], EMPTY_CHAIN
    for number in range(2_000):
        kind = EntryType.REQUEST_FILED if number else EntryType.GENESIS
        draft = EntryDraft(kind, moment, clock.read(), Payload(chance.randbytes(16), {"number": number}))
        entry = next_entry(head, draft, origin=OriginId("38-A2"), signer=a_signer())
        lines.append(entry_line(entry))
        starts.append(head)
        head = head_after(entry)
    for _ in range(2_000):
        place = chance.randrange(len(lines))
        bit = chance.randrange(8 * len(lines[place]))

        assert is_found(flipped(lines[place], bit), starts[place], None), (place, bit)


def test_a_changed_bit_of_any_file_of_an_archive_is_found_with_its_name(archive: ArchiveInMemory) -> None:
    """A sample over every file; the verdict names the file, and in the journal the entry."""
    chance = random.Random(5)
    for name, content in archive.files.items():
        for _ in range(12):
            bit = chance.randrange(8 * len(content))
            fault = verify_archive(archive.with_flipped(name, bit)).fault

            assert fault is not None, (name, bit)
    line = len(archive.files[ENTRIES].splitlines(keepends=True)[0])
    report = verify_archive(archive.with_flipped(ENTRIES, 8 * (line + 100)))
    assert report.first_bad_seq == 2
    assert report.fault is not None
    assert ENTRIES in report.fault
    assert "line 2" in report.fault or "entry 2" in report.fault


def test_a_changed_bit_of_the_file_is_found_or_changes_nothing_in_it(archive: ArchiveInMemory, tmp_path: Path) -> None:
    """A ZIP file has bytes that say nothing, as its own dates; whatever else is changed is found, and never a crash."""
    path = tmp_path / "a.zip"
    with new_archive(path) as out:
        for name, content in archive.files.items():
            out.add(name, [content])
    whole, chance = path.read_bytes(), random.Random(7)
    for _ in range(250):
        path.write_bytes(flipped(whole, chance.randrange(8 * len(whole))))
        try:
            with opened_archive(path) as file:
                fault = verify_archive(file).fault
        except ArchiveBrokenError:
            continue
        assert fault is not None or archive_in(path) == archive


def without_line(archive: ArchiveInMemory, name: str, number: int) -> ArchiveInMemory:
    lines = archive.files[name].splitlines(keepends=True)
    return archive.with_changed(name, b"".join(lines[: number - 1] + lines[number:]))


def swapped(archive: ArchiveInMemory) -> ArchiveInMemory:
    one, two, three, *rest = archive.files[ENTRIES].splitlines(keepends=True)
    return archive.with_changed(ENTRIES, b"".join([one, three, two, *rest]))


def repeated(archive: ArchiveInMemory) -> ArchiveInMemory:
    return archive.with_changed(ENTRIES, archive.files[ENTRIES] + archive.files[ENTRIES].splitlines(keepends=True)[-1])


def replaced(archive: ArchiveInMemory, name: str, old: bytes, new: bytes) -> ArchiveInMemory:
    assert old in archive.files[name]
    return archive.with_changed(name, archive.files[name].replace(old, new, 1))


@pytest.mark.parametrize(
    ("lie", "said"),
    [
        (lambda whole: without_line(whole, ENTRIES, 3), "entry 3: missing"),
        (lambda whole: without_line(whole, ENTRIES, 7), "entry 7 belong to no entry"),
        (
            lambda whole: without_line(without_line(without_line(whole, ENTRIES, 7), PAYLOADS, 7), CLOSURES, 3),
            "entry 7 is remembered elsewhere",
        ),
        (swapped, "entry 2: missing"),
        (repeated, "entry 7: out_of_order"),
        (lambda whole: replaced(whole, PAYLOADS, b"Diallo", b"Durand"), "entry 2: payload"),
        (lambda whole: replaced(whole, CLOSURES, b'"request_filed":1', b'"request_filed":2'), "closed something else"),
        (lambda whole: replaced(whole, ACKNOWLEDGEMENTS, b"2026-11-20", b"2026-11-10"), "not what the centre signed"),
        (lambda whole: replaced(whole, ACKNOWLEDGEMENTS, b"38-A2", b"38-A3"), "of 38-A3, not of 38-A2"),
        (lambda whole: whole.with_changed("time_stamps/000000002.tsr", b"x"), None),
        (lambda whole: whole.with_changed("time_stamps/000000099.tsr", b"x"), "is of no entry"),
    ],
)
def test_who_has_the_key_cannot_lie_about_the_past(
    archive: ArchiveInMemory, lie: Callable[[ArchiveInMemory], ArchiveInMemory], said: str | None
) -> None:
    """The manifest fits and the kiosk itself signed it; what was chained or said by others stands against it."""
    report = verify_archive(lie(archive).resigned(), KEYS)

    if said is None:
        assert (report.fault, report.unchecked_time_stamps) == (None, 1)
    else:
        assert report.fault is not None
        assert said in report.fault


def test_a_missing_file_an_added_file_and_a_strangers_key_are_named(archive: ArchiveInMemory) -> None:
    """One line for each."""
    missing = ArchiveInMemory({name: content for name, content in archive.files.items() if name != CLOSURES})
    added = archive.with_changed("letter.txt", b"what nobody exported")
    stranger = FixedSigner(4)
    forged = archive.resigned(signer=stranger)

    assert verify_archive(missing).fault == f"{CLOSURES}: is missing"
    assert verify_archive(added).fault == "letter.txt: is not in the manifest"
    assert stranger.key_id in (verify_archive(forged, KEYS).fault or "")
    assert "unknown_key" in (verify_archive(archive, [stranger.public_key]).fault or "")


def test_a_journal_whose_key_was_changed_is_trusted_by_its_first_key_and_by_its_last(tmp_path: Path) -> None:
    """Whoever has the key of today or that of the founding can check all of it, with a stranger's key nobody can."""
    first, second = a_signer(), FixedSigner(2)
    kiosk = a_kiosk(tmp_path)
    kiosk.file()
    RotateKey(**kiosk.parts, signer=first)(second)
    changed = AKiosk(reopened(tmp_path, signer=second), entropy=kiosk.entropy)
    changed.file(key="another key")

    archive, manifest = exported(changed, signer=second)
    trusting = {
        number: verify_archive(archive, [FixedSigner(number).public_key]).fault for number in (20_261_120, 2, 4)
    }

    assert (manifest.key_id, set(manifest.keys.values())) == (second.key_id, {"kiosk", "centre"})
    assert (verify_archive(archive).fault, trusting[20_261_120], trusting[2]) == (None, None, None)
    assert "unknown_key" in (trusting[4] or "")


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b"\xff\xfe", b"[" * 100_000, b'{"form":"borne-evidence-1"}', b'{"form":"borne-evidence-9"}'],
)
def test_whatever_stands_in_the_manifest_gives_a_verdict(archive: ArchiveInMemory, content: bytes) -> None:
    """Never a crash."""
    assert verify_archive(archive.with_changed(MANIFEST, content)).fault is not None


@pytest.mark.parametrize("content", [b"{}\n", b"[]\n", b"\xff\n", b"[" * 50_000 + b"\n", b'{"a":1e999}\n', b"\n"])
@pytest.mark.parametrize("name", [ENTRIES, PAYLOADS, CLOSURES, ACKNOWLEDGEMENTS])
def test_whatever_stands_in_a_file_gives_a_verdict(archive: ArchiveInMemory, name: str, content: bytes) -> None:
    """Even when a kiosk signed it."""
    assert verify_archive(archive.with_changed(name, content).resigned()).fault is not None


def test_numbers_beyond_what_is_exact_give_a_verdict(archive: ArchiveInMemory) -> None:
    """They have no canonical form."""
    line = archive.files[ENTRIES].replace(b'"seq":1,', b'"seq":99999999999999999999,', 1)
    manifest = manifest_of(archive.files[MANIFEST])

    assert verify_archive(archive.with_changed(ENTRIES, line).resigned()).fault is not None
    with pytest.raises(ValueError, match="safe integer"):
        replace(manifest, last_seq=10**20).document()
