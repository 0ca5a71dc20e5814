"""Whom the centre believes: enrolment, signed requests, changed keys, revoked keys, restored copies."""

import dataclasses
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from kiosk.errors import CentreRefusedError, ConfigurationError, KeyReplacedError, NotOurCentreError
from kiosk.journal.entry import EntryType
from kiosk.ports.signer import Signer
from kiosk.services.rotate_key import RotateKey
from kiosk.settings import CentreSettings
from kiosk.store.store import DATABASE_NAME
from sync.central.serve import RunningCentre, background_centre
from sync.central.tables import entries, origin_keys, set_aside, streams
from sync.central.trust.enrolments import invite
from sync.central.trust.revocation import revoke
from sync.client.enrolling import enrol
from sync.protocol.enrolments import Enrolled
from sync.protocol.problems import Problem, ProblemCode
from sync.protocol.request_signatures import signature_headers
from sync.protocol.streams import StreamState
from sync.protocol.wire_entries import batch_bytes, introduction_bytes
from tests.fakes.centres import ORIGIN, ALink, a_link, drained, kiosk_rows
from tests.fakes.clocks import FixedSigner, SeededEntropy, a_signer
from tests.fakes.kiosks import AKiosk
from tests.fakes.signed_requests import signed_request
from tests.fakes.stores import reopened

CLERK = "Mme Faure"


@pytest.fixture
def link(tmp_path: Path, database: str) -> Iterator[ALink]:
    with a_link(tmp_path, database) as found:
        yield found


@contextmanager
def a_strict_centre(folder: Path, database: str) -> Iterator[RunningCentre]:
    with background_centre(database, folder / "centre", trust_first_use=False) as centre:
        yield centre


def enrolled(centre: RunningCentre, code: str, folder: Path, *, signer: Signer | None = None) -> Enrolled:
    return enrol(
        CentreSettings(url=centre.url),
        ORIGIN,
        signer or a_signer(),
        code,
        pin_file=folder / "pin.pem",
        authority_file=folder / "authority.pem",
    )


def problem(response: httpx.Response) -> tuple[int, ProblemCode]:
    return response.status_code, Problem.model_validate_json(response.content).code


def test_a_machine_is_known_by_the_code_that_its_installer_typed(tmp_path: Path, database: str) -> None:
    """Then it sends, and the centre holds its journal under the registered key."""
    with a_link(tmp_path, database, trust_first_use=False) as link:
        invitation = invite(link.centre.context, ORIGIN, by=CLERK)
        with pytest.raises(CentreRefusedError, match="unknown_origin"):
            link.drain()()
        answer = enrolled(link.centre, invitation.code.lower(), tmp_path)

        assert drained(link.drain()) == len(link.entries())
        assert (answer.origin, answer.role, answer.key_id) == (ORIGIN, "kiosk", a_signer().key_id)
        assert (tmp_path / "pin.pem").read_text() == link.centre.public_key
        kinds = [row.type for row in link.rows(entries) if row.origin == "CENTRE-00"]
        assert kinds == ["genesis", EntryType.MACHINE_INVITED, EntryType.MACHINE_ENROLLED]


def test_a_code_works_once_for_one_machine(tmp_path: Path, database: str) -> None:
    """Again from the same machine it is harmless: the first answer may have been lost."""
    with a_strict_centre(tmp_path, database) as centre:
        code = invite(centre.context, ORIGIN, by=CLERK).code

        assert enrolled(centre, code, tmp_path).key_id == enrolled(centre, code, tmp_path).key_id
        with pytest.raises(CentreRefusedError, match="does not enrol"):
            enrolled(centre, code, tmp_path, signer=FixedSigner(9))


def test_a_newer_code_puts_the_older_one_out_of_use(tmp_path: Path, database: str) -> None:
    """A code that was told to the wrong person is worth nothing."""
    with a_strict_centre(tmp_path, database) as centre:
        old, new = (invite(centre.context, ORIGIN, by=CLERK).code for _ in range(2))

        with pytest.raises(CentreRefusedError, match="does not enrol"):
            enrolled(centre, old, tmp_path)
        assert enrolled(centre, new, tmp_path).origin == ORIGIN


def test_a_code_is_good_for_a_day(tmp_path: Path, database: str) -> None:
    """A slip of paper found a week later opens nothing."""
    with a_strict_centre(tmp_path, database) as centre:
        yesterday = dataclasses.replace(centre.context, now=lambda: datetime.now(UTC) - timedelta(hours=25))
        code = invite(yesterday, ORIGIN, by=CLERK).code

        with pytest.raises(CentreRefusedError, match="out of date"):
            enrolled(centre, code, tmp_path)


