"""Accounts of people at the centre: agents see the files of their scope, administrators see the fleet as well.

At a hub with counters the same accounts work in the hall, with the same roles; there an account whose password somebody
else chose must change it first.

An account is made, changed and disabled at the command line of the centre; each of these acts is an entry of the
centre's journal. An account is never deleted: the journal names it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import sqlalchemy as sa

from kiosk.domain.moment import instant_text
from kiosk.domain.passwords import require_good
from kiosk.domain.staff import require_account_name
from kiosk.errors import InputError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EntryType
from kiosk.password_hashes import Argon2Passwords
from kiosk.ports.staff import PasswordHashes
from sync.central.context import CentreContext
from sync.central.desk.factors import forget_factor
from sync.central.desk.sign_in_guard import forgive
from sync.central.tables import account_scopes, account_sessions, accounts

_SCOPE: Final = re.compile(r"[0-9AB]{2,3}(-[0-9A-Z]{2})?")


class AccountRole(StrEnum):
    """What an account may do."""

    AGENT = "agent"  # find and open the files of its scope; call and serve people in the hall of its site
    SUPERVISOR = "supervisor"  # the same, and give priorities in the hall
    ADMINISTRATOR = "administrator"  # the same, and see the fleet of its scope


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in at the centre.

    Attributes:
        name: unique, small letters.
        role: see :class:`AccountRole`.
        scopes: départements (``38``) and machines (``38-A2``) whose files it may see; empty for an administrator means
            all, for anybody else it does not happen.
        disabled_at: UTC text; None while it may sign in.
        has_second_factor: it asks for a code beside the password.
    """

    name: str
    role: AccountRole
    scopes: tuple[str, ...]
    disabled_at: str | None = None
    has_second_factor: bool = False

    @property
    def sees_all(self) -> bool:
        """Whether nothing is out of its scope."""
        return self.role is AccountRole.ADMINISTRATOR and not self.scopes


def add_account(
    centre: CentreContext,
    name: str,
    role: AccountRole,
    scopes: Sequence[str],
    password: str,
    *,
    by: str,
    passwords: PasswordHashes | None = None,
) -> Account:
    """Make an account.

    Args:
        centre: database, clock, journal.
        name: small letters, digits, ``.``, ``_``, ``-``.
        role: what it may do.
        scopes: what it may see; anybody else needs one at least.
        password: as typed; only its hash is kept.
        by: who makes it, for the journal.
        passwords: makes the hash; the usual ones when None.

    Raises:
        InputError: a value is wrong, or there is an account of this name, disabled or not.
    """
    account = _checked(Account(name, role, tuple(dict.fromkeys(scopes))))
    require_good(password, name)
    hashed = (passwords or Argon2Passwords()).hash(password)
    with centre.engine.begin() as connection:
        if account_of(connection, name) is not None:
            raise InputError("name", f"another name; {name} exists, or existed")
        created = {"name": name, "role": role.value, "created_at": instant_text(centre.now()), "must_change": True}
        connection.execute(sa.insert(accounts).values(password_hash=hashed, **created))
        for scope in account.scopes:
            connection.execute(sa.insert(account_scopes).values(name=name, scope=scope))
        _record(centre, connection, "added", name, by=by, role=role.value, scopes=list(account.scopes))
    return account


def list_accounts(connection: sa.Connection) -> list[Account]:
    """Return all accounts by name, the disabled ones too."""
    names = connection.execute(sa.select(accounts.c.name).order_by(accounts.c.name)).scalars().all()
    return [found for name in names if (found := account_of(connection, name)) is not None]


def account_of(connection: sa.Connection, name: str) -> Account | None:
    """Return an account, None when there is none of this name."""
    row = connection.execute(sa.select(accounts).where(accounts.c.name == name)).one_or_none()
    if row is None:
        return None
    query = sa.select(account_scopes.c.scope).where(account_scopes.c.name == name).order_by(account_scopes.c.scope)
    scopes = connection.execute(query).scalars().all()
    return Account(name, AccountRole(row.role), tuple(scopes), row.disabled_at, row.totp_secret is not None)


def disable_account(centre: CentreContext, name: str, *, by: str) -> None:
    """Let an account sign in no more, and sign it out everywhere.

    Raises:
        InputError: there is no such account, or it is disabled already.
    """
    with centre.engine.begin() as connection:
        account = _existing(connection, name)
        if account.disabled_at is not None:
            raise InputError("name", f"an account that is not disabled already; {name} is, since {account.disabled_at}")
        at = instant_text(centre.now())
        connection.execute(sa.update(accounts).where(accounts.c.name == name).values(disabled_at=at))
        connection.execute(sa.delete(account_sessions).where(account_sessions.c.name == name))
        _record(centre, connection, "disabled", name, by=by)


def reset_password(centre: CentreContext, name: str, password: str, *, by: str) -> None:
    """Give an account another password, end its lock, and sign it out everywhere.

    Raises:
        InputError: there is no such account, it is disabled, or the password is too weak.
    """
    require_good(password, name)
    hashed = Argon2Passwords().hash(password)
    with centre.engine.begin() as connection:
        if _existing(connection, name).disabled_at is not None:
            raise InputError("name", f"an account that is not disabled; {name} is")
        connection.execute(
            sa.update(accounts).where(accounts.c.name == name).values(password_hash=hashed, must_change=True)
        )
        connection.execute(sa.delete(account_sessions).where(account_sessions.c.name == name))
        forgive(connection, name)
        _record(centre, connection, "password_reset", name, by=by)


def remove_factor(centre: CentreContext, name: str, *, by: str) -> None:
    """Let an account ask for no code: its telephone and its recovery codes are lost.

    Raises:
        InputError: there is no such account, or it asks for none.
    """
    with centre.engine.begin() as connection:
        if not _existing(connection, name).has_second_factor:
            raise InputError("name", f"an account with a second factor, not {name!r}")
        forget_factor(connection, name)
        _record(centre, connection, "totp_off", name, by=by)


def _existing(connection: sa.Connection, name: str) -> Account:
    account = account_of(connection, name)
    if account is None:
        raise InputError("name", f"an account that exists, not {name!r}")
    return account


def _checked(account: Account) -> Account:
    require_account_name(account.name)
    for scope in account.scopes:
        if not _SCOPE.fullmatch(scope):
            raise InputError("--scope", f"a département (38) or a kiosk (38-A2), not {scope!r}")
    if account.role is not AccountRole.ADMINISTRATOR and not account.scopes:
        raise InputError("--scope", f"at least one département (38) or kiosk (38-A2) for the role {account.role}")
    return account


def _record(
    centre: CentreContext, connection: sa.Connection, act: str, name: str, *, by: str, **facts: JsonValue
) -> None:
    told: dict[str, JsonValue] = {"account": name, "act": act, "by": by, **facts}
    centre.journal.append(connection, EntryType.ACCOUNT_CHANGED, told)
