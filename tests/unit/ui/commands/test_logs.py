"""A log tells what went wrong and where, and never to whom."""

import json

import pytest
import structlog

from ui.commands.logs import configure_logs

NAME = "N'Guessan-Kouamé"


def _breaks(birth_name: str) -> None:
    raise ValueError(f"{birth_name} cannot be printed")


def test_an_error_is_told_by_its_kind_and_place_without_a_value(capsys: pytest.CaptureFixture[str]) -> None:
    """Its text and the variables around it may hold what a person typed."""
    configure_logs("info")
    try:
        _breaks(NAME)
    except ValueError:
        structlog.get_logger().exception("unexpected.error", birth_name=NAME, screen="printing")

    line = capsys.readouterr().err
    told = json.loads(line)
    assert NAME not in line
    assert told["screen"] == "printing"
    assert told["exception"][0] == "ValueError"
    assert [place.split()[-1] for place in told["exception"][1:]] == [
        "_breaks",
        "test_an_error_is_told_by_its_kind_and_place_without_a_value",
    ]


def test_what_is_no_error_has_no_place(capsys: pytest.CaptureFixture[str]) -> None:
    """And a field that is not in the catalogue is dropped."""
    configure_logs("info")
    structlog.get_logger().info("visit.started", language="fr", birth_name=NAME)

    told = json.loads(capsys.readouterr().err)
    assert {"exception", "exc_info", "birth_name"} & set(told) == set()
    assert told["language"] == "fr"
