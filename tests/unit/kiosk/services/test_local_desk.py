"""The staff's view of this machine."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from kiosk.domain.hall import HallFlag, PlaceId, Visits
from kiosk.ports.centre_records import AcknowledgementRecord
from kiosk.ports.desk import HallRow, SyncBacklog
from kiosk.services.erase_request import EraseRequest, ErasureReason
from kiosk.workflows.hall_place import PlaceState, Standing
from kiosk.workflows.print_job import PrintState
from tests.fakes.clocks import FixedClock
from tests.fakes.kiosks import AKiosk, a_kiosk
from tests.fakes.requests import A_MORNING, a_catalogue, a_procedure, a_request_content
from tests.fakes.staff import signed_in
from tests.fakes.stores import a_store


def test_nobody_has_filed_yet(tmp_path: Path) -> None:
    """An empty hall."""
    desk = a_kiosk(tmp_path).desk

    assert desk.hall(signed_in(desk)) == []


def test_everybody_of_today_has_a_row(tmp_path: Path) -> None:
    """Oldest first, with what staff need to call and to help."""
    clock = FixedClock()
    kiosk = AKiosk(a_store(tmp_path), clock=clock)
    session = signed_in(kiosk.desk)
    first = kiosk.file(a_request_content(language="ar"))
    clock.pass_time(timedelta(minutes=4))
    kiosk.print(kiosk.file(a_request_content(birth_name="KEITA", given_names=())).filing.print_job_id)

    rows = kiosk.desk.hall(session)

    assert rows[0] == HallRow(
        place_id=PlaceId(first.filing.filing_id),
        call_number="A001",
        reference=first.request.reference,
        filed_at=A_MORNING,
        procedure_label="Renouveler une carte de séjour salarié",
        language="ar",
        applicant="DIALLO Aminata",
        visits=Visits(1, 1),
        flags=frozenset(),
        print_state=PrintState.SAVED,
        standing=Standing(PlaceState.WAITING, "A"),
        changed_at=A_MORNING,
    )
    assert (rows[1].applicant, rows[1].print_state) == ("KEITA", PrintState.CONFIRMED)


def test_a_returning_visitor_has_one_place_today_with_the_count_of_visits(tmp_path: Path) -> None:
    """Four visits in two weeks, two of them today: one number to call."""
    clock = FixedClock()
    kiosk = AKiosk(a_store(tmp_path), clock=clock)
    session = signed_in(kiosk.desk)
    kiosk.file()
    clock.pass_time(timedelta(days=1))
    kiosk.file()
    clock.pass_time(timedelta(days=6))
    kiosk.file(a_request_content(birth_name="KEITA"))
    kiosk.file()
    kiosk.file()

    rows = kiosk.desk.hall(session)

    assert [(row.applicant, row.visits) for row in rows] == [
        ("KEITA Aminata", Visits(1, 1)),
        ("DIALLO Aminata", Visits(4, 2)),
    ]


def test_what_an_agent_should_know_is_flagged(tmp_path: Path) -> None:
    """As declared, beside the row; a ticket that did not surely come out as well."""
    kiosk = a_kiosk(tmp_path)
    session = signed_in(kiosk.desk)
    soon, ended = date(2026, 12, 5), date(2026, 11, 19)
    kiosk.file(a_request_content(birth_name="A", permit_expires_on=soon, helper="une association"))
    kiosk.file(a_request_content(birth_name="B", permit_expires_on=ended, birth_date="2009-00-00"))
    with kiosk.store.units() as unit:
        job = unit.print_jobs.in_states([PrintState.SAVED])[0]
        unit.print_jobs.set_state(job.print_job_id, PrintState.SAVED, PrintState.FAILED)
        unit.commit()

    first, second = kiosk.desk.hall(session)

    assert first.flags == {HallFlag.PERMIT_ENDS_SOON, HallFlag.HELPER, HallFlag.NO_TICKET}
    assert second.flags == {HallFlag.PERMIT_ENDED, HallFlag.LATE, HallFlag.MINOR}


def test_a_clock_that_fell_back_does_not_empty_the_hall(tmp_path: Path) -> None:
    """Today is never before the journal's last day."""
    clock = FixedClock()
    kiosk = AKiosk(a_store(tmp_path), clock=clock)
    session = signed_in(kiosk.desk)
    kiosk.file()
    clock.jump_to(A_MORNING - timedelta(days=2))

    assert len(kiosk.desk.hall(session)) == 1
    assert kiosk.desk.call_next(session) is not None


def test_a_procedure_no_longer_offered_is_shown_by_its_code(tmp_path: Path) -> None:
    """Yesterday's configuration must not hide today's visitor."""
    kiosk = a_kiosk(tmp_path)
    kiosk.file()
    changed = replace(kiosk, catalogue=a_catalogue(a_procedure("CHG-ADRESSE")))

    row = changed.desk.hall(signed_in(changed.desk))[0]

    assert row.procedure_label == "REN-SALARIE"


def test_somebody_whose_data_were_erased_still_has_a_number(tmp_path: Path) -> None:
    """And no name."""
    kiosk = a_kiosk(tmp_path)
    session = signed_in(kiosk.desk)
    filed = kiosk.file()
    kiosk.print(filed.filing.print_job_id)
    EraseRequest(**kiosk.parts)(filed.request.reference, ErasureReason.RIGHT, by="chef")

    assert [(row.call_number, row.applicant) for row in kiosk.desk.hall(session)] == [("A001", "")]


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
