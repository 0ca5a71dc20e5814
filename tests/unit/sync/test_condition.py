"""A kiosk says how it is: to the real centre, at most once a minute, sooner after a change, never without a link."""

import dataclasses
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest
import sqlalchemy as sa

from kiosk.domain.chain_check import ChainCheck
from kiosk.domain.moment import ClockQuality
from kiosk.errors import CentreUnreachableError
from kiosk.journal.canonical import JsonValue
from kiosk.ports.centre import UpdateKind
from kiosk.ports.link import LinkState
from kiosk.ports.machines import Lasting, MachineFacts, PrinterTest
from kiosk.ports.readiness import StoreCondition
from kiosk.ports.ticket_printer import PrinterCondition, PrintVerdict
from kiosk.store.chain_check_file import ChainCheckFile
from sync.central.fleet import condition_doors
from sync.central.tables import conditions
from sync.central.updates.orders import order
from sync.client.condition import ConditionTeller, ObserveCondition, TellCondition, Wish
from sync.protocol.conditions import Condition
from tests.fakes.centres import ORIGIN, ALink, a_link, drained
from tests.fakes.clocks import FixedClock, FixedSigner, a_signer
from tests.fakes.halls import A_HALL
from tests.fakes.machine_health import ASite
from tests.fakes.requests import A_MORNING
from tests.fakes.signed_requests import signed_request
from tests.fakes.waiting import until


@pytest.fixture
def link(tmp_path: Path) -> Iterator[ALink]:
    """A kiosk whose entries the centre holds."""
    with a_link(tmp_path, f"sqlite:///{tmp_path / 'centre.db'}", filings=2) as found:
        drained(found.drain())
        yield found


@dataclasses.dataclass
class Watched:
    """What a machine sees of itself, as a test turns it."""

    link: ALink
    printer: PrinterCondition | None = PrinterCondition.READY
    state: LinkState = LinkState.IDLE
    chain: ChainCheck | None = None
    facts: Callable[[], MachineFacts] | None = None
    told: list[Condition] = dataclasses.field(default_factory=list)

    def observe(self, state: LinkState = LinkState.IDLE) -> Condition:
        """Look."""
        observe = ObserveCondition(
            reading=self.link.kiosk.store.reading,
            clock=self.link.kiosk.clock,
            printer=lambda: self.printer,
            chain=lambda: self.chain,
            version="0.1.0",
            facts=self.facts,
        )
        return observe(state)

    def teller(self, ordered: Callable[[], object] = lambda: None) -> ConditionTeller:
        """Return the thread, to be stepped by hand."""
        send = TellCondition(self.link.settings, ORIGIN, a_signer())

        def tell(condition: Condition) -> Wish:
            self.told.append(condition)
            return send(condition)

        return ConditionTeller(self.observe, tell, lambda: self.state, ordered=ordered)


def kept(link: ALink) -> sa.Row[tuple[object, ...]]:
    (row,) = link.rows(conditions)
    return row


def test_the_centre_keeps_the_newest_word_of_each_machine(link: ALink) -> None:
    """Backlog, printer, clock, version, chain, head."""
    watched = Watched(link)
    teller = watched.teller()
    assert teller.step(0.0)
    link.kiosk.file()
    watched.printer, watched.chain = PrinterCondition.PAPER_OUT, ChainCheck(A_MORNING, 3, None)
    assert teller.step(5.0)

    row = kept(link)
    said = Condition.model_validate_json(row.document)
    assert (said.pending, row.pending, row.oldest_unsent_at) == (1, 1, "2026-11-20T08:03:09.120Z")
    assert (said.printer, said.chain, said.clock, said.head_seq) == ("paper_out", "whole", "synced", 4)
    assert row.clock_offset_ms != 0  # the kiosk of the test lives on another day


def test_it_is_told_once_a_minute_and_after_a_change(link: ALink) -> None:
    """Growing counts are no change; paper, clock, chain and refusal are."""
    watched = Watched(link)
    teller = watched.teller()
    took = [teller.step(0.0), teller.step(5.0)]
    link.kiosk.file()
    took.append(teller.step(10.0))
    watched.printer = PrinterCondition.COVER_OPEN
    took.append(teller.step(15.0))
    watched.state = LinkState.REFUSED
    took += [teller.step(20.0), teller.step(79.9), teller.step(80.0)]

    assert took == [True, False, False, True, True, False, True]


@pytest.mark.parametrize("state", [LinkState.NO_LINK, LinkState.NOT_OUR_CENTRE])
def test_without_a_link_it_is_not_even_tried(link: ALink, state: LinkState) -> None:
    """The sending side finds out when there is one again."""
    watched = Watched(link, state=state)

    assert not watched.teller().step(0.0)
    assert link.rows(conditions) == []


def test_a_failure_waits_for_the_next_minute(link: ALink) -> None:
    """Whatever changes meanwhile."""
    calls = []

    def fail(condition: Condition) -> Wish:
        calls.append(condition)
        raise CentreUnreachableError("x")

    watched = Watched(link)
    teller = ConditionTeller(watched.observe, fail, lambda: LinkState.IDLE)
    for second in (0.0, 5.0, 59.0, 60.0):
        watched.printer = PrinterCondition.COVER_OPEN if second else PrinterCondition.READY
        assert not teller.step(second)

    assert len(calls) == 2


def test_the_thread_tells_and_ends(link: ALink) -> None:
    """As the kiosk runs it."""
    watched = Watched(link)
    teller = watched.teller()
    teller.start()
    teller.stop()

    assert len(watched.told) == len(link.rows(conditions)) == 1


