"""Tickets at a counter: what a kiosk's own counter promises, one of a hub promises too, over HTTP."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.domain.identity import PartialDate
from kiosk.domain.request import PrintJobId
from kiosk.domain.request_change import CorrectedField
from kiosk.domain.staff import Role
from kiosk.domain.ticket import ReprintPrinter, ReprintReason
from kiosk.errors import InputError, NotSignedInError
from kiosk.journal.entry import EntryType
from kiosk.journal.seal_verdict import Verdict
from kiosk.ports.desk import StaffSession
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.workflows.print_job import PrintState
from sync.client.hub_file_work import HttpFileWork
from tests.fakes.clocks import FixedClock
from tests.fakes.hall_tickets import AHubTicketCounter, ATicketCounter
from tests.fakes.halls import A_HALL, a_hub_at_work
from tests.fakes.printers import PrinterMood, ScriptedPrinter
from tests.fakes.staff import A_PASSWORD, signed_in

LOST = ReprintReason.LOST
AT_KIOSK = ReprintPrinter.KIOSK


@pytest.fixture(params=["kiosk", "hub"])
def counter(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ATicketCounter]:
    """A counter of a kiosk, or of a hub over HTTP."""
    with ExitStack() as opened:
        if request.param == "kiosk":
            found = ATicketCounter(tmp_path)
        else:
            clock = FixedClock()
            hub = opened.enter_context(a_hub_at_work(tmp_path, lambda: clock.utc))
            found = AHubTicketCounter(tmp_path, hub, clock)
        yield found
        assert found.kiosk.verified().is_whole
        found.close()


def ordered(counter: ATicketCounter, session: StaffSession, reference: str) -> PrintJobId:
    return counter.reprints.order(session, reference, LOST, AT_KIOSK).print_job_id


def slips(counter: ATicketCounter) -> int:
    assert isinstance(counter.kiosk.printer, ScriptedPrinter)
    return len(counter.kiosk.printer.on_paper)


def test_a_ticket_is_judged_for_every_role(counter: ATicketCounter) -> None:
    """With its call number, what it says, and when it was shown before."""
    filed = counter.file()
    seen = []
    for number, role in enumerate(Role, 1):
        session = counter.sign_in(f"{role}", role, str(number))
        seen.append(counter.checks.check(session, counter.seal(filed).lower()))
        counter.clock.pass_time(timedelta(minutes=1))

    first, _, last = seen
    assert (first.verdict, first.is_here, first.agrees, first.earlier) == (Verdict.AUTHENTIC, True, True, ())
    assert first.call_number == filed.filing.call_number
    assert first.said is not None
    assert (first.said.reference, first.said.kiosk) == (filed.request.reference, "38-A2")
    minutes_ago = [
        (shown.counter, round((counter.clock.utc - shown.at).total_seconds()) // 60) for shown in last.earlier
    ]
    assert minutes_ago == [("2", 2), ("1", 3)]


def test_what_is_no_code_is_said_to_be_none(counter: ATicketCounter) -> None:
    """However long or broken; and one changed character is found."""
    filed, session = counter.file(), counter.sign_in()
    seal = counter.seal(filed)
    altered = f"{seal[:-20]}{'A' if seal[-20] != 'A' else 'B'}{seal[-19:]}"
    broken = ["PREFTKT1.", "PREFTKT1.\ud800\0", f"PREFTKT1.{'A' * 100_000}", altered]
    others = [filed.request.reference, "x" * 100_000, ""]

    assert {counter.checks.check(session, text).verdict for text in broken} == {Verdict.ALTERED}
    assert {counter.checks.check(session, text).verdict for text in others} == {Verdict.NOT_A_SEAL}
    with pytest.raises(InputError, match="seal"):
        counter.checks.is_of(session, altered, "DIALLO", None)


def test_a_ticket_is_compared_with_a_person(counter: ATicketCounter) -> None:
    """The name as typed, and the whole birth date."""
    filed = counter.file("DIALLO")
    session, born = counter.sign_in(), filed.request.content.identity.birth_date
    seal = counter.seal(filed)
    asked = [("diallo", born), ("DIALLO", None), ("DIALLO", PartialDate(1950)), ("KEITA", born)]

    assert [counter.checks.is_of(session, seal, *each) for each in asked] == [True, False, False, False]


def test_a_duplicate_comes_out_at_the_kiosk_and_its_end_is_told(counter: ATicketCounter) -> None:
    """Not printed before its kiosk said so. Two who ask get one paper; whoever asks later gets another."""
    filed = counter.file()
    session = counter.sign_in()
    job = ordered(counter, session, filed.request.reference)
    before = counter.reprints.news(session, job).state
    assert ordered(counter, counter.sign_in("b.petit", Role.SUPERVISOR, "2"), filed.request.reference) == job
    counter.exchange()
    after = counter.reprints.news(session, job)
    next_job = ordered(counter, session, filed.request.reference)
    counter.exchange()

    assert (before, after.state, after.number, after.printer) == (PrintState.SAVED, PrintState.CONFIRMED, 1, AT_KIOSK)
    assert counter.reprints.news(session, next_job).number == 2
    assert slips(counter) == 3
    assert [facts["agent"] for facts in counter.kiosk.facts_of(EntryType.REPRINT_ORDERED)] == ["a.martin"] * 2


def test_a_duplicate_that_is_given_up_in_time_never_comes_out(counter: ATicketCounter) -> None:
    """Nobody stands there any more to take a paper with a name on it."""
    filed = counter.file()
    session = counter.sign_in()
    job = ordered(counter, session, filed.request.reference)

    assert counter.reprints.give_up(session, job).state is PrintState.EXPIRED
    counter.exchange()
    assert counter.reprints.news(session, job).state is PrintState.EXPIRED
    assert slips(counter) == 1


def test_what_the_printer_did_not_do_is_not_told_as_done(counter: ATicketCounter) -> None:
    """« Imprimé » is the printer's word alone."""
    filed, session = counter.file(), counter.sign_in()
    assert isinstance(counter.kiosk.printer, ScriptedPrinter)
    states = []
    for mood in (PrinterMood.REFUSE, PrinterMood.LOSE_THE_ANSWER):
        counter.kiosk.printer.mood = mood
        job = ordered(counter, session, filed.request.reference)
        counter.exchange()
        states.append(counter.reprints.news(session, job).state)

    assert states == [PrintState.FAILED, PrintState.UNCONFIRMED]


