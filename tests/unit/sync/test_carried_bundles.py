"""Entries carried by hand: what is taken, what is refused and why, and what a finder of the stick can read."""

import base64
import dataclasses
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.errors import BundleRefusedError, ConfigurationError, InputError
from kiosk.journal.entry import EntryType
from kiosk.journal.signature import key_id_of, load_public_pem
from kiosk.services.note_quarantine import NoteQuarantine, quarantined_entries
from kiosk.services.rotate_key import RotateKey
from kiosk.settings import CentreSettings
from sync.central.tables import entries, payloads, requests
from sync.central.trust.changing_opening_key import change_opening_key
from sync.central.trust.enrolments import published_encryption_key
from sync.central.trust.revocation import revoke
from sync.client import carry_out
from sync.client.carry_out import CarriedBack, TakeAcknowledgement
from sync.client.centre_pin import CentrePin, encryption_file_of
from sync.protocol.acknowledgements import Accepted
from sync.protocol.carried import CarriedPart, parsed_part
from sync.protocol.envelopes import opened, signed_content
from tests.fakes.carrying import CLERK, carried_out, resealed, rezipped, taken, unzipped
from tests.fakes.centres import ORIGIN, ALink, a_link, drained, kiosk_rows
from tests.fakes.clocks import FixedSigner, a_signer
from tests.fakes.kiosks import AKiosk
from tests.fakes.requests import a_request_content
from tests.fakes.stores import reopened


@pytest.fixture
def link(tmp_path: Path) -> Iterator[ALink]:
    with a_link(tmp_path, f"sqlite:///{tmp_path / 'centre.db'}") as found:
        yield found


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carry_out, "PART_ENTRIES", 3)


def brought_back(link: ALink, document: bytes) -> CarriedBack:
    kiosk = link.kiosk
    note = NoteQuarantine(clock=kiosk.clock, entropy=kiosk.entropy, site=kiosk.site)
    centre_key = load_public_pem(link.centre.public_key)
    return TakeAcknowledgement(kiosk.store.units, centre_key, note_quarantine=note)(document)


def document_of(accepted: Accepted) -> bytes:
    return accepted.model_dump_json().encode()


def parts_of(link: ALink, file: Path) -> list[CarriedPart]:
    centre = link.centre.context
    envelopes = [content for name, content in unzipped(file).items() if name.endswith(".jose")]
    tokens = [opened(envelope, centre.opening_keys.all()) for envelope in envelopes]
    return [parsed_part(signed_content(token, lambda *_: a_signer().public_key)[1]) for token in tokens]


def held(link: ALink) -> int:
    return len(kiosk_rows(link, entries))


