"""Requests as JSON, filed without the screens."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from structlog.testing import LogCapture

from kiosk.errors import InputError
from kiosk.settings import Settings
from tests.fakes.requests import a_request_content
from ui.commands.filing import file_lines, key_of_content, parsed_object
from ui.composition import Machine, open_machine, prepared

A_LINE = b'{"procedure": "REN-SALARIE", "birth_name": "KONE"}\n'


@pytest.fixture
def machine(tmp_path: Path, log: LogCapture) -> Iterator[Machine]:
    """A machine without a printer, joined as the program joins it."""
    with open_machine(Settings(), tmp_path / "data") as joined, prepared(joined):
        yield joined


def test_a_line_that_is_no_text_stops_nothing(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    """Bytes that are not UTF-8 are refused by line; empty lines are passed over; the next line is filed."""
    assert file_lines(machine, io.BytesIO(b"\n{\xff}\n" + A_LINE)) == 0

    refused, filed = map(json.loads, capsys.readouterr().out.splitlines())
    assert (refused["line"], refused["error"]["field"]) == (2, "request")
    assert filed["journal_seq"] == 2


def test_the_same_words_have_the_same_key() -> None:
    """A line without a key that is given again creates nothing."""
    assert key_of_content(a_request_content()) == key_of_content(a_request_content())
    assert key_of_content(a_request_content()) != key_of_content(a_request_content(birth_name="KONE"))


@pytest.mark.parametrize("text", ["", "{", "[]", "7", "null", '{"a": 1, "a": 2}', "[" * 100_000])
def test_only_one_json_object_without_doubled_keys_is_a_request(text: str) -> None:
    """Everything else is refused as a whole, by name."""
    with pytest.raises(InputError) as caught:
        parsed_object(text)

    assert caught.value.field == "request"


def test_without_a_printer_nothing_is_tried_and_nothing_waits(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    """The job stays ``saved``; no later run prints it behind anybody's back."""
    file_lines(machine, io.BytesIO(A_LINE))

    assert json.loads(capsys.readouterr().out)["print_state"] == "saved"
    with machine.store.reading() as unit:
        assert unit.journal.head().seq == 2
