"""What the centre promises to every sender, on SQLite and on PostgreSQL."""

import base64
import dataclasses
import gzip
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import zstandard

from kiosk.journal.entry import Payload
from kiosk.journal.signature import load_public_pem
from sync.central.serve import background_centre
from sync.central.tables import acknowledgements, entries, origins, payloads, requests, set_aside
from sync.protocol.acknowledgements import Accepted, is_genuine
from sync.protocol.key_lists import KeyList, are_genuine
from sync.protocol.problems import Problem, ProblemCode
from sync.protocol.wire_entries import batch_bytes
from tests.fakes.centres import ORIGIN, ALink, Sent, a_link, drained, kiosk_rows
from tests.fakes.signed_requests import signed_request


@pytest.fixture
def link(tmp_path: Path, database: str) -> Iterator[ALink]:
    with a_link(tmp_path, database) as found:
        yield found


def put(link: ALink, batch: list[Sent], origin: str = ORIGIN) -> httpx.Response:
    return put_bytes(link, batch_bytes(batch), origin)


def put_bytes(link: ALink, body: bytes, origin: str = ORIGIN, encoding: str = "identity") -> httpx.Response:
    return signed_request(
        "PUT",
        link.centre.url,
        f"/v1/origins/{origin}/entries",
        body,
        origin=ORIGIN,
        headers={"Content-Encoding": encoding, "Content-Type": "application/json"},
    )


def get(link: ALink, path: str) -> httpx.Response:
    return signed_request("GET", link.centre.url, path, origin=ORIGIN)


def problem(response: httpx.Response) -> Problem:
    assert response.headers["content-type"] == "application/problem+json"
    return Problem.model_validate_json(response.content)


def forged(sent: Sent, **changes: Any) -> Sent:
    return dataclasses.replace(sent[0], **changes), sent[1]


def test_a_batch_is_held_and_acknowledged_with_a_signature(link: ALink) -> None:
    """The signed word names origin, number and hash; entries, payloads and requests are there."""
    batch = link.entries()
    accepted = Accepted.model_validate_json(put(link, batch).content)

    assert (accepted.accepted_to, accepted.head) == (batch[-1][0].seq, batch[-1][0].hash)
    assert is_genuine(accepted.acknowledgement, load_public_pem(link.centre.public_key))
    assert len(kiosk_rows(link, entries)) == len(kiosk_rows(link, payloads)) == len(batch)
    assert len(link.rows(requests)) == 5
    assert len(kiosk_rows(link, acknowledgements)) == 1


def test_the_same_bytes_again_are_success_and_change_nothing(link: ALink) -> None:
    """A lost answer is repaired by sending again, whole or in part."""
    batch = link.entries()
    put(link, batch)
    before = kiosk_rows(link, entries)

    assert put(link, batch).status_code == 200
    assert put(link, batch[2:]).status_code == 200
    assert kiosk_rows(link, entries) == before
    assert link.rows(set_aside) == []


def test_other_bytes_under_a_known_number_are_a_conflict_and_kept_aside(link: ALink) -> None:
    """Two histories of one machine are evidence; neither overwrites the other."""
    batch = link.entries()
    put(link, batch)
    answer = put(link, [forged(batch[3], monotonic_ms=1)])

    assert (answer.status_code, problem(answer).code, problem(answer).seq) == (409, ProblemCode.CONFLICT, 4)
    assert [row.reason for row in link.rows(set_aside)] == ["conflict"]
    assert len(kiosk_rows(link, entries)) == len(batch)


def test_a_gap_says_where_to_resume(link: ALink) -> None:
    """Nothing after a hole is taken."""
    batch = link.entries()
    put(link, batch[:2])
    answer = put(link, batch[4:])

    assert (answer.status_code, problem(answer).code) == (409, ProblemCode.GAP)
    assert problem(answer).expected_seq == 3
    assert len(kiosk_rows(link, entries)) == 2


@pytest.mark.parametrize(
    "changes",
    [{"type": "incident"}, {"signature": bytes(64)}, {"key_id": "AAAA"}, {"hash": "0" * 64}],
    ids=lambda changes: next(iter(changes)),
)
def test_an_entry_that_is_not_authentic_is_quarantined_in_its_place_and_blocks_no_other(
    link: ALink, changes: dict[str, Any]
) -> None:
    """The rest goes on; the authentic one takes its place when it comes, and what stood there stays as evidence."""
    batch = link.entries()
    accepted = Accepted.model_validate_json(put(link, [*batch[:3], forged(batch[3], **changes), *batch[4:]]).content)

    assert (accepted.accepted_to, accepted.quarantined) == (len(batch), [4])
    assert [(row.seq, row.reason) for row in link.rows(set_aside)] == [(4, "bad_entry")]
    assert [row.seq for row in kiosk_rows(link, entries) if row.fault is not None] == [4]

    assert put(link, batch).status_code == 200
    assert {row.seq: row.hash for row in kiosk_rows(link, entries)} == {entry.seq: entry.hash for entry, _ in batch}
    assert {row.fault for row in kiosk_rows(link, entries)} == {None}
    assert len(link.rows(set_aside)) == 1


def test_facts_that_do_not_fit_their_entry_are_quarantined_and_block_nothing(link: ALink) -> None:
    """The entry counts, the facts wait for staff."""
    batch = link.entries()
    entry, payload = batch[3]
    assert payload is not None
    batch[3] = entry, Payload(payload.salt, {**payload.facts, "reference": "other"})
    accepted = Accepted.model_validate_json(put(link, batch).content)

    assert (accepted.accepted_to, accepted.quarantined) == (len(batch), [4])
    assert [row.reason for row in link.rows(set_aside)] == ["payload"]
    assert len(kiosk_rows(link, payloads)) == len(batch) - 1


