"""Tickets at a hub: what only a hub must promise, because its kiosks and their keys are elsewhere."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from kiosk.domain.request import FilingOutcome
from kiosk.domain.request_change import CorrectedField
from kiosk.domain.ticket import ReprintReason
from kiosk.errors import InputError, NotAllowedError, NotSignedInError
from kiosk.journal.entry import EntryType
from kiosk.journal.seal import make_seal
from kiosk.journal.seal_verdict import Verdict
from kiosk.services.apply_update import APPLIED, REFUSED
from kiosk.services.erase_request import EraseRequest, ErasureReason
from kiosk.services.record_change import ChangeOrder
from kiosk.workflows.print_job import PrintState
from sync.central.erasure.erase import erase_by_reference
from sync.central.hall.office_copies import HubOfficeCopies
from sync.central.hall.reprints import HubReprints, ReprintStanding
from sync.central.hall.ticket_checks import HubTicketChecks
from sync.central.tables import hall_presentations, payloads
from sync.central.trust.revocation import revoke
from tests.fakes.clocks import FixedClock, a_signer
from tests.fakes.hall_tickets import fetched
from tests.fakes.halls import A_HALL, AHall, a_hall, a_kiosk_of_the_site
from tests.fakes.kiosks import AKiosk
from tests.fakes.requests import a_request_content
from tests.fakes.staff import signed_in

LOST = ReprintReason.LOST


class ASite:
    """Two kiosks that print, and a hub that stands beside them."""

    def __init__(self, folder: Path, hall: AHall, clock: FixedClock) -> None:
        self.folder, self.hall, self.clock = folder, hall, clock
        self.kiosks = [a_kiosk_of_the_site(folder / each, each) for each in ("A2", "B1")]
        for kiosk in self.kiosks:
            kiosk.clock = clock
        self.checks, self.reprints = HubTicketChecks(hall.bench), HubReprints(hall.bench)
        self.copies = HubOfficeCopies(hall.bench)
        self.token = hall.sign_in()

    def file(self, at: int = 0, *, prints: bool = True) -> FilingOutcome:
        """Let the same person file, have the ticket printed, and tell the hub."""
        kiosk = self.kiosks[at]
        filed = kiosk.file(a_request_content(birth_name="DIALLO"))
        if prints:
            kiosk.print(filed.filing.print_job_id)
        self.hall.take(kiosk)
        return filed

    def seal(self, filed: FilingOutcome, at: int = 0) -> str:
        """Return what stands in the code of a ticket."""
        return self.kiosks[at].issue(filed.request, filed.filing).seal

    def fetch(self) -> list[str]:
        """Let the first kiosk fetch its orders and do them, and return what came of each; it tells nobody yet."""
        return fetched(self.kiosks[0], self.hall, self.folder)

    def exchange(self) -> None:
        """Let the first kiosk fetch, print and tell."""
        self.fetch()
        self.kiosks[0].take_up()
        self.hall.take(self.kiosks[0])

    def order(self, filed: FilingOutcome) -> ReprintStanding:
        """Have a ticket printed again."""
        return self.reprints.order(self.token, filed.request.reference, LOST)

    def news(self, standing: ReprintStanding) -> ReprintStanding:
        """Return where a duplicate stands now."""
        return self.reprints.news(self.token, standing.reprint.origin, standing.reprint.number)

    def close(self) -> None:
        """Let go of the stores."""
        for kiosk in self.kiosks:
            kiosk.store.close()


@pytest.fixture
def any_site(tmp_path: Path, database: str) -> Iterator[ASite]:
    """A site whose hub runs on each kind of database."""
    clock = FixedClock()
    with a_hall(tmp_path, database, now=lambda: clock.utc) as hall:
        site = ASite(tmp_path, hall, clock)
        yield site
        assert hall.verified().is_whole
        site.close()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[ASite]:
    """A site whose hub runs on SQLite."""
    clock = FixedClock()
    with a_hall(tmp_path, f"sqlite:///{tmp_path / 'hub.db'}", now=lambda: clock.utc) as hall:
        site = ASite(tmp_path, hall, clock)
        yield site
        assert hall.verified().is_whole
        site.close()


def at_the_kiosk_s_counter(kiosk: AKiosk, seal: str) -> None:
    kiosk.checks.check(signed_in(kiosk.desk, "k.roux", counter="3"), seal)


def test_every_presentation_whose_entry_is_held_counts(any_site: ASite) -> None:
    """At a counter of the kiosk that printed it, at one of another kiosk of the hall, at the hub; each once."""
    site = any_site
    filed = site.file()
    seal = site.seal(filed)
    for kiosk in site.kiosks:
        site.clock.pass_time(timedelta(minutes=1))
        at_the_kiosk_s_counter(kiosk, seal)
        site.hall.take(kiosk)
    site.clock.pass_time(timedelta(minutes=1))
    first = site.checks.check(site.token, seal)
    second = site.checks.check(site.token, seal)

    assert [shown.counter for shown in first.earlier] == ["3", "3"]
    assert [shown.counter for shown in second.earlier] == ["1", "3", "3"]
    assert second.earlier[0].at > second.earlier[1].at > second.earlier[2].at
    assert site.hall.own_entries(EntryType.SEAL_CHECKED) == [filed.request.request_id] * 2
    with site.hall.centre.engine.connect() as connection:
        kept = connection.execute(sa.select(payloads.c.facts)).scalars()
        assert not any("PREFTKT1" in facts for facts in kept)


def test_a_presentation_of_long_ago_is_forgotten(site: ASite) -> None:
    """After a year, with the next one."""
    filed = site.file()
    site.checks.check(site.token, site.seal(filed))
    site.clock.pass_time(timedelta(days=366))
    token = site.hall.sign_in("b.petit")
    site.checks.check(token, site.seal(filed))

    assert [shown.at for shown in site.checks.check(token, site.seal(filed)).earlier] == [site.clock.utc]
    with site.hall.centre.engine.connect() as connection:
        assert len(connection.execute(sa.select(hall_presentations)).all()) == 2


def test_a_ticket_whose_entry_has_not_come_yet_is_not_called_missing(site: ASite) -> None:
    """The kiosk is ahead of its hub; one that was sealed for an entry that is held, and is another, is found."""
    first = site.file()
    again = site.kiosks[0].file(a_request_content(birth_name="DIALLO"))
    seal = site.seal(again)
    assert again.filing.ordinal == 2
    early = site.checks.check(site.token, seal)
    forged = make_seal(first.request, replace(first.filing, entry_hash="f" * 64), "38-A2", a_signer())
    found = site.checks.check(site.token, forged)
    site.hall.take(site.kiosks[0])
    late = site.checks.check(site.token, seal)

    assert (early.verdict, early.is_here, early.agrees, early.call_number) == (Verdict.AUTHENTIC, True, True, "")
    assert (found.verdict, found.agrees) == (Verdict.AUTHENTIC, False)
    assert (late.agrees, late.call_number) == (True, again.filing.call_number)


def test_a_revoked_key_proves_nothing_any_more(site: ASite) -> None:
    """Since when is said, and a proof has no code then."""
    filed = site.file()
    revoke(site.hall.centre, "38-A2", reason="theft", by="test")
    checked = site.checks.check(site.token, site.seal(filed))

    assert (checked.verdict, checked.revoked_at) == (Verdict.REVOKED_KEY, site.clock.utc)
    assert site.copies.copy(site.token, filed.request.reference).seal == ""


def test_what_another_hall_holds_is_not_here(tmp_path: Path) -> None:
    """Its ticket is genuine all the same; nothing of its request is seen, printed or given."""
    clock = FixedClock()
    hall_of_one = replace(A_HALL, kiosks=("38-B1",))
    with a_hall(tmp_path, f"sqlite:///{tmp_path / 'hub.db'}", now=lambda: clock.utc, hall=hall_of_one) as hall:
        site = ASite(tmp_path, hall, clock)
        filed = site.file()
        at_the_kiosk_s_counter(site.kiosks[0], site.seal(filed))
        hall.take(site.kiosks[0])
        checked = site.checks.check(site.token, site.seal(filed))

        assert (checked.verdict, checked.is_here, checked.call_number) == (Verdict.AUTHENTIC, False, "")
        assert checked.earlier == ()
        assert hall.own_entries(EntryType.SEAL_CHECKED) == [None]
        for ask in (site.order, lambda one: site.copies.copy(site.token, one.request.reference)):
            with pytest.raises(InputError, match="reference"):
                ask(filed)
        site.close()


def test_an_order_names_who_wants_it_and_its_kiosk_says_what_came_of_it(site: ASite) -> None:
    """One entry of the hub about the request; then those of the kiosk."""
    filed = site.file()
    ordered = site.order(filed)
    assert site.order(filed).reprint == ordered.reprint
    site.exchange()
    news = site.news(ordered)

    assert (ordered.state, ordered.reprint.duplicate_number) == (PrintState.SAVED, 0)
    assert (news.state, news.reprint.duplicate_number) == (PrintState.CONFIRMED, 1)
    assert site.hall.own_entries(EntryType.UPDATE_ORDERED) == [filed.request.request_id]
    (facts,) = site.kiosks[0].facts_of(EntryType.REPRINT_ORDERED)
    assert (facts["agent"], facts["reason"], facts["printer"]) == ("a.martin", "lost", "kiosk")
    assert site.order(filed).reprint.number == 2


def test_the_history_of_a_file_is_that_of_both_journals_in_the_order_of_the_hours(site: ASite) -> None:
    """Numbers of several journals have no order."""
    filed = site.file()
    for _ in range(3):
        site.clock.pass_time(timedelta(minutes=1))
        site.checks.check(site.token, site.seal(filed))
    site.order(filed)
    site.clock.pass_time(timedelta(minutes=1))
    site.exchange()
    file = site.hall.desk.open_file(site.token, filed.request.reference)

    types = [line.type for line in file.timeline]
    assert [line.at for line in file.timeline] == sorted(line.at for line in file.timeline)
    assert types.index(EntryType.UPDATE_ORDERED) < types.index(EntryType.REPRINT_ORDERED)
    assert types[-1] in (EntryType.FILE_OPENED, EntryType.TICKET_CONFIRMED)


def test_an_order_that_was_fetched_before_it_was_taken_back_is_told_as_it_ends(any_site: ASite) -> None:
    """The kiosk has it on paper; « annulé » would not be true."""
    site = any_site
    filed = site.file()
    ordered = site.order(filed)
    assert site.fetch() == [APPLIED]
    given_up = site.reprints.give_up(site.token, "38-A2", ordered.reprint.number)
    site.exchange()

    assert given_up.state is PrintState.EXPIRED
    assert site.news(ordered).state is PrintState.CONFIRMED


def test_an_order_that_was_taken_back_leaves_no_gap_in_the_queue(site: ASite) -> None:
    """Its number says nothing any more, signed like every other, and the next order is done."""
    filed = site.file()
    first = site.order(filed)
    site.reprints.give_up(site.token, "38-A2", first.reprint.number)
    second = site.order(filed)

    assert site.fetch() == [APPLIED, APPLIED]
    site.exchange()
    assert [site.news(each).state for each in (first, second)] == [PrintState.EXPIRED, PrintState.CONFIRMED]
    assert site.hall.own_entries(EntryType.UPDATE_ORDERED) == [filed.request.request_id] * 3
    late = site.reprints.give_up(site.token, "38-A2", second.reprint.number)
    assert late.state is PrintState.CONFIRMED


def test_what_a_kiosk_refuses_comes_to_an_end(site: ASite) -> None:
    """An order that it fetched too late, and one of a person whom it has erased."""
    filed = site.file()
    late = site.order(filed)
    site.clock.pass_time(timedelta(minutes=11))
    assert site.fetch() == [REFUSED]
    site.hall.take(site.kiosks[0])
    token = site.token = site.hall.sign_in("b.petit")
    erased = site.order(filed)
    kiosk = site.kiosks[0]
    with kiosk.store.units() as unit:
        EraseRequest(**kiosk.parts).with_merged(unit, filed.request.request_id, ErasureReason.ORDER, "test")
        unit.commit()
    assert site.fetch() == [REFUSED]
    before = site.reprints.news(token, "38-A2", erased.reprint.number).state
    site.hall.take(kiosk)

    assert site.news(late).state is PrintState.EXPIRED
    assert (before, site.news(erased).state) == (PrintState.SAVED, PrintState.FAILED)


def test_a_kiosk_that_says_nothing_leaves_the_paper_unsure(site: ASite) -> None:
    """After its order would be too old; the next one may be ordered then, and what it says later counts."""
    filed = site.file()
    ordered = site.order(filed)
    site.fetch()
    site.kiosks[0].take_up()
    site.clock.pass_time(timedelta(minutes=12))
    unheard = site.news(ordered).state
    another = site.order(filed)
    site.hall.take(site.kiosks[0])

    assert unheard is PrintState.UNCONFIRMED
    assert another.reprint.number == 2
    assert site.news(ordered).state is PrintState.CONFIRMED


def test_a_proof_repeats_the_seal_that_came_out_and_makes_none(any_site: ASite) -> None:
    """Of a ticket that never came out there is none; after a correction, only once a duplicate was printed."""
    site = any_site
    filed = site.file(prints=False)
    reference = filed.request.reference
    never_printed = site.copies.copy(site.token, reference)
    site.kiosks[0].print(filed.filing.print_job_id)
    site.hall.take(site.kiosks[0])
    printed = site.copies.copy(site.token, reference)
    right = {CorrectedField.BIRTH_NAME: "DIALO"}
    site.kiosks[0].correct(ChangeOrder(reference, "c", "fr"), right, agent="k.roux", reason="passeport")
    site.hall.take(site.kiosks[0])
    corrected = site.copies.copy(site.token, reference)
    site.order(filed)
    site.exchange()
    again = site.copies.copy(site.token, reference)

    assert [bool(each.seal) for each in (never_printed, printed, corrected, again)] == [False, True, False, True]
    assert printed.seal == site.seal(filed)
    assert again.seal != printed.seal
    assert site.checks.is_of(site.token, again.seal, "DIALO", filed.request.content.identity.birth_date)
    assert site.hall.own_entries(EntryType.OFFICE_COPY_MADE) == [filed.request.request_id] * 4


def test_of_whom_was_erased_nothing_is_printed_or_given(site: ASite) -> None:
    """The ticket stays genuine; whose it was is not known here any more."""
    filed = site.file()
    erase_by_reference(site.hall.centre, filed.request.reference, reason="right", by="test")
    for ask in (site.order, lambda one: site.copies.copy(site.token, one.request.reference)):
        with pytest.raises(InputError, match="reference"):
            ask(filed)

    checked = site.checks.check(site.token, site.seal(filed))
    assert (checked.verdict, checked.is_here) == (Verdict.AUTHENTIC, False)


def test_a_first_password_and_a_closed_account_do_nothing(site: ASite) -> None:
    """The role is asked in the transaction that does it."""
    filed = site.file()
    token = site.hall.sign_in("c.leroy")
    site.hall.desk.sign_out(token)
    for ask in (
        lambda: site.checks.check(token, site.seal(filed)),
        lambda: site.reprints.order(token, filed.request.reference, LOST),
        lambda: site.reprints.give_up(token, "38-A2", 1),
        lambda: site.copies.copy(token, filed.request.reference),
    ):
        with pytest.raises((NotSignedInError, NotAllowedError)):
            ask()
    with pytest.raises(InputError, match="number"):
        site.reprints.news(site.token, "38-A2", 7)

    assert site.hall.own_entries(EntryType.UPDATE_ORDERED) == []
