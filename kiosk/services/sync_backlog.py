"""How far the centre is behind, as the store knows it."""

from kiosk.ports.desk import SyncBacklog
from kiosk.ports.unit_of_work import UnitOfWork


def sync_backlog(unit: UnitOfWork) -> SyncBacklog:
    """Return how far the centre is behind."""
    last_seq, latest = unit.journal.head().seq, unit.acknowledgements.latest()
    if latest is None:
        return SyncBacklog(last_seq, 0, None)
    return SyncBacklog(last_seq, latest.accepted_to, latest.received_at)
