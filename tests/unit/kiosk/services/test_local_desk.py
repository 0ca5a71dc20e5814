"""The staff's view of this machine."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from kiosk.ports.desk import SyncBacklog, WaitingRow
from kiosk.ports.unit_of_work import AcknowledgementRecord
from kiosk.workflows.print_job import PrintState
from tests.fakes.clocks import FixedClock
from tests.fakes.kiosks import AKiosk, a_kiosk
from tests.fakes.requests import A_MORNING, a_catalogue, a_procedure, a_request_content
from tests.fakes.stores import a_store


def test_nobody_has_filed_yet(tmp_path: Path) -> None:
    """An empty hall."""
    assert a_kiosk(tmp_path).desk.filed_today() == []


def test_every_filing_of_today_has_its_row(tmp_path: Path) -> None:
    """Oldest first, with what staff need to call and to help."""
    clock = FixedClock()
    kiosk = AKiosk(a_store(tmp_path), clock=clock)
    first = kiosk.file(a_request_content(language="ar"))
    clock.pass_time(timedelta(minutes=4))
    kiosk.print(kiosk.file(a_request_content(birth_name="KEITA", given_names=())).filing.print_job_id)

    rows = kiosk.desk.filed_today()

    assert rows[0] == WaitingRow(
        call_number="A001",
        reference=first.request.reference,
        filed_at=A_MORNING,
        procedure_label="Renouveler une carte de séjour salarié",
        language="ar",
        applicant="DIALLO Aminata",
        filing_ordinal=1,
        print_state=PrintState.SAVED,
    )
    assert (rows[1].applicant, rows[1].print_state) == ("KEITA", PrintState.CONFIRMED)


def test_a_returning_visitor_is_shown_today_with_the_count_of_visits(tmp_path: Path) -> None:
    """Yesterday's visit is not in today's list; today's says that it is the second."""
    clock = FixedClock()
    kiosk = AKiosk(a_store(tmp_path), clock=clock)
    kiosk.file()
    clock.pass_time(timedelta(days=1))
    kiosk.file(a_request_content(birth_name="KEITA"))
    kiosk.file()
    kiosk.file()

    rows = kiosk.desk.filed_today()

    assert [(row.applicant, row.filing_ordinal) for row in rows] == [
        ("KEITA Aminata", 1),
        ("DIALLO Aminata", 2),
        ("DIALLO Aminata", 3),
    ]


def test_a_clock_that_fell_back_does_not_empty_the_list(tmp_path: Path) -> None:
    """Today is never before the journal's last day."""
    clock = FixedClock()
    kiosk = AKiosk(a_store(tmp_path), clock=clock)
    kiosk.file()
    clock.jump_to(A_MORNING - timedelta(days=2))

    assert len(kiosk.desk.filed_today()) == 1


def test_a_procedure_no_longer_offered_is_shown_by_its_code(tmp_path: Path) -> None:
    """Yesterday's configuration must not hide today's visitor."""
    kiosk = a_kiosk(tmp_path)
    kiosk.file()
    kiosk.catalogue = a_catalogue(a_procedure("CHG-ADRESSE"))

    assert kiosk.desk.filed_today()[0].procedure_label == "REN-SALARIE"


def test_the_backlog_is_what_the_centre_has_not_acknowledged(tmp_path: Path) -> None:
    """All of it before the first contact, the rest afterwards."""
    kiosk = a_kiosk(tmp_path)
    kiosk.file()
    before = kiosk.desk.backlog()
    contact = datetime(2026, 11, 20, 9, tzinfo=UTC)
    with kiosk.store.units() as unit:
        head = unit.journal.head()
        unit.acknowledgements.add(AcknowledgementRecord(head.seq, head.hash, contact, b"{}"))
        unit.commit()
    kiosk.file(a_request_content(birth_name="KEITA"))

    after = kiosk.desk.backlog()

    assert (before, before.pending) == (SyncBacklog(2, 0, None), 2)
    assert (after, after.pending) == (SyncBacklog(3, 2, contact), 1)
    assert kiosk.verified().is_whole
