"""The sending side against servers that lie, drip, hang up or send elsewhere: real sockets, real deadlines."""

import contextlib
import dataclasses
import itertools
import random
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import httpx
import pytest

from kiosk.errors import (
    CentreRefusedError,
    CentreUnreachableError,
    ConfigurationError,
    NotOurCentreError,
    StoreBusyError,
)
from kiosk.ports.centre_records import AcknowledgementRecord
from kiosk.ports.link import LinkCondition, LinkState
from kiosk.services.note_quarantine import NoteQuarantine, quarantined_entries
from kiosk.settings import CentreSettings
from sync.client.answers import BusyCentreError, ConflictError, GapError
from sync.client.drain import SMALL_BATCH, Drain
from sync.client.exchange import exchange
from sync.client.http_centre import HttpCentre
from sync.client.worker import SyncWorker
from tests.fakes.centres import ORIGIN, ALink, AnotherCentre, Sent, a_link, drained
from tests.fakes.clocks import a_signer
from tests.fakes.requests import a_request_content
from tests.fakes.waiting import until


@pytest.fixture
def link(tmp_path: Path) -> Iterator[ALink]:
    with a_link(tmp_path, f"sqlite:///{tmp_path / 'centre.db'}") as found:
        yield found


@contextlib.contextmanager
def a_server(talk: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server that talks as it likes to everybody who calls."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.05)
    stopping = threading.Event()

    def serve() -> None:
        while not stopping.is_set():
            with contextlib.suppress(TimeoutError):
                connection, _ = listener.accept()
                with connection, contextlib.suppress(OSError):
                    connection.settimeout(5)
                    talk(connection)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        stopping.set()
        thread.join()
        listener.close()


def answering(head: bytes, body: bytes = b"") -> Callable[[socket.socket], None]:
    """Read a little, answer, hang up."""

    def talk(connection: socket.socket) -> None:
        connection.settimeout(0.1)
        with contextlib.suppress(TimeoutError):
            while connection.recv(65536):
                continue
        connection.settimeout(5)
        connection.sendall(head + b"Content-Length: %d\r\n\r\n" % len(body) + body)

    return talk


def acknowledged(link: ALink) -> AcknowledgementRecord | None:
    with link.kiosk.store.reading() as unit:
        return unit.acknowledgements.latest()


def test_a_server_that_drips_does_not_hold_the_caller_beyond_the_deadline() -> None:
    """One total deadline, however lively the line looks."""

    def drip(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        for _ in range(100):
            connection.sendall(b" ")
            time.sleep(0.05)

    with a_server(drip) as url:
        before = time.monotonic()
        with pytest.raises(CentreUnreachableError, match=r"within 0\.5 s"):
            exchange("GET", url, deadline_s=0.5)
        assert time.monotonic() - before < 3


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n", b"<html>Bienvenue sur le WiFi</html>"),
        (b"HTTP/1.1 302 Found\r\nLocation: http://portail.example/\r\n", b""),
        (b"HTTP/1.1 307 Temporary Redirect\r\nLocation: /elsewhere\r\n", b""),
        (b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n", b'{"accepted_to": 6}'),
        (b"HTTP/1.1 404 Not Found\r\n", b"nothing here"),
        (b"HTTP/1.1 200 OK\r\n", b" " * (3 << 19)),
    ],
    ids=["portal", "redirect", "own redirect", "unsigned", "not found", "flood"],
)
def test_a_stranger_s_answer_marks_nothing_as_sent(link: ALink, head: bytes, body: bytes) -> None:
    """Captive portals, foreign redirects and unsigned words are not our centre."""
    with a_server(answering(head, body)) as url:
        pinned = Path(link.folder / "key.pem")
        pinned.write_text(link.centre.public_key, encoding="ascii")
        settings = CentreSettings(url=url, deadline_s=5, public_key_file=pinned)
        with pytest.raises(NotOurCentreError):
            Drain(link.kiosk.store.units, HttpCentre(settings, ORIGIN, a_signer()))()

    assert acknowledged(link) is None


@pytest.mark.parametrize("talk", [lambda _: None, lambda connection: connection.recv(10)], ids=["at once", "half"])
def test_a_line_that_is_cut_is_no_link(talk: Callable[[socket.socket], None]) -> None:
    """Reset before or in the middle of the answer."""
    with a_server(talk) as url, pytest.raises(CentreUnreachableError):
        exchange("GET", url, deadline_s=5)


def test_every_error_of_the_http_library_becomes_ours() -> None:
    """None of them reaches a caller who does not know httpx."""
    unmapped = [
        error
        for error in vars(httpx).values()
        if isinstance(error, type)
        and issubclass(error, Exception)
        and not issubclass(error, httpx.HTTPError | httpx.InvalidURL | httpx.StreamError)
        and error is not httpx.CookieConflict  # no cookies are kept
    ]

    assert unmapped == []
    for url in ("http://127.0.0.1:1", "http://no-such-host.invalid", "http://[::1"):
        with pytest.raises(CentreUnreachableError):
            exchange("GET", url, deadline_s=5)


def test_an_address_that_is_no_http_address_is_a_setting_s_fault() -> None:
    """Said at start, naming the key."""
    with pytest.raises(ConfigurationError, match=r"central\.url"):
        HttpCentre(CentreSettings(url="centre.example"), ORIGIN, a_signer())


def test_a_lost_answer_is_repaired_by_sending_again(link: ALink) -> None:
    """The centre took the batch, the answer was lost: nothing was marked, and the next try leaves each entry once."""
    real = link.http()

    class LosesTheAnswer(AnotherCentre):
        def put_entries(self, stream: str, entries: Sequence[Sent]) -> AcknowledgementRecord:
            real.put_entries(stream, entries)
            raise CentreUnreachableError("the answer was lost")

    with pytest.raises(CentreUnreachableError):
        Drain(link.kiosk.store.units, LosesTheAnswer(real))()
    assert acknowledged(link) is None

    assert drained(link.drain(2)) == len(link.entries())
    found = acknowledged(link)
    assert found is not None
    assert (found.accepted_to, found.head) == (link.entries()[-1][0].seq, link.entries()[-1][0].hash)


def test_an_acknowledgement_of_another_history_is_refused(link: ALink) -> None:
    """Number and hash must be those of our own entry."""
    real = link.http()

    class SwapsTheHead(AnotherCentre):
        def put_entries(self, stream: str, entries: Sequence[Sent]) -> AcknowledgementRecord:
            return dataclasses.replace(real.put_entries(stream, entries), head="0" * 64)

    with pytest.raises(NotOurCentreError):
        Drain(link.kiosk.store.units, SwapsTheHead(real))()
    assert acknowledged(link) is None


def test_a_centre_that_lost_its_entries_gets_them_again(link: ALink, tmp_path: Path) -> None:
    """It answers with a gap; what was acknowledged to it is sent from where it wants to resume."""
    drained(link.drain())
    link.kiosk.file()
    other = tmp_path / "other"
    other.mkdir()
    with a_link(other, f"sqlite:///{other / 'centre.db'}", filings=0) as empty:
        pinned = tmp_path / "other.pem"
        pinned.write_text(empty.centre.public_key, encoding="ascii")
        settings = CentreSettings(url=empty.centre.url, deadline_s=10, public_key_file=pinned)
        sender = Drain(link.kiosk.store.units, HttpCentre(settings, ORIGIN, a_signer()))
        drained(sender)
        held = empty.http().stream(ORIGIN)

    assert held.last.seq == len(link.entries())


def test_a_centre_that_knows_more_than_we_do_is_a_conflict(link: ALink, tmp_path: Path) -> None:
    """This store was restored from an old copy: nothing is sent over the newer history."""

    class WantsMore(AnotherCentre):
        def put_entries(self, stream: str, entries: Sequence[Sent]) -> AcknowledgementRecord:
            raise GapError(f"{stream}: entry 400 is expected, not {entries[0][0].seq}", 400)

    with pytest.raises(ConflictError):
        Drain(link.kiosk.store.units, WantsMore(link.http()))()


def a_worker(step: Callable[[], int], **settings: float) -> SyncWorker:
    return SyncWorker(step, CentreSettings(url="http://centre", **settings), chance=random.Random(1))


def test_the_worker_wakes_at_once_for_a_filing_and_stops_quickly() -> None:
    """It does not wait for the next look."""
    looks: list[float] = []

    def look() -> int:
        looks.append(time.monotonic())
        return 0

    worker = a_worker(look, idle_poll_s=3000)
    worker.start()
    until(lambda: len(looks) == 1)
    worker.notify()
    until(lambda: len(looks) == 2)
    before = time.monotonic()
    worker.stop()

    assert time.monotonic() - before < 1
    assert worker.state is LinkState.IDLE
    assert not worker.is_alive()


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (CentreUnreachableError("x"), LinkState.NO_LINK),
        (CentreRefusedError("x"), LinkState.REFUSED),
        (NotOurCentreError("x"), LinkState.NOT_OUR_CENTRE),
        (StoreBusyError("x"), LinkState.STORE_FAILED),
        (ValueError("nobody foresaw it"), LinkState.FAILED),
    ],
)
def test_the_worker_says_what_is_wrong_and_lives_on(error: Exception, state: LinkState) -> None:
    """Staff see it; no failure ends the thread."""

    def fail() -> int:
        raise error

    worker = a_worker(fail, backoff_first_s=0.01, backoff_max_s=0.02)
    worker.start()
    until(lambda: worker.state is state)

    assert worker.is_alive()
    worker.stop()


