"""What the section of accounts works against: the accounts of this machine, and the second factor of one's own."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from kiosk.domain.account_list import AccountLine
from kiosk.domain.staff import Role
from kiosk.ports.desk import StaffSession


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account, as the list shows it.

    Attributes:
        name: of the account.
        role: what it may do.
        made_at: UTC instant.
        signed_in_at: UTC instant of the last sign-in; None before the first.
        disabled_at: UTC instant since when it may not sign in; None while it may.
        locked_until: UTC instant until when failures lock the name; None when they do not.
        must_change: somebody else chose the password: the next sign-in asks for another.
        has_second_factor: it asks for a code beside the password.
    """

    name: str
    role: Role
    made_at: datetime
    signed_in_at: datetime | None
    disabled_at: datetime | None
    locked_until: datetime | None
    must_change: bool
    has_second_factor: bool

    @property
    def is_enabled(self) -> bool:
        """Whether it may sign in."""
        return self.disabled_at is None


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account that was made, with what its owner signs in with for the first time; told once.

    Attributes:
        name: of the account.
        role: what it may do.
        password: to be changed at the first sign-in.
    """

    name: str
    role: Role
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class FactorState:
    """What one's own account asks for beside the password.

    Attributes:
        is_on: a code.
        recovery_codes_left: that were written down and not used.
        is_required: the role must have a second factor on this machine.
    """

    is_on: bool
    recovery_codes_left: int
    is_required: bool


@dataclass(frozen=True, slots=True)
class FactorOffer:
    """A secret for a telephone, shown once.

    Attributes:
        secret_text: to be typed into a telephone that reads no picture.
        uri: what the picture says.
    """

    secret_text: str = field(repr=False)
    uri: str = field(repr=False)


class AccountDesk(Protocol):
    """The verbs of an administrator.

    Beside ``NotSignedInError`` a verb raises ``NotAllowedError`` when the role does not allow it, and ``StoreError``
    when nothing was done.
    """

    def keep_up(self, session: StaffSession) -> StaffSession:
        """Return anybody's session as the account is today; it ends here when the account was disabled."""
        ...

    def all(self, session: StaffSession) -> Sequence[AccountRow]:
        """Return all accounts by name, the disabled ones too."""
        ...

    def add(self, session: StaffSession, name: str, role: Role) -> NewAccount:
        """Make an account with a password that its owner changes at the first sign-in.

        Raises:
            InputError: the name is not good, or there is, or was, an account of this name.
        """
        ...

    def change_role(self, session: StaffSession, name: str, role: Role) -> None:
        """Give an account another role, at once, also where it is signed in.

        Raises:
            InputError: no such account, disabled, or the last administrator.
        """
        ...

    def disable(self, session: StaffSession, name: str) -> None:
        """Let an account sign in no more, and do nothing more where it is signed in.

        Raises:
            InputError: no such account, disabled already, or the last administrator.
        """
        ...

    def enable(self, session: StaffSession, name: str) -> None:
        """Let a disabled account sign in again.

        Raises:
            InputError: no such account, or it may already.
        """
        ...

    def reset(self, session: StaffSession, name: str) -> NewAccount:
        """Give an account another password, which its owner changes at the next sign-in, and end its lock.

        Raises:
            InputError: no such account, or disabled.
        """
        ...

    def unlock_name(self, session: StaffSession, name: str) -> None:
        """Forget the failures under the name of an account.

        Raises:
            InputError: no such account, or not locked.
        """
        ...

    def remove_factor(self, session: StaffSession, name: str) -> None:
        """Let an account ask for no code: its telephone is lost.

        Raises:
            InputError: no such account, or it asks for none.
        """
        ...

    def look_through(self, session: StaffSession, data: bytes) -> Sequence[AccountLine]:
        """Return what :meth:`add_all` would make of a list, and what is wrong with it; nothing is done.

        Raises:
            InputError: it is no list.
        """
        ...

    def add_all(self, session: StaffSession, data: bytes) -> Sequence[NewAccount]:
        """Make every account of a list, or none.

        Raises:
            InputError: it is no list, or a line of it makes no account.
        """
        ...


class FactorDesk(Protocol):
    """The second factor of whoever is signed in; also of a session that may do nothing before it has one.

    Where a password is asked for, failures count and lock as they do at the door: ``SignInRefusedError``.
    """

    def state(self, session: StaffSession) -> FactorState:
        """Return what one's own account asks for."""
        ...

    def offer(self, session: StaffSession) -> FactorOffer:
        """Make a secret for a telephone; it counts once :meth:`confirm` saw a code of it.

        Raises:
            NotAllowedError: the account has a second factor already.
        """
        ...

    def confirm(self, session: StaffSession, password: str, code: str) -> tuple[StaffSession, tuple[str, ...]]:
        """Take the secret that was offered, and return the session that goes on and the recovery codes, told once.

        Raises:
            InputError: ``code``: it is not what the telephone shows now; ``offer``: nothing was offered.
        """
        ...

    def new_recovery_codes(self, session: StaffSession, password: str, code: str) -> tuple[str, ...]:
        """Return other recovery codes, told once; those before are worth nothing.

        Raises:
            NotAllowedError: the account has no second factor.
        """
        ...

    def give_up(self, session: StaffSession, password: str, code: str) -> None:
        """Ask for the password alone again.

        Raises:
            NotAllowedError: the account has no second factor, or its role must have one.
        """
        ...
