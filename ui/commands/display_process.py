"""The hall display as a process of its own; it reads the kiosk's store, or asks the hub, and writes nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QApplication

from kiosk.domain.place import Site
from kiosk.errors import ConfigurationError
from kiosk.ports.call_board import CallView
from kiosk.ports.clock import Clock
from kiosk.settings import DisplaySettings, Settings
from kiosk.store.system_clock import SystemClock
from ui.commands.logs import configure_logs
from ui.commands.qt_endings import quit_on_signals
from ui.composition import gui_application, open_machine
from ui.composition.hub import hub_call_board
from ui.composition.site_data import load_site
from ui.devices.loudspeaker import EspeakLoudspeaker
from ui.display.announcer import Announcer
from ui.display.board_watch import BoardNews, BoardWatch
from ui.display.window import DisplayWindow


def run_display(settings: Settings, data_dir: Path, *, windowed: bool, silent: bool) -> int:
    """Show the calls until the program is told to end; return the exit code."""
    configure_logs(settings.log_level)
    application = gui_application(on_screen=True)
    ticking = quit_on_signals(application)
    screen = _screen(application, settings.display.screen)
    with (
        _looking(settings, data_dir) as (site, clock, calls),
        _announcing(settings.display, clock, silent=silent) as announcer,
    ):
        window = DisplayWindow(site, clock)

        def learn(news: BoardNews) -> None:
            window.news.emit(news)
            if announcer is not None:
                announcer.see(news.board.calls)

        watch = BoardWatch(calls, clock, learn)
        watch.start()
        try:
            window.setGeometry(screen.availableGeometry())
            window.show() if windowed else window.showFullScreen()
            code = application.exec()
        finally:
            watch.stop()
            window.close()
            ticking.stop()
    return code


@contextmanager
def _looking(settings: Settings, data_dir: Path) -> Iterator[tuple[Site, Clock, CallView]]:
    """Have the calls of this machine, or of the hub of the site."""
    if settings.hall.hub_url:
        clock = SystemClock()
        yield load_site(settings).site, clock, hub_call_board(settings, clock)
        return
    with open_machine(settings, data_dir) as machine:
        yield machine.site, machine.clock, machine.staff.call_board


@contextmanager
def _announcing(settings: DisplaySettings, clock: Clock, *, silent: bool) -> Iterator[Announcer | None]:
    """Have calls said, where there is a loudspeaker for them."""
    if silent or not settings.is_heard:
        yield None
        return
    announcer = Announcer(EspeakLoudspeaker(settings), clock)
    announcer.start()
    try:
        yield announcer
    finally:
        announcer.close()


def _screen(application: QApplication, name: str) -> QScreen:
    """Return the output to fill.

    Raises:
        ConfigurationError: there is none of this name; the ones that there are are named.
    """
    screens = {screen.name(): screen for screen in application.screens()}
    if name and name not in screens:
        raise ConfigurationError("display.screen", f"one of {', '.join(map(repr, screens))}, not {name!r}")
    return screens[name] if name else application.primaryScreen()
