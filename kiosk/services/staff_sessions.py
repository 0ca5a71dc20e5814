"""Who is signed in at the staff screens of this process: every part of the desk asks here who acts."""

import threading
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

    def __init__(self, entropy: Entropy) -> None:
        self._entropy = entropy
        self._sessions: dict[str, StaffSession] = {}
        self._locked: set[str] = set()
        self._lock = threading.Lock()

    def open(self, account: AgentAccount, counter: str) -> StaffSession:
        """Begin a session of somebody whose password was checked."""
        token = self._entropy.salt(_TOKEN_BYTES).hex()
        session = StaffSession(token, account.name, account.role, counter, account.must_change)
        with self._lock:
            self._sessions[token] = session
        return session

    def end(self, session: StaffSession) -> StaffSession | None:
        """End a session and return it; None when it was over already."""
        with self._lock:
            self._locked.discard(session.token)
            return self._sessions.pop(session.token, None)

    def lock(self, session: StaffSession) -> None:
        """Let a session do and see nothing until it is unlocked."""
        with self._lock:
            self._locked.add(session.token)

    def unlock(self, session: StaffSession, role: Role, *, must_change: bool) -> StaffSession:
        """Go on with a session whose password was checked again.

        Raises:
            NotSignedInError: it is over.
        """
        return self._put(replace(self.known(session), role=role, must_change=must_change), unlocks=True)

    def password_changed(self, session: StaffSession) -> StaffSession:
        """Go on with a session whose password is its own now.

        Raises:
            NotSignedInError: it is over.
        """
        return self._put(replace(self.known(session), must_change=False))

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
            NotSignedInError: the session is over or locked.
        """
        known = self.known(session)
        with self._lock:
            is_locked = session.token in self._locked
        if is_locked:
            raise NotSignedInError("the screen is locked")
        return Actor(known.name, known.counter)

    def _put(self, session: StaffSession, *, unlocks: bool = False) -> StaffSession:
        with self._lock:
            self._sessions[session.token] = session
            if unlocks:
                self._locked.discard(session.token)
        return session
