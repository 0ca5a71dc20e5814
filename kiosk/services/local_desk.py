"""The staff's view of this machine's own store."""

from collections.abc import Sequence
from datetime import date

from kiosk.domain.identity import Identity
from kiosk.domain.moment import Moment
from kiosk.domain.paper_roll import PaperRoll
from kiosk.domain.place import Site
from kiosk.domain.procedure import Catalogue
from kiosk.domain.request import FiledRequest, Filing
from kiosk.ports.clock import Clock
from kiosk.ports.desk import SyncBacklog, WaitingRow
from kiosk.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from kiosk.workflows.print_job import PrintState


class LocalDesk:
    """The :class:`kiosk.ports.desk.Desk` of one machine."""

    def __init__(self, *, reading: UnitOfWorkFactory, clock: Clock, site: Site, catalogue: Catalogue) -> None:
        """Take what it reads from.

        Args:
            reading: gives units that see one state of the store and never wait for a writer.
            clock: says which day is today.
            site: gives the legal time.
            catalogue: gives the labels.
        """
        self._reading = reading
        self._clock = clock
        self._site = site
        self._catalogue = catalogue

    def filed_today(self) -> Sequence[WaitingRow]:
        """Return today's filings, oldest first."""
        with self._reading() as unit:
            today = self._today(unit)
            requests = unit.requests.filed_on(today)
            states = unit.print_jobs.states_on(today)
        filed = [(filing, request) for request in requests for filing in request.filings]
        of_today = [(filing, request) for filing, request in filed if filing.filed.civil_date == today]
        of_today.sort(key=lambda pair: pair[0].journal_seq)
        return [self._row(request, filing, states[filing.print_job_id]) for filing, request in of_today]

    def backlog(self) -> SyncBacklog:
        """Return how far the centre is behind."""
        with self._reading() as unit:
            head = unit.journal.head()
            latest = unit.acknowledgements.latest()
        if latest is None:
            return SyncBacklog(head.seq, 0, None)
        return SyncBacklog(head.seq, latest.accepted_to, latest.received_at)

    def paper_roll(self) -> PaperRoll | None:
        """Return the roll in the printer as it was counted."""
        with self._reading() as unit:
            return unit.paper.current()

    def _today(self, unit: UnitOfWork) -> date:
        """The civil day by the clock, but never before the journal's last day: the day of a clock that fell back."""
        reading = self._clock.read()
        today = Moment.of(reading.utc, self._site.departement.timezone, reading.quality).civil_date
        return max(today, unit.journal.head().civil_date or today)

    def _row(self, request: FiledRequest, filing: Filing, print_state: PrintState) -> WaitingRow:
        procedure = self._catalogue.procedures.get(request.content.procedure)
        return WaitingRow(
            call_number=filing.call_number,
            reference=request.reference,
            filed_at=filing.filed.utc,
            procedure_label=procedure.label_fr if procedure else request.content.procedure,
            language=filing.language,
            applicant=_spoken_name(request.content.identity),
            filing_ordinal=filing.ordinal,
            print_state=print_state,
        )


def _spoken_name(identity: Identity) -> str:
    return " ".join(filter(None, (identity.birth_name, *identity.given_names)))
