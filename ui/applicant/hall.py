"""What the screen offers to whoever comes next: the welcome, the closed door, or an excuse.

It decides between visits only. A visit that has begun is never cut short by the clock or by a fault.
"""

from datetime import date, datetime
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.ports.readiness import Readiness
from ui.applicant.services import ApplicantServices

WELCOME: Final = "welcome"
CLOSED: Final = "closed"
OUT_OF_SERVICE: Final = "out_of_service"
_LOOK_MS: Final = 1000


class Hall(QObject):
    """Follows the opening hours, the store and the printer; owned by the window."""

    told = Signal(object)  # a Readiness, from whatever thread watches
    changed = Signal()  # page, readiness or opening are not what they were

    def __init__(self, services: ApplicantServices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.readiness = Readiness()
        self.page = WELCOME
        self.opens_at: datetime | None = None
        self.today: date = services.today()
        self._settle()
        self.told.connect(self._take)
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self.look)
        if not services.hours.is_always_open:
            self._look.start()

    @property
    def is_closed(self) -> bool:
        """Whether the counters are closed, with or without a way to file."""
        return self._is_closed

    def look(self) -> None:
        """Look at the clock, and tell when that changes what is offered."""
        before = (self.page, self._is_closed, self.opens_at, self.today)
        self._settle()
        if before != (self.page, self._is_closed, self.opens_at, self.today):
            self.changed.emit()

    def close(self) -> None:
        """Look no more."""
        self._look.stop()

    def _take(self, readiness: Readiness) -> None:
        if readiness != self.readiness:
            self.readiness = readiness
            self._settle()
            self.changed.emit()

    def _settle(self) -> None:
        hours, reading = self._services.hours, self._services.clock.read()
        moment = reading.moment(self._services.site.departement.timezone)
        self._is_closed = not hours.is_open(reading.utc)
        self.opens_at = hours.opens_next(reading.utc) if self._is_closed else None
        self.today = moment.civil_date
        if not self.readiness.can_save:
            self.page = OUT_OF_SERVICE
        elif self._is_closed and not self._services.files_when_closed:
            self.page = CLOSED
        else:
            self.page = WELCOME
