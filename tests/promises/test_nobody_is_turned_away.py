"""Promise 7: nobody is turned away; there is always a reference number."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.domain.moment import ClockQuality
from kiosk.domain.reference import parse_reference
from kiosk.domain.request import Attempt, AttemptOutcome, Disposition
from kiosk.store.system_entropy import SystemEntropy
from kiosk.workflows.print_job import PrintState
from tests.fakes.clocks import FixedClock
from tests.fakes.kiosks import AKiosk, a_kiosk
from tests.fakes.printers import PrinterMood, ScriptedPrinter
from tests.fakes.requests import a_request_content
from tests.fakes.stores import a_store

ODD_NAMES = [
    "O",
    "Ng",
    "محمد",
    "Nguyễn Thị Ánh Tuyết",
    "Шевченко",
    "ሰላም",
    "யாழினி",
    "José-María d'Eça y Núñez",
    "X" * 200,
    "-",
    "'",
    "Robert'); DROP TABLE requests;--",
    "👩🏽‍🔧",
    "a\u0301\u200d",
]


@pytest.mark.parametrize("name", ODD_NAMES)
def test_every_name_is_filed_and_comes_back_as_it_was_given(name: str, tmp_path: Path) -> None:
    """A name is what a person says it is, in any script and of any length."""
    kiosk = a_kiosk(tmp_path)

    outcome = kiosk.file(a_request_content(birth_name=name, given_names=()))

    with kiosk.store.reading() as unit:
        stored = unit.requests.get(outcome.request.request_id)
    assert stored.content.identity.birth_name == name
    assert parse_reference(stored.reference).sequence == 1


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
def test_any_text_is_a_name(name: str, tmp_path: Path) -> None:
    """Whatever can be typed can be filed, and read back to the letter."""
    kiosk = AKiosk(a_store(tmp_path), entropy=SystemEntropy())

    outcome = kiosk.file(a_request_content(birth_name=name, birth_date=None), key=kiosk.entropy.identifier())

    with kiosk.store.reading() as unit:
        assert unit.requests.get(outcome.request.request_id).content.identity.birth_name == name


@pytest.mark.parametrize("birth_date", [None, "1990-00-00", "1990-04-00", "1900-01-01"])
def test_an_unknown_or_partial_birth_date_is_no_obstacle(birth_date: str | None, tmp_path: Path) -> None:
    """Many people do not know the day they were born."""
    outcome = a_kiosk(tmp_path).file(a_request_content(birth_date=birth_date))

    assert outcome.disposition is Disposition.FILED


def test_a_name_and_a_procedure_are_enough(tmp_path: Path) -> None:
    """No number, no phone, no e-mail, no document, no nationality."""
    content = a_request_content(
        given_names=(),
        birth_date=None,
        nationality=None,
        foreigner_number=None,
        permit_expires_on=None,
        documents=(),
    )

    outcome = a_kiosk(tmp_path).file(content)

    assert re.fullmatch(r"38-A2-261120-0001-[0-9A-Z]", outcome.request.reference)


def test_without_a_birth_date_two_visits_are_two_requests(tmp_path: Path) -> None:
    """A name alone is not a person: nothing is merged by itself, nobody is refused."""
    kiosk = a_kiosk(tmp_path)
    content = a_request_content(birth_date=None, foreigner_number=None)

    outcomes = [kiosk.file(content), kiosk.file(content)]

    assert [outcome.disposition for outcome in outcomes] == [Disposition.FILED, Disposition.FILED]
    assert len({outcome.request.reference for outcome in outcomes}) == 2


def test_a_suspect_clock_files(tmp_path: Path) -> None:
    """« Heure de la borne à confirmer », and a reference all the same."""
    kiosk = AKiosk(a_store(tmp_path), clock=FixedClock(quality=ClockQuality.SUSPECT))

    outcome = kiosk.file()

    assert outcome.disposition is Disposition.FILED
    assert outcome.request.received.clock is ClockQuality.SUSPECT


@pytest.mark.parametrize("mood", list(PrinterMood))
def test_whatever_the_printer_does_the_request_stands(mood: PrinterMood, tmp_path: Path) -> None:
    """The reference is there before the printer is asked, and stays when it fails."""
    kiosk = AKiosk(a_store(tmp_path), printer=ScriptedPrinter(mood))
    outcome = kiosk.file(key="visit")

    state = kiosk.print(outcome.filing.print_job_id)

    assert state.is_final
    assert state is not PrintState.EXPIRED
    assert kiosk.file(key="visit").request == outcome.request


def test_asylum_keeps_nothing_of_who_the_person_is(tmp_path: Path) -> None:
    """Where another service is competent there is a dated trace, and no identity anywhere in the store."""
    kiosk = a_kiosk(tmp_path, encrypted=False)
    content = a_request_content(procedure="ASILE", birth_name="SECRETNAME", phone="0612345678", nationality="SY")

    outcome = kiosk.file(content)
    again = kiosk.file(content)

    kiosk.store.close()
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert (outcome.disposition, again.disposition) == (Disposition.FILED, Disposition.FILED)
    assert outcome.request.content.identity.birth_name == ""
    assert b"SECRETNAME" not in stored
    assert b"secretname" not in stored
    assert b"0612345678" not in stored


def test_everything_said_about_earlier_attempts_comes_back(tmp_path: Path) -> None:
    """The trace of having tried elsewhere is kept as declared."""
    attempts = (
        Attempt(date(2026, 11, 2), AttemptOutcome.NO_SLOT, "CCC 12345"),
        Attempt(None, AttemptOutcome.CANNOT_READ),
    )
    kiosk = a_kiosk(tmp_path)

    outcome = kiosk.file(a_request_content(attempts=attempts, helper="", phone="06", email="a@b.example"))

    with kiosk.store.reading() as unit:
        assert unit.requests.get(outcome.request.request_id).content == outcome.request.content
