"""« Sauvegarde et reprise »: a verified copy onto a stick, and a copy laid ready for the next start of the machine."""

from collections.abc import Callable, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QListWidget, QVBoxLayout

from kiosk.errors import InputError
from kiosk.ports.store_copies import PreparedRestoration, StoreCopy
from kiosk.services.back_up import BackUp
from kiosk.translation import Translator
from ui.kit.announcement import announce
from ui.supervisor.backup_wording import copy_said, prepared_said, trouble_said, what_a_restoration_does
from ui.supervisor.controls import named_button
from ui.supervisor.settings_pages import FormPage
from ui.supervisor.staff_work import StaffWork

_LIST_PX = 132


class BackupPage(FormPage):
    """Copying takes minutes beside everything else; what is found in a folder is listed, nothing of it is trusted."""

    def __init__(
        self, tr: Translator, work: StaffWork, zone: str, back_up: BackUp, places: Callable[[], Sequence[Path]]
    ) -> None:
        """Make a page that has looked nowhere yet.

        Args:
            tr: of the staff screen.
            work: copies off the main thread.
            zone: legal time.
            back_up: copies, and prepares to put back.
            places: where sticks and disks are.
        """
        title = tr.text("supervisor", "Sauvegarde et reprise")
        purpose = tr.text(
            "supervisor",
            "Une sauvegarde est une copie chiffrée de toute la base, ouverte et vérifiée après l'écriture. Elle ne "
            "s'ouvre qu'avec les clés de cette machine : gardez-les ailleurs, jamais sur la même clé USB.",
        )
        super().__init__("settingsBackup", title, purpose, lambda _key: False)
        self._tr, self._work, self._zone = tr, work, ZoneInfo(zone)
        self._back_up, self._places = back_up, places
        self._copies: Sequence[StoreCopy] = ()
        self._folder = QComboBox()
        self._folder.setEditable(True)
        self._folder.setObjectName("backupFolder")
        self._folder.setAccessibleName(tr.text("supervisor", "Dossier ou clé USB"))
        self._make = named_button("makeBackup", "main", tr.text("supervisor", "Sauvegarder ici"))
        self._look = named_button("findBackups", "plain", tr.text("supervisor", "Voir les sauvegardes"))
        self._said, self._waiting = QLabel(), QLabel()
        self._said.setObjectName("backupSaid")
        self._waiting.setObjectName("restorationWaiting")
        self._list = QListWidget()
        self._list.setObjectName("settingsVersions")
        self._list.setAccessibleName(tr.text("supervisor", "Sauvegardes trouvées"))
        self._list.setFixedHeight(_LIST_PX)
        self._restore = named_button("restoreBackup", "plain", tr.text("supervisor", "Reprendre cette sauvegarde"))
        self._cancel = named_button("cancelRestoration", "plain", tr.text("supervisor", "Annuler la reprise"))
        self._question = _Question(tr)
        self._question.answered.connect(self._show_list)
        self._lay_out()
        self._connect()

    def enter(self) -> None:
        """Look which sticks are there, and what waits for the next start."""
        typed = self._folder.currentText()
        self._folder.clear()
        self._folder.addItems([str(place) for place in self._places()])
        if typed:
            self._folder.setCurrentText(typed)
        self._work.read(self._back_up.prepared, self._show_prepared, self._refuse)

    def forget(self) -> None:
        """Leave no name of a colleague; a copy that is being made goes on, and is in the list later."""
        self._copies = ()
        self._list.clear()
        self._question.hide()
        self._show_list()
        self._free("")
        self._show_prepared(None)

    def _folder_typed(self) -> Path:
        return Path(self._folder.currentText().strip()).expanduser()

    def _has_folder(self) -> bool:
        """Whether a folder was typed or chosen; say otherwise what to do, and put the keyboard there."""
        if self._folder.currentText().strip():
            return True
        self._refuse(self._tr.text("supervisor", "Branchez une clé USB, ou écrivez d'abord le dossier ci-dessus."))
        self._folder.setFocus()
        return False

    def _copy(self) -> None:
        if not self._has_folder():
            return
        folder = self._folder_typed()
        self._busy(self._tr.text("supervisor", "Copie en cours, puis vérification. La borne continue de servir."))
        self._work.read(
            lambda session: self._back_up.make(session, folder), self._made, self._refuse, said=self._trouble
        )

    def _made(self, copy: StoreCopy) -> None:
        text = self._tr.text("supervisor", "Sauvegarde vérifiée : {copy}\n{folder}")
        self._free(text.format(copy=copy_said(self._tr, copy, self._zone), folder=copy.folder))
        self._find(is_quiet=True)

    def _list_copies(self) -> None:
        if self._has_folder():
            self._find(is_quiet=False)

    def _find(self, *, is_quiet: bool) -> None:
        folder = self._folder_typed()

        def show(copies: Sequence[StoreCopy]) -> None:
            self._copies = copies
            self._list.clear()
            self._list.addItems([copy_said(self._tr, copy, self._zone) for copy in copies])
            self._restore.setEnabled(bool(copies))
            self._list.setCurrentRow(0)
            self._show_list()
            if not is_quiet:
                text = self._tr.text("supervisor", "Sauvegardes trouvées : {count}.")
                none = self._tr.text("supervisor", "Aucune sauvegarde lisible ici : essayez un autre dossier ou clé.")
                self._free(text.format(count=len(copies)) if copies else none)

        self._work.read(lambda session: self._back_up.found(session, folder), show, self._refuse, said=self._unseen)

    def _ask(self) -> None:
        rank = self._list.currentRow()
        if 0 <= rank < len(self._copies):
            copy = self._copies[rank]
            for widget in (self._list, self._restore):
                widget.hide()
            self._question.ask(what_a_restoration_does(self._tr, copy, self._zone), lambda: self._prepare(copy))

    def _prepare(self, copy: StoreCopy) -> None:
        self._busy(self._tr.text("supervisor", "Vérification de la sauvegarde."))

        def done(prepared: PreparedRestoration) -> None:
            self._free(self._tr.text("supervisor", "La sauvegarde est entière. Rien n'a encore changé."))
            self._show_prepared(prepared)

        self._work.read(
            lambda session: self._back_up.prepare(session, copy.folder), done, self._refuse, said=self._trouble
        )

    def _call_off(self) -> None:
        def done(_: None) -> None:
            self._free(self._tr.text("supervisor", "La reprise est annulée."))
            self._show_prepared(None)

        self._work.do(self._back_up.cancel, done, self._refuse)

    def _show_prepared(self, prepared: PreparedRestoration | None) -> None:
        self._waiting.setText("" if prepared is None else prepared_said(self._tr, prepared, self._zone))
        self._waiting.setVisible(prepared is not None)
        self._cancel.setVisible(prepared is not None)

    def _show_list(self) -> None:
        self._list.setVisible(bool(self._copies))
        self._restore.setVisible(bool(self._copies))

    def _busy(self, text: str) -> None:
        for button in (self._make, self._look, self._restore):
            button.setEnabled(False)
        self._tell(text, "text")

    def _free(self, text: str, role: str = "text") -> None:
        self._make.setEnabled(True)
        self._look.setEnabled(True)
        self._restore.setEnabled(bool(self._copies))
        self._tell(text, role)

    def _refuse(self, sentence: str) -> None:
        self._free(sentence, "error")

    def _tell(self, text: str, role: str) -> None:
        self._said.setText(text)
        self._said.setAccessibleName(text)
        self._said.setProperty("role", role)
        self._said.style().polish(self._said)
        announce(self, text)

    def _unseen(self, error: InputError) -> str:
        if error.field == "folder":
            return self._tr.text("supervisor", "Ce dossier n'existe pas ou ne se lit pas : vérifiez la clé USB.")
        return self._trouble(error)

    def _trouble(self, error: InputError) -> str:
        return trouble_said(self._tr, error.field)

    def _connect(self) -> None:
        self._make.clicked.connect(self._copy)
        self._look.clicked.connect(self._list_copies)
        self._restore.clicked.connect(self._ask)
        self._cancel.clicked.connect(self._call_off)
        self._restore.setEnabled(False)
        self._show_list()
        self._show_prepared(None)

    def _lay_out(self) -> None:
        caption = QLabel(self._tr.text("supervisor", "Dossier ou clé USB"))
        caption.setProperty("role", "field")
        caption.setBuddy(self._folder)
        where = QHBoxLayout()
        where.addWidget(self._folder, 1)
        where.addWidget(self._look)
        where.addWidget(self._make)
        restoring = QHBoxLayout()
        restoring.addWidget(self._restore)
        restoring.addWidget(self._cancel)
        restoring.addStretch(1)
        self._said.setProperty("role", "text")
        self._waiting.setProperty("role", "flags")
        for label in (self._said, self._waiting):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._rows.addWidget(caption)
        self._rows.addLayout(where)
        for widget in (self._said, self._waiting, self._list):
            self._rows.addWidget(widget)
        self._rows.addLayout(restoring)
        self._rows.addWidget(self._question)
        self.end()


