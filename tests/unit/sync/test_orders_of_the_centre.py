"""Orders of the centre in odd company: too many, too large, a printer that fails, a version that cannot use them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.domain.request import PrintJobId
from kiosk.domain.ticket import ReprintPrinter, ReprintReason
from kiosk.errors import ConfigurationError, InputError
from kiosk.journal.entry import EntryType
from kiosk.ports.centre import UpdateKind
from kiosk.services.apply_update import ApplyUpdate
from kiosk.settings_loading import load_settings
from kiosk.workflows.print_job import PrintState
from sync.central.tables import entries, requests
from sync.central.updates.orders import order, orders_after
from sync.client.updates import FollowUpdates
from sync.protocol.updates import MOST_UPDATE_BYTES
from tests.fakes.centres import ORIGIN, ALink, a_link, drained
from tests.fakes.requests import a_request_content
from tests.fakes.staff import signed_in
from ui.commands.settings_lookup import find
from ui.composition import open_machine
from ui.composition.received_files import PROCEDURES_NAME, SETTINGS_NAME, ReceivedInDirectory


@pytest.fixture
def link(tmp_path: Path) -> Iterator[ALink]:
    with a_link(tmp_path, f"sqlite:///{tmp_path / 'centre.db'}", filings=1) as found:
        drained(found.drain())
        yield found


def catalogued(link: ALink, document: str) -> None:
    with link.centre.context.engine.begin() as connection:
        order(link.centre.context, connection, ORIGIN, UpdateKind.CATALOGUE, {"procedures": document}, by="A")


def test_large_orders_come_one_after_the_other(link: ALink) -> None:
    """No answer is larger than a kiosk takes, and no order so large that it could never be fetched."""
    for rank in range(3):
        catalogued(link, f"# {rank} " + "x" * 200_000 + "\n")
    apply = ApplyUpdate(**link.kiosk.parts, files=ReceivedInDirectory(link.folder), print_ticket=lambda _: None)
    follow = FollowUpdates(link.kiosk.store.reading, link.http(), apply)

    assert drained(follow) == 3
    with link.centre.context.engine.connect() as connection:
        assert len(orders_after(connection, ORIGIN, 0)) == 1
    with pytest.raises(InputError, match="content"):
        catalogued(link, "#" * MOST_UPDATE_BYTES)


def test_a_printer_that_fails_is_no_matter_of_the_link(link: ALink) -> None:
    """The order is done and recorded; the thread that sends goes on."""

    def fails(_: PrintJobId) -> None:
        raise ConfigurationError("procedures_file", "the procedure of this request")

    content = {"reference": link.rows(requests)[0].reference, "agent": "A", "reason": "lost"}
    with link.centre.context.engine.begin() as connection:
        order(link.centre.context, connection, ORIGIN, UpdateKind.REPRINT, content, by="A")
    apply = ApplyUpdate(**link.kiosk.parts, files=ReceivedInDirectory(link.folder), print_ticket=fails)
    follow = FollowUpdates(link.kiosk.store.reading, link.http(), apply)

    assert (follow(), follow()) == (1, 0)


def test_a_duplicate_that_the_centre_orders_waits_for_the_kiosk_as_a_counters_does(link: ALink) -> None:
    """One way in for both: the thread that sends prints nothing itself."""
    content = {"reference": link.rows(requests)[0].reference, "agent": "A", "reason": "lost"}
    with link.centre.context.engine.begin() as connection:
        order(link.centre.context, connection, ORIGIN, UpdateKind.REPRINT, content, by="A")
    handed_over: list[PrintJobId] = []
    apply = ApplyUpdate(**link.kiosk.parts, files=ReceivedInDirectory(link.folder), print_ticket=handed_over.append)
    FollowUpdates(link.kiosk.store.reading, link.http(), apply)()

    (job,) = handed_over
    assert link.kiosk.state_of(job) is PrintState.SAVED
    assert link.kiosk.take_up() == 1
    assert link.kiosk.state_of(job) is PrintState.CONFIRMED


def test_the_centre_takes_what_staff_did_with_tickets(link: ALink) -> None:
    """Duplicates, proofs, checks and comparisons: entries like all others, and none is put aside."""
    kiosk = link.kiosk
    agent = signed_in(kiosk.desk)
    filed = kiosk.file(a_request_content(birth_name="KEITA"))
    reference, seal = filed.request.reference, kiosk.issue(filed.request, filed.filing).seal
    kiosk.reprint_desk.order(agent, reference, ReprintReason.LOST, ReprintPrinter.KIOSK)
    kiosk.take_up()
    kiosk.reprint_desk.office_pdf(agent, reference)
    kiosk.checks.check(agent, seal)
    kiosk.checks.is_of(agent, seal, "KEITA", None)
    drained(link.drain())

    held = link.rows(entries)
    staff = {EntryType.REPRINT_ORDERED, EntryType.OFFICE_COPY_MADE, EntryType.SEAL_CHECKED, EntryType.IDENTITY_COMPARED}
    assert staff <= {row.type for row in held if row.origin == ORIGIN}
    assert [row.fault for row in held if row.fault is not None] == []
    assert kiosk.desk.backlog().last_seq == max(row.seq for row in held if row.origin == ORIGIN)


def test_what_the_centre_sent_and_does_not_fit_any_more_stops_no_start(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A newer version with other limits starts all the same, and says what it left out."""
    (tmp_path / SETTINGS_NAME).write_text('{"screen": {"inactivity_s": 1}}')
    (tmp_path / PROCEDURES_NAME).write_text("not TOML =")

    found = find(None, tmp_path)
    with open_machine(found.settings, tmp_path) as machine:
        offered = machine.catalogue.procedures

    assert found.settings.screen.inactivity_s == load_settings().screen.inactivity_s
    assert "left out: screen.inactivity_s" in capsys.readouterr().err
    assert "REN-SALARIE" in offered
