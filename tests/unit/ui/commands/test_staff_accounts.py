"""``staff``: accounts of a machine, for its administrators only."""

import json
from pathlib import Path

import pytest

from kiosk.settings_loading import load_settings
from tests.fakes.command_tree import command_names
from tests.fakes.programs import Done, asked, types_shown
from tests.fakes.staff import a_telephone_with
from ui.composition import open_machine

CHIEF_S, AGENT_S, OWN_S = "Trois-lacs-2026", "Quatre-lacs-2027", "Cinq-lacs-2028"


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
    return types_shown(tmp_path / "data")


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
    data = tmp_path / "data"
    with open_machine(load_settings(None), data) as machine:
        machine.desk.accounts.change_password("a.martin", AGENT_S, OWN_S)
    secrets["agent"].write_text(OWN_S, encoding="utf-8")
    agent, stranger = ("a.martin", secrets["agent"]), ("chef", secrets["weak"])
    staff_list = tmp_path / "list.csv"
    staff_list.write_text("b.petit;administrator", encoding="utf-8")
    forbidden: dict[str, list[str | Path]] = {
        "staff add": ["b.petit", "--role", "administrator", "--password-file", secrets["chief"]],
        "staff disable": ["chef"],
        "staff enable": ["chef"],
        "staff reset": ["chef", "--password-file", secrets["agent"]],
        "staff list": [],
        "staff role": ["a.martin", "administrator"],
        "staff unlock": ["chef"],
        "staff import": [staff_list, "--yes"],
        "staff totp remove": ["chef"],
    }
    assert set(forbidden) == {name for name in command_names() if name.startswith("staff ")}
    for command, values in forbidden.items():
        arguments = [*command.split()[1:], *values]
        assert staff(tmp_path, *arguments, by=agent).code == 1
        assert staff(tmp_path, *arguments).code == 2
    refused = staff(tmp_path, "list", by=stranger)

    assert (refused.code, refused.out) == (1, "")
    assert "no account has this name and password" in refused.err
    assert entries(tmp_path) == ["genesis", *["account_changed"] * 3, "sign_in_failed"]


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


def test_what_the_screen_does_the_command_line_does_too(tmp_path: Path, secrets: dict[str, Path]) -> None:
    """Another role, a way back for who was disabled, a lock that ends, a telephone that was lost."""
    chief = ("chef", secrets["chief"])
    staff(tmp_path, "add", "chef", "--role", "administrator", "--password-file", secrets["chief"])
    staff(tmp_path, "add", "a.martin", "--password-file", secrets["agent"], by=chief)
    assert staff(tmp_path, "role", "chef", "agent", by=chief).code == 2
    assert json.loads(staff(tmp_path, "role", "a.martin", "supervisor", by=chief).out)["role"] == "supervisor"
    staff(tmp_path, "disable", "a.martin", by=chief)
    assert json.loads(staff(tmp_path, "enable", "a.martin", by=chief).out)["disabled"] is False
    for _ in range(5):
        assert staff(tmp_path, "list", by=("a.martin", secrets["weak"])).code == 1
    listed = [json.loads(line) for line in staff(tmp_path, "list", by=chief).out.splitlines()]
    assert [found["locked_until"] is not None for found in listed] == [True, False]
    assert json.loads(staff(tmp_path, "unlock", "a.martin", by=chief).out) == {"account": "a.martin", "locked": False}
    assert "second factor" in staff(tmp_path, "totp", "remove", "a.martin", by=chief).err

    assert entries(tmp_path).count("account_changed") == 6


def test_who_has_a_second_factor_gives_its_code_here_too(tmp_path: Path, secrets: dict[str, Path]) -> None:
    """With an option; without it nothing is done, and nothing counted."""
    staff(tmp_path, "add", "chef", "--role", "administrator", "--password-file", secrets["chief"])
    with open_machine(load_settings(None), tmp_path / "data") as machine:
        session = machine.desk.sign_in("chef", CHIEF_S, machine.desk.counters()[0])
        telephone = a_telephone_with(machine.desk.second_factor.offer(session).secret_text)
        code = telephone.shows(machine.clock.read().utc)
        _, codes = machine.desk.second_factor.confirm(session, CHIEF_S, code)
    chief = ("chef", secrets["chief"])
    without, wrong = staff(tmp_path, "list", by=chief), staff(tmp_path, "list", "--as-code", "000000", by=chief)
    right = staff(tmp_path, "list", "--as-code", codes[0], by=chief)

    assert (without.code, wrong.code, right.code) == (1, 1, 0)
    assert "also asks for the code" in without.err
    assert json.loads(right.out)["totp"] is True
    assert entries(tmp_path).count("sign_in_failed") == 1


def test_a_list_is_looked_through_before_it_makes_accounts(tmp_path: Path, secrets: dict[str, Path]) -> None:
    """Nothing happens without ``--yes``; one bad line stops all; passwords go to standard output or onto a sheet."""
    chief, sheet = ("chef", secrets["chief"]), tmp_path / "sheet.pdf"
    staff(tmp_path, "add", "chef", "--role", "administrator", "--password-file", secrets["chief"])
    bad, good, more = (tmp_path / f"{name}.csv" for name in ("bad", "good", "more"))
    bad.write_text("nom;role\na.martin;agent\nchef;agent\n", encoding="utf-8")
    good.write_text("nom;role\na.martin;agent\ns.blanc;superviseur\n", encoding="cp1252")
    more.write_text("c.noir,agent\n", encoding="utf-8")
    looked = staff(tmp_path, "import", bad, "--yes", by=chief)
    assert looked.code == 1
    assert [json.loads(line)["problem"] for line in looked.out.splitlines()] == [None, "exists"]
    assert staff(tmp_path, "import", good, by=chief).code == 0
    assert entries(tmp_path).count("account_changed") == 1
    made = staff(tmp_path, "import", good, "--yes", "--sheet", sheet, by=chief)
    assert (made.code, "password" in made.out) == (0, False)
    assert (sheet.read_bytes()[:5], sheet.stat().st_mode & 0o777) == (b"%PDF-", 0o600)
    taken = staff(tmp_path, "import", more, "--yes", "--sheet", sheet, by=chief)
    assert (taken.code, "--sheet: a new file" in taken.err) == (2, True)
    told = json.loads(staff(tmp_path, "import", more, "--yes", by=chief).out)

    assert (told["account"], len(told["password"])) == ("c.noir", 30)
    assert entries(tmp_path).count("account_changed") == 4
    assert staff(tmp_path, "import", tmp_path / "missing", by=chief).code == 2
