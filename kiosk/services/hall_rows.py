"""Today's hall as rows: places joined with what was asked and with the tickets."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from kiosk.domain.hall import flags_of, visits_on
from kiosk.domain.identity import Identity
from kiosk.domain.procedure import Catalogue
from kiosk.domain.request import FiledRequest, Filing
from kiosk.domain.request_change import as_it_stands
from kiosk.ports.desk import HallRow
from kiosk.ports.desk_units import FileUnit
from kiosk.ports.hall import Place
from kiosk.workflows.print_job import PrintState

_WITHOUT_TICKET: Final = frozenset({PrintState.UNCONFIRMED, PrintState.FAILED, PrintState.EXPIRED})


def hall_rows(
    unit: FileUnit, today: date, catalogue: Catalogue, only: Sequence[Place] | None = None
) -> Sequence[HallRow]:
    """Return places of a day in order of arrival.

    Args:
        unit: of the store that has them.
        today: the day.
        catalogue: gives the labels.
        only: some of them, when the others are known already; None for all.
    """
    places = unit.places.of_day(today) if only is None else only
    filed = unit.requests.filed_on(today) if only is None else [unit.requests.get(place.request_id) for place in only]
    requests = {request.request_id: request for request in filed}
    states = unit.print_jobs.states_on(today) if places else {}
    rows = []
    for place in places:
        request = requests[place.request_id]
        # None is of today where a kiosk's clock is wrong and its hub put the person into today's hall.
        of_today = [filing for filing in request.filings if filing.filed.civil_date == today] or [request.latest_filing]
        content = as_it_stands(request.content, unit.changes.of(place.request_id))
        standing = replace(request, content=content)
        rows.append(_row(place, standing, of_today, states[of_today[-1].print_job_id], catalogue))
    return rows


def _row(
    place: Place, request: FiledRequest, of_today: list[Filing], print_state: PrintState, catalogue: Catalogue
) -> HallRow:
    content = request.content
    procedure = catalogue.procedures.get(content.procedure)
    return HallRow(
        place_id=place.place_id,
        call_number=place.call_number,
        reference=request.reference,
        filed_at=of_today[0].filed.utc,
        procedure_label=procedure.shown_fr if procedure else content.procedure,
        language=of_today[-1].language,
        applicant=_spoken_name(content.identity),
        visits=visits_on(filing.filed.civil_date for filing in request.filings),
        flags=flags_of(
            content,
            procedure,
            received_on=request.received.civil_date,
            on=place.civil_date,
            has_ticket=print_state not in _WITHOUT_TICKET,
        ),
        print_state=print_state,
        standing=place.standing,
        changed_at=place.changed_at,
        changed_by=place.changed_by,
        can_be_undone=place.before is not None,
    )


def _spoken_name(identity: Identity) -> str:
    return " ".join(filter(None, (identity.birth_name, *identity.given_names)))