def test_pauses_grow_and_are_bounded_and_never_nothing() -> None:
    """No busy loop, no flood of kiosks at the same moment."""
    worker = a_worker(lambda: 0, backoff_first_s=1, backoff_max_s=300)
    pauses = [worker.pause_after(failures) for failures in range(1, 30)]

    assert 0.5 <= pauses[0] <= 1
    assert all(0.5 <= pause <= 300 for pause in pauses)
    assert min(pauses[10:]) >= 150


def test_a_busy_centre_decides_the_pause() -> None:
    """Retry-After is respected, within our own maximum."""
    worker = a_worker(lambda: 0, backoff_max_s=300)

    assert worker._failed(BusyCentreError("busy", 42.0)) == 42.0
    assert worker._failed(BusyCentreError("busy", 9999.0)) == 300.0


def test_what_is_wrong_is_told_with_its_hour_and_the_next_try() -> None:
    """Staff read since when, not how often; a retry is no news."""
    told: list[LinkCondition] = []

    def fail() -> int:
        raise CentreUnreachableError("no answer")

    settings = CentreSettings(url="http://127.0.0.1:1", backoff_first_s=0.01, backoff_max_s=0.02, probe_s=0.01)
    worker = SyncWorker(fail, settings, tell=told.append, chance=random.Random(1))
    worker.start()
    until(lambda: len(told) > 4)
    worker.stop()
    failures = [condition for condition in told if condition.state is LinkState.NO_LINK]

    assert [condition.state for condition in told[:2]] == [LinkState.SENDING, LinkState.NO_LINK]
    assert {condition.state for condition in told[1:]} == {LinkState.NO_LINK}
    assert len({condition.since for condition in failures}) == 1
    assert all(c.next_try_at is not None and c.next_try_at > c.since for c in failures)
    assert failures[0].reason == "no answer"


