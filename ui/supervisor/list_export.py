"""Exporting a list: where to, how far it is, and a way to give it up."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from kiosk.domain.staff import Permission
from kiosk.errors import HubLostError, InputError
from kiosk.ports.desk import StaffSession
from kiosk.ports.finding import ListOrder, RequestFilter
from kiosk.ports.request_search import ListExport, ListFormat, ListTarget, RequestSearch
from kiosk.translation import Translator
from ui.supervisor.controls import named_button
from ui.supervisor.place_question import FileKind, PlaceQuestion
from ui.supervisor.staff_work import StaffWork

_LINK: Final = "link"  # to the hub, as the field of an error
TargetMaker = Callable[[Path, ListFormat], ListTarget]


@dataclass(frozen=True, slots=True)
class ListQuestion:
    """Which list is before the eyes.

    Attributes:
        text: of the box; empty for the list of all.
        wanted: which requests.
        order: of the list of all.
    """

    text: str
    wanted: RequestFilter
    order: ListOrder


EXPORT_KEY: Final = "Ctrl+E"


class ListExportBar(QWidget):
    """One button, and while it works a count and another one; only for whoever may export.

    ``said`` carries a sentence about what was written, ``refused`` one that says why nothing was.
    """

    said = Signal(str)
    refused = Signal(str)
    _counted = Signal(int)

    def __init__(
        self,
        tr: Translator,
        work: StaffWork,
        search: RequestSearch,
        *,
        target: TargetMaker,
        today: Callable[[], date],
    ) -> None:
        """Make a bar that nobody sees yet.

        Args:
            tr: of the staff screen.
            work: does it.
            search: writes the list.
            target: makes the file.
            today: is in the name that is proposed.
        """
        super().__init__()
        self.setObjectName("listExport")
        self._tr, self._work, self._search, self._target = tr, work, search, target
        self._today, self._where = today, PlaceQuestion(tr, self)
        self._question: Callable[[], ListQuestion] | None = None
        self._stop: threading.Event | None = None  # of the export that runs
        self._export = named_button("exportList", "plain", tr.text("supervisor", "Exporter la liste…"))
        self._export.setShortcut(EXPORT_KEY)
        self._cancel = named_button("cancelExport", "plain", tr.text("supervisor", "Arrêter l'export"))
        self._count = QLabel()
        self._count.setObjectName("exportCount")
        self._count.setProperty("role", "state")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        for widget in (self._export, self._count, self._cancel):
            line.addWidget(widget)
        self._export.clicked.connect(self._begin)
        self._cancel.clicked.connect(self.stop)
        self._counted.connect(self._show_count, Qt.ConnectionType.QueuedConnection)
        self._show_state()

    @property
    def is_running(self) -> bool:
        """Whether a list is being written."""
        return self._stop is not None

    def ask(self, question: Callable[[], ListQuestion]) -> None:
        """Say which list is exported when the button is pressed."""
        self._question = question

    def begin(self, session: StaffSession) -> None:
        """Serve somebody who signed in."""
        self.setVisible(session.may(Permission.EXPORT_LIST))

    def stop(self) -> None:
        """Give up what is being written; the file goes."""
        if self._stop is not None:
            self._stop.set()

    def forget(self) -> None:
        """The person went: nothing is written for them any more."""
        self._where.forget()
        self.stop()
        self._stop = None
        self._show_state()

    def _begin(self) -> None:
        if self._question is None or self.is_running:
            return
        question, tr = self._question(), self._tr
        kinds = [
            FileKind(tr.text("supervisor", "Classeur Excel"), f".{ListFormat.XLSX}"),
            FileKind(tr.text("supervisor", "Texte CSV"), f".{ListFormat.CSV}"),
        ]
        title, name = tr.text("supervisor", "Exporter la liste"), f"demandes-{self._today():%Y-%m-%d}"
        self._where.ask(title, name, kinds, lambda path: self._write(path, question))

    def _write(self, path: Path, question: ListQuestion) -> None:
        kind = ListFormat.CSV if path.suffix.lower() == ".csv" else ListFormat.XLSX
        if path.suffix.lower() != f".{kind.value}":
            path = path.with_name(f"{path.name}.{kind.value}")
        self._run(path, ListExport(kind, question.wanted, question.text, question.order))

    def _run(self, path: Path, export: ListExport) -> None:
        stop = self._stop = threading.Event()

        def goes_on(count: int) -> bool:
            self._counted.emit(count)
            return not stop.is_set()

        def write(session: StaffSession) -> int | None:
            try:
                return self._search.export(session, export, self._target(path, export.format), goes_on)
            except OSError as error:
                raise InputError("file", "one that can be written") from error
            except HubLostError as error:
                raise InputError(_LINK, "whole until the last line is here") from error

        def done(count: int | None) -> None:
            self._end()
            if count is None:
                self.said.emit(self._tr.text("supervisor", "Export arrêté : aucun fichier n'est resté."))
                return
            text = self._tr.text("supervisor", "Lignes exportées dans {name} : {count}.")
            self.said.emit(text.format(count=_number(count), name=path.name))

        def refuse(sentence: str) -> None:
            self._end()
            self.refused.emit(sentence)

        self._show_count(0)
        self._show_state()
        self._work.read(write, done, refuse, said=self._not_written)

    def _not_written(self, error: InputError) -> str:
        if error.field == _LINK:
            return self._tr.text(
                "supervisor", "Le lien avec le serveur s'est coupé : aucun fichier n'est resté. Recommencez l'export."
            )
        return self._tr.text("supervisor", "Le fichier n'a pas pu être écrit : disque plein, ou dossier interdit.")

    def _end(self) -> None:
        self._stop = None
        self._show_state()
        if self.isVisible():
            self._export.setFocus()

    def _show_count(self, count: int) -> None:
        if self.is_running:
            text = self._tr.text("supervisor", "Lignes écrites : {count}").format(count=_number(count))
            self._count.setText(text)

    def _show_state(self) -> None:
        had_focus = self._export.hasFocus()
        self._export.setVisible(not self.is_running)
        self._count.setVisible(self.is_running)
        self._cancel.setVisible(self.is_running)
        if had_focus and self.is_running:
            self._cancel.setFocus()


def _number(count: int) -> str:
    return f"{count:,}".replace(",", "\u202f")
