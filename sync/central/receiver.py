"""The one verb that takes entries, with everything that is kept of them: the same by wire and by hand."""

from functools import partial

from sync.central.context import CentreContext
from sync.central.desk.projection import index_requests
from sync.central.erasure.erase import erase_as_told
from sync.central.hall.projection import KeepHall, number_hall_changes
from sync.central.hall.ticket_projection import KeepTickets
from sync.central.receiving.receive import Projection, ReceiveEntries
from sync.central.trust.hub_revocations import follow_hub_revocations


def receiver(centre: CentreContext) -> ReceiveEntries:
    """Return what takes entries at a centre.

    The hall comes first and is numbered last: places are locked before the centre's journal, and the hall's counter
    after it, in the order in which a move from a counter takes them.
    """
    usual: list[Projection] = [index_requests, partial(erase_as_told, centre), follow_hub_revocations]
    if centre.hall is None:
        return ReceiveEntries(centre, usual)
    return ReceiveEntries(
        centre, [KeepHall(centre, centre.hall), *usual, KeepTickets(centre.hall), number_hall_changes]
    )
