"""``staff``: accounts of a machine, for its administrators only."""

import json
from pathlib import Path

import pytest

from tests.fakes.programs import Done, asked

CHIEF_S, AGENT_S = "Trois-lacs-2026", "Quatre-lacs-2027"


@pytest.fixture
def secrets(tmp_path: Path) -> dict[str, Path]:
    """Files with passwords."""
    files = {name: tmp_path / name for name in ("chief", "agent", "weak")}
    for file, text in zip(files.values(), (CHIEF_S, AGENT_S, "weak"), strict=True):
        file.write_text(f"{text}\n", encoding="utf-8")
    return files


def staff(tmp_path: Path, *arguments: str | Path, by: tuple[str, Path] | None = None) -> Done:
    proof = ("--as", by[0], "--as-password-file", by[1]) if by else ()
    return asked("staff", *arguments, *proof, "--data-dir", tmp_path / "data", "--json")


def entries(tmp_path: Path) -> list[str]:
    shown = asked("journal", "show", "--json", "--data-dir", tmp_path / "data")
    return [json.loads(line)["type"] for line in shown.out.splitlines()]


def test_the_first_account_is_the_administrator_who_makes_the_others(tmp_path: Path, secrets: dict[str, Path]) -> None:
    """Each act is in the journal; no password is to be seen anywhere."""
    first = staff(tmp_path, "add", "chef", "--role", "administrator", "--password-file", secrets["chief"])
    assert json.loads(first.out) == {
        "account": "chef",
        "role": "administrator",
        "must_change": False,
        "disabled_at": None,
    }
    chief = ("chef", secrets["chief"])
    made = staff(tmp_path, "add", "a.martin", "--password-file", secrets["agent"], by=chief)
    assert json.loads(made.out)["must_change"] is True
    assert staff(tmp_path, "reset", "a.martin", "--password-file", secrets["agent"], by=chief).code == 0
    assert staff(tmp_path, "disable", "a.martin", by=chief).code == 0
    listed = [json.loads(line) for line in staff(tmp_path, "list", by=chief).out.splitlines()]

    assert [(found["account"], found["disabled_at"] is None) for found in listed] == [
        ("a.martin", False),
        ("chef", True),
    ]
    assert entries(tmp_path) == ["genesis", *["account_changed"] * 4]
    assert CHIEF_S not in first.out + first.err + made.out + made.err
    assert asked("journal", "verify", "--data-dir", tmp_path / "data").code == 0


def test_an_agent_cannot_do_at_the_command_line_what_the_role_forbids(tmp_path: Path, secrets: dict[str, Path]) -> None:
    """Nor does somebody without an account; the failed sign-in is in the journal."""
    staff(tmp_path, "add", "chef", "--role", "administrator", "--password-file", secrets["chief"])
    staff(tmp_path, "add", "a.martin", "--password-file", secrets["agent"], by=("chef", secrets["chief"]))
    agent, stranger = ("a.martin", secrets["agent"]), ("chef", secrets["weak"])
    for arguments in (
        ["add", "b.petit", "--role", "administrator", "--password-file", secrets["chief"]],
        ["disable", "chef"],
        ["reset", "chef", "--password-file", secrets["agent"]],
        ["list"],
    ):
        assert staff(tmp_path, *arguments, by=agent).code == 1
        assert staff(tmp_path, *arguments).code == 2
    refused = staff(tmp_path, "list", by=stranger)

    assert (refused.code, refused.out) == (1, "")
    assert "no account has this name and password" in refused.err
    assert entries(tmp_path) == ["genesis", "account_changed", "account_changed", "sign_in_failed"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["add", "chef", "--password-file", "CHIEF"], "--role: administrator for the first account"),
        (["add", "chef", "--role", "king", "--password-file", "CHIEF"], "--role: agent, supervisor or administrator"),
        (["add", "chef", "--role", "administrator", "--password-file", "WEAK"], "password: 12 characters"),
        (["add", "Le Chef", "--role", "administrator", "--password-file", "CHIEF"], "name: 2 to 40 small letters"),
        (["add", "chef", "--role", "administrator", "--password-file", "missing"], "--password-file: a readable"),
        (["list"], "--as: the name of an administrator"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_wrong_is_said_in_one_line(
    tmp_path: Path, secrets: dict[str, Path], arguments: list[str], said: str
) -> None:
    """With exit code 2, and no account is made."""
    files = {"CHIEF": secrets["chief"], "WEAK": secrets["weak"]}
    done = staff(tmp_path, *(files.get(argument, argument) for argument in arguments))

    assert done.code == 2
    assert said in done.err
    assert entries(tmp_path) == ["genesis"]
