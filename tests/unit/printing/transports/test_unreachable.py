"""A printer that cannot be opened: one line with the reason and what to do."""

import errno
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.errors import PrinterUnreachableError, UnreachableReason
from printing.transports.transport import Deadline
from printing.transports.unreachable import unreachable
from printing.transports.urls import open_transport, opener_of

SOON = 5.0
_NOBODY = 65_534


@contextmanager
def as_nobody() -> Iterator[None]:
    """Give up root's rights for a moment; whoever is not root has none to give up."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(_NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


@pytest.mark.parametrize("scheme", ["file", "serial"])
def test_a_device_that_may_not_be_opened_names_the_group_that_may(tmp_path: Path, scheme: str) -> None:
    """The usual state of a new machine: the device belongs to another group."""
    device = tmp_path / "lp0"
    device.touch(mode=0o000)
    opener = opener_of(f"{scheme}://{device}")

    with as_nobody(), pytest.raises(PrinterUnreachableError) as raised:
        opener(Deadline.within(SOON))

    assert raised.value.reason is UnreachableReason.NOT_ALLOWED
    assert str(raised.value).startswith(f"{scheme}://{device}: permission denied: add the kiosk's user to group ")
    assert "udev rules" in str(raised.value)


def test_the_group_is_the_device_s_own(tmp_path: Path) -> None:
    """lp for the kernel's printer files, dialout for serial lines, borne with our rules."""
    device = tmp_path / "ttyUSB0"
    device.touch()

    error = unreachable("serial:///dev/ttyUSB0", PermissionError(errno.EACCES, "Permission denied"), str(device))

    assert f"group {device.group()} " in str(error)


@pytest.mark.parametrize(
    ("number", "reason", "said"),
    [
        (errno.ENOENT, UnreachableReason.NOT_FOUND, "no such device"),
        (errno.ENODEV, UnreachableReason.NOT_FOUND, "printer discover"),
        (errno.EPERM, UnreachableReason.NOT_ALLOWED, "group lp "),
        (errno.EBUSY, UnreachableReason.BUSY, "another program uses it"),
        (errno.ECONNREFUSED, UnreachableReason.REFUSED, "nothing listens on the port"),
        (errno.EHOSTUNREACH, UnreachableReason.NO_ANSWER, "check address, cable and power"),
        (errno.EIO, UnreachableReason.NO_ANSWER, "no answer"),
    ],
)
def test_each_reason_has_its_remedy(number: int, reason: UnreachableReason, said: str) -> None:
    """One line, and the system's own words at its end."""
    error = unreachable("file:///dev/usb/lp0", OSError(number, os.strerror(number)))

    assert error.reason is reason
    assert said in str(error)
    assert str(error).endswith(f"({os.strerror(number)})")


def test_a_host_without_a_name_is_not_found() -> None:
    """A typing error in the address, or no name server."""
    with pytest.raises(PrinterUnreachableError) as raised:
        open_transport("tcp://no-such-printer.invalid:9100", Deadline.within(SOON))

    assert raised.value.reason is UnreachableReason.NOT_FOUND


def test_a_closed_port_is_refused() -> None:
    """The host answers: the port is wrong, or raw printing is off."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    with pytest.raises(PrinterUnreachableError, match="refused") as raised:
        open_transport(f"tcp://127.0.0.1:{port}", Deadline.within(SOON))

    assert raised.value.reason is UnreachableReason.REFUSED
