"""Which papers of the procedure an agent has seen."""

from PySide6.QtWidgets import QVBoxLayout

from kiosk.ports.desk import PersonFile
from kiosk.ports.file_work import FileWork
from kiosk.translation import Translator
from ui.supervisor.file_forms.choices import Choices
from ui.supervisor.file_forms.form import FileForm, FileTask


class PapersForm(FileForm):
    """The list of what the procedure needs, ticked as the papers come over the counter."""

    key = "Alt+P"

    def __init__(self, tr: Translator, files: FileWork) -> None:
        self._files = files
        self._papers = Choices("paperSeen", many=True)
        super().__init__(tr, "papers", tr.text("supervisor", "Pièces présentées"))

    def build(self, column: QVBoxLayout) -> None:
        """Show the list."""
        column.addWidget(self.caption(self.tr_.text("supervisor", "Cochez ce que vous avez vu.")))
        column.addWidget(self._papers)

    def fill(self, file: PersonFile) -> None:
        """Show what was seen until now."""
        seen = file.acts.papers_seen
        self._papers.show_choices(file.papers, seen.codes if seen else ())

    def start(self) -> None:
        """Begin at the top."""
        self._papers.start()

    def is_possible(self, file: PersonFile) -> bool:
        """A procedure that needs papers."""
        return super().is_possible(file) and bool(file.papers)

    def task(self) -> tuple[FileTask, str] | str:
        """Record what was seen."""
        if self.file is None:
            return ""
        reference, seen = self.file.request.reference, self._papers.chosen
        return (
            lambda session: self._files.tick_papers(session, reference, seen),
            self.tr_.text("supervisor", "Pièces vues : {count} sur {all}.").format(
                count=len(seen), all=len(self._papers.codes)
            ),
        )

    def clear(self) -> None:
        """Leave nothing of the person."""
        self._papers.clear()
