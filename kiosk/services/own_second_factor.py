"""The second factor of one's own account: taken, proven by a code, given up; each an entry."""

from dataclasses import replace
from typing import Protocol

from kiosk.domain.place import Site
from kiosk.domain.second_factor import (
    RECOVERY_BYTES,
    RECOVERY_CODES,
    SecondFactor,
    hash_of_recovery_code,
    recovery_code,
    secret_to_type,
)
from kiosk.domain.staff import Role
from kiosk.errors import InputError, NotAllowedError, NotSignedInError
from kiosk.one_time_codes import SECRET_BYTES, enrolment_uri, step_of_code
from kiosk.ports.account_desk import FactorOffer, FactorState
from kiosk.ports.clock import Clock
from kiosk.ports.desk import StaffSession
from kiosk.ports.desk_units import StaffUnit, StaffUnits
from kiosk.ports.entropy import Entropy
from kiosk.ports.staff import AgentAccount
from kiosk.services.account_entries import AccountEntries
from kiosk.services.sign_in import CheckPassword


class FactorSessions(Protocol):
    """Who is signed in, for the second factor: the process knows it at a kiosk, the database at a hub."""

    def requires_factor(self, role: Role) -> bool:
        """Whether accounts of a role must have a second factor."""
        ...

    def awake(self, session: StaffSession) -> StaffSession:
        """Return a session that is not locked, whatever it must do first; ``NotSignedInError`` when there is none."""
        ...

    def offer(self, session: StaffSession, secret: bytes | None) -> None:
        """Keep a secret that is offered to somebody's telephone, in place of one before; None: none."""
        ...

    def offered(self, session: StaffSession) -> bytes | None:
        """Return the secret that was offered last; None without one."""
        ...

    def factor_taken(self, session: StaffSession) -> StaffSession:
        """Go on with a session whose account has a second factor now."""
        ...


class OwnSecondFactor:
    """The :class:`kiosk.ports.account_desk.FactorDesk` of one machine, a kiosk or a hub."""

    def __init__(
        self,
        check: CheckPassword,
        sessions: FactorSessions,
        *,
        reading: StaffUnits,
        clock: Clock,
        entropy: Entropy,
        site: Site,
        machine: str = "",
    ) -> None:
        """Take what it works with.

        Args:
            check: asks for the password.
            sessions: says who is there.
            reading: gives units that never wait for a writer.
            clock: codes are right at their time.
            entropy: for secrets and codes.
            site: gives the legal time.
            machine: named on the telephone; the kiosk of the site when empty.
        """
        self._check, self._sessions = check, sessions
        self._reading, self._clock, self._entropy = reading, clock, entropy
        self._issuer = f"Borne {machine or site.origin}"
        self._entries = AccountEntries(clock=clock, entropy=entropy, site=site)

    def state(self, session: StaffSession) -> FactorState:
        """Return what one's own account asks for."""
        account = self._account(session)
        factor = account.second_factor
        left = 0 if factor is None else len(factor.recovery_hashes)
        return FactorState(factor is not None, left, is_required=self._sessions.requires_factor(account.role))

    def offer(self, session: StaffSession) -> FactorOffer:
        """Make a secret for a telephone; it counts once :meth:`confirm` saw a code of it."""
        account = self._account(session)
        if account.second_factor is not None:
            raise NotAllowedError("this account has a second factor already")
        secret = self._entropy.salt(SECRET_BYTES)
        self._sessions.offer(session, secret)
        return FactorOffer(secret_to_type(secret), enrolment_uri(secret, account.name, self._issuer))

    def confirm(self, session: StaffSession, password: str, code: str) -> tuple[StaffSession, tuple[str, ...]]:
        """Take the secret that was offered, and return the session that goes on and the recovery codes."""
        account = self._account(session)
        secret = self._sessions.offered(session)
        if secret is None:
            raise InputError("offer", "a secret that was offered in this session")
        codes = self._new_codes()

        def take(unit: StaffUnit, proven: AgentAccount) -> None:
            if proven.second_factor is not None:
                raise NotAllowedError("this account has a second factor already")
            step = step_of_code(secret, "".join(code.split()), self._clock.read().utc)
            if step is None:
                raise InputError("code", "the six digits that the telephone shows now")
            factor = SecondFactor(secret, step, _hashes(proven.name, codes))
            unit.agents.put(replace(proven, second_factor=factor))
            self._entries.record(unit, "totp_on", proven.name, by=proven.name)

        self._check(account.name, password, take, code=None)
        self._sessions.offer(session, None)
        return self._sessions.factor_taken(session), codes

    def new_recovery_codes(self, session: StaffSession, password: str, code: str) -> tuple[str, ...]:
        """Return other recovery codes; those before are worth nothing."""
        codes = self._new_codes()

        def renew(unit: StaffUnit, proven: AgentAccount) -> None:
            if proven.second_factor is None:
                raise NotAllowedError("this account has no second factor")
            factor = replace(proven.second_factor, recovery_hashes=_hashes(proven.name, codes))
            unit.agents.put(replace(proven, second_factor=factor))
            self._entries.record(unit, "recovery_codes_made", proven.name, by=proven.name)

        self._check(self._account(session).name, password, renew, code=code)
        return codes

    def give_up(self, session: StaffSession, password: str, code: str) -> None:
        """Ask for the password alone again."""
        account = self._account(session)
        if self._sessions.requires_factor(account.role):
            raise NotAllowedError(f"the role {account.role} needs a second factor here")

        def remove(unit: StaffUnit, proven: AgentAccount) -> None:
            if proven.second_factor is None:
                raise NotAllowedError("this account has no second factor")
            unit.agents.put(replace(proven, second_factor=None))
            self._entries.record(unit, "totp_off", proven.name, by=proven.name)

        self._check(account.name, password, remove, code=code)

    def _account(self, session: StaffSession) -> AgentAccount:
        """Return the account of a session, also of one that may do nothing else before it has a second factor."""
        name = self._sessions.awake(session).name
        with self._reading() as unit:
            account = unit.agents.get(name)
        if account is None or not account.is_enabled:
            raise NotSignedInError(f"the account {name} may not sign in any more")
        if account.must_change:
            raise NotSignedInError("the password must be changed first")
        return account

    def _new_codes(self) -> tuple[str, ...]:
        return tuple(recovery_code(self._entropy.salt(RECOVERY_BYTES)) for _ in range(RECOVERY_CODES))


def _hashes(name: str, codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(hash_of_recovery_code(name, code) for code in codes)
