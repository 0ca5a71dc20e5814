"""A display and an accessibility bus of their own, and a screen reader on them: what a person has who does not see."""

import contextlib
import json
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final, Self

import psutil

from tests.fakes.programs import environment

_READER: Final = Path(__file__).with_name("screen_reader.py")
_DEBIAN_PYTHON: Final = "/usr/bin/python3"
_LIMIT_S: Final = 20.0
_END_S: Final = 5.0
_PAUSE_S: Final = 0.05


@dataclass(frozen=True, slots=True)
class Told:
    """One thing on the screen, as assistive technology is told of it.

    Attributes:
        role: in the words of AT-SPI.
        name: what it is called.
        description: what more there is to say.
        actions: that it offers.
        text: that stands in it; None where there can be none.
        focused: whether keys go there.
        focusable: whether they can.
        checkable: whether it can be on or off.
        checked: whether it is on.
        enabled: whether it can be used now.
        modal: whether it has to be answered first.
    """

    role: str
    name: str
    description: str
    actions: list[str]
    text: str | None
    focused: bool
    focusable: bool
    checkable: bool
    checked: bool
    enabled: bool
    modal: bool

    @property
    def is_button(self) -> bool:
        """Whether it is there to be pressed."""
        return self.role in {"push button", "toggle button", "check box", "radio button"}


@dataclass(frozen=True, slots=True)
class Heard:
    """One event.

    Attributes:
        kind: as AT-SPI names it, for example ``object:announcement``.
        begins: whether a state begins; else it ends.
        said: the words that it carries.
        name: of what it is about.
    """

    kind: str
    begins: bool
    said: str
    name: str


@dataclass(frozen=True)
class Desktop:
    """What a program needs to be seen and read.

    Attributes:
        variables: of the environment.
    """

    variables: Mapping[str, str] = field(default_factory=dict)


@contextlib.contextmanager
def a_desktop(size: tuple[int, int]) -> Iterator[Desktop]:
    """Have a display, and a bus session with nobody else's programs on it; nothing of it is left afterwards.

    Args:
        size: of the screen.
    """
    with contextlib.ExitStack() as stack:
        runtime = stack.enter_context(tempfile.TemporaryDirectory(prefix="borne-bus-"))
        screen = f"{size[0]}x{size[1]}x24"
        display = stack.enter_context(_kept("Xvfb", "-displayfd", "1", "-screen", "0", screen, "-nolisten", "tcp"))
        shared = {"XDG_RUNTIME_DIR": runtime, "HOME": runtime}
        bus = stack.enter_context(_kept("dbus-daemon", "--session", "--nofork", "--print-address=1", env=shared))
        variables = shared | {"DISPLAY": f":{display}", "DBUS_SESSION_BUS_ADDRESS": bus, "QT_QPA_PLATFORM": "xcb"}
        stack.callback(_end_all_of, runtime)
        yield Desktop(variables)


@contextlib.contextmanager
def _kept(*command: str, env: Mapping[str, str] | None = None) -> Iterator[str]:
    """Keep a program running; hand on the line that it says when it is ready."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=_bare(env or {})
    )
    with _ending(process):
        assert process.stdout is not None
        line = process.stdout.readline().strip()
        assert line, f"{command[0]} did not start"
        yield line


@contextlib.contextmanager
def _ending(process: subprocess.Popen[str]) -> Iterator[None]:
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(_END_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(_END_S)
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()


def _bare(more: Mapping[str, str]) -> dict[str, str]:
    """Return an environment without the display and the bus of whoever runs the tests."""
    theirs = {"DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "AT_SPI_BUS_ADDRESS", "NO_AT_BRIDGE"}
    return {name: value for name, value in environment().items() if name not in theirs} | dict(more)


def programs_of(runtime: str) -> list[psutil.Process]:
    """Return what runs on a desktop, also what its bus started."""
    return [each for each in psutil.process_iter() if _runtime_of(each) == runtime]


def _runtime_of(process: psutil.Process) -> str | None:
    try:
        return process.environ().get("XDG_RUNTIME_DIR")
    except psutil.Error:  # ended, or somebody else's
        return None


def _end_all_of(runtime: str) -> None:
    """End what the bus started: the launcher of the other bus, that bus, the register of programs."""
    left = programs_of(runtime)
    for process in left:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.terminate()
    _, alive = psutil.wait_procs(left, _END_S)
    for process in alive:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()


class ScreenReader:
    """The test's end of :mod:`tests.fakes.screen_reader`."""

    def __init__(self, desktop: Desktop) -> None:
        variables = {name: value for name, value in desktop.variables.items() if name != "DISPLAY"}
        self._process = subprocess.Popen(
            [_DEBIAN_PYTHON, "-W", "ignore::DeprecationWarning", str(_READER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=_bare(variables),
        )
        self._end = contextlib.ExitStack()
        self._heard: list[Heard] = []

    def __enter__(self) -> Self:
        self._end.enter_context(_ending(self._process))
        return self

    def __exit__(self, *_error: object) -> None:
        self._end.close()

    # What it is told -------------------------------------------------------------------------------------------------

    def read(self) -> list[Told]:
        """Return what is on the screen."""
        return [Told(**told) for told in self._ask(do="read")]

    def until(self, is_so: Callable[[list[Told]], bool]) -> list[Told]:
        """Read until the screen is as it should be; return what is there.

        Raises:
            AssertionError: it never became so; says what is there.
        """
        limit = time.monotonic() + _LIMIT_S
        while not is_so(screen := self.read()):
            assert time.monotonic() < limit, "\n".join(
                f"{each.role}: {each.name!r} {each.text or ''}" for each in screen
            )
            time.sleep(_PAUSE_S)
        return screen

    def heard(self) -> list[Heard]:
        """Return what was heard since :meth:`forget`."""
        self._heard += [Heard(**event) for event in self._ask(do="hear")]
        return self._heard

    def forget(self) -> None:
        """Listen anew."""
        self.heard().clear()

    def until_heard(self, is_it: Callable[[Heard], bool]) -> Heard:
        """Wait for an event.

        Raises:
            AssertionError: it never came; says what did.
        """
        limit = time.monotonic() + _LIMIT_S
        while not (found := [event for event in self.heard() if is_it(event)]):
            assert time.monotonic() < limit, "\n".join(map(str, self.heard()))
            time.sleep(_PAUSE_S)
        return found[0]

    # What it does ----------------------------------------------------------------------------------------------------

    def press(self, name: str) -> None:
        """Press what has a name.

        Raises:
            AssertionError: nothing has it; says what is there.
        """
        assert self._ask(do="press", name=name), (
            f"no {name!r} among {[told.name for told in self.read() if told.actions]}"
        )

    def focus(self, name: str) -> None:
        """Go to what has a name."""
        assert self._ask(do="focus", name=name), f"nowhere to go: {name!r}"

    def write(self, name: str, text: str) -> None:
        """Write into a field."""
        assert self._ask(do="write", name=name, text=text), f"no field {name!r}"

    def _ask(self, **order: str) -> Any:
        stdin: IO[str] | None = self._process.stdin
        assert stdin is not None
        assert self._process.stdout is not None
        stdin.write(json.dumps(order) + "\n")
        stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "the screen reader ended"
        return json.loads(answer)
