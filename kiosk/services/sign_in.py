"""Signing in at the staff screen: names, failures and locks, each one an entry of the journal."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import structlog

from kiosk.domain.place import Site
from kiosk.domain.staff import FAILURES_FORGOTTEN_AFTER, LONGEST_LOCK, hash_of_typed_name, lock_after
from kiosk.errors import CodeNeededError, SignInRefusedError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EntryType
from kiosk.log_events import LogEvent
from kiosk.ports.clock import Clock
from kiosk.ports.desk_units import StaffUnit, StaffUnits
from kiosk.ports.entropy import Entropy
from kiosk.ports.staff import AgentAccount, PasswordHashes, SignInGuard
from kiosk.services.account_entries import AccountEntries
from kiosk.services.recording import EntryWriter
from kiosk.services.second_factor import take_code

log = structlog.get_logger()

_NOW: Final = timedelta(0)


def time_locked(guard: SignInGuard | None, now: datetime) -> timedelta | None:
    """Return for how long failures lock a name; None when they do not."""
    if guard is None or guard.locked_until is None:
        return None
    left = guard.locked_until - now
    return left if _NOW < left <= LONGEST_LOCK else None  # longer only after the clock fell back


class CheckPassword:
    """Lets through whoever knows a password, and has the second factor of an account that asks for one.

    Five failures under a name, of either, lock it for a while, longer each time. They count for every name that is
    typed, known or not, so that a lock tells nobody who has an account.
    """

    def __init__(
        self,
        *,
        units: StaffUnits,
        reading: StaffUnits,
        clock: Clock,
        entropy: Entropy,
        site: Site,
        passwords: PasswordHashes,
    ) -> None:
        self._units, self._reading = units, reading
        self._passwords = passwords
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)
        self._accounts = AccountEntries(clock=clock, entropy=entropy, site=site)

    def __call__(
        self, name: str, password: str, then: Callable[[StaffUnit, AgentAccount], None], *, code: str | None
    ) -> AgentAccount:
        """Check a name and a password, and do something in the transaction that forgets the failures.

        Args:
            name: as typed.
            password: as typed.
            then: what the person came for.
            code: of the telephone, or a recovery code, as typed; empty when nothing was typed yet; None not to ask,
                because somebody signed in with one already.

        Raises:
            CodeNeededError: the password is right, and the account asks for a code.
            SignInRefusedError: they do not fit, or the name is locked; the failure is in the journal.
            StoreError: nothing was recorded, and nobody was let through.
        """
        name = name.strip().lower()
        with self._reading() as unit:
            self._require_unlocked(unit, name)
            account = unit.agents.get(name)
        hashed = account.password_hash if account else None
        fits = self._passwords.fits(hashed, password)  # slow: outside of the transaction
        with self._units() as unit:
            account = unit.agents.hold(name)
            self._require_unlocked(unit, name)  # others may have guessed meanwhile
            if fits and account is not None and account.is_enabled and account.password_hash == hashed:
                proven = account if code is None else self._proven(unit, account, code)
                if proven is not None:
                    unit.sign_in_guards.forget(hash_of_typed_name(name))
                    then(unit, proven)
                    unit.commit()
                    return proven
            locked_for = self._failed(unit, name, account)
            unit.commit()
        log.warning(LogEvent.SIGN_IN_FAILED)
        raise SignInRefusedError(locked_for)

    def _proven(self, unit: StaffUnit, account: AgentAccount, code: str) -> AgentAccount | None:
        """Return the account once its second factor was given; None when the code is wrong."""
        if account.second_factor is None:
            return account
        if not code.strip():
            raise CodeNeededError
        taken = take_code(account.name, account.second_factor, code, self._now())
        if taken is None:
            return None
        proven = replace(account, second_factor=taken.factor)
        unit.agents.put(proven)
        if taken.is_recovery:
            self._accounts.record(unit, "recovery_code_used", account.name, by=account.name)
        return proven

    def _require_unlocked(self, unit: StaffUnit, name: str) -> None:
        left = time_locked(unit.sign_in_guards.get(hash_of_typed_name(name)), self._now())
        if left is not None:
            raise SignInRefusedError(left)

    def _failed(self, unit: StaffUnit, name: str, account: AgentAccount | None) -> timedelta | None:
        now, key = self._now(), hash_of_typed_name(name)
        unit.sign_in_guards.forget_older(now - FAILURES_FORGOTTEN_AFTER)
        before = unit.sign_in_guards.get(key)
        failures = (before.failures if before else 0) + 1
        lock = lock_after(failures)
        unit.sign_in_guards.put(key, SignInGuard(failures, now, None if lock is None else now + lock))
        # What was typed is told only when it is the name of an account: it could be anything, a password too.
        facts: dict[str, JsonValue] = {"account": account.name if account else None, "locked": lock is not None}
        unit.journal.append(self._entries.draft(EntryType.SIGN_IN_FAILED, facts))
        return lock

    def _now(self) -> datetime:
        return self._entries.now()[1].utc


class SignIn:
    """Signs members of staff in and out; both are entries."""

    def __init__(self, check: CheckPassword, *, units: StaffUnits, clock: Clock, entropy: Entropy, site: Site) -> None:
        self._check = check
        self._units = units
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)

    def __call__(self, name: str, password: str, code: str, *, counter: str, after_lock: bool = False) -> AgentAccount:
        """Sign somebody in at a counter.

        Args:
            name: as typed.
            password: as typed.
            code: of the second factor, as typed; empty before it was asked for.
            counter: where.
            after_lock: the screen had locked itself.

        Raises:
            CodeNeededError: the account asks for a code.
            SignInRefusedError, StoreError: nobody is signed in.
        """

        def record(unit: StaffUnit, account: AgentAccount) -> None:
            facts: dict[str, JsonValue] = {"account": account.name, "counter": counter, "after_lock": after_lock}
            unit.agents.put(replace(account, signed_in_at=self._entries.now()[1].utc))
            unit.journal.append(self._entries.draft(EntryType.AGENT_SIGNED_IN, facts))

        account = self._check(name, password, record, code=code)
        log.info(LogEvent.SIGNED_IN)
        return account

    def out(self, name: str, counter: str) -> None:
        """Record that somebody signed out."""
        with self._units() as unit:
            facts: dict[str, JsonValue] = {"account": name, "counter": counter}
            unit.journal.append(self._entries.draft(EntryType.AGENT_SIGNED_OUT, facts))
            unit.commit()
