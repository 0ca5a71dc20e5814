"""``centre account``: made, listed, disabled and given a new password where the centre's database is."""

import json
from pathlib import Path

import pytest

from kiosk.domain.passwords import require_good
from kiosk.errors import InputError
from tests.fakes.programs import Done, asked

A_GOOD_ONE = "Trois-lacs-2026"


@pytest.fixture
def password(tmp_path: Path) -> Path:
    file = tmp_path / "password"
    file.write_text(f"{A_GOOD_ONE}\n", encoding="utf-8")
    return file


def account(tmp_path: Path, *arguments: str | Path) -> Done:
    return asked("centre", "account", *arguments, "--data-dir", tmp_path, "--json")


def test_an_account_is_made_listed_reset_and_disabled(tmp_path: Path, password: Path) -> None:
    """The password is nowhere to be seen."""
    made = account(tmp_path, "add", "a.martin", "--scope", "38", "--scope", "69-A1", "--password-file", password)
    expected: dict[str, object] = {
        "account": "a.martin",
        "role": "agent",
        "scopes": ["38", "69-A1"],
        "disabled_at": None,
        "second_factor": False,
    }
    expected["second_factor"] = False
    assert json.loads(made.out) == expected
    chief = account(tmp_path, "add", "chef", "--role", "administrator", "--password-file", password)
    assert json.loads(chief.out)["scopes"] == []
    assert account(tmp_path, "reset", "a.martin", "--password-file", password).code == 0
    assert account(tmp_path, "disable", "a.martin").code == 0
    listed = [json.loads(line) for line in account(tmp_path, "list").out.splitlines()]

    assert [(found["account"], found["disabled_at"] is None) for found in listed] == [
        ("a.martin", False),
        ("chef", True),
    ]
    assert A_GOOD_ONE not in made.out + made.err
    assert A_GOOD_ONE.encode() not in b"".join(file.read_bytes() for file in tmp_path.glob("centre.db*"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["add", "a.martin", "--password-file", "PASSWORD"], "--scope: at least one"),
        (["add", "a.martin", "--scope", "isere", "--password-file", "PASSWORD"], "not 'isere'"),
        (["add", "A Martin", "--scope", "38", "--password-file", "PASSWORD"], "name: 2 to 40 small letters"),
        (
            ["add", "a.martin", "--role", "king", "--password-file", "PASSWORD"],
            "--role: agent, supervisor or administrator",
        ),
        (["add", "a.martin", "--scope", "38", "--password-file", "missing"], "--password-file: a readable text file"),
        (["add", "trois", "--scope", "38", "--password-file", "PASSWORD"], "password: 12 characters"),
        (["disable", "nobody"], "an account that exists, not 'nobody'"),
        (["reset", "nobody", "--password-file", "PASSWORD"], "an account that exists, not 'nobody'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_wrong_is_said_in_one_line(tmp_path: Path, password: Path, arguments: list[str], said: str) -> None:
    """With exit code 2, and nothing is made."""
    done = account(tmp_path, *(str(password) if word == "PASSWORD" else word for word in arguments))

    assert done.code == 2
    assert said in done.last_line
    assert account(tmp_path, "list").out == ""


@pytest.mark.parametrize(
    ("password", "is_good"),
    [
        ("Trois-lacs-2026", True),
        ("Troislacs20266", True),
        ("un deux trois quatre cinq six sept", True),
        ("Troislacs2026", False),
        ("trois-lacs-2026", False),
        ("Courte-1", False),
        ("a a a a a a a a a", False),
        ("Martin-lacs-2026", False),
        ("Aa1-" * 51, False),
    ],
)
def test_a_password_is_as_strong_as_the_cnil_asks(password: str, is_good: bool) -> None:
    """Twelve characters of four kinds, fourteen of three, or seven words; never with the name in it."""
    if is_good:
        require_good(password, "martin")
    else:
        with pytest.raises(InputError):
            require_good(password, "martin")