class _Question(QFrame):
    """What will happen, and whether it is meant."""

    answered = Signal()

    def __init__(self, tr: Translator) -> None:
        super().__init__()
        self.setObjectName("restorationQuestion")
        self._confirmed: Callable[[], None] = lambda: None
        self._text = QLabel()
        self._text.setProperty("role", "text")
        self._text.setWordWrap(True)
        yes = named_button("prepareRestoration", "main", tr.text("supervisor", "Préparer la reprise"))
        no = named_button("leaveRestoration", "plain", tr.text("supervisor", "Retour"))
        yes.clicked.connect(self._go)
        no.clicked.connect(self._leave)
        buttons = QHBoxLayout()
        buttons.addWidget(no)
        buttons.addStretch(1)
        buttons.addWidget(yes)
        column = QVBoxLayout(self)
        column.addWidget(self._text)
        column.addLayout(buttons)
        self._no = no
        self.hide()

    def ask(self, text: str, confirmed: Callable[[], None]) -> None:
        """Say what will happen."""
        self._confirmed = confirmed
        self._text.setText(text)
        self._text.setAccessibleName(text)
        self.show()
        self._no.setFocus()

    def _leave(self) -> None:
        self.hide()
        self.answered.emit()

    def _go(self) -> None:
        self._leave()
        self._confirmed()
