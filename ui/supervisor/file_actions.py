"""What staff do with a person's file: a list of buttons, each of which opens its form in place."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from kiosk.ports.desk import PersonFile
from kiosk.translation import Translator
from ui.supervisor.file_forms.form import FileForm, FileTask
from ui.supervisor.file_part import FilePart
from ui.supervisor.fitting_area import FittingArea
from ui.supervisor.key_line import KeyLine
from ui.supervisor.staff_work import StaffWork


def others_in(before: PersonFile, after: PersonFile, agent: str) -> Sequence[str]:
    """Return who else changed a file while a form was open on it: what was read there is not what stood any more.

    Args:
        before: as it was when the form was filled in.
        after: as it is, with what the form did.
        agent: whose form it is.
    """
    if before.request.request_id != after.request.request_id or len(before.merged) != len(after.merged):
        return ()
    new = [change for change in after.changes if change.ordinal > len(before.changes)]
    names = [change.by for change in new if change.by not in ("", agent)]
    return tuple(dict.fromkeys(names))


class FileActions(FilePart):
    """Shows either the list or one form; what a form asks is done for whoever is signed in."""

    def __init__(self, tr: Translator, work: StaffWork, forms: Sequence[FileForm]) -> None:
        """Make the list.

        Args:
            tr: of the staff screen.
            work: does what is asked.
            forms: in the order of their buttons.
        """
        super().__init__()
        self.setObjectName("fileActions")
        self._tr, self._work, self._forms = tr, work, tuple(forms)
        self._file: PersonFile | None = None
        self._open: FileForm | None = None
        self._buttons_column = QWidget()
        self._list = FittingArea(self._buttons_column)
        self._buttons: dict[FileForm, QPushButton] = {}
        self._lay_out(tr)
        for form in self._forms:
            form.asked.connect(partial(self._do, form))
            form.left.connect(self._close_form)
            form.told.connect(self._tell)
            # Of a screen that is not before the eyes Qt asks no shortcut.
            shortcut = QShortcut(QKeySequence(form.key), self)
            shortcut.activated.connect(partial(self._open_form, form))

    def show_file(self, file: PersonFile) -> None:
        """Be about this file; a form that is open for it stays, unless it makes no sense any more."""
        is_other = self._file is None or self._file.request.request_id != file.request.request_id
        self._file = file
        if is_other or (self._open is not None and not self._can(self._open)):
            self._show(None)
        self._enable()
        for form in self._forms:
            form.look_ahead(file)

    @property
    def is_unfinished(self) -> bool:
        """Whether a form is open."""
        return self._open is not None

    @property
    def keys(self) -> Sequence[KeyLine]:
        """The key of each form."""
        return [KeyLine(form.key, form.title, form.needs) for form in self._forms]

    def resume(self) -> None:
        """Put the keyboard where filling in begins; what was typed is still there."""
        if self._open is not None:
            self._open.start()

    def forget(self) -> None:
        """Leave nothing of the person."""
        self._file = None
        for form in self._forms:
            form.forget()
        self._show(None)

    def hasHeightForWidth(self) -> bool:
        """The list and the forms scroll where a screen is low."""
        return False

    def _can(self, form: FileForm) -> bool:
        session = self._work.session
        return (
            self._file is not None and session is not None and session.may(form.needs) and form.is_possible(self._file)
        )

    def _enable(self) -> None:
        for form, button in self._buttons.items():
            button.setEnabled(self._can(form))

    def _open_form(self, form: FileForm) -> None:
        if self._file is None or not self._can(form):
            return
        form.show_file(self._file)
        self._show(form)
        form.start()

    def _close_form(self) -> None:
        form = self._open
        self._show(None)
        if form is not None:
            form.end()
            self._buttons[form].setFocus()

    def _show(self, form: FileForm | None) -> None:
        # What goes is hidden first: for a moment both together would be higher than a low screen, which then grows.
        self._open = form
        shown: QWidget = form or self._list
        for each in (self._list, *self._forms):
            if each is not shown:
                each.hide()
        self.spread.emit(form is not None)
        shown.show()

    def _tell(self, sentence: str) -> None:
        self._close_form()
        self.said.emit(sentence)

    def _title(self, form: FileForm, title: str) -> None:
        text = f"{title}  ({form.key})"
        self._buttons[form].setText(text)
        self._buttons[form].setAccessibleName(text)

    def _do(self, form: FileForm, task: FileTask, sentence: str) -> None:
        before, session = self._file, self._work.session

        def done(file: PersonFile) -> None:
            others = others_in(before, file, session.name) if before is not None and session is not None else ()
            stays = form.stays and self._open is form
            if not stays:
                self._close_form()
            self.changed.emit(file)
            if stays and self._open is form:
                self._open_form(form)
            self.said.emit(f"{sentence} {self._also_changed(others)}" if others else sentence)

        self._work.do(task, done, form.complain, said=form.refusal)

    def _also_changed(self, others: Sequence[str]) -> str:
        text = self._tr.text("supervisor", "Ce dossier a aussi été changé par {names} : relisez-le.")
        return text.format(names=", ".join(others))

    def _lay_out(self, tr: Translator) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        buttons = QVBoxLayout(self._buttons_column)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(4)
        for form in self._forms:
            button = QPushButton()
            button.setObjectName(form.name)
            button.setProperty("role", "plain")
            button.clicked.connect(partial(self._open_form, form))
            self._buttons[form] = button
            self._title(form, form.title)
            form.titled.connect(partial(self._title, form))
            buttons.addWidget(button)
        self._list.setAccessibleName(tr.text("supervisor", "Actions sur le dossier"))
        for widget in (self._list, *self._forms):
            column.addWidget(widget)
        self._show(None)
