"""A serial printer that understands one speed only, at the far end of a real pty."""

import os
import select
import termios
import threading
import tty
from types import TracebackType
from typing import Self

_TICK_S = 0.02
_QUESTIONS = {
    b"\x10\x04\x01": b"\x12",
    b"\x10\x04\x02": b"\x12",
    b"\x10\x04\x03": b"\x12",
    b"\x10\x04\x04": b"\x12",
    b"\x1dr\x01": b"\x00",
}


class SerialPeer:
    """Looks at the speed that the other end has set, as a real line would make it feel.

    Args:
        speed: in bits per second, at which it understands and is understood.
        model: what it says to GS I 67; None when it says nothing.
        rubbish: what the other end reads when the speed is wrong.
        answers: instead of the healthy ones, by question.
    """

    def __init__(
        self,
        speed: int,
        *,
        model: str | None = "TM-T88V",
        rubbish: bytes = b"\x00\xf8\x80",
        answers: dict[bytes, bytes] | None = None,
    ) -> None:
        self._speed, self._rubbish = getattr(termios, f"B{speed}"), rubbish
        self._answers = dict(_QUESTIONS) if answers is None else dict(answers)
        if model is not None:
            self._answers |= {b"\x1dIB": b"_EPSON\x00", b"\x1dIC": b"_%s\x00" % model.encode()}
        self._far, self._near = os.openpty()
        tty.setraw(self._near)
        self.device = os.ttyname(self._near)
        self.heard = bytearray()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="serial-peer")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._stopping.set()
        self._thread.join()
        os.close(self._far)
        os.close(self._near)

    def _run(self) -> None:
        while not self._stopping.is_set():
            if not select.select([self._far], [], [], _TICK_S)[0]:
                continue
            data = os.read(self._far, 4096)
            if termios.tcgetattr(self._far)[4] != self._speed:
                os.write(self._far, self._rubbish)
                continue
            self.heard += data
            for question, answer in self._answers.items():
                if data.endswith(question):
                    os.write(self._far, answer)
