"""An agent scans tickets one after the other: each is judged in large words, and its request opened."""

import threading
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from kiosk.journal.entry import EntryType
from kiosk.journal.seal_verdict import KnownKey, Verdict
from kiosk.ports.presentations import Presentation
from kiosk.ports.ticket_checks import CheckedTicket, TicketSaid
from kiosk.store.catalogue_file import load_catalogue
from tests.fakes.clocks import a_signer
from tests.fakes.kiosks import AKiosk
from tests.fakes.seal_vectors import NOW, known_keys, rows_of
from tests.fakes.staff_windows import AStaffScreen
from ui.supervisor.checked_card import CheckedCard
from ui.supervisor.file_page import FilePage
from ui.supervisor.staff_work import StaffWork
from ui.supervisor.tickets_section import TicketsSection
from ui.supervisor.window import SectionMaker
from ui.supervisor.wording import staff_translator

A_VERDICT = {
    "authentic": "✔ Ticket authentique",
    "altered": "✖ Ticket altéré",
    "unknown_kiosk": "? Borne inconnue",
    "revoked_key": "✖ Clé révoquée",
    "from_the_future": "! Date dans le futur",
    "not_a_seal": "– Ce n'est pas un code de ticket",
}


def sections_of(kiosk: AKiosk) -> Sequence[SectionMaker]:
    zone = kiosk.site.departement.timezone
    tr = staff_translator()

    def section(work: StaffWork) -> TicketsSection:
        page = FilePage(tr, zone)
        return TicketsSection(tr, zone, work, kiosk.checks, desk=kiosk.desk, file_page=page, today=kiosk.figures.today)

    return [section]


