"""A thread that looks again and again."""

import threading


class LookingThread(threading.Thread):
    """Looks, waits and looks again, from :meth:`start` on. :meth:`stop` ends it after the running look and joins it."""

    def __init__(
        self, name: str, look_every_s: float, nudge: threading.Event | None = None, *, waits_first: bool = False
    ) -> None:
        """Prepare the thread.

        Args:
            name: of the thread.
            look_every_s: longest pause between two looks.
            nudge: set when there may be news, so that the next look does not wait.
            waits_first: whether the first look comes after a pause too.
        """
        super().__init__(name=name, daemon=True)
        self._look_every_s = look_every_s
        self._nudge = nudge or threading.Event()
        self._waits_first, self._is_ending = waits_first, False

    def look(self) -> object:
        """Look once, on this thread."""
        raise NotImplementedError

    def look_now(self) -> None:
        """Wait no longer before the next look."""
        self._nudge.set()

    def run(self) -> None:
        """Look, wait, until stopped."""
        if self._waits_first:
            self._pause()
        while not self._is_ending:
            self.look()
            self._pause()

    def stop(self) -> None:
        """End the thread and wait for it."""
        self._is_ending = True
        self._nudge.set()
        if self.is_alive():
            self.join()

    def _pause(self) -> None:
        self._nudge.wait(self._look_every_s)
        self._nudge.clear()
