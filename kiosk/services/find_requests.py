"""Finding a request from whatever staff have of it; the best fifty, and no file is opened."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import islice
from typing import Final

from kiosk.domain.place import Site
from kiosk.domain.procedure import Catalogue
from kiosk.domain.request import RequestId
from kiosk.domain.search import Match, readings_of, references_one_slip_away
from kiosk.errors import SealError
from kiosk.journal.seal import read_seal
from kiosk.ports.clock import Clock
from kiosk.ports.desk_units import SearchUnits
from kiosk.ports.finding import EVERYTHING, FindingTable, FoundRequest, RequestFilter
from kiosk.services.found_requests import found_request
from kiosk.services.hall import day_of_hall

MOST_FINDINGS: Final = 50
# So many are read when some are to be left out.
_LOOKED_THROUGH: Final = 1_000

_Question = tuple[Match, Callable[[], Sequence[RequestId]]]


class FindRequests:
    """Answers the one search box of the staff."""

    def __init__(
        self,
        *,
        reading: SearchUnits,
        clock: Clock,
        site: Site,
        catalogue: Catalogue,
        origins: Callable[[], Sequence[str]] | None = None,
    ) -> None:
        """Take what it works with.

        Args:
            reading: gives units that never wait for a writer.
            clock: says which day is today.
            site: gives the legal time and the beginning of references.
            catalogue: gives the labels.
            origins: the kiosks whose requests are here; the site's own alone when None.
        """
        self._origins = origins or (lambda: (site.origin,))
        self._reading, self._clock, self._site, self._catalogue = reading, clock, site, catalogue

    def __call__(self, text: str, wanted: RequestFilter = EVERYTHING) -> Sequence[FoundRequest]:
        """Return the requests that a text can mean, the surest first, :data:`MOST_FINDINGS` at most.

        Args:
            text: as typed or scanned: a ticket's code, a reference or a part of it, with a slip perhaps; today's call
                number; a numéro étranger; a telephone number; a name in any script.
            wanted: leaves others out; then the surest :data:`_LOOKED_THROUGH` are looked through.

        Raises:
            StoreError: the store cannot be read.
        """
        most = MOST_FINDINGS if wanted == EVERYTHING else _LOOKED_THROUGH
        with self._reading() as unit:
            today = day_of_hall(unit, self._today())
            found = _first_of(_questions(unit.finding, text, self._origins, today, most), most)
            rows = {row.request_id: row for row in unit.finding.rows(list(found), today)}
            shown = (found_request(unit, rows[each], match, self._catalogue) for each, match in found.items())
            return list(islice(filter(wanted.takes, shown), MOST_FINDINGS))

    def _today(self) -> date:
        return self._clock.read().moment(self._site.departement.timezone).civil_date


def _first_of(questions: Iterator[_Question], most: int) -> dict[RequestId, Match]:
    """Ask one after the other until enough is found; whatever answers two of them counts for the first."""
    found: dict[RequestId, Match] = {}
    for match, ask in questions:
        for request_id in ask():
            found.setdefault(request_id, match)
        if len(found) >= most:
            break
    return dict(list(found.items())[:most])


def _questions(
    table: FindingTable, text: str, origins: Callable[[], Sequence[str]], today: date, most: int
) -> Iterator[_Question]:
    scanned = _reference_on_ticket(text)
    if scanned:
        yield Match.TICKET, partial(table.with_references, scanned)
        return
    can_be = readings_of(text, origins=origins(), today=today)
    if can_be.references:
        yield Match.REFERENCE, partial(table.with_references, can_be.references)
    if can_be.call_number:
        yield Match.CALL_NUMBER, partial(table.with_call_number, today, can_be.call_number)
    if can_be.number:
        yield Match.FOREIGNER_NUMBER, partial(table.number_begins, can_be.number, most)
    for phone in can_be.phones:
        yield Match.PHONE, partial(table.phone_begins, phone, most)
    yield Match.SUGGESTION, lambda: table.with_references(references_one_slip_away(text))
    for part in can_be.parts_of_reference:
        yield Match.PART_OF_REFERENCE, partial(table.reference_begins, part, most)
    for name in can_be.names:
        yield Match.NAME, partial(table.name_begins, name, most)
    for consonants in can_be.consonants:
        yield Match.SOUND_OF_NAME, partial(table.consonants_begin, consonants, most)


def _reference_on_ticket(text: str) -> tuple[str, ...]:
    """Return the reference in a ticket's code; whether the code is genuine is another question (``verify``)."""
    try:
        return (read_seal(text).reference,)
    except SealError:
        return ()