@pytest.fixture
def screen(qtbot: QtBot, fonts: tuple[str, ...], tmp_path: Path) -> Iterator[AStaffScreen]:
    """An agent before the box, as a scanner needs it."""
    screen = AStaffScreen(qtbot, tmp_path, sections=sections_of)
    screen.sign_in()
    QTest.keyClick(screen.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    yield screen
    assert screen.kiosk.verified().is_whole
    screen.close()


def box(screen: AStaffScreen) -> QLineEdit:
    return screen.widget("ticketCode", QLineEdit)


def scan(screen: AStaffScreen, code: str) -> None:
    """Type as a scanner does: into whatever has the keyboard, with Enter at the end."""
    focused = QApplication.focusWidget()
    assert focused is box(screen)
    QTest.keyClicks(focused, code)
    QTest.keyClick(focused, Qt.Key.Key_Return)
    screen.until(lambda: bool(screen.said("verdict")))


def shown_file(screen: AStaffScreen) -> str:
    """The heading of the file before the eyes."""
    shown = (label.text() for label in screen.window.findChildren(QLabel, "fileHeading") if label.isVisible())
    return next(shown, "")


def a_ticket(screen: AStaffScreen, name: str = "DIALLO") -> str:
    screen.file(name)
    with screen.kiosk.store.reading() as unit:
        place = unit.places.of_day(screen.clock.utc.date())[-1]
        request = unit.requests.get(place.request_id)
    return screen.kiosk.issue(request, request.filings[-1]).seal


@pytest.mark.parametrize("vector", rows_of("seals"), ids=lambda row: str(row["name"]))
def test_each_verdict_is_said_with_its_sign(screen: AStaffScreen, vector: dict[str, object]) -> None:
    """All vectors of docs/seal.md, pasted; the box is empty and ready for the next."""
    screen.clock.jump_to(NOW)
    screen.kiosk.keys_of_seals = known_keys()
    box(screen).setText(str(vector["text"]))
    screen.click("checkTicket")

    screen.until(lambda: screen.said("verdict") == A_VERDICT[str(vector["verdict"])])
    assert str(vector.get("reference", "")) in screen.said("ticketFacts")
    assert box(screen).text() == ""
    can_compare = vector["verdict"] in {"authentic", "from_the_future"}
    assert screen.can("compareHolder") is can_compare


def test_a_scanned_ticket_opens_its_file_and_comes_back(screen: AStaffScreen) -> None:
    """What it says stands beside the verdict; the file's opening is an entry as ever."""
    scan(screen, a_ticket(screen))
    assert screen.said("verdict") == "✔ Ticket authentique"
    assert screen.said("knownHere") == "✔ Demande connue ici"
    assert "38-A2-" in screen.said("ticketFacts")
    assert "A001" in screen.said("ticketFacts")
    assert screen.said("presentations") == "Première présentation ici."
    assert "ne vaut pas titre de séjour" in screen.said("noPermit")

    QTest.keyClick(screen.window, Qt.Key.Key_F11)
    screen.until(lambda: shown_file(screen).startswith("Dossier 38-A2-"))
    assert len(screen.kiosk.facts_of(EntryType.FILE_OPENED)) == 1
    QTest.keyClick(screen.window, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is box(screen)


def test_no_scan_is_lost_while_something_else_is_done(screen: AStaffScreen) -> None:
    """Two tickets within a moment, the second while the window works: the second one's verdict stands."""
    first, second = a_ticket(screen), a_ticket(screen, "KEITA")
    may_end = threading.Event()
    screen.window._work.alone(may_end.wait, lambda _: None, lambda _: None)
    for code in (first, second):
        QTest.keyClicks(box(screen), code)
        QTest.keyClick(box(screen), Qt.Key.Key_Return)

    screen.until(lambda: "A002" in screen.said("ticketFacts"))
    screen.until(lambda: len(screen.kiosk.facts_of(EntryType.SEAL_CHECKED)) == 2)
    may_end.set()
    screen.settle()
    assert "A001" not in screen.said("ticketFacts")


def test_earlier_presentations_are_counted(screen: AStaffScreen) -> None:
    """With day, time and counter, in legal time."""
    code = a_ticket(screen)
    scan(screen, code)
    screen.clock.pass_time(timedelta(minutes=5))
    scan(screen, code)

    assert screen.said("presentations").startswith("Déjà présenté 1 fois : le 20/11/2026 à ")
    assert screen.said("presentations").endswith("au guichet 1")


def test_a_ticket_that_is_not_known_here_is_authentic_all_the_same(screen: AStaffScreen) -> None:
    """There is no file to open, and F11 opens none."""
    screen.clock.jump_to(NOW)
    screen.kiosk.keys_of_seals = known_keys()
    scan(screen, str(rows_of("seals")[0]["text"]))

    assert screen.said("verdict") == "✔ Ticket authentique"
    assert screen.said("knownHere") == "? Demande pas encore connue ici"
    assert not screen.widget("openCheckedFile", QPushButton).isVisible()
    QTest.keyClick(screen.window, Qt.Key.Key_F11)
    assert screen.kiosk.facts_of(EntryType.FILE_OPENED) == []


def test_name_and_birth_date_are_compared(screen: AStaffScreen) -> None:
    """As typed from a document; the next scan begins with empty fields."""
    scan(screen, a_ticket(screen))
    screen.write("holderName", "diallo")
    screen.write("holderBirthDate", "12/04/1990")
    screen.click("compareHolder")
    screen.until(lambda: screen.said("holderSaid") == "✔ L'identité correspond")
    screen.write("holderName", "DIALO")
    screen.click("compareHolder")
    screen.until(lambda: screen.said("holderSaid") == "✖ L'identité ne correspond pas")

    assert [facts["matches"] for facts in screen.kiosk.facts_of(EntryType.IDENTITY_COMPARED)] == [True, False]
    scan(screen, a_ticket(screen, "KEITA"))
    assert screen.widget("holderName", QLineEdit).text() == ""
    assert screen.said("holderSaid") == ""


A_PASSPORT = "P<SENDIALLO<<AMINATA".ljust(44, "<") + "\nA012345678SEN9004126F2901019<<<<<<<<<<<<<<04"
A_CAN = "4006381333931"


def test_a_scanned_passport_is_compared_with_the_ticket(screen: AStaffScreen) -> None:
    """The reader of the counter types it; what it says stays before the eyes, to be put right."""
    scan(screen, a_ticket(screen))
    assert screen.window.take_scan(A_PASSPORT)

    screen.until(lambda: screen.said("holderSaid") == "✔ L'identité correspond")
    assert screen.widget("holderName", QLineEdit).text() == "DIALLO"
    assert screen.widget("holderBirthDate", QLineEdit).text() == "12/04/1990"
    assert screen.said("verdict") == "✔ Ticket authentique"


@pytest.mark.parametrize("code", [A_PASSPORT, A_CAN])
def test_a_document_without_a_genuine_ticket_is_no_ticket(screen: AStaffScreen, code: str) -> None:
    """Nothing is compared with nothing."""
    assert screen.window.take_scan(code)

    screen.until(lambda: screen.said("verdict") == A_VERDICT["not_a_seal"])
    assert screen.kiosk.facts_of(EntryType.IDENTITY_COMPARED) == []


def test_a_date_that_does_not_exist_is_no_mismatch(screen: AStaffScreen) -> None:
    """Nothing is compared, and nothing recorded."""
    scan(screen, a_ticket(screen))
    screen.write("holderName", "DIALLO")
    screen.write("holderBirthDate", "31/02/1990")
    screen.click("compareHolder")
    assert "n'existe pas" in screen.said("holderSaid")
    screen.write("holderName", "")
    screen.write("holderBirthDate", "")
    screen.click("compareHolder")
    assert "Écrivez le nom" in screen.said("holderSaid")

    assert screen.kiosk.facts_of(EntryType.IDENTITY_COMPARED) == []


def test_a_key_that_was_revoked_meanwhile_is_not_compared_any_more(screen: AStaffScreen) -> None:
    """The list came between the scan and the question."""
    scan(screen, a_ticket(screen))
    screen.kiosk.keys_of_seals = [KnownKey(a_signer().public_key, revoked_at=screen.clock.utc)]
    screen.write("holderName", "DIALLO")
    screen.click("compareHolder")

    screen.until(lambda: "scannez-le encore" in screen.said("ticketRefusal"))


def test_the_longest_answer_fits(screen: AStaffScreen) -> None:
    """On a screen of 1366 by 768: a signed ticket that the journal does not know, shown again and again."""
    scan(screen, a_ticket(screen))
    procedures = load_catalogue().procedures.values()
    longest = max((procedure.label_fr for procedure in procedures), key=len)
    now = screen.clock.utc
    said = TicketSaid("38-A2", "38-A2-261120-0001-N", now, longest, 1_234_567)
    shown = tuple(Presentation(now, "Guichet 12") for _ in range(9))
    screen.widget("card", CheckedCard).show_checked(
        CheckedTicket(Verdict.AUTHENTIC, said, None, "A001", is_here=True, agrees=False, earlier=shown)
    )
    labels = [screen.widget(name, QLabel) for name in ("verdict", "verdictMeaning", "ticketFacts", "presentations")]
    QApplication.processEvents()

    for label in labels:
        assert label.height() >= label.heightForWidth(label.width()), label.objectName()
        assert label.width() >= label.minimumSizeHint().width(), label.objectName()


@pytest.mark.parametrize("leave", ["lock", "escape"])
def test_a_lock_or_escape_leaves_nothing_of_the_ticket(screen: AStaffScreen, leave: str) -> None:
    """Neither reference nor name."""
    scan(screen, a_ticket(screen))
    screen.write("holderName", "DIALLO")
    if leave == "lock":
        screen.window.lock()
    else:
        QTest.keyClick(screen.window, Qt.Key.Key_Escape)

    assert "DIALLO" not in screen.widget("holderName", QLineEdit).text()
    assert screen.said("ticketFacts") == screen.said("verdict") == ""
    assert not screen.can("compareHolder")
