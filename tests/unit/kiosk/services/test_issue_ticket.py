"""A ticket is a function of what is on disk."""

from datetime import date
from pathlib import Path

import pytest

from kiosk.domain.opening_hours import OpeningHours
from kiosk.errors import ConfigurationError
from kiosk.journal.seal import is_authentic, matches_identity, read_seal
from kiosk.services.issue_ticket import IssueTicket
from kiosk.store.places_file import load_calendar, load_places
from tests.fakes.clocks import a_signer
from tests.fakes.kiosks import a_kiosk
from tests.fakes.requests import ISERE, a_catalogue, a_procedure, a_request_content
from tests.fakes.tickets import a_reprint


def test_the_ticket_bears_the_seal_of_its_filing(tmp_path: Path) -> None:
    """Signed with the kiosk's key, over the reference, the date and the journal's entry."""
    kiosk = a_kiosk(tmp_path)
    outcome = kiosk.file()

    seal = read_seal(kiosk.issue(outcome.request, outcome.filing).seal)

    assert is_authentic(seal, a_signer().public_key)
    assert (seal.kiosk, seal.reference) == ("38-A2", outcome.request.reference)
    assert seal.journal_seq == outcome.filing.journal_seq
    assert matches_identity(seal, "diallo", outcome.request.content.identity.birth_date)


def test_a_ticket_made_again_is_the_same(tmp_path: Path) -> None:
    """From the disk, later: the same words and the same seal; only the mark of the duplicate differs."""
    kiosk = a_kiosk(tmp_path)
    outcome = kiosk.file()
    original = kiosk.issue(outcome.request, outcome.filing)
    with kiosk.store.reading() as unit:
        stored = unit.requests.get(outcome.request.request_id)

    duplicate = kiosk.issue(stored, stored.filings[0], reprint=a_reprint(1))

    assert (duplicate.seal, duplicate.deadlines, duplicate.request) == (
        original.seal,
        original.deadlines,
        original.request,
    )
    assert (original.reprint, duplicate.reprint) == (None, a_reprint(1))


def test_the_deadlines_run_from_the_day_of_receipt(tmp_path: Path) -> None:
    """Four months of silence from 20 November are a rejection on 20 March."""
    kiosk = a_kiosk(tmp_path)
    outcome = kiosk.file()

    deadlines = kiosk.issue(outcome.request, outcome.filing).deadlines

    assert deadlines.implicit_rejection_on == date(2027, 3, 20)


@pytest.mark.parametrize(("said", "expected"), [(None, "38"), ("69", "69"), ("00", "38")])
def test_the_court_is_that_of_the_applicants_departement(said: str | None, expected: str, tmp_path: Path) -> None:
    """The kiosk's own where none, or none that exists, was said."""
    kiosk = a_kiosk(tmp_path)
    outcome = kiosk.file(a_request_content(departement=said))

    assert kiosk.issue(outcome.request, outcome.filing).residence.code == expected


def test_a_procedure_that_left_the_catalogue_is_named(tmp_path: Path) -> None:
    """A ticket cannot be made without its procedure, and the message says which."""
    kiosk = a_kiosk(tmp_path)
    outcome = kiosk.file()
    kiosk.catalogue = a_catalogue(a_procedure("CHG-ADRESSE"))

    with pytest.raises(ConfigurationError, match="REN-SALARIE"):
        kiosk.issue(outcome.request, outcome.filing)

    assert kiosk.site.departement == ISERE


@pytest.mark.parametrize(("spans", "is_closed"), [((), False), (("08:00-12:00",), False), (("13:00-16:00",), True)])
def test_a_ticket_knows_whether_anybody_calls(spans: tuple[str, ...], *, is_closed: bool, tmp_path: Path) -> None:
    """The sample is filed on a Friday morning; without hours the hall is always open."""
    kiosk = a_kiosk(tmp_path)
    outcome = kiosk.file()
    calling = OpeningHours.of({"friday": spans}, timezone="Europe/Paris")
    issue = IssueTicket(
        signer=a_signer(),
        site=kiosk.site,
        places=load_places(),
        catalogue=kiosk.catalogue,
        calendar=load_calendar(),
        calling=calling,
    )

    assert issue(outcome.request, outcome.filing).is_hall_closed is is_closed
