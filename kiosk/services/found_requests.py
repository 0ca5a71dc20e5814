"""A row of the store as staff see it in a list: with the names as they stand and with labels."""

from kiosk.domain.deadlines import window_position
from kiosk.domain.procedure import Catalogue
from kiosk.domain.request_change import as_it_stands
from kiosk.domain.search import Match
from kiosk.domain.ticket import WindowPosition
from kiosk.ports.desk_units import FileUnit
from kiosk.ports.finding import FoundRequest, FoundRow, RequestState


def found_request(unit: FileUnit, row: FoundRow, match: Match | None, catalogue: Catalogue) -> FoundRequest:
    """Return what a list shows of a request.

    Args:
        unit: where later acts are read, of the few requests that have any.
        row: of the store.
        match: why it was found; None in a list of all.
        catalogue: gives label and window of the procedure.
    """
    applicant, permit_expires_on, birth_date = row.applicant, row.permit_expires_on, row.birth_date
    if row.has_changes and row.state is not RequestState.ERASED:
        content = as_it_stands(unit.requests.get(row.request_id).content, unit.changes.of(row.request_id))
        applicant = " ".join(filter(None, (content.identity.birth_name, *content.identity.given_names)))
        permit_expires_on, birth_date = content.permit_expires_on, content.identity.birth_date
    procedure = catalogue.procedures.get(row.procedure)
    is_known = procedure is not None and row.state is not RequestState.ERASED
    return FoundRequest(
        match=match,
        reference=row.reference,
        applicant=applicant,
        procedure=row.procedure,
        procedure_label=procedure.shown_fr if procedure else row.procedure,
        received=row.received,
        language=row.language,
        service=row.service,
        state=row.state,
        window=(
            window_position(procedure, row.received.civil_date, permit_expires_on, birth_date)
            if is_known and procedure
            else WindowPosition.UNKNOWN
        ),
        ticket=row.ticket,
        call_number=row.call_number,
        place_state=row.place_state,
    )
