"""From a person's file an agent has the ticket printed again, sees where it stands, or saves it as a PDF."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kiosk.domain.ticket import ReprintPrinter, ReprintReason
from kiosk.journal.entry import EntryType
from kiosk.workflows.print_job import PrintState
from tests.fakes.printers import PrinterMood, ScriptedPrinter
from tests.fakes.staff_windows import AStaffScreen
from ui.supervisor.ticket_part import TicketPart
from ui.supervisor.wording import staff_translator


@pytest.fixture
def screen(qtbot: QtBot, fonts: tuple[str, ...], tmp_path: Path) -> Iterator[AStaffScreen]:
    """An agent with the file of somebody who lost a ticket."""
    screen = AStaffScreen(
        qtbot,
        tmp_path,
        file_parts=lambda kiosk, work: [TicketPart(staff_translator(), work, kiosk.reprint_desk)],
    )
    screen.sign_in()
    screen.file("DIALLO")
    screen.look()
    screen.window._hall.page.choose(screen.window._hall.page.rows[0].place_id)
    screen.press(Qt.Key.Key_F11)
    yield screen
    assert screen.kiosk.verified().is_whole
    screen.close()


def order(screen: AStaffScreen, button: str, reason: str = "Ticket perdu") -> None:
    screen.widget("reprintReason", QComboBox).setCurrentText(reason)
    screen.click(button)
    screen.settle()


def test_a_duplicate_is_ordered_at_the_kiosk_and_its_end_is_said(screen: AStaffScreen) -> None:
    """It waits for the kiosk, then is printed; « imprimé » comes only with the printer's word."""
    order(screen, "kioskReprint")
    assert "en attente de l'imprimante" in screen.said("reprintState")
    assert not screen.can("kioskReprint")

    screen.kiosk.take_up()
    screen.until(lambda: "Duplicata n° 1 imprimé à la borne" in screen.said("reprintState"))
    assert screen.can("kioskReprint")
    assert screen.widget("reprintReason", QComboBox).currentIndex() == 0
    assert screen.kiosk.facts_of(EntryType.REPRINT_ORDERED)[0]["reason"] == "lost"


def test_without_a_reason_nothing_is_ordered(screen: AStaffScreen) -> None:
    """The keyboard goes where it is chosen."""
    QTest.keyClick(screen.window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)

    screen.until(lambda: "motif" in screen.said("fileNotice"))
    assert screen.kiosk.facts_of(EntryType.REPRINT_ORDERED) == []


def test_every_reason_of_a_counter_can_be_chosen(screen: AStaffScreen) -> None:
    """All but the holder's own wish, which is the screen's."""
    box = screen.widget("reprintReason", QComboBox)

    offered = {box.itemData(at) for at in range(1, box.count())}
    assert offered == {reason.value for reason in ReprintReason} - {"holder"}


def test_the_counters_printer_prints_at_once(screen: AStaffScreen) -> None:
    """By its key; the kiosk's printer has nothing to do with it."""
    screen.widget("reprintReason", QComboBox).setCurrentText("Ticket illisible")
    QTest.keyClick(screen.window, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)

    screen.until(lambda: "Duplicata n° 1 imprimé au guichet" in screen.said("reprintState"))
    printer = screen.kiosk.counter_printer
    assert isinstance(printer, ScriptedPrinter)
    assert [slip.reprint and slip.reprint.printer for slip in printer.on_paper] == [ReprintPrinter.COUNTER]


@pytest.mark.parametrize(
    ("mood", "said"),
    [
        (PrinterMood.REFUSE, "non imprimé. Imprimante : ✖ Plus de papier"),
        (PrinterMood.LOSE_THE_ANSWER, "non confirmé : regardez s'il est sorti"),
    ],
)
def test_a_printer_that_fails_is_not_said_to_have_printed(screen: AStaffScreen, mood: PrinterMood, said: str) -> None:
    """The sentence says what to look at."""
    printer = screen.kiosk.counter_printer
    assert isinstance(printer, ScriptedPrinter)
    printer.mood = mood
    order(screen, "counterReprint")

    screen.until(lambda: said in screen.said("reprintState"))


def test_a_kiosk_that_stands_still_is_said_and_the_order_taken_back(screen: AStaffScreen) -> None:
    """Nothing comes out hours later."""
    screen.kiosk.heard_of_printer = None
    order(screen, "kioskReprint")
    assert "la borne est arrêtée" in screen.said("reprintState")

    screen.click("giveUpReprint")
    screen.until(lambda: "annulé" in screen.said("reprintState"))
    assert screen.kiosk.take_up() == 0


def test_a_lock_leaves_nothing_of_the_file_and_the_order_goes_on(screen: AStaffScreen) -> None:
    """What was ordered belongs to the person who waits for it."""
    order(screen, "kioskReprint")
    screen.window.lock()

    assert "Duplicata n°" not in screen.texts()
    assert screen.kiosk.take_up() == 1
    with screen.kiosk.store.reading() as unit:
        (job,) = (job for job in unit.print_jobs.in_states([PrintState.CONFIRMED]) if job.reprint)
    assert job.duplicate_number == 1


# The offscreen platform remarks on every window of its own that has a smallest size.


def the_dialog(screen: AStaffScreen) -> QFileDialog:
    screen.click("officePdf")
    return screen.widget("saveDocument", QFileDialog)


def test_the_proof_is_saved_where_the_agent_says(screen: AStaffScreen, tmp_path: Path) -> None:
    """With the reference as its name unless another is typed; made only once a place is chosen."""
    dialog = the_dialog(screen)
    assert screen.kiosk.facts_of(EntryType.OFFICE_COPY_MADE) == []
    assert [Path(name).suffix for name in dialog.selectedFiles()] == [".pdf"]

    dialog.selectFile(str(tmp_path / "preuve.pdf"))
    dialog.accept()
    screen.until(lambda: "Enregistré" in screen.said("fileNotice"))
    assert "Copie du ticket, établie le" in (tmp_path / "preuve.pdf").read_text(encoding="utf-8")
    assert screen.widget("openPdf", QPushButton).isVisible()
    assert len(screen.kiosk.facts_of(EntryType.OFFICE_COPY_MADE)) == 1


def test_a_place_that_takes_no_file_is_said(screen: AStaffScreen, tmp_path: Path) -> None:
    """A stick that was pulled out."""
    dialog = the_dialog(screen)
    dialog.fileSelected.emit(str(tmp_path / "nowhere" / "preuve.pdf"))
    dialog.reject()

    screen.until(lambda: "Impossible d'écrire ici" in screen.said("fileNotice"))


def test_a_lock_closes_the_question_where_to_save(screen: AStaffScreen) -> None:
    """Its name is a reference."""
    the_dialog(screen)
    screen.window.lock()

    screen.until(lambda: screen.window.findChild(QFileDialog) is None)


def test_every_button_has_a_name_and_fits(screen: AStaffScreen) -> None:
    """On a screen of 1366 by 768."""
    part = screen.widget("ticketPart", QWidget)
    for button in part.findChildren(QPushButton):
        assert button.accessibleName()
        assert button.sizeHint().width() <= part.width()
