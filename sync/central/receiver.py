"""The one verb that takes entries, with everything that is kept of them: the same by wire and by hand."""

from functools import partial

from sync.central.context import CentreContext
from sync.central.desk.projection import index_requests
from sync.central.erasure.erase import erase_as_told
from sync.central.receiving.receive import ReceiveEntries
from sync.central.trust.hub_revocations import follow_hub_revocations


def receiver(centre: CentreContext) -> ReceiveEntries:
    """Return what takes entries at a centre."""
    return ReceiveEntries(centre, [index_requests, partial(erase_as_told, centre), follow_hub_revocations])
