"""Questions and answers over a real socket whose other end the test holds."""

import socket
import threading
from collections.abc import Callable, Iterator

import pytest

from kiosk.ports.ticket_printer import PrinterCondition
from printing.escpos import commands
from printing.escpos.status import ProcessIdAnswer
from printing.transports.descriptor import DescriptorTransport
from printing.transports.dialogue import Dialogue
from printing.transports.transport import Deadline

SOON = 5.0
HEALTHY = {4: b"\x12", 2: b"\x12", 1: b"\x12", 3: b"\x12"}
UNSOLICITED = b"\x10\x00\x00\x00"
Answer = Callable[[bytes], bytes]


class SocketTransport(DescriptorTransport):
    """One end of a pair; the test closes it."""

    def __init__(self, end: socket.socket) -> None:
        super().__init__(end.fileno())

    def close(self) -> None:
        """The fixture's."""

    def abandon(self) -> None:
        """The fixture's."""


class Peer:
    """The printer's end: answers each piece that arrives with what a function says."""

    def __init__(self) -> None:
        self.near, self.far = socket.socketpair()
        self.answer: Answer = lambda _: b""
        self.heard = bytearray()
        self._thread = threading.Thread(target=self._run, name="printer-peer")
        self._thread.start()

    def _run(self) -> None:
        while data := self.far.recv(65536):
            self.heard += data
            if answer := self.answer(data):
                self.far.sendall(answer)

    def close(self) -> None:
        self.near.close()
        self._thread.join()
        self.far.close()


@pytest.fixture
def peer() -> Iterator[Peer]:
    peer = Peer()
    yield peer
    peer.close()


def dialogue(peer: Peer, timeout_s: float = 0.3) -> Dialogue:
    return Dialogue(SocketTransport(peer.near), timeout_s)


def real_time(answers: dict[int, bytes], prefix: bytes = b"") -> Answer:
    def answer(data: bytes) -> bytes:
        if data.startswith(b"\x10\x04"):
            return prefix + answers.get(data[2], b"")
        return b"\x00" if data.endswith(commands.TRANSMIT_PAPER_STATUS) else b""

    return answer


@pytest.mark.parametrize(
    ("answers", "condition"),
    [
        (HEALTHY, PrinterCondition.READY),
        (HEALTHY | {4: b"\x1e"}, PrinterCondition.PAPER_NEAR_END),
        (HEALTHY | {4: b"\x7e"}, PrinterCondition.PAPER_OUT),
        (HEALTHY | {2: b"\x16"}, PrinterCondition.COVER_OPEN),
        (HEALTHY | {2: b"\x52", 3: b"\x1a"}, PrinterCondition.CUTTER_ERROR),
        ({4: b"\x12"}, PrinterCondition.SILENT),
        ({}, PrinterCondition.SILENT),
    ],
)
def test_the_condition_is_what_the_printer_answers(
    peer: Peer, answers: dict[int, bytes], condition: PrinterCondition
) -> None:
    """Each question waits for its own answer; none is silence."""
    peer.answer = real_time(answers)

    assert dialogue(peer).condition(Deadline.within(SOON)) is condition


def test_an_unsolicited_status_before_each_answer_shifts_nothing(peer: Peer) -> None:
    """Automatic Status Back may come at any moment."""
    peer.answer = real_time(HEALTHY | {4: b"\x7e"}, prefix=UNSOLICITED)

    assert dialogue(peer).condition(Deadline.within(SOON)) is PrinterCondition.PAPER_OUT


def test_a_stale_answer_is_not_the_answer(peer: Peer) -> None:
    """What lay in the line before the question was asked is dropped."""
    peer.far.sendall(b"\x12\x12\x12" + UNSOLICITED + b"\x00")
    peer.answer = real_time(HEALTHY | {2: b"\x16"})

    assert dialogue(peer).condition(Deadline.within(SOON)) is PrinterCondition.COVER_OPEN


def test_a_printer_that_hung_up_is_disconnected(peer: Peer) -> None:
    """Gone is not the same as silent."""
    peer.far.shutdown(socket.SHUT_RDWR)

    assert dialogue(peer).condition(Deadline.within(SOON)) is PrinterCondition.DISCONNECTED


def test_each_portion_waits_for_the_one_before(peer: Peer) -> None:
    """Every portion is followed by a question; all answered is whole."""
    peer.answer = real_time(HEALTHY)

    sent = dialogue(peer).send([b"one", b"two"], Deadline.within(SOON))

    assert (sent.accepted, sent.is_whole) == (6, True)
    question = commands.TRANSMIT_PAPER_STATUS
    assert bytes(peer.heard) == b"one" + question + b"two" + question


def test_a_printer_without_paper_gets_no_further_portion(peer: Peer) -> None:
    """The rest was never sent and cannot come out with the next roll."""

    def answer(data: bytes) -> bytes:
        return b"\x1a" if data.startswith(b"\x10\x04\x01") else b"\x7e" if data.startswith(b"\x10\x04") else b""

    peer.answer = answer

    sent = dialogue(peer).send([b"one", b"two"], Deadline.within(SOON))

    assert (sent.accepted, sent.is_whole) == (3, False)
    assert b"two" not in peer.heard


def test_an_answer_that_says_no_paper_stops_the_slip(peer: Peer) -> None:
    """GS r itself may say it."""
    peer.answer = lambda _: b"\x0c"

    assert not dialogue(peer).send([b"one", b"two"], Deadline.within(SOON)).is_whole


@pytest.mark.parametrize(("echo", "confirmed"), [(b"\x37\x220042\x00", True), (b"\x37\x220041\x00", False)])
def test_only_the_right_process_id_confirms(peer: Peer, echo: bytes, confirmed: bool) -> None:
    """A late echo of another slip is not this one's."""
    peer.answer = lambda _: UNSOLICITED + echo
    question = commands.request_process_id(b"0042")

    assert dialogue(peer).confirms(question, ProcessIdAnswer(b"0042"), Deadline.within(0.5)) is confirmed


def test_getting_in_step_fills_up_an_interrupted_picture(peer: Peer) -> None:
    """A printer that still waits for the rest of a band takes the padding, then answers."""
    owed = 3000
    heard = 0

    def answer(data: bytes) -> bytes:
        nonlocal heard
        heard += len(data)
        return b"\x00" if heard > owed and data.endswith(commands.TRANSMIT_PAPER_STATUS) else b""

    peer.answer = answer

    assert dialogue(peer).is_in_step(Deadline.within(SOON))


def test_a_printer_that_works_through_nothing_is_not_in_step(peer: Peer) -> None:
    """It takes bytes and answers nothing."""
    assert not dialogue(peer, 0.05).is_in_step(Deadline.within(SOON))
