"""Why a printer cannot be opened, in one line that says how to mend it."""

import contextlib
import errno
import socket
from pathlib import Path
from typing import Final

from kiosk.errors import PrinterUnreachableError, UnreachableReason

_REASONS: Final = {
    errno.ENOENT: UnreachableReason.NOT_FOUND,
    errno.ENODEV: UnreachableReason.NOT_FOUND,
    errno.ENXIO: UnreachableReason.NOT_FOUND,
    errno.EACCES: UnreachableReason.NOT_ALLOWED,
    errno.EPERM: UnreachableReason.NOT_ALLOWED,
    errno.EBUSY: UnreachableReason.BUSY,
    errno.EAGAIN: UnreachableReason.BUSY,  # a lock that another program holds
    errno.ECONNREFUSED: UnreachableReason.REFUSED,
}

_REMEDIES: Final = {
    UnreachableReason.NOT_FOUND: "no such device: check cable and power; `printer discover` lists what is attached",
    UnreachableReason.NOT_ALLOWED: "permission denied: add the kiosk's user to group {group} or install the udev rules "
    "(resources/udev), then log in again",
    UnreachableReason.BUSY: "busy: another program uses it (a second kiosk, CUPS, ModemManager); stop that program",
    UnreachableReason.REFUSED: "refused: the host answers and nothing listens on the port; check the port number and "
    "that raw printing is switched on in the printer",
    UnreachableReason.NO_ANSWER: "no answer: check address, cable and power",
}


def unreachable(url: str, error: OSError, device: str | None = None) -> PrinterUnreachableError:
    """Return our error for one of the system's.

    Args:
        url: of the printer.
        error: what opening it raised.
        device: file of the device, when it has one: its group is named to whoever may not open it.
    """
    reason = _reason_of(error)
    remedy = _REMEDIES[reason].format(group=_group_of(device))
    detail = error.strerror or str(error)
    return PrinterUnreachableError(f"{url}: {remedy} ({detail})", reason)


def _reason_of(error: OSError) -> UnreachableReason:
    if isinstance(error, socket.gaierror):
        return UnreachableReason.NOT_FOUND
    return _REASONS.get(error.errno or 0, UnreachableReason.NO_ANSWER)


def _group_of(device: str | None) -> str:
    with contextlib.suppress(OSError, KeyError):  # a folder that is closed too, a group without a name
        return Path(device).group() if device else "lp"
    return "lp"
