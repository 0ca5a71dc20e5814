"""Tickets as files at a hub's counters, with the seal that their kiosk made.

The hub has no key of a kiosk and makes no seal. What a seal says is in the kiosk's entries, and so is its signature,
since the ticket went to the printer: the hub says the same seal again, and only once its signature was checked. Where
that cannot be, as with a ticket that was never printed or a name that was put right since, the file has no code.
"""

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.domain.request import FiledRequest, Filing
from kiosk.domain.staff import Permission
from kiosk.journal.entry import EntryType
from kiosk.journal.seal import rebuilt_seal
from kiosk.journal.signature import key_id_of
from kiosk.services.draw_up_ticket import corrected
from kiosk.services.make_office_copy import CopiedRequest, RecordOfficeCopy
from kiosk.services.staff import require
from sync.central.hall.bench import HallBench
from sync.central.hall.ticket_checks import known_keys
from sync.central.hall.ticket_rows import TicketUnit, ticket_units


@dataclass(frozen=True, slots=True)
class SealedCopy:
    """What a counter draws a ticket up from.

    Attributes:
        copied: the request as it stands, and who makes the file.
        kiosk: at which it was filed.
        seal: that the kiosk made; empty where it cannot be had.
    """

    copied: CopiedRequest
    kiosk: str
    seal: str


class HubOfficeCopies:
    """Gives tickets as files; sessions are named by their tokens."""

    def __init__(self, bench: HallBench) -> None:
        """Join the verb of a kiosk with the hub's database."""
        self._centre, self._sessions = bench.centre, bench.sessions
        self._units = ticket_units(bench.centre, bench.hall)
        self._record = RecordOfficeCopy(clock=bench.clock, entropy=bench.entropy, site=bench.site)

    def copy(self, token: str, reference: str) -> SealedCopy:
        """Return what a ticket says; that a file of it was made, and by whom, is an entry of the hub.

        Raises:
            InputError: no kiosk of this hall has such a request, or its data were erased.
        """
        actor = self._sessions.actor(token)
        keys = known_keys(self._centre)
        with self._units() as unit:
            require(unit, actor.name, Permission.SERVE)
            copied = self._record(unit, reference, actor.name, actor.counter)
            kiosk = unit.requests.origin_of(copied.request.request_id)
            request, filing = corrected(copied.request, copied.changes), copied.request.filings[-1]
            signatures = list(_signatures(unit, request, filing))
            unit.commit()
        valid = {
            key_id_of(key.public_key): key.public_key for key in keys if key.origin == kiosk and not key.revoked_at
        }
        seals = (
            rebuilt_seal(request, filing, kiosk, valid[key_id], signature)
            for key_id, signature in signatures
            if key_id in valid
        )
        return SealedCopy(copied, kiosk, next(filter(None, seals), ""))


def _signatures(unit: TicketUnit, request: FiledRequest, filing: Filing) -> Iterator[tuple[str, bytes]]:
    """Yield the signatures of the seals on the tickets of a visit, the newest first, with the key that made them."""
    for entry, payload in reversed(unit.journal.about(request.request_id, [filing.journal_seq])):
        facts = payload.facts if payload is not None else {}
        if entry.type == EntryType.TICKET_SENDING and facts.get("filing_id") == filing.filing_id:
            try:
                yield entry.key_id, base64.b64decode(str(facts.get("seal_signature", "")), validate=True)
            except binascii.Error:
                continue