def test_a_proof_has_the_seal_of_the_paper_and_names_who_made_it(counter: ATicketCounter) -> None:
    """The very same text in its code."""
    filed = counter.file()
    words = counter.reprints.office_pdf(counter.sign_in(), filed.request.reference).decode()

    assert counter.seal(filed) in words
    assert re.search(r"Copie du ticket, établie le .* par a\.martin", words)
    assert filed.request.reference in words


def test_the_tickets_of_requests_that_were_made_one_stay_genuine(counter: ATicketCounter) -> None:
    """Nobody is told that their ticket is missing; a duplicate is that of the request that stands."""
    kept, merged = counter.file("DIALLO"), counter.file("DIALO")
    chief = signed_in(counter.kiosk.desk, "k.roux", Role.SUPERVISOR)
    counter.kiosk.duplicates.merge(chief, merged.request.reference, kept.request.reference)
    counter.exchange()
    session = counter.sign_in()
    seen = [counter.checks.check(session, counter.seal(each)) for each in (kept, merged)]
    job = ordered(counter, session, merged.request.reference)
    counter.exchange()

    assert [(each.agrees, each.call_number) for each in seen] == [
        (True, each.filing.call_number) for each in (kept, merged)
    ]
    assert counter.reprints.news(session, job).state is PrintState.CONFIRMED
    (facts,) = counter.kiosk.facts_of(EntryType.REPRINT_ORDERED)
    assert facts["reference"] == kept.request.reference


def test_what_a_hub_corrected_is_on_the_duplicate_and_then_on_the_proof(tmp_path: Path) -> None:
    """The kiosk follows the correction before it prints; until then the hub has no code for the right name."""
    clock = FixedClock()
    with a_hub_at_work(tmp_path, lambda: clock.utc) as hub:
        counter = AHubTicketCounter(tmp_path, hub, clock)
        filed, session = counter.file("DIALO"), counter.sign_in()
        reference = filed.request.reference
        files = HttpFileWork(counter.link, A_HALL.read_file)
        files.correct(session, reference, {CorrectedField.BIRTH_NAME: "DIALLO"}, "passeport vu")
        before = counter.reprints.office_pdf(session, reference).decode()
        ordered(counter, session, reference)
        counter.exchange()
        after = counter.reprints.office_pdf(session, reference).decode()
        seal = after.splitlines()[-1]

        assert "n'a pas de code à scanner" in before
        assert "n'a pas de code à scanner" not in after
        assert all("Identité corrigée par un agent" in words for words in (before, after))
        assert counter.checks.is_of(session, seal, "DIALLO", filed.request.content.identity.birth_date)
        counter.close()


def test_what_is_not_here_is_refused(counter: ATicketCounter) -> None:
    """A duplicate or a proof of nothing, and a printer that there is not."""
    session = counter.sign_in()
    for ask in (
        lambda: counter.reprints.order(session, "38-A2-261120-0099-X", LOST, AT_KIOSK),
        lambda: counter.reprints.order(session, counter.file().request.reference, LOST, ReprintPrinter.OWN),
        lambda: counter.reprints.office_pdf(session, "38-A2-261120-0099-X"),
    ):
        with pytest.raises(InputError):
            ask()


def test_a_locked_session_does_and_sees_nothing(counter: ATicketCounter) -> None:
    """Until the password is typed again."""
    filed = counter.file()
    session, reference = counter.sign_in(), filed.request.reference
    job = ordered(counter, session, reference)
    counter.desk.lock(session)
    for ask in (
        lambda: counter.checks.check(session, counter.seal(filed)),
        lambda: counter.checks.is_of(session, counter.seal(filed), "DIALLO", None),
        lambda: counter.reprints.order(session, reference, LOST, AT_KIOSK),
        lambda: counter.reprints.news(session, job),
        lambda: counter.reprints.give_up(session, job),
        lambda: counter.reprints.office_pdf(session, reference),
    ):
        with pytest.raises(NotSignedInError):
            ask()
    session = counter.desk.unlock(session, A_PASSWORD)

    assert counter.reprints.news(session, job).state is PrintState.SAVED
    assert counter.reprints.news(session, job).condition in (None, PrinterCondition.READY)
