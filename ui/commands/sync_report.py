"""Sending to the centre step by step, and what is said about it."""

from kiosk.domain.moment import instant_text
from kiosk.errors import ConfigurationError
from kiosk.journal.canonical import JsonValue
from kiosk.ports.desk import SyncBacklog
from ui.composition import Machine


def send_all(machine: Machine) -> int:
    """Send batch after batch until the centre holds everything; return the number of entries sent.

    Raises:
        ConfigurationError: no centre is configured.
        CentreError: the centre could not be reached, refused, or is not ours; what it holds stays acknowledged.
    """
    if not machine.settings.central.url:
        raise ConfigurationError("central.url", "the address of the centre; it is empty")
    sent = 0
    while step := machine.drain():
        sent += step
    return sent


def sync_report(machine: Machine) -> dict[str, JsonValue]:
    """Return ``{pending, acknowledged_to, head, last_contact, state}`` from what this machine holds."""
    backlog = machine.desk.backlog()
    return {
        "pending": backlog.pending,
        "acknowledged_to": backlog.acknowledged_to,
        "head": backlog.last_seq,
        "last_contact": instant_text(backlog.last_contact) if backlog.last_contact else None,
        "state": _state(machine.settings.central.url, backlog),
    }


def _state(url: str, backlog: SyncBacklog) -> str:
    if backlog.pending == 0 and backlog.acknowledged_to:
        return "up_to_date"
    return "pending" if url else "no_centre"
