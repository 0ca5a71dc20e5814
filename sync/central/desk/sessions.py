"""Signing in and out, and who asks.

A session is a random token in a cookie that no script can read and no other site can send; the centre keeps its hash.
It ends after some time without a request, after a working day, at the sign-out, and when the account changes.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa
from fastapi import Request, Response

from kiosk.domain.moment import instant_text, parse_instant
from kiosk.domain.staff import Role
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EntryType
from kiosk.password_hashes import Argon2Passwords
from kiosk.services.second_factor import take_code
from sync.central.context import CentreContext
from sync.central.desk.accounts import Account, account_of
from sync.central.desk.sign_in_guard import forgive, note_failure, require_unlocked
from sync.central.reading import reading
from sync.central.refusals import RefusedRequestError
from sync.central.tables import account_sessions, accounts
from sync.protocol.problems import ProblemCode

IDLE_PERIOD: Final = timedelta(minutes=30)
LONGEST_PERIOD: Final = timedelta(hours=10)
COOKIE: Final = "borne_session"
NOTED_EVERY: Final = timedelta(minutes=1)  # a write for every request would be one too many
_TOKEN_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is signed in.

    Attributes:
        account: who.
        token: of the cookie.
        expires_at: when it ends without another request.
    """

    account: Account
    token: str
    expires_at: datetime

    @property
    def form_token(self) -> str:
        """What every form of this session carries, and no other site can know."""
        return hashlib.sha256(f"form {self.token}".encode()).hexdigest()[:32]


class SignIn:
    """Opens sessions."""

    def __init__(self, centre: CentreContext) -> None:
        self._centre = centre
        self._passwords = Argon2Passwords()

    def __call__(self, name: str, password: str, code: str = "") -> Session:
        """Sign somebody in; the success and the failure are both entries of the centre's journal.

        Args:
            name: as typed.
            password: as typed.
            code: of the account's second factor, as typed; empty before it was asked for.

        Raises:
            RefusedRequestError: ``too_many`` while the name is locked; ``unauthenticated``, which does not say whether
                there is such an account; ``code_needed`` when the rest fits and the account asks for a code;
                ``forbidden`` when it must take a second factor first.
        """
        engine, now = self._centre.engine, self._centre.now()
        with reading(engine) as connection:
            require_unlocked(connection, name, now)
            account = account_of(connection, name)
            query = sa.select(accounts.c.password_hash).where(accounts.c.name == name)
            hashed = connection.execute(query).scalar_one_or_none()
        fits = self._passwords.fits(hashed, password)
        with engine.begin() as connection:
            row = connection.execute(sa.select(accounts).where(accounts.c.name == name).with_for_update()).one_or_none()
            require_unlocked(connection, name, now)  # others may have guessed meanwhile
            is_same = row is not None and row.password_hash == hashed and row.disabled_at is None
            if fits and account is not None and is_same and self._has_factor(connection, row, code, now):
                return self._opened(connection, account, now)
            self._failed(connection, name, account, now)
        raise RefusedRequestError(ProblemCode.UNAUTHENTICATED, "no account has this name and password")

    def _has_factor(self, connection: sa.Connection, row: Any, code: str, now: datetime) -> bool:
        """Whether what was typed is the second factor of an account, if it has one; the code is right no more."""
        factors = self._centre.factors
        factor = factors.of_row(row)
        if factor is None:
            hall = self._centre.hall
            if hall is not None and Role(row.role) in hall.factor_for:
                detail = "this account must take a second factor first, at a counter"
                raise RefusedRequestError(ProblemCode.FORBIDDEN, detail)
            return True
        if not code.strip():
            raise RefusedRequestError(ProblemCode.CODE_NEEDED, "this account also asks for a code")
        taken = take_code(row.name, factor, code, now)
        if taken is None:
            return False
        mine = accounts.c.name == row.name
        connection.execute(sa.update(accounts).where(mine).values(**factors.values(row.name, taken.factor)))
        if taken.is_recovery:
            facts: dict[str, JsonValue] = {"account": row.name, "act": "recovery_code_used", "by": row.name}
            self._centre.journal.append(connection, EntryType.ACCOUNT_CHANGED, facts)
        return True

    def _opened(self, connection: sa.Connection, account: Account, now: datetime) -> Session:
        token, at = secrets.token_urlsafe(_TOKEN_BYTES), instant_text(now)
        forgive(connection, account.name)
        oldest = instant_text(now - LONGEST_PERIOD)
        connection.execute(sa.delete(account_sessions).where(account_sessions.c.opened_at < oldest))
        connection.execute(
            sa.insert(account_sessions).values(
                token_hash=token_hash(token), name=account.name, opened_at=at, seen_at=at
            )
        )
        self._centre.journal.append(connection, EntryType.AGENT_SIGNED_IN, {"account": account.name})
        return Session(account, token, now + IDLE_PERIOD)

    def _failed(self, connection: sa.Connection, name: str, account: Account | None, now: datetime) -> None:
        is_locked = note_failure(connection, name, now)
        # What was typed is told only when it is the name of an account: it could be anything, a password too.
        facts: dict[str, JsonValue] = {"account": account.name if account else None, "locked": is_locked}
        self._centre.journal.append(connection, EntryType.SIGN_IN_FAILED, facts)


