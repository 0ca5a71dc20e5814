"""What staff do with the ticket of a file: have it printed again, or give it as a PDF."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QVBoxLayout

from kiosk.domain.request import PrintJobId
from kiosk.domain.ticket import ReprintPrinter, ReprintReason
from kiosk.errors import InputError
from kiosk.ports.desk import PersonFile
from kiosk.ports.reprint_desk import ReprintDesk, ReprintNews
from kiosk.translation import Translator
from kiosk.workflows.print_job import PrintState
from ui.kit.announcement import announce
from ui.supervisor.appearance import TONE_COLOURS, TONE_STYLE
from ui.supervisor.controls import named_button, named_choice
from ui.supervisor.file_part import FilePart
from ui.supervisor.key_line import KeyLine
from ui.supervisor.saving import DocumentSaving
from ui.supervisor.staff_work import StaffWork
from ui.supervisor.ticket_wording import reason_said, reprint_said

LOOK_EVERY_MS: Final = 400
_REASONS: Final = (
    ReprintReason.LOST,
    ReprintReason.UNREADABLE,
    ReprintReason.NOT_PRINTED,
    ReprintReason.DAMAGED,
    ReprintReason.OTHER,
)
_KEYS: Final = {ReprintPrinter.KIOSK: "Ctrl+D", ReprintPrinter.COUNTER: "Ctrl+G"}
_PDF_KEY: Final = "Ctrl+P"


class TicketPart(FilePart):
    """Orders duplicates and says where the last one stands, until it is printed or cannot be."""

    def __init__(self, tr: Translator, work: StaffWork, desk: ReprintDesk, look_every_ms: int = LOOK_EVERY_MS) -> None:
        """Make a part without a file.

        Args:
            tr: of the staff screen.
            work: does and reads.
            desk: orders and prints.
            look_every_ms: pause between two looks at a duplicate that is on its way.
        """
        super().__init__()
        self.setObjectName("ticketPart")
        self._tr, self._work, self._desk = tr, work, desk
        self._reference = ""
        self._job: PrintJobId | None = None
        self._saving = DocumentSaving(tr, work, self)
        self._reason = self._reasons()
        self._prints = {printer: self._print_button(printer) for printer in desk.printers()}
        self._state = QLabel()
        self._state.setObjectName("reprintState")
        self._state.setProperty("role", "state")
        self._state.setWordWrap(True)
        self._give_up = self._button("giveUpReprint", tr.text("supervisor", "Annuler le duplicata"), "")
        self._pdf = self._button("officePdf", tr.text("supervisor", "Preuve en PDF"), _PDF_KEY)
        self._open = self._button("openPdf", tr.text("supervisor", "Ouvrir le PDF"), "")
        self._timer = QTimer(self)
        self._timer.setInterval(look_every_ms)
        self._timer.setSingleShot(True)  # a look that takes long is not overtaken by the next
        self._lay_out()
        self._connect()

    def show_file(self, file: PersonFile) -> None:
        """Be about this file; a duplicate that is on its way stays before the eyes."""
        reference = file.request.reference
        if reference != self._reference:
            self.forget()
        self._reference = reference
        self.setVisible(not file.is_erased)

    def forget(self) -> None:
        """Leave nothing of the person; what was ordered goes on."""
        self._timer.stop()
        self._reference, self._job = "", None
        self._reason.setCurrentIndex(0)
        self._state.clear()
        self._saving.forget()
        for widget in (self._state, self._give_up, self._open):
            widget.hide()
        self._may_order(may=True)

    # Duplicates ------------------------------------------------------------------------------------------------------

    def _order(self, printer: ReprintPrinter) -> None:
        reason = self._reason.currentData()
        if reason is None:
            self.refused.emit(self._tr.text("supervisor", "Choisissez d'abord le motif du duplicata."))
            self._reason.setFocus()
            return
        reference = self._reference

        def ordered(news: ReprintNews) -> None:
            if reference != self._reference:
                return
            self._job = news.print_job_id
            self._show(news)
            if news.printer is ReprintPrinter.COUNTER and news.state is PrintState.SAVED:
                self._print_here(news.print_job_id)

        self._work.do(
            lambda session: self._desk.order(session, reference, ReprintReason(reason), printer),
            ordered,
            self._fail,
            said=self._not_now,
        )

    def _print_here(self, job: PrintJobId) -> None:
        """Print beside whatever else is done: a printer takes its time."""
        self._work.read(lambda session: self._desk.print_here(session, job), self._show, self._fail)

    def _not_now(self, _error: InputError) -> str:
        return self._tr.text("supervisor", "Ce ticket n'est plus ici : les données ont été effacées.")

    def _look(self) -> None:
        job = self._job
        if job is not None:
            self._work.read(lambda session: self._desk.news(session, job), self._show, self._fail_to_look)

    def _stop(self) -> None:
        job = self._job
        if job is not None:
            self._work.do(lambda session: self._desk.give_up(session, job), self._show, self._fail)

    def _show(self, news: ReprintNews) -> None:
        if news.print_job_id != self._job:
            return
        said = reprint_said(self._tr, news)
        self._state.setStyleSheet(TONE_STYLE.format(colour=TONE_COLOURS[said.tone]))
        if said.text != self._state.text():
            announce(self, said.text)
        self._state.setText(said.text)
        self._state.show()
        self._give_up.setVisible(news.state is PrintState.SAVED)
        self._may_order(may=news.state.is_final)
        if not news.state.is_final:
            self._timer.start()
            return
        self._timer.stop()
        self._job = None
        self._reason.setCurrentIndex(0)

    def _fail_to_look(self, sentence: str) -> None:
        """Say that nothing can be seen now, and look again: what was ordered goes on."""
        self._fail(sentence)
        if self._job is not None:
            self._timer.start()

    def _fail(self, sentence: str) -> None:
        self.refused.emit(sentence)

    def _may_order(self, *, may: bool) -> None:
        for widget in (self._reason, *self._prints.values()):
            widget.setEnabled(may)

    # The file --------------------------------------------------------------------------------------------------------

    def _save(self) -> None:
        """Ask for a place first: what is not to be kept is not made."""
        reference = self._reference

        def saved(sentence: str) -> None:
            if reference == self._reference:
                self._open.show()
                self.said.emit(sentence)

        self._saving.save(
            f"{reference}.pdf", lambda session: self._desk.office_pdf(session, reference), saved, self._fail
        )

    def _open_saved(self) -> None:
        path = self._saving.saved_as
        if path is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._fail(self._tr.text("supervisor", "Aucun programme de cette machine n'ouvre les PDF."))

    # How it is built -------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self._timer.timeout.connect(self._look)
        self._give_up.clicked.connect(self._stop)
        self._pdf.clicked.connect(self._save)
        self._open.clicked.connect(self._open_saved)

    def _reasons(self) -> QComboBox:
        box = named_choice("reprintReason", self._tr.text("supervisor", "Motif du duplicata"))
        box.addItem(self._tr.text("supervisor", "Motif du duplicata..."), None)
        for reason in _REASONS:
            box.addItem(reason_said(self._tr, reason), reason.value)
        return box

    @property
    def keys(self) -> Sequence[KeyLine]:
        """Of the buttons that can be here."""
        return [
            KeyLine(button.shortcut().toString(), button.accessibleName())
            for button in (*self._prints.values(), self._pdf)
        ]

    def _print_button(self, printer: ReprintPrinter) -> QPushButton:
        words = {
            ReprintPrinter.KIOSK: self._tr.text("supervisor", "Duplicata à la borne"),
            ReprintPrinter.COUNTER: self._tr.text("supervisor", "Duplicata au guichet"),
        }
        button = self._button(f"{printer.value}Reprint", words[printer], _KEYS[printer])
        button.clicked.connect(lambda: self._order(printer))
        return button

    @staticmethod
    def _button(name: str, text: str, key: str) -> QPushButton:
        button = named_button(name, "plain", text)
        if key:
            button.setText(f"{text}  ({key})")
            button.setShortcut(QKeySequence(key))
        return button

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        heading = QLabel(self._tr.text("supervisor", "Ticket"))
        heading.setProperty("role", "section")
        column.addWidget(heading)
        if not self._prints:
            self._reason.hide()
            nothing = QLabel(self._tr.text("supervisor", "Pas d'imprimante : le ticket se donne en PDF."))
            nothing.setProperty("role", "fact")
            nothing.setWordWrap(True)
            column.addWidget(nothing)
        for widget in (self._reason, *self._prints.values(), self._state, self._give_up, self._pdf, self._open):
            column.addWidget(widget)
        for hidden in (self._state, self._give_up, self._open):
            hidden.hide()
