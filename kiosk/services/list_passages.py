"""Printing the list of a person's own passages: evidence of coming again (domain dossier 3.5, points 5 and 6)."""

from kiosk.domain.place import Site
from kiosk.domain.request import PrintJobId
from kiosk.domain.slip import OrderedSlip, SlipKind, passage_days
from kiosk.errors import InputError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.chain import settled
from kiosk.journal.entry import EntryType
from kiosk.ports.clock import Clock
from kiosk.ports.entropy import Entropy
from kiosk.ports.print_jobs import PrintJob
from kiosk.ports.unit_of_work import UnitOfWorkFactory
from kiosk.services.record_change import NOT_HERE
from kiosk.services.recording import EntryWriter
from kiosk.workflows.print_job import PrintState


class ListPassages:
    """Orders the paper that lists the passages of one request: durable and in the journal before it is printed."""

    def __init__(self, *, units: UnitOfWorkFactory, clock: Clock, entropy: Entropy, site: Site) -> None:
        self._units = units
        self._entropy = entropy
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)

    def __call__(self, reference: str, language: str) -> PrintJobId:
        """Order the list, also of a request that was withdrawn, and return its print job.

        Raises:
            InputError: no such request here, or erased.
            StoreError: nothing was ordered.
        """
        reading, moment = self._entries.now()
        with self._units() as unit:
            request_id = unit.requests.by_reference(reference)
            if request_id is None or unit.erasures.is_erased(request_id):
                raise InputError("reference", NOT_HERE)
            request, changes = unit.requests.get(request_id), unit.changes.of(request_id)
            ordered = settled(moment, unit.journal.head())
            job = PrintJobId(self._entropy.identifier())
            facts: dict[str, JsonValue] = {
                "reference": reference,
                "days": len(passage_days(request, changes)),
                "print_job_id": job,
            }
            draft = self._entries.draft(EntryType.VISITS_LISTED, facts, subject=request_id, at=(reading, ordered))
            entry = unit.journal.append(draft)
            slip = OrderedSlip(SlipKind.PASSAGES, ordered, entry.seq, language)
            filing_id = request.latest_filing.filing_id
            unit.print_jobs.add(PrintJob(job, filing_id, request_id, PrintState.SAVED, slip=slip))
            unit.commit()
        return job