def test_a_code_names_the_centre_that_made_it(tmp_path: Path, database: str) -> None:
    """Another server, even with a good certificate, cannot pass for it."""
    other = tmp_path / "other"
    with (
        a_strict_centre(tmp_path, database) as centre,
        background_centre(f"sqlite:///{tmp_path / 'other.db'}", other) as stranger,
    ):
        code = invite(centre.context, ORIGIN, by=CLERK).code
        invite(stranger.context, ORIGIN, by=CLERK)
        with pytest.raises((NotOurCentreError, CentreRefusedError)):
            enrolled(stranger, code, tmp_path)

    assert not (tmp_path / "pin.pem").exists()


def test_what_is_no_code_is_said_before_anybody_is_asked(tmp_path: Path) -> None:
    """A mistyped length needs no network."""
    with pytest.raises(ConfigurationError, match="--code"):
        enrol(
            CentreSettings(url="http://127.0.0.1:1"),
            ORIGIN,
            a_signer(),
            "ABCD",
            pin_file=tmp_path / "pin.pem",
            authority_file=tmp_path / "authority.pem",
        )


def test_a_request_without_a_signature_learns_nothing(link: ALink) -> None:
    """Not even where a stream stands."""
    drained(link.drain())
    for path in (f"/v1/origins/{ORIGIN}", f"/v1/origins/{ORIGIN}/entries/1"):
        assert problem(httpx.get(link.centre.url + path, trust_env=False)) == (401, ProblemCode.UNAUTHENTICATED)
    body = batch_bytes(link.entries())
    answer = httpx.put(f"{link.centre.url}/v1/origins/{ORIGIN}/entries", content=body, trust_env=False)
    assert problem(answer) == (401, ProblemCode.UNAUTHENTICATED)


def test_a_machine_speaks_for_itself_alone(link: ALink) -> None:
    """A registered kiosk cannot read another's stream, nor open a segment for it."""
    drained(link.drain())
    answer = signed_request("GET", link.centre.url, "/v1/origins/38-B7", origin=ORIGIN)

    assert problem(answer) == (401, ProblemCode.UNAUTHENTICATED)


@pytest.mark.parametrize("changed", ["body", "path", "query", "method"])
def test_a_signature_covers_method_path_query_and_body(link: ALink, changed: str) -> None:
    """Whatever is changed on the way shows."""
    drained(link.drain())
    path = f"/v1/origins/{ORIGIN}/segments"
    body = b'{"follows":{"seq":0,"hash":"' + b"0" * 64 + b'"}}'
    headers = signature_headers(
        "POST", path, body, origin=ORIGIN, signer=a_signer(), created=datetime.now(UTC), nonce="n"
    )
    sent = {
        "body": ("POST", path, body.replace(b'"seq":0', b'"seq":1')),
        "path": ("POST", path.replace("A2", "A3"), body),
        "query": ("POST", f"{path}?x=1", body),
        "method": ("PUT", path.replace("segments", "entries"), body),
    }[changed]
    answer = httpx.request(sent[0], link.centre.url + sent[1], content=sent[2], headers=headers, trust_env=False)

    assert problem(answer) == (401, ProblemCode.UNAUTHENTICATED)
    assert [row.stream for row in kiosk_rows(link, streams)] == [ORIGIN]