@pytest.mark.usefixtures("small_parts")
def test_what_was_carried_and_acknowledged_is_not_sent_again(link: ALink, tmp_path: Path) -> None:
    """A kiosk that never had a link: bundle there, acknowledgement back, and the wire has nothing left to do."""
    made = carried_out(link.kiosk, link.centre.context, tmp_path)
    found = taken(link.centre.context, made.file)
    back = brought_back(link, document_of(found.accepted))

    assert made.file.name == f"borne-{ORIGIN}-1-{len(link.entries())}.zip"
    assert len(parts_of(link, made.file)) == -(-len(link.entries()) // 3)
    assert found.new == held(link) == len(link.entries())
    assert (back.accepted_to, back.was_known) == (len(link.entries()), False)
    assert drained(link.drain()) == 0
    assert link.kiosk.entry_types()[-1] == EntryType.CARRIED_OUT
    assert EntryType.BUNDLE_TAKEN in {row.type for row in link.rows(entries)}


def test_a_bundle_brought_twice_is_harmless_and_says_so(link: ALink, tmp_path: Path) -> None:
    """Also after the same entries came by wire; the acknowledgement is as good as the first."""
    made = carried_out(link.kiosk, link.centre.context, tmp_path)
    drained(link.drain())
    first, second = (taken(link.centre.context, made.file) for _ in range(2))

    assert (first.new, second.new) == (0, 0)
    assert held(link) == len(link.entries())
    assert brought_back(link, document_of(second.accepted)).was_known
    assert len(kiosk_rows(link, requests)) == 5


def test_a_finder_of_the_stick_reads_nothing_personal(link: ALink, tmp_path: Path) -> None:
    """Neither plainly nor in Base64, at any of its three offsets."""
    content = a_request_content()
    made = carried_out(link.kiosk, link.centre.context, tmp_path)
    data = made.file.read_bytes()
    words = [content.identity.birth_name, *content.identity.given_names, "DIALLO", "0600000", content.procedure]
    for word in filter(None, words):
        for offset in range(3):
            coded = base64.b64encode(b"\0" * offset + word.encode()).rstrip(b"=")[2 * bool(offset) + offset : -1]
            assert coded not in data, word
        assert word.encode() not in data, word
    assert ORIGIN.encode() in data


@pytest.mark.usefixtures("small_parts")
def test_no_changed_byte_brings_anything_else_in(link: ALink, tmp_path: Path) -> None:
    """Every place of the file in steps: refused or, in what no one reads (dates of the ZIP form), without effect."""
    made = carried_out(link.kiosk, link.centre.context, tmp_path)
    data = made.file.read_bytes()
    damaged = tmp_path / "damaged.zip"
    refused = 0
    for place in range(0, len(data), 29):
        damaged.write_bytes(data[:place] + bytes([data[place] ^ 0x04]) + data[place + 1 :])
        try:
            assert taken(link.centre.context, damaged).new in (0, len(link.entries()))
        except BundleRefusedError:
            refused += 1

    assert refused > 0.6 * len(data) / 29
    assert all(row.fault is None for row in kiosk_rows(link, entries))


def test_an_altered_envelope_is_refused_whole(link: ALink, tmp_path: Path) -> None:
    """One letter of the last part, checksum of the ZIP file made to fit: not even the first part is taken."""
    made = carried_out(link.kiosk, link.centre.context, tmp_path)
    contents = unzipped(made.file)
    last = max(contents)
    letter = b"A" if contents[last][-60:-59] != b"A" else b"B"
    contents[last] = contents[last][:-60] + letter + contents[last][-59:]

    with pytest.raises(BundleRefusedError, match=r"part 1: it was altered"):
        taken(link.centre.context, rezipped(tmp_path / "altered.zip", contents))
    assert held(link) == 0


@pytest.mark.parametrize("kept", [0.0, 0.2, 0.9, 0.999])
def test_a_bundle_that_is_cut_short_is_refused(link: ALink, tmp_path: Path, kept: float) -> None:
    """A stick that was pulled out too early."""
    made = carried_out(link.kiosk, link.centre.context, tmp_path)
    data = made.file.read_bytes()
    cut = tmp_path / "cut.zip"
    cut.write_bytes(data[: int(len(data) * kept)])

    with pytest.raises(BundleRefusedError, match="cut short or damaged"):
        taken(link.centre.context, cut)
    assert held(link) == 0


@pytest.mark.usefixtures("small_parts")
def test_a_bundle_without_one_of_its_parts_is_refused(link: ALink, tmp_path: Path) -> None:
    """Whether it is missing at the end, in the middle, or another bundle's stands in its place."""
    centre = link.centre.context
    first = unzipped(carried_out(link.kiosk, centre, tmp_path).file)
    second = unzipped(carried_out(link.kiosk, centre, tmp_path).file)
    names = sorted(name for name in first if name.endswith(".jose"))
    wrong = {
        "cut short": {name: first[name] for name in names[:-1]},
        "part 2 is missing": {name: first[name] for name in (names[0], names[2])},
        "of several bundles": first | {names[1]: second[names[1]]},
        "no bundle of": first | {"virus.exe": b"MZ"},
    }
    for reason, contents in wrong.items():
        with pytest.raises(BundleRefusedError, match=reason):
            taken(centre, rezipped(tmp_path / "wrong.zip", contents))
    assert held(link) == 0


def test_a_bundle_for_another_centre_is_refused(link: ALink, tmp_path: Path) -> None:
    """It says so, instead of speaking of damage."""
    (tmp_path / "other").mkdir()
    with a_link(tmp_path / "other", f"sqlite:///{tmp_path / 'other.db'}", filings=0) as other:
        made = carried_out(link.kiosk, other.centre.context, tmp_path)
        with pytest.raises(BundleRefusedError, match="for another centre"):
            taken(link.centre.context, made.file)


def test_a_machine_cannot_bring_the_journal_of_another(link: ALink, tmp_path: Path) -> None:
    """Neither under its own seal nor with a key that it calls the other's."""
    centre = link.centre.context
    made = carried_out(link.kiosk, centre, tmp_path)
    taken(centre, made.file)
    parts = parts_of(link, made.file)
    stranger = FixedSigner(99)

    with pytest.raises(BundleRefusedError, match="the machine 38-B1 is not registered"):
        taken(centre, resealed(tmp_path / "b.zip", parts, centre, origin="38-B1", signer=stranger))
    with pytest.raises(BundleRefusedError, match=f"{stranger.key_id} is not one of {ORIGIN}"):
        taken(centre, resealed(tmp_path / "c.zip", parts, centre, origin=ORIGIN, signer=stranger))
    moved = [part.model_copy(update={"stream": "38-B1"}) for part in parts]
    with pytest.raises(BundleRefusedError, match=f"{ORIGIN} sealed it, and it carries entries of 38-B1"):
        taken(centre, resealed(tmp_path / "d.zip", moved, centre, origin=ORIGIN))


def test_an_unknown_machine_is_registered_only_where_first_use_is_trusted(tmp_path: Path) -> None:
    """As over HTTP."""
    with a_link(tmp_path, f"sqlite:///{tmp_path / 'centre.db'}", trust_first_use=False) as link:
        made = carried_out(link.kiosk, link.centre.context, tmp_path)
        with pytest.raises(BundleRefusedError, match=f"the machine {ORIGIN} is not registered here"):
            taken(link.centre.context, made.file)


def test_a_key_that_was_changed_without_a_link_is_believed_by_its_proof(link: ALink, tmp_path: Path) -> None:
    """The bundle is sealed with the new key, which the centre learns from the entry that names it."""
    drained(link.drain())
    kiosk, successor = link.kiosk, FixedSigner(7)
    RotateKey(**kiosk.parts, signer=a_signer())(successor)
    changed = AKiosk(reopened(link.folder, signer=successor), clock=kiosk.clock, entropy=kiosk.entropy)
    changed.file(key="after")
    made = carried_out(changed, link.centre.context, tmp_path, signer=successor)
    changed.store.close()

    assert taken(link.centre.context, made.file).new == made.last_seq - made.first_seq + 1
    assert all(row.fault is None for row in kiosk_rows(link, entries))


def test_a_revoked_machine_brings_nothing(link: ALink, tmp_path: Path) -> None:
    """A stolen kiosk's stick."""
    drained(link.drain())
    link.kiosk.file()
    made = carried_out(link.kiosk, link.centre.context, tmp_path)
    revoke(link.centre.context, ORIGIN, reason="stolen", by=CLERK)

    with pytest.raises(BundleRefusedError, match="was revoked"):
        taken(link.centre.context, made.file)


def test_a_bundle_that_does_not_follow_says_what_is_missing(link: ALink, tmp_path: Path) -> None:
    """And the way out that it names works: export again from there."""
    centre = link.centre.context
    taken(centre, carried_out(link.kiosk, centre, tmp_path).file)
    after = len(link.entries()) + 1
    for _ in range(2):
        link.kiosk.file()
    late = carried_out(link.kiosk, centre, tmp_path, from_seq=after + 1)
    with pytest.raises(BundleRefusedError, match=rf"entry {after} is expected.*--from-seq {after}"):
        taken(centre, late.file)
    again = carried_out(link.kiosk, centre, tmp_path, from_seq=after)

    assert taken(centre, again.file).accepted.accepted_to == len(link.entries())


def test_an_acknowledgement_that_is_not_ours_is_refused_with_the_reason(link: ALink, tmp_path: Path) -> None:
    """Altered, of another centre, for another machine, of another history, and no acknowledgement at all."""
    accepted = taken(link.centre.context, carried_out(link.kiosk, link.centre.context, tmp_path).file).accepted
    body = accepted.acknowledgement.body

    def changed(**fields: object) -> bytes:
        told = json.loads(document_of(accepted))
        told["acknowledgement"]["body"].update(fields)
        return json.dumps(told).encode()

    wrong = {
        "altered": changed(received_at="2020-01-01T00:00:00.000Z"),
        "another centre signed it": changed(key_id="AAAA"),
        f"it is for 38-B1, and this machine is {ORIGIN}": changed(origin="38-B1"),
        "neither a bundle nor an acknowledgement": b"<html>",
    }
    for reason, document in wrong.items():
        with pytest.raises(BundleRefusedError, match=reason):
            brought_back(link, document)
    shorter = AKiosk(reopened(link.folder))
    assert brought_back(dataclasses.replace(link, kiosk=shorter), document_of(accepted)).accepted_to == body.accepted_to
    shorter.store.close()


def test_what_the_centre_does_not_believe_is_noted_at_the_kiosk(link: ALink, tmp_path: Path) -> None:
    """From every part of the bundle, as over HTTP."""
    accepted = taken(link.centre.context, carried_out(link.kiosk, link.centre.context, tmp_path).file).accepted
    brought_back(link, document_of(accepted.model_copy(update={"quarantined": [2, 3]})))

    with link.kiosk.store.reading() as unit:
        assert quarantined_entries(unit) == [2, 3]


def test_an_acknowledgement_of_entries_that_this_journal_does_not_have_is_refused(link: ALink, tmp_path: Path) -> None:
    """A kiosk restored from an old copy learns here that the centre holds more."""
    accepted = taken(link.centre.context, carried_out(link.kiosk, link.centre.context, tmp_path).file).accepted
    (tmp_path / "old").mkdir()
    with a_link(tmp_path / "old", f"sqlite:///{tmp_path / 'old.db'}", filings=0) as old:
        restored = dataclasses.replace(link, kiosk=old.kiosk)
        with pytest.raises(BundleRefusedError, match="another entry"):
            brought_back(restored, document_of(accepted))


def test_the_key_to_seal_for_is_learnt_while_there_is_a_link_and_signed_by_the_centre(link: ALink) -> None:
    """After one batch it lies beside the pinned key; a forged one, or one of another centre, seals nothing."""
    pin_file = link.folder / "centre.pem"
    drained(link.drain())
    pin = CentrePin(CentreSettings(), pin_file)
    ours = link.centre.context.opening_keys.current().public_key()
    assert pin.encryption_key() == ours

    published = published_encryption_key(link.centre.context)
    brought = link.folder / "brought.json"
    brought.write_text(published.model_dump_json())
    assert pin.encryption_key(brought) == ours
    forged = published.model_copy(update={"signature": base64.b64encode(bytes(64)).decode()})
    brought.write_text(forged.model_dump_json())
    with pytest.raises(ConfigurationError, match="centre signed"):
        pin.encryption_key(brought)
    encryption_file_of(pin_file).unlink()
    with pytest.raises(ConfigurationError, match="first contact or `enrol`"):
        pin.encryption_key()


def test_after_a_change_of_the_key_old_bundles_open_and_new_ones_are_sealed_to_the_new_key(
    link: ALink, tmp_path: Path
) -> None:
    """Until the administrator takes the old key's file away: a stick may have been on its way."""
    centre = link.centre.context
    before = carried_out(link.kiosk, centre, tmp_path)
    drained(link.drain())
    pin = CentrePin(CentreSettings(url=link.centre.url), link.folder / "centre.pem")
    old, new = change_opening_key(centre, by="M. Blanc")
    assert {old, new} == {key_id_of(key.public_key()) for key in centre.opening_keys.all()}
    assert taken(centre, before.file).last_seq == before.last_seq

    pin.learn_encryption_key()
    assert key_id_of(pin.encryption_key()) == old  # asked for today
    a_day_ago = time.time() - 86_401
    os.utime(encryption_file_of(link.folder / "centre.pem"), (a_day_ago, a_day_ago))
    pin.learn_encryption_key()
    assert key_id_of(pin.encryption_key()) == new

    (link.folder / "centre" / f"centre.encryption.{old}.pem").unlink()
    with pytest.raises(BundleRefusedError, match="sealed for another centre"):
        taken(centre, before.file)
    facts = json.loads(max(link.rows(payloads), key=lambda row: (row.stream == centre.name, row.seq)).facts)
    assert (facts["what"], facts["key_id"], facts["replaces"], facts["by"]) == ("encryption_key", new, old, "M. Blanc")


def test_a_file_that_is_there_is_not_written_over(link: ALink, tmp_path: Path) -> None:
    """Somebody's file on the stick is not ours to replace, and a failed export leaves nothing behind."""
    mine = tmp_path / "mine.zip"
    mine.write_text("mine")
    with pytest.raises(InputError, match="not there yet"):
        carried_out(link.kiosk, link.centre.context, mine)
    with pytest.raises(InputError, match="can be written"):
        carried_out(link.kiosk, link.centre.context, tmp_path / "nowhere" / "b.zip")
    with pytest.raises(InputError, match="--from-seq"):
        carried_out(link.kiosk, link.centre.context, tmp_path, from_seq=1000)

    assert mine.read_text() == "mine"
    assert not list(tmp_path.glob(".*"))
