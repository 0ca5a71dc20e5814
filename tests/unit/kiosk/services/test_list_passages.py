from datetime import timedelta
from pathlib import Path

from kiosk.domain.request_change import Completion
from kiosk.domain.slip import PassageList
from kiosk.journal.entry import EntryType
from kiosk.services.record_change import ChangeOrder
from kiosk.workflows.print_job import PrintState
from tests.fakes.clocks import FixedClock
from tests.fakes.kiosks import a_kiosk
from tests.fakes.printers import ScriptedPrinter
from tests.fakes.requests import a_request_content


def test_the_list_names_every_passage_and_counts_the_weeks(tmp_path: Path) -> None:
    """Two filings in one week and papers brought a week later: three passages, two weeks."""
    clock, printer = FixedClock(), ScriptedPrinter()
    kiosk = a_kiosk(tmp_path)
    kiosk.clock, kiosk.printer = clock, printer
    filed = kiosk.file(a_request_content(documents=()))
    clock.pass_time(timedelta(days=2))
    kiosk.file()
    clock.pass_time(timedelta(days=7))
    reference = filed.request.reference
    kiosk.complete(ChangeOrder(reference, "k", "fr"), Completion(documents=("titre",)))

    job = kiosk.list_passages(reference, "ta")

    assert kiosk.print(job) is PrintState.CONFIRMED
    (passages,) = printer.slips
    assert isinstance(passages, PassageList)
    assert [filing.ordinal for filing in passages.request.filings] == [1, 2]
    assert (len(passages.changes), passages.weeks, passages.language) == (1, 2, "ta")
    assert kiosk.facts_of(EntryType.VISITS_LISTED) == [{"reference": reference, "days": 3, "print_job_id": job}]
    assert kiosk.verified().is_whole


def test_what_came_after_the_list_is_not_on_it(tmp_path: Path) -> None:
    """A paper says what was true when it was ordered."""
    printer = ScriptedPrinter()
    kiosk = a_kiosk(tmp_path)
    kiosk.printer = printer
    filed = kiosk.file()
    job = kiosk.list_passages(filed.request.reference, "fr")
    kiosk.withdraw(ChangeOrder(filed.request.reference, "k", "fr"))
    kiosk.file()

    kiosk.print(job)

    (passages,) = printer.slips
    assert isinstance(passages, PassageList)
    assert (len(passages.request.filings), passages.changes) == (1, [])


def test_a_withdrawn_request_still_has_its_list(tmp_path: Path) -> None:
    """That somebody was here is not withdrawn."""
    kiosk = a_kiosk(tmp_path)
    filed = kiosk.file()
    kiosk.withdraw(ChangeOrder(filed.request.reference, "k", "fr"))

    assert kiosk.print(kiosk.list_passages(filed.request.reference, "fr")) is PrintState.CONFIRMED