def test_an_old_signature_is_answered_with_the_centre_s_time(link: ALink) -> None:
    """So that a kiosk whose battery died can sign again, and its entries keep the clock that they were made with."""
    drained(link.drain())
    then = datetime.now(UTC) - timedelta(days=400)
    answer = signed_request("GET", link.centre.url, f"/v1/origins/{ORIGIN}", origin=ORIGIN, created=then)
    said = Problem.model_validate_json(answer.content)

    assert (answer.status_code, said.code) == (401, ProblemCode.STALE_SIGNATURE)
    assert said.centre_time is not None
    assert abs(datetime.fromisoformat(said.centre_time) - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_kiosk_with_a_wrong_clock_sends_all_the_same(tmp_path: Path, database: str) -> None:
    """It learns the centre's time once and signs with it."""
    wrong = datetime.now(UTC) + timedelta(days=3)
    with a_link(tmp_path, database, filings=2, centre_now=lambda: wrong) as link:
        assert drained(link.drain()) == len(link.entries())


def test_a_revoked_key_opens_nothing_and_what_it_sent_before_stays(link: ALink) -> None:
    """The thief of a kiosk files nothing more under its name."""
    drained(link.drain())
    held = len(kiosk_rows(link, entries))
    link.kiosk.file(key="after the theft")
    revoke(link.centre.context, ORIGIN, reason="stolen", by=CLERK)

    with pytest.raises(CentreRefusedError, match="revoked"):
        link.drain()()
    assert len(kiosk_rows(link, entries)) == held


def a_rotated(link: ALink, successor: FixedSigner, signer: FixedSigner | None = None) -> ALink:
    """Change the key of a link's kiosk, and return the link of the machine that started again with it."""
    kiosk = link.kiosk
    RotateKey(**kiosk.parts, signer=signer or a_signer())(successor)
    kiosk.store.close()
    again = dataclasses.replace(kiosk, store=reopened(link.folder, signer=successor))
    return dataclasses.replace(link, kiosk=again, signer=successor)


def test_a_changed_key_is_believed_because_the_old_one_named_it(link: ALink) -> None:
    """Twice, with no link in between: the centre follows both changes, and every entry is authentic."""
    drained(link.drain())
    second, third = FixedSigner(2), FixedSigner(3)
    link = a_rotated(link, second)
    link.kiosk.file(key="with the second key")
    link = a_rotated(link, third, second)
    link.kiosk.file(key="with the third key")

    assert drained(link.drain(3)) == 4
    assert {row.fault for row in kiosk_rows(link, entries)} == {None}
    assert link.rows(set_aside) == []
    spans = {row.key_id: (row.from_seq, row.to_seq) for row in kiosk_rows(link, origin_keys)}
    first_rotation = 7
    assert spans == {
        a_signer().key_id: (1, first_rotation),
        second.key_id: (first_rotation + 1, first_rotation + 2),
        third.key_id: (first_rotation + 3, None),
    }
    report = link.kiosk.store.verify_journal([a_signer().public_key])
    assert (report.is_whole, report.entries) == (True, len(link.entries()))


def test_an_entry_signed_with_a_key_that_was_left_behind_is_no_entry(link: ALink) -> None:
    """The old key proves nothing after the change: neither here nor at the centre."""
    link = a_rotated(link, FixedSigner(2))
    old = dataclasses.replace(link.kiosk, store=reopened(link.folder))

    with pytest.raises(KeyReplacedError):
        old.file(key="with the old key")
    assert link.kiosk.store.verify_journal([a_signer().public_key]).is_whole


def test_a_key_that_does_not_prove_itself_is_not_introduced(link: ALink) -> None:
    """A thief of the journal, without a key, gains nothing by sending its rotation entries."""
    drained(link.drain())
    link = a_rotated(link, FixedSigner(2))
    path = f"/v1/origins/{ORIGIN}/keys"
    body = introduction_bytes(link.entries()[-1:])
    answer = signed_request("PUT", link.centre.url, path, body, origin=ORIGIN, signer=FixedSigner(4))

    assert problem(answer) == (401, ProblemCode.UNAUTHENTICATED)
    assert len(kiosk_rows(link, origin_keys)) == 1


def test_a_kiosk_restored_from_an_old_copy_goes_on_under_another_name(link: ALink) -> None:
    """Both histories are held, neither is overwritten, and both sides say when they parted."""
    drained(link.drain())
    copy = link.folder / "copy.db"
    link.kiosk.store.close()
    shutil.copyfile(link.folder / DATABASE_NAME, copy)
    first = dataclasses.replace(link, kiosk=AKiosk(reopened(link.folder), entropy=SeededEntropy(2)))
    for number in range(3):
        first.kiosk.file(key=f"lost {number}")
    drained(first.drain())
    lost = first.entries()
    first.kiosk.store.close()
    shutil.copyfile(copy, link.folder / DATABASE_NAME)
    second = dataclasses.replace(link, kiosk=AKiosk(reopened(link.folder), entropy=SeededEntropy(3)))
    second.kiosk.file(key="after the restoration")
    drained(second.drain(2))
    second.kiosk.file(key="and again")
    drained(second.drain(2))

    rows = {row.stream: row for row in kiosk_rows(link, streams)}
    parted = 6
    assert set(rows) == {ORIGIN, f"{ORIGIN}.2"}
    assert (rows[ORIGIN].accepted_to, rows[ORIGIN].head) == (lost[-1][0].seq, lost[-1][0].hash)
    ours = second.entries()
    assert (rows[f"{ORIGIN}.2"].first_seq, rows[f"{ORIGIN}.2"].accepted_to) == (parted + 1, ours[-1][0].seq)
    assert rows[f"{ORIGIN}.2"].head == ours[-1][0].hash
    incidents = [p.facts["kind"] for e, p in ours if e.type == EntryType.INCIDENT and p is not None]
    assert incidents == ["restored_from_copy"]
    assert second.kiosk.verified().is_whole
    assert EntryType.SEGMENT_OPENED in {row.type for row in link.rows(entries)}


def test_an_empty_segment_is_given_again(link: ALink) -> None:
    """The answer was lost: asking again opens no third one."""
    drained(link.drain())
    mark = link.entries()[3][0]
    body = f'{{"follows":{{"seq":{mark.seq},"hash":"{mark.hash}"}}}}'.encode()
    path = f"/v1/origins/{ORIGIN}/segments"
    answers = [signed_request("POST", link.centre.url, path, body, origin=ORIGIN) for _ in range(2)]

    assert {StreamState.model_validate_json(answer.content).stream for answer in answers} == {f"{ORIGIN}.2"}
    unknown = body.replace(mark.hash.encode(), b"1" * 64)
    assert problem(signed_request("POST", link.centre.url, path, unknown, origin=ORIGIN)) == (
        409,
        ProblemCode.CONFLICT,
    )
