"""The second factor of one's own account at a hub: a kiosk's own verbs, on the accounts of the centre."""

from kiosk.domain.staff import Role
from kiosk.ports.desk import StaffSession
from kiosk.services.own_second_factor import OwnSecondFactor
from kiosk.services.sign_in import CheckPassword
from sync.central.hall.bench import HallBench
from sync.central.hall.sessions import HallSessions


class CounterFactorSessions:
    """The :class:`kiosk.services.own_second_factor.FactorSessions` of a hub: of a session only the token counts."""

    def __init__(self, sessions: HallSessions) -> None:
        self._sessions = sessions

    def requires_factor(self, role: Role) -> bool:
        """Whether accounts of a role must have a second factor."""
        return self._sessions.requires_factor(role)

    def awake(self, session: StaffSession) -> StaffSession:
        """Return a session that is not locked."""
        return self._sessions.awake(session.token)

    def offer(self, session: StaffSession, secret: bytes | None) -> None:
        """Keep a secret that is offered to somebody's telephone; None: none."""
        self._sessions.offer(session.token, session.name, secret)

    def offered(self, session: StaffSession) -> bytes | None:
        """Return the secret that was offered last; None without one."""
        return self._sessions.offered(session.token, session.name)

    def factor_taken(self, session: StaffSession) -> StaffSession:
        """Go on with a session whose account has a second factor now."""
        return self._sessions.known(session.token)


def check_password(bench: HallBench) -> CheckPassword:
    """Return what lets through whoever knows a password of an account of the hall, and has its second factor."""
    return CheckPassword(
        units=bench.units,
        reading=bench.reading,
        clock=bench.clock,
        entropy=bench.entropy,
        site=bench.site,
        passwords=bench.passwords,
    )


def own_factor(bench: HallBench) -> OwnSecondFactor:
    """Return the second factor of whoever is signed in at a counter of a hall."""
    return OwnSecondFactor(
        check_password(bench),
        CounterFactorSessions(bench.sessions),
        reading=bench.reading,
        clock=bench.clock,
        entropy=bench.entropy,
        site=bench.site,
        machine=bench.centre.name,
    )
