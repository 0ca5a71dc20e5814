"""The emulator behind a line: TCP like a network printer's port 9100, or a pseudo-terminal like a serial port.

One computer is served at a time, as print servers do. While the cable is out (fault "unplug") the port refuses
connections, and the pseudo-terminal and its link are gone; with "plug" both come back under the same name.
"""

import contextlib
import os
import socket
import tty
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kiosk.errors import ConfigurationError
from printing.emulator.control_file import ControlFile
from printing.emulator.device import EmulatedPrinter
from printing.emulator.lines import SocketLine, TerminalLine
from printing.emulator.serving import TICK_S, Server

# A computer that reads nothing must not hold the printer for ever.
_SEND_LIMIT_S: Final = 1.0


class TcpServer(Server):
    """A network printer on a TCP port."""

    def __init__(
        self, printer: EmulatedPrinter, host: str = "127.0.0.1", port: int = 0, control: ControlFile | None = None
    ) -> None:
        """Bind the port; 0 takes a free one.

        Raises:
            ConfigurationError: the port is taken or not allowed.
        """
        super().__init__(printer, "printer-emulator-tcp", control)
        self.host = host
        try:
            self._listener: socket.socket | None = self._listening(port)
        except OSError as error:
            raise ConfigurationError("--tcp", f"a free port, not {port} ({error.strerror})") from error
        self.port: int = self._listener.getsockname()[1] if self._listener else port

    @property
    def url(self) -> str:
        """The printer's URL."""
        return f"tcp://{self.host}:{self.port}"

    def _listening(self, port: int) -> socket.socket:
        listener = socket.create_server((self.host, port), backlog=4)
        listener.settimeout(TICK_S)
        return listener

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                self._look_at_faults()
                self._follow_the_cable()
                connection = self._next_connection()
                if connection is not None:
                    with connection:
                        self._talk(connection)
        finally:
            self._close()

    def _follow_the_cable(self) -> None:
        if self.printer.faults.unplugged:
            self._close()
        elif self._listener is None:
            with contextlib.suppress(OSError):  # the port is not free yet: tried again at the next tick
                self._listener = self._listening(self.port)

    def _close(self) -> None:
        if self._listener is not None:
            self._listener.close()
            self._listener = None

    def _next_connection(self) -> socket.socket | None:
        if self._listener is None:
            self._stopping.wait(TICK_S)
            return None
        try:
            return self._listener.accept()[0]
        except (TimeoutError, ConnectionError):  # ConnectionError: gone again before it was taken
            return None

    def _talk(self, connection: socket.socket) -> None:
        if self.printer.faults.refuses_connections:
            return
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.settimeout(_SEND_LIMIT_S)
        line = SocketLine(connection)
        self._serve(line, outlives_restarts=False)
        if self.printer.faults.unplugged:
            line.cut()


class PtyServer(Server):
    """A serial printer on a pseudo-terminal, found under a link; computers come and go."""

    def __init__(self, printer: EmulatedPrinter, link: Path, control: ControlFile | None = None) -> None:
        """Make the terminal and its link.

        Raises:
            ConfigurationError: the link's place is taken by something else, or cannot be written.
        """
        super().__init__(printer, "printer-emulator-pty", control)
        if link.exists() and not link.is_symlink():
            raise ConfigurationError("--pty", f"a name that is free, not {link}")
        self.link = link
        self._ends: tuple[int, int] | None = None
        try:
            self._plug()
        except OSError as error:
            raise ConfigurationError("--pty", f"a name that can be made, not {link} ({error.strerror})") from error

    @property
    def url(self) -> str:
        """The printer's URL."""
        return f"serial://{self.link.absolute()}?baud=38400"

    def _plug(self) -> None:
        master, slave = os.openpty()
        # Holding the slave open keeps the terminal alive between two computers, as a cable does.
        self._ends = master, slave
        tty.setraw(slave)
        os.set_blocking(master, False)
        self.link.unlink(missing_ok=True)
        self.link.symlink_to(os.ttyname(slave))

    def _unplug(self) -> None:
        """Let the computer at the other side see its line go; the link goes first."""
        if self._ends is not None:
            self.link.unlink(missing_ok=True)
            for descriptor in self._ends:
                os.close(descriptor)
            self._ends = None

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                self._look_at_faults()
                if self.printer.faults.unplugged:
                    self._unplug()
                    self._stopping.wait(TICK_S)
                    continue
                if self._ends is None:
                    self._plug()
                assert self._ends is not None, "plugged in just now"
                self._serve(TerminalLine(self._ends[0]), outlives_restarts=True)
                self._unplug()  # whatever ended the conversation cut the line
        finally:
            self._unplug()


@contextlib.contextmanager
def serve_tcp(
    printer: EmulatedPrinter, host: str = "127.0.0.1", port: int = 0, control: ControlFile | None = None
) -> Iterator[TcpServer]:
    """Serve a printer on TCP for as long as the block runs."""
    with TcpServer(printer, host, port, control) as server:
        yield server


@contextlib.contextmanager
def serve_pty(printer: EmulatedPrinter, link: Path, control: ControlFile | None = None) -> Iterator[PtyServer]:
    """Serve a printer on a pseudo-terminal for as long as the block runs."""
    with PtyServer(printer, link, control) as server:
        yield server
