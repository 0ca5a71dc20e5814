"""Sending to the centre step by step, and what is said about it."""

from kiosk.domain.moment import instant_text
from kiosk.errors import ConfigurationError
from kiosk.journal.canonical import JsonValue
from kiosk.ports.desk import SyncBacklog
from kiosk.ports.link import LinkCondition
from kiosk.services.note_quarantine import quarantined_entries
from ui.composition import Machine


def send_all(machine: Machine) -> int:
    """Send batch after batch until the centre holds everything, and do what it ordered; return how much.

    Raises:
        ConfigurationError: no centre is configured.
        CentreError: the centre could not be reached, refused, or is not ours; what it holds stays acknowledged.
    """
    if not machine.settings.central.url:
        raise ConfigurationError("central.url", "the address of the centre; it is empty")
    sent = 0
    while step := machine.link.exchange():
        sent += step
    return sent


def sync_report(machine: Machine) -> dict[str, JsonValue]:
    """Return what is known of the link from what this machine holds; asks nobody.

    The members ``{pending, acknowledged_to, head, last_contact, state}`` say how far the centre is behind; ``stream``
    under which name it is sent, ``quarantined`` which entries the centre does not believe, and ``link`` what a running
    kiosk last told of it: ``{state, since, next_try_at, reason}``, or null.
    """
    backlog = machine.desk.backlog()
    link = machine.files.link.read()
    with machine.store.reading() as unit:
        stream, quarantined = unit.segments.current().stream, quarantined_entries(unit)
    return {
        "pending": backlog.pending,
        "acknowledged_to": backlog.acknowledged_to,
        "head": backlog.last_seq,
        "last_contact": instant_text(backlog.last_contact) if backlog.last_contact else None,
        "state": _state(machine.settings.central.url, backlog),
        "stream": stream,
        "quarantined": list(quarantined),
        "link": _link(link) if link else None,
    }


def _link(link: LinkCondition) -> dict[str, JsonValue]:
    return {
        "state": link.state.value,
        "since": instant_text(link.since),
        "next_try_at": instant_text(link.next_try_at) if link.next_try_at else None,
        "reason": link.reason,
    }


def _state(url: str, backlog: SyncBacklog) -> str:
    if backlog.pending == 0 and backlog.acknowledged_to:
        return "up_to_date"
    return "pending" if url else "no_centre"
