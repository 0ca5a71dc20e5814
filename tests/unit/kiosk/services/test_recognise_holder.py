from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.domain.identity import PartialDate
from kiosk.domain.request import FilingOutcome
from kiosk.domain.request_change import CorrectedField
from kiosk.services.erase_request import EraseRequest, ErasureReason
from kiosk.services.recognise_holder import RecogniseHolder, TooManyTriesError
from kiosk.services.record_change import ChangeOrder
from tests.fakes.clocks import FixedClock
from tests.fakes.kiosks import AKiosk, a_kiosk
from tests.fakes.requests import a_request_content

RIGHT, WRONG = PartialDate(1990, 4, 12), PartialDate(1990, 4, 13)
NOWHERE = "38-A2-261120-9999-E"


@pytest.fixture
def kiosk(tmp_path: Path) -> AKiosk:
    return a_kiosk(tmp_path)


@pytest.fixture
def filed(kiosk: AKiosk) -> FilingOutcome:
    return kiosk.file()


@pytest.fixture
def recognise(kiosk: AKiosk) -> RecogniseHolder:
    return RecogniseHolder(reading=kiosk.store.reading, clock=kiosk.clock, catalogue=kiosk.catalogue)


def test_the_birth_date_opens_the_request(recognise: RecogniseHolder, filed: FilingOutcome) -> None:
    yours = recognise(filed.request.reference, RIGHT)

    assert yours is not None
    assert (yours.request, yours.procedure.code, yours.status, yours.weeks) == (filed.request, "REN-SALARIE", None, 1)


def test_a_wrong_answer_and_an_unknown_reference_are_answered_alike(
    recognise: RecogniseHolder, filed: FilingOutcome
) -> None:
    """Nobody learns which references exist, not even by when the tries are over."""
    for reference in (filed.request.reference, NOWHERE):
        assert [recognise(reference, WRONG) for _ in range(2)] == [None, None]
        for _ in range(2):
            with pytest.raises(TooManyTriesError):
                recognise(reference, WRONG)


def test_after_three_wrong_answers_the_right_one_does_not_help_until_later(
    kiosk: AKiosk, recognise: RecogniseHolder, filed: FilingOutcome
) -> None:
    """Beginning the visit again gives no further tries; a quarter of an hour does."""
    assert (recognise(filed.request.reference, WRONG), recognise(filed.request.reference, None)) == (None, None)
    for answer in (WRONG, RIGHT):
        with pytest.raises(TooManyTriesError):
            recognise(filed.request.reference, answer)

    assert isinstance(kiosk.clock, FixedClock)
    kiosk.clock.pass_time(timedelta(minutes=16))

    assert recognise(filed.request.reference, RIGHT) is not None


def test_the_right_answer_gives_all_tries_back(recognise: RecogniseHolder, filed: FilingOutcome) -> None:
    for _ in range(3):
        assert recognise(filed.request.reference, WRONG) is None
        assert recognise(filed.request.reference, RIGHT) is not None


def test_without_a_birth_date_the_name_opens_it_however_it_is_written(
    kiosk: AKiosk, recognise: RecogniseHolder
) -> None:
    filed = kiosk.file(a_request_content(birth_name="N'Guessan-Kouamé", birth_date=None))

    assert recognise(filed.request.reference, None, "nguessan kouame") is not None
    assert recognise(filed.request.reference, RIGHT) is None
    assert recognise(filed.request.reference, None, "") is None


def test_with_a_birth_date_the_name_alone_opens_nothing(recognise: RecogniseHolder, filed: FilingOutcome) -> None:
    """A name is known to neighbours."""
    assert recognise(filed.request.reference, None, "DIALLO") is None


def test_a_partial_date_is_answered_as_it_was_said(kiosk: AKiosk, recognise: RecogniseHolder) -> None:
    filed = kiosk.file(a_request_content(birth_date="1990-00-00"))

    assert recognise(filed.request.reference, PartialDate(1990, 1, 1)) is None
    assert recognise(filed.request.reference, PartialDate(1990)) is not None


def test_a_date_that_an_agent_corrected_counts_and_one_that_was_asked_for_does_not(
    kiosk: AKiosk, recognise: RecogniseHolder, filed: FilingOutcome
) -> None:
    right = {CorrectedField.BIRTH_DATE: str(WRONG)}
    kiosk.ask_correction(ChangeOrder(filed.request.reference, "a", "fr"), right)
    assert recognise(filed.request.reference, RIGHT) is not None

    kiosk.correct(ChangeOrder(filed.request.reference, "b", "fr"), right, agent="Claire Martin", reason="passeport")

    assert recognise(filed.request.reference, RIGHT) is None
    assert recognise(filed.request.reference, WRONG) is not None


def test_an_erased_request_and_one_without_a_name_open_for_nobody(
    kiosk: AKiosk, recognise: RecogniseHolder, filed: FilingOutcome
) -> None:
    asylum = kiosk.file(a_request_content(procedure="ASILE"))
    kiosk.print(filed.filing.print_job_id)
    EraseRequest(**kiosk.parts)(filed.request.reference, ErasureReason.RIGHT, by="Mme Faure")

    assert recognise(filed.request.reference, RIGHT) is None
    assert recognise(asylum.request.reference, None, "DIALLO") is None
