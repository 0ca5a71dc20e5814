"""Tickets shown at a counter, as rows."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import bindparam, insert, select

from kiosk.ports.presentations import Presentation
from kiosk.store.connections import Connection
from kiosk.store.prepared import Prepared
from kiosk.store.stored_values import instant_ms, instant_of
from kiosk.store.tables import presentations

_INSERT: Final = Prepared(insert(presentations))
_OF: Final = Prepared(
    select(presentations.c.presented_at_ms, presentations.c.counter)
    .where(presentations.c.reference == bindparam("of_reference"))
    .order_by(presentations.c.journal_seq.desc())
)


class PresentationRows:
    """The :class:`kiosk.ports.presentations.PresentationTable` of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, reference: str, journal_seq: int, presentation: Presentation) -> None:
        """Insert one."""
        _INSERT.run(
            self._connection,
            {
                "reference": reference,
                "journal_seq": journal_seq,
                "presented_at_ms": instant_ms(presentation.at),
                "counter": presentation.counter,
            },
        )

    def of(self, reference: str) -> Sequence[Presentation]:
        """Return all of a reference, the newest first."""
        rows = _OF.rows(self._connection, {"of_reference": reference})
        return [Presentation(instant_of(at_ms), counter) for at_ms, counter in rows]
