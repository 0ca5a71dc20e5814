"""Members of staff at a kiosk: accounts made by the real verbs, sessions opened with their passwords."""

import base64
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from kiosk.domain.staff import Role
from kiosk.one_time_codes import code_at
from kiosk.password_hashes import Argon2Passwords
from kiosk.ports.desk import StaffSession
from kiosk.services.local_desk import LocalDesk

CHIEF = "chef"
A_FIRST_PASSWORD = "Trois-lacs-2026"
A_PASSWORD = "Quatre-lacs-2027"
COUNTERS = ("1", "2", "3")


@cache
def quick_passwords() -> Argon2Passwords:
    """Real hashes that cost next to nothing; never for anything real."""
    return Argon2Passwords(memory_kib=8, passes=1)


def an_account(desk: LocalDesk, name: str, role: Role = Role.AGENT) -> str:
    """Make an account whose owner has changed the password already; the chief is made with the first."""
    if not desk.has_accounts():
        desk.found(CHIEF, A_PASSWORD)
    if name != CHIEF:
        desk.accounts.add(name, role, A_FIRST_PASSWORD, by=CHIEF)
        desk.accounts.change_password(name, A_FIRST_PASSWORD, A_PASSWORD)
    return name


def signed_in(
    desk: LocalDesk, name: str = "a.martin", role: Role = Role.AGENT, counter: str = COUNTERS[0]
) -> StaffSession:
    """Make an account and sign its owner in."""
    return desk.sign_in(an_account(desk, name, role), A_PASSWORD, counter)


@dataclass(frozen=True)
class ATelephone:
    """What a person has who has a second factor.

    Attributes:
        secret: in the telephone.
        recovery_codes: on paper.
    """

    secret: bytes
    recovery_codes: tuple[str, ...] = ()

    def shows(self, now: datetime) -> str:
        """Return the code of an instant."""
        return code_at(self.secret, now)


def a_telephone_with(secret_text: str, recovery_codes: tuple[str, ...] = ()) -> ATelephone:
    """Type a secret into a telephone."""
    return ATelephone(base64.b32decode(secret_text.replace(" ", "")), recovery_codes)


def enrolled(desk: LocalDesk, session: StaffSession, now: datetime) -> ATelephone:
    """Give somebody who is signed in a second factor."""
    telephone = a_telephone_with(desk.second_factor.offer(session).secret_text)
    _, codes = desk.second_factor.confirm(session, A_PASSWORD, telephone.shows(now))
    return ATelephone(telephone.secret, codes)
