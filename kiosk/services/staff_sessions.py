"""Who is signed in at the staff screens of this process: every part of the desk asks here who acts."""

import threading
from collections.abc import Collection
from dataclasses import replace

from kiosk.domain.staff import Role
from kiosk.errors import NotSignedInError
from kiosk.ports.desk import StaffSession
from kiosk.ports.entropy import Entropy
from kiosk.ports.staff import AgentAccount
from kiosk.services.staff import Actor

_TOKEN_BYTES = 16


class StaffSessions:
    """Sessions by their tokens, which end with the program; used from any thread."""

    def __init__(self, entropy: Entropy, factor_for: Collection[Role] = ()) -> None:
        """Begin without sessions.

        Args:
            entropy: for tokens.
            factor_for: roles that do nothing before their account has a second factor.
        """
        self._entropy, self._factor_for = entropy, frozenset(factor_for)
        self._sessions: dict[str, StaffSession] = {}
        self._locked: set[str] = set()
        self._offers: dict[str, bytes] = {}
        self._lock = threading.Lock()

    def requires_factor(self, role: Role) -> bool:
        """Whether accounts of a role must have a second factor."""
        return role in self._factor_for

    def open(self, account: AgentAccount, counter: str) -> StaffSession:
        """Begin a session of somebody whose password was checked."""
        token = self._entropy.salt(_TOKEN_BYTES).hex()
        session = self._as_it_is(StaffSession(token, account.name, account.role, counter), account)
        with self._lock:
            self._sessions[token] = session
        return session

    def end(self, session: StaffSession) -> StaffSession | None:
        """End a session and return it; None when it was over already."""
        with self._lock:
            self._locked.discard(session.token)
            self._offers.pop(session.token, None)
            return self._sessions.pop(session.token, None)

    def lock(self, session: StaffSession) -> None:
        """Let a session do and see nothing until it is unlocked."""
        with self._lock:
            self._locked.add(session.token)

    def unlock(self, session: StaffSession, account: AgentAccount) -> StaffSession:
        """Go on with a session whose password was checked again.

        Raises:
            NotSignedInError: it is over.
        """
        return self._put(self._as_it_is(self.known(session), account), unlocks=True)

    def keep_up(self, session: StaffSession, account: AgentAccount) -> StaffSession:
        """Return a session as its account is today: another role, a password or a second factor to be chosen first.

        Raises:
            NotSignedInError: it is over or locked; and it is over now when the account was disabled.
        """
        known = self.awake(session)
        if not account.is_enabled:
            self.end(session)
            raise NotSignedInError(f"the account {account.name} may not sign in any more")
        return self._put(self._as_it_is(known, account))

    def password_changed(self, session: StaffSession) -> StaffSession:
        """Go on with a session whose password is its own now.

        Raises:
            NotSignedInError: it is over.
        """
        return self._put(replace(self.known(session), must_change=False))

    def factor_taken(self, session: StaffSession) -> StaffSession:
        """Go on with a session whose account has a second factor now.

        Raises:
            NotSignedInError: it is over.
        """
        return self._put(replace(self.known(session), must_enrol=False))

    def offer(self, session: StaffSession, secret: bytes | None) -> None:
        """Keep a secret that is offered to somebody's telephone, in place of one before; None: none."""
        with self._lock:
            if secret is None:
                self._offers.pop(session.token, None)
            else:
                self._offers[session.token] = secret

    def offered(self, session: StaffSession) -> bytes | None:
        """Return the secret that was offered last; None without one."""
        with self._lock:
            return self._offers.get(session.token)

    def known(self, session: StaffSession) -> StaffSession:
        """Return a session, locked or not, as it was opened.

        Raises:
            NotSignedInError: it is over.
        """
        with self._lock:
            known = self._sessions.get(session.token)
        if known is None:
            raise NotSignedInError("this session is over")
        return known

    def actor(self, session: StaffSession) -> Actor:
        """Return who acts; what the caller says of itself but for the token counts for nothing.

        Raises:
            NotSignedInError: the session is over or locked, or must take a second factor first.
        """
        known = self.awake(session)
        if known.must_enrol:
            raise NotSignedInError("the account must take a second factor first")
        return Actor(known.name, known.counter)

    def awake(self, session: StaffSession) -> StaffSession:
        """Return a session that is not locked, whatever it must do first.

        Raises:
            NotSignedInError: it is over or locked.
        """
        known = self.known(session)
        with self._lock:
            is_locked = session.token in self._locked
        if is_locked:
            raise NotSignedInError("the screen is locked")
        return known

    def _as_it_is(self, session: StaffSession, account: AgentAccount) -> StaffSession:
        must_enrol = self.requires_factor(account.role) and account.second_factor is None
        return replace(session, role=account.role, must_change=account.must_change, must_enrol=must_enrol)

    def _put(self, session: StaffSession, *, unlocks: bool = False) -> StaffSession:
        with self._lock:
            self._sessions[session.token] = session
            if unlocks:
                self._locked.discard(session.token)
        return session