def test_erased_facts_are_taken_without_them(link: ALink) -> None:
    """After erasure the chain still arrives and verifies."""
    batch: list[Sent] = [link.entries()[0], *((entry, None) for entry, _ in link.entries()[1:])]

    assert put(link, batch).status_code == 200
    assert len(kiosk_rows(link, payloads)) == 1


def test_an_origin_cannot_write_for_another(link: ALink) -> None:
    """The address and every entry name the same machine."""
    put(link, link.entries())
    answer = put(link, link.entries(), origin="69-B1")

    assert (answer.status_code, problem(answer).code) == (401, ProblemCode.UNAUTHENTICATED)
    assert [row.origin for row in kiosk_rows(link, origins)] == [ORIGIN]


def test_without_trust_on_first_use_a_stranger_is_refused(tmp_path: Path, database: str) -> None:
    """The setting of a real deployment."""
    with a_link(tmp_path, database, trust_first_use=False) as link:
        answer = put(link, link.entries())

        assert (answer.status_code, problem(answer).code) == (403, ProblemCode.UNKNOWN_ORIGIN)
        assert kiosk_rows(link, origins) == []


def test_a_genesis_signed_with_another_key_founds_nothing(link: ALink) -> None:
    """First use registers only the key that signed the genesis entry."""
    first = link.entries()[0]
    answer = put(link, [forged(first, signature=bytes(64))])

    assert answer.status_code == 403
    assert kiosk_rows(link, origins) == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"not json", 400),
        (b"[]", 400),
        (b'{"entries": []}', 400),
        (b'{"entries": [{"entry": {}}]}', 400),
        (b'{"entries": [{"entry": {}, "more": 1}]}', 400),
        (b'{"batch": 1}', 400),
        (b"[" * 100_000, 400),
    ],
    ids=["nothing", "text", "list", "empty", "no fields", "more", "other", "deep"],
)
def test_what_is_not_a_batch_gets_one_clear_problem(link: ALink, body: bytes, status: int) -> None:
    """Nothing stored is harmed, and no value that somebody typed is quoted."""
    answer = put_bytes(link, body)

    assert (answer.status_code, problem(answer).code) == (status, ProblemCode.BAD_REQUEST)
    assert kiosk_rows(link, entries) == []


def test_compressed_bodies_are_taken_and_bombs_are_not(link: ALink) -> None:
    """gzip and zstd, with a limit on what comes out of them."""
    body = batch_bytes(link.entries())
    bomb = gzip.compress(b" " * (40 << 20))

    assert put_bytes(link, gzip.compress(body), encoding="gzip").status_code == 200
    assert put_bytes(link, zstandard.compress(body), encoding="zstd").status_code == 200
    assert put_bytes(link, bomb, encoding="gzip").status_code == 413
    assert put_bytes(link, b" " * (9 << 20)).status_code == 413
    assert put_bytes(link, gzip.compress(body)[:-9], encoding="gzip").status_code == 400
    assert put_bytes(link, body, encoding="br").status_code == 400


def test_two_senders_of_the_same_batch_at_once_leave_each_entry_once(link: ALink) -> None:
    """A worker that was thought dead may still be sending."""
    batch = link.entries()
    statuses: list[int] = []
    senders = [threading.Thread(target=lambda: statuses.append(put(link, batch).status_code)) for _ in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()

    assert statuses == [200] * 4
    assert [row.seq for row in kiosk_rows(link, entries)] == list(range(1, len(batch) + 1))


def test_a_restarted_centre_knows_what_it_held(link: ALink) -> None:
    """Stateless workers: everything is in the database."""
    drained(link.drain(2))
    with background_centre(link.database, link.folder / "centre") as second:
        state = signed_request("GET", second.url, f"/v1/origins/{ORIGIN}", origin=ORIGIN).json()

    assert state["accepted_to"] == len(link.entries())
    assert state["head"] == link.entries()[-1][0].hash


def test_keys_are_published_and_signed(link: ALink) -> None:
    """Whoever checks seals takes the keys from here."""
    put(link, link.entries())
    keys = KeyList.model_validate_json(httpx.get(f"{link.centre.url}/keys", trust_env=False).content)

    assert [(key.origin, key.revoked_at) for key in keys.keys] == [(ORIGIN, None)]
    assert are_genuine(keys, load_public_pem(link.centre.public_key))


def test_health_metrics_and_the_description_are_served(link: ALink) -> None:
    """For whoever runs it: alive, how much, and OpenAPI 3.1."""
    put(link, link.entries())
    found = {
        name: httpx.get(f"{link.centre.url}/{name}", trust_env=False) for name in ("healthz", "metrics", "openapi.json")
    }

    assert found["healthz"].text == "ok\n"
    assert f"borne_centre_entries {len(link.entries()) + 1}" in found["metrics"].text  # and the centre's own first
    assert found["openapi.json"].json()["openapi"].startswith("3.1")


def test_a_signature_is_over_the_canonical_bytes_of_the_entry_hash(link: ALink) -> None:
    """What travels is what was signed: Base64 of 64 bytes."""
    wire = json.loads(batch_bytes(link.entries()[:1]))["entries"][0]["entry"]

    assert len(base64.b64decode(wire["signature"])) == 64
    assert put_bytes(link, batch_bytes(link.entries())).status_code == 200
