"""Accounts of the staff, and failed sign-ins, as rows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from kiosk.domain.second_factor import SecondFactor
from kiosk.domain.staff import Role
from kiosk.ports.staff import AgentAccount, SignInGuard
from kiosk.store.connections import Connection
from kiosk.store.prepared import Prepared
from kiosk.store.stored_values import instant_ms, instant_of
from kiosk.store.tables import agents, sign_in_guards

_ACCOUNT: Final = Prepared(select(agents).where(agents.c.name == bindparam("of_name")))
_ACCOUNTS: Final = Prepared(select(agents).order_by(agents.c.name))
_PUT_ACCOUNT: Final = sqlite_insert(agents)
_CHANGING: Final = [column.name for column in agents.c if column.name not in ("name", "made_at_ms")]
_KEEP_ACCOUNT: Final = Prepared(
    _PUT_ACCOUNT.on_conflict_do_update(
        index_elements=["name"],
        set_={name: _PUT_ACCOUNT.excluded[name] for name in _CHANGING},
    )
)
_GUARD: Final = Prepared(select(sign_in_guards).where(sign_in_guards.c.name_hash == bindparam("of_name")))
_PUT_GUARD: Final = sqlite_insert(sign_in_guards)
_KEEP_GUARD: Final = Prepared(
    _PUT_GUARD.on_conflict_do_update(
        index_elements=["name_hash"],
        set_={name: _PUT_GUARD.excluded[name] for name in ("failures", "failed_at_ms", "locked_until_ms")},
    )
)
_FORGET: Final = Prepared(delete(sign_in_guards).where(sign_in_guards.c.name_hash == bindparam("of_name")))
_FORGET_OLDER: Final = Prepared(delete(sign_in_guards).where(sign_in_guards.c.failed_at_ms < bindparam("before")))


class AgentRows:
    """The :class:`kiosk.ports.staff.AgentTable` of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, name: str) -> AgentAccount | None:
        """Return an account, disabled or not; None when there is none of this name."""
        row = _ACCOUNT.first(self._connection, {"of_name": name})
        return None if row is None else _account_of(row)

    def hold(self, name: str) -> AgentAccount | None:
        """Return an account; a store has one writer, so that nobody else changes it meanwhile."""
        return self.get(name)

    def all(self) -> Sequence[AgentAccount]:
        """Return all accounts by name, the disabled ones too."""
        return [_account_of(row) for row in _ACCOUNTS.rows(self._connection)]

    def put(self, account: AgentAccount) -> None:
        """Keep an account, a new one or one that changed."""
        factor = account.second_factor
        _KEEP_ACCOUNT.run(
            self._connection,
            {
                "name": account.name,
                "role": account.role.value,
                "password_hash": account.password_hash,
                "must_change": int(account.must_change),
                "made_at_ms": instant_ms(account.made_at),
                "disabled_at_ms": _ms_or_none(account.disabled_at),
                "signed_in_at_ms": _ms_or_none(account.signed_in_at),
                "totp_secret": factor and factor.secret,
                "totp_step": factor and factor.used_step,
                "recovery_hashes": factor and " ".join(factor.recovery_hashes),
            },
        )


class SignInGuardRows:
    """The :class:`kiosk.ports.staff.SignInGuardTable` of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, name_hash: str) -> SignInGuard | None:
        """Return the failures under a name, None when there are none."""
        row = _GUARD.first(self._connection, {"of_name": name_hash})
        if row is None:
            return None
        _, failures, failed_at_ms, locked_until_ms = row
        until = None if locked_until_ms is None else instant_of(locked_until_ms)
        return SignInGuard(failures, instant_of(failed_at_ms), until)

    def put(self, name_hash: str, guard: SignInGuard) -> None:
        """Keep the failures under a name."""
        until = None if guard.locked_until is None else instant_ms(guard.locked_until)
        _KEEP_GUARD.run(
            self._connection,
            {
                "name_hash": name_hash,
                "failures": guard.failures,
                "failed_at_ms": instant_ms(guard.failed_at),
                "locked_until_ms": until,
            },
        )

    def forget(self, name_hash: str) -> None:
        """Forget the failures under a name."""
        _FORGET.run(self._connection, {"of_name": name_hash})

    def forget_older(self, failed_before: datetime) -> None:
        """Forget failures that are old."""
        _FORGET_OLDER.run(self._connection, {"before": instant_ms(failed_before)})


def _account_of(row: Sequence[Any]) -> AgentAccount:
    name, role, password_hash, must_change, made_at_ms, disabled_at_ms, signed_in_at_ms, *factor = row
    return AgentAccount(
        name=name,
        role=Role(role),
        password_hash=password_hash,
        made_at=instant_of(made_at_ms),
        must_change=bool(must_change),
        disabled_at=None if disabled_at_ms is None else instant_of(disabled_at_ms),
        signed_in_at=None if signed_in_at_ms is None else instant_of(signed_in_at_ms),
        second_factor=_factor_of(*factor),
    )


def _factor_of(secret: bytes | None, used_step: int | None, recovery_hashes: str | None) -> SecondFactor | None:
    return None if secret is None else SecondFactor(secret, used_step, tuple((recovery_hashes or "").split()))


def _ms_or_none(at: datetime | None) -> int | None:
    return None if at is None else instant_ms(at)
