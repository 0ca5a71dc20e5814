"""What ``staff import`` does: many accounts from a list, all of them or none, and nothing before somebody says so."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from kiosk.errors import ConfigurationError
from kiosk.journal.canonical import JsonValue
from kiosk.ports.account_desk import NewAccount
from ui.commands.staff_accounts import AdministratorAt


def imported(
    at: AdministratorAt, file: Path, *, is_meant: bool, sheet: Path | None
) -> tuple[list[dict[str, JsonValue]], bool]:
    """Return a report for each line, and whether all is well.

    Args:
        at: the machine and who acts.
        file: the list.
        is_meant: make the accounts; otherwise say what would be made.
        sheet: where the first passwords go; None reports them.

    Raises:
        ConfigurationError: the list cannot be read, or the sheet cannot be written.
        InputError: it is no list.
    """
    data = _read(file)
    by = at.prove()
    lines = at.accounts.look_through(data, by=by)
    is_good = all(line.problem is None for line in lines)
    if not (is_meant and is_good):
        reports: list[dict[str, JsonValue]] = [
            {
                "line": line.number,
                "account": line.name,
                "role": line.role.value if line.role else line.role_text,
                "problem": line.problem.value if line.problem else None,
            }
            for line in lines
        ]
        return reports, is_good
    if sheet is None:
        made = at.accounts.add_all(data, by=by)
        return [{"account": each.name, "role": each.role.value, "password": each.password} for each in made], True
    with _Sheet(sheet) as paper:
        made = at.accounts.add_all(data, by=by)
        paper.write(at, made)
    return [{"account": each.name, "role": each.role.value, "sheet": str(sheet)} for each in made], True


class _Sheet:
    """A new file that only its owner reads; it is there before the accounts, whose passwords it alone will hold."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> Self:
        try:
            self._descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            expectation = f"a new file in a place to write to, not {self._path} ({error.strerror})"
            raise ConfigurationError("--sheet", expectation) from error
        return self

    def write(self, at: AdministratorAt, made: Sequence[NewAccount]) -> None:
        from printing.reports.account_sheet import AccountSheet, account_sheet_pdf

        document = account_sheet_pdf(AccountSheet(at.site, at.today, made))
        with os.fdopen(self._descriptor, "wb", closefd=False) as file:
            file.write(document)
            file.flush()
            os.fsync(file.fileno())

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        os.close(self._descriptor)
        if kind is not None:
            self._path.unlink(missing_ok=True)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ConfigurationError("FILE", f"a list that can be read, not {file} ({error.strerror})") from error
