"""Days of a hall in which the test decides what time it is, and one of them that everybody counts."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from kiosk.domain.figures import Figures, FiguresPeriod, PeriodKind
from kiosk.domain.hall import Outcome, PlaceId
from kiosk.domain.moment import ClockQuality
from kiosk.ports.desk import StaffSession
from kiosk.workflows.hall_place import Move, PlaceEvent
from tests.fakes.clocks import FixedClock
from tests.fakes.kiosks import AKiosk
from tests.fakes.printers import PrinterMood, ScriptedPrinter
from tests.fakes.requests import a_request_content
from tests.fakes.staff import signed_in
from tests.fakes.stores import a_store

FRIDAY: Final = date(2026, 11, 27)


@dataclass
class ADay:
    """A hall in which the test decides what time it is."""

    folder: Path
    clock: FixedClock = field(default_factory=FixedClock)
    printer: ScriptedPrinter = field(default_factory=ScriptedPrinter)
    places: dict[str, PlaceId] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.kiosk = AKiosk(a_store(self.folder), clock=self.clock, printer=self.printer)

    def at(self, day: int, time: str) -> None:
        """Move the clock on to a legal time of November 2026 (winter: UTC + 1)."""
        hour, minute = map(int, time.split(":"))
        self.clock.pass_time(datetime(2026, 11, day, hour - 1, minute, tzinfo=UTC) - self.clock.utc)

    def comes(
        self, who: str, procedure: str = "REN-SALARIE", *, expires: date | None = None, language: str = "fr"
    ) -> None:
        """Somebody files and gets a ticket, as the printer's mood wants."""
        content = a_request_content(
            birth_name=who,
            procedure=procedure,
            language=language,
            foreigner_number=None,
            permit_expires_on=expires,
        )
        outcome = self.kiosk.file(content)
        self.places.setdefault(who, PlaceId(outcome.filing.filing_id))
        self.kiosk.print(outcome.filing.print_job_id)

    def moves(self, session: StaffSession, who: str, event: PlaceEvent, outcome: Outcome | None = None) -> None:
        """An agent does something to somebody's place."""
        counter = "1" if event is PlaceEvent.CALLED else ""
        self.kiosk.desk.move(session, self.places[who], Move(event, counter=counter, outcome=outcome))

    def figures(self, kind: PeriodKind = PeriodKind.DAY, day: date = FRIDAY) -> Figures:
        return self.kiosk.figures(FiguresPeriod.around(kind, day))


def a_friday(folder: Path) -> ADay:
    """Return a day of four people on Friday; Ada had come on Monday and on the Friday before."""
    day = ADay(folder)
    session = signed_in(day.kiosk.desk)
    day.at(20, "9:30")
    day.comes("ADA")
    day.at(23, "10:15")
    day.comes("ADA")
    day.at(27, "8:50")
    day.comes("ADA")  # waits 20 minutes
    day.at(27, "9:00")
    day.comes("BEA", "CHG-ADRESSE", language="ar")  # waits 40 minutes; her first call is taken back
    day.printer.mood = PrinterMood.LOSE_THE_ANSWER
    day.at(27, "9:05")
    day.comes("CEM", language="ar")  # called at 9:15: waits 10 minutes, is not there
    day.moves(session, "BEA", PlaceEvent.CALLED)
    day.kiosk.desk.undo(session, day.places["BEA"])
    day.at(27, "9:10")
    day.places["ADA"] = day.kiosk.desk.hall(session)[0].place_id
    day.moves(session, "ADA", PlaceEvent.CALLED)
    day.at(27, "9:15")
    day.moves(session, "CEM", PlaceEvent.CALLED)
    day.moves(session, "CEM", PlaceEvent.MISSED)
    day.moves(session, "ADA", PlaceEvent.FINISHED, Outcome.SERVED)
    day.at(27, "9:40")
    day.moves(session, "BEA", PlaceEvent.CALLED)
    day.moves(session, "BEA", PlaceEvent.FINISHED, Outcome.DOCUMENTS_MISSING)
    day.printer.mood = PrinterMood.REFUSE
    day.clock.quality = ClockQuality.SUSPECT
    day.at(27, "11:00")
    day.comes("DAN")  # waits
    day.comes("DAN")  # again, on the same day: keeps the place
    return day
