"""What is missing in a file and until when it may be brought (CRPA L. 114-5), for the person to take away."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from kiosk.domain.request_change import withdrawal_in
from kiosk.errors import InputError
from kiosk.ports.desk import PersonFile
from kiosk.ports.file_work import FileWork
from kiosk.translation import Translator
from ui.supervisor.file_forms.choices import Choices
from ui.supervisor.file_forms.form import FileForm, FileTask
from ui.supervisor.file_wording import asked_said, day_said, typed_day
from ui.supervisor.saving import DocumentSaving
from ui.supervisor.staff_work import StaffWork

USUAL_TERM: Final = timedelta(days=30)

MakeList = Callable[[PersonFile], bytes]


class MissingForm(FileForm):
    """Ticked is what nobody has seen yet; the list that was asked for last can be saved as PDF."""

    key = "Alt+M"
    stays = True

    def __init__(
        self,
        tr: Translator,
        files: FileWork,
        work: StaffWork,
        zone: ZoneInfo,
        *,
        document: MakeList,
        has_printer: bool,
    ) -> None:
        """Make an empty form.

        Args:
            tr: of the staff screen.
            files: records the list.
            work: writes the list.
            zone: of the legal time.
            document: makes the list of a file, PDF.
            has_printer: whether the kiosk has one at all.
        """
        self._has_printer = has_printer
        self._files, self._zone, self._document = files, zone, document
        self._papers = Choices("paperMissing", many=True)
        self._others, self._until = QLineEdit(), QLineEdit()
        super().__init__(tr, "missing", tr.text("supervisor", "Pièces manquantes"))
        self._saving = DocumentSaving(tr, work, self)

    def build(self, column: QVBoxLayout) -> None:
        """Show the fields."""
        tr = self.tr_
        self._last = self.caption("")
        self._last.setObjectName("missingLast")
        self._save = self.button(
            "missingSave", tr.text("supervisor", "Liste demandée : PDF…"), "plain", self._save_list
        )
        ticket = tr.text("supervisor", "Liste demandée : imprimer à la borne")
        self._print = self.button("missingPrint", ticket, "plain", self._print_list)
        for widget in (self._last, self._save, self._print):
            column.addWidget(widget)
        column.addWidget(self.caption(tr.text("supervisor", "Cochez ce qui manque.")))
        column.addWidget(self._papers)
        for line, name, caption in (
            (self._others, "missingOthers", tr.text("supervisor", "Autres pièces")),
            (self._until, "missingUntil", tr.text("supervisor", "À apporter au plus tard le (jour/mois/année)")),
        ):
            line.setObjectName(name)
            column.addWidget(self.caption(caption, line))
            column.addWidget(line)

    def fill(self, file: PersonFile) -> None:
        """Tick what nobody has seen."""
        seen = file.acts.papers_seen.codes if file.acts.papers_seen else ()
        self._papers.show_choices(file.papers, [code for code in file.papers if code not in seen])
        self._others.clear()
        self._until.setText(day_said(self._today(file) + USUAL_TERM))
        asked = file.acts.papers_asked
        self._last.setText(asked_said(self.tr_, self._zone, asked, file.papers) if asked else "")
        self._last.setVisible(asked is not None)
        self._save.setVisible(asked is not None)
        self._print.setVisible(asked is not None and self._has_printer)

    def start(self) -> None:
        """Begin at the list that was asked for, which is given now, or at the papers."""
        if self._save.isHidden():
            self._papers.start()
        else:
            self._save.setFocus()

    def is_possible(self, file: PersonFile) -> bool:
        """A request that lives, of somebody who is still known."""
        return super().is_possible(file) and withdrawal_in(file.changes) is None

    def task(self) -> tuple[FileTask, str] | str:
        """Record the list."""
        tr = self.tr_
        if self.file is None:
            return ""
        missing, others = self._papers.chosen, self._others.text().strip()
        if not missing and not others:
            return tr.text("supervisor", "Cochez au moins une pièce.")
        until = typed_day(self._until.text())
        if until is None or until <= self._today(self.file):
            self._until.setFocus()
            return tr.text("supervisor", "Le délai est un jour à venir, par exemple {day}.").format(
                day=day_said(self._today(self.file) + USUAL_TERM)
            )
        reference = self.file.request.reference
        return (
            lambda session: self._files.ask_papers(session, reference, missing, others, until),
            tr.text("supervisor", "Liste enregistrée. Donnez-la à la personne : en PDF ou imprimée."),
        )

    def refusal(self, error: InputError) -> str:
        """Say what is wrong."""
        if error.field == "others":
            return self.tr_.text("supervisor", "Autres pièces : 200 caractères au plus.")
        return super().refusal(error)

    def clear(self) -> None:
        """Leave nothing of the person."""
        self._saving.forget()
        self._papers.clear()
        self._others.clear()
        self._last.clear()

    def _save_list(self) -> None:
        file = self.file
        if file is not None:
            name = f"pieces-{file.request.reference}.pdf"
            self._saving.save(name, lambda _session: self._document(file), self.told.emit, self.complain)

    def _print_list(self) -> None:
        if self.file is None:
            return
        reference = self.file.request.reference
        said = self.tr_.text("supervisor", "La borne imprime la liste.")
        self.asked.emit(lambda session: self._files.print_missing(session, reference), said)

    def _today(self, file: PersonFile) -> date:
        return file.timeline[-1].at.astimezone(self._zone).date()