def sign_out(centre: CentreContext, session: Session) -> None:
    """End a session; an entry of the centre's journal."""
    with centre.engine.begin() as connection:
        done = connection.execute(
            sa.delete(account_sessions).where(account_sessions.c.token_hash == token_hash(session.token))
        )
        if done.rowcount:
            centre.journal.append(connection, EntryType.AGENT_SIGNED_OUT, {"account": session.account.name})


def session_of(centre: CentreContext, request: Request) -> Session | None:
    """Return the session of a request, None without a valid one."""
    token = request.cookies.get(cookie_name(request), "")
    if not token:
        return None
    now = centre.now()
    with reading(centre.engine) as connection:
        row = connection.execute(
            sa.select(account_sessions).where(
                account_sessions.c.token_hash == token_hash(token), account_sessions.c.counter.is_(None)
            )
        ).one_or_none()
        account = account_of(connection, row.name) if row is not None else None
    if row is None or account is None or account.disabled_at is not None:
        return None
    opened_at, seen_at = parse_instant(row.opened_at), parse_instant(row.seen_at)
    if now - seen_at > IDLE_PERIOD or now - opened_at > LONGEST_PERIOD:
        return None
    if now - seen_at > NOTED_EVERY:
        _note(centre, row.token_hash, now)
    return Session(account, token, min(now + IDLE_PERIOD, opened_at + LONGEST_PERIOD))


def require_session(centre: CentreContext, request: Request) -> Session:
    """Return the session of a request.

    Raises:
        RefusedRequestError: ``unauthenticated``.
    """
    session = session_of(centre, request)
    if session is None:
        raise RefusedRequestError(ProblemCode.UNAUTHENTICATED, "sign in first, or again")
    return session


def keep(response: Response, request: Request, session: Session) -> None:
    """Let the browser keep a session until it is closed."""
    is_secure = request.url.scheme == "https"
    response.set_cookie(
        cookie_name(request), session.token, httponly=True, samesite="strict", secure=is_secure, path="/"
    )


def forget(response: Response, request: Request) -> None:
    """Let the browser forget its session."""
    is_secure = request.url.scheme == "https"
    response.delete_cookie(cookie_name(request), path="/", secure=is_secure, httponly=True, samesite="strict")


def cookie_name(request: Request) -> str:
    """Return the cookie's name; over TLS it is bound to this very host."""
    return f"__Host-{COOKIE}" if request.url.scheme == "https" else COOKIE


def same(one: str, other: str) -> bool:
    """Whether two tokens are the same, in a time that tells nothing."""
    return hmac.compare_digest(one.encode(), other.encode())


def _note(centre: CentreContext, hashed: str, now: datetime) -> None:
    with centre.engine.begin() as connection:
        connection.execute(
            sa.update(account_sessions).where(account_sessions.c.token_hash == hashed).values(seen_at=instant_text(now))
        )


def token_hash(token: str) -> str:
    """Return what the centre keeps of a token."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()