def test_only_the_machine_itself_is_believed(link: ALink) -> None:
    """A stranger's word, another origin's, and words that mean nothing are refused."""
    good = Watched(link).observe().model_dump_json().encode()
    path, stranger = f"/v1/origins/{ORIGIN}/condition", FixedSigner(7)

    def said(body: bytes, signer: FixedSigner | None = None, path: str = path) -> int:
        return signed_request("PUT", link.centre.url, path, body, origin=ORIGIN, signer=signer).status_code

    assert said(good) == 204
    assert said(good, stranger) == 403
    assert said(good, path="/v1/origins/38-B1/condition") == 401
    assert said(good.replace(b'"whole"', b'"never"').replace(b'"never"', b'"perhaps"')) == 400
    assert said(good.replace(b"2026-11-20T08", b"2026-13-20T08")) == 400
    assert said(good.replace(b'"pending":0', b'"pending":-1')) == 400


def test_a_clock_that_is_off_shows_as_its_difference(tmp_path: Path) -> None:
    """By the centre's clock when the word arrived."""
    database = f"sqlite:///{tmp_path / 'centre.db'}"
    with a_link(tmp_path, database, filings=1) as link:
        drained(link.drain())
        now = link.centre.context.now()
        link.kiosk.clock = FixedClock(now + timedelta(minutes=10), ClockQuality.SUSPECT)
        assert Watched(link).teller().step(0.0)

        assert 595_000 < int(str(kept(link).clock_offset_ms)) <= 600_000


def test_the_last_verification_is_kept_for_whoever_tells_of_it(tmp_path: Path) -> None:
    """And a damaged note is none."""
    file = ChainCheckFile(tmp_path)
    assert file.read() is None
    file.write(ChainCheck(A_MORNING, 41, 42))
    assert file.read() == ChainCheck(A_MORNING, 41, 42)
    next(tmp_path.iterdir()).write_text("{", encoding="ascii")
    assert file.read() is None


def test_a_hub_with_counters_is_told_at_its_pace_and_within_half_a_second(tmp_path: Path) -> None:
    """Its answer says how often; a centre of the nation asks for nothing."""
    with a_link(tmp_path, f"sqlite:///{tmp_path / 'hub.db'}", filings=1, hall=A_HALL) as link:
        drained(link.drain())
        watched, ordered = Watched(link), []
        teller = watched.teller(lambda: ordered.append(1))
        took = [teller.step(second) for second in (0.0, 0.5, 4.9, 5.0, 5.5)]
        watched.printer = PrinterCondition.PAPER_OUT
        took.append(teller.step(6.0))
        with link.centre.context.engine.begin() as connection:
            content: dict[str, JsonValue] = {"order": "x", "account": "a.martin@HUB-38"}
            order(link.centre.context, connection, ORIGIN, UpdateKind.TEST_PRINT, content, by="a.martin")
        took.append(teller.step(11.0))
        took.append(teller.step(16.0))

    assert took == [True, False, False, True, False, True, True, True]
    assert [condition.told_every_s for condition in watched.told] == [60, 5, 5, 5, 5]
    assert ordered == [1]


def test_what_staff_see_is_told_at_once_and_counts_that_grow_are_not(link: ALink, tmp_path: Path) -> None:
    """Store, disk, paper and the end of a test; not the room that grows smaller, nor the hour of the look."""
    site = ASite(link.kiosk, tmp_path / "files")
    site.folder.mkdir()
    site.all_is_well()
    link.kiosk.change_roll("a.martin")
    watched = Watched(link, facts=site.read)
    teller = watched.teller()
    changes: list[Callable[[], object]] = [
        lambda: None,
        lambda: site.tell(is_disk_low=Lasting(True, A_MORNING)),
        lambda: setattr(site, "free_bytes", 70_000_000_000),
        lambda: site.tell(store=Lasting(StoreCondition.FULL, A_MORNING)),
        lambda: link.kiosk.change_roll("a.martin", 5 * 550),
        lambda: site.orders.answer(PrinterTest("x", PrintVerdict.CONFIRMED, PrinterCondition.READY, A_MORNING)),
        lambda: None,
    ]
    took = []
    for second, change in enumerate(changes):
        change()
        took.append(teller.step(second))

    assert took == [True, True, False, True, True, True, False]


def test_a_kiosk_that_ends_says_so(link: ALink, tmp_path: Path) -> None:
    """So that nobody waits for its word."""
    site = ASite(link.kiosk, tmp_path / "files")
    site.folder.mkdir()
    site.all_is_well()
    watched = Watched(link, facts=site.read)
    teller = watched.teller()
    teller.start()
    until(lambda: bool(watched.told))
    teller.stop()

    said = Condition.model_validate_json(kept(link).document)
    assert said.facts is not None
    assert (said.facts.is_running, len(watched.told)) == (False, 2)


def test_a_centre_of_an_earlier_version_gets_the_word_that_it_knows(
    link: ALink, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It refuses members that it does not know."""

    class EarlierCondition(Condition):
        told_every_s: Literal[60] = 60

    monkeypatch.setattr(condition_doors, "Condition", EarlierCondition)
    word = Watched(link).observe().model_copy(update={"told_every_s": 5})
    TellCondition(link.settings, ORIGIN, a_signer())(word)

    assert Condition.model_validate_json(kept(link).document).told_every_s == 60
