"""A new roll that a machine elsewhere was asked to count: asked for, counted, or not answered. No widget here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.ports.machines import MachineHealth
from kiosk.translation import Translator
from ui.supervisor.counted import counted
from ui.supervisor.printer_testing import unanswered_said
from ui.supervisor.wording import Said, Tone


def counted_said(tr: Translator, tickets: int) -> Said:
    """Return that a roll is counted from now on."""
    one = tr.text("supervisor", "Rouleau enregistré : {count} ticket environ")
    text = counted(tickets, one, tr.text("supervisor", "Rouleau enregistré : {count} tickets environ"))
    return Said(f"✔ {text}", Tone.GOOD)


@dataclass(frozen=True, slots=True)
class RollFollowing:
    """Waits for a machine to say that it counts from another roll.

    Attributes:
        origin: the machine.
        before: when the roll that it had was put in; None when it knew of none.
        asked_at: UTC instant.
        within: after this it will not be done any more.
    """

    origin: str
    before: datetime | None
    asked_at: datetime
    within: timedelta

    def said(self, tr: Translator, machines: Sequence[MachineHealth], now: datetime) -> tuple[Said, bool]:
        """Return how far it is, and whether that is the end.

        Args:
            tr: of the staff screen.
            machines: as they were seen.
            now: UTC instant of that look.
        """
        facts = next((each.facts for each in machines if each.facts.origin == self.origin), None)
        if facts is not None and facts.paper is not None and facts.paper.changed_at != self.before:
            return counted_said(tr, facts.tickets_left or 0), True
        if now - self.asked_at > self.within:
            advice = tr.text("supervisor", "le rouleau n'est pas compté ; recommencez")
            return Said(f"✖ {unanswered_said(tr, self.within)} : {advice}", Tone.BAD), True
        text = tr.text("supervisor", "Rouleau signalé à {machine}, pas encore de réponse").format(machine=self.origin)
        return Said(f"… {text}", Tone.BUSY), False
