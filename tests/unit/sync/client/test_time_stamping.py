"""Tokens of a real authority (OpenSSL behind HTTP), and everything that is not one."""

import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import LogCapture

from kiosk.errors import ConfigurationError, TimeStampError
from kiosk.journal.closure import ClosureKind
from kiosk.journal.entry import EntryType
from kiosk.journal.time_stamp import stamped_at
from kiosk.log_events import LogEvent
from kiosk.ports.centre_records import AcknowledgementRecord
from kiosk.services.stamp_head import StampHead
from kiosk.settings import EvidenceSettings
from sync.client.stamping_worker import StampingWorker
from sync.client.time_stamping import HttpTimeStampAuthority, roots_of
from tests.fakes.kiosks import AKiosk, a_kiosk
from tests.fakes.requests import a_request_content
from tests.fakes.time_stamp_authorities import Answer, AServedAuthority, an_authority, openssl, served
from tests.fakes.waiting import until

HOUR = timedelta(hours=1)
MESSAGE = b"what was there"
DIGEST = hashlib.sha256(MESSAGE).digest()


@pytest.fixture
def authority() -> Iterator[AServedAuthority]:
    """A real one."""
    with served() as running:
        yield running


def stamper(kiosk: AKiosk, authority: AServedAuthority) -> StampHead:
    """The service of a kiosk, on a real authority."""
    asked = HttpTimeStampAuthority(authority.settings())
    return StampHead(**kiosk.parts, reading=kiosk.store.reading, authority=asked, interval=HOUR)


def acknowledge(kiosk: AKiosk) -> None:
    """The centre holds everything."""
    with kiosk.store.units() as unit:
        head = unit.journal.head()
        document = f"acknowledged {head.seq}".encode()
        unit.acknowledgements.add(AcknowledgementRecord(head.seq, head.hash, kiosk.clock.read().utc, document))
        unit.commit()


def test_a_token_says_when_something_existed(authority: AServedAuthority) -> None:
    """The authority's instant, checked up to its root; the token verifies again years later, from the bytes alone."""
    stamp = HttpTimeStampAuthority(authority.settings()).stamp(MESSAGE)

    assert abs(stamp.stamped_at - datetime.now(UTC)) < timedelta(minutes=1)
    assert stamped_at(stamp.token, DIGEST, roots_of(authority.authority.root)) == stamp.stamped_at


def another_nonce(authority: AServedAuthority) -> Callable[[bytes], Answer]:
    """An old answer to the same question."""
    old = authority.authority.reply(openssl("ts", "-query", "-digest", "ab" * 32, "-sha256", "-cert").stdout)
    return lambda _query: (200, {}, old)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (lambda _: lambda _query: (503, {}, b""), "answered 503"),
        (lambda _: lambda _query: (200, {}, b"<html>Welcome to the hotel</html>"), "no time-stamp token"),
        (lambda _: lambda _query: (302, {"Location": "http://portal.example/"}, b""), "redirect"),
        (lambda _: lambda query: (200, {}, an_authority("Autre").reply(query)), "not a genuine token"),
        (
            lambda _: lambda query: (200, {}, an_authority("Horodateur", "serverAuth").reply(query)),
            "(no|genuine) token",
        ),
        (another_nonce, "not a genuine token"),
        (lambda own: lambda query: (200, {}, own.authority.reply(query)[:-40]), "no time-stamp token"),
        (lambda own: lambda _query: (200, {}, own.authority.reply(b"nothing")), "refused"),
    ],
    ids=["unwell", "portal", "redirect", "stranger", "no authority", "replayed", "cut", "refusal"],
)
def test_anything_else_is_no_token(
    answer: Callable[[AServedAuthority], Callable[[bytes], Answer]], said: str, authority: AServedAuthority
) -> None:
    """One error, with the reason."""
    authority.answer = answer(authority)

    with pytest.raises(TimeStampError, match=said):
        HttpTimeStampAuthority(authority.settings()).stamp(MESSAGE)


def test_every_changed_bit_of_a_token_is_found_or_changes_nothing_that_it_says(authority: AServedAuthority) -> None:
    """A token that was altered is refused, or still says the same instant of the same message."""
    stamp = HttpTimeStampAuthority(authority.settings()).stamp(MESSAGE)
    roots = roots_of(authority.authority.root)
    for bit in range(0, 8 * len(stamp.token), 29):
        altered = bytearray(stamp.token)
        altered[bit // 8] ^= 1 << bit % 8
        try:
            said = stamped_at(bytes(altered), DIGEST, roots)
        except TimeStampError:
            continue
        assert said == stamp.stamped_at, bit


def test_an_authority_that_drips_is_left_in_time(authority: AServedAuthority) -> None:
    """The whole call has one deadline."""
    authority.drips = True
    began = time.monotonic()

    with pytest.raises(TimeStampError, match=r"within 0\.4 s"):
        HttpTimeStampAuthority(authority.settings(deadline_s=0.4)).stamp(MESSAGE)

    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        (EvidenceSettings(time_stamp_url="tsa.example"), "time_stamp_url"),
        (EvidenceSettings(time_stamp_url="http://tsa.example"), "time_stamp_authority_file"),
        (EvidenceSettings(time_stamp_url="http://tsa.example", time_stamp_authority_file=Path(__file__)), "PEM"),
    ],
)
def test_an_authority_without_address_or_root_is_a_wrong_setting(settings: EvidenceSettings, named: str) -> None:
    """Said at the start, with the key."""
    with pytest.raises(ConfigurationError, match=named):
        HttpTimeStampAuthority(settings)


