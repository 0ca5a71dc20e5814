"""Checking tickets for the staff of this machine."""

from kiosk.domain.identity import PartialDate
from kiosk.ports.desk import StaffSession
from kiosk.ports.ticket_checks import CheckedTicket
from kiosk.services.check_ticket import CheckTicket
from kiosk.services.staff_sessions import StaffSessions


class LocalTicketChecks:
    """The :class:`kiosk.ports.ticket_checks.TicketChecks` of one machine."""

    def __init__(self, check: CheckTicket, sessions: StaffSessions) -> None:
        """Take what judges, and who is signed in."""
        self._check, self._sessions = check, sessions

    def check(self, session: StaffSession, text: str) -> CheckedTicket:
        """Return what can be said of a code, scanned or pasted."""
        return self._check.check(self._sessions.actor(session), text)

    def is_of(self, session: StaffSession, text: str, birth_name: str, birth_date: PartialDate | None) -> bool:
        """Whether a genuine ticket is this person's."""
        return self._check.is_of(self._sessions.actor(session), text, birth_name, birth_date)
