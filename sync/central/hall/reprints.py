"""Duplicates that a hub's counters order of a kiosk: the order is in its queue, and its entries say what came of it.

A kiosk fetches its orders itself and prints on its own printer; the hub sends no byte to a printer. Until the kiosk's
entries come nothing is known of the paper, and nothing is said of it.
"""

from dataclasses import dataclass

import structlog

from kiosk.domain.request import RequestId
from kiosk.domain.staff import Permission
from kiosk.domain.ticket import ReprintReason
from kiosk.errors import InputError
from kiosk.log_events import LogEvent
from kiosk.ports.centre import UpdateKind
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.services.staff import Actor, require
from kiosk.workflows.print_job import PrintState
from sync.central.hall.bench import HallBench
from sync.central.hall.printers import hall_printers
from sync.central.hall.ticket_rows import OrderedReprint, TicketUnit, ticket_units
from sync.central.locks import lock_stream
from sync.central.updates.orders import order, take_back

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class ReprintStanding:
    """Where a duplicate stands.

    Attributes:
        reprint: the order, with what its kiosk said of it.
        state: as it is to be told.
        condition: of the kiosk's printer; None when nothing was heard of the kiosk lately.
    """

    reprint: OrderedReprint
    state: PrintState
    condition: PrinterCondition | None


class HubReprints:
    """The verbs of :class:`kiosk.ports.reprint_desk.ReprintDesk` at a hub; sessions are named by their tokens."""

    def __init__(self, bench: HallBench) -> None:
        """Join the queue of each kiosk with the hub's database."""
        self._centre, self._hall, self._sessions = bench.centre, bench.hall, bench.sessions
        self._units = ticket_units(bench.centre, bench.hall)
        self._reading = ticket_units(bench.centre, bench.hall, reads_only=True)

    def order(self, token: str, reference: str, reason: ReprintReason) -> ReprintStanding:
        """Order a duplicate of its kiosk, unless one is on its way: then that one is returned.

        Raises:
            InputError: no kiosk of this hall has such a request, or its data were erased.
        """
        actor = self._sessions.actor(token)
        with self._units() as unit:
            require(unit, actor.name, Permission.SERVE)
            request_id = unit.requests.by_reference(reference)
            if request_id is None or unit.erasures.is_erased(request_id):
                raise InputError("reference", "a request of this hall whose data are still here")
            origin = unit.requests.origin_of(request_id)
            lock_stream(unit.connection, origin)  # so that two who ask at once get one paper
            reprint = unit.reprints.newest_of(request_id)
            if reprint is None or reprint.standing(self._centre.now()).is_final:
                number = self._ordered(unit, actor, request_id, reason, origin)
                reprint = OrderedReprint(origin, number, request_id, self._centre.now())
                unit.reprints.add(reprint)
                unit.commit()
                log.info(LogEvent.REPRINT_ORDERED, origin=origin, count=number)
        return self._standing(reprint)

    def news(self, token: str, origin: str, number: int) -> ReprintStanding:
        """Return where a duplicate stands now.

        Raises:
            InputError: nobody at this hub ordered it.
        """
        actor = self._sessions.actor(token)
        with self._reading() as unit:
            require(unit, actor.name, Permission.SERVE)
            return self._standing(_known(unit, origin, number))

    def give_up(self, token: str, origin: str, number: int) -> ReprintStanding:
        """Take an order back that the kiosk has not said it took up; return where it stands.

        Raises:
            InputError: nobody at this hub ordered it.
        """
        actor = self._sessions.actor(token)
        with self._units() as unit:
            require(unit, actor.name, Permission.SERVE)
            _known(unit, origin, number)
            lock_stream(unit.connection, origin)
            reprint = _known(unit, origin, number)  # as it stands while its kiosk sends nothing
            if reprint.can_be_taken_back:
                about = {"agent": actor.name, "counter": actor.counter}
                take_back(
                    self._centre,
                    unit.connection,
                    origin,
                    number,
                    by=actor.name,
                    subject=reprint.request_id,
                    facts=about,
                )
                unit.reprints.close(reprint)
                unit.commit()
        return self.news(token, origin, number)

    def _ordered(
        self, unit: TicketUnit, actor: Actor, request_id: RequestId, reason: ReprintReason, origin: str
    ) -> int:
        reference = unit.requests.get(request_id).reference  # its kiosk may not know those that it stands for
        content = {"reference": reference, "agent": actor.name, "reason": reason.value}
        return order(
            self._centre,
            unit.connection,
            origin,
            UpdateKind.REPRINT,
            content,
            by=actor.name,
            subject=request_id,
            facts={**content, "counter": actor.counter},
        )

    def _standing(self, reprint: OrderedReprint) -> ReprintStanding:
        now = self._centre.now()
        with self._reading() as unit:
            printers = hall_printers(unit.connection, self._hall, now)
        condition = next((each.condition for each in printers if each.origin == reprint.origin), None)
        return ReprintStanding(reprint, reprint.standing(now), condition)


def _known(unit: TicketUnit, origin: str, number: int) -> OrderedReprint:
    reprint = unit.reprints.get(origin, number)
    if reprint is None:
        raise InputError("number", "of a duplicate that was ordered at this hub")
    return reprint