def test_the_worker_wakes_when_the_link_returns() -> None:
    """It looks every few seconds whether somebody listens again, and does not wait for the end of a long pause."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    tries: list[float] = []

    def attempt() -> int:
        tries.append(time.monotonic())
        if len(tries) == 1:
            raise CentreUnreachableError("no answer")
        return 0

    settings = CentreSettings(url=f"http://127.0.0.1:{port}", backoff_first_s=60, probe_s=0.05)
    worker = SyncWorker(attempt, settings, chance=random.Random(1))
    worker.start()
    until(lambda: worker.state is LinkState.NO_LINK)
    with socket.create_server(("127.0.0.1", port)):
        until(lambda: worker.state is LinkState.IDLE)
    worker.stop()

    assert len(tries) == 2
    assert tries[1] - tries[0] < 10


def test_a_server_that_accepts_and_does_not_answer_is_not_asked_more_often() -> None:
    """Only a link that was gone and came back ends a pause early."""
    tries: list[float] = []

    def attempt() -> int:
        tries.append(time.monotonic())
        raise CentreUnreachableError("no whole answer")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        settings = CentreSettings(url=url, backoff_first_s=0.4, backoff_max_s=0.4, probe_s=0.01)
        worker = SyncWorker(attempt, settings, chance=random.Random(1))
        worker.start()
        until(lambda: len(tries) == 3)
        worker.stop()

    assert min(later - earlier for earlier, later in itertools.pairwise(tries)) >= 0.19


def test_a_backlog_makes_way_for_a_visitor(link: ALink) -> None:
    """Small batches with pauses while somebody is at the screen, whole ones without a pause when nobody is."""
    visitor = threading.Event()
    visitor.set()
    sent: list[float] = []

    def step() -> int:
        sent.append(time.monotonic())
        return len(sent) % 4

    worker = SyncWorker(
        step, CentreSettings(url="http://centre", visit_pause_s=0.2, idle_poll_s=0.01), has_visitor=visitor.is_set
    )
    worker.start()
    until(lambda: len(sent) == 3)
    visitor.clear()
    until(lambda: len(sent) > 20)
    worker.stop()
    pauses = [later - earlier for earlier, later in itertools.pairwise(sent)]
    assert min(pauses[:2]) >= 0.19
    assert max(pauses[4:20]) < 0.19


def test_a_batch_is_small_while_somebody_is_at_the_screen(link: ALink) -> None:
    """Some milliseconds of work between two of a visitor's taps; nothing of it is lost or skipped."""
    for number in range(SMALL_BATCH):
        link.kiosk.file(dataclasses.replace(a_request_content(), phone=f"07{number:08d}"))
    visitor = threading.Event()
    visitor.set()
    drain = Drain(link.kiosk.store.units, link.http(), has_visitor=visitor.is_set)
    assert drain() == SMALL_BATCH
    visitor.clear()
    assert drain() == len(link.entries()) - SMALL_BATCH


def test_what_the_centre_does_not_believe_is_noted_here_too(link: ALink) -> None:
    """An entry whose facts were damaged in the store stands at the centre without them; staff see it at both ends."""
    real = link.http()

    class Doubts(AnotherCentre):
        def put_entries(self, stream: str, entries: Sequence[Sent]) -> AcknowledgementRecord:
            return dataclasses.replace(real.put_entries(stream, entries), quarantined=(3, 4))

    note = NoteQuarantine(clock=link.kiosk.clock, entropy=link.kiosk.entropy, site=link.kiosk.site)
    drained(Drain(link.kiosk.store.units, Doubts(real), note_quarantine=note))

    with link.kiosk.store.reading() as unit:
        assert quarantined_entries(unit) == [3, 4]
    assert link.kiosk.entry_types()[-1] == "incident"
    assert link.kiosk.verified().is_whole
