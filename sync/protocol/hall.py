"""What a hub says of its hall as a whole: ``docs/protocol.md`` and ``/openapi.json``."""

from collections.abc import Sequence
from typing import Final

from kiosk.domain.moment import instant_text, parse_instant
from kiosk.ports.desk import SyncBacklog
from kiosk.ports.hall_printers import HallPrinter
from kiosk.ports.ticket_printer import PrinterCondition
from sync.protocol.wire_message import WireMessage

LONGEST_WAIT_S: Final = 8  # how long a look may wait for a change


class HallDescription(WireMessage):
    """Answer of ``GET /v1/hall``: what a counter needs to know before anybody signs in.

    Attributes:
        counters: names.
        services: letter, and what it receives, in French.
        has_accounts: whether anybody can sign in; accounts are made at the hub.
        has_centre: whether there is a centre above, to which entries go.
    """

    counters: list[str]
    services: dict[str, str]
    has_accounts: bool
    has_centre: bool


class KioskPrinter(WireMessage):
    """A kiosk's printer; its word is null when nothing was heard of the kiosk lately."""

    origin: str
    printer: str | None


class HallBacklog(WireMessage):
    """Answer of ``GET /v1/hall/backlog``: how far the centre above is behind, and what to look after in the hall.

    Attributes:
        held: entries that the hub holds, of all streams.
        relayed: of these, what the centre above acknowledged.
        last_contact: instant of its last acknowledgement; null before the first, and at a hub without one above.
        printers: of the kiosks of the hall.
    """

    held: int
    relayed: int
    last_contact: str | None
    printers: list[KioskPrinter]

    @classmethod
    def of(cls, backlog: SyncBacklog, printers: Sequence[HallPrinter]) -> "HallBacklog":
        """Return the message about a backlog and printers."""
        at = backlog.last_contact
        return cls(
            held=backlog.last_seq,
            relayed=backlog.acknowledged_to,
            last_contact=None if at is None else instant_text(at),
            printers=[
                KioskPrinter(origin=each.origin, printer=each.condition.value if each.condition else None)
                for each in printers
            ],
        )

    def hall_printers(self) -> tuple[HallPrinter, ...]:
        """Return the printers.

        Raises:
            ValueError: a word that this version does not know.
        """
        return tuple(
            HallPrinter(each.origin, None if each.printer is None else PrinterCondition(each.printer))
            for each in self.printers
        )

    def backlog(self) -> SyncBacklog:
        """Return the backlog."""
        at = self.last_contact
        return SyncBacklog(self.held, self.relayed, None if at is None else parse_instant(at))
