"""Everything that is held of one person's request, for that person (RGPD art. 15)."""

from kiosk.domain.identity import PartialDate
from kiosk.domain.moment import instant_text
from kiosk.domain.request import FiledRequest
from kiosk.errors import InputError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import entry_to_json
from kiosk.journal.request_facts import content_facts
from kiosk.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory

_NOT_THIS = "the reference and the birth date of one person's request"


class ExportPerson:
    """Collects what this machine holds under a reference, once the person is known to be the one."""

    def __init__(self, *, reading: UnitOfWorkFactory) -> None:
        self._reading = reading

    def __call__(self, reference: str, birth_date: PartialDate | None) -> dict[str, JsonValue]:
        """Return the request, its visits, tickets and entries.

        Args:
            reference: on the ticket.
            birth_date: as it was said when filing, with 00 for unknown parts; None when none was said.

        Raises:
            InputError: no such request, or another person's; the answer does not say which.
        """
        with self._reading() as unit:
            request_id = unit.requests.by_reference(reference)
            if request_id is None:
                raise InputError("reference", _NOT_THIS)
            request = unit.requests.get(request_id)
            is_erased = unit.erasures.is_erased(request_id)
            if not is_erased and request.content.identity.birth_date != birth_date:
                raise InputError("reference", _NOT_THIS)
            return {
                "reference": request.reference,
                "received_at": instant_text(request.received.utc),
                "erased": is_erased,
                "request": {"procedure": request.content.procedure} if is_erased else content_facts(request.content),
                "filings": [_filing(unit, request, rank) for rank in range(len(request.filings))],
            }


def _filing(unit: UnitOfWork, request: FiledRequest, rank: int) -> JsonValue:
    filing = request.filings[rank]
    ((entry, payload),) = unit.journal.entries_after(filing.journal_seq - 1, 1)
    return {
        "filed_at": instant_text(filing.filed.utc),
        "call_number": filing.call_number,
        "language": filing.language,
        "ticket": unit.print_jobs.get(filing.print_job_id).state.value,
        "entry": entry_to_json(entry),
        "facts": dict(payload.facts) if payload else None,
        "salt": payload.salt.hex() if payload else None,
    }
