"""What a person added or had taken out at the kiosk, as staff read it in the file."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kiosk.domain.request import Attempt, AttemptOutcome, Evidence, HelpChannel, HelpContact
from kiosk.domain.request_change import Completion, Contact, RemovedContact
from kiosk.services.record_change import ChangeOrder
from tests.fakes.file_screens import AnOpenFile, file_parts_of
from tests.fakes.requests import a_request_content
from tests.fakes.staff_windows import AStaffScreen

OLD = "0611223344"


@pytest.fixture
def screen(qtbot: QtBot, fonts: tuple[str, ...], tmp_path: Path) -> Iterator[AStaffScreen]:
    screen = AStaffScreen(qtbot, tmp_path, file_parts=file_parts_of)
    screen.sign_in()
    yield screen
    screen.close()


def test_tries_and_erased_contacts_stand_in_the_file_and_its_history(screen: AStaffScreen) -> None:
    """An erased number is nowhere in the file, not even where it was added."""
    reference = screen.kiosk.file(a_request_content(documents=())).request.reference
    added = [
        Completion(phone=OLD),
        Completion(
            attempts=(Attempt(date(2026, 11, 3), AttemptOutcome.NO_SLOT),),
            help_contacts=(HelpContact(HelpChannel.HELP_POINT, date(2026, 11, 4)),),
            evidence=(Evidence.SMS,),
        ),
        Completion(removed=(RemovedContact(Contact.PHONE),)),
    ]
    for rank, each in enumerate(added):
        screen.kiosk.complete(ChangeOrder(reference, f"tap {rank}", "fr"), each)

    file = AnOpenFile(screen)

    for line in ("téléphone effacé", "03/11/2026 · plus de créneau", "04/11/2026 · point d'accueil numérique", "SMS"):
        assert line in file.says
    assert OLD not in file.says
    history = file.happened
    assert "Demande complétée · téléphone" in history
    assert "Demande complétée · essais ailleurs · aide demandée · preuves" in history
    assert "Demande complétée · téléphone effacé" in history
