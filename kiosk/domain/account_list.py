"""A list of members of staff as a table program saves it (CSV): names and roles, read line by line."""

import csv
import io
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from kiosk.domain.staff import Role, require_account_name
from kiosk.errors import InputError

MOST_BYTES: Final = 100_000
MOST_LINES: Final = 200
_HEADINGS: Final = frozenset({"name", "nom", "account", "compte", "login", "identifiant"})
_ROLES: Final = {
    "agent": Role.AGENT,
    "agente": Role.AGENT,
    "supervisor": Role.SUPERVISOR,
    "superviseur": Role.SUPERVISOR,
    "superviseuse": Role.SUPERVISOR,
    "administrator": Role.ADMINISTRATOR,
    "administrateur": Role.ADMINISTRATOR,
    "administratrice": Role.ADMINISTRATOR,
}
_COLUMNS: Final = 2


class LineProblem(StrEnum):
    """Why a line makes no account."""

    COLUMNS = "columns"  # not a name and a role
    NAME = "name"  # no name of an account
    ROLE = "role"  # no role
    TWICE = "twice"  # the name stands further up already
    EXISTS = "exists"  # there is, or was, an account of this name


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One line of the list.

    Attributes:
        number: in the file, from 1.
        name: as it would be signed in with.
        role: None when there is no such role.
        role_text: as it stands in the file.
        problem: why it makes no account; None when it does.
    """

    number: int
    name: str
    role: Role | None
    role_text: str
    problem: LineProblem | None = None


def read_account_list(data: bytes, taken: Collection[str] = ()) -> Sequence[AccountLine]:
    """Return the lines of a list, each with what is wrong with it.

    Args:
        data: the file: UTF-8 or Windows-1252, ``name;role`` or ``name,role``, with or without a heading.
        taken: names of accounts that there are.

    Raises:
        InputError: it is no such file, too long, or empty.
    """
    if len(data) > MOST_BYTES:
        raise InputError("file", f"a list of at most {MOST_BYTES} bytes, not {len(data)}")
    lines = list(_lines(_decoded(data)))
    if not lines:
        raise InputError("file", "a line for each account: name;role")
    if len(lines) > MOST_LINES:
        raise InputError("file", f"at most {MOST_LINES} accounts at once, not {len(lines)}")
    seen: set[str] = set()
    judged = []
    for line in lines:
        judged.append(replace(line, problem=line.problem or _clash(line.name, seen, taken)))
        seen.add(line.name)
    return judged


def _clash(name: str, seen: Collection[str], taken: Collection[str]) -> LineProblem | None:
    if name in taken:
        return LineProblem.EXISTS
    return LineProblem.TWICE if name in seen else None


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError as error:
            raise InputError("file", "a text in UTF-8 or Windows-1252") from error
    if "\0" in text:  # what UTF-16 and most other files look like
        raise InputError("file", "a text in UTF-8 or Windows-1252")
    return text


def _lines(text: str) -> Iterator[AccountLine]:
    separator = ";" if ";" in text else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
    is_first = True
    try:
        for cells in reader:
            filled = [cell.strip() for cell in cells]
            while filled and not filled[-1]:
                filled.pop()  # table programs end lines with empty cells
            if not filled:
                continue
            if is_first and filled[0].lower() in _HEADINGS:
                is_first = False
                continue
            is_first = False
            yield _line(reader.line_num, filled)
    except csv.Error as error:
        raise InputError("file", f"lines of name;role, which line {reader.line_num} is not") from error


def _line(number: int, cells: Sequence[str]) -> AccountLine:
    name, role_text = cells[0].lower(), cells[1] if len(cells) > 1 else ""
    role = _ROLES.get(role_text.lower())
    problem = None
    if len(cells) != _COLUMNS:
        problem = LineProblem.COLUMNS
    elif not _is_name(name):
        problem = LineProblem.NAME
    elif role is None:
        problem = LineProblem.ROLE
    return AccountLine(number, name, role, role_text, problem)


def _is_name(name: str) -> bool:
    try:
        require_account_name(name)
    except InputError:
        return False
    return True
