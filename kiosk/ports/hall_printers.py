"""The printers of all kiosks of a hall, for staff who sit at none of them."""

from dataclasses import dataclass

from kiosk.ports.ticket_printer import PrinterCondition


@dataclass(frozen=True, slots=True)
class HallPrinter:
    """One kiosk's printer.

    Attributes:
        origin: the kiosk, ``38-A2``.
        condition: what the kiosk last heard of it; None when nothing was heard of the kiosk lately.
    """

    origin: str
    condition: PrinterCondition | None

    @property
    def is_well(self) -> bool:
        """Whether nobody needs to go there."""
        return self.condition is PrinterCondition.READY
