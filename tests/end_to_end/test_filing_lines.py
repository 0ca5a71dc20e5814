"""JSON lines on standard input: each answered when it is durable, none lost, none twice, whatever kills the program."""

import contextlib
import json
import random
import threading
from pathlib import Path
from typing import IO

import pytest

from kiosk.resource_files import resource_path
from tests.fakes.programs import Running, asked, borne, journal_shown

SAMPLES = resource_path("samples", "requests.jsonl")


@pytest.fixture(scope="module")
def lines() -> list[str]:
    """Three hundred requests."""
    return SAMPLES.read_text(encoding="utf-8").splitlines()


def answers_of(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def references(answers: list[dict[str, object]]) -> list[object]:
    return [answer["reference"] for answer in answers if "reference" in answer]


def test_every_answered_line_survives_kills_and_nothing_is_created_twice(tmp_path: Path, lines: list[str]) -> None:
    """Killed at random moments, fed again: every request exists exactly once and the journal verifies."""
    chance = random.Random(7)
    answered: dict[int, object] = {}
    for _ in range(4):
        answered |= killed_after(tmp_path / "data", lines, chance.randrange(5, 60))
        whole = asked("journal", "verify", "--json", "--data-dir", tmp_path / "data")
        assert (whole.code, json.loads(whole.out)["verified"]) == (0, True)
    first = borne("file", "-", "--printer", "none:", "--data-dir", tmp_path / "data", stdin="\n".join(lines))
    head = len(journal_shown(tmp_path / "data"))
    second = borne("file", "-", "--printer", "none:", "--data-dir", tmp_path / "data", stdin="\n".join(lines))

    assert (first.code, second.code, second.out) == (0, 0, first.out)
    assert len(journal_shown(tmp_path / "data")) == head
    replies = answers_of(first.out)
    assert {number: replies[number].get("reference") for number in answered} == answered
    filed = [e for e in journal_shown(tmp_path / "data") if e["type"] in {"request_filed", "filing_repeated"}]
    assert len(filed) == len({answer["journal_seq"] for answer in replies if "journal_seq" in answer})


def killed_after(data_dir: Path, lines: list[str], count: int) -> dict[int, object]:
    """Feed lines, read answers, kill in the middle of the next; return the references that were answered."""
    with Running("file", "-", "--printer", "none:", "--data-dir", data_dir) as program:
        feeding = threading.Thread(target=feed, args=(program.process.stdin, lines))
        feeding.start()
        answered = {number: json.loads(program.stdout.readline()).get("reference") for number in range(count)}
        program.kill()
        feeding.join()
    return answered


def feed(stream: IO[str], lines: list[str]) -> None:
    """Write lines as fast as they are read, until the reader is gone."""
    with contextlib.suppress(BrokenPipeError):
        for line in lines:
            stream.write(f"{line}\n")
            stream.flush()


def test_a_line_is_answered_before_the_next_one_is_sent(tmp_path: Path, lines: list[str]) -> None:
    """A client may wait for each answer: nothing stays in a buffer."""
    with Running("file", "-", "--data-dir", tmp_path / "data") as program:
        for line in lines[:3]:
            program.stdin.write(f"{line}\n")
            program.stdin.flush()
            assert "reference" in json.loads(program.stdout.readline())


def test_a_refused_line_is_answered_on_its_own_and_stops_nothing(tmp_path: Path, lines: list[str]) -> None:
    """Field, message and line number; its neighbours are filed."""
    wrong = [
        "{",
        json.dumps({"procedure": "REN-SALARIE", "birth_name": "X", "colour": "red"}),
        json.dumps({"procedure": "NO"}),
    ]
    done = borne("file", "-", "--data-dir", tmp_path / "data", stdin="\n".join([lines[0], *wrong, lines[1]]))

    first, *refused, last = answers_of(done.out)
    assert "reference" in first
    assert "reference" in last
    assert [(answer["line"], answer["error"]["field"]) for answer in refused] == [  # type: ignore[index]
        (2, "request"),
        (3, "colour"),
        (4, "procedure"),
    ]


def test_an_idempotency_key_decides_what_is_the_same(tmp_path: Path) -> None:
    """Same key, same content: the first answer. Same key, other content: refused."""
    request = {"procedure": "REN-SALARIE", "birth_name": "KONE", "birth_date": "1984-02-29", "idempotency_key": "k-1"}
    other = request | {"birth_name": "TRAORE"}
    fed = "\n".join(json.dumps(line) for line in (request, request, other))

    first, again, refused = answers_of(borne("file", "-", "--data-dir", tmp_path / "data", stdin=fed).out)

    assert first == again
    assert refused["error"]["field"] == "idempotency_key"  # type: ignore[index]


def test_a_person_who_comes_back_keeps_the_earliest_date(tmp_path: Path) -> None:
    """One live request per person and procedure; the second visit counts as an attempt and gets a ticket."""
    person = {"procedure": "REN-SALARIE", "birth_name": "Koné", "given_names": ["Awa"], "birth_date": "1984-02-29"}
    lines = [person | {"idempotency_key": "monday"}, person | {"birth_name": "KONE", "idempotency_key": "friday"}]

    done = borne("file", "-", "--data-dir", tmp_path / "data", stdin="\n".join(map(json.dumps, lines)))

    first, again = answers_of(done.out)
    assert (again["reference"], again["received_at"]) == (first["reference"], first["received_at"])
    assert again["journal_seq"] != first["journal_seq"]
    assert [e["type"] for e in journal_shown(tmp_path / "data")][-2:] == ["request_filed", "filing_repeated"]


def test_the_report_has_exactly_what_was_promised(tmp_path: Path, lines: list[str]) -> None:
    """``{reference, call_number, received_at, print_state, journal_seq}``."""
    report = answers_of(borne("file", "-", "--data-dir", tmp_path / "data", stdin=lines[0]).out)[0]

    assert list(report) == ["reference", "call_number", "received_at", "print_state", "journal_seq"]
    assert report["print_state"] == "saved"
