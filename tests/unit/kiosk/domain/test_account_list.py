"""Lists of staff as table programs save them, and what is wrong with each line."""

import pytest

from kiosk.domain.account_list import MOST_BYTES, MOST_LINES, LineProblem, read_account_list
from kiosk.domain.staff import Role
from kiosk.errors import InputError

BOTH = [("a.martin", Role.AGENT), ("s.blanc", Role.SUPERVISOR)]


@pytest.mark.parametrize(
    "data",
    [
        b"a.martin;agent\ns.blanc;superviseur\n",
        b"a.martin,agent\r\ns.blanc,supervisor\r\n",
        b"nom;r\xf4le\r\nA.Martin;Agent\r\nS.Blanc;SUPERVISEUR\r\n",
        "\ufeffNom;Rôle;;\n a.martin ; agente ;;\n\n;;\ns.blanc;superviseuse;;".encode(),
        b'"a.martin";"agent"\r"s.blanc";"superviseur"',
    ],
    ids=["semicolons", "commas", "windows-1252", "utf-8 with signature and empty cells", "quoted, old line ends"],
)
def test_a_list_is_read_however_it_was_saved(data: bytes) -> None:
    """With or without a heading."""
    lines = read_account_list(data)

    assert [(line.name, line.role) for line in lines] == BOTH
    assert [line.problem for line in lines] == [None, None]


def test_each_line_says_what_is_wrong_with_it() -> None:
    """With its number in the file; only the first clash of a name is one."""
    text = (
        "name;role\nx;agent\nb.petit;king\nchef;agent\nc.noir;agent\nC.Noir;agent\n"
        "d.roux\ne.gris;agent;oui\nhélène;agent\n"
    )
    lines = read_account_list(text.encode(), taken={"chef"})

    assert [(line.number, line.problem) for line in lines] == [
        (2, LineProblem.NAME),
        (3, LineProblem.ROLE),
        (4, LineProblem.EXISTS),
        (5, None),
        (6, LineProblem.TWICE),
        (7, LineProblem.COLUMNS),
        (8, LineProblem.COLUMNS),
        (9, LineProblem.NAME),
    ]
    assert lines[1].role_text == "king"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n;;\n",
        b"nom;role\n",
        "a.martin;agent".encode("utf-16"),
        b"\x81\x8d\xff",
        b"a.martin;agent\n" * (MOST_BYTES // 10),
        b"".join(b"a%d;agent\n" % n for n in range(MOST_LINES + 1)),
        b'a;"' + b"x" * 200_000,
    ],
    ids=["empty", "empty cells", "heading only", "UTF-16", "bytes", "too long", "too many", "one endless cell"],
)
def test_what_is_no_list_is_refused(data: bytes) -> None:
    """As a whole, in words."""
    with pytest.raises(InputError, match="file"):
        read_account_list(data)
