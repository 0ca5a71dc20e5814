"""The emulator behind a line: TCP like a network printer's port 9100, or a pseudo-terminal like a serial port.

A server is one named thread with one owner; leaving its ``with`` block ends it. One computer is served at a time, as
print servers do.
"""

import abc
import contextlib
import os
import select
import socket
import threading
import time
import tty
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Protocol, Self

from kiosk.errors import ConfigurationError
from printing.emulator.device import EmulatedPrinter
from printing.emulator.fault_lines import ControlFile

_TICK_S: Final = 0.02
_BITS_PER_BYTE: Final = 10  # with start and stop bit


class _Line(Protocol):
    """One computer at the other end; ``read`` returns None when it hung up."""

    def fileno(self) -> int: ...

    def read(self, most: int) -> bytes | None: ...

    def write(self, data: bytes) -> None: ...


class _Server(abc.ABC):
    """What both kinds of server share: the thread, and moving bytes between a line and the printer."""

    def __init__(self, printer: EmulatedPrinter, name: str, control: ControlFile | None) -> None:
        self.printer = printer
        self._control = control
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join()

    @abc.abstractmethod
    def _run(self) -> None:
        """Wait for computers and serve them until the server is told to stop."""

    def _look_at_faults(self) -> None:
        if self._control is not None:
            self._control.look()

    def _serve(self, line: _Line) -> None:
        """Talk with one computer until it hangs up, a fault cuts the line or the server ends."""
        spare_s = 0.0
        while not self._stopping.is_set() and not self.printer.wants_to_disconnect:
            self._look_at_faults()
            answers = self.printer.take_answers()
            if answers:
                line.write(answers)
            room = self.printer.room
            if not room or spare_s > 0:
                time.sleep(_TICK_S)
                spare_s = max(0.0, spare_s - _TICK_S)
                continue
            if not select.select([line], [], [], _TICK_S)[0]:
                continue
            baud = self.printer.faults.baud
            data = line.read(room if baud is None else min(room, max(1, int(baud / _BITS_PER_BYTE * _TICK_S))))
            if data is None:
                break
            if baud is not None:
                spare_s = len(data) * _BITS_PER_BYTE / baud
            self.printer.receive(data)
        self.printer.line_closed()


class _SocketLine:
    """A connected socket."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def fileno(self) -> int:
        return self._connection.fileno()

    def read(self, most: int) -> bytes | None:
        try:
            return self._connection.recv(min(most, 65536)) or None
        except OSError:  # the computer reset the line: it hung up
            return None

    def write(self, data: bytes) -> None:
        with contextlib.suppress(OSError):  # nobody listens any more; the next read says so
            self._connection.sendall(data)


class TcpServer(_Server):
    """A network printer on a TCP port."""

    def __init__(
        self, printer: EmulatedPrinter, host: str = "127.0.0.1", port: int = 0, control: ControlFile | None = None
    ) -> None:
        """Bind the port; 0 takes a free one.

        Raises:
            ConfigurationError: the port is taken or not allowed.
        """
        super().__init__(printer, "printer-emulator-tcp", control)
        try:
            self._listener = socket.create_server((host, port), backlog=4)
        except OSError as error:
            raise ConfigurationError("--tcp", f"a free port, not {port} ({error.strerror})") from error
        self._listener.settimeout(_TICK_S)
        self.host = host
        self.port: int = self._listener.getsockname()[1]

    @property
    def url(self) -> str:
        """The printer's URL."""
        return f"tcp://{self.host}:{self.port}"

    def _run(self) -> None:
        with self._listener:
            while not self._stopping.is_set():
                self._look_at_faults()
                try:
                    connection, _ = self._listener.accept()
                except TimeoutError:
                    continue
                with connection:
                    if not self.printer.faults.refuses_connections:
                        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                        self._serve(_SocketLine(connection))


class _TerminalLine:
    """The master side of a pseudo-terminal."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def fileno(self) -> int:
        return self._descriptor

    def read(self, most: int) -> bytes | None:
        try:
            return os.read(self._descriptor, min(most, 4096)) or None
        except OSError:  # EIO: nobody has the other side open
            return None

    def write(self, data: bytes) -> None:
        with contextlib.suppress(BlockingIOError):  # a serial line without a reader loses what is sent
            os.write(self._descriptor, data)


class PtyServer(_Server):
    """A serial printer on a pseudo-terminal, found under a link; computers come and go."""

    def __init__(self, printer: EmulatedPrinter, link: Path, control: ControlFile | None = None) -> None:
        """Make the terminal and its link.

        Raises:
            ConfigurationError: the link's place is taken by something else.
        """
        super().__init__(printer, "printer-emulator-pty", control)
        if link.exists() and not link.is_symlink():
            raise ConfigurationError("--pty", f"a name that is free, not {link}")
        self._master, slave = os.openpty()
        tty.setraw(slave)
        os.set_blocking(self._master, False)
        # Holding the slave open keeps the terminal alive between two computers, as a cable does.
        self._slave = slave
        link.unlink(missing_ok=True)
        link.symlink_to(os.ttyname(slave))
        self.link = link

    @property
    def url(self) -> str:
        """The printer's URL."""
        return f"serial://{self.link.absolute()}?baud=38400"

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                self._serve(_TerminalLine(self._master))
        finally:
            os.close(self._master)
            os.close(self._slave)
            self.link.unlink(missing_ok=True)


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
