"""Who acts, and whether the role of the account allows it: looked up in the transaction that does the thing."""

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.domain.staff import MAY, Permission
from kiosk.errors import NotAllowedError, NotSignedInError
from kiosk.ports.desk import StaffSession
from kiosk.ports.desk_units import StaffUnit
from kiosk.ports.staff import AgentAccount


@dataclass(frozen=True, slots=True)
class Actor:
    """A member of staff at work.

    Attributes:
        name: of the account.
        counter: where; empty when at none.
    """

    name: str
    counter: str = ""


ActorOf = Callable[[StaffSession], Actor]  # says who acts; raises NotSignedInError when the session is over or locked


def require(unit: StaffUnit, name: str, permission: Permission) -> AgentAccount:
    """Return the account that acts.

    Raises:
        NotSignedInError: there is no such account, it was disabled meanwhile, or somebody else chose its password
            and it must be changed first.
        NotAllowedError: its role does not allow this.
    """
    account = unit.agents.get(name)
    if account is None or not account.is_enabled:
        raise NotSignedInError(f"the account {name} may not sign in any more")
    if account.must_change:
        raise NotSignedInError("the password must be changed first")
    if permission not in MAY[account.role]:
        raise NotAllowedError(f"the role {account.role} does not allow {permission}")
    return account
