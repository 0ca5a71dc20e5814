"""The staff window and its watch, joined for as long as a block runs."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from kiosk.ports.clock import Clock
from kiosk.ports.desk import HallView
from kiosk.ports.link import LinkCondition
from kiosk.ports.machines import MachineHealth
from kiosk.ports.speech import VoiceCondition
from kiosk.ports.ticket_printer import PrinterCondition
from ui.supervisor.desk_watch import DeskWatch
from ui.supervisor.window import SupervisorWindow


@contextmanager
def watching(
    window: SupervisorWindow,
    desk: HallView,
    clock: Clock,
    printer: Callable[[], PrinterCondition | None],
    link: Callable[[], LinkCondition | None] = lambda: None,
    *,
    voice: Callable[[], VoiceCondition | None] = lambda: None,
    machines: Callable[[], Sequence[MachineHealth]] = tuple,
    hub_lost: Callable[[], datetime | None] = lambda: None,
) -> Iterator[DeskWatch]:
    """Tell the window what changes, for whoever is signed in there.

    Args:
        window: paints.
        desk: is looked at.
        clock: says when.
        printer: what the kiosk last heard from its printer.
        link: how the link to the centre is.
        voice: how the voice in the headset was when it last spoke.
        machines: how each machine is.
        hub_lost: since when the hub does not answer, where the desk is one of a hub.
    """
    watch = DeskWatch(
        desk, clock, printer, window.news.emit, link=link, voice=voice, machines=machines, hub_lost=hub_lost
    )
    window.session_changed.connect(watch.use)
    window.acted.connect(watch.look_now)
    watch.use(window.session)
    watch.start()
    try:
        yield watch
    finally:
        watch.stop()
