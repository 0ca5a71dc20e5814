"""The tickets as a section: a code is scanned, its worth is said, and its request is opened."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from kiosk.domain.identity import PartialDate
from kiosk.domain.mrz import MrzReading, read_mrz
from kiosk.errors import InputError
from kiosk.journal.seal import seal_in
from kiosk.journal.seal_verdict import has_mark
from kiosk.ports.desk import Desk, PersonFile
from kiosk.ports.ticket_checks import CheckedTicket, TicketChecks
from kiosk.translation import Translator
from ui.kit.announcement import announce
from ui.supervisor.actions import KEYS, Action
from ui.supervisor.checked_card import CheckedCard
from ui.supervisor.file_page import FilePage
from ui.supervisor.holder_card import HolderCard
from ui.supervisor.section import Section
from ui.supervisor.staff_work import StaffWork


class TicketsSection(Section):
    """Checks tickets, one after the other: after each answer the box is ready for the next scan.

    The code that was scanned is held until the next one, or until the screen is locked; it is never shown.
    """

    def __init__(
        self,
        tr: Translator,
        zone: str,
        work: StaffWork,
        checks: TicketChecks,
        *,
        desk: Desk,
        file_page: FilePage,
        today: Callable[[], date],
    ) -> None:
        """Make a section that knows of no ticket.

        Args:
            tr: of the staff screen.
            zone: of the legal time.
            work: does and reads.
            checks: judges codes.
            desk: opens files.
            file_page: shows them.
            today: decides the century of a birth that a document says with two digits.
        """
        super().__init__()
        self.setObjectName("ticketsSection")
        self.title = tr.text("supervisor", "Tickets")
        self._tr, self._work, self._checks, self._desk = tr, work, checks, desk
        self._today = today
        self._code = ""
        self._box, self._check = self._entry()
        self._refusal = QLabel()
        self._refusal.setObjectName("ticketRefusal")
        self._refusal.setProperty("role", "error")
        self._card, self._holder, self._file = CheckedCard(tr, zone), HolderCard(tr), file_page
        self._pages = QStackedLayout(self)
        self._front = QWidget()
        self._lay_out()
        self._connect()

    def enter(self) -> None:
        """Put the keyboard where a scanner types, or back into the form that is open."""
        if self._pages.currentWidget() is self._file and self._file.is_unfinished:
            self._file.resume()
        else:
            self._go_back()

    def forget(self) -> None:
        """Leave nothing of anybody."""
        self._put_away()
        self._file.forget()
        self._pages.setCurrentWidget(self._front)

    def _put_away(self) -> None:
        self._code = ""
        self._box.clear()
        self._refusal.hide()
        self._card.forget()
        self._holder.begin(can_compare=False)

    def take_scan(self, text: str) -> bool:
        """Check a scanned ticket, or compare a scanned document, while this section is before the eyes.

        Elsewhere the request of a ticket is looked for.
        """
        if not self.isVisible() or self._pages.currentWidget() is not self._front:
            return False
        if self._holder.can_compare and not has_mark(seal_in(text)):
            document = _document_in(text, self._today())
            if document is not None:
                self._holder.compare(document.birth_name, document.birth_date)
                return True
        self._box.setText(text.strip())
        self._ask()
        return True

    def _ask(self) -> None:
        code = self._box.text()
        if not code.strip():
            return

        def checked(found: CheckedTicket) -> None:
            if code != self._code:
                return  # the next one was scanned meanwhile
            self._card.show_checked(found)
            self._holder.begin(can_compare=found.is_genuine)
            self._box.setFocus()

        self._put_away()
        self._code = code
        # Beside whatever else is done: a scan is never lost, and no old verdict stands beside a new ticket.
        self._work.read(lambda session: self._checks.check(session, code), checked, self._refuse)

    def _compare(self, name: str, born: PartialDate | None) -> None:
        code = self._code

        def answered(matches: bool) -> None:  # the answer of the desk
            if code == self._code:
                self._holder.tell(matches=matches)
                self._box.setFocus()

        self._work.do(
            lambda session: self._checks.is_of(session, code, name, born), answered, self._refuse, said=self._not_now
        )

    def _not_now(self, _error: InputError) -> str:
        return self._tr.text("supervisor", "Ce ticket ne peut plus être contrôlé : scannez-le encore une fois.")

    def _open(self, reference: str) -> None:
        self._work.do(
            lambda session: self._desk.open_file(session, reference), self._show_file, self._refuse, said=self._not_now
        )

    def _show_file(self, file: PersonFile) -> None:
        self._refusal.hide()
        self._file.show_file(file)
        self._pages.setCurrentWidget(self._file)

    def _go_back(self) -> None:
        self._file.forget()
        self._pages.setCurrentWidget(self._front)
        self._box.setFocus()

    def _leave(self) -> None:
        """Go back from a file, or put the ticket away that is before the eyes."""
        if self._pages.currentWidget() is self._front:
            self.forget()
        self._go_back()

    def _refuse(self, sentence: str) -> None:
        self._refusal.setText(sentence)
        self._refusal.show()
        announce(self, sentence)
        self._box.setFocus()

    def _connect(self) -> None:
        self._box.returnPressed.connect(self._ask)
        self._check.clicked.connect(self._ask)
        self._holder.compared.connect(self._compare)
        self._card.wants_file.connect(self._open)
        self._file.left.connect(self._go_back)
        escape = QShortcut(QKeySequence(KEYS[Action.BACK]), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._leave)

    def _entry(self) -> tuple[QLineEdit, QPushButton]:
        tr = self._tr
        box = QLineEdit()
        box.setObjectName("ticketCode")
        box.setAccessibleName(tr.text("supervisor", "Code du ticket"))
        box.setPlaceholderText(tr.text("supervisor", "PREFTKT1..."))
        check = QPushButton(tr.text("supervisor", "Vérifier"))
        check.setObjectName("checkTicket")
        check.setProperty("role", "main")
        return box, check

    def _lay_out(self) -> None:
        column = QVBoxLayout(self._front)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        line = QHBoxLayout()
        line.setSpacing(12)
        caption = QLabel(self._tr.text("supervisor", "Code du ticket"))
        caption.setProperty("role", "section")
        line.addWidget(caption)
        line.addWidget(self._box, 1)
        line.addWidget(self._check)
        column.addLayout(line)
        column.addWidget(self._refusal)
        self._refusal.hide()
        cards = QHBoxLayout()
        cards.setSpacing(14)
        cards.addWidget(self._card, 1)
        cards.addWidget(self._holder)
        column.addLayout(cards, 1)
        self._pages.setContentsMargins(0, 0, 0, 0)
        self._pages.addWidget(self._front)
        self._pages.addWidget(self._file)
        self._front.setFocusPolicy(Qt.FocusPolicy.NoFocus)


def _document_in(text: str, today: date) -> MrzReading | None:
    """Return what a scanned passport or card says; None for any other code, and where no name can be read."""
    try:
        found = read_mrz(text, today)
    except InputError:
        return None
    return found if found.birth_name else None
