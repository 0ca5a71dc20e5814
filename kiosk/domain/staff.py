"""Members of staff: their names, what each role may do, and for how long failures lock a name."""

import hashlib
import re
from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Final

from kiosk.errors import InputError

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")

FAILURES_BEFORE_LOCK: Final = 5
FIRST_LOCK: Final = timedelta(minutes=1)
LONGEST_LOCK: Final = timedelta(hours=1)
FAILURES_FORGOTTEN_AFTER: Final = timedelta(days=1)


class Role(StrEnum):
    """What an account of a kiosk's staff may do."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """One thing that a role allows."""

    SERVE = "serve"  # call, serve and hand over people; open their files
    TEND_PRINTER = "tend_printer"  # say that the roll was changed, print a test
    CHANGE_ORDER = "change_order"  # give and take priorities
    READ_FIGURES = "read_figures"  # of weeks and months, and the report; those of a day are everybody's
    CLOSE_DAY = "close_day"  # end the day, and hand out the register of any day
    EXPORT_LIST = "export_list"  # take a list of requests away as a file
    SILENCE_ALARMS = "silence_alarms"
    MERGE_REQUESTS = "merge_requests"  # make one of two requests of the same person
    ERASE_PEOPLE = "erase_people"  # take a person's data out
    MANAGE_ACCOUNTS = "manage_accounts"
    CONFIGURE = "configure"  # change what the machine offers and says; copy its data


_SERVING: Final = frozenset({Permission.SERVE, Permission.TEND_PRINTER})
_SUPERVISING: Final = _SERVING | {
    Permission.CHANGE_ORDER,
    Permission.READ_FIGURES,
    Permission.CLOSE_DAY,
    Permission.EXPORT_LIST,
    Permission.SILENCE_ALARMS,
    Permission.MERGE_REQUESTS,
    Permission.ERASE_PEOPLE,
}
MAY: Final[Mapping[Role, frozenset[Permission]]] = {
    Role.AGENT: _SERVING,
    Role.SUPERVISOR: _SUPERVISING,
    Role.ADMINISTRATOR: _SUPERVISING | {Permission.MANAGE_ACCOUNTS, Permission.CONFIGURE},
}


def require_account_name(name: str) -> None:
    """Refuse what is no name of an account.

    Raises:
        InputError: says the form.
    """
    if not _NAME.fullmatch(name):
        raise InputError("name", "2 to 40 small letters, digits, dots, hyphens, for example a.martin")


def lock_after(failures: int) -> timedelta | None:
    """Return for how long so many failures one after the other lock a name; None when they do not."""
    over = failures - FAILURES_BEFORE_LOCK
    return None if over < 0 else min(LONGEST_LOCK, FIRST_LOCK * 2 ** min(over, 10))


def hash_of_typed_name(name: str) -> str:
    """Return what is kept of a name for which a sign-in failed: people type passwords into the wrong field."""
    return hashlib.sha256(name.encode(errors="surrogatepass")).hexdigest()
