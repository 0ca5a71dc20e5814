"""Who is running on a data directory: whoever finds itself alone may settle what an earlier run left behind."""

import fcntl
import os
from pathlib import Path
from typing import Final

LOCK_NAME: Final = "running.lock"


class RunningLock:
    """Held by every process that prints; the kernel drops it when the process ends, however it ends."""

    def __init__(self, data_dir: Path, name: str = LOCK_NAME) -> None:
        self._descriptor = os.open(data_dir / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def is_alone(self) -> bool:
        """Whether no other process holds the lock; it is then held alone until :meth:`share`."""
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def share(self) -> None:
        """Hold the lock beside others; waits while another process settles its predecessor's work."""
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)

    def close(self) -> None:
        """Let go."""
        os.close(self._descriptor)
