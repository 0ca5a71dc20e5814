"""Telling the centre how this machine is: once a minute, at once after a change, never in the way of entries.

A hub with counters asks in its answer for a quicker pace, so that it soon knows of a machine that fell silent, and says
which order waits, so that nobody stands at a printer until the next look for orders.

It runs beside the sending of entries, on a thread and a connection of its own with a short deadline, so that a centre
that takes its time over it holds back nothing. Without a link it does not even try: the sending side finds out when
there is one again.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import structlog

from kiosk.domain.alarm import FEW_TICKETS
from kiosk.domain.chain_check import ChainCheck
from kiosk.domain.moment import instant_text
from kiosk.errors import CentreError, StoreError
from kiosk.journal.chain import EntrySigner
from kiosk.log_events import LogEvent
from kiosk.ports.clock import Clock
from kiosk.ports.link import LinkState
from kiosk.ports.machines import MachineFacts
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.ports.unit_of_work import UnitOfWorkFactory
from kiosk.services.machine_alarms import SCREEN_STUCK_AFTER
from kiosk.settings import CentreSettings
from sync.client.answers import Answer, problem_error
from sync.client.signed_exchange import SignedExchange
from sync.protocol.conditions import LATER_MEMBERS, NEWEST_ORDER, TELL_EVERY, Condition
from sync.protocol.machine_facts import ToldFacts

TOLD_EVERY_S: Final = 60.0
LOOKED_EVERY_S: Final = 5.0
_DEADLINE_S: Final = 5.0
_QUICKEST_S: Final = 1.0
_MOST_DIGITS: Final = 15
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
        facts: Callable[[], MachineFacts] | None = None,
    ) -> None:
        """Take what is looked at.

        Args:
            reading: gives units that wait for no writer.
            clock: of the machine.
            printer: what was last heard of the printer.
            chain: outcome of the last verification of the journal.
            version: of the software.
            facts: all that staff see of the machine; None where nobody does.
        """
        self._reading = reading
        self._facts = facts
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
            facts=ToldFacts.of(self._facts()) if self._facts is not None else None,
        )


@dataclass(frozen=True, slots=True)
class Wish:
    """What an answer asks for.

    Attributes:
        told_every_s: how often the receiver wants to hear; None when it did not say.
        newest_order: number of the newest order that waits or was done; 0 when it did not say.
    """

    told_every_s: float | None = None
    newest_order: int = 0


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

    def __call__(self, condition: Condition) -> Wish:
        """Send, and return what is asked for.

        Raises:
            CentreError: it was not taken; the next one will say more anyway.
        """
        answer = self._put(condition.model_dump_json())
        if answer.status == 400:  # a centre of an earlier version, which takes no member that it does not know
            answer = self._put(condition.model_dump_json(exclude=LATER_MEMBERS))
        if answer.status != 204:
            raise problem_error(answer)
        return Wish(_whole(answer.headers.get(TELL_EVERY)), _whole(answer.headers.get(NEWEST_ORDER)) or 0)

    def _put(self, document: str) -> Answer:
        return self._send("PUT", self._path, document.encode(), {"Content-Type": "application/json"})


class ConditionTeller(threading.Thread):
    """Owned by the program; :meth:`stop` ends it after the running call, whose deadline is short."""

    def __init__(
        self,
        observe: Callable[[LinkState], Condition],
        tell: Callable[[Condition], Wish],
        link: Callable[[], LinkState],
        *,
        ordered: Callable[[], object] = lambda: None,
        told_every_s: float = TOLD_EVERY_S,
        looked_every_s: float = LOOKED_EVERY_S,
    ) -> None:
        """Take what it does.

        Args:
            observe: looks at the machine.
            tell: sends.
            link: what the sending side is about.
            ordered: called when an order waits that was not there before.
            told_every_s: longest pause between two words while there is a link, until the centre asks for another.
            looked_every_s: pause between two looks; a quick receiver is told of a change within half a second.
        """
        super().__init__(name="condition", daemon=True)
        self._observe = observe
        self._tell = tell
        self._link = link
        self._ordered = ordered
        self._newest_order = 0
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
        """End the thread and wait for it; the last word says that the machine serves nobody any more."""
        self._stopping.set()
        if self.is_alive():
            self.join()
            self._say_farewell()

    def _say_farewell(self) -> None:
        last = self._told
        if last is None or last.facts is None or self._link() in _LINK_IS_DOWN:
            return
        try:
            condition = self._observe(self._link())
            facts = condition.facts.model_copy(update={"is_running": False}) if condition.facts else None
            self._tell(condition.model_copy(update={"facts": facts}))
        except (CentreError, StoreError) as error:  # it falls silent then, which is noticed too
            structlog.get_logger().info(LogEvent.CONDITION_NOT_TOLD, error=type(error).__name__)

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
            wish = self._tell(condition.model_copy(update={"told_every_s": max(1, round(self._told_every_s))}))
        except (CentreError, StoreError) as error:
            self._told = None  # a failure waits for the next minute
            structlog.get_logger().info(LogEvent.CONDITION_NOT_TOLD, error=type(error).__name__)
            return False
        self._told = condition
        self._heed(wish)
        return True

    def _heed(self, wish: Wish) -> None:
        if wish.told_every_s is not None:
            self._told_every_s = min(TOLD_EVERY_S, max(_QUICKEST_S, wish.told_every_s))
            self._looked_every_s = min(LOOKED_EVERY_S, self._told_every_s / 10)
        if wish.newest_order > self._newest_order:
            self._newest_order = wish.newest_order
            self._ordered()


def has_changed(before: Condition, after: Condition) -> bool:
    """Whether the difference between two looks is one that staff wait for; counts that grow are not."""
    return _noted(before) != _noted(after)


def _is_unknown(condition: Condition) -> bool:
    is_sending = condition.link in (LinkState.IDLE, LinkState.SENDING)
    return is_sending and condition.pending == condition.head_seq


def _noted(condition: Condition) -> tuple[object, ...]:
    is_refused = condition.link == LinkState.REFUSED
    facts = condition.facts
    noted = (condition.printer, condition.clock, condition.chain, condition.version, is_refused)
    return noted if facts is None else (*noted, *_noted_of(facts))


def _noted_of(facts: ToldFacts) -> tuple[object, ...]:
    """What staff wait for beside that: paper, store, disk, readers, voice, screen, a test, a closure."""
    report, paper, meant = facts.report, facts.paper, facts.facts("")
    screen_at = meant.report.screen_at if meant.report else None
    tickets = meant.tickets_left
    return (
        report and (report.store, report.is_disk_low, report.scanner, report.started_at),
        screen_at is not None and meant.seen_at - screen_at > SCREEN_STUCK_AFTER,
        paper and paper.changed_at,
        tickets is not None and tickets < FEW_TICKETS,
        facts.backlog is None,
        facts.voice,
        facts.test,
        facts.closure,
    )


def _whole(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdecimal() and len(text) <= _MOST_DIGITS else None
