"""Who may work in a hub's hall: the accounts of the centre whose scope is the whole site."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from kiosk.domain.moment import instant_text, parse_instant
from kiosk.domain.staff import Role
from kiosk.ports.staff import AgentAccount, SignInGuard
from sync.central.desk.accounts import Account, AccountRole
from sync.central.desk.factors import SealedFactors
from sync.central.hall.site import HallSite
from sync.central.tables import account_scopes, accounts, sign_in_guards

_GUARDS: Final = sign_in_guards.c
_OF_NAME: Final = (
    sa.select(accounts, account_scopes.c.scope)
    .select_from(accounts.outerjoin(account_scopes, account_scopes.c.name == accounts.c.name))
    .where(accounts.c.name == sa.bindparam("wanted"))
)


class HallAgents:
    """The :class:`kiosk.ports.staff.AgentTable` of one transaction at a hub; an account of elsewhere is none here."""

    def __init__(self, connection: sa.Connection, hall: HallSite, factors: SealedFactors) -> None:
        self._connection, self._hall, self._factors = connection, hall, factors

    def get(self, name: str) -> AgentAccount | None:
        """Return an account, disabled or not; None when there is none of this name for this hall."""
        return account_within(self._connection.execute(_OF_NAME, {"wanted": name}).all(), self._hall, self._factors)

    def hold(self, name: str) -> AgentAccount | None:
        """Return an account as :meth:`get` does, and let nobody else change it before this transaction is over."""
        mine = sa.select(accounts.c.name).where(accounts.c.name == name).with_for_update()
        self._connection.execute(mine)
        return self.get(name)

    def all(self) -> Sequence[AgentAccount]:
        """Return all accounts by name, the disabled ones too."""
        names = self._connection.execute(sa.select(accounts.c.name).order_by(accounts.c.name)).scalars().all()
        return [found for name in names if (found := self.get(name)) is not None]

    def put(self, account: AgentAccount) -> None:
        """Keep what changed of an account; it is made at the hub's command line."""
        values = {"password_hash": account.password_hash, "must_change": account.must_change}
        values |= self._factors.values(account.name, account.second_factor)
        self._connection.execute(sa.update(accounts).where(accounts.c.name == account.name).values(**values))


class HallSignInGuards:
    """The :class:`kiosk.ports.staff.SignInGuardTable` of one transaction at a hub: one count for every door of it."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def get(self, name_hash: str) -> SignInGuard | None:
        """Return the failures under a name, None when there are none."""
        query = sa.select(sign_in_guards).where(_GUARDS.name_hash == name_hash)
        row = self._connection.execute(query).one_or_none()
        if row is None:
            return None
        until = None if row.locked_until is None else parse_instant(row.locked_until)
        return SignInGuard(row.failures, parse_instant(row.failed_at), until)

    def put(self, name_hash: str, guard: SignInGuard) -> None:
        """Keep the failures under a name."""
        values: dict[str, Any] = {
            "failures": guard.failures,
            "failed_at": instant_text(guard.failed_at),
            "locked_until": None if guard.locked_until is None else instant_text(guard.locked_until),
        }
        mine = _GUARDS.name_hash == name_hash
        if not self._connection.execute(sa.update(sign_in_guards).where(mine).values(**values)).rowcount:
            self._connection.execute(sa.insert(sign_in_guards).values(name_hash=name_hash, **values))

    def forget(self, name_hash: str) -> None:
        """Forget the failures under a name."""
        self._connection.execute(sa.delete(sign_in_guards).where(_GUARDS.name_hash == name_hash))

    def forget_older(self, failed_before: datetime) -> None:
        """Forget failures that are old."""
        self._connection.execute(sa.delete(sign_in_guards).where(_GUARDS.failed_at < instant_text(failed_before)))


def account_within(rows: Sequence[sa.Row[Any]], hall: HallSite, factors: SealedFactors) -> AgentAccount | None:
    """Return the account of rows that say its scopes, one a row; None when it may not see the whole hall.

    Args:
        rows: the columns of ``accounts``, and ``scope``.
        hall: the site.
        factors: opens second factors.
    """
    if not rows:
        return None
    row, scopes = rows[0], tuple(row.scope for row in rows if row.scope is not None)
    if not (Account(row.name, AccountRole(row.role), scopes).sees_all or hall.is_within(scopes)):
        return None
    return AgentAccount(
        name=row.name,
        role=Role(row.role),
        password_hash=row.password_hash,
        made_at=parse_instant(row.created_at),
        must_change=row.must_change,
        disabled_at=None if row.disabled_at is None else parse_instant(row.disabled_at),
        second_factor=factors.of_row(row),
    )
