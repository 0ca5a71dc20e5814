"""A hall with somebody at a counter, in whatever state the session is: ground for asking what is allowed."""

import atexit
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from kiosk.domain.hall import PlaceId
from kiosk.domain.request import FilingOutcome
from kiosk.domain.staff import Role
from kiosk.errors import SignInRefusedError
from kiosk.one_time_codes import STEP_S
from kiosk.ports.desk import StaffSession
from kiosk.services.local_desk import LocalDesk
from kiosk.store.store import DATABASE_NAME
from tests.fakes.clocks import FixedClock, SeededEntropy
from tests.fakes.kiosks import AKiosk
from tests.fakes.requests import a_request_content
from tests.fakes.staff import (
    A_FIRST_PASSWORD,
    A_PASSWORD,
    CHIEF,
    COUNTERS,
    ATelephone,
    an_account,
    enrolled,
)
from tests.fakes.stores import a_store

OPEN, CLOSED, LOCKED_NAME, WITH_FACTOR = "o.open", "c.closed", "l.locked", "f.factor"
A_STEP: Final = timedelta(seconds=STEP_S)
_FAILURES: Final = 5


class SessionState(Enum):
    """How a session stands."""

    AWAKE = "awake"
    LOCKED = "locked"
    OVER = "over"
    DISABLED = "disabled"  # the account was closed meanwhile
    MUST_CHANGE = "must_change"  # somebody else chose the password meanwhile
    MUST_ENROL = "must_enrol"  # the role must have a second factor, and the account has none


class AStaffWorld:
    """A kiosk, two people in its hall, an account of every kind, and one member of staff who acts.

    Attributes:
        kiosk: with a real store.
        role: of who acts.
        session: of who acts.
        telephone: of who acts; None without a second factor.
    """

    def __init__(self, folder: Path, role: Role) -> None:
        """Make everything, and sign the person in."""
        template, self._filed = _template()
        shutil.copyfile(template, folder / DATABASE_NAME)
        self.clock, self.folder = FixedClock(), folder
        self.kiosk = AKiosk(a_store(folder), clock=self.clock, entropy=SeededEntropy(2))
        self.role, self.name = role, _name_of(role)
        self.session: StaffSession = self.desk.sign_in(self.name, A_PASSWORD, COUNTERS[0])
        self.telephone: ATelephone | None = None

    @property
    def desk(self) -> LocalDesk:
        """That the session belongs to."""
        return self.kiosk.desk

    @property
    def now(self) -> datetime:
        """The instant."""
        return self.clock.read().utc

    @property
    def place(self) -> PlaceId:
        """Of the first person."""
        return PlaceId(self._filed[0].filing.filing_id)

    @property
    def reference(self) -> str:
        """Of the first person's request."""
        return self._filed[0].request.reference

    @property
    def other_reference(self) -> str:
        """Of the second request of probably the same person."""
        return self._filed[1].request.reference

    @property
    def seal(self) -> str:
        """What the code of the first person's ticket says."""
        return self.kiosk.issue(self._filed[0].request, self._filed[0].filing).seal

    def chief(self) -> StaffSession:
        """Sign an administrator in at another counter."""
        return self.desk.sign_in(CHIEF, A_PASSWORD, COUNTERS[2])

    def enrol(self) -> None:
        """Give who acts a second factor, ready for its next code."""
        self.telephone = enrolled(self.desk, self.session, self.now)
        self.clock.pass_time(A_STEP)

    def code(self) -> str:
        """Return what the telephone shows; something wrong without one."""
        return self.telephone.shows(self.now) if self.telephone else "000000"

    def bring_to(self, state: SessionState) -> None:
        """Let something happen to the session, or to its account."""
        match state:
            case SessionState.AWAKE:
                return
            case SessionState.LOCKED:
                self.desk.lock(self.session)
            case SessionState.OVER:
                self.desk.sign_out(self.session)
            case SessionState.DISABLED:
                self.desk.accounts.disable(self.name, by=CHIEF)
            case SessionState.MUST_CHANGE:
                self.desk.accounts.reset(self.name, A_FIRST_PASSWORD, by=CHIEF)
            case SessionState.MUST_ENROL:
                # The same store under stricter settings, as after a start.
                self.kiosk = replace(self.kiosk, factor_for=tuple(Role))
                self.session = self.desk.sign_in(self.name, A_PASSWORD, COUNTERS[0], self.code())
                self.clock.pass_time(A_STEP)

    def everything(self) -> Mapping[str, list[tuple[Any, ...]]]:
        """Return every row of every table."""
        connection = self.kiosk.store._readers.take()
        names = [row[0] for row in connection.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {name: sorted(connection.rows(f'SELECT * FROM "{name}"'), key=repr) for name in names}
        self.kiosk.store._readers.give_back(connection)
        return rows


def _name_of(role: Role) -> str:
    return f"x.{role.value}"


@cache
def _template() -> tuple[Path, Sequence[FilingOutcome]]:
    """Make the store of every world, once per process: each of its commits waits for the disk."""
    folder = Path(tempfile.mkdtemp(prefix="borne-hall-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    clock = FixedClock()
    kiosk = AKiosk(a_store(folder), clock=clock)
    desk = kiosk.desk
    # Of one person probably, whom nothing merges by itself.
    people = [a_request_content(birth_name=name, foreigner_number=None) for name in ("DIALLO", "DIALO")]
    filed = [kiosk.file(content) for content in people]
    for each in filed:
        kiosk.print(each.filing.print_job_id)
    for name in (OPEN, CLOSED, LOCKED_NAME, WITH_FACTOR):
        an_account(desk, name)
    for role in Role:
        an_account(desk, _name_of(role), role)
    enrolled(desk, desk.sign_in(WITH_FACTOR, A_PASSWORD, COUNTERS[1]), clock.utc)
    desk.accounts.disable(CLOSED, by=CHIEF)
    for _ in range(_FAILURES):
        with pytest.raises(SignInRefusedError):
            desk.sign_in(LOCKED_NAME, "wrong", COUNTERS[1])
    kiosk.store.close()
    return folder / DATABASE_NAME, filed
