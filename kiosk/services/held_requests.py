"""The requests that are held here, by the reference on their ticket."""

from kiosk.domain.request import RequestId
from kiosk.errors import InputError
from kiosk.ports.desk_units import FileUnit


def request_with(unit: FileUnit, reference: str) -> RequestId:
    """Return the request with a reference.

    Raises:
        InputError: there is no such request here.
    """
    request_id = unit.requests.by_reference(reference)
    if request_id is None:
        raise InputError("reference", f"a request that is held here, not {reference!r}")
    return request_id


def readable_request_with(unit: FileUnit, reference: str) -> RequestId:
    """Return the request with a reference, whose data are still here.

    Raises:
        InputError: there is no such request here, or its data were erased.
    """
    request_id = request_with(unit, reference)
    if unit.erasures.is_erased(request_id):
        raise InputError("reference", "a request whose data are still here; these were erased")
    return request_id
