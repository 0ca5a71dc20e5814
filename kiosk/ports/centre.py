"""The central system, as the kiosk sees it."""

from collections.abc import Sequence
from typing import Protocol

from kiosk.journal.entry import Entry, Payload
from kiosk.ports.unit_of_work import AcknowledgementRecord


class Centre(Protocol):
    """Takes entries and gives its signed word for them."""

    def put_entries(self, entries: Sequence[tuple[Entry, Payload | None]]) -> AcknowledgementRecord:
        """Send a contiguous batch and return the verified acknowledgement.

        Blocks for at most the total deadline of the settings, however slowly the server answers.

        Raises:
            CentreUnreachableError: no answer in time.
            CentreRefusedError: conflict, gap or unknown origin; says which.
            NotOurCentreError: the answer is not the centre's.
        """
        ...