def test_the_head_is_stamped_and_the_journal_says_so(tmp_path: Path, authority: AServedAuthority) -> None:
    """The token is over the very hash of the entry, so that an expert needs OpenSSL and that hash alone."""
    kiosk = a_kiosk(tmp_path)
    kiosk.file()
    with kiosk.store.reading() as unit:
        head = unit.journal.head()

    record = stamper(kiosk, authority)()

    assert record is not None
    assert (record.seq, record.hash) == (head.seq, head.hash)
    with kiosk.store.reading() as unit:
        assert unit.time_stamps.latest() == record
        ((entry, payload),) = unit.journal.entries_after(head.seq, 10)
    assert entry.type == EntryType.TIME_STAMPED
    assert payload is not None
    assert (payload.facts["seq"], payload.facts["hash"]) == (head.seq, head.hash)
    (tmp_path / "token.tsr").write_bytes(record.token)
    openssl(
        "ts", "-verify", "-digest", head.hash, "-in", f"{tmp_path}/token.tsr", "-CAfile", f"{authority.authority.root}"
    )
    assert kiosk.verified().is_whole


def test_a_token_is_due_after_a_closure_and_hourly_with_acknowledgements(
    tmp_path: Path, authority: AServedAuthority
) -> None:
    """Never for its own record alone, never twice an hour but for a closure."""
    kiosk = a_kiosk(tmp_path)
    stamp = stamper(kiosk, authority)
    due = []

    def look() -> None:
        due.append(stamp.if_due() is not None)

    kiosk.file(a_request_content(birth_name="A"))
    look()  # nothing was closed or acknowledged
    acknowledge(kiosk)
    look()  # the first acknowledgement
    look()  # nothing since but its own record
    kiosk.file(a_request_content(birth_name="B"))
    acknowledge(kiosk)
    look()  # the hour is not over
    kiosk.pass_time(HOUR)
    look()
    kiosk.close_period(ClosureKind.DAY, kiosk.file().filing.filed.civil_date, by="Claire Martin")
    look()  # a closure does not wait
    kiosk.pass_time(HOUR)
    look()  # nothing new

    assert due == [False, True, False, False, True, True, False]
    assert len(authority.queries) == 3


def test_without_the_authority_everything_goes_on(tmp_path: Path, authority: AServedAuthority, log: LogCapture) -> None:
    """Filing is not disturbed, nothing is recorded, the next try waits longer; then the token comes."""
    kiosk = a_kiosk(tmp_path)
    stamp = stamper(kiosk, authority)
    real, authority.answer = authority.answer, lambda _query: (503, {}, b"")
    worker = StampingWorker(stamp, look_every_s=60, longest_pause_s=200)

    pauses = [worker.step(), worker.step()]
    filed = kiosk.file()
    authority.answer = real
    pauses.append(worker.step())

    assert pauses == [120, 200, 60]
    assert filed.filing.journal_seq == 2
    assert kiosk.entry_types() == [EntryType.REQUEST_FILED, EntryType.TIME_STAMPED]
    assert [line["event"] for line in log.entries if line["log_level"] == "warning"] == [LogEvent.TIME_STAMP_FAILED] * 2


def test_filing_does_not_wait_while_the_authority_is_asked(tmp_path: Path, authority: AServedAuthority) -> None:
    """The store is free during the call."""
    kiosk = a_kiosk(tmp_path)
    stamp = stamper(kiosk, authority)
    asked, answer = threading.Event(), threading.Event()
    real = authority.answer

    def slow(query: bytes) -> Answer:
        asked.set()
        answer.wait(10)
        return real(query)

    authority.answer = slow
    worker = StampingWorker(stamp, look_every_s=60)
    worker.start()
    assert asked.wait(10)
    filed = kiosk.file()
    answer.set()
    until(lambda: EntryType.TIME_STAMPED in kiosk.entry_types())
    worker.stop()

    assert filed.filing.journal_seq == 2
    with kiosk.store.reading() as unit:
        record = unit.time_stamps.latest()
        ((genesis, _),) = unit.journal.entries_after(0, 1)
    assert record is not None
    assert stamped_at(record.token, bytes.fromhex(genesis.hash), roots_of(authority.authority.root))
    assert kiosk.verified().is_whole
