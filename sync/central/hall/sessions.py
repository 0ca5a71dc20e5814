"""Who is signed in at which counter of a hub: in the database, so that every worker of the hub knows it.

A counter that asked nothing for half an hour is locked, whether its screen said so or not; the password opens it again.
After a working day a session is over.
"""

import secrets
from dataclasses import replace
from typing import Any, Final

import sqlalchemy as sa

from kiosk.domain.moment import instant_text, parse_instant
from kiosk.domain.staff import Role
from kiosk.errors import NotSignedInError
from kiosk.ports.desk import StaffSession
from kiosk.ports.staff import AgentAccount
from kiosk.services.staff import Actor
from sync.central.context import CentreContext
from sync.central.desk.sessions import IDLE_PERIOD, LONGEST_PERIOD, NOTED_EVERY, token_hash
from sync.central.hall.site import HallSite
from sync.central.hall.staff import account_within
from sync.central.reading import for_one_look
from sync.central.tables import account_scopes, account_sessions, accounts

_TOKEN_BYTES: Final = 32
_SESSION: Final = account_sessions.c
_WITH_ACCOUNT: Final = (
    sa.select(
        accounts, account_scopes.c.scope, _SESSION.opened_at, _SESSION.seen_at, _SESSION.counter, _SESSION.locked_at
    )
    .select_from(
        account_sessions.join(accounts, accounts.c.name == _SESSION.name).outerjoin(
            account_scopes, account_scopes.c.name == accounts.c.name
        )
    )
    .where(_SESSION.token_hash == sa.bindparam("token_hash"), _SESSION.counter.is_not(None))
)


class HallSessions:
    """Sessions by their tokens, of which the hub keeps the hash."""

    def __init__(self, centre: CentreContext, hall: HallSite) -> None:
        self._centre, self._hall = centre, hall
        self._looks = for_one_look(centre.engine)

    def open(self, account: AgentAccount, counter: str) -> StaffSession:
        """Begin a session of somebody whose password was checked; sessions that are over are forgotten."""
        token, now = secrets.token_urlsafe(_TOKEN_BYTES), self._centre.now()
        at = instant_text(now)
        with self._centre.engine.begin() as connection:
            oldest = instant_text(now - LONGEST_PERIOD)
            connection.execute(sa.delete(account_sessions).where(_SESSION.opened_at < oldest))
            row = {"token_hash": token_hash(token), "name": account.name, "opened_at": at, "seen_at": at}
            connection.execute(sa.insert(account_sessions).values(**row, counter=counter))
        return self._as_it_is(StaffSession(token, account.name, account.role, counter), account)

    def requires_factor(self, role: Role) -> bool:
        """Whether accounts of a role must have a second factor."""
        return role in self._hall.factor_for

    def end(self, token: str) -> StaffSession | None:
        """End a session and return it; None when it was over already."""
        found = self._found(token)
        with self._centre.engine.begin() as connection:
            done = connection.execute(sa.delete(account_sessions).where(_SESSION.token_hash == token_hash(token)))
        return found[0] if found is not None and done.rowcount else None

    def lock(self, token: str) -> None:
        """Let a session do and see nothing until it is unlocked."""
        self._set(token, locked_at=instant_text(self._centre.now()))

    def unlock(self, token: str) -> StaffSession:
        """Go on with a session whose password was checked again.

        Raises:
            NotSignedInError: it is over.
        """
        self._set(token, locked_at=None, seen_at=instant_text(self._centre.now()))
        return self.known(token)

    def known(self, token: str) -> StaffSession:
        """Return a session, locked or not, with the role that its account has by now.

        Raises:
            NotSignedInError: it is over.
        """
        found = self._found(token)
        if found is None:
            raise NotSignedInError("this session is over")
        return found[0]

    def actor(self, token: str) -> Actor:
        """Return who acts.

        Raises:
            NotSignedInError: the session is over or locked, or must take a second factor first.
        """
        session = self.awake(token)
        if session.must_enrol:
            raise NotSignedInError("the account must take a second factor first")
        return Actor(session.name, session.counter)

    def awake(self, token: str) -> StaffSession:
        """Return a session that is not locked, whatever it must do first.

        Raises:
            NotSignedInError: it is over or locked.
        """
        found = self._found(token)
        if found is None:
            raise NotSignedInError("this session is over")
        session, row = found
        now = self._centre.now()
        idle = now - parse_instant(row.seen_at)
        if row.locked_at is not None or idle > IDLE_PERIOD:
            raise NotSignedInError("the screen is locked")
        if idle > NOTED_EVERY:
            self._set(token, seen_at=instant_text(now))
        return session

    def offer(self, token: str, name: str, secret: bytes | None) -> None:
        """Keep a secret that is offered to the telephone of whoever is signed in, in place of one before; None: none.

        It lies in the database, as the answer may reach another worker of the hub.
        """
        sealed = None if secret is None else self._centre.factors.sealed(name, secret)
        self._set(token, totp_offer=sealed)

    def offered(self, token: str, name: str) -> bytes | None:
        """Return the secret that was offered last; None without one."""
        query = sa.select(_SESSION.totp_offer).where(_SESSION.token_hash == token_hash(token))
        with self._looks.connect() as connection:
            sealed = connection.execute(query).scalar_one_or_none()
        return None if sealed is None else self._centre.factors.opened(name, sealed)

    def _found(self, token: str) -> tuple[StaffSession, sa.Row[Any]] | None:
        with self._looks.connect() as connection:
            rows = connection.execute(_WITH_ACCOUNT, {"token_hash": token_hash(token)}).all()
        account = account_within(rows, self._hall, self._centre.factors)
        if account is None or not account.is_enabled:
            return None
        row = rows[0]
        if self._centre.now() - parse_instant(row.opened_at) > LONGEST_PERIOD:
            return None
        return self._as_it_is(StaffSession(token, account.name, account.role, row.counter), account), row

    def _as_it_is(self, session: StaffSession, account: AgentAccount) -> StaffSession:
        must_enrol = self.requires_factor(account.role) and account.second_factor is None
        return replace(session, must_change=account.must_change, must_enrol=must_enrol)

    def _set(self, token: str, **values: str | bytes | None) -> None:
        mine = _SESSION.token_hash == token_hash(token)
        with self._centre.engine.begin() as connection:
            connection.execute(sa.update(account_sessions).where(mine).values(**values))
