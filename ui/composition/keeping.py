"""What a machine keeps of people and for how long, and the round that it makes once a night."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kiosk.services.close_period import CloseEarlierPeriods
from kiosk.services.daily_round import DailyRound
from kiosk.services.erase_request import ApplyRetention, EraseRequest

if TYPE_CHECKING:
    from kiosk.services.export_person import ExportPerson
    from ui.composition.machine import Machine


@dataclass(frozen=True)
class Keeping:
    """What hands out and erases what is held of people.

    Attributes:
        machine: the one that holds it.
    """

    machine: "Machine"

    @cached_property
    def export_person(self) -> "ExportPerson":
        """Collects what is held of a person."""
        from kiosk.services.export_person import ExportPerson  # noqa: PLC0415  # no visitor waits for it

        return ExportPerson(**self.machine.parts)

    @cached_property
    def erase_request(self) -> EraseRequest:
        """Erases a person's data."""
        return EraseRequest(**self.machine.parts)

    @property
    def days(self) -> int | None:
        """For how many days it is held here; None without a centre: what nobody else holds stays."""
        settings = self.machine.settings
        return settings.retention.request_days if settings.central.url else None

    @cached_property
    def apply_retention(self) -> ApplyRetention:
        """Erases what has been here long enough."""
        retention = self.machine.settings.retention
        return ApplyRetention(
            self.erase_request,
            units=self.machine.store.units,
            clock=self.machine.clock,
            keep_days=retention.request_days,
            staff_days=retention.staff_days,
        )

    @cached_property
    def daily_round(self) -> DailyRound:
        """Does once a night what nobody should wait for."""
        machine = self.machine
        tasks: dict[str, Callable[[], object]] = {
            "closures": CloseEarlierPeriods(**machine.parts),
            "retention": self.apply_retention,
            "scrub": machine.store.scrub,
        }
        return DailyRound(machine.clock, machine.site.departement.timezone, tasks)
