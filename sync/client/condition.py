"""Telling the centre how this machine is: at most once a minute, sooner after a change, never in the way of entries.

It runs beside the sending of entries, on a thread and a connection of its own with a short deadline, so that a centre
that takes its time over it holds back nothing. Without a link it does not even try: the sending side finds out when
there is one again.
"""

import threading
import time
from collections.abc import Callable
from typing import Final

import structlog

from kiosk.domain.chain_check import ChainCheck
from kiosk.domain.moment import instant_text
from kiosk.errors import CentreError, StoreError
from kiosk.journal.chain import EntrySigner
from kiosk.log_events import LogEvent
from kiosk.ports.clock import Clock
from kiosk.ports.link import LinkState
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.ports.unit_of_work import UnitOfWorkFactory
from kiosk.settings import CentreSettings
from sync.client.answers import problem_error
from sync.client.signed_exchange import SignedExchange
from sync.protocol.messages import Condition

TOLD_EVERY_S: Final = 60.0
LOOKED_EVERY_S: Final = 5.0
_DEADLINE_S: Final = 5.0
_LINK_IS_DOWN: Final = (LinkState.NO_LINK, LinkState.NOT_OUR_CENTRE)


class ObserveCondition:
    """Looks at this machine and says what it sees."""

    def __init__(
        self,
        *,
        reading: UnitOfWorkFactory,
        clock: Clock,
        printer: Callable[[], PrinterCondition | None],
        chain: Callable[[], ChainCheck | None],
        version: str,
    ) -> None:
        """Take what is looked at.

        Args:
            reading: gives units that wait for no writer.
            clock: of the machine.
            printer: what was last heard of the printer.
            chain: outcome of the last verification of the journal.
            version: of the software.
        """
        self._reading = reading
        self._clock = clock
        self._printer = printer
        self._chain = chain
        self._version = version

    def __call__(self, link: LinkState) -> Condition:
        """Return how the machine is now.

        Args:
            link: what the sending side is about.

        Raises:
            StoreError: the journal could not be read.
        """
        now, printer, chain = self._clock.read(), self._printer(), self._chain()
        with self._reading() as unit:
            head = unit.journal.head()
            latest = unit.acknowledgements.latest()
            acknowledged_to = latest.accepted_to if latest is not None else 0
            oldest = list(unit.journal.entries_after(acknowledged_to, 1))
            roll = unit.paper.current()
        is_near_end = printer is PrinterCondition.PAPER_NEAR_END
        return Condition(
            told_at=instant_text(now.utc),
            version=self._version,
            head_seq=head.seq,
            head=head.hash,
            pending=max(0, head.seq - acknowledged_to),
            oldest_unsent_at=instant_text(oldest[0][0].recorded_at) if oldest else None,
            link=link.value,
            printer=printer.value if printer is not None else None,
            tickets_left=roll.tickets_left(is_near_end=is_near_end) if roll is not None else None,
            clock=now.quality.value,
            chain="never" if chain is None else "whole" if chain.broken_at is None else "broken",
            chain_verified_at=instant_text(chain.at) if chain is not None else None,
            chain_broken_at=chain.broken_at if chain is not None else None,
        )


class TellCondition:
    """Sends one condition, signed."""

    def __init__(
        self, settings: CentreSettings, origin: str, signer: EntrySigner, *, sender: str | None = None
    ) -> None:
        """Take the way to the centre.

        Args:
            settings: address and proxy; the deadline is shortened.
            origin: the machine whose condition it is.
            signer: the sender's key.
            sender: the hub that passes it on; None when the machine speaks for itself.
        """
        patience = settings.model_copy(update={"deadline_s": min(_DEADLINE_S, settings.deadline_s)})
        self._path = f"/v1/origins/{origin}/condition"
        self._send = SignedExchange(patience, sender or origin, signer)

    def __call__(self, condition: Condition) -> None:
        """Send.

        Raises:
            CentreError: it was not taken; the next one will say more anyway.
        """
        body = condition.model_dump_json().encode()
        answer = self._send("PUT", self._path, body, {"Content-Type": "application/json"})
        if answer.status != 204:
            raise problem_error(answer)


class ConditionTeller(threading.Thread):
    """Owned by the program; :meth:`stop` ends it after the running call, whose deadline is short."""

    def __init__(
        self,
        observe: Callable[[LinkState], Condition],
        tell: Callable[[Condition], None],
        link: Callable[[], LinkState],
        *,
        told_every_s: float = TOLD_EVERY_S,
        looked_every_s: float = LOOKED_EVERY_S,
    ) -> None:
        """Take what it does.

        Args:
            observe: looks at the machine.
            tell: sends.
            link: what the sending side is about.
            told_every_s: longest pause between two words while there is a link.
            looked_every_s: pause between two looks.
        """
        super().__init__(name="condition", daemon=True)
        self._observe = observe
        self._tell = tell
        self._link = link
        self._told_every_s = told_every_s
        self._looked_every_s = looked_every_s
        self._stopping = threading.Event()
        self._told: Condition | None = None
        self._tried_at = -told_every_s

    def run(self) -> None:
        """Look, tell, wait, until stopped."""
        while not self._stopping.is_set():
            self.step(time.monotonic())
            self._stopping.wait(self._looked_every_s)

    def stop(self) -> None:
        """End the thread and wait for it."""
        self._stopping.set()
        if self.is_alive():
            self.join()

    def step(self, now_s: float) -> bool:
        """Look once, and tell when it is time or something changed; return whether the centre took it.

        Args:
            now_s: monotonic clock, seconds.
        """
        link = self._link()
        if link in _LINK_IS_DOWN:
            return False
        is_due = now_s - self._tried_at >= self._told_every_s
        try:
            condition = self._observe(link)
            if _is_unknown(condition):
                return False  # the centre meets this machine with its first entries
            if not is_due and (self._told is None or not has_changed(self._told, condition)):
                return False
            self._tried_at = now_s
            self._tell(condition)
        except (CentreError, StoreError) as error:
            self._told = None  # a failure waits for the next minute
            structlog.get_logger().info(LogEvent.CONDITION_NOT_TOLD, error=type(error).__name__)
            return False
        self._told = condition
        return True


def has_changed(before: Condition, after: Condition) -> bool:
    """Whether the difference between two looks is one that staff wait for; counts that grow are not."""
    return _noted(before) != _noted(after)


def _is_unknown(condition: Condition) -> bool:
    is_sending = condition.link in (LinkState.IDLE, LinkState.SENDING)
    return is_sending and condition.pending == condition.head_seq


def _noted(condition: Condition) -> tuple[object, ...]:
    is_refused = condition.link == LinkState.REFUSED
    return (condition.printer, condition.clock, condition.chain, condition.version, is_refused)
