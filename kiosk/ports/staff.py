"""Accounts of a kiosk's staff, as the services see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk.domain.second_factor import SecondFactor
from kiosk.domain.staff import Role


class PasswordHashes(Protocol):
    """Makes and checks salted, slow hashes; each call takes some tenths of a second, so not inside a transaction."""

    def hash(self, password: str) -> str:
        """Return the hash of a password, with its salt and cost."""
        ...

    def fits(self, hashed: str | None, password: str) -> bool:
        """Whether a password is the one that was hashed; None for no account is never right, and takes as long."""
        ...


@dataclass(frozen=True, slots=True)
class AgentAccount:
    """Somebody who may sign in at this machine; never deleted, for the journal names it.

    Attributes:
        name: unique, small letters.
        role: what it may do.
        password_hash: Argon2id.
        made_at: UTC instant.
        must_change: somebody else chose the password: the next sign-in asks for another.
        disabled_at: UTC instant since when it may not sign in; None while it may.
        signed_in_at: UTC instant of the last sign-in; None before the first.
        second_factor: what it asks for beside the password; None for nothing.
    """

    name: str
    role: Role
    password_hash: str
    made_at: datetime
    must_change: bool = False
    disabled_at: datetime | None = None
    signed_in_at: datetime | None = None
    second_factor: SecondFactor | None = None

    @property
    def is_enabled(self) -> bool:
        """Whether it may sign in."""
        return self.disabled_at is None


class AgentTable(Protocol):
    """The accounts of this machine."""

    def get(self, name: str) -> AgentAccount | None:
        """Return an account, disabled or not; None when there is none of this name."""
        ...

    def hold(self, name: str) -> AgentAccount | None:
        """Return an account as :meth:`get` does, and let nobody else change it before this transaction is over.

        A code that is right once must not be so for two who come at the same moment.
        """
        ...

    def all(self) -> Sequence[AgentAccount]:
        """Return all accounts by name, the disabled ones too."""
        ...

    def put(self, account: AgentAccount) -> None:
        """Keep an account, a new one or one that changed."""
        ...


@dataclass(frozen=True, slots=True)
class SignInGuard:
    """Failures under one name, known or not.

    Attributes:
        failures: one after the other.
        failed_at: UTC instant of the last.
        locked_until: UTC instant; None when the name is not locked.
    """

    failures: int
    failed_at: datetime
    locked_until: datetime | None


class SignInGuardTable(Protocol):
    """Failed sign-ins by the hash of the name that was typed."""

    def get(self, name_hash: str) -> SignInGuard | None:
        """Return the failures under a name, None when there are none."""
        ...

    def put(self, name_hash: str, guard: SignInGuard) -> None:
        """Keep the failures under a name."""
        ...

    def forget(self, name_hash: str) -> None:
        """Forget the failures under a name."""
        ...

    def forget_older(self, failed_before: datetime) -> None:
        """Forget failures that are old."""
        ...
